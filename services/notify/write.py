"""Writing a mail: its letter in HTML and in plain text, with the headers that mail servers and readers go by.

A mail whose parameters name a sender (``sender_name``, ``sender_email``) who is not its reader is theirs: it comes
"via" Signet and answers go to them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from chassis.database import EVERYONE
from chassis.service import Runtime
from services.notify.letter import fill, open_params
from services.notify.models import Mail, Sender
from services.notify.send_error import SendFailed
from services.notify.transport import settings_of
from services.notify.typed import display_name, header_text
from services.notify.words import LAYOUT

BRAND, COLOUR = "Signet", "#0052d9"
WIDEST, HIGHEST = 200, 48  # pixels of a logo
LOCAL = re.compile(r"[^\W.]+([.+-][^\W.]+)*")  # in another script than ASCII (RFC 6531)


def write_mail(runtime: Runtime, mail: Mail) -> EmailMessage:
    """The message of a row; raises a permanent `SendFailed` when its address cannot be one."""
    params = open_params(runtime, mail)
    letter, host = fill(mail.template, mail.language, params), _host(runtime)
    message = EmailMessage(policy=policy.SMTP)
    workspace = _workspace(runtime, mail)
    house = _sender(settings_of(runtime).mail.sender, host, workspace and workspace.name)
    _address_mail(message, mail, params, house)
    message["Subject"] = header_text(letter["subject"])
    message["Date"] = format_datetime(mail.created_at)
    message["Message-ID"] = f"<{mail.id}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(_render("mail.txt", mail.language, letter, host))
    letter |= {"look": _look(workspace, params["home"])}
    message.add_alternative(_render("mail.html", mail.language, letter, host), subtype="html")
    message["Content-Language"] = mail.language
    return message


def _address_mail(message: EmailMessage, mail: Mail, params: Mapping[str, Any], house: Address) -> None:
    name, email = display_name(params["sender_name"]), params["sender_email"]
    theirs = bool(email) and email.lower() != mail.recipient.lower()
    if theirs and name:
        via = LAYOUT[mail.language]["via"].format(person=name, brand=house.display_name)
        house = Address(via, addr_spec=house.addr_spec)
    message["From"] = house
    if theirs and email.rpartition("@")[0].isascii():  # else only servers with SMTPUTF8 would take the mail
        message["Reply-To"] = _address(name, email)
    message["To"] = _address(display_name(mail.recipient_name), mail.recipient)


def _render(name: str, language: str, letter: Mapping[str, Any], host: str) -> str:
    template = _layouts().get_template(name)
    return template.render(letter=letter, language=language, words=LAYOUT[language], host=host)


def _workspace(runtime: Runtime, mail: Mail) -> Sender | None:
    """What the workspace a mail is about calls itself, and how its mails look."""
    with runtime.db.read(EVERYONE) as session:
        return session.get(Sender, mail.workspace) if mail.workspace else None


def _look(workspace: Sender | None, home: str) -> dict[str, Any]:
    """The colour of a mail, and the logo at its head, not larger than fits a phone."""
    logo = workspace and workspace.logo
    shown = None
    if workspace and logo:
        scale = min(WIDEST / logo["width"], HIGHEST / logo["height"], 1)
        size = {name: max(round(logo[name] * scale), 1) for name in ("width", "height")}
        shown = {"src": home + logo["path"], "name": workspace.name or workspace.title, **size}
    return {"colour": (workspace and workspace.colour) or COLOUR, "logo": shown}


def _sender(told: str, host: str, own: str | None) -> Address:
    name, address = parseaddr(told)
    return _address(display_name(own or "") or name or BRAND, address or f"no-reply@{host}")


def _address(name: str, email: str) -> Address:
    try:
        address = _ascii_domain(email)
        local, _, domain = address.rpartition("@")
        if local.isascii():
            return Address(display_name=name, addr_spec=address)
        if not LOCAL.fullmatch(local):
            raise ValueError(local)
        return Address(display_name=name, username=local, domain=domain)
    except (MessageError, ValueError, IndexError) as error:
        raise SendFailed("not an e-mail address", permanent=True) from error


def _ascii_domain(email: str) -> str:
    """An address whose domain every mail server knows; a name before the @ that is not ASCII stays as it is."""
    local, at, domain = email.rpartition("@")
    return email if not at or domain.isascii() else f"{local}@{domain.encode('idna').decode()}"


def _host(runtime: Runtime) -> str:
    host = urlsplit(runtime.settings.public_url).hostname or "localhost"
    return host if host.isascii() else host.encode("idna").decode()


@cache
def _layouts() -> Environment:
    return Environment(
        loader=PackageLoader("services.notify"), autoescape=select_autoescape(("html",), default=False),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
