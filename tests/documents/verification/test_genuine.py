"""What is genuine is authentic: now, after a renewal, and years after the certificates have ended."""

from datetime import timedelta
from pathlib import Path

import pytest

from documents.revisions import prepare
from documents.verification import form, verify
from documents.verification.reasons import CHANGES, LANGUAGES, sentence
from documents.verification.sentences import SENTENCES
from tests.documents import archive, ceremony, makers
from tests.documents.archive import World
from tests.documents.authority import NOW, Authority
from tests.documents.verification.files import Genuine, genuine

FORM = ceremony.form("alice", "bob", pages=2)


def test_a_finished_agreement_is_authentic(case: Genuine) -> None:
    report = verify(case.finished, case.world.roots)
    assert (report.verdict, report.kind, report.level, report.reasons) == ("authentic", "agreement", "B-LTA", ())
    assert [one.role for one in report.signatures] == ["certification", "approval", "approval", "time_stamp"]
    assert [one.signer for one in report.signatures][1:3] == ["Signer 0", "Signer 1"]
    assert [one.coverage for one in report.signatures][-2:] == ["revision", "entire_file"]
    assert report.signatures[1].changes == ("form_filling", "signature_added", "archive_data")
    assert report.signatures[0].docmdp == 2


def test_it_says_who_signed_when_by_whose_clock(case: Genuine) -> None:
    one = verify(case.finished, case.world.roots).signatures[1]
    assert one.issuer == "Workspace of Alice"
    assert one.claimed_time == NOW
    assert one.trusted_time is not None
    assert one.intact and one.valid and one.trusted


@pytest.mark.parametrize("signers", [1, 3, 5])
def test_any_number_of_signers_is_authentic(signers: int, world: World, tmp_path: Path) -> None:
    report = verify(genuine(tmp_path, world, signers=signers).finished, world.roots)
    assert (report.verdict, report.level, len(report.signatures)) == ("authentic", "B-LTA", signers + 2)


def test_every_kind_of_field_filled_is_authentic(world: World, tmp_path: Path) -> None:
    source = makers.plain(tmp_path / "plain.pdf", 2)
    target, plan = ceremony.prepared(source, FORM, world.platform.stamped(world.tsa))
    for name in ("alice", "bob"):
        target = ceremony.signed(target, plan, FORM, name, world.people.signer(name).stamped(world.tsa))
    report = verify(archive.archived(target, world), world.roots)
    assert (report.verdict, report.reasons) == ("authentic", ())


def test_a_renewed_archive_is_authentic(case: Genuine) -> None:
    renewed = case.archived(case.archived(case.finished))
    report = verify(renewed, case.world.roots)
    assert (report.verdict, report.level, report.reasons) == ("authentic", "B-LTA", ())
    assert [one.role for one in report.signatures][-3:] == ["time_stamp"] * 3


def test_it_stays_authentic_when_the_certificates_of_its_signers_have_ended(tmp_path: Path) -> None:
    world, fields = World(), archive.form(1)
    world.tsa = world.authority.stamper(until=NOW + timedelta(days=5 * 365))
    target, plan = ceremony.prepared(makers.plain(tmp_path / "plain.pdf"), fields, world.platform.stamped(world.tsa))
    brief = world.people.signer("Signer 0", until=NOW + timedelta(days=30)).stamped(world.tsa)
    file = archive.archived(ceremony.signed(target, plan, fields, "signer0", brief), world)
    later = verify(file, world.roots, at=NOW + timedelta(days=2 * 365))
    assert (later.verdict, later.level, later.reasons) == ("authentic", "B-LTA", ())


def test_without_an_archive_an_ended_certificate_leaves_it_open(tmp_path: Path) -> None:
    world, fields = World(), archive.form(1)
    target, plan = ceremony.prepared(makers.plain(tmp_path / "plain.pdf"), fields, world.platform)
    brief = world.people.signer("Signer 0", until=NOW + timedelta(days=30))
    file = ceremony.signed(target, plan, fields, "signer0", brief)
    assert (verify(file, world.roots).verdict, verify(file, world.roots).level) == ("authentic", "B-B")
    later = verify(file, world.roots, at=NOW + timedelta(days=31))
    assert (later.verdict, [one.code for one in later.reasons]) == ("unknown", ["certificate_ended"])


