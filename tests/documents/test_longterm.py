"""A finished agreement stays provable: validation data and document time stamps, again and again (PAdES B-LTA)."""

import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import keys
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfTimeStamper
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.dss import DocumentSecurityStore

from documents import longterm, sign, timestamps, validate
from documents.errors import Refused
from documents.longterm import ValidationData
from tests.documents import archive, makers
from tests.documents.archive import World
from tests.documents.authority import NOW, Authority


@pytest.fixture(scope="module")
def world() -> World:
    return World()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory, world: World) -> Path:
    """A folder with a signed file (B-T) and the same archived (B-LTA), made once."""
    folder = tmp_path_factory.mktemp("shelf")
    signed = archive.signed(folder, world)
    shutil.move(signed, folder / "signed.pdf")
    archive.archived(folder / "signed.pdf", world)
    return folder


def stored(path: Path, kind: str) -> list[bytes]:
    with pikepdf.open(path) as pdf:
        return [stream.read_bytes() for stream in pdf.Root.DSS.get(kind, [])]


def test_a_signature_without_a_time_stamp_is_basic(tmp_path: Path, world: World) -> None:
    basic = archive.signed(tmp_path, world, stamped=False)
    assert validate.flaws(basic, world.roots, archived=False) == []
    assert {one.stamped_at for one in validate.signatures(basic, world.roots)} == {None}


def test_a_time_stamp_proves_when_each_signature_was_there(shelf: Path, world: World) -> None:
    found = validate.signatures(shelf / "signed.pdf", world.roots)
    assert len(found) == 3
    for one in found:
        assert one.stamped_at and abs(one.stamped_at - datetime.now(UTC)) < timedelta(minutes=10)


def test_the_security_store_alone_proves_every_certificate(shelf: Path, world: World) -> None:
    trust = {"trust_roots": [asn1.Certificate.load(root) for root in world.roots], "revocation_mode": "require"}
    with (shelf / "signed-archived.pdf").open("rb") as file:
        reader = PdfFileReader(file)
        context = DocumentSecurityStore.read_dss(reader).as_validation_context({**trust, "allow_fetching": False})
        judged = [validate_pdf_signature(one, context) for one in reader.embedded_regular_signatures]
    assert [one.bottom_line for one in judged] == [True, True, True]
    assert all(one.timestamp_validity for one in judged)


def test_every_signature_is_valid_now_and_in_two_years(shelf: Path, world: World) -> None:
    done = shelf / "signed-archived.pdf"
    assert validate.flaws(done, world.roots, archived=True) == []
    found = validate.signatures(done, world.roots)
    assert [one.modification for one in found] == ["FORM_FILLING", "FORM_FILLING", "LTA_UPDATES"]
    assert validate.all_sound(found)


def test_archiving_appends_and_rewrites_nothing(shelf: Path) -> None:
    before = (shelf / "signed.pdf").read_bytes()
    assert (shelf / "signed-archived.pdf").read_bytes().startswith(before)


