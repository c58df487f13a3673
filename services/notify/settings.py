"""Where mail goes: told by one URL."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from chassis.settings import Settings, setting, switch


@dataclass(frozen=True, slots=True)
class MailUrl:
    """A mail server, or the mailbox of the embedded mode (``scheme`` mailbox). ``sender`` is the From address."""

    scheme: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starttls: bool = False
    sender: str = ""


PORTS = {"smtp": 25, "smtps": 465}


def mail_url(text: str) -> MailUrl:
    """``smtp://user:pass@host:port?from=…&starttls=1``, ``smtps://…`` or ``mailbox://``; else ValueError."""
    parts = urlsplit(text)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    if parts.scheme == "mailbox":
        return MailUrl("mailbox", sender=query.get("from", ""))
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("write smtp://host:port, smtps://host:port or mailbox://")
    return MailUrl(
        parts.scheme, parts.hostname, parts.port or PORTS[parts.scheme], unquote(parts.username or ""),
        unquote(parts.password or ""), switch(query.get("starttls", "off")), query.get("from", ""),
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class NotifySettings(Settings):
    """The mail service's own setting."""

    mail: MailUrl = setting(  # noqa: RUF009 - a field, like every setting
        "MAIL_URL",
        "smtp://user:password@host:port?from=…&starttls=1, smtps://… or mailbox://",
        parse=mail_url,
        secret=True,
    )
