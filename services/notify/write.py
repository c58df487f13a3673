"""Writing a mail: the words of its template in the reader's language, in HTML and in plain text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from chassis.service import Runtime
from services.notify.models import Mail
from services.notify.send_error import SendFailed
from services.notify.transport import settings_of
from services.notify.words import LAYOUT, LETTERS

TIMES = ("deadline", "expires_at", "until", "completed_at", "ends_at")
SEALED = "sealed_"


def write_mail(runtime: Runtime, mail: Mail) -> EmailMessage:
    """The message of a row; raises a permanent `SendFailed` when its address cannot be one."""
    params = open_params(runtime, mail.params)
    letter = fill(mail.template, mail.language, params)
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = _sender(settings_of(runtime).mail.sender, _host(runtime))
    message["To"] = _address(mail.recipient_name, mail.recipient)
    message["Subject"] = one_line(letter["subject"])
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{_host(runtime)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(_render("mail.txt", mail.language, letter))
    message.add_alternative(_render("mail.html", mail.language, letter), subtype="html")
    return message


def open_params(runtime: Runtime, params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters as the words want them: secrets opened, times written out, the console's address added."""
    opened: dict[str, Any] = {"home": runtime.settings.public_url, "link": None}
    for name, value in params.items():
        if name.startswith(SEALED):
            opened[name.removeprefix(SEALED)] = value and runtime.sealer.open(value)
        else:
            opened[name] = _moment(value) if name in TIMES and value else value
    if opened["link"] and not opened["link"].startswith("http"):
        opened["link"] = f"{opened['home']}/sign/{opened['link']}"
    return opened


def fill(template: str, language: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """The letter of a template with its words filled in: subject, heading, paragraphs, quote, code, button, note."""
    letter = LETTERS[language][template]
    filled: dict[str, Any] = {
        name: _words(letter.get(name, "")).render(params) for name in ("subject", "heading", "button", "note")
    }
    filled["paragraphs"] = [text for line in letter["lines"] if (text := _words(line).render(params))]
    filled.update(code=params.get("code"), quote=params.get("message") or params.get("reason") or "")
    filled["link"] = (params["link"] or params["home"]) if filled["button"] else None
    return filled


def one_line(text: str) -> str:
    """Text without line breaks and other control characters, fit for a header."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _render(name: str, language: str, letter: Mapping[str, Any]) -> str:
    return _layouts().get_template(name).render(letter=letter, language=language, words=LAYOUT[language])


def _moment(text: str) -> str:
    return datetime.fromisoformat(text).astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def _sender(told: str, host: str) -> Address:
    name, address = parseaddr(told)
    return _address(name or "Signet", address or f"no-reply@{host}")


def _address(name: str, email: str) -> Address:
    try:
        return Address(display_name=one_line(name), addr_spec=email)
    except (MessageError, ValueError, IndexError) as error:
        raise SendFailed("not an e-mail address", permanent=True) from error


def _host(runtime: Runtime) -> str:
    return urlsplit(runtime.settings.public_url).hostname or "localhost"


@cache
def _words(text: str) -> Template:
    # The result is plain text; the HTML layout escapes it.
    return Environment(autoescape=False, undefined=StrictUndefined).from_string(text)  # noqa: S701


@cache
def _layouts() -> Environment:
    return Environment(
        loader=PackageLoader("services.notify"), autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
