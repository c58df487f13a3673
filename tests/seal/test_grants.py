"""Only those who are authorised, enabled, and not withdrawn may use a seal; every use is recorded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from chassis.database import EVERYONE
from chassis.ids import new_key, parse_public_id, public_id
from services.seal.models import SealUse
from tests.seal.desk import Desk
from tests.service_kit import user


def uses(desk: Desk) -> list[SealUse]:
    with desk.db.read(EVERYONE) as session:
        return list(session.scalars(select(SealUse)))


def test_a_granted_member_uses_a_seal_and_the_use_is_recorded_once(desk: Desk) -> None:
    bob, seal, agreement, field = desk.member(), desk.seal(), new_key(), new_key()
    desk.grant(seal, bob)
    first, second = (desk.use(seal, bob, agreement, field) for _ in range(2))
    assert first.status_code == 200
    assert first.json["seals"] == second.json["seals"] == desk.granted(bob)
    assert first.json["seals"][0]["public_id"] == seal
    (use,) = uses(desk)
    assert (use.account_id, use.agreement_id, use.field_id) == (bob.account, agreement, field)


def test_many_stamps_in_one_agreement_are_told_once_and_logged_each(desk: Desk) -> None:
    bob, seal, agreement = desk.member(), desk.seal(), new_key()
    desk.grant(seal, bob)
    for _ in range(3):
        desk.use(seal, bob, agreement)
    desk.use(seal, bob)
    assert len(uses(desk)) == 4
    told = desk.kit.emitted("seal.used.v1")
    assert [(one.data["agreement_id"] == str(agreement), one.data["by"]["email"]) for one in told] == [
        (True, "bob@example.com"), (False, "bob@example.com"),
    ]  # fmt: skip


def test_twins_of_one_use_are_recorded_once(desk: Desk) -> None:
    bob, seal, agreement, field = desk.member(), desk.seal(), new_key(), new_key()
    desk.grant(seal, bob)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: desk.use(seal, bob, agreement, field).status_code, range(6)))
    assert (set(answers), len(uses(desk))) == ({200}, 1)


def test_who_was_not_granted_is_refused(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    answer = desk.use(seal, bob)
    assert (answer.status_code, answer.json["code"]) == (403, "seal_not_granted")
    assert desk.use(public_id("sea", new_key()), bob).status_code == 403
    assert uses(desk) == []


def test_withdrawal_works_at_once_even_for_a_field_already_stamped(desk: Desk) -> None:
    bob, seal, agreement, field = desk.member(), desk.seal(), new_key(), new_key()
    desk.grant(seal, bob)
    assert desk.use(seal, bob, agreement, field).status_code == 200
    assert desk.grant(seal).json == {"members": []}
    assert desk.granted(bob) == []
    assert desk.use(seal, bob, agreement, field).status_code == 403


def test_a_disabled_member_loses_every_seal_at_once(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    desk.grant(seal, bob)
    desk.tell_member(bob.account, "disabled", 2)
    assert desk.granted(bob) == []
    assert desk.use(seal, bob).status_code == 403
    assert desk.get("/seals", bob).json["total"] == 0


def test_a_removed_member_who_returns_has_no_seal(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    desk.grant(seal, bob)
    desk.tell_member(bob.account, "removed", 2)
    desk.tell_member(bob.account, "enabled", 1, member=new_key())
    assert desk.granted(bob) == []


def test_what_was_told_earlier_but_arrives_later_changes_nothing(desk: Desk) -> None:
    account, seal = new_key(), desk.seal()
    bob = user(account, desk.workspace)
    desk.tell_member(account, "disabled", 3)
    desk.tell_member(account, "enabled", 2)
    desk.tell_member(account, "enabled", 1)
    assert desk.grant(seal, bob).status_code == 422
    desk.tell_member(account, "enabled", 4)
    desk.tell_member(account, "disabled", 3)
    assert desk.grant(seal, bob).status_code == 200
    assert desk.use(seal, bob).status_code == 200


def test_seals_are_granted_only_to_enabled_members_of_the_workspace(desk: Desk) -> None:
    seal, stranger, pending = desk.seal(), new_key(), new_key()
    desk.tell_member(pending, "pending")
    desk.tell_member(stranger, workspace=new_key())
    for account in (new_key(), stranger, pending):
        answer = desk.grant(seal, user(account))
        assert (answer.status_code, answer.json["code"]) == (422, "member_not_enabled")
    assert desk.get(f"/seals/{seal}/grants").json == {"members": []}


def test_alice_sees_who_is_authorised(desk: Desk) -> None:
    bob, carol, seal = desk.member(), desk.member(), desk.seal()
    shown = desk.grant(seal, bob, carol, bob).json["members"]
    assert {member["account_id"] for member in shown} == {public_id("acc", who.account) for who in (bob, carol)}
    assert desk.grant(seal, carol).json == {"members": [member for member in shown if _is(member, carol.account)]}
    desk.tell_member(carol.account, "disabled", 2)
    assert [member["status"] for member in desk.get(f"/seals/{seal}/grants").json["members"]] == ["disabled"]
    assert desk.grant(seal, carol, bob).status_code == 200


def test_grants_of_two_workspaces_stay_apart(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    desk.grant(seal, bob)
    desk.tell_member(bob.account, "disabled", 1, member=new_key(), workspace=new_key())
    assert len(desk.granted(bob)) == 1


def _is(member: dict, account: object) -> bool:
    return parse_public_id("acc", member["account_id"]) == account
