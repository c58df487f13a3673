"""Every event becomes the right letters, in the reader's language, once."""

from __future__ import annotations

import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chassis.ids import new_key, public_id
from chassis.migrations import differences
from chassis.outbox import Event
from chassis.problem import LANGUAGES
from contracts.catalogue import subscriptions
from contracts.event_type import ALICE, KEYS
from services.notify.models import Base
from services.notify.words import LETTERS
from tests.notify.post import HAPPENINGS, LINK, Happening, body, happen, mail_of, rows
from tests.servers import Postgres
from tests.service_kit import Kit

AGREEMENT = f'href="http://signet.test/agreements/{public_id("agr", UUID(KEYS[4]))}"'


@pytest.fixture
def notify(tmp_path: Path) -> Kit:
    return Kit("notify", tmp_path)


def named(kit: Kit, type: str, language: str, **data: Any) -> Event:
    """An event's example with secrets that open, everybody reading one language."""
    return happen(kit, Happening(type, {}), language, **data)


def letters(kit: Kit) -> list[EmailMessage]:
    """The mails of the queue as they would go over the wire."""
    return [mail_of(kit, row) for row in rows(kit)]


def written(kit: Kit) -> list[tuple[str, str, str]]:
    """Which letters went to whom in which language."""
    return sorted((row.template, row.recipient, row.language) for row in rows(kit))


def expected(what: Happening) -> list[tuple[str, str, str]]:
    return sorted((template, *person) for template, people in what.letters.items() for person in people)


def test_each_event_makes_its_letters_for_its_people_in_their_languages(notify: Kit) -> None:
    so_far: list[tuple[str, str, str]] = []
    for what in HAPPENINGS:
        happen(notify, what)
        so_far += expected(what)
        assert written(notify) == sorted(so_far), what
    assert {what.type for what in HAPPENINGS} == set(subscriptions()["notify"])
    assert {template for what in HAPPENINGS for template in what.letters} == set(LETTERS["en"])


def test_events_that_come_twice_and_in_any_order_make_no_second_letter(notify: Kit) -> None:
    heard = [happen(notify, what) for what in reversed(HAPPENINGS)]
    before = written(notify)
    for event in [*heard, *reversed(heard)]:
        notify.redeliver(json.dumps(envelope(event)).encode())
    assert written(notify) == before == sorted(one for what in HAPPENINGS for one in expected(what))


def envelope(event: Event) -> dict[str, Any]:
    """An event as it comes from the bus."""
    return {
        "id": event.id, "type": event.type, "subject": event.subject, "sequence": "1", "time": event.time.isoformat(),
        "correlationid": "test", "data": event.data,
    }  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_letter_is_written_in_every_language(notify: Kit, language: str) -> None:
    for what in HAPPENINGS:
        happen(notify, what, language)
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
    named(notify, "signing.invited.v1", "en", title="Lease of Flat 3")
    mail = letters(notify)[0]
    assert mail["Subject"] == "Lease of Flat 3"
    assert f'href="{LINK}"' in body(mail, "html") and "View and sign" in body(mail, "html")
    assert LINK in body(mail, "plain")


def test_links_and_codes_rest_sealed_until_the_mail_is_written(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "en")
    named(notify, "identity.code_requested.v1", "en")
    kept = json.dumps([row.params for row in rows(notify)])
    assert "sgl_" not in kept and "482913" not in kept
    assert "482913" in body(letters(notify)[1], "plain")


def test_line_breaks_in_names_and_titles_do_not_become_headers(notify: Kit) -> None:
    hostile = "Bob\r\nBcc: eve@example.com\r\n\r\n<script>alert(1)</script>"
    named(notify, "signing.invited.v1", "en", title=hostile, name=hostile)
    mail = letters(notify)[0]
    assert mail["Bcc"] is None and "\n" not in mail["Subject"]
    assert [one.addr_spec for one in mail["To"].addresses] == ["bob@example.com"]
    assert "<script>" not in body(mail, "html") and "&lt;script&gt;" in body(mail, "html")


def test_what_a_sender_wrote_is_not_a_template(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "en", message="{{ 7 * 7 }} {{ link }}", title="{{ code }}")
    mail = letters(notify)[0]
    assert mail["Subject"] == "{{ code }}" and "{{ 7 * 7 }}" in body(mail, "plain")


def test_who_has_no_link_of_their_own_is_led_to_the_agreement_in_the_console(notify: Kit) -> None:
    parties = [{"name": "Alice", "email": "alice@example.com", "language": "en", "sealed_link": None}]
    notify.deliver("agreement.completed.v1", parties=parties)
    assert AGREEMENT in body(letters(notify)[0], "html")


