"""The gate: nobody is told "done" about a file whose signatures do not hold."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from documents import longterm, sign, validate
from documents.longterm import ValidationData
from tests.documents import archive, makers
from tests.documents.archive import World
from tests.documents.authority import Stamper


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    """A folder with a signed file and the same archived, made once."""
    folder = tmp_path_factory.mktemp("shelf")
    signed = archive.signed(folder, world, 1)
    shutil.move(signed, folder / "signed.pdf")
    archive.archived(folder / "signed.pdf", world)
    return folder


def changed(source: Path, folder: Path, old: bytes, new: bytes) -> Path:
    content = source.read_bytes()
    assert old in content
    (folder / "changed.pdf").write_bytes(content.replace(old, new, 1))
    return folder / "changed.pdf"


def test_a_signed_file_passes_and_is_not_taken_for_an_archived_one(shelf: Path, world: World) -> None:
    assert validate.flaws(shelf / "signed.pdf", world.roots, archived=False) == []
    (flaw,) = validate.flaws(shelf / "signed.pdf", world.roots, archived=True)
    assert flaw == "no document time stamp follows the last signature"


def test_an_archived_file_passes_both_ways(shelf: Path, world: World) -> None:
    for archived in (True, False):
        assert validate.flaws(shelf / "signed-archived.pdf", world.roots, archived=archived) == []


@pytest.mark.parametrize("archived", [True, False])
def test_a_file_without_signatures_is_told(tmp_path: Path, world: World, archived: bool) -> None:
    plain = makers.plain(tmp_path / "plain.pdf")
    assert validate.flaws(plain, world.roots, archived=archived) == ["it carries no signature"]


@pytest.mark.parametrize("archived", [True, False])
def test_a_file_that_is_no_pdf_is_told(tmp_path: Path, world: World, archived: bool) -> None:
    (tmp_path / "note.pdf").write_bytes(b"hello")
    (flaw,) = validate.flaws(tmp_path / "note.pdf", world.roots, archived=archived)
    assert flaw.startswith("pdf_damaged")


@pytest.mark.parametrize("archived", [True, False])
@pytest.mark.parametrize("trailing", [b"\n", b"1 0 obj\n<<>>\nendobj\n"])
def test_bytes_behind_the_last_time_stamp_are_told(
    shelf: Path, world: World, tmp_path: Path, archived: bool, trailing: bytes
) -> None:
    target = tmp_path / "longer.pdf"
    target.write_bytes((shelf / "signed-archived.pdf").read_bytes() + trailing)
    assert validate.flaws(target, world.roots, archived=archived)
    assert not validate.all_sound(validate.signatures(target, world.roots))


@pytest.mark.parametrize("archived", [True, False])
def test_a_change_under_the_signatures_is_told(shelf: Path, world: World, tmp_path: Path, archived: bool) -> None:
    broken = changed(shelf / "signed-archived.pdf", tmp_path, b"/DocMDP", b"/DocMDQ")
    assert validate.flaws(broken, world.roots, archived=archived)


@pytest.mark.parametrize("archived", [True, False])
def test_signers_of_another_root_are_told(shelf: Path, archived: bool) -> None:
    found = validate.flaws(shelf / "signed-archived.pdf", World().roots, archived=archived)
    assert {flaw.split(":")[0] for flaw in found} >= {"certification", "signature_s0"}


def test_a_time_stamp_of_a_stranger_proves_nothing(shelf: Path, world: World, tmp_path: Path) -> None:
    source = Path(shutil.copy(shelf / "signed.pdf", tmp_path))
    done = archive.archived(source, world, World().tsa, data=world.data(source))
    assert validate.flaws(done, world.roots, archived=True)
    assert not validate.all_sound(validate.signatures(done, world.roots))


def test_a_time_stamp_with_a_wrong_signature_is_told(shelf: Path, world: World, tmp_path: Path) -> None:
    source, target = shelf / "signed.pdf", tmp_path / "target.pdf"
    reserved = longterm.reserve_archive(source, target, world.data(source))
    token = bytearray(world.tsa.token(reserved.digest))
    token[-1] ^= 1  # the end of the signature value
    sign.embed(target, reserved, bytes(token))
    assert validate.flaws(target, world.roots, archived=True)
    assert not validate.all_sound(validate.signatures(target, world.roots))


def test_an_archive_without_revocation_data_is_told(shelf: Path, world: World, tmp_path: Path) -> None:
    source = Path(shutil.copy(shelf / "signed.pdf", tmp_path))
    bare = ValidationData(world.data(source).certificates, (), ())
    done = archive.archived(source, world, data=bare)
    assert validate.flaws(done, world.roots, archived=False) == []
    assert validate.flaws(done, world.roots, archived=True)


def test_a_revoked_time_stamping_certificate_is_told(tmp_path: Path) -> None:
    world = World()
    signed = archive.signed(tmp_path, world, 1)
    second: Stamper = world.authority.stamper("Second TSA")
    world.authority.revoke(second.chain[0])
    assert validate.flaws(archive.archived(signed, world, second), world.roots, archived=True)


def test_the_last_signature_is_last_under_its_time_stamp(shelf: Path, world: World) -> None:
    found = validate.signatures(shelf / "signed-archived.pdf", world.roots)
    assert [one.last for one in found] == [False, True]
    assert [one.coverage for one in found] == ["ENTIRE_REVISION", "ENTIRE_REVISION"]


@pytest.mark.parametrize("archived", [True, False])
def test_of_strangers_no_more_is_asked_than_that_they_are_untouched(
    shelf: Path, world: World, tmp_path: Path, archived: bool
) -> None:
    done = shelf / "signed-archived.pdf"
    first, second = validate.signatures(done, world.roots)
    assert first.end < second.end < done.stat().st_size
    assert validate.flaws(done, world.roots, archived=archived, after=first.end) == []
    found = validate.flaws(done, World().roots, archived=archived, after=first.end)
    assert not [flaw for flaw in found if flaw.startswith("certification")]
    assert [flaw for flaw in found if flaw.startswith("signature_s0")]


def test_changes_since_a_signature_are_worked_out_once() -> None:
    class Counting:
        calls: list[Any] = []

        def review_file(self, reader: Any, base: Any, field_mdp_spec: Any, doc_mdp: Any) -> str:
            self.calls.append((base, doc_mdp))
            return f"{reader} {base}"

    policy = validate._Remembering(Counting())
    assert [policy.review_file("a", 1), policy.review_file("a", 1), policy.review_file("a", 2)] == ["a 1", "a 1", "a 2"]
    assert policy.review_file("b", 1) == "b 1"
    assert policy.review_file("a", 1, doc_mdp=2) == "a 1"
    assert Counting.calls == [(1, None), (2, None), (1, None), (1, 2)]
