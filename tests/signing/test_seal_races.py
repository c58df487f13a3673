"""A seal is withdrawn while its signer finishes: either it is used, logged and in the document, or it is refused."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

import pikepdf
import pytest

from chassis.database import EVERYONE
from chassis.ids import new_key, public_id
from chassis.storage import scratch_folder
from chassis.tokens import Principal
from services.signing.models import Ceremony
from tests.service_kit import user
from tests.signing.stage import WORKSPACE, Account, Agreement, Stage, field, person
from tests.signing.test_races import at_once

ROUNDS = 40
DESIGN = {"name": "公章", "shape": "round", "text": "深圳市星河科技有限公司"}
SPOT = {"x": 0.4, "y": 0.4, "width": 0.2, "height": 0.05}


@pytest.mark.slow
def test_a_withdrawal_while_its_signer_finishes_comes_before_the_use_or_behind_it(postgres_stage: Stage) -> None:
    stage, names = postgres_stage, [f"Bob{number}" for number in range(ROUNDS)]
    people = [person(name, fields=[field("stamp", **SPOT)]) for name in names]
    agreement = stage.send(*people, ordered=False)
    admin = user(workspace=WORKSPACE)
    seal = stage.seal.request("POST", "/api/v1/seals/designed", admin, json=DESIGN).json["id"]
    signers = [Account(agreement, f"{name.lower()}@example.com") for name in names]
    for one in signers:
        ready(stage, seal, one)
    outcomes = [race(stage, seal, one, number) for number, one in enumerate(signers)]
    assert {outcome for outcome, _ in outcomes} <= {"used", "seal_not_granted"}
    finished = [signer.account for signer, (outcome, _) in zip(signers, outcomes, strict=True) if outcome == "used"]
    assert logged(stage, seal, admin) == set(finished)
    told = [event for event in stage.seal.emitted() if event.type in ("seal.used.v1", "seal.revoked.v1")]
    last = {UUID(event.data["account_id"]): event.type for event in told if event.type == "seal.revoked.v1"}
    assert len(last) == ROUNDS
    places = {(event.type, owner(event.data)): event.sequence for event in told}
    assert all(places["seal.used.v1", one] < places["seal.revoked.v1", one] for one in finished)
    stage.work()
    assert stamps_in(stage, agreement) == len(finished)


def owner(data: dict[str, Any]) -> UUID:
    """Whom an event is about: the member who lost the seal, or used it."""
    return UUID(data.get("account_id") or data["by"]["account_id"])


def ready(stage: Stage, seal: str, signer: Account) -> None:
    """A member who was granted the seal and has put it into the document."""
    who = {"account_id": str(signer.account), "workspace_id": str(WORKSPACE), "member_id": str(new_key())}
    stage.seal.deliver("workspace.member_joined.v1", status="enabled", **who)
    body = {"account_ids": [public_id("acc", signer.account)]}
    path = f"/api/v1/seals/{seal}/grants"
    assert stage.seal.request("POST", path, user(workspace=WORKSPACE), json=body).status_code == 200
    signer.consent()
    assert signer.put("stamp", seal_id=seal).status_code == 200


def race(stage: Stage, seal: str, signer: Account, number: int) -> tuple[str, int]:
    """Finish and withdraw in the same moment, each first in turn; what became of it."""
    path = f"/api/v1/seals/{seal}/grants/{public_id('acc', signer.account)}"
    withdraw = partial(stage.seal.request, "DELETE", path, user(workspace=WORKSPACE))
    both = [partial(signer.ask, "POST", "/finish"), withdraw]
    answers = at_once(*(both if number % 2 else reversed(both)))
    finished, withdrawn = answers if number % 2 else reversed(answers)
    assert withdrawn.status_code == 204
    return ("used" if finished.status_code == 200 else finished.json["code"]), finished.status_code


def logged(stage: Stage, seal: str, admin: Principal) -> set[UUID]:
    """Who is in the log of uses."""
    answer = stage.seal.request("GET", f"/api/v1/seals/{seal}/uses?limit=100", admin)
    rows = answer.json["uses"]
    assert len(rows) == answer.json["total"]
    events = [event.data for event in stage.seal.emitted("seal.used.v1")]
    assert {public_id("acc", UUID(one["by"]["account_id"])) for one in events} == {row["account_id"] for row in rows}
    return {UUID(one["by"]["account_id"]) for one in events}


def stamps_in(stage: Stage, agreement: Agreement) -> int:
    """How many stamp fields of the document show a seal."""
    with stage.kit.runtime.db.read(EVERYONE) as session:
        file = session.get_one(Ceremony, agreement.id).file or {}
    with scratch_folder() as folder:
        target = folder / "document.pdf"
        with stage.kit.runtime.storage.open(file["key"]) as source:
            target.write_bytes(source.read())
        with pikepdf.open(target) as pdf:
            fields = [one for one in pdf.Root.AcroForm.Fields if str(one.T).startswith("stamp")]
            return sum("/XObject" in one.AP.N.get("/Resources", {}) for one in fields)