def test_admins_are_told_how_many_will_go_the_first_by_name_and_where_they_can_be_had(notify: Kit) -> None:
    agreements = [
        {"public_id": "agr_1", "title": "Lease\r\nBcc: eve@example.com"},
        {"public_id": "agr_2", "title": "NDA"},
    ]
    named(notify, "workspace.removals_announced.v1", "en", agreements=agreements, count=7)
    mail = letters(notify)[0]
    assert mail["Subject"] == "Alice's workspace: 7 agreements will be removed" and mail["Bcc"] is None
    assert "“Lease Bcc: eve@example.com”, “NDA” and 5 more." in body(mail, "plain").replace("\n", " ")
    assert "/agreements?completed_to=2026-11-22" in body(mail, "plain")


def test_the_tables_match_the_models_on_both_databases(notify: Kit, tmp_path: Path, postgres: Postgres) -> None:
    assert differences(notify.runtime.db, Base) == []
    on_postgres = Kit("notify", tmp_path, postgres.create_database("notify_tables"))
    assert differences(on_postgres.runtime.db, Base) == []
    named(on_postgres, "signing.invited.v1", "en", deadline="2126-11-22T08:00:00+00:00")
    assert on_postgres.turn("mail") == 1
    assert [event.type for event in on_postgres.emitted()] == ["notify.delivered.v1"]
    on_postgres.runtime.db.engine.dispose()


def test_a_lock_of_the_second_step_says_that_the_password_is_known(notify: Kit) -> None:
    named(notify, "identity.login_locked.v1", "en", step="second_factor")
    assert "somebody who knows your password" in body(letters(notify)[0], "plain")


def test_answers_to_a_request_go_to_its_sender_and_not_to_the_house(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "en")
    named(notify, "agreement.voided.v1", "zh-Hant")
    named(notify, "identity.code_requested.v1", "en")
    invited, own, voided, code = letters(notify)
    assert [one.addr_spec for one in invited["Reply-To"].addresses] == ["alice@example.com"]
    assert [mail["From"].addresses[0].display_name for mail in (invited, own, voided, code)] == [
        "Alice Tan via Signet", "Signet", "Alice Tan（透過 Signet）", "Signet",
    ]  # fmt: skip
    assert {mail["From"].addresses[0].addr_spec for mail in letters(notify)} == {"no-reply@signet.test"}
    assert voided["Reply-To"] and own["Reply-To"] is None and code["Reply-To"] is None


def test_who_sent_an_agreement_is_led_to_it_when_it_ends_and_others_are_not(notify: Kit) -> None:
    named(notify, "agreement.declined.v1", "en")
    own, theirs = letters(notify)
    assert AGREEMENT in body(own, "html")
    assert "href=" not in body(theirs, "html") and "Reason:\n> Wrong annex" in body(theirs, "plain")


def test_times_are_in_the_reader_s_words_with_their_zone(notify: Kit) -> None:
    for language in LANGUAGES:
        named(notify, "signing.invited.v1", language)
    english, simplified, traditional = (body(mail, "plain") for mail in letters(notify))
    assert "Sign by: Sunday, 22 November 2026, 08:00 (UTC)" in english
    assert "签署截止：2026年11月22日 星期日 16:00（UTC+8）" in simplified
    assert "簽署期限：2026年11月22日 星期日 16:00（UTC+8）" in traditional


def test_times_are_in_the_zone_of_the_sender_or_the_account_when_it_is_known(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "en", sender={**ALICE, "time_zone": "America/St_Johns"})
    named(notify, "signing.invited.v1", "zh-Hans", sender={**ALICE, "time_zone": "Nowhere/Else"})
    named(notify, "agreement.completed.v1", "en", sender={**ALICE, "time_zone": "Asia/Singapore"})
    named(notify, "identity.login_locked.v1", "en")
    told = [body(mail, "plain") for mail in letters(notify)]
    times = ("04:30 (UTC−3:30)", "16:00（UTC+8）", "16:00 (UTC+8)", "16:00 (UTC+8)", "16:00 (UTC+8)")
    assert [time in text for time, text in zip(times, told, strict=True)] == [True] * 5


def test_a_message_keeps_its_lines_and_loses_what_would_turn_the_words_around(notify: Kit) -> None:
    message = "Dear Bob,\r\n\r\n\r\n\u3000\u202eplease & <b>sign</b>\x07\n"
    named(notify, "signing.invited.v1", "en", message=message)
    mail = letters(notify)[0]
    assert "> Dear Bob,\n>\n> \u3000please & <b>sign</b>\n\n" in body(mail, "plain")
    assert "Dear Bob,<br>\n<br>\n\u3000please &amp; &lt;b&gt;sign&lt;/b&gt;</td>" in body(mail, "html")


