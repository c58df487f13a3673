"""Errors as `application/problem+json` (RFC 9457) with a stable code, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chassis.messages import MESSAGES

LANGUAGES = ("en", "zh-Hans", "zh-Hant")


class Problem(Exception):
    """A refusal the caller can understand; ``extra`` are further members of the problem document."""

    def __init__(self, status: int, code: str, *, headers: Mapping[str, str] | None = None, **extra: Any) -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code, self.headers, self.extra = status, code, dict(headers or {}), extra

    def document(self, language: str, texts: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """The problem document; ``texts`` maps codes to a sentence per language."""
        title = translate(self.code, language, texts)
        return {"type": "about:blank", "title": title, "status": self.status, "code": self.code, **self.extra}


def translate(code: str, language: str, texts: Mapping[str, Mapping[str, str]]) -> str:
    """The sentence for a code in ``language``, in English when that language has none."""
    sentences = texts.get(code) or MESSAGES.get(code) or {}
    return sentences.get(language) or sentences.get("en") or code.replace("_", " ").capitalize()


def not_found() -> Problem:
    """The one answer for an id that does not exist and for one that is somebody else's."""
    return Problem(404, "not_found")


def unavailable(seconds: int = 5) -> Problem:
    """Something this needs is away; try again later."""
    return Problem(503, "unavailable", headers={"Retry-After": str(seconds)})


def negotiate(accept_language: str | None) -> str:
    """One of `LANGUAGES` for an Accept-Language header (RFC 9110 §12.5.4); Chinese regions choose the script."""
    for part in (accept_language or "").split(","):
        tag = part.split(";")[0].strip().lower()
        if tag.startswith("zh"):
            return "zh-Hant" if any(mark in tag for mark in ("hant", "-tw", "-hk", "-mo")) else "zh-Hans"
        if tag.startswith("en"):
            return "en"
    return "en"
