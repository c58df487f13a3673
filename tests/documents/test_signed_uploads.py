"""Alice uploads what Dora has signed elsewhere: Dora's signature stays good, or Alice is told why it cannot be used."""

import random
import subprocess
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents import longterm
from documents.errors import Refused
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.rendering import rendercheck
from documents.revisions import append, extend
from documents.uploads import intake, presigned
from tests.documents import ceremony, makers, strangers
from tests.documents.authority import Authority, Signer
from tests.documents.test_intake import link, refusal, uri

FIELDS = [
    Field("f-bob", "bob", "signature", 0, Place(0.1, 0.5, 0.3, 0.1)),
    Field("f-carol", "carol", "signature", 1, Place(0.5, 0.5, 0.3, 0.1)),
]


@pytest.fixture(scope="session")
def dora() -> Signer:
    return Authority("Another Root").signer("Dora Elsewhere")


def table(tmp_path: Path) -> Path:
    """PDF 1.4 with a cross-reference table."""
    made = makers.plain(tmp_path / "plain.pdf", pages=2)
    return makers.qpdf(made, tmp_path / "table.pdf", "--force-version=1.4", "--object-streams=disable")


def stream(tmp_path: Path) -> Path:
    """A file with object streams and a cross-reference stream."""
    made = makers.plain(tmp_path / "plain.pdf", pages=2)
    return makers.qpdf(made, tmp_path / "stream.pdf", "--object-streams=generate")


def linearized(tmp_path: Path) -> Path:
    made = makers.plain(tmp_path / "plain.pdf", pages=2)
    return makers.qpdf(made, tmp_path / "linear.pdf", "--linearize")


def annotated(tmp_path: Path) -> Path:
    """A file whose pages have arrays of links, the first as an object of its own."""
    with pikepdf.open(table(tmp_path)) as pdf:
        links = [pdf.make_indirect(link(uri("https://example.com"))) for _ in range(2)]
        pdf.pages[0].obj.Annots = pdf.make_indirect(pikepdf.Array(links[:1]))
        pdf.pages[1].obj.Annots = pikepdf.Array(links[1:])
        pdf.save(tmp_path / "annotated.pdf")
    return tmp_path / "annotated.pdf"


def turned(tmp_path: Path) -> Path:
    boxes = {"MediaBox": [0, 0, 600, 800], "CropBox": [50, 100, 450, 700]}
    return makers.shaped(tmp_path / "turned.pdf", pages=2, inherit=True, Rotate=90, **boxes)


def form(tmp_path: Path) -> Path:
    """A file with a form of its own, half filled."""
    canvas = Canvas(str(tmp_path / "form.pdf"), invariant=True)
    canvas.acroForm.textfield(name="name", x=100, y=700, width=200, height=24, value="filled before")
    canvas.showPage()
    canvas.drawString(100, 100, "second page")
    canvas.showPage()
    canvas.save()
    return tmp_path / "form.pdf"


def bare(tmp_path: Path) -> Path:
    """Pages without the entries that readers add for themselves."""
    page = b"<< /Type /Page /Parent 2 0 R >>"
    tree = b"<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 400 600] >>"
    return makers.bare(tmp_path / "bare.pdf", b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, page)


MAKERS: list[Callable[[Path], Path]] = [table, stream, linearized, annotated, turned, form, bare]


