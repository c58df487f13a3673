"""Every event becomes the right letters, in the reader's language, once."""

from __future__ import annotations

import json
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.migrations import differences
from chassis.problem import LANGUAGES
from contracts.catalogue import CATALOGUE, subscriptions
from services.notify.models import Base, Mail
from services.notify.words import LETTERS, security
from services.notify.write import write_mail
from tests.servers import Postgres
from tests.service_kit import Kit

PURPOSES = {
    "identity.code_requested.v1": ("register", "known_address", "reset_password", "change_email", "link_login"),
    "signing.invited.v1": ("invitation", "reminder", "resent"),
}
SILENT = {"workspace.changed.v1"}  # changes how later mails are signed
LINK = "https://signet.test/sign/sgl_" + "x" * 43


@pytest.fixture
def notify(tmp_path: Path) -> Kit:
    return Kit("notify", tmp_path)


def spoken(kit: Kit, type: str, language: str, **data: Any) -> Any:
    """An event's example, in another language and with secrets that open."""

    def translate(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: _member(kit, name, inner, language, translate) for name, inner in value.items()}
        return [translate(one) for one in value] if isinstance(value, list) else value

    return kit.deliver(type, **translate({**CATALOGUE[type].example, **data}))


def _member(kit: Kit, name: str, value: Any, language: str, translate: Any) -> Any:
    if name == "language":
        return language
    if name.startswith("sealed_"):
        return kit.runtime.sealer.seal("482913" if "code" in name else LINK)
    return translate(value)


def rows(kit: Kit) -> list[Mail]:
    with kit.runtime.db.read(EVERYONE) as session:
        return list(session.scalars(select(Mail).order_by(Mail.id)))


def letters(kit: Kit) -> list[EmailMessage]:
    """The mails of the queue as they would go over the wire."""
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(write_mail(kit.runtime, row).as_bytes()) for row in rows(kit)]  # type: ignore[misc]


def body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("type", [type for type in subscriptions()["notify"] if type not in SILENT])
def test_every_event_is_written_in_every_language(notify: Kit, type: str, language: str) -> None:
    for purpose in PURPOSES.get(type, ("",)):
        extra = {"sealed_code": None} if purpose == "known_address" else {}
        spoken(notify, type, language, **({"purpose": purpose} if purpose else {}), **extra)
    assert letters(notify)
    for row, mail in zip(rows(notify), letters(notify), strict=True):
        assert (row.language, f'lang="{language}"' in body(mail, "html")) == (language, True)
        assert LETTERS[language][row.template]["heading"].split("{{")[0] in body(mail, "plain")
        assert "{{" not in body(mail, "plain") + body(mail, "html") + mail["Subject"]
        assert "None" not in body(mail, "plain") + mail["Subject"]
        assert "built-in" not in body(mail, "html") and "&lt;" not in body(mail, "html")


def test_the_three_languages_have_the_same_letters_with_the_same_members() -> None:
    shapes = [{name: sorted(letter) for name, letter in LETTERS[language].items()} for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


def test_an_invitation_has_the_title_as_subject_and_the_link_behind_its_button(notify: Kit) -> None:
    spoken(notify, "signing.invited.v1", "en", title="Lease of Flat 3")
    mail = letters(notify)[0]
    assert mail["Subject"] == "Lease of Flat 3"
    assert f'href="{LINK}"' in body(mail, "html") and "View and sign" in body(mail, "html")
    assert LINK in body(mail, "plain")


def test_links_and_codes_rest_sealed_until_the_mail_is_written(notify: Kit) -> None:
    spoken(notify, "signing.invited.v1", "en")
    spoken(notify, "identity.code_requested.v1", "en")
    kept = json.dumps([row.params for row in rows(notify)])
    assert "sgl_" not in kept and "482913" not in kept
    assert "482913" in body(letters(notify)[1], "plain")


def test_the_same_event_twice_is_one_mail(notify: Kit) -> None:
    event = spoken(notify, "signing.invited.v1", "en")
    envelope = {
        "id": event.id, "type": event.type, "subject": event.subject, "sequence": "1", "time": event.time.isoformat(),
        "correlationid": "test", "data": event.data,
    }  # fmt: skip
    notify.redeliver(json.dumps(envelope).encode())
    assert len(rows(notify)) == 1


def test_line_breaks_in_names_and_titles_do_not_become_headers(notify: Kit) -> None:
    hostile = "Bob\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>"
    spoken(notify, "signing.invited.v1", "en", title=hostile, name=hostile)
    mail = letters(notify)[0]
    assert mail["Bcc"] is None and "\n" not in mail["Subject"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["bob@example.com"]
    assert "<script>" not in body(mail, "html") and "&lt;script&gt;" in body(mail, "html")


def test_what_a_sender_wrote_is_not_a_template(notify: Kit) -> None:
    spoken(notify, "signing.invited.v1", "en", message="{{ 7 * 7 }} {{ link }}", title="{{ code }}")
    mail = letters(notify)[0]
    assert mail["Subject"] == "{{ code }}" and "{{ 7 * 7 }}" in body(mail, "plain")


def test_who_has_no_link_of_their_own_is_led_to_the_suite(notify: Kit) -> None:
    parties = [{"name": "Alice", "email": "alice@example.com", "language": "en", "sealed_link": None}]
    notify.deliver("agreement.completed.v1", parties=parties)
    assert 'href="http://signet.test"' in body(letters(notify)[0], "html")


def test_the_tables_match_the_models_on_both_databases(notify: Kit, tmp_path: Path, postgres: Postgres) -> None:
    assert differences(notify.runtime.db, Base) == []
    on_postgres = Kit("notify", tmp_path, postgres.create_database("notify_tables"))
    assert differences(on_postgres.runtime.db, Base) == []
    spoken(on_postgres, "signing.invited.v1", "en", deadline="2126-11-22T08:00:00+00:00")
    assert on_postgres.turn("mail") == 1
    assert [event.type for event in on_postgres.emitted()] == ["notify.delivered.v1"]
    on_postgres.runtime.db.engine.dispose()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("change", [name for name in security.EN if name not in ("link_login", "second_factor_locked")])
def test_every_change_of_what_guards_an_account_has_a_letter(notify: Kit, change: str, language: str) -> None:
    spoken(notify, "identity.security_changed.v1", language, change=change, detail="Alice's phone")
    row, mail = rows(notify)[0], letters(notify)[0]
    assert row.template == change and LETTERS[language][change]["heading"] in body(mail, "plain")


def test_a_lock_of_the_second_step_says_that_the_password_is_known(notify: Kit) -> None:
    spoken(notify, "identity.login_locked.v1", "en", step="second_factor")
    assert "somebody who knows your password" in body(letters(notify)[0], "plain")


def test_a_workspace_is_named_as_it_has_set_before_the_address(notify: Kit) -> None:
    here = new_key()
    for sequence, name in ((3, "Acme Legal"), (2, "Older")):
        settings = {"deadline_days": None, "reminders": None, "sender_name": name}
        notify.deliver("workspace.changed.v1", here, sequence, here, workspace_id=str(here), settings=settings)
    for workspace in (here, new_key()):
        sealed = notify.runtime.sealer.seal(LINK)
        notify.deliver("signing.invited.v1", new_key(), 1, workspace, purpose="invitation", sealed_link=sealed)
    names = [str(letter["From"].addresses[0].display_name) for letter in letters(notify)]
    assert sorted(names) == ["Acme Legal", "Signet"]
