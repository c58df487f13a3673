"""Real mail servers with their moods, and people with names and addresses of all kinds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from contracts.event_type import ALICE
from services.notify.send import send_next
from tests.notify.post import rows
from tests.notify.test_sending import invite, make_due, row
from tests.processes import free_port
from tests.service_kit import Kit


class Moody:
    """A mail server that gives prepared answers, one for each mail and step, and then takes everything."""

    def __init__(self, rcpt: tuple[str, ...] = (), data: tuple[str, ...] = ()) -> None:
        self.rcpt, self.data = list(rcpt), list(data)
        self.taken: list[EmailMessage] = []
        self.headers: list[Message] = []
        self.people: list[str] = []

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        answer = self.rcpt.pop(0) if self.rcpt else "250 OK"
        if answer == "gone":
            server.transport.abort()
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.data.pop(0) if self.data else "250 OK"
        if answer.startswith("250"):
            mail = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append(mail)
            self.headers.append(message_from_bytes(envelope.content))
            self.people += envelope.rcpt_tos
            assert max(len(line) for line in envelope.content.split(b"\r\n")) <= 998
        return answer


@contextlib.contextmanager
def served(folder: Path, server: Moody, **options: Any) -> Iterator[Kit]:
    folder.mkdir(exist_ok=True)
    port = free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port, **options)
    controller.start()
    kit = Kit("notify", folder, MAIL_URL=f"smtp://127.0.0.1:{port}?from=mail@signet.test", EMBEDDED="off")
    try:
        yield kit
    finally:
        controller.stop()


def test_a_server_that_makes_strangers_wait_gets_the_mail_later_and_holds_nobody_else_up(tmp_path: Path) -> None:
    server = Moody(rcpt=("450 4.2.0 Greylisted, come back in 5 minutes",))
    with served(tmp_path, server) as kit:
        invite(kit)
        invite(kit, email="carol@example.com")
        assert kit.turn("mail") == 2
        assert server.people == ["carol@example.com"] and "Greylisted" in (rows(kit)[0].last_error or "")
        make_due(kit)
        assert kit.turn("mail") == 1 and server.people == ["carol@example.com", "bob@example.com"]
        assert len(kit.emitted("notify.delivered.v1")) == 2


@pytest.mark.parametrize("answer", ["421 4.3.2 closing", "451 4.3.0 disk full", "452 4.2.2 mailbox full"])
def test_what_a_server_cannot_take_for_now_is_sent_again_under_the_same_id(tmp_path: Path, answer: str) -> None:
    server = Moody(data=(answer,))
    with served(tmp_path, server) as kit:
        invite(kit)
        send_next(kit.runtime)
        assert row(kit).sent_at is None and row(kit).bounced_at is None
        make_due(kit)
        kit.turn("mail")
        assert server.taken[0]["Message-ID"] == f"<{row(kit).id}@signet.test>" and row(kit).attempts == 2


def test_content_that_is_refused_for_good_comes_back_with_the_reason(tmp_path: Path) -> None:
    server = Moody(data=("554 5.7.1 looks like spam",))
    with served(tmp_path, server) as kit:
        invite(kit)
        kit.turn("mail")
        assert kit.emitted("notify.bounced.v1")[0].data["reason"] == "554 5.7.1 looks like spam"
        assert server.taken == []


def test_a_connection_that_is_lost_in_the_middle_loses_no_mail(tmp_path: Path) -> None:
    server = Moody(rcpt=("gone",))
    with served(tmp_path, server) as kit:
        invite(kit)
        assert send_next(kit.runtime) is False
        make_due(kit)
        assert kit.turn("mail") == 1 and len(server.taken) == 1


NAMES = (
    "王小明, \"Bob\" (法务部) <eve@example.com>", "Ångström; Öre: <>@,", "字" * 200, "N" * 200, "👩‍👩‍👧 Family",
    "Bob\\", "=?utf-8?q?Eve?=", " ", "محمد علي",
)  # fmt: skip


def test_names_of_every_kind_reach_their_owner_and_nobody_else(tmp_path: Path) -> None:
    server = Moody()
    with served(tmp_path, server) as kit:
        for name in NAMES:
            invite(kit, name=name, language="en", title=f"《{name}》"[:60], sender={**ALICE, "name": name})
        assert kit.turn("mail") == len(NAMES)
    assert server.people == ["bob@example.com"] * len(NAMES)
    for name, mail in zip(NAMES, server.headers, strict=True):
        kept = "" if "@" in name else name.replace("=?", "= ?")[:100].strip()
        assert shown(mail, "To") == (kept, "bob@example.com")
        assert shown(mail, "Reply-To") == (kept, "alice@example.com")
        assert shown(mail, "From") == (f"{kept} via Signet" if kept else "Signet", "mail@signet.test")
        title = " ".join(f"《{name}》"[:60].replace("=?", "= ?").split())
        assert "".join(str(make_header(decode_header(mail["Subject"]))).splitlines()) == title
        assert mail["Bcc"] is None and mail["Cc"] is None


def shown(mail: Message, header: str) -> tuple[str, str]:
    """Name and address, as readers take them out of a header as it came."""
    name, address = parseaddr(mail[header].replace("\r\n", ""))
    return str(make_header(decode_header(name))) if name else "", address


def test_domains_in_every_script_are_written_so_that_every_server_knows_them(tmp_path: Path) -> None:
    server = Moody()
    with served(tmp_path, server, enable_SMTPUTF8=False) as kit:
        invite(kit, email="bob@münchen.example", sender={**ALICE, "email": "alice@例子.example"})
        assert kit.turn("mail") == 1
    assert server.people == ["bob@xn--mnchen-3ya.example"]
    assert server.taken[0]["Reply-To"].addresses[0].addr_spec == "alice@xn--fsqu00a.example"


def test_a_name_before_the_at_in_another_script_needs_a_server_that_can_take_it(tmp_path: Path) -> None:
    able, unable = Moody(), Moody()
    with served(tmp_path / "able", able, enable_SMTPUTF8=True) as kit:
        invite(kit, email="用户@例子.example")
        kit.turn("mail")
        assert able.people == ["用户@xn--fsqu00a.example"] and kit.emitted("notify.delivered.v1")
    with served(tmp_path / "unable", unable, enable_SMTPUTF8=False) as kit:
        invite(kit, email="用户@例子.example")
        kit.turn("mail")
        assert unable.people == [] and "SMTPUTF8" in kit.emitted("notify.bounced.v1")[0].data["reason"]


def test_a_sender_whose_address_only_some_servers_take_keeps_nobody_from_getting_the_mail(tmp_path: Path) -> None:
    server = Moody()
    with served(tmp_path, server, enable_SMTPUTF8=False) as kit:
        invite(kit, sender={**ALICE, "email": "爱丽丝@例子.example"})
        kit.turn("mail")
    assert server.people == ["bob@example.com"] and server.taken[0]["Reply-To"] is None
