"""The chain of evidence: whole, append-only, without personal values."""

from __future__ import annotations

import copy
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from chassis.database import EVERYONE
from chassis.ids import new_key
from documents import audit
from services.signing import evidence, messages, words
from services.signing.models import Recipient
from tests.service_kit import service
from tests.signing.stage import Agreement, Stage, field, person


def signed(stage: Stage) -> Agreement:
    agreement = stage.send(person("Bob", fields=[field("signature"), field("text", 1)]))
    bob = agreement.signer()
    bob.fill()
    bob.put("text", text="Passport K1234567")
    bob.ask("POST", "/finish")
    stage.work()
    return agreement


@pytest.mark.parametrize("name", ["stage", "postgres_stage"])
@pytest.mark.parametrize("statement", ["update evidence set ip = ''", "delete from evidence"])
def test_the_database_refuses_to_change_or_delete_evidence(
    name: str, statement: str, request: pytest.FixtureRequest
) -> None:
    stage: Stage = request.getfixturevalue(name)
    stage.send(person("Bob"), prepare=False)
    with pytest.raises(DatabaseError, match="append-only"), stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(text(statement))


def test_personal_values_stand_in_it_as_commitments(stage: Stage) -> None:
    agreement = signed(stage)
    raw = str(entries(stage, agreement))
    for personal in ("K1234567", "bob@example.com", "Bob", "198.51.100.7", "Phone/1.0"):
        assert personal not in raw
    filled = [one for one in entries(stage, agreement) if one["kind"] == "field_filled"]
    assert len({one["detail"]["value"] for one in filled}) == 2
    with stage.kit.runtime.db.read(EVERYONE) as session:
        bob = session.get_one(Recipient, UUID(agreement.recipient("Bob")))
    field_id = filled[1]["detail"]["field_id"]
    proof = evidence.commitment(stage.kit.runtime.sealer, bob, field_id, ["Passport K1234567", None, None])
    assert filled[1]["detail"]["value"] == proof


def test_reasons_stand_in_it_as_commitments_and_are_shown_while_they_are_known(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    refused = "550 <bob@example.com>: no such mailbox"
    told = {"agreement_id": str(agreement.id), "recipient_id": agreement.recipient("Bob"), "reason": refused}
    stage.kit.deliver("notify.bounced.v1", **told)
    agreement.close()
    raw = str(entries(stage, agreement))
    assert "no such mailbox" not in raw and "Wrong annex" not in raw
    shown = [one["detail"].get("reason") for one in agreement.history()["entries"]]
    assert shown[-2:] == [refused, "Wrong annex"]


def entries(stage: Stage, agreement: Agreement) -> list[dict[str, Any]]:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return evidence.chain(session, agreement.id)


def test_acts_carry_time_address_and_browser(stage: Stage) -> None:
    act = next(one for one in signed(stage).history()["entries"] if one["kind"] == "signed")
    assert (act["ip"], act["user_agent"], act["actor"]) == ("198.51.100.7", "Phone/1.0", "Bob")
    assert act["at"].endswith("+00:00")


def test_the_first_time_a_signer_takes_a_file_is_evidence_and_asking_about_it_is_not(stage: Stage) -> None:
    agreement = signed(stage)
    bob = agreement.signer()
    bob.ask("HEAD", "/files/document")
    for _ in range(2):
        assert bob.ask("GET", "/files/document").status_code == 200
    bob.ask("GET", "/files/bundle")
    taken = [one["detail"]["file"] for one in entries(stage, agreement) if one["kind"] == "downloaded"]
    assert taken == ["document", "bundle"]


def test_every_change_is_told_and_named(stage: Stage) -> None:
    whole = entries(stage, signed(stage))
    assert audit.first_broken(whole) is None
    for number, entry in enumerate(whole, 1):
        for member in audit.MEMBERS:
            broken = copy.deepcopy(whole)
            broken[number - 1][member] = {"x": 1} if isinstance(entry[member], dict) else "x"
            assert audit.first_broken(broken) == number, (number, member)
        assert audit.first_broken(whole[: number - 1] + whole[number:]) == (number if number < len(whole) else None)


def test_the_history_is_for_agreement_only(stage: Stage) -> None:
    agreement = signed(stage)
    path = f"/internal/ceremonies/{agreement.id}/history"
    assert stage.kit.request("GET", path, service("billing")).status_code == 404
    assert stage.kit.request("GET", path, agreement.signer().who).status_code == 404
    unknown = f"/internal/ceremonies/{new_key()}/history"
    assert stage.kit.request("GET", unknown, service("agreement")).status_code == 404


def test_only_listed_kinds_are_recorded_and_each_has_its_words() -> None:
    assert set(evidence.KINDS) == set(words.KIND_WORDS)
    with pytest.raises(ValueError, match="no kind"):
        evidence.record(None, None, "guessed", evidence.SYSTEM)  # type: ignore[arg-type]


def test_every_code_has_a_sentence_in_three_languages() -> None:
    assert all(set(row) == {"en", "zh-Hans", "zh-Hant"} and all(row.values()) for row in messages.MESSAGES.values())
