"""Mails leave once, wait while the server is away, and come back when it refuses them for good."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from chassis.database import EVERYONE
from services.notify.models import Mail
from services.notify.send import claim_next, send_next
from services.notify.settings import mail_url
from tests.processes import free_port
from tests.servers import Postgres, Smtp
from tests.service_kit import Kit


@pytest.fixture
def notify(tmp_path: Path, smtp: Smtp) -> Kit:
    smtp.clear()
    return Kit("notify", tmp_path, MAIL_URL=f"{smtp.url}?from=Signet%20<mail@signet.test>", EMBEDDED="off")


def invite(kit: Kit, **data: Any) -> None:
    link = kit.runtime.sealer.seal("http://signet.test/sign/sgl_" + "x" * 43)
    kit.deliver("signing.invited.v1", sealed_link=link, deadline="2126-11-22T08:00:00+00:00", **data)


def make_due(kit: Kit) -> None:
    with kit.runtime.db.transaction(EVERYONE) as session:
        past = datetime.now(UTC) - timedelta(seconds=1)
        session.execute(update(Mail).where(Mail.due_at.is_not(None)).values(due_at=past))


def row(kit: Kit) -> Mail:
    with kit.runtime.db.read(EVERYONE) as session:
        return session.scalars(select(Mail)).one()


def test_a_mail_is_handed_over_once_and_told(notify: Kit, smtp: Smtp) -> None:
    invite(notify)
    assert notify.turn("mail") == 1 and notify.turn("mail") == 0
    assert [mail["Subject"] for mail in smtp.messages] == ["Service agreement"]
    assert smtp.envelopes == [("mail@signet.test", ["bob@example.com"])]
    event = notify.emitted("notify.delivered.v1")[0]
    assert event.data["purpose"] == "invitation" and row(notify).params == {}


def test_a_server_that_refuses_for_now_and_then_takes_it_gets_one_mail(notify: Kit, smtp: Smtp) -> None:
    smtp.mode = "refuse"
    invite(notify)
    send_next(notify.runtime)
    waiting = row(notify)
    assert waiting.sent_at is None and "451" in (waiting.last_error or "")
    assert send_next(notify.runtime) is False  # it rests before the next try
    smtp.mode = "accept"
    make_due(notify)
    assert notify.turn("mail") == 1
    assert len(smtp.messages) == 1 and len(notify.emitted("notify.delivered.v1")) == 1


def test_a_server_that_is_away_costs_nothing_but_time(notify: Kit, smtp: Smtp) -> None:
    smtp.stop()
    invite(notify)
    assert send_next(notify.runtime) is False
    smtp.start()
    make_due(notify)
    assert notify.turn("mail") == 1 and len(smtp.messages) == 1


def test_a_reply_that_is_lost_sends_again_under_the_same_message_id(notify: Kit, smtp: Smtp) -> None:
    smtp.mode = "drop"
    invite(notify)
    send_next(notify.runtime)
    smtp.mode = "accept"
    make_due(notify)
    notify.turn("mail")
    assert len({mail["Message-ID"] for mail in smtp.messages}) == 1
    assert len(notify.emitted("notify.delivered.v1")) == 1


class Refusing:
    """A mail server that knows nobody."""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        return "550 5.1.1 no such user"


def test_a_person_the_server_does_not_know_bounces_at_once(tmp_path: Path) -> None:
    port = free_port()
    controller = Controller(Refusing(), hostname="127.0.0.1", port=port)
    controller.start()
    kit = Kit("notify", tmp_path, MAIL_URL=f"smtp://127.0.0.1:{port}")
    invite(kit)
    assert kit.turn("mail") == 1
    controller.stop()
    assert "550 5.1.1" in kit.emitted("notify.bounced.v1")[0].data["reason"]
    assert row(kit).due_at is None and row(kit).params == {}


def test_a_mail_that_somebody_is_sending_is_not_sent_by_another(notify: Kit, smtp: Smtp) -> None:
    invite(notify)
    assert claim_next(notify.runtime.db) is not None
    assert notify.turn("mail") == 0 and smtp.messages == []


def test_an_address_that_cannot_be_one_bounces(notify: Kit, smtp: Smtp) -> None:
    invite(notify, email="not an address")
    notify.turn("mail")
    event = notify.emitted("notify.bounced.v1")[0]
    assert event.data["reason"] == "not an e-mail address" and smtp.messages == []


def test_a_code_that_has_expired_is_not_mailed_any_more(notify: Kit, smtp: Smtp) -> None:
    code = notify.runtime.sealer.seal("123456")
    notify.deliver("signing.code_requested.v1", sealed_code=code, expires_at="2020-01-01T00:00:00+00:00")
    notify.turn("mail")
    assert smtp.messages == [] and notify.emitted("notify.bounced.v1")


def test_several_workers_send_each_mail_once(tmp_path: Path, smtp: Smtp, postgres: Postgres) -> None:
    smtp.clear()
    url = postgres.create_database("notify_workers")
    kits = [Kit("notify", tmp_path, url, MAIL_URL=smtp.url) for _ in range(3)]
    for number in range(12):
        invite(kits[0], title=f"Agreement {number}")
    threads = [threading.Thread(target=kit.turn, args=("mail",)) for kit in kits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail["Subject"] for mail in smtp.messages) == sorted(f"Agreement {number}" for number in range(12))
    assert len(kits[0].emitted("notify.delivered.v1")) == 12
    for kit in kits:
        kit.runtime.db.engine.dispose()


def test_a_mail_url_that_is_wrong_is_refused() -> None:
    for wrong in ("http://x", "smtp://", "smtp://h?starttls=perhaps"):
        with pytest.raises(ValueError):
            mail_url(wrong)
    assert mail_url("smtps://u%40x:p@h").user == "u@x"