def test_a_certificate_revoked_before_signing_is_told(tmp_path: Path) -> None:
    world, fields = World(), archive.form(1)
    target, plan = ceremony.prepared(makers.plain(tmp_path / "plain.pdf"), fields, world.platform.stamped(world.tsa))
    mallory = world.people.signer("Mallory").stamped(world.tsa)
    world.people.revoke(mallory.chain[0], NOW - timedelta(hours=1))
    file = archive.archived(ceremony.signed(target, plan, fields, "signer0", mallory), world)
    report = verify(file, world.roots)
    assert (report.verdict, [one.code for one in report.reasons]) == ("not_authentic", ["certificate_revoked"])


def test_a_file_with_time_stamps_only_has_level_b_t(case: Genuine) -> None:
    report = verify(case.second, case.world.roots)
    assert (report.verdict, report.level) == ("authentic", "B-T")


def test_an_unknown_root_leaves_it_open(case: Genuine) -> None:
    report = verify(case.finished, [Authority("Somebody").root])
    assert (report.verdict, {one.code for one in report.reasons}) == ("unknown", {"root_not_trusted"})
    assert all(one.intact and one.valid and not one.trusted for one in report.signatures)


def test_a_sealed_certificate_of_completion_is_authentic(world: World, tmp_path: Path) -> None:
    report = verify(archive.archived(archive.sealed(tmp_path, world), world), world.roots)
    assert (report.verdict, report.kind, report.level, report.reasons) == ("authentic", "other", "B-LTA", ())


def test_a_file_without_signatures_says_nothing(tmp_path: Path, world: World) -> None:
    report = verify(makers.plain(tmp_path / "plain.pdf"), world.roots)
    assert (report.verdict, [one.code for one in report.reasons]) == ("unknown", ["no_signatures"])


@pytest.mark.parametrize("content", [b"", b"hello", b"\x89PNG\r\n\x1a\n" + bytes(100), b"PK\3\4/ByteRange ["])
def test_what_is_no_pdf_says_nothing(content: bytes, tmp_path: Path, world: World) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    report = verify(file, world.roots)
    assert (report.verdict, [one.code for one in report.reasons]) == ("unknown", ["not_a_pdf"])


def test_the_report_is_plain_json_in_three_languages(case: Genuine) -> None:
    for language in LANGUAGES:
        told = verify(case.first, case.world.roots).to_dict(language)
        assert told["reasons"][0]["sentence"] == sentence("incomplete", language)
        assert told["signatures"][0]["trusted_time"].endswith("+00:00")


def test_every_code_has_a_sentence_in_every_language() -> None:
    for words in (*SENTENCES.values(), *CHANGES.values()):
        assert len(words) == len(LANGUAGES)
        assert all(words)


def test_the_certification_has_the_name_that_is_prepared() -> None:
    assert form.CERTIFICATION == prepare.CERTIFICATION


def test_a_thousand_pages_are_authentic(world: World, tmp_path: Path) -> None:
    case = genuine(tmp_path / "long", world, pages=1000)
    assert verify(case.finished, world.roots).verdict == "authentic"


def test_an_archive_whose_time_stamp_has_ended_leaves_it_open_until_it_is_renewed(case: Genuine) -> None:
    later = NOW + timedelta(days=2 * 365)
    report = verify(case.finished, case.world.roots, at=later)
    assert (report.verdict, {one.code for one in report.reasons}) == ("unknown", {"certificate_ended"})
    lasting = case.world.authority.stamper(until=NOW + timedelta(days=5 * 365))
    renewed = archive.archived(case.finished, case.world, lasting)
    assert verify(renewed, case.world.roots, at=later).verdict == "authentic"
