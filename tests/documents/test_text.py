"""Text of any script is set with embedded fonts, wraps, shrinks to a floor, and never spills."""

import time

import pytest

from documents.drawing import appearance, fontembedding, fonts, textlayout
from documents.drawing.appearance import Frame
from documents.drawing.textlayout import FontSet
from documents.errors import Refused

LOREM = "The quick brown fox jumps over the lazy dog. 敏捷的棕色狐狸跳过了懒狗。"


def test_latin_simplified_and_traditional_chinese_are_covered() -> None:
    assert fonts.undrawable("Ångström Łódź Việt Ωмега 简体中文 繁體中文 龍 𠮷 “—”…€") == ""


def test_characters_without_a_glyph_are_named_once_in_order() -> None:
    assert fonts.undrawable("a😀b😀\u0e01") == "😀\u0e01"
    with pytest.raises(Refused, match=r"text_not_drawable: U\+1F600"):
        fonts.require_drawable("hello 😀")


def test_control_characters_are_dropped_and_line_ends_unified() -> None:
    assert fonts.clean("a\x00b\r\nc\u200bd\te\u0301") == "ab\ncd    é"


@pytest.mark.parametrize("limit", [3, 8, 20])
def test_no_line_is_wider_than_the_limit_and_nothing_is_lost(limit: float) -> None:
    lines = textlayout.wrap(LOREM, limit)
    assert all(textlayout.width(line) <= limit for line in lines)
    assert "".join(lines).replace(" ", "") == LOREM.replace(" ", "")


def test_words_stay_whole_and_closing_marks_do_not_open_a_line() -> None:
    assert textlayout.wrap("alpha beta gamma", textlayout.width("alpha beta ")) == ["alpha beta", "gamma"]
    assert not any(line.startswith(("，", "。", "）")) for line in textlayout.wrap("一二三，四五六。（七八）" * 5, 4))


def test_a_word_longer_than_the_line_is_broken_anywhere() -> None:
    assert len(textlayout.wrap("x" * 100, 10)) > 1


def test_long_text_shrinks_but_not_below_the_floor() -> None:
    size, lines = textlayout.fit(LOREM, 120, 40, 11)
    assert textlayout.FLOOR <= size < 11
    assert len(lines) * size * textlayout.LEADING <= 40 + size
    with pytest.raises(Refused, match="text_too_long"):
        textlayout.fit(LOREM * 20, 120, 40, 11)
    with pytest.raises(Refused, match="text_too_long"):
        textlayout.fit("x" * 1_000_000, 120, 40, 11)


@pytest.mark.parametrize("size", [(8, 8), (20, 6), (200, 7), (400, 300)])
def test_short_text_is_set_in_any_field_it_fits(size: tuple[float, float]) -> None:
    fontset = FontSet()
    drawing = appearance.text(Frame(*size), "1", fontset)
    assert b"Tj" in drawing.stream(fontset.resources()).data


def test_a_text_can_be_tried_in_a_frame_before_it_is_signed() -> None:
    appearance.text(Frame(180, 42), LOREM, FontSet())
    with pytest.raises(Refused, match="text_too_long"):
        appearance.text(Frame(30, 8), LOREM, FontSet())


def test_a_face_is_embedded_once_with_the_glyphs_in_use() -> None:
    fontset = FontSet()
    for line in ("Hello", "张伟", "Hello again"):
        textlayout.line_operators(line, fontset, 0, 0, 10)
    resources = fontset.resources()
    assert list(resources) == ["/NotoSansCJKsc"]
    assert resources is fontset.resources()
    assert len(fontset.used[fonts.CJK]) == len(set("Hello again张伟"))


def test_the_same_glyphs_give_the_same_subset_name() -> None:
    used = {fonts.glyph(fonts.CJK, c): c for c in "abc"}
    names = {str(fontembedding.embedded(fonts.CJK, used).entries["/BaseFont"]) for _ in range(2)}
    other = fontembedding.embedded(fonts.CJK, {**used, fonts.glyph(fonts.CJK, "d"): "d"}).entries["/BaseFont"]
    assert len(names) == 1
    assert other not in names


def test_spaces_open_no_line_of_their_own() -> None:
    assert textlayout.wrap("一  二", 1.05) == ["一", "二"]


def test_a_whole_page_of_text_is_set_in_little_time() -> None:
    started = time.process_time()
    size, lines = textlayout.fit("a " * 9_999, 2000, 400, 11)
    assert time.process_time() - started < 2
    assert "".join(lines).count("a") == 9_999
    assert size >= textlayout.FLOOR
