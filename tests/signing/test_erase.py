"""Erasing a person: nothing personal is left in the tables, and everything that was proved stays proved."""

from __future__ import annotations

import io
import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text, update

from chassis.database import EVERYONE, database_now
from chassis.storage import Missing
from chassis.tables import outbox
from documents import audit
from documents.verification import verify
from services.signing import seals
from services.signing.erase import Erased, erase
from services.signing.models import Base, Ceremony, Field
from signet import cli
from tests.service_kit import service
from tests.signing.stage import Agreement, Stage, field, person, red_stamp

PERSONAL = ("bob", "198.51.100.7", "phone/1.0", "k1234567")


def signed(stage: Stage) -> Agreement:
    """Bob and Carol have signed, Bob with a passport number and a stamp; all is told."""
    fields = [field("signature"), field("text", 1), field("stamp", 2)]
    agreement = stage.send(person("Bob", fields=fields), person("Carol", fields=[field(row=5)]), ordered=False)
    bob = agreement.signer("Bob")
    bob.fill()
    bob.put("text", text="Passport K1234567")
    stamp = {"image": (io.BytesIO(red_stamp()), "stamp.png")}
    bob.ask("PUT", f"/fields/{bob.field('stamp')}", data=stamp, content_type="multipart/form-data")
    assert bob.ask("POST", "/finish").status_code == 200
    carol = agreement.signer("Carol")
    carol.who = type(carol.who)(**{**_members(carol.who), "ip": "203.0.113.80", "user_agent": "Desk/2.0"})
    carol.sign()
    stage.work()
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(outbox).values(published_at=database_now(session)))
    return agreement


def _members(who: Any) -> dict[str, Any]:
    return {name: getattr(who, name) for name in who.__dataclass_fields__}


def everything(stage: Stage) -> str:
    """All rows of all tables of signing, in small letters."""
    with stage.kit.runtime.db.read(EVERYONE) as session:
        names = [*Base.metadata.tables, "outbox", "inbox", "idempotency"]
        return str([session.execute(text(f'select * from "{name}"')).all() for name in names]).lower()


def pictures(stage: Stage, agreement: Agreement) -> list[str]:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        wanted = select(Field.image_key).where(Field.agreement_id == agreement.id, Field.image_key.is_not(None))
        return list(session.scalars(wanted))


def trail(stage: Stage, agreement: Agreement) -> dict[str, Any]:
    path = f"/internal/ceremonies/{agreement.id}/files/audit"
    return json.loads(stage.kit.request("GET", path, service("agreement")).data)


def document(stage: Stage, agreement: Agreement, target: Path) -> Path:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        file = session.get_one(Ceremony, agreement.id).file or {}
    with stage.kit.runtime.storage.open(file["key"]) as source:
        target.write_bytes(source.read())
    return target


def test_nothing_personal_is_left_and_everything_stays_valid(stage: Stage, tmp_path: Path) -> None:
    agreement = signed(stage)
    before, kept = document(stage, agreement, tmp_path / "before.pdf"), pictures(stage, agreement)
    known = everything(stage)
    assert all(personal in known for personal in PERSONAL)
    assert erase(stage.kit.runtime, "BOB@example.com") == Erased(1, 0)
    left = everything(stage)
    assert [personal for personal in PERSONAL if personal in left] == []
    assert "carol@example.com" in left and "203.0.113.80" in left
    missing = [key for key in kept if _is_missing(stage, key)]
    assert len(missing) == 2 and len(kept) == 3
    after = document(stage, agreement, tmp_path / "after.pdf")
    assert after.read_bytes() == before.read_bytes()
    roots = [seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]]
    assert verify(after, roots).verdict == "authentic"


def _is_missing(stage: Stage, key: str) -> bool:
    try:
        stage.kit.runtime.storage.open(key).close()
    except Missing:
        return True
    return False


