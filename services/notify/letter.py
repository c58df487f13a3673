"""The letter of a mail: its template's words, filled with what the event told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

from chassis.service import Runtime
from services.notify.models import Mail
from services.notify.times import in_words, minutes_between, offset, zone_of
from services.notify.typed import lines_of, one_line
from services.notify.words import LAYOUT, LETTERS

TIMES = ("deadline", "expires_at", "until", "completed_at", "ended_at", "ends_at", "first_at")
TEXTS = ("message", "reason")
SEALED = "sealed_"
ALWAYS = {"link": None, "path": "", "own": False, "sender_name": "", "sender_email": "", "ended_at": "", "minutes": 0}


def open_params(runtime: Runtime, mail: Mail) -> dict[str, Any]:
    """A row's parameters as the words want them: secrets opened, times in words, what people typed made harmless."""
    opened: dict[str, Any] = {**ALWAYS, "home": runtime.settings.public_url.rstrip("/")}
    for name, value in mail.params.items():
        if name.startswith(SEALED):
            opened[name.removeprefix(SEALED)] = value and runtime.sealer.open(value)
        elif name in TIMES:
            opened[name] = value and _moment(mail, value)
        elif isinstance(value, str):
            opened[name] = lines_of(value) if name in TEXTS else one_line(value)
        elif isinstance(value, list):
            opened[name] = [one_line(one) for one in value]
        else:
            opened[name] = value
    if expires := mail.params.get("expires_at"):
        opened["minutes"] = minutes_between(mail.created_at, datetime.fromisoformat(expires))
    if opened["link"] and not opened["link"].startswith("http"):
        opened["link"] = f"{opened['home']}/sign/{opened['link']}"
    return opened


def fill(template: str, language: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The letter of a template in a language, its words filled in."""
    letter = LETTERS[language][template]

    def write(text: str) -> str:
        return _words(text).render(params)

    names = ("subject", "preview", "heading", "button", "note")
    filled: dict[str, Any] = {name: write(letter.get(name, "")) for name in names}
    for name, lines in (("paragraphs", letter["lines"]), ("after", letter.get("after", ()))):
        filled[name] = [text for line in lines if (text := write(line))]
    filled["facts"] = [(label, text) for label, value in letter.get("facts", ()) if (text := write(value))]
    filled["preview"] = filled["preview"] or filled["paragraphs"][-1 if len(filled["paragraphs"]) == 1 else 1]
    filled["code"], filled["quote_label"] = params.get("code"), write(letter.get("quote", ""))
    filled["quote"] = filled["quote_label"] and (params.get("message") or params.get("reason") or "")
    filled["link"] = (params["link"] or params["home"] + params["path"]) if filled["button"] else None
    return filled


def _moment(mail: Mail, text: str) -> str:
    moment, words = datetime.fromisoformat(text), LAYOUT[mail.language]
    zone = zone_of(mail.language, mail.params.get("time_zone"))
    return in_words(moment, mail.language, zone, words["time"]) + words["zone"].format(zone=offset(moment, zone))


@cache
def _words(text: str) -> Template:
    # The result is plain text; the HTML layout escapes it.
    return Environment(autoescape=False, undefined=StrictUndefined).from_string(text)  # noqa: S701
