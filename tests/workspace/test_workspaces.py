"""Alice registers and has a workspace; she makes another and renames it."""

from __future__ import annotations

import contextlib
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.exc import IntegrityError

from chassis.ids import new_key
from tests.servers import Postgres
from tests.service_kit import Kit, service, user

REGISTERED, CHANGED = "identity.account_registered.v1", "identity.account_changed.v1"
ALICE = new_key()


@pytest.fixture
def kit(tmp_path: Path) -> Kit:
    return Kit("workspace", tmp_path)


def register(kit: Kit, account: UUID = ALICE, **data: object) -> dict[str, str]:
    kit.deliver(REGISTERED, subject=account, account_id=str(account), **data)
    return kit.emitted("workspace.created.v1")[-1].data


def alice(workspace: str | UUID, *roles: str) -> object:
    return user(ALICE, UUID(str(workspace)), roles or ("admin", "initiator"))


def test_registering_makes_a_workspace_whose_admin_is_the_person(kit: Kit) -> None:
    made = register(kit, name="Alice Tan", region="SG")
    joined = kit.emitted("workspace.member_joined.v1")[0]
    assert made["name"] == "Alice Tan's workspace" and made["admin_account_id"] == str(ALICE)
    assert re.fullmatch(r"SGSP[0-9A-Za-z]{14}", made["public_id"])
    assert joined.data["roles"] == ["admin", "initiator"] and joined.data["status"] == "enabled"
    assert str(joined.workspace) == made["workspace_id"]


@pytest.mark.parametrize(("language", "name"), [("zh-Hans", "王小明的工作空间"), ("zh-Hant", "王小明的工作空間")])
def test_the_first_workspace_is_named_in_the_persons_language(kit: Kit, language: str, name: str) -> None:
    assert register(kit, name="王小明", language=language)["name"] == name


def test_a_registration_told_twice_makes_one_workspace_even_under_another_event_id(kit: Kit) -> None:
    register(kit)
    register(kit)
    assert len(kit.emitted("workspace.created.v1")) == 1


def test_a_registration_told_many_times_at_once_makes_one_workspace(tmp_path: Path, postgres: Postgres) -> None:
    kit = Kit("workspace", tmp_path, postgres.create_database("workspace"))

    def tell(_: int) -> None:
        with contextlib.suppress(IntegrityError):  # the worker tries it again
            register(kit)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(tell, range(6)))
    register(kit)
    assert len(kit.emitted("workspace.created.v1")) == len(kit.emitted("workspace.member_joined.v1")) == 1
    kit.runtime.db.engine.dispose()


def test_a_new_name_is_taken_over_by_the_member_and_an_older_one_is_not(kit: Kit) -> None:
    made = register(kit, name="Alice Tan")
    kit.deliver(CHANGED, subject=ALICE, sequence=3, account_id=str(ALICE), name="Alice Lim", email="lim@example.com")
    kit.deliver(CHANGED, subject=ALICE, sequence=2, account_id=str(ALICE), name="Alice Old")
    members = kit.request("GET", "/api/v1/workspace/members", alice(made["workspace_id"])).json
    assert [(m["name"], m["email"]) for m in members["items"]] == [("Alice Lim", "lim@example.com")]
    assert [e.sequence for e in kit.emitted("workspace.member_changed.v1")] == [2]


def test_a_change_heard_before_the_registration_is_not_lost(kit: Kit) -> None:
    kit.deliver(CHANGED, subject=ALICE, sequence=2, account_id=str(ALICE), name="Alice Lim")
    assert register(kit, name="Alice Tan")["name"] == "Alice Lim's workspace"


def test_alice_makes_a_further_workspace_and_sees_both(kit: Kit) -> None:
    made = register(kit)
    answer = kit.request(
        "POST", "/api/v1/workspaces", alice(made["workspace_id"]), json={"name": "Lab", "region": "DE"}
    )
    assert answer.status_code == 201 and answer.json["id"].startswith("DESP")
    mine = kit.request("GET", "/api/v1/workspaces", alice(made["workspace_id"])).json["workspaces"]
    assert [(w["name"], w["roles"]) for w in mine][1] == ("Lab", ["admin", "initiator"]) and len(mine) == 2


def test_an_unknown_region_is_refused(kit: Kit) -> None:
    answer = kit.request("POST", "/api/v1/workspaces", user(), json={"name": "Lab", "region": "XX"})
    assert answer.status_code == 422 and answer.json["errors"][0]["code"] == "not_region"


def test_an_admin_renames_the_workspace_and_everybody_is_told_once(kit: Kit) -> None:
    made = register(kit)
    for _ in range(2):
        answer = kit.request("PATCH", "/api/v1/workspace", alice(made["workspace_id"]), json={"name": "Tan & Co"})
    assert answer.json["name"] == "Tan & Co"
    assert [(e.sequence, e.data["name"]) for e in kit.emitted("workspace.changed.v1")] == [(2, "Tan & Co")]


def test_an_initiator_neither_renames_nor_lists_members(kit: Kit) -> None:
    who = alice(register(kit)["workspace_id"], "initiator")
    assert kit.request("PATCH", "/api/v1/workspace", who, json={"name": "x"}).status_code == 403
    assert kit.request("GET", "/api/v1/workspace/members", who).status_code == 403


def test_members_come_page_by_page_and_only_of_ones_own_workspace(kit: Kit) -> None:
    made = register(kit)
    register(kit, account=new_key(), name="Mallory", email="mallory@example.com")
    path = "/api/v1/workspace/members?page_size=1&role=admin&search=ALICE"
    page = kit.request("GET", path, alice(made["workspace_id"])).json
    assert (page["total"], page["page"], page["page_size"], page["items"][0]["name"]) == (1, 1, 1, "Alice Tan")
    assert kit.request("GET", path + "&page=2", alice(made["workspace_id"])).json["items"] == []


def test_another_service_asks_whether_an_account_belongs_to_a_workspace(kit: Kit) -> None:
    made = register(kit)
    query = {"account_id": str(ALICE), "public_id": made["public_id"]}
    found = kit.request("GET", "/internal/memberships", service("identity"), query_string=query)
    assert found.json["workspace_id"] == made["workspace_id"]
    query["account_id"] = str(new_key())
    assert kit.request("GET", "/internal/memberships", service("identity"), query_string=query).status_code == 404
    assert kit.request("GET", "/internal/memberships", service("billing"), query_string=query).status_code == 404
