"""What is written with embedded fonts can be read back by machines, and its fonts are small and whole."""

import io
import os
import re
import subprocess
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.ttLib import TTFont

from documents.drawing import fontembedding, fonts, fontsubsets
from documents.fields import Field, Mark
from documents.geometry import Place
from documents.revisions import append
from documents.sign import Act
from tests.documents import ceremony
from tests.documents.authority import NOW, Signer

TEXTS = {
    "Latin": "Agreed (with) \\ brackets & signs",
    "accents": "Việt Łódź Ångström",
    "Chinese": "同意以上条款，張偉",
    "mixed": "Agreed 同意 Łódź 2026年11月",
    "rare": "𠮷野家 龘",
    "Greek and Cyrillic": "Ωμέγα Договор",
}


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C.UTF-8"}).stdout


@pytest.mark.parametrize("kind", TEXTS)
def test_text_is_extracted_as_it_was_written(kind: str, contract: Path, platform: Signer) -> None:
    form = [Field("t", "alice", "text", 0, Place(0.1, 0.3, 0.8, 0.1))]
    prepared, plan = ceremony.prepared(contract, form, platform)
    done = prepared.with_name("done.pdf")
    append.append(prepared, done, plan, "alice", [Mark("t", "text", text=TEXTS[kind])], Act(NOW))
    flat = prepared.with_name("flat.pdf")
    subprocess.run(["qpdf", "--flatten-annotations=all", str(done), str(flat)], check=True)
    assert TEXTS[kind] in run("pdftotext", "-layout", str(flat), "-")
    added = [line for line in run("pdffonts", str(flat)).splitlines() if "Noto" in line]
    assert added
    assert all(re.search(r"Identity-H\s+yes yes yes", line) for line in added)


@pytest.mark.parametrize("text", ["同意以上条款 abc", "𠮷龘 rare"])
def test_a_program_of_ideographs_has_the_glyphs_in_use_by_their_old_numbers(text: str) -> None:
    gids = {fonts.glyph(fonts.CJK, char) for char in text}
    data = fontsubsets.program(fonts.CJK, gids)
    compact = CFFFontSet()
    compact.decompile(io.BytesIO(data), None)
    names = set(compact[0].charset)
    assert names - {".notdef"} == {f"cid{gid:05d}" for gid in gids}
    assert len(data) < 8_000
    assert data == fontsubsets.program(fonts.CJK, gids)


def test_a_glyph_looks_the_same_from_either_source() -> None:
    gid = fonts.glyph(fonts.CJK, "同")
    rare = fonts.glyph(fonts.CJK, "龘")
    assert rare not in fontsubsets.everyday(fonts.CJK).numbers
    drawings = [outline(fontsubsets.program(fonts.CJK, gids), gid) for gids in ({gid}, {gid, rare})]
    assert drawings[0] == drawings[1] == outline_of_the_font(gid)


def outline(program: bytes, gid: int) -> list[object]:
    from fontTools.pens.recordingPen import RecordingPen

    compact, pen = CFFFontSet(), RecordingPen()
    compact.decompile(io.BytesIO(program), None)
    compact[0].CharStrings[f"cid{gid:05d}"].draw(pen)
    return pen.value


def outline_of_the_font(gid: int) -> list[object]:
    from fontTools.pens.recordingPen import RecordingPen

    pen = RecordingPen()
    with TTFont(fonts.CJK.path, fontNumber=fonts.CJK.index, lazy=True) as font:
        font.getGlyphSet()[font.getGlyphName(gid)].draw(pen)
    return pen.value


def test_a_variable_font_is_embedded_as_a_plain_one() -> None:
    gid = fonts.glyph(fonts.LATIN, "ệ")
    with TTFont(io.BytesIO(fontsubsets.program(fonts.LATIN, {gid}))) as font:
        assert "fvar" not in font
        assert font["maxp"].numGlyphs > gid


def test_a_set_of_glyphs_is_embedded_the_same_each_time() -> None:
    used = {fonts.glyph(fonts.CJK, char): char for char in "same"}
    one = fontembedding.embedded(fonts.CJK, used)
    fontembedding._embedded.cache_clear()
    assert fontembedding.embedded(fonts.CJK, dict(reversed(used.items()))).entries.keys() == one.entries.keys()
    assert fontembedding.embedded(fonts.CJK, used) is fontembedding.embedded(fonts.CJK, used)
