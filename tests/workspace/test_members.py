"""Alice manages members: finds them, changes, disables, enables and removes them; the last admin is safe."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from chassis.ids import new_key
from tests.servers import Postgres
from tests.service_kit import user
from tests.workspace.office import ALICE, INVITATIONS, MEMBERS, Office


def join(office: Office, name: str, *roles: str) -> tuple[UUID, str]:
    """Somebody is invited and joins; the account and the member's id."""
    account, email = new_key(), f"{name.lower()}@example.com"
    made = office.add(email, name, roles=list(roles) or ["initiator"]).json
    who = user(account, new_key(), (), email, name)
    assert office.ask("POST", f"{INVITATIONS}/{office.link()}/accept", who).status_code == 200
    office.tell_billing()
    return account, made["id"]


def change(office: Office, member: str, who: Any = None, **values: Any) -> Any:
    return office.ask("PATCH", f"{MEMBERS}/{member}", who, json=values)


def alice_as_member(office: Office) -> str:
    found: str = office.ask("GET", f"{MEMBERS}?search=alice").json["items"][0]["id"]
    return found


def test_members_are_found_by_name_role_and_status(office: Office) -> None:
    join(office, "Bob", "admin")
    office.add("wang@example.com", "王小明")
    for query, names in (
        ("", ["Alice Tan", "Bob", "王小明"]), ("role=admin", ["Alice Tan", "Bob"]), ("status=pending", ["王小明"]),
        ("search=小明", ["王小明"]), ("search=BOB@EX", ["Bob"]), ("search=%25", []),
    ):  # fmt: skip
        found = office.ask("GET", f"{MEMBERS}?{query}").json
        assert ([one["name"] for one in found["items"]], found["total"]) == (names, len(names))


def test_name_phone_and_roles_are_changed_and_everybody_is_told(office: Office) -> None:
    account, bob = join(office, "Bob")
    answer = change(office, bob, name="Robert", phone="+65 9123-4567", roles=["admin"])
    assert (answer.json["name"], answer.json["phone"], answer.json["roles"]) == ("Robert", "+6591234567", ["admin"])
    told = office.kit.emitted("workspace.member_changed.v1")[-1]
    assert (told.sequence, told.data["name"], told.data["roles"]) == (3, "Robert", ["admin"])
    preferences = {"account_id": str(account), "name": "Bob", "email": "bob@example.com", "language": "zh-Hant"}
    office.kit.deliver("identity.account_changed.v1", account, 2, **preferences)
    assert change(office, bob).json["name"] == "Bob"
    change(office, bob, name="Robert")
    office.kit.deliver("identity.account_changed.v1", account, 3, **preferences)
    assert change(office, bob).json["name"] == "Robert"
    assert change(office, bob, phone="123").json["errors"][0]["code"] == "not_phone"


def test_a_disabled_member_frees_the_seat_and_takes_it_again_when_enabled(office: Office) -> None:
    _, bob = join(office, "Bob")
    assert change(office, bob, status="disabled").json["status"] == "disabled"
    assert office.seats()[1] == 1
    office.tell_billing()
    office.seats(2)
    _, carol = join(office, "Carol")
    refused = change(office, bob, status="enabled")
    assert (refused.status_code, refused.json["code"]) == (402, "no_seat_left")
    assert office.ask("DELETE", f"{MEMBERS}/{carol}").status_code == 204
    assert change(office, bob, status="enabled").json["status"] == "enabled"
    office.tell_billing()
    assert office.seats() == (2, 2)


def test_the_last_admin_is_neither_demoted_nor_disabled_nor_removed(office: Office) -> None:
    alice = alice_as_member(office)
    _, bob = join(office, "Bob", "admin")
    assert change(office, bob, status="disabled").status_code == 200
    for values in ({"roles": ["initiator"]}, {"status": "disabled"}):
        assert change(office, alice, **values).json["code"] == "last_admin"
    assert office.ask("DELETE", f"{MEMBERS}/{alice}").json["code"] == "last_admin"
    change(office, bob, status="enabled")
    assert change(office, alice, roles=["initiator"]).json["roles"] == ["initiator"]


def test_who_is_invited_is_neither_disabled_nor_an_admin_that_counts(office: Office) -> None:
    pending = office.add("bob@example.com", roles=["admin"]).json["id"]
    assert change(office, pending, status="disabled").json["code"] == "not_joined"
    assert change(office, alice_as_member(office), status="disabled").json["code"] == "last_admin"


@pytest.mark.timeout(120)
def test_two_admins_who_take_each_others_rights_leave_one(tmp_path: Path, postgres: Postgres) -> None:
    office = Office(
        tmp_path, (postgres.create_database("admins_workspace"), postgres.create_database("admins_billing"))
    )
    account, bob = join(office, "Bob", "admin", "initiator")
    pair = (
        (office.alice, bob),
        (user(account, office.id, email="bob@example.com", name="Bob"), alice_as_member(office)),
    )
    for turn in range(10):
        values: dict[str, Any] = {"status": "disabled"} if turn % 2 else {"roles": ["initiator"]}
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda one, v=values: change(office, one[1], one[0], **v).status_code, pair))
        assert sorted(answers) == [200, 409]
        for _, member in pair:
            change(office, member, roles=["admin", "initiator"])
            change(office, member, status="enabled")
    assert office.ask("GET", f"{MEMBERS}?role=admin&status=enabled").json["total"] == 2
    office.close()


def test_a_removed_member_is_gone_and_can_be_invited_again(office: Office) -> None:
    account, bob = join(office, "Bob")
    assert office.ask("DELETE", f"{MEMBERS}/{bob}").status_code == 204
    told = office.kit.emitted("workspace.member_changed.v1")[-1].data
    assert (told["status"], told["account_id"]) == ("removed", str(account))
    assert office.seats()[1] == 1
    assert office.ask("GET", "/api/v1/workspaces", user(account)).json["workspaces"] == []
    assert office.add("bob@example.com").status_code == 201


def test_only_admins_of_the_workspace_manage_its_members(office: Office) -> None:
    _, bob = join(office, "Bob")
    for who, status in ((user(ALICE, office.id, ("initiator",)), 403), (user(new_key(), new_key()), 404)):
        assert change(office, bob, who, name="X").status_code == status
        assert office.ask("DELETE", f"{MEMBERS}/{bob}", who).status_code == status
        assert office.ask("POST", f"{MEMBERS}/{bob}/invitation", who).status_code == status
