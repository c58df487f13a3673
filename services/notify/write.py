"""Writing a mail: its letter in HTML and in plain text, with the headers that mail servers and readers go by.

A mail whose parameters name a sender (``sender_name``, ``sender_email``) who is not its reader is theirs: answers go to
them. It comes under the name their workspace has chosen, else theirs, and always "via" the product, whose name nobody
else's takes the place of.
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
from chassis.lookalikes import imitates
from chassis.service import Runtime
from services.notify.letter import fill, open_params
from services.notify.models import Mail, Sender
from services.notify.send_error import SendFailed
from services.notify.transport import settings_of
from services.notify.typed import display_name, header_text
from services.notify.words import LAYOUT, billing

BRAND, COLOUR = "Signet", "#0052d9"
OURS = frozenset(billing.EN)  # the operator's own mails to a workspace
WIDEST, HIGHEST = 200, 48  # pixels of a logo
LOCAL = re.compile(r"[^\W.]+([.+-][^\W.]+)*")  # in another script than ASCII (RFC 6531)


def write_mail(runtime: Runtime, mail: Mail) -> EmailMessage:
    """The message of a row; raises a permanent `SendFailed` when its address cannot be one."""
    params = open_params(runtime, mail)
    letter, host = fill(mail.template, mail.language, params), _host(runtime)
    message = EmailMessage(policy=policy.SMTP)
    workspace = _workspace(runtime, mail)
    own = workspace.name or "" if workspace and mail.template not in OURS else ""
    _address_mail(message, mail, params, own, _house(settings_of(runtime).mail.sender, host))
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


def _address_mail(message: EmailMessage, mail: Mail, params: Mapping[str, Any], own: str, house: Address) -> None:
    name, email = display_name(params["sender_name"]), params["sender_email"]
    theirs = bool(email) and email.lower() != mail.recipient.lower()
    shown = next((one for one in (display_name(own), name if theirs else "") if _harmless(one, house)), "")
    via = LAYOUT[mail.language]["via"].format(person=shown, brand=house.display_name)
    message["From"] = Address(via, addr_spec=house.addr_spec) if shown else house
    if theirs and email.rpartition("@")[0].isascii():  # else only servers with SMTPUTF8 would take the mail
        message["Reply-To"] = _address(name, email)
    message["To"] = _address(display_name(mail.recipient_name), mail.recipient)


def _harmless(name: str, house: Address) -> bool:
    """Whether a name is not taken for the product's own."""
    return bool(name) and not any(imitates(name, brand) for brand in (house.display_name, BRAND))


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


def _house(told: str, host: str) -> Address:
    """Who the operator sends mails as: name and address of MAIL_URL."""
    name, address = parseaddr(told)
    return _address(name or BRAND, address or f"no-reply@{host}")


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
