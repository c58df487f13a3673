"""What sending a mail needs of the outside: a server, or the embedded mailbox."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Protocol
from uuid import UUID

from chassis.service import Runtime
from services.notify.mailbox import MailboxTransport
from services.notify.send_error import SendFailed
from services.notify.settings import NotifySettings
from services.notify.smtp import SmtpTransport

__all__ = ["SendFailed", "Transport", "connect_mail"]


class Transport(Protocol):
    def send(self, mail: UUID, message: EmailMessage) -> None:
        """Hand a mail over; raises `SendFailed`. Called again for the same mail after a crash."""
        ...


def connect_mail(runtime: Runtime) -> Transport:
    """The transport that MAIL_URL names."""
    settings = settings_of(runtime)
    if settings.mail.scheme == "mailbox":
        return MailboxTransport(runtime.db, runtime.sealer)
    return SmtpTransport(settings.mail)


def settings_of(runtime: Runtime) -> NotifySettings:
    """This service's settings."""
    settings = runtime.settings
    assert isinstance(settings, NotifySettings)
    return settings