def test_a_name_that_looks_like_another_address_is_not_shown_as_the_sender(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "en", sender={**ALICE, "name": "security@bank.example"})
    mail = letters(notify)[0]
    assert str(mail["From"]) == "Signet <no-reply@signet.test>" and str(mail["Reply-To"]) == "alice@example.com"


def test_mails_say_that_no_person_wrote_them_and_keep_their_id(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "zh-Hans", title="租赁协议")
    first, again = letters(notify)[0], letters(notify)[0]
    assert first["Message-ID"] == again["Message-ID"] and first["Date"] == again["Date"]
    assert (first["Auto-Submitted"], first["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert first["Subject"] == "租赁协议" and first["Content-Language"] == "zh-Hans"
    assert first["List-Unsubscribe"] is None


def test_the_sender_hears_who_signs_instead_with_the_way_to_the_agreement(notify: Kit) -> None:
    named(notify, "signing.reassigned.v1", "en")
    mail = letters(notify)[0]
    assert mail["To"] == "Alice Tan <alice@example.com>" and mail["Subject"].startswith("Handed over to 王小明")
    assert "Carol Tan has handed" in body(mail, "plain") and "http://signet.test/agreements/agr_" in body(mail, "plain")


def test_a_moved_deadline_is_told_with_the_new_one_and_a_link(notify: Kit) -> None:
    named(notify, "signing.invited.v1", "zh-Hant", purpose="deadline_changed", deadline="2030-03-01T09:00:00+00:00")
    mail = letters(notify)[0]
    assert "截止時間已變更" in mail["Subject"] and LINK in body(mail, "plain")
    assert "2030年3月1日 星期五 17:00（UTC+8）" in body(mail, "plain")


def test_a_workspace_is_named_as_it_has_set_before_the_address(notify: Kit) -> None:
    here = new_key()
    for sequence, name in ((3, "Acme Legal"), (2, "Older")):
        settings = {"deadline_days": None, "reminders": None, "sender_name": name}
        notify.deliver("workspace.changed.v1", here, sequence, here, workspace_id=str(here), settings=settings)
    for workspace in (here, new_key()):
        sealed = notify.runtime.sealer.seal(LINK)
        notify.deliver("signing.invited.v1", new_key(), 1, workspace, purpose="invitation", sealed_link=sealed)
    names = [str(letter["From"].addresses[0].display_name) for letter in letters(notify)]
    assert sorted(names) == ["Acme Legal（通过 Signet）", "Alice Tan（通过 Signet）"]


@pytest.mark.parametrize("name", ["Signet", "Slgnet Security", "S\u0456gnet", "billing@bank.example", "Nova Sign help"])
def test_no_name_takes_the_place_of_the_product_s_own(tmp_path: Path, name: str) -> None:
    house = "smtp://127.0.0.1:1?from=Nova+Sign+%3Cmail@nova.example%3E"
    kit = Kit("notify", tmp_path, MAIL_URL=house)
    here = new_key()
    settings = {"deadline_days": None, "reminders": None, "sender_name": name}
    kit.deliver("workspace.changed.v1", here, 1, here, workspace_id=str(here), settings=settings)
    sealed = kit.runtime.sealer.seal(LINK)
    for sender in (ALICE, {**ALICE, "name": name}):
        told = {"purpose": "invitation", "sealed_link": sealed, "language": "en", "sender": sender}
        kit.deliver("signing.invited.v1", new_key(), 1, here, **told)
    names = sorted(str(letter["From"]) for letter in letters(kit))
    assert names == ["Alice Tan via Nova Sign <mail@nova.example>", "Nova Sign <mail@nova.example>"]
    kit.runtime.db.engine.dispose()


def test_a_workspace_has_its_own_logo_and_colour_in_its_mails(notify: Kit) -> None:
    here = new_key()
    logo = {"path": "/logos/lgo_1.png", "width": 480, "height": 96}
    settings = {"deadline_days": None, "reminders": None, "sender_name": None, "colour": "#7a1f5c", "logo": logo}
    data = {"workspace_id": str(here), "name": "Acme <Pte>", "settings": settings}
    notify.deliver("workspace.changed.v1", here, 1, here, **data)
    sealed = notify.runtime.sealer.seal(LINK)
    notify.deliver("signing.invited.v1", new_key(), 1, here, purpose="invitation", sealed_link=sealed)
    notify.deliver("signing.invited.v1", new_key(), 1, new_key(), purpose="invitation", sealed_link=sealed)
    own, other = (body(mail, "html") for mail in letters(notify))
    assert 'src="http://signet.test/logos/lgo_1.png" alt="Acme &lt;Pte&gt;" width="200" height="40"' in own
    assert own.count("background-color:#7a1f5c") == 2
    assert "<img" not in other
    assert "#7a1f5c" not in other
