"""Alice changes her name, her address, her preferences."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from chassis.database import EVERYONE
from services.identity.models import Consent
from services.identity.preferences import date_format_of
from tests.identity.people import ALICE, PASSWORD, ask_code, join, last_code, let_codes_age, log_in, wrong
from tests.service_kit import Kit, service, user

NEW = "alice.lim@example.com"
CHANGED = "identity.account_changed.v1"


def ask_change(kit: Kit, who: object, email: str = NEW) -> object:
    return kit.request("POST", "/api/v1/account/email/codes", who, json={"email": email})


def change(kit: Kit, who: object, email: str = NEW, code: str = "", password: str = PASSWORD) -> object:
    body = {"email": email, "code": code or last_code(kit), "password": password}
    return kit.request("POST", "/api/v1/account/email", who, json=body)


def test_a_new_name_is_told_and_the_same_name_again_is_not(kit: Kit) -> None:
    alice = join(kit)
    for _ in range(2):
        answer = kit.request("PATCH", "/api/v1/account", alice, json={"name": " Alice Lim "})
    assert answer.json["name"] == "Alice Lim"
    assert [(event.sequence, event.data["name"]) for event in kit.emitted(CHANGED)] == [(2, "Alice Lim")]
    assert kit.request("GET", "/api/v1/account", alice).json == answer.json


@pytest.mark.parametrize("name", ["", "a\r\nBcc: b@x.sg", "x" * 101, "a\u202eb", "\ud800"])
def test_a_strange_name_is_refused(kit: Kit, name: str) -> None:
    assert kit.request("PATCH", "/api/v1/account", join(kit), json={"name": name}).status_code == 422


def test_the_newsletter_can_be_withdrawn_and_that_is_kept(kit: Kit) -> None:
    alice = join(kit, newsletter=True)
    assert kit.request("PATCH", "/api/v1/account", alice, json={"newsletter": False}).json["newsletter"] is False
    with kit.runtime.db.read(EVERYONE) as session:
        query = select(Consent.given).where(Consent.kind == "newsletter").order_by(Consent.id)
        assert session.scalars(query).all() == [True, False]


def test_the_address_is_changed_by_a_code_to_the_new_one(kit: Kit) -> None:
    alice = join(kit)
    assert ask_change(kit, alice).status_code == 202
    mail = kit.emitted("identity.code_requested.v1")[-1].data
    assert (mail["purpose"], mail["email"]) == ("change_email", NEW)
    assert change(kit, alice, code=wrong(last_code(kit))).json["code"] == "code_wrong"
    assert change(kit, alice).json["email"] == NEW
    assert kit.emitted(CHANGED)[0].data["email"] == NEW
    assert (log_in(kit).status_code, log_in(kit, email=NEW).status_code) == (401, 200)


def test_a_screen_left_open_does_not_give_the_account_away(kit: Kit) -> None:
    alice = join(kit)
    ask_change(kit, alice)
    for password, code in (("", "proof_needed"), ("Wrong-Kettle-42", "password_wrong")):
        assert change(kit, alice, password=password).json["code"] == code
    assert not kit.emitted(CHANGED) and change(kit, alice).status_code == 200


def test_somebody_elses_code_does_not_change_ones_address(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    ask_change(kit, alice)
    assert change(kit, bob).json["code"] == "code_wrong"


def test_a_taken_address_is_answered_like_a_free_one_and_told_by_mail(kit: Kit) -> None:
    alice = join(kit)
    join(kit, "bob@example.com")
    free, taken = ask_change(kit, alice), ask_change(kit, alice, "bob@example.com")
    assert (free.status_code, free.data) == (taken.status_code, taken.data)
    assert kit.emitted("identity.code_requested.v1")[-1].data["purpose"] == "known_address"
    assert change(kit, alice, "bob@example.com", "123456").json["code"] == "code_wrong"


def test_two_accounts_never_get_the_same_address(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    ask_change(kit, alice)
    code = last_code(kit)
    ask_change(kit, bob)
    assert change(kit, bob).status_code == 200
    assert change(kit, alice, code=code).json["code"] == "email_taken"


def test_a_password_set_anew_ends_a_change_of_address_under_way(kit: Kit) -> None:
    alice = join(kit)
    ask_change(kit, alice)
    code = last_code(kit)
    body = {"old_password": PASSWORD, "password": "Green-Teapot-77"}
    kit.request("POST", "/api/v1/account/password", alice, json=body)
    assert change(kit, alice, code=code, password="Green-Teapot-77").json["code"] == "code_wrong"


def test_an_address_given_up_can_be_registered_by_somebody_else(kit: Kit) -> None:
    alice = join(kit)
    ask_change(kit, alice)
    change(kit, alice)
    let_codes_age(kit, 61)
    assert ask_code(kit, ALICE).status_code == 202
    assert kit.emitted("identity.code_requested.v1")[-1].data["purpose"] == "register"


def test_preferences_start_from_region_and_language_and_can_be_set(kit: Kit) -> None:
    alice = join(kit)
    before = kit.request("GET", "/api/v1/account/preferences", alice).json
    assert before == {
        "language": "en",
        "date_format": "YYYY-MM-DD HH:mm",
        "time_zone": "Asia/Singapore",
        "default_workspace_id": None,
    }
    wanted = {"language": "zh-Hant", "date_format": "DD/MM/YYYY HH:mm", "time_zone": "Asia/Taipei"}
    assert kit.request("PUT", "/api/v1/account/preferences", alice, json=wanted).json == {**before, **wanted}
    told = kit.emitted(CHANGED)[0].data
    assert {name: told[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "wrong_value",
    [{"language": "fr"}, {"date_format": "YY"}, {"time_zone": "../etc/passwd"}, {"time_zone": "Mars/Base"}, {"x": 1}],
)
def test_unknown_preferences_are_refused(kit: Kit, wrong_value: dict[str, object]) -> None:
    assert kit.request("PUT", "/api/v1/account/preferences", join(kit), json=wrong_value).status_code == 422


def test_the_default_workspace_is_one_the_person_belongs_to(tmp_path: Path) -> None:
    workspaces = Kit("workspace", tmp_path)
    kit = Kit("identity", tmp_path, neighbours={"workspace": workspaces.app})
    alice, bob = join(kit), join(kit, "bob@example.com")
    for event in kit.emitted("identity.account_registered.v1"):
        workspaces.deliver(event.type, subject=event.subject, **event.data)
    mine, other = (event.data for event in workspaces.emitted("workspace.created.v1"))
    path = "/api/v1/account/preferences"
    chosen = kit.request("PUT", path, alice, json={"default_workspace_id": mine["public_id"]})
    assert chosen.status_code == 200 and chosen.json["default_workspace_id"] == mine["public_id"]
    assert kit.emitted(CHANGED)[0].data["default_workspace_id"] == mine["workspace_id"]
    foreign = kit.request("PUT", path, alice, json={"default_workspace_id": other["public_id"]})
    missing = kit.request("PUT", path, bob, json={"default_workspace_id": "SGSP00000000000000"})
    assert (foreign.status_code, foreign.data) == (missing.status_code, missing.data) and foreign.status_code == 404
    assert kit.request("PUT", path, alice, json={"default_workspace_id": None}).json["default_workspace_id"] is None


def test_other_services_ask_for_an_account(kit: Kit) -> None:
    alice = join(kit)
    found = kit.request("GET", f"/internal/accounts/{alice.subject}", service("agreement")).json
    assert (found["email"], found["time_zone"]) == (ALICE, "Asia/Singapore")
    assert kit.request("GET", f"/internal/accounts/{UUID(int=0)}", service("agreement")).status_code == 404


def test_nobody_without_login_sees_an_account(kit: Kit) -> None:
    assert kit.request("GET", "/api/v1/account").status_code == 401
    assert kit.request("GET", "/api/v1/account", user()).status_code == 404


def test_an_account_begins_with_the_browsers_time_zone_and_the_languages_date_format(kit: Kit) -> None:
    zones = {"Asia/Tokyo": "Asia/Tokyo", "Mars/Olympus": "Asia/Singapore", "": "Asia/Singapore"}
    for number, (told, kept) in enumerate(zones.items()):
        who = join(kit, f"p{number}@example.com", time_zone=told)
        found = kit.request("GET", "/api/v1/account/preferences", who).json
        assert (found["time_zone"], found["date_format"]) == (kept, "YYYY-MM-DD HH:mm")
    assert date_format_of("zh-Hant") == "YYYY年M月D日 HH:mm"


def test_the_old_address_is_told_of_the_new_one(kit: Kit) -> None:
    alice = join(kit)
    ask_change(kit, alice)
    change(kit, alice)
    told = kit.emitted("identity.security_changed.v1")[0].data
    assert (told["change"], told["email"], told["detail"]) == ("email_changed", ALICE, NEW)