def test_the_audit_trail_stays_whole_and_opens_the_others_only(stage: Stage) -> None:
    agreement = signed(stage)
    before = trail(stage, agreement)
    erase(stage.kit.runtime, "bob@example.com")
    after = trail(stage, agreement)
    assert audit.flaws(before) == audit.flaws(after) == []
    assert after["entries"][:-1] == before["entries"] and after["entries"][-1]["kind"] == "erased"
    assert len(after["openings"]) < len(before["openings"])
    told = json.dumps({**after, "anchors": []}).lower()
    assert not any(personal in told for personal in PERSONAL)
    assert any(one["value"] == ["Carol", "carol@example.com"] for one in after["openings"])
    told = agreement.history()
    assert told["broken_at"] is None and "-" in [one["actor"] for one in told["entries"]]


def test_the_others_still_get_their_files(stage: Stage) -> None:
    agreement = signed(stage)
    bob, carol = agreement.signer("Bob"), agreement.signer("Carol")
    erase(stage.kit.runtime, "bob@example.com")
    for which in ("document", "certificate", "bundle"):
        assert carol.ask("GET", f"/files/{which}").status_code == 200
    assert bob.ask("GET").status_code == 404


def test_a_person_is_not_erased_from_what_is_still_open(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    assert erase(stage.kit.runtime, "bob@example.com") == Erased(0, 1)
    agreement.signer().sign()
    stage.work()
    assert agreement.told("signing.completed.v1")
    assert erase(stage.kit.runtime, "bob@example.com") == Erased(1, 0)
    assert erase(stage.kit.runtime, "bob@example.com") == Erased(0, 0)


def test_identity_may_ask_for_it_and_nobody_else(stage: Stage) -> None:
    stage.send(person("Bob"))
    path, body = "/internal/ceremonies/erase", {"email": "Bob@Example.com"}
    answer = stage.kit.request("POST", path, service("identity"), json=body)
    assert answer.json == {"agreements": 0, "still_open": 1}
    assert stage.kit.request("POST", path, service("billing"), json=body).status_code == 404


def test_what_a_declining_signer_said_goes_with_them(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().ask("POST", "/decline", json={"reason": "I, Bob, moved to 12 Elm Street"})
    assert "elm street" in everything(stage) and "elm" in str(agreement.history()).lower()
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(outbox).values(published_at=database_now(session)))
    erase(stage.kit.runtime, "bob@example.com")
    told = agreement.told("signing.declined.v1")
    assert told == [] or "elm" in str(told).lower()
    with stage.kit.runtime.db.read(EVERYONE) as session:
        names = list(Base.metadata.tables)
        left = str([session.execute(text(f'select * from "{name}"')).all() for name in names]).lower()
    assert "elm street" not in left and agreement.history()["broken_at"] is None


@pytest.mark.parametrize("ending", ["voided", "completed"])
def test_a_sender_can_be_erased(ending: str, stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    with stage.kit.runtime.db.read(EVERYONE) as session:
        sender = dict(session.get_one(Ceremony, agreement.id).sender)
    if ending == "voided":
        agreement.close("voided")
    else:
        agreement.signer().sign()
        stage.work()
    erase(stage.kit.runtime, sender["email"])
    with stage.kit.runtime.db.read(EVERYONE) as session:
        left = session.get_one(Ceremony, agreement.id)
    assert sender["email"] not in str(left.sender) and left.closed_by is None
    assert agreement.history()["broken_at"] is None


def test_an_operator_erases_by_the_command(
    stage: Stage, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.send(person("Bob")).close()
    settings = stage.kit.runtime.settings
    for one in fields(settings):
        value = getattr(settings, one.name)
        if "env" in one.metadata and isinstance(value, str):
            monkeypatch.setenv(one.metadata["env"], value)
    monkeypatch.setenv("SERVICE_URLS", " ".join(f"{name}={url}" for name, url in settings.service_urls.items()))
    assert cli.main(["erase", "bob@example.com"]) == 0
    assert capsys.readouterr().out.startswith("erased in 1 agreements; 0 ")
    stage.send(person("Bob"))
    assert cli.main(["erase", "bob@example.com"]) == 3
