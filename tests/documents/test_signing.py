"""The platform certifies, Alice signs, Bob signs; every signature stays valid, for pyHanko, pdfsig and qpdf."""

import hashlib
import os
import pickle
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from documents import fields, sign, validate
from documents.drawing import fontembedding, pictures
from documents.errors import Refused
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.rendering import render
from documents.revisions import append, prepare
from documents.revisions.planreading import read
from documents.revisions.sealing import seal_invisible
from documents.sign import Act, Reserved
from tests.documents import ceremony, makers
from tests.documents.authority import NOW, Authority, Signer

FORM = ceremony.form("alice", "bob", pages=2)


@pytest.fixture
def finished(contract: Path, platform: Signer, alice: Signer, bob: Signer) -> Path:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    return ceremony.signed(ceremony.signed(certified, plan, FORM, "alice", alice), plan, FORM, "bob", bob)


def run(*command: str) -> str:
    # pdfsig of some releases ends in a complaint of NSS after a right answer, so its exit code says nothing
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


def test_all_three_signatures_are_sound_and_the_last_covers_the_entire_file(
    finished: Path, authority: Authority
) -> None:
    found = validate.signatures(finished, [authority.root])
    assert [one.signer for one in found] == ["Signet Platform", "Alice", "张伟 Bob"]
    assert [one.modification for one in found] == ["FORM_FILLING", "FORM_FILLING", "NONE"]
    assert validate.all_sound(found)
    assert found[1].signed_at == NOW


def test_pdfsig_reads_all_three_as_valid(finished: Path) -> None:
    report = run("pdfsig", str(finished))
    assert report.count("Signature Validation: Signature is Valid.") == 3
    assert report.count("ETSI.CAdES.detached") == 3
    assert report.count("Total document signed") == 1


def test_qpdf_finds_nothing_wrong(finished: Path) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(finished))


def test_no_byte_that_was_signed_is_rewritten(finished: Path) -> None:
    chain = [finished.with_name(name) for name in ("prepared.pdf", "prepared-alice.pdf", finished.name)]
    contents = [path.read_bytes() for path in chain]
    assert contents[1].startswith(contents[0])
    assert contents[2].startswith(contents[1])


def test_every_font_that_signing_added_is_embedded(finished: Path) -> None:
    added = [line for line in run("pdffonts", str(finished)).splitlines() if "Noto" in line]
    assert added
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in added)


