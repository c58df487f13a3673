"""What Alice and the others find in their lists."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from chassis.ids import new_key, public_id
from tests.agreement.desk import BOB, CAROL, at
from tests.agreement.test_ending import completed
from tests.service_kit import user


def counts(desk, who=None) -> dict[str, int]:
    found = desk.ok(desk.call("GET", "/counts", who=who))
    return {name: number for name, number in found.items() if number}


def test_each_category_counts_and_lists_the_same(any_desk):
    desk = any_desk
    draft, open_, soon, done, locked = (
        desk.start(), desk.sent(), desk.sent(deadline=at(60)), completed(desk), desk.sent(),
    )  # fmt: skip
    desk.tell("signing.locked.v1", locked)
    expected = {
        "all": [locked, done, soon, open_, draft], "sent": [locked, done, soon, open_], "completed": [done],
        "waiting_for_others": [locked, soon, open_], "expiring_soon": [soon], "verification_failed": [locked],
        "drafts": [draft],
    }  # fmt: skip
    assert {name: desk.listed(category=name) for name in expected} == expected
    assert counts(desk) == {name: len(keys) for name, keys in expected.items()}
    assert desk.listed(category="inbox") == desk.listed(category="action_required") == []


def test_bob_finds_what_he_received_after_the_invitation(any_desk):
    desk = any_desk
    bob = desk.account("bob@example.com")
    key = desk.sent(BOB, CAROL)
    assert desk.listed(bob) == [] and desk.call("GET", f"/{key}", who=bob).status_code == 404
    desk.tell("signing.invited.v1", key, 0)
    for category in ("all", "inbox", "action_required"):
        assert desk.listed(bob, category=category) == [key]
    assert desk.show(key, bob)["actions"] == ["sign", "decline"]
    desk.tell("signing.signed.v1", key, 0)
    assert counts(desk, bob) == {"all": 1, "inbox": 1, "waiting_for_others": 1}
    assert desk.show(key, bob)["actions"] == [] and desk.show(key, bob)["fields"] == []


def test_bob_finds_what_came_before_he_had_an_account(desk):
    key = desk.sent()
    desk.tell("signing.invited.v1", key)
    bob = desk.account("bob@example.com")
    assert desk.listed(bob, category="inbox") == [key]


def test_what_bob_received_follows_his_default_workspace(desk):
    bob = desk.account("bob@example.com")
    key = desk.sent()
    desk.tell("signing.invited.v1", key)
    other = new_key()
    there = user(bob.account, other, email=bob.email)
    desk.join(there)
    for sequence, workspace in ((2, other), (3, bob.workspace)):
        desk.deliver(
            "identity.account_changed.v1", bob.account, sequence, account_id=bob.subject, email=bob.email,
            name=bob.name, default_workspace_id=str(workspace),
        )  # fmt: skip
        assert (desk.listed(there), desk.listed(bob)) == (([key], []) if workspace == other else ([], [key]))


def test_a_default_workspace_that_was_left_is_not_used(desk):
    bob = desk.account("bob@example.com")
    data = {"account_id": bob.subject, "email": bob.email, "default_workspace_id": str(new_key())}
    desk.deliver("identity.account_changed.v1", bob.account, 2, **data)
    key = desk.sent()
    desk.tell("signing.invited.v1", key)
    assert desk.listed(bob) == [key]


def test_a_colleague_finds_it_in_the_senders_workspace(desk):
    bob = desk.account("bob@example.com")
    key = desk.sent()
    desk.tell("signing.invited.v1", key)
    inside = user(bob.account, desk.alice.workspace, roles=("initiator",), email=bob.email)
    assert desk.listed(inside) == []
    desk.join(inside)
    assert desk.listed(inside) == [key] and desk.listed(bob) == []


def test_a_changed_address_takes_its_agreements_along(desk):
    bob = desk.account("bob@example.com")
    old, new = desk.sent(BOB), desk.sent(("Bob", "robert@example.com"))
    for key in (old, new):
        desk.tell("signing.invited.v1", key)
    data = {"account_id": bob.subject, "email": "robert@example.com", "name": "Bob", "default_workspace_id": None}
    desk.deliver("identity.account_changed.v1", bob.account, 2, **data)
    assert desk.listed(bob) == [new]


def test_an_admin_sees_all_and_an_initiator_their_own(desk):
    ivan = user(workspace=desk.alice.workspace, roles=("initiator",), email="ivan@example.com")
    hers, his = desk.sent(), desk.sent(who=ivan)
    assert desk.listed() == [his, hers] and desk.listed(category="sent") == [hers]
    assert desk.listed(ivan) == [his] and desk.call("GET", f"/{hers}", who=ivan).status_code == 404


def test_an_admin_who_signs_too_finds_it_once(desk):
    desk.join(desk.alice)
    data = {"account_id": desk.alice.subject, "email": desk.alice.email, "name": "Alice Tan"}
    desk.deliver("identity.account_registered.v1", desk.alice.account, **data)
    key = desk.sent(("Alice Tan", "alice@example.com"), BOB)
    desk.tell("signing.invited.v1", key, 0)
    assert counts(desk) == {"all": 1, "inbox": 1, "sent": 1, "action_required": 1}


def test_pages_stay_where_they_were_while_agreements_come_and_go(any_desk):
    desk = any_desk
    keys = [desk.start(title=f"No {n}") for n in range(7)][::-1]
    first = desk.ok(desk.call("GET", query_string={"limit": 3}))
    assert [row["id"] for row in first["agreements"]] == keys[:3]
    desk.start()
    desk.call("DELETE", f"/{keys[2]}")
    second = desk.ok(desk.call("GET", query_string={"limit": 3, "cursor": first["cursor"]}))
    third = desk.ok(desk.call("GET", query_string={"limit": 3, "cursor": second["cursor"]}))
    assert [row["id"] for page in (second, third) for row in page["agreements"]] == keys[3:]
    assert third["cursor"] is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({"cursor": "x"}, "cursor_invalid"), ({"limit": 0}, "validation_failed"), ({"limit": 101}, "validation_failed"),
        ({"category": "x"}, "validation_failed"), ({"created_from": "2026-01-01"}, "validation_failed"),
        ({"created_from": "2026-01-01T00:00:00"}, "validation_failed"), ({"q": "a\x00"}, "validation_failed"),
        ({"initiator": "x"}, "validation_failed"), ({"completed_to": "0001-01-01T00:00:00+14:00"}, "validation_failed"),
    ],
)  # fmt: skip
def test_wrong_queries_are_refused(desk, query, code):
    answer = desk.call("GET", query_string=query)
    assert (answer.status_code, answer.get_json()["code"]) == (422, code)


def test_filters_narrow_a_list(any_desk):
    desk = any_desk
    ivan = user(workspace=desk.alice.workspace, roles=("initiator",), email="ivan@example.com")
    his, done, open_ = desk.start(ivan), completed(desk), desk.sent()
    assert desk.listed(initiator=public_id("acc", ivan.account)) == [his]
    assert desk.listed(status="completed") == [done] and desk.listed(status="sent") == [open_]
    assert desk.listed(created_from=at(-5)) == [open_, done, his] and desk.listed(created_from=at(5)) == []
    assert desk.listed(created_to=at(-5)) == [] and desk.listed(created_to=at(5)) == [open_, done, his]
    assert desk.listed(completed_from=at(-5), completed_to=at(5)) == [done] and desk.listed(completed_from=at(5)) == []


def test_a_part_of_a_title_or_name_is_found(any_desk):
    desk = any_desk
    desk.start(title="Annex axb 100")
    key = desk.start(title="Lease 2026 租赁合同 100% a_b \\ Größe")
    desk.put_people(key, CAROL)
    for text in ("LEASE", "ase 20", "小明", "租赁", "100%", "a_b", "GRÖSSE", "größe", "\\"):
        assert desk.listed(q=text) == [key], text


def test_an_invitation_and_a_registration_at_the_same_moment_meet(any_desk):
    desk = any_desk
    for n in range(6):
        email = f"n{n}@example.com"
        key = desk.start()
        desk.put_people(key, ("N", email))
        with ThreadPoolExecutor(2) as pool:
            invited = pool.submit(desk.tell, "signing.invited.v1", key, 0, email=email)
            person = pool.submit(desk.account, email).result()
            invited.result()
        assert desk.listed(person) == [key]


def test_the_initiators_somebody_can_filter_by_are_those_of_what_they_see(any_desk):
    desk = any_desk
    told = {"account_id": desk.alice.subject, "email": desk.alice.email, "name": "Alice Tan-Lim"}
    desk.deliver("identity.account_registered.v1", desk.alice.account, **told)
    ivan = user(workspace=desk.alice.workspace, roles=("initiator",), email="ivan@example.com", name="Ivan")
    bob = desk.account("bob@example.com")
    key = desk.sent(BOB)
    desk.start(), desk.start(ivan), desk.start(ivan), desk.start(bob)
    desk.tell("signing.invited.v1", key, 0)
    names = {
        who.email: [one["name"] for one in desk.ok(desk.call("GET", "/initiators", who=who))["initiators"]]
        for who in (desk.alice, ivan, bob)
    }
    assert names == {
        desk.alice.email: ["Alice Tan-Lim", "Ivan"],
        ivan.email: ["Ivan"],
        bob.email: ["Alice Tan-Lim", "Bob Lim"],
    }
