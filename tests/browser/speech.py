"""The words of the pages in a language, and whether a page keeps to its language."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

WORDS = Path("gateway/console/src/words")
SPOKEN = """() => { const seen = [], skip = 'script, style, noscript, option, .spoken, svg, [hidden]';
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let one = walk.nextNode(); one; one = walk.nextNode()) {
    const parent = one.parentElement;
    if (one.data.trim() && !parent.closest(skip) && parent.checkVisibility()) seen.push(one.data.trim());
  }
  for (const one of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    if (!one.checkVisibility() || one.closest('[aria-hidden=true]')) continue;
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) {
      if (one.getAttribute(name)) seen.push(one.getAttribute(name));
    }
  }
  return seen.concat(document.title); }"""
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z][a-z]{2,}")
SIMPLIFIED, TRADITIONAL = (
    set("签请电邮协议设页删验证码时间还没为后开发"),
    set("簽請電郵協議設頁刪驗證碼時間還沒為後開發"),
)
ISSUED = ("Signet Platform", "Signet Root CA", "Signet Time Stamping")  # names in certificates
KEYS = ("Enter", "Esc", "Shift")
SAME = (
    *ISSUED,
    *KEYS,
    "Signet",
    "localhost",
    "PAdES",
    "English",
    "简体中文",
    "繁體中文",
)  # called so in every language
CODES = re.compile(r"[\w.+-]+@[\w.-]+|\b(?:agr|doc|fld|rcp)_\w+|\bSGSP\w+|\b[A-Z][a-z]+/[A-Z]\w+|\b[0-9a-f]{16,}\b")


@cache
def words(language: str, area: str) -> dict[str, str]:
    """The catalogue of an area."""
    return dict(json.loads((WORDS / language / f"{area}.json").read_text(encoding="utf-8")))


def say(language: str, phrase: str, **values: Any) -> str:
    """A phrase by its area and key, as in ``signing.finish``; values stand for what is in braces."""
    area, key = phrase.split(".")
    text = words(language, area)[key]
    for name, value in values.items():
        text = re.sub(rf"\{{{{?{name}\}}?\}}", str(value), text)
    return text


def strangers(page: Page, language: str, *own: str) -> list[str]:
    """Texts on the page that are not in its language; ``own`` are names and titles that people gave."""
    return foreign(page.evaluate(SPOKEN), language, *own)


def foreign(texts: list[str], language: str, *own: str) -> list[str]:
    """Those of the texts that are not in the language."""
    return [text for text in texts if _is_foreign(text, language, own)]


def _is_foreign(text: str, language: str, own: tuple[str, ...]) -> bool:
    text = CODES.sub("", text)
    for one in (*own, *SAME):
        text = text.replace(one, "")
    match language:
        case "en":
            return bool(HAN.search(text))
        case "zh-Hans":
            return bool(LATIN.search(text)) or bool(TRADITIONAL & set(text))
        case _:
            return bool(LATIN.search(text)) or bool(SIMPLIFIED & set(text))