def test_what_was_filled_in_can_be_read_by_machines(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        values = {str(field.T): field.get("/V") for field in pdf.Root.AcroForm.Fields}
    by_field = {field.id: values[fields.name_of(field)] for field in FORM}
    assert str(by_field["alice.0.t"]).startswith("Agreed 同意以上条款 (with) \\")
    assert str(by_field["bob.1.d"]) == "2026-11-22"
    assert by_field["bob.0.c"] == pikepdf.Name.Yes


def test_field_names_carry_no_dots(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        assert not [str(field.T) for field in pdf.Root.AcroForm.Fields if "." in str(field.T)]


def test_preparing_and_appending_twice_gives_the_same_bytes(contract: Path, platform: Signer, tmp_path: Path) -> None:
    one = prepare.prepare(contract, tmp_path / "one.pdf", FORM, Act(NOW))
    two = prepare.prepare(contract, tmp_path / "two.pdf", FORM, Act(NOW))
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    assert one == two
    certified, plan = ceremony.prepared(contract, FORM, platform)
    made = [
        append.append(certified, tmp_path / name, plan, "alice", ceremony.marks(FORM, "alice"), Act(NOW))
        for name in ("three.pdf", "four.pdf")
    ]
    assert made[0] == made[1]
    assert (tmp_path / "three.pdf").read_bytes() == (tmp_path / "four.pdf").read_bytes()


def test_signing_writes_no_clock_but_the_time_it_was_given(contract: Path, platform: Signer) -> None:
    certified, _ = ceremony.prepared(contract, FORM, platform)
    with pikepdf.open(contract) as before, pikepdf.open(certified) as after:
        assert dict(before.docinfo.items()) == dict(after.docinfo.items())


def test_the_reserved_digest_is_over_everything_but_the_room_for_the_signature(contract: Path, tmp_path: Path) -> None:
    reserved = prepare.prepare(contract, tmp_path / "p.pdf", FORM, Act(NOW)).reserved
    data = (tmp_path / "p.pdf").read_bytes()
    start, end = reserved.offset, reserved.offset + reserved.length
    assert (data[start - 1 : start], data[end : end + 1]) == (b"<", b">")
    assert set(data[start:end]) == {ord("0")}
    assert hashlib.sha256(data[: start - 1] + data[end + 1 :]).digest() == reserved.digest
    assert pickle.loads(pickle.dumps(reserved)) == reserved


def test_a_change_after_signing_is_told(finished: Path, authority: Authority) -> None:
    data = finished.read_bytes()
    place = data.rindex(b"I agree")
    finished.write_bytes(data[:place] + b"U agree" + data[place + 7 :])
    found = validate.signatures(finished, [authority.root])
    assert not validate.all_sound(found)
    assert not found[-1].intact


def test_a_field_filled_after_its_owner_signed_is_told(
    contract: Path, platform: Signer, alice: Signer, bob: Signer, authority: Authority
) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    after_alice = ceremony.signed(certified, plan, FORM, "alice", alice)
    stolen = [replace(one, recipient="bob") if one.id == "alice.0.t" else one for one in FORM]
    forged = [replace(one, recipient="bob") if one.id == "alice.0.t" else one for one in plan.controls]
    forged_file = ceremony.signed(after_alice, replace(plan, controls=tuple(forged)), stolen, "bob", bob)
    assert not validate.all_sound(validate.signatures(forged_file, [authority.root]))


def test_an_unknown_root_is_not_trusted(finished: Path) -> None:
    assert not any(one.trusted for one in validate.signatures(finished, [Authority().root]))


def test_signing_twice_is_refused(contract: Path, platform: Signer, alice: Signer, bob: Signer) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    done = ceremony.signed(ceremony.signed(certified, plan, FORM, "alice", alice), plan, FORM, "bob", bob)
    for found in (plan, read(done, FORM)):
        with pytest.raises(Refused, match="pdf_signed"):
            ceremony.signed(done, found, FORM, "alice", alice)


def test_marks_of_somebody_else_are_an_error(contract: Path, platform: Signer, tmp_path: Path) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    stolen = ceremony.marks(FORM, "bob")
    with pytest.raises(ValueError, match=re.escape("bob.0.s1")):
        append.append(certified, tmp_path / "x.pdf", plan, "alice", stolen, Act(NOW))


def test_a_recipient_without_a_signature_field_signs_invisibly(
    contract: Path, platform: Signer, alice: Signer, authority: Authority
) -> None:
    only = [Field("n", "alice", "text", 0, Place(0.1, 0.1, 0.3, 0.05))]
    done = ceremony.signed(*ceremony.prepared(contract, only, platform), only, "alice", alice)
    found = validate.signatures(done, [authority.root])
    assert validate.all_sound(found)
    assert found[-1].field == fields.invisible_name("alice")


def test_a_signer_who_leaves_optional_fields_empty_still_signs(
    contract: Path, platform: Signer, alice: Signer, authority: Authority, tmp_path: Path
) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    mark = Mark("alice.0.s1", "signature", image=pictures.encode(makers.png()))
    reserved = append.append(certified, tmp_path / "done.pdf", plan, "alice", [mark], Act(NOW))
    done = alice.finish(tmp_path / "done.pdf", reserved)
    assert validate.all_sound(validate.signatures(done, [authority.root]))


def test_an_empty_text_an_unticked_box_and_a_signature_without_a_picture_are_fine(
    contract: Path, platform: Signer, alice: Signer, authority: Authority, tmp_path: Path
) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    marks = [Mark("alice.0.t", "text", text=""), Mark("alice.0.c", "checkbox"), Mark("alice.0.s1", "signature")]
    reserved = append.append(certified, tmp_path / "done.pdf", plan, "alice", marks, Act(NOW), "Alice")
    done = alice.finish(tmp_path / "done.pdf", reserved)
    assert validate.all_sound(validate.signatures(done, [authority.root]))


def test_a_picture_that_is_no_png_is_refused(contract: Path, platform: Signer, tmp_path: Path) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)
    mark = Mark("alice.0.st", "stamp", image=b"GIF89a")
    with pytest.raises(Refused, match="image_damaged"):
        append.append(certified, tmp_path / "x.pdf", plan, "alice", [mark], Act(NOW))


def test_two_fields_with_one_id_are_an_error(contract: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="same id"):
        prepare.prepare(contract, tmp_path / "x.pdf", [FORM[0], FORM[0]], Act(NOW))


@pytest.mark.parametrize(
    ("field", "code"),
    [
        (Field("f", "alice", "text", 7, Place(0.1, 0.1, 0.1, 0.1)), "pdf_page_missing"),
        (Field("f", "alice", "text", 0, Place(0.95, 0.1, 0.1, 0.1)), "place_off_page"),
    ],
)
def test_a_field_that_is_on_no_page_is_refused(contract: Path, tmp_path: Path, field: Field, code: str) -> None:
    with pytest.raises(Refused, match=code):
        prepare.prepare(contract, tmp_path / "p.pdf", [field], Act(NOW))


def test_a_sealed_file_is_valid_and_allows_no_change(contract: Path, platform: Signer, authority: Authority) -> None:
    target = contract.with_name("sealed.pdf")
    platform.finish(target, seal_invisible(contract, target, Act(NOW, name="Signet")))
    assert validate.all_sound(validate.signatures(target, [authority.root]))
    assert "Signature is Valid" in run("pdfsig", str(target))


@pytest.mark.parametrize("options", [("--object-streams=disable",), ("--object-streams=generate",), ("--linearize",)])
def test_whoever_wrote_the_file_it_can_be_prepared_and_signed(
    contract: Path, tmp_path: Path, options: tuple[str, ...], platform: Signer, alice: Signer, authority: Authority
) -> None:
    source = makers.qpdf(contract, tmp_path / "variant.pdf", *options)
    done = ceremony.signed(*ceremony.prepared(source, FORM, platform), FORM, "alice", alice)
    assert validate.all_sound(validate.signatures(done, [authority.root]))


def test_a_thousand_fields_on_many_pages_can_be_prepared_and_signed(
    tmp_path: Path, platform: Signer, alice: Signer, authority: Authority
) -> None:
    many = ceremony.form("alice", "bob", pages=80)
    source = makers.plain(tmp_path / "long.pdf", pages=80)
    done = ceremony.signed(*ceremony.prepared(source, many, platform), many, "alice", alice)
    assert validate.signatures(done, [authority.root])[-1].sound
    assert render.page_image(done, 79, 200)


def test_a_cms_that_does_not_fit_is_an_error_and_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "file"
    target.write_bytes(b"<0000>")
    with pytest.raises(sign.DoesNotFit):
        sign.embed(target, Reserved(b"", 1, 4), b"abc")
    assert target.read_bytes() == b"<0000>"
    sign.embed(target, Reserved(b"", 1, 4), b"\xab")
    assert target.read_bytes() == b"<ab00>"


def test_twenty_signers_sign_one_after_the_other_and_all_signatures_are_sound(
    tmp_path: Path, platform: Signer, authority: Authority
) -> None:
    who = [f"signer {number}" for number in range(20)]
    form = [Field(one, one, "signature", 0, Place(0.1, row / 21, 0.3, 0.04)) for row, one in enumerate(who)]
    form += [Field(f"{one}t", one, "text", 0, Place(0.5, row / 21, 0.4, 0.04)) for row, one in enumerate(who)]
    current, plan = ceremony.prepared(makers.plain(tmp_path / "c.pdf"), form, platform)
    for number, one in enumerate(who):
        target = tmp_path / f"{number}.pdf"
        given = append.append(current, target, plan, one, ceremony.marks(form, one), ceremony.act(one), one)
        current = authority.signer(one).finish(target, given)
    found = validate.signatures(current, [authority.root])
    assert [one.signer for one in found] == ["Signet Platform", *who]
    assert validate.all_sound(found)
    assert run("pdfsig", str(current)).count("Signature is Valid") == 21
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", str(current))


def test_every_text_field_names_a_font_that_the_form_has(contract: Path, platform: Signer) -> None:
    certified, _ = ceremony.prepared(contract, FORM, platform)
    with pikepdf.open(certified) as pdf:
        form: Any = pdf.Root.AcroForm
        named = {str(field.DA).split()[0] for field in form.Fields if field.FT == "/Tx"}
        assert named
        assert named <= set(form.DR.Font.keys())


def test_preparing_adds_little_but_the_room_for_the_signature(contract: Path, tmp_path: Path) -> None:
    act = Act(NOW)
    prepare.prepare(contract, tmp_path / "p.pdf", FORM, act)
    assert (tmp_path / "p.pdf").stat().st_size - contract.stat().st_size - act.capacity * 2 < 24 * 450


def test_the_certification_is_the_first_signature_that_readers_list(finished: Path) -> None:
    with pikepdf.open(finished) as pdf:
        form: Any = pdf.Root.AcroForm
        assert str(form.Fields[0].T) == prepare.CERTIFICATION
        assert pdf.Root.Perms.DocMDP.objgen == form.Fields[0].V.objgen


def test_acts_that_are_appended_at_the_same_time_do_not_touch_each_other(
    contract: Path, platform: Signer, tmp_path: Path
) -> None:
    certified, plan = ceremony.prepared(contract, FORM, platform)

    def appended(number: int, round_: str) -> bytes:
        target = tmp_path / f"{number}-{round_}.pdf"
        given = [Mark("alice.0.t", "text", text=f"第{number}次 agreed {chr(0x4E00 + number)}")]
        append.append(certified, target, plan, "alice", given, Act(NOW))
        return target.read_bytes()

    alone = [appended(number, "alone") for number in range(12)]
    fontembedding._embedded.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda number: appended(number, "together"), range(12)))
    assert together == alone
