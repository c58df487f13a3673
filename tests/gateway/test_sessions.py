"""Alice logs in, works in her workspaces, and out again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.ids import new_key
from chassis.migrations import differences
from gateway.models import Base, Session
from tests.gateway.people import ALICE, BOB, PASSWORD, Gateway
from tests.servers import Postgres


def test_logging_in_hands_over_a_session_that_is_stored_only_as_a_digest(gateway: Gateway) -> None:
    alice = gateway.browser()
    response = alice.log_in()
    cookie = next(c for c in response.headers.getlist("Set-Cookie") if c.startswith("signet="))
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Secure" not in cookie
    secret = cookie.split(";")[0].removeprefix("signet=")
    with gateway.runtime.db.read(EVERYONE) as session:
        row = session.scalars(select(Session)).one()
    assert secret.startswith("ses_") and secret not in str(vars(row))
    assert alice.state()["account"]["email"] == "alice@example.com"


def test_cookies_are_host_only_and_secure_when_the_suite_is_reached_by_https(tmp_path: Path) -> None:
    alice = Gateway(tmp_path, PUBLIC_URL="https://signet.test").browser()
    response = alice.log_in(base_url="https://signet.test")
    told = response.headers.getlist("Set-Cookie")
    cookies = [cookie for cookie in told if not cookie.startswith("signet-language=en;")]  # our pages read that one
    assert {cookie.split("=")[0] for cookie in cookies} == {"__Host-signet", "__Host-signet-browser"}
    assert all("Secure" in cookie and "Path=/" in cookie and "Domain" not in cookie for cookie in cookies)
    assert "max-age" in response.headers["Strict-Transport-Security"]


def test_a_wrong_password_is_told_in_the_readers_language(gateway: Gateway) -> None:
    body = {"email": "alice@example.com", "password": "wrong"}
    response = gateway.browser().send("POST", "/api/v1/session", json=body, headers={"Accept-Language": "zh-CN"})
    assert (response.status_code, response.json["code"], response.json["title"]) == (
        401,
        "invalid_credentials",
        "邮箱或密码错误。",
    )


def test_logging_in_again_makes_a_new_session_and_ends_the_one_before(gateway: Gateway) -> None:
    alice, thief = gateway.browser(), gateway.browser()
    alice.log_in()
    old = alice.client.get_cookie("signet")
    alice.log_in()
    assert old and alice.client.get_cookie("signet").value != old.value  # type: ignore[union-attr]
    thief.client.set_cookie("signet", old.value)
    assert thief.send("GET", "/api/v1/session").status_code == 401


def test_a_session_cookie_somebody_chose_is_not_taken_over_at_login(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.client.set_cookie("signet", "ses_" + "A" * 43)
    alice.log_in()
    assert alice.client.get_cookie("signet").value != "ses_" + "A" * 43  # type: ignore[union-attr]


def test_logging_out_ends_the_session_on_the_server(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.log_in()
    secret = alice.client.get_cookie("signet").value  # type: ignore[union-attr]
    assert alice.send("DELETE", "/api/v1/session").status_code == 204
    alice.client.set_cookie("signet", secret)
    assert alice.send("GET", "/api/v1/session").status_code == 401


def test_a_session_picks_up_the_workspace_that_is_made_after_it(gateway: Gateway) -> None:
    alice = gateway.browser()
    assert alice.log_in().json["workspace"] is None
    gateway.join(ALICE, "First")
    assert alice.state()["workspace"]["name"] == "First"


def test_a_person_can_switch_only_to_a_workspace_of_their_own(gateway: Gateway) -> None:
    gateway.join(ALICE, "One")
    second, _, public = gateway.join(ALICE, "Two", roles=("initiator",))
    _, _, foreign = gateway.join(BOB, "Foreign")
    alice = gateway.browser()
    assert alice.log_in().json["workspace"]["name"] == "One"
    assert alice.send("PUT", "/api/v1/session/workspace", json={"workspace_id": foreign}).status_code == 404
    assert (
        alice.send("PUT", "/api/v1/session/workspace", json={"workspace_id": public}).json["workspace"]["name"] == "Two"
    )
    who = alice.send("GET", "/api/v1/agreements").json["who"]
    assert (who["ws"], who["roles"]) == (str(second), ["initiator"])


def test_a_page_of_another_workspace_than_the_session_s_changes_and_reads_nothing_there(gateway: Gateway) -> None:
    _, member, one = gateway.join(ALICE, "One")
    _, _, two = gateway.join(ALICE, "Two")
    alice = gateway.browser()
    alice.log_in()

    def ask(shown: str, method: str = "POST", path: str = "/api/v1/agreements") -> Any:
        return alice.send(method, path, headers={"Workspace": shown})

    assert [ask(shown).status_code for shown in (one, two)] == [200, 409]
    assert ask(two, "GET").json["code"] == "workspace_changed"
    alice.send("PUT", "/api/v1/session/workspace", json={"workspace_id": two})  # in another tab
    assert [ask(shown).status_code for shown in (one, two, "")] == [409, 200, 200]
    for path in ("session", "sessions", "account", "workspaces", "invitations"):
        assert ask(one, "GET", f"/api/v1/{path}").json.get("code") != "workspace_changed"
    gateway.member("workspace.member_changed.v1", new_key(), member, ALICE, 9, status="removed")
    assert ask(one).status_code == 409


def test_the_default_workspace_is_chosen_at_login(gateway: Gateway) -> None:
    gateway.join(ALICE, "One")
    second, _, _ = gateway.join(ALICE, "Two")
    gateway.deliver("identity.account_changed.v1", ALICE, 2, account_id=str(ALICE), default_workspace_id=str(second))
    assert gateway.browser().log_in().json["workspace"]["name"] == "Two"


def test_the_sessions_of_a_disabled_member_end_at_once(gateway: Gateway) -> None:
    workspace, member, _ = gateway.join(ALICE, "One")
    alice, elsewhere = gateway.browser(), gateway.browser()
    alice.log_in()
    gateway.join(ALICE, "Two")
    elsewhere.log_in()
    two = next(one for one in elsewhere.state()["workspaces"] if one["name"] == "Two")["workspace_id"]
    elsewhere.send("PUT", "/api/v1/session/workspace", json={"workspace_id": two})
    gateway.member("workspace.member_changed.v1", workspace, member, ALICE, 2, status="disabled")
    assert alice.send("GET", "/api/v1/session").status_code == 401
    assert [one["name"] for one in elsewhere.state()["workspaces"]] == ["Two"]
    assert alice.log_in().json["workspace"]["name"] == "Two"


def test_who_was_removed_goes_on_in_another_workspace_or_in_none(gateway: Gateway) -> None:
    workspace, member, _ = gateway.join(ALICE, "One")
    alice = gateway.browser()
    alice.log_in()
    gateway.member("workspace.member_changed.v1", workspace, member, ALICE, 2, status="removed")
    assert alice.state()["workspace"] is None
    who = alice.send("GET", "/api/v1/agreements").json["who"]
    assert (who["ws"], who["roles"]) == (None, [])
    gateway.join(ALICE, "Two")
    assert alice.state()["workspace"]["name"] == "Two"


def test_an_older_word_about_a_member_does_not_replace_a_newer_one(gateway: Gateway) -> None:
    workspace, member, _ = gateway.join(ALICE, "One", roles=("initiator",), sequence=3)
    gateway.member("workspace.member_changed.v1", workspace, member, ALICE, 2, roles=("admin",))
    alice = gateway.browser()
    assert alice.log_in().json["workspace"]["roles"] == ["initiator"]


def test_a_new_password_ends_every_other_session(gateway: Gateway) -> None:
    alice, elsewhere = gateway.browser(), gateway.browser()
    kept = alice.log_in().json["session_id"]
    elsewhere.log_in()
    event = gateway.deliver("identity.password_changed.v1", ALICE, 2, account_id=str(ALICE), keep_session=kept)
    assert alice.send("GET", "/api/v1/session").status_code == 200  # the example's time lies before these sessions
    later = {"id": str(new_key()), "time": "2126-11-22T08:00:00+00:00"}
    gateway.redeliver_later(event, **later)
    assert alice.send("GET", "/api/v1/session").status_code == 200
    assert elsewhere.send("GET", "/api/v1/session").status_code == 401


def test_a_login_that_began_before_the_password_was_changed_is_refused(gateway: Gateway) -> None:
    event = gateway.deliver("identity.password_changed.v1", ALICE, 2, account_id=str(ALICE))
    gateway.redeliver_later(event, id=str(new_key()), time="2126-11-22T08:00:00+00:00")
    body = {"email": "alice@example.com", "password": PASSWORD}
    assert gateway.browser().send("POST", "/api/v1/session", json=body).status_code == 401


def test_a_new_name_and_address_are_spoken_at_once(gateway: Gateway) -> None:
    alice = gateway.browser()
    alice.log_in()
    changed = {"account_id": str(ALICE), "email": "new@example.com", "name": "Alice Ng"}
    gateway.deliver("identity.account_changed.v1", ALICE, 2, **changed)
    who = alice.send("GET", "/api/v1/agreements").json["who"]
    assert (who["email"], who["name"]) == ("new@example.com", "Alice Ng")


def test_a_person_sees_and_ends_their_own_sessions_only(gateway: Gateway) -> None:
    alice, elsewhere, bob = gateway.browser(), gateway.browser(), gateway.browser()
    alice.log_in()
    other = elsewhere.log_in().json["session_id"]
    bob.log_in("bob@example.com")
    assert bob.send("DELETE", f"/api/v1/sessions/{other}").status_code == 404
    listed = alice.send("GET", "/api/v1/sessions").json["sessions"]
    assert [one["current"] for one in listed].count(True) == 1 and len(listed) == 2
    assert alice.send("DELETE", f"/api/v1/sessions/{other}").status_code == 204
    assert elsewhere.send("GET", "/api/v1/session").status_code == 401


def test_people_who_log_in_at_the_same_moment_all_get_in(tmp_path: Path, postgres: Postgres) -> None:
    gateway = Gateway(tmp_path, postgres.create_database("gateway_logins"))
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: gateway.browser().log_in().status_code, range(8)))
    assert states == [201] * 8
    gateway.runtime.db.engine.dispose()


def test_an_event_for_a_workspace_may_come_after_its_members(gateway: Gateway) -> None:
    workspace, member = new_key(), new_key()
    gateway.member("workspace.member_joined.v1", workspace, member, ALICE, 1)
    alice = gateway.browser()
    assert alice.log_in().json["workspace"] is None
    ids = {"workspace_id": str(workspace), "public_id": "SGSP1", "name": "Late"}
    gateway.deliver("workspace.changed.v1", workspace, 2, workspace, **ids)
    gateway.deliver("workspace.created.v1", workspace, 1, workspace, **{**ids, "name": "Early"})
    assert alice.state()["workspace"]["name"] == "Late"


def test_the_tables_match_the_models_on_both_databases(gateway: Gateway, tmp_path: Path, postgres: Postgres) -> None:
    assert differences(gateway.runtime.db, Base) == []
    on_postgres = Gateway(tmp_path / "p", postgres.create_database("gateway_tables"))
    assert differences(on_postgres.runtime.db, Base) == []
    on_postgres.join(ALICE, "One")
    alice = on_postgres.browser()
    alice.log_in()
    assert alice.state()["workspace"]["name"] == "One"
    on_postgres.runtime.db.engine.dispose()
