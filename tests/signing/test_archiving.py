"""What everybody has signed becomes PAdES B-LTA, stays that over the years, and waits for who is away until then."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from chassis.database import EVERYONE
from documents import longterm, validate
from documents.verification import verify
from services.seal.models import Certificate
from services.seal.revoke import revoke_credential
from services.signing import archive, renew, seals
from services.signing.archiving import Archived
from services.signing.models import Ceremony
from tests.documents import strangers
from tests.documents.authority import Stamper
from tests.documents.makers import plain
from tests.signing.outside import Tsa
from tests.signing.stage import Agreement, Stage, field, person
from tests.signing.test_outages import away, expect_completed_once, expire_leases
from tests.support import eventually

ENDS = datetime(2199, 1, 1, tzinfo=UTC)


def row(stage: Stage, agreement: Agreement) -> Ceremony:
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return session.get_one(Ceremony, agreement.id)


def stored(stage: Stage, file: dict[str, Any] | None) -> Path:
    assert file
    target = stage.folder / f"{file['sha256']}.pdf"
    with stage.kit.runtime.storage.open(file["key"]) as source:
        target.write_bytes(source.read())
    return target


def roots(stage: Stage, *tsas: Tsa) -> list[bytes]:
    return [seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1], *(one.root.certificate for one in tsas)]


def expect_lta(stage: Stage, agreement: Agreement, *tsas: Tsa) -> None:
    """The judge's word for the document and the certificates, from what the files themselves hold."""
    known = row(stage, agreement)
    for file in [known.file, known.certificate, *(known.certificates or {}).values()]:
        assert validate.flaws(stored(stage, file), roots(stage, *tsas), archived=True) == []


@pytest.fixture
def tsas() -> Iterator[list[Tsa]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Tsa(ocsp=ocsp)) for ocsp in (True, False)]


@pytest.fixture
def outside(tmp_path: Path, tsas: list[Tsa]) -> Iterator[Stage]:
    """*signing* with two authorities outside, of whom the second is asked when the first fails."""
    with closing(Stage(tmp_path, TSA_URLS=",".join(one.url for one in tsas))) as stage:
        yield stage