def completed(source: Path, bob: Signer, carol: Signer) -> Path:
    """The upload taken in, extended, and signed by Bob and Carol."""
    taken, extended = source.with_name("taken.pdf"), source.with_name("extended.pdf")
    found = intake.inspect(source, taken)
    assert taken.read_bytes() == source.read_bytes() and found.signed and found.sha256 == intake.sha256(source)
    plan = extend.prepare_signed(taken, extended, FIELDS)
    assert extended.read_bytes().startswith(taken.read_bytes())
    last = extended
    for field, signer in zip(FIELDS, (bob, carol), strict=True):
        target, who = source.with_name(f"{field.id}.pdf"), field.recipient
        marks = [Mark(field.id, "signature", image=ceremony.picture(who))]
        signer.finish(target, append.append(last, target, plan, who, marks, ceremony.act(who), who))
        assert target.read_bytes().startswith(last.read_bytes())
        last = target
    assert rendercheck.mismatches(extended, last, FIELDS, {field.id for field in FIELDS}) == []
    return last


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("box", [None, (50, 50, 200, 120)], ids=["invisible", "visible"])
def test_an_earlier_signature_stays_valid_while_others_sign(
    make: Callable[[Path], Path], box: tuple[int, int, int, int] | None, tmp_path: Path,
    dora: Signer, alice: Signer, bob: Signer,
) -> None:  # fmt: skip
    done = completed(strangers.approve(make(tmp_path), dora, box=box), alice, bob)
    filled, last = ("FORM_FILLING", True), ("NONE", True)
    assert levels(done) == {"Stranger": filled, "signature_f-bob": filled, "signature_f-carol": last}
    assert presigned.broken(done, expected=3) == {}
    said = subprocess.run(["pdfsig", "-nocert", str(done)], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 3
    subprocess.run(["qpdf", "--check", str(done)], check=True, capture_output=True)


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_an_earlier_signature_stays_valid_when_the_file_is_archived(
    make: Callable[[Path], Path], tmp_path: Path, authority: Authority, dora: Signer, alice: Signer, bob: Signer,
) -> None:  # fmt: skip
    done = completed(strangers.approve(make(tmp_path), dora, box=(50, 50, 200, 120)), alice, bob)
    archived = tmp_path / "archived.pdf"
    data = authority.validation_data([*alice.chain, *bob.chain])
    authority.stamper().embed(archived, longterm.reserve_archive(done, archived, data))
    assert presigned.broken(archived, expected=4) == {}
    found = levels(archived)
    assert {level for level, _ in found.values()} <= {"FORM_FILLING", "LTA_UPDATES"}
    assert all(right for _, right in found.values())


def test_a_file_that_others_signed_and_archived_is_taken_in(tmp_path: Path, authority: Authority, dora: Signer) -> None:
    source, archived = strangers.approve(table(tmp_path), dora), tmp_path / "archived.pdf"
    data = authority.validation_data(dora.chain)
    authority.stamper().embed(archived, longterm.reserve_archive(source, archived, data))
    assert intake.inspect(archived, tmp_path / "taken.pdf").signatures == 2


def levels(path: Path) -> dict[str, tuple[str, bool]]:
    """What pyHanko finds changed since each signature, and whether its bytes and its CMS are right."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    with path.open("rb") as file:
        found = {}
        for one in PdfFileReader(file).embedded_regular_signatures:
            status = validate_pdf_signature(one, ValidationContext(trust_roots=[], allow_fetching=False))
            found[one.field_name] = (status.modification_level.name, status.intact and status.valid)
    return found


def test_several_earlier_signatures_are_counted(tmp_path: Path, dora: Signer, alice: Signer) -> None:
    source = strangers.approve(strangers.approve(table(tmp_path), dora, "One"), alice, "Two")
    assert intake.inspect(source, tmp_path / "taken.pdf").signatures == 2


def test_the_same_upload_gives_the_same_bytes(tmp_path: Path, dora: Signer) -> None:
    source = strangers.approve(table(tmp_path), dora)
    extend.prepare_signed(source, tmp_path / "one.pdf", FIELDS)
    extend.prepare_signed(source, tmp_path / "two.pdf", FIELDS)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_certified_file_is_refused(tmp_path: Path, dora: Signer, level: int) -> None:
    assert refusal(strangers.certify(table(tmp_path), dora, level)) == "pdf_certified"


def test_a_file_certified_and_then_signed_is_refused(tmp_path: Path, dora: Signer, alice: Signer) -> None:
    assert refusal(strangers.approve(strangers.certify(stream(tmp_path), dora, 2), alice)) == "pdf_certified"


def test_a_file_whose_signature_locks_every_field_is_refused(tmp_path: Path, dora: Signer) -> None:
    assert refusal(strangers.lock_all(table(tmp_path), dora)) == "pdf_certified"


def test_usage_rights_matter_only_beside_a_signature(tmp_path: Path, dora: Signer) -> None:
    with pikepdf.open(table(tmp_path)) as pdf:
        pdf.Root.Perms = pikepdf.Dictionary(UR3=pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Sig)))
        pdf.save(tmp_path / "enabled.pdf")
    assert intake.inspect(tmp_path / "enabled.pdf", tmp_path / "taken.pdf").signatures == 0
    assert refusal(strangers.approve(tmp_path / "enabled.pdf", dora)) == "pdf_certified"


def test_a_finished_file_of_ours_is_refused_as_certified(contract: Path, platform: Signer, alice: Signer) -> None:
    fields = ceremony.form("alice")
    prepared, plan = ceremony.prepared(contract, fields, platform)
    assert refusal(ceremony.signed(prepared, plan, fields, "alice", alice)) == "pdf_certified"


def test_a_signed_file_that_was_changed_is_refused(tmp_path: Path, dora: Signer) -> None:
    source = strangers.approve(table(tmp_path), dora)
    altered = source.read_bytes().replace(b"/Type /Page\n", b"/Type /Page ").replace(b"/Rotate 0", b"/Rotate 1")
    with pikepdf.open(source) as pdf:
        date = str(pdf.docinfo["/CreationDate"]).encode()
    source.write_bytes(altered.replace(date, date[:-1] + b"9", 1))
    assert refusal(source) == "pdf_signature_broken"


def test_a_signed_file_with_a_page_added_later_is_refused(tmp_path: Path, dora: Signer) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    source = strangers.approve(table(tmp_path), dora)
    with source.open("r+b") as file:
        writer = IncrementalPdfFileWriter(file)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = generic.NumberObject(90)
        writer.update_container(page)
        writer.write_in_place()
    assert refusal(source) == "pdf_signature_broken"


def test_a_signed_file_that_acts_is_refused_because_it_cannot_be_cleaned(tmp_path: Path, dora: Signer) -> None:
    name = pikepdf.Name
    script = pikepdf.Dictionary(S=name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    launch = pikepdf.Dictionary(S=name.Launch, F=pikepdf.String("x.exe"))
    attached = pikepdf.Dictionary(Type=name.Annot, Subtype=name.FileAttachment, Rect=[0, 0, 9, 9])

    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["a.txt"] = b"text"

    arms: list[Callable[[pikepdf.Pdf], object]] = [
        lambda pdf: pdf.Root.__setitem__("/OpenAction", script),
        lambda pdf: pdf.pages[0].obj.__setitem__("/AA", pikepdf.Dictionary(O=script)),
        lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([link(launch)])),
        lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([link(uri("javascript:x"))])),
        lambda pdf: pdf.pages[0].obj.__setitem__("/Annots", pikepdf.Array([attached])),
        attach,
    ]
    for number, arm in enumerate(arms):
        with pikepdf.open(table(tmp_path)) as pdf:
            arm(pdf)
            pdf.save(tmp_path / f"armed{number}.pdf")
        source = strangers.approve(tmp_path / f"armed{number}.pdf", dora)
        assert refusal(source) == "pdf_active_content_unremovable", number


def test_a_signed_file_with_something_before_or_behind_it_is_refused(tmp_path: Path, dora: Signer) -> None:
    source = strangers.approve(table(tmp_path), dora)
    data = source.read_bytes()
    for wrapped in (b"mail header\r\n" + data, data + b"garbage"):
        source.write_bytes(wrapped)
        assert refusal(source) in ("pdf_damaged", "pdf_signature_broken")


def test_a_signed_file_whose_pages_cannot_be_added_to_is_refused(tmp_path: Path, dora: Signer) -> None:
    """Validators take a page's annotation that is no object of its own for a change as soon as there is another."""
    with pikepdf.open(table(tmp_path)) as pdf:
        pdf.pages[0].obj.Annots = pikepdf.Array([link(uri("https://example.com"))])
        pdf.save(tmp_path / "direct.pdf")
    assert refusal(strangers.approve(tmp_path / "direct.pdf", dora)) == "pdf_signed"


def test_changed_bytes_in_a_signed_file_give_a_file_or_a_refusal(tmp_path: Path, dora: Signer) -> None:
    original = strangers.approve(stream(tmp_path), dora).read_bytes()
    dice, changed = random.Random(11), tmp_path / "changed.pdf"
    for _ in range(80):
        data = bytearray(original)
        for _ in range(dice.choice((1, 3, 20))):
            data[dice.randrange(len(data))] = dice.randrange(256)
        changed.write_bytes(data)
        try:
            assert intake.inspect(changed, tmp_path / "taken.pdf").pages
        except Refused as refused:
            assert refused.code in ("pdf_damaged", "pdf_signature_broken", "pdf_not_a_pdf", "pdf_signed")


def test_new_objects_are_numbered_above_everything_that_is_referenced(tmp_path: Path, dora: Signer) -> None:
    """A reference to nothing must not come to lead to something of ours."""
    page = b"/Contents 4 0 R /Thing 77 0 R /Annots [90 0 R]"
    content = b"<< /Length 2 >>\nstream\nBT\nendstream"
    source = strangers.approve(makers.one_page(tmp_path / "dangling.pdf", page, content), dora)
    extend.prepare_signed(source, tmp_path / "extended.pdf", FIELDS[:1])
    with pikepdf.open(tmp_path / "extended.pdf") as pdf:
        added = [item for item in pdf.Root.AcroForm.Fields if str(item.T) == "signature_f-bob"]
        assert added[0].objgen[0] > 90
        assert "/Thing" not in pdf.pages[0].obj


def test_other_fields_than_one_signature_each_are_an_error(tmp_path: Path, dora: Signer) -> None:
    source = strangers.approve(table(tmp_path), dora)
    twice = [*FIELDS, Field("again", "bob", "signature", 0, Place(0.1, 0.1, 0.1, 0.1))]
    for fields in (twice, [Field("text", "bob", "text", 0, Place(0.1, 0.1, 0.1, 0.1))]):
        with pytest.raises(ValueError, match="one signature field"):
            extend.prepare_signed(source, tmp_path / "extended.pdf", fields)


def test_fields_off_the_page_or_on_no_page_are_refused(tmp_path: Path, dora: Signer) -> None:
    source = strangers.approve(table(tmp_path), dora)
    for page, x, code in ((2, 0.1, "pdf_page_missing"), (0, 0.9, "place_off_page")):
        with pytest.raises(Refused) as caught:
            extend.prepare_signed(
                source, tmp_path / "e.pdf", [Field("f", "bob", "signature", page, Place(x, 0, 0.2, 0.1))]
            )
        assert caught.value.code == code
