"""The embedded mode's mailbox."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from chassis.database import EVERYONE
from services.notify.models import MailboxMessage
from tests.service_kit import Kit

LINK = "http://signet.test/sign/sgl_" + "x" * 43


def invited(folder: Path, **env: str) -> Kit:
    kit = Kit("notify", folder, **env)
    for title in ("First", "<b>Second</b>"):
        link = kit.runtime.sealer.seal(LINK)
        kit.deliver("signing.invited.v1", title=title, sealed_link=link, deadline="2126-11-22T08:00:00+00:00")
        kit.turn("mail")
    return kit


def test_mails_are_listed_newest_first_with_their_links(tmp_path: Path) -> None:
    kit = invited(tmp_path)
    messages = kit.request("GET", "/api/v1/mailbox?to=BOB@example.com").json["messages"]
    assert [one["subject"] for one in messages] == ["<b>Second</b>", "First"]
    assert messages[0]["links"] == [LINK] and LINK in messages[0]["text"] and LINK in messages[0]["html"]
    assert kit.request("GET", f"/api/v1/mailbox/{messages[0]['id']}").json == messages[0]


def test_mails_of_others_and_older_ones_can_be_left_out(tmp_path: Path) -> None:
    kit = invited(tmp_path)
    now = datetime.now(UTC).isoformat()
    assert kit.request("GET", "/api/v1/mailbox?to=eve@example.com").json["messages"] == []
    assert kit.request("GET", "/api/v1/mailbox", query_string={"since": now}).json["messages"] == []


def test_the_page_shows_a_mail_in_a_frame_that_runs_nothing(tmp_path: Path) -> None:
    kit = invited(tmp_path)
    newest = kit.request("GET", "/api/v1/mailbox").json["messages"][0]
    listing, shown = kit.request("GET", "/mailbox"), kit.request("GET", f"/mailbox/{newest['id']}")
    assert "&lt;b&gt;Second" in listing.text and "<b>Second" not in listing.text
    assert 'sandbox="allow-popups' in shown.text and "allow-scripts" not in shown.text
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]


def test_bodies_rest_sealed(tmp_path: Path) -> None:
    kit = invited(tmp_path)
    with kit.runtime.db.read(EVERYONE) as session:
        kept = session.scalars(select(MailboxMessage)).all()
    assert all("sgl_" not in str(vars(row)) for row in kept)


def test_outside_the_embedded_mode_there_is_no_mailbox(tmp_path: Path) -> None:
    kit = invited(tmp_path, EMBEDDED="off")
    paths = ("/mailbox", "/api/v1/mailbox", "/mailbox/0192f0c4-7b1e-7a10-9c3d-000000000001")
    assert {kit.request("GET", path).status_code for path in paths} == {404}