def test_after_each_signer_all_signatures_hold_and_are_time_stamped(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    for number, name in enumerate(("Bob", "Carol"), 2):
        agreement.signer(name).sign()
        stage.kit.turn("append")
        found = validate.signatures(stored(stage, row(stage, agreement).file), roots(stage))
        assert len(found) == number and validate.all_sound(found) and all(one.stamped_at for one in found)
        assert found[-1].signer == name
    stage.work()
    expect_lta(stage, agreement)
    expect_completed(agreement)
    assert row(stage, agreement).archive_trial is True


def expect_completed(agreement: Agreement) -> None:
    assert len(agreement.told("signing.completed.v1")) == 1 and agreement.kinds().count("archived") == 1


def test_of_the_person_the_name_alone_stands_in_the_document(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    assert b"bob@example.com" not in stored(stage, row(stage, agreement).file).read_bytes()


def test_an_authority_outside_is_proven_by_ocsp(outside: Stage, tsas: list[Tsa]) -> None:
    agreement = sign_all(outside)
    assert "/ocsp" in tsas[0].asked and "/ca.cer" in tsas[0].asked and tsas[1].asked == []
    expect_lta(outside, agreement, tsas[0])
    assert row(outside, agreement).archive_trial is False


def test_one_without_ocsp_is_proven_by_its_list(outside: Stage, tsas: list[Tsa]) -> None:
    tsas[0].behave = "refuses"
    agreement = sign_all(outside)
    assert "/ca.crl" in tsas[1].asked and "/ocsp" not in tsas[1].asked
    expect_lta(outside, agreement, tsas[1])


def sign_all(stage: Stage) -> Agreement:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    expect_completed(agreement)
    return agreement


def test_when_another_authority_stamps_the_archive_a_further_round_proves_it(outside: Stage, tsas: list[Tsa]) -> None:
    agreement = outside.send(person("Bob"))
    agreement.signer().sign()
    outside.kit.turn("append")
    tsas[0].behave = "rejects"
    outside.work()
    expect_lta(outside, agreement, *tsas)
    assert stored(outside, row(outside, agreement).file).read_bytes().count(b"/DocTimeStamp") == 2


@pytest.mark.parametrize("loop", ["prepare", "append", "archive", "complete"])
def test_while_every_authority_is_away_it_waits_visibly_and_then_goes_on(
    outside: Stage, tsas: list[Tsa], loop: str
) -> None:
    agreement = go_until(outside, loop)
    set_all(tsas, "refuses")
    outside.work()
    waiting = row(outside, agreement)
    assert waiting.attempts == 1 and (waiting.last_error or "").startswith("TimestampAway: 127.0.0.1: HTTPError")
    assert not agreement.told("signing.completed.v1") and "completed" not in agreement.kinds()
    set_all(tsas, "right")
    finish(outside, agreement)
    expect_completed_once(agreement)
    expect_lta(outside, agreement, *tsas)


def go_until(stage: Stage, loop: str) -> Agreement:
    """An agreement for which this loop has its work before it."""
    agreement = stage.send(person("Bob"), prepare=loop != "prepare")
    if loop != "prepare":
        agreement.signer().sign()
    for before in {"archive": ["append"], "complete": ["append", "archive"]}.get(loop, []):
        stage.kit.turn(before)
    return agreement


def finish(stage: Stage, agreement: Agreement) -> None:
    expire_leases(stage)
    stage.work()
    if "signed" not in agreement.kinds():
        agreement.signer().sign()
        stage.work()


def set_all(tsas: list[Tsa], behave: str) -> None:
    for one in tsas:
        one.behave = behave


@pytest.mark.parametrize("loop", ["prepare", "append", "archive", "complete"])
def test_while_the_keys_are_away_it_waits_visibly_and_then_goes_on(stage: Stage, loop: str) -> None:
    agreement = go_until(stage, loop)
    app = stage.neighbours["seal"]
    stage.neighbours["seal"] = away
    stage.work()
    waiting = row(stage, agreement)
    assert (waiting.attempts, waiting.last_error) == (1, "Problem: 503 unavailable")
    stage.neighbours["seal"] = app
    finish(stage, agreement)
    expect_completed_once(agreement)
    expect_lta(stage, agreement)


def test_without_proof_that_a_certificate_is_not_revoked_nobody_is_told_done(outside: Stage, tsas: list[Tsa]) -> None:
    agreement = go_until(outside, "archive")
    tsas[0].root.revoke(tsas[0].stamper.chain[0])
    outside.work()
    assert (row(outside, agreement).last_error or "").startswith("RevocationAway: Outside TSA: neither OCSP nor CRL")
    tsas[0].root.revoked.clear()
    finish(outside, agreement)
    expect_completed_once(agreement)


def test_optional_fields_may_stay_empty(stage: Stage) -> None:
    kinds = ("signature", "stamp", "text", "date", "checkbox")

    def fields(x: float) -> list[dict[str, Any]]:
        optional = [field(kind, place + 1, required=False, x=x) for place, kind in enumerate(kinds)]
        return [field(x=x), *optional]

    agreement = stage.send(person("Bob", fields=fields(0.05)), person("Dora", fields=fields(0.5)))
    for name in ("Bob", "Dora"):
        agreement.signer(name).sign()
        stage.work()
    assert agreement.kinds().count("completed") == 1, row(stage, agreement).last_error
    expect_lta(stage, agreement)
    assert verify(stored(stage, row(stage, agreement).file), roots(stage)).verdict == "authentic"


@pytest.mark.parametrize("kind", ["platform", "workspace", "act"])
def test_what_is_revoked_after_it_signed_takes_nothing_from_the_signatures(stage: Stage, kind: str) -> None:
    agreement = go_until(stage, "archive")
    with stage.seal.runtime.db.read(EVERYONE) as session:
        names = list(session.scalars(select(Certificate.credential)))
    stamped = datetime.now(UTC)
    assert eventually(lambda: datetime.now(UTC) > stamped + timedelta(seconds=2))
    with stage.seal.runtime.db.transaction(EVERYONE) as session:
        revoke_credential(session, next(name for name in names if name.startswith(kind)), "superseded")
    finish(stage, agreement)
    expect_completed_once(agreement)
    assert verify(stored(stage, row(stage, agreement).file), roots(stage)).verdict == "authentic"


def test_pages_that_do_not_show_what_was_prepared_stop_it(stage: Stage) -> None:
    agreement = go_until(stage, "archive")
    prepared = row(stage, agreement).prepared
    blank = stage.kit.runtime.storage.put("ceremonies/x/blank.pdf", different(stage))
    stage.change(agreement, prepared={"key": blank.key, "sha256": blank.sha256})
    stage.work()
    assert (row(stage, agreement).last_error or "").startswith("Unsound: ")
    assert not agreement.told("signing.completed.v1")
    stage.change(agreement, prepared=prepared)
    finish(stage, agreement)
    expect_completed_once(agreement)


def different(stage: Stage) -> Path:
    """A document with as many pages whose lines stand elsewhere."""
    return plain(stage.folder / "different.pdf", pages=2, size=(595, 800))


def test_two_workers_archive_once(stage: Stage) -> None:
    agreement = go_until(stage, "archive")
    known = row(stage, agreement)
    file, archived = known.file or {}, Archived(ENDS, True, ())
    assert [archive.commit(stage.kit.runtime, known, file, archived) for _ in range(2)] == [True, False]
    assert agreement.kinds().count("archived") == 1


def test_before_its_certificate_ends_an_archive_time_stamp_is_renewed(outside: Stage, tsas: list[Tsa]) -> None:
    tsas[0].stamper = lasting(tsas[0], days=100)
    agreement = sign_all(outside)
    first = row(outside, agreement)
    assert first.archive_until and first.archive_due
    assert timedelta(days=49) <= first.archive_until - first.archive_due <= timedelta(days=50)
    assert outside.kit.turn("renew") == 0
    tsas[0].stamper = lasting(tsas[0], days=300)
    come_due(outside, agreement)
    expect_lta(outside, agreement, tsas[0])
    second = row(outside, agreement)
    assert second.archive_until and second.archive_until - first.archive_until > timedelta(days=190)
    expect_renewed(outside, agreement, first, second)


def lasting(tsa: Tsa, days: int) -> Stamper:
    """The authority's next certificate, which ends in so many days."""
    made = tsa.root.stamper("Outside TSA", until=datetime.now(UTC).replace(microsecond=0) + timedelta(days=days))
    tsa.known += [made.chain[0]]
    return Stamper(made.key, made.chain[:1])


def expect_renewed(stage: Stage, agreement: Agreement, first: Ceremony, second: Ceremony) -> None:
    before, after = stored(stage, first.file), stored(stage, second.file)
    assert after.read_bytes().startswith(before.read_bytes()) and after.stat().st_size > before.stat().st_size
    assert second.certificate != first.certificate
    assert second.archive_until == longterm.archive_ends(after)
    (told,) = agreement.told("signing.archived.v1")
    assert told["document"]["sha256"] == (second.file or {})["sha256"]
    archived = [one for one in agreement.history()["entries"] if one["kind"] == "archived"]
    assert [one["detail"]["sha256"] for one in archived] == [(one.file or {})["sha256"] for one in (first, second)]
    assert agreement.history()["broken_at"] is None and len(agreement.told("signing.completed.v1")) == 1


def test_two_workers_renew_once(stage: Stage) -> None:
    agreement = sign_all(stage)
    known = row(stage, agreement)
    files = {key: {**file, "key": f"{key}-new"} for key, (_, file) in renew.carriers(known).items()}
    made = [Archived(ENDS, True, ())]
    assert [renew.commit(stage.kit.runtime, known, files, made) for _ in range(2)] == [True, False]
    assert len(agreement.told("signing.archived.v1")) == 1


def test_a_renewal_is_due_days_before_the_end_or_half_way_to_it(stage: Stage) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    for left, due in ((365, 275), (100, 50), (20, 10), (0, 0)):
        found = archive.lasting(stage.kit.runtime, now + timedelta(days=left), now)["archive_due"]
        assert found == now + (timedelta(days=due) or archive.SHORTEST_WAIT)


def test_a_finished_agreement_is_not_renewed_before_it_is_due(stage: Stage) -> None:
    sign_all(stage)
    assert stage.kit.turn("renew") == 0


def test_what_a_stranger_signed_before_stays_and_nobody_is_asked_about_them(stage: Stage, tsas: list[Tsa]) -> None:
    dora = tsas[0].root.signer("Dora Elsewhere")
    upload = strangers.approve(plain(stage.folder / "plain.pdf", pages=2), dora)
    kept = stage.kit.runtime.storage.put("agreements/signed.pdf", upload)
    stage.document |= {"key": kept.key, "sha256": kept.sha256, "size": kept.size, "signed": True}
    agreement = sign_all(stage)
    finished = stored(stage, row(stage, agreement).file)
    assert finished.read_bytes().startswith(upload.read_bytes())
    assert validate.flaws(finished, roots(stage), archived=True, after=kept.size) == []
    assert validate.flaws(finished, roots(stage), archived=True) != []
    assert [one.signer for one in validate.signatures(finished, roots(stage))] == ["Dora Elsewhere", "Bob"]
    come_due(stage, agreement)
    assert validate.flaws(stored(stage, row(stage, agreement).file), roots(stage), archived=True, after=kept.size) == []
    assert tsas[0].asked == []


def come_due(stage: Stage, agreement: Agreement) -> None:
    """As if the time for a newer time stamp had come; it is made."""
    stage.change(agreement, archive_due=datetime.now(UTC) - timedelta(seconds=1))
    assert stage.kit.turn("renew") == 1


def test_a_token_longer_than_usual_gets_more_room(outside: Stage, tsas: list[Tsa]) -> None:
    spare = [tsas[0].root.stamper(f"Spare {number}").chain[0] for number in range(40)]
    tsas[0].known += spare
    tsas[0].stamper = Stamper(tsas[0].stamper.key, (*tsas[0].stamper.chain, *spare))
    agreement = sign_all(outside)
    expect_lta(outside, agreement, tsas[0])
    with outside.seal.runtime.db.read(EVERYONE) as session:
        query = select(Certificate.credential).where(Certificate.credential.startswith("act:"))
        assert len(session.scalars(query).all()) == 2
