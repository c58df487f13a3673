"""An SMTP receiver for tests that keeps what it gets, and misbehaves on demand."""

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Literal, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.processes import free_port

Mode = Literal["accept", "refuse", "hang", "drop"]


class _Handler:
    def __init__(self, trap: Smtp) -> None:
        self._trap = trap

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        if self._trap.mode == "hang":
            await asyncio.sleep(3600)
        if self._trap.mode == "refuse":
            return "451 4.3.0 not now"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self._trap.messages.append(mail)
        self._trap.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        if self._trap.mode == "drop":
            assert server.transport is not None
            server.transport.abort()
        return "250 OK"


class Smtp:
    """``messages`` are the mails received, ``envelopes`` their (sender, recipients).

    ``mode``: ``accept``; ``refuse`` (451 to every recipient); ``hang`` (never answers RCPT); ``drop`` (takes the mail,
    then breaks the connection without an answer).
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.mode: Mode = "accept"
        self.messages: list[EmailMessage] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Listen."""
        self._controller = Controller(_Handler(self), hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Close the port; what was received stays."""
        if self._controller is not None:
            self._controller.stop(no_assert=True)
            self._controller = None

    def kill(self) -> None:
        """The same as stop: it runs inside the test process."""
        self.stop()

    def restart(self) -> None:
        """Listen again on the same port."""
        self.stop()
        self.start()

    def clear(self) -> None:
        """Forget what was received and accept again."""
        self.mode = "accept"
        self.messages.clear()
        self.envelopes.clear()
