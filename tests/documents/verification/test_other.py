"""Files signed elsewhere are told what they are, and forged ones are told too."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import process_time

import pikepdf
import pytest

from documents.fields import Field, Mark
from documents.geometry import Place
from documents.incremental import base, existing
from documents.incremental.update import Update
from documents.revisions import append, extend
from documents.verification import verify
from tests.documents import archive, ceremony, makers, strangers
from tests.documents.archive import World
from tests.documents.authority import Authority, Signer
from tests.documents.verification import forgeries
from tests.documents.verification.files import Genuine

ON_ANY_FILE = [
    forgeries.saved_with_a_table, forgeries.object_after_the_end, forgeries.byte_after_the_end, forgeries.second_end,
    forgeries.contents_zeroed, forgeries.contents_renamed, forgeries.contents_null, forgeries.contents_empty,
    forgeries.contents_padded, forgeries.content_beside_the_value, forgeries.range_renamed, forgeries.range_null,
    forgeries.range_starts_later, forgeries.range_negative, forgeries.range_shorter,
    forgeries.range_with_a_wider_gap, forgeries.annotation_added, forgeries.shadow_replace,
    forgeries.shadow_hide_and_replace, forgeries.form_removed, forgeries.security_store_replaced,
    forgeries.security_store_damaged, forgeries.bytes_before_the_beginning, forgeries.header_version_changed,
    forgeries.older_table_loops, forgeries.revision_skipped_by_the_table,
]  # fmt: skip
MAKERS: list[Callable[[Path], Path]] = [
    lambda folder: makers.plain(folder / "plain.pdf", 2),
    lambda folder: makers.qpdf(makers.plain(folder / "a.pdf", 2), folder / "b.pdf", "--object-streams=generate"),
    lambda folder: makers.qpdf(makers.plain(folder / "a.pdf", 2), folder / "b.pdf", "--linearize"),
]


@pytest.fixture(scope="module")
def dora() -> tuple[Authority, Signer]:
    root = Authority("Another Root")
    return root, root.signer("Dora Elsewhere")


@pytest.mark.parametrize("make", MAKERS, ids=["table", "stream", "linearized"])
def test_a_file_signed_by_other_software_is_authentic_by_its_own_root(
    make: Callable[[Path], Path], dora: tuple[Authority, Signer], tmp_path: Path
) -> None:
    authority, signer = dora
    report = verify(strangers.approve(make(tmp_path), signer), [authority.root])
    assert (report.verdict, report.kind, report.level, report.reasons) == ("authentic", "other", "B-B", ())
    assert (report.signatures[0].signer, report.signatures[0].role) == ("Dora Elsewhere", "approval")


def test_without_its_root_nothing_is_told_but_who_it_claims(dora: tuple[Authority, Signer], tmp_path: Path) -> None:
    report = verify(strangers.approve(makers.plain(tmp_path / "plain.pdf"), dora[1]), [Authority().root])
    assert (report.verdict, [one.code for one in report.reasons]) == ("unknown", ["root_not_trusted"])
    assert report.signatures[0].signer == "Dora Elsewhere"


def test_several_signatures_follow_each_other(dora: tuple[Authority, Signer], tmp_path: Path) -> None:
    certified = strangers.certify(makers.plain(tmp_path / "plain.pdf"), dora[1], 2)
    report = verify(strangers.approve(certified, dora[1], "Second"), [dora[0].root])
    assert (report.verdict, report.reasons) == ("authentic", ())
    assert [one.role for one in report.signatures] == ["certification", "approval"]
    assert report.signatures[0].docmdp == 2
    assert report.signatures[0].changes == ("form_filling", "signature_added")


def test_a_change_where_nothing_may_change_is_told_though_it_is_stamped(
    dora: tuple[Authority, Signer], tmp_path: Path
) -> None:
    world = World()
    certified = strangers.certify(makers.plain(tmp_path / "plain.pdf"), dora[1], 1)
    noted = tmp_path / "noted.pdf"
    with pikepdf.open(certified) as pdf:
        page, entries = existing.reference(pdf.pages[0].obj), existing.dictionary(pdf.pages[0].obj)
    update = Update(base.read(certified))
    update.replace(page, {**entries, "/Rotate": 180})
    update.save(certified, noted)
    report = verify(archive.archived(noted, world), [*world.roots, dora[0].root])
    assert (report.verdict, [one.code for one in report.reasons]) == ("not_authentic", ["not_permitted"])


def test_an_agreement_over_an_upload_that_was_signed_before(
    dora: tuple[Authority, Signer], world: World, tmp_path: Path
) -> None:
    upload = strangers.approve(makers.plain(tmp_path / "plain.pdf"), dora[1])
    fields = [Field("f-bob", "bob", "signature", 0, Place(0.1, 0.5, 0.3, 0.1))]
    prepared, target = tmp_path / "prepared.pdf", tmp_path / "signed.pdf"
    plan = extend.prepare_signed(upload, prepared, fields)
    marks = [Mark("f-bob", "signature", image=ceremony.picture("bob"))]
    reserved = append.append(prepared, target, plan, "bob", marks, ceremony.act("bob"))
    world.people.signer("Bob").stamped(world.tsa).finish(target, reserved)
    finished = archive.archived(target, world)
    report = verify(finished, [*world.roots, dora[0].root])
    assert (report.verdict, report.reasons) == ("authentic", ())
    assert [one.signer for one in report.signatures] == ["Dora Elsewhere", "Bob", "Test TSA"]
    report = verify(finished, world.roots)
    assert (report.verdict, {one.code for one in report.reasons}) == ("unknown", {"root_not_trusted"})


@pytest.mark.parametrize("forge", ON_ANY_FILE, ids=lambda forge: forge.__name__)
def test_a_forged_certificate_of_completion_is_told(forge: forgeries.Forgery, case: Genuine, tmp_path: Path) -> None:
    sealed = archive.archived(archive.sealed(tmp_path, case.world), case.world)
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(forge(replace(case, finished=sealed)))
    report = verify(forged, case.world.roots)
    assert report.verdict == "not_authentic", report


@pytest.mark.slow
def test_a_bit_turned_anywhere_in_a_certificate_of_completion_is_told(world: World, tmp_path: Path) -> None:
    sealed = archive.archived(archive.sealed(tmp_path, world), world)
    data, forged = sealed.read_bytes(), tmp_path / "forged.pdf"
    gap = data.rindex(b"/Contents <") + 11
    for number, at in enumerate([*range(0, len(data), len(data) // 80), *range(gap, gap + 3000, 97)]):
        forged.write_bytes(forgeries.flipped(data, at, number % 8))
        report = verify(forged, world.roots)
        assert report.verdict == "not_authentic", (at, number % 8, report)


@pytest.mark.parametrize("end", [b"", b"startxref\n9\n%%EOF\n"], ids=["no end", "an end far from the end"])
def test_sixty_megabytes_of_nothing_are_told_at_once(end: bytes, world: World, tmp_path: Path) -> None:
    file = tmp_path / "nothing.pdf"
    file.write_bytes(b"%PDF-1.7\n" + end)
    with file.open("r+b") as held:
        held.truncate(60 << 20)
    began = process_time()
    report = verify(file, world.roots)
    assert (report.verdict, [one.code for one in report.reasons]) == ("unknown", ["unreadable"])
    assert process_time() - began < 5