def test_qpdf_finds_nothing_wrong_and_pdfsig_no_broken_signature(shelf: Path) -> None:
    done = shelf / "signed-archived.pdf"
    checked = subprocess.run(["qpdf", "--check", done], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    shown = subprocess.run(["pdfsig", "-nocert", done], capture_output=True, text=True).stdout
    assert shown.count("Signature is Valid.") == 3
    assert shown.count("Total document signed") == 1


def test_the_security_store_holds_everything_once_with_the_root(shelf: Path, world: World) -> None:
    held = stored(shelf / "signed-archived.pdf", "/Certs")
    assert len(held) == len(set(held))
    assert set(held) == set(longterm.certificates(shelf / "signed-archived.pdf"))
    assert {world.authority.root, world.people.certificate, world.tsa.chain[0]} < set(held)


def test_the_same_update_gives_the_same_bytes(shelf: Path, world: World, tmp_path: Path) -> None:
    data = world.data(shelf / "signed.pdf")
    first = longterm.reserve_archive(shelf / "signed.pdf", tmp_path / "first.pdf", data)
    second = longterm.reserve_archive(shelf / "signed.pdf", tmp_path / "second.pdf", data)
    assert first == second
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()


def test_answers_of_a_responder_serve_people_and_the_list_of_the_root_authorities(tmp_path: Path) -> None:
    authority = Authority()
    authority.delegates = True
    world = World(authority)
    signed = archive.signed(tmp_path, world)
    full = world.data(signed)
    done = archive.archived(signed, world, data=ValidationData(full.certificates, full.ocsp, full.crls[:1]))
    assert stored(done, "/CRLs") == [full.crls[0]]
    assert validate.flaws(done, world.roots, archived=True) == []


def test_revocation_lists_alone_are_enough_for_certificates_of_the_root(tmp_path: Path, world: World) -> None:
    sealed = archive.sealed(tmp_path, world)
    done = archive.archived(sealed, world, data=world.data(sealed, online=False))
    assert stored(done, "/OCSPs") == []
    assert validate.flaws(done, world.roots, archived=True) == []


def test_what_is_younger_than_a_certificate_that_ended_is_left_out(tmp_path: Path) -> None:
    world = World(Authority(since=NOW - timedelta(days=9)))
    ended = world.authority.signer("Dora", until=NOW - timedelta(days=1)).chain[0]
    living = world.authority.signer("Emil").chain[0]
    full = world.authority.validation_data([ended, living])
    kept = longterm.timely([ended, living], full)
    assert longterm.unproven([ended, living], kept) == [ended]
    assert (len(full.ocsp) - len(kept.ocsp), len(full.crls) - len(kept.crls)) == (1, 1)
    lists = longterm.timely([ended, living], ValidationData(full.certificates, (), full.crls))
    assert lists.crls == full.crls  # Emil has nothing else
    before = world.authority.validation_data([ended, living], at=NOW - timedelta(days=2))
    assert longterm.timely([ended, living], before) == before


def test_what_is_missing_is_known_before_and_found_after(shelf: Path, world: World, tmp_path: Path) -> None:
    full = world.data(shelf / "signed.pdf")
    partial = ValidationData(full.certificates, full.ocsp[1:], full.crls[:0])
    certificates = longterm.certificates(shelf / "signed.pdf")
    missing = longterm.unproven(certificates, partial)
    assert len(missing) == 1  # who the first response was about
    assert world.authority.root not in missing
    assert longterm.unproven(certificates, full) == []
    source = Path(shutil.copy(shelf / "signed.pdf", tmp_path))
    assert validate.flaws(archive.archived(source, world, data=partial), world.roots, archived=True)


def test_an_answer_of_another_authority_with_the_same_number_proves_nothing(world: World) -> None:
    signer = world.people.signer("Carol").chain[0]
    stranger = World()
    foreign = stranger.authority.ocsp(signer)  # names the number, but not the issuer
    assert longterm.unproven([signer], ValidationData((*world.people.chain,), (foreign,), ())) == [signer]


def test_a_signer_whose_certificate_was_revoked_before_is_found(tmp_path: Path) -> None:
    world = World()
    signed = archive.signed(tmp_path, world, 1)
    leaf = [one for one in longterm.certificates(signed) if b"Signer 0" in one]
    world.people.revoke(leaf[0], NOW - timedelta(hours=1))
    for online in (True, False):
        done = archive.archived(signed, world, data=world.data(signed, online=online))
        found = validate.flaws(done, world.roots, archived=True)
        assert {flaw.split(":")[0] for flaw in found} == {"signature_s0"}


def test_a_document_time_stamp_of_something_else_is_found(shelf: Path, world: World, tmp_path: Path) -> None:
    target = tmp_path / "wrong.pdf"
    reserved = longterm.reserve_archive(shelf / "signed.pdf", target, world.data(shelf / "signed.pdf"))
    sign.embed(target, reserved, world.tsa.token(bytes(32)))
    assert validate.flaws(target, world.roots, archived=True)
    assert not validate.all_sound(validate.signatures(target, world.roots))


def test_another_authority_renews_the_archive(shelf: Path, world: World, tmp_path: Path) -> None:
    source = Path(shutil.copy(shelf / "signed-archived.pdf", tmp_path))
    second = world.authority.stamper("Second TSA", until=NOW + timedelta(days=900))
    done = archive.archived(source, world, second)
    assert validate.flaws(done, world.roots, archived=True) == []
    assert [one.modification for one in validate.signatures(done, world.roots)][-1] == "LTA_UPDATES"
    assert validate.all_sound(validate.signatures(done, world.roots))
    held = stored(done, "/Certs")
    assert set(stored(source, "/Certs")) < set(held)
    assert len(held) == len(set(held))
    assert longterm.archive_ends(source) == NOW + timedelta(days=365)
    assert longterm.archive_ends(done) == NOW + timedelta(days=900)


def test_an_archive_by_another_hand_is_renewed(shelf: Path, world: World, tmp_path: Path) -> None:
    source, theirs = shelf / "signed-archived.pdf", tmp_path / "theirs.pdf"
    other = world.authority.stamper("Other TSA", kind="rsa")
    key = keys.PrivateKeyInfo.load(other.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    stamper = DummyTimeStamper(asn1.Certificate.load(other.chain[0]), key)
    with source.open("rb") as file, theirs.open("wb") as output:
        PdfTimeStamper(stamper).timestamp_pdf(IncrementalPdfFileWriter(file), "sha256", output=output)
    assert validate.all_sound(validate.signatures(theirs, world.roots))
    assert validate.flaws(archive.archived(theirs, world), world.roots, archived=True) == []


def test_a_renewed_archive_holds_when_every_signer_s_certificate_has_ended(tmp_path: Path) -> None:
    then, ended = NOW - timedelta(days=390), NOW - timedelta(days=30)
    world = World(Authority(since=NOW - timedelta(days=400)), until=ended)
    world.tsa.clock = then
    signed = archive.signed(tmp_path, world)
    data = world.authority.validation_data([*longterm.certificates(signed), *world.tsa.chain], at=then)
    first = archive.archived(signed, world, data=data)
    assert validate.flaws(first, world.roots, archived=True)  # nobody knows what became of the time stamp since
    renewed = archive.archived(first, world, world.authority.stamper("Second TSA"))
    assert validate.flaws(renewed, world.roots, archived=True) == []


def test_a_certificate_of_completion_is_archived_though_it_allows_no_change(tmp_path: Path, world: World) -> None:
    done = archive.archived(archive.sealed(tmp_path, world), world)
    assert validate.flaws(done, world.roots, archived=True) == []
    (status,) = validate.signatures(done, world.roots)
    assert (status.modification, status.docmdp_ok) == ("LTA_UPDATES", True)


@pytest.mark.parametrize("option", ["--object-streams=disable", "--object-streams=generate"])
def test_both_kinds_of_cross_reference_sections_are_continued(tmp_path: Path, world: World, option: str) -> None:
    makers.qpdf(makers.plain(tmp_path / "plain.pdf", 2), tmp_path / "written.pdf", option)
    done = archive.archived(archive.sealed(tmp_path, world, tmp_path / "written.pdf"), world)
    assert validate.flaws(done, world.roots, archived=True) == []
    assert subprocess.run(["qpdf", "--check", done], capture_output=True).returncode == 0


def test_annotations_and_extensions_that_are_there_stay(tmp_path: Path, world: World) -> None:
    note = b"<< /Type /Annot /Subtype /Text /Rect [9 9 20 20] /Contents (a\\)b) >>"
    makers.one_page(tmp_path / "one.pdf", b"/Annots 5 0 R", note, b"[4 0 R]")
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        adobe = pikepdf.Dictionary(BaseVersion=pikepdf.Name("/1.7"), ExtensionLevel=8)
        pdf.Root.Extensions = pikepdf.Dictionary(ADBE=adobe)
        pdf.save(tmp_path / "noted.pdf")
    done = archive.archived(archive.sealed(tmp_path, world, tmp_path / "noted.pdf"), world)
    assert validate.flaws(done, world.roots, archived=True) == []
    with pikepdf.open(done) as pdf:
        assert [str(one.Subtype) for one in pdf.pages[0].Annots] == ["/Text", "/Widget", "/Widget"]
        assert str(pdf.pages[0].Annots[0].Contents) == "a)b"
        assert set(pdf.Root.Extensions.keys()) == {"/ADBE", "/ESIC"}


def test_the_field_of_a_time_stamp_is_invisible_and_its_name_is_free(shelf: Path, world: World, tmp_path: Path) -> None:
    source = Path(shutil.copy(shelf / "signed-archived.pdf", tmp_path))
    with pikepdf.open(archive.archived(source, world)) as pdf:
        names = [str(field.T) for field in pdf.Root.AcroForm.Fields]
        assert len(names) == len(set(names))
        assert not [name for name in names if "." in name]
        stamps = [field for field in pdf.Root.AcroForm.Fields if str(field.get("/T")).startswith("archive-")]
        assert [[float(edge) for edge in stamp.Rect] for stamp in stamps] == [[0, 0, 0, 0]] * 2


def test_a_file_that_was_never_archived_says_so(shelf: Path) -> None:
    with pytest.raises(longterm.NotArchived):
        longterm.archive_ends(shelf / "signed.pdf")


def test_a_file_without_signatures_is_not_archived(tmp_path: Path, world: World) -> None:
    plain = makers.qpdf(makers.plain(tmp_path / "plain.pdf"), tmp_path / "written.pdf", "--object-streams=generate")
    assert longterm.certificates(plain) == []
    with pytest.raises(Refused, match="without signatures"):
        longterm.reserve_archive(plain, tmp_path / "target.pdf", ValidationData())


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "note.pdf").write_bytes(b"hello")
    with pytest.raises(Refused, match="pdf_damaged"):
        longterm.certificates(tmp_path / "note.pdf")


def test_a_damaged_signature_is_refused(shelf: Path, tmp_path: Path) -> None:
    content = (shelf / "signed-archived.pdf").read_bytes()
    start = content.rindex(b"/Contents <") + len(b"/Contents <")
    (tmp_path / "bad.pdf").write_bytes(content[:start] + b"ff" * 40 + content[start + 80 :])
    with pytest.raises(Refused, match="pdf_damaged"):
        longterm.certificates(tmp_path / "bad.pdf")
    with pytest.raises(Refused, match="pdf_damaged"):
        longterm.archive_ends(tmp_path / "bad.pdf")


def test_a_token_that_needs_more_room_gets_it(shelf: Path, world: World, tmp_path: Path) -> None:
    source, target = shelf / "signed.pdf", tmp_path / "target.pdf"
    small = longterm.reserve_archive(source, target, ValidationData(), capacity=500)
    with pytest.raises(sign.DoesNotFit):
        world.tsa.embed(target, small)
    token = world.tsa.token(longterm.reserve_archive(source, target, ValidationData()).digest)
    assert timestamps.time_of(token) <= datetime.now(UTC)


def test_five_signers_keep_their_long_term_validity(tmp_path: Path, world: World) -> None:
    done = archive.finished(tmp_path, world, signers=5)
    assert validate.flaws(done, world.roots, archived=True) == []
    assert len(validate.signatures(done, world.roots)) == 6
