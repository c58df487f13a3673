"""Uploads of many makers are taken in; what acts is taken out; what is seen stays."""

from pathlib import Path

import pikepdf
import pypdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from documents.errors import CODES, Refused
from documents.geometry import PageBox
from documents.rendering import render
from documents.uploads import intake
from tests.documents import makers


def taken(source: Path) -> intake.Intake:
    return intake.inspect(source, source.with_name("taken.pdf"))


def refusal(source: Path) -> str:
    with pytest.raises(Refused) as caught:
        taken(source)
    return caught.value.code


def test_a_plain_file_is_taken_in_with_its_pages_hash_and_size(contract: Path) -> None:
    found = taken(contract)
    written = contract.with_name("taken.pdf")
    assert found.pages == (PageBox(0, 0, 595, 842),) * 2
    assert (found.sha256, found.size) == (intake.sha256(written), written.stat().st_size)


def test_the_same_file_gives_the_same_bytes(contract: Path, tmp_path: Path) -> None:
    intake.inspect(contract, tmp_path / "one.pdf")
    intake.inspect(contract, tmp_path / "two.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


@pytest.mark.parametrize(
    "options",
    [
        ("--linearize",),
        ("--object-streams=generate",),
        ("--object-streams=disable", "--qdf"),
    ],
    ids=lambda options: " ".join(options[:1]),
)
def test_variants_that_qpdf_writes_are_taken_in(contract: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    source = makers.qpdf(contract, tmp_path / "variant.pdf", *options)
    assert len(taken(source).pages) == 2


ENCRYPTIONS: dict[int, tuple[str, ...]] = {
    2: ("40", "--print=n", "--modify=n", "--extract=n", "--annotate=n"),
    3: ("128", "--use-aes=n", "--print=none", "--modify=none", "--extract=n"),
    4: ("128", "--use-aes=y", "--print=none", "--modify=none", "--cleartext-metadata"),
    5: ("256", "--force-R5", "--print=none", "--modify=none"),
    6: ("256", "--print=none", "--modify=none", "--extract=n"),
}


def encrypted(source: Path, revision: int, password: str) -> Path:
    """The file encrypted by this revision of the standard handler (7.6.4), `password` being what opens it."""
    bits, *options = ENCRYPTIONS[revision]
    locked = source.with_name("locked.pdf")
    makers.qpdf(source, locked, "--allow-weak-crypto", "--encrypt", password, "owner", bits, *options, "--")
    with pikepdf.open(locked, password=password) as pdf:
        assert revision == pdf.encryption.R
    return locked


@pytest.mark.parametrize("revision", ENCRYPTIONS)
def test_a_file_with_an_owner_password_alone_is_decrypted(contract: Path, tmp_path: Path, revision: int) -> None:
    assert len(taken(encrypted(contract, revision, "")).pages) == 2
    with pikepdf.open(tmp_path / "taken.pdf") as pdf:
        assert not pdf.is_encrypted
    assert render.page_text(tmp_path / "taken.pdf", 1).strip() == "Page 2 of the contract"


@pytest.mark.parametrize("revision", ENCRYPTIONS)
def test_a_file_that_needs_a_password_is_refused(contract: Path, revision: int) -> None:
    assert refusal(encrypted(contract, revision, "user")) == "pdf_encrypted"


def test_a_file_written_by_pypdf_is_taken_in(contract: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter()
    writer.append(str(contract))
    writer.write(str(tmp_path / "pypdf.pdf"))
    assert len(taken(tmp_path / "pypdf.pdf").pages) == 2


def test_a_file_with_a_broken_cross_reference_table_is_repaired(contract: Path, tmp_path: Path) -> None:
    damaged = contract.read_bytes().replace(b"startxref\n", b"startxref\n9")
    (tmp_path / "damaged.pdf").write_bytes(b"some mail header\r\n" + damaged)
    assert len(taken(tmp_path / "damaged.pdf").pages) == 2


DAMAGES: dict[str, tuple[bytes, bytes]] = {
    "no table": (b"\nxref\n", b"\nxxxx\n"),
    "offsets beside the objects": (b"%PDF-1.4\n", b"%PDF-1.4\n% moved by an editor\n"),
    "wrong length of a stream": (b"/Length ", b"/Length 9"),
    "no end of an object": (b"\nendobj\n", b"\n"),
    "no end of the file": (b"%%EOF", b""),
    "wrong count of pages": (b"/Count 2", b"/Count 9"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_repaired_with_what_it_shows(contract: Path, tmp_path: Path, damage: str) -> None:
    plain = makers.qpdf(contract, tmp_path / "plain.pdf", "--object-streams=disable", "--force-version=1.4")
    old, new = DAMAGES[damage]
    assert old in plain.read_bytes()
    plain.write_bytes(plain.read_bytes().replace(old, new))
    assert len(taken(plain).pages) == 2
    assert render.page_text(tmp_path / "taken.pdf", 1).strip() == "Page 2 of the contract"


def test_half_a_file_is_taken_in_repaired_or_refused_as_damaged(contract: Path, tmp_path: Path) -> None:
    data = contract.read_bytes()
    for cut in range(20, len(data), 97):
        source = tmp_path / "cut.pdf"
        source.write_bytes(data[:cut])
        try:
            assert 1 <= len(taken(source).pages) <= 2
        except Refused as refused:
            assert refused.code in ("pdf_damaged", "pdf_no_pages")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 docx", b"\x89PNG\r\n\x1a\n", b"%PDF", b"x" * 2000 + b"%PDF-1.7"])
def test_what_is_not_a_pdf_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.pdf").write_bytes(content)
    assert refusal(tmp_path / "file.pdf") == "pdf_not_a_pdf"


def test_a_header_and_nothing_else_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "file.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    assert refusal(tmp_path / "file.pdf") == "pdf_damaged"


def test_scripts_launchers_and_embedded_files_are_taken_out(contract: Path, tmp_path: Path) -> None:
    source = tmp_path / "armed.pdf"
    with pikepdf.open(contract) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert('ARMED')"))
        pdf.Root.OpenAction = script
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))
        pdf.attachments["ARMED.exe"] = b"ARMED"
        page = pdf.pages[0].obj
        page.AA = pikepdf.Dictionary(O=script)
        launch = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("ARMED.exe"))
        page.Annots = pikepdf.Array([link(launch), link(uri("javascript:ARMED")), link(uri("https://example.com"))])
        page.Annots[2].A.Next = launch
        pdf.save(source)
    taken(source)
    with pikepdf.open(tmp_path / "taken.pdf") as pdf:
        kept = [item for item in pdf.pages[0].Annots if "/A" in item]
        assert [str(item.A.URI) for item in kept] == ["https://example.com"]
    flat = makers.qpdf(tmp_path / "taken.pdf", tmp_path / "flat.pdf", "--qdf", "--object-streams=disable")
    assert b"ARMED" not in flat.read_bytes()


def link(action: pikepdf.Dictionary) -> pikepdf.Dictionary:
    name = pikepdf.Name
    return pikepdf.Dictionary(Type=name.Annot, Subtype=name.Link, Rect=[0, 0, 10, 10], A=action)


def uri(target: str) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(target))


def form(path: Path) -> Path:
    canvas = Canvas(str(path), invariant=True)
    canvas.drawString(100, 760, "Old form")
    canvas.acroForm.textfield(name="name", x=100, y=700, width=200, height=24, value="filled before")
    canvas.acroForm.checkbox(name="agreed", x=100, y=600, checked=True)
    canvas.showPage()
    canvas.save()
    return path


def test_old_form_fields_become_page_content(tmp_path: Path) -> None:
    taken(form(tmp_path / "form.pdf"))
    with pikepdf.open(tmp_path / "taken.pdf") as pdf:
        assert "/AcroForm" not in pdf.Root
        assert "/Annots" not in pdf.pages[0]
    assert "filled before" in render.page_text(tmp_path / "taken.pdf", 0)


def test_a_chinese_value_without_an_appearance_is_drawn(tmp_path: Path) -> None:
    source = form(tmp_path / "form.pdf")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        field = pdf.Root.AcroForm.Fields[0]
        del field["/AP"]
        field.V = pikepdf.String("张伟 填写")
        pdf.Root.AcroForm.NeedAppearances = True
        pdf.save(source)
    taken(source)
    assert "张伟 填写" in render.page_text(tmp_path / "taken.pdf", 0)


@pytest.mark.parametrize("key", ["Collection", "NeedsRendering"])
def test_a_portfolio_or_a_dynamic_xfa_form_is_refused(contract: Path, tmp_path: Path, key: str) -> None:
    with pikepdf.open(contract) as pdf:
        pdf.Root[f"/{key}"] = pikepdf.Dictionary(View=pikepdf.Name.D) if key == "Collection" else True
        pdf.save(tmp_path / "special.pdf")
    assert refusal(tmp_path / "special.pdf") == "pdf_active_content_unremovable"


def test_crop_rotation_and_unit_are_written_out_for_every_viewer(tmp_path: Path) -> None:
    boxes = {"MediaBox": [0, 0, 400, 600], "CropBox": [50, 60, 900, 500]}
    source = makers.shaped(tmp_path / "shaped.pdf", inherit=True, Rotate=-90, **boxes)
    assert taken(source).pages == (PageBox(50, 60, 400, 500, 270),)
    with pikepdf.open(tmp_path / "taken.pdf") as pdf:
        assert [float(edge) for edge in pdf.pages[0].obj.MediaBox] == [50, 60, 400, 500]
        assert pdf.pages[0].obj.Rotate == 270


def test_a_title_is_found(tmp_path: Path, contract: Path) -> None:
    with pikepdf.open(contract) as pdf:
        pdf.docinfo["/Title"] = "采购\n合同"
        pdf.save(tmp_path / "titled.pdf")
    assert taken(tmp_path / "titled.pdf").title == "采购 合同"


def test_every_refusal_has_a_sentence_in_three_languages() -> None:
    assert all(set(messages) == {"en", "zh-Hans", "zh-Hant"} for messages in CODES.values())
    assert Refused("pdf_encrypted").message("fr") == CODES["pdf_encrypted"]["en"]
