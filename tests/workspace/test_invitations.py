"""Alice invites Bob: the mail's link, accepting it, sending it again, taking it back, and the seat it takes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chassis.database import EVERYONE
from chassis.ids import new_key, parse_public_id
from services.billing.models import Seat
from tests.servers import Postgres
from tests.service_kit import service, user
from tests.workspace.office import INVITATIONS, MEMBERS, Office

BOB = new_key()
LONG_AGO = datetime.now(UTC) - timedelta(minutes=5)


def bob(email: str = "bob@example.com") -> object:
    return user(BOB, new_key(), (), email, "Bob Lim")


def test_bob_is_invited_and_has_a_seat(office: Office) -> None:
    made = office.add("bob@example.com", language="zh-Hant")
    assert made.status_code == 201
    assert (made.json["status"], made.json["kind"], made.json["account_id"]) == ("pending", "human", None)
    told = office.kit.emitted("workspace.member_invited.v1")[-1].data
    assert (told["language"], told["inviter_name"], told["again"]) == ("zh-Hant", "Alice Tan", False)
    office.tell_billing()
    assert office.seats() == (5, 2)
    shown = office.ask("GET", f"{INVITATIONS}/{office.link()}", bob()).json
    assert (shown["workspace"], shown["state"], shown["has_account"]) == ("Alice Tan's workspace", "open", False)


def test_the_invitation_is_written_in_the_language_of_the_account(office: Office) -> None:
    office.register(BOB, "王小明", "bob@example.com", language="zh-Hans")
    office.add("bob@example.com", language="zh-Hant")
    assert office.kit.emitted("workspace.member_invited.v1")[-1].data["language"] == "zh-Hans"


def test_nobody_is_added_twice(office: Office) -> None:
    assert office.add("bob@example.com").status_code == 201
    for email in ("bob@example.com", "BOB@example.com", "alice@example.com"):
        assert office.add(email).json["code"] == "member_exists"
    office.tell_billing()
    assert office.seats() == (5, 2)


def test_a_mailbox_has_one_spelling(office: Office) -> None:
    assert office.add("Jörg@Müller.example").json["email"] == "jörg@müller.example"
    for email in ("jo\u0308rg@mu\u0308ller.example", "jörg@xn--mller-kva.example", "JÖRG@XN--MLLER-KVA.example"):
        assert office.add(email).json["code"] == "member_exists"
    assert office.add("a@xn--\uff65.example").status_code == 422
    for unseen in ("\u2028", "\u202e", "\u200b"):
        label = f"b{unseen}c".encode("punycode").decode()
        assert office.add(f"a@xn--{label}.example").status_code == 422


def test_bob_logs_in_with_the_invited_address_and_accepts(office: Office) -> None:
    office.register(BOB, "Bob Lim", "bob@example.com")
    office.add("bob@example.com")
    (mine,) = office.ask("GET", INVITATIONS, bob()).json["invitations"]
    assert office.ask("POST", f"{INVITATIONS}/{mine['id']}/accept", bob()).json["workspace"] == mine["workspace"]
    joined = office.kit.emitted("workspace.member_joined.v1")[-1].data
    assert (joined["account_id"], joined["status"], joined["roles"]) == (str(BOB), "enabled", ["initiator"])
    assert office.ask("GET", INVITATIONS, bob()).json["invitations"] == []
    again = office.ask("POST", f"{INVITATIONS}/{office.link()}/accept", bob())
    assert again.status_code == 200
    assert len(office.kit.emitted("workspace.member_joined.v1")) == 3
    assert office.ask("GET", f"{INVITATIONS}/{office.link()}", bob()).json["state"] == "accepted"
    office.tell_billing()
    assert office.seats() == (5, 2)


def test_another_account_is_told_that_it_is_not_meant(office: Office) -> None:
    made = office.add("bob@example.com").json
    eve = bob("eve@example.com")
    assert office.ask("POST", f"{INVITATIONS}/{office.link()}/accept", eve).json["code"] == "invitation_for_other"
    by_id = f"{INVITATIONS}/{made['id'].replace('mem_', 'inv_')}/accept"
    assert office.ask("POST", by_id, eve).json["code"] == "invitation_over"
    assert office.ask("GET", INVITATIONS, eve).json["invitations"] == []


def test_who_has_no_account_joins_by_the_gateways_word(office: Office) -> None:
    office.add("bob@example.com")
    gateway, token = service("gateway"), {"token": office.link()}
    look = office.kit.request("POST", "/internal/invitations/look", gateway, json=token)
    assert look.json == {"email": "bob@example.com", "name": "Bob Lim", "region": "SG"}
    person = {**token, "account_id": str(BOB), "email": "bob@example.com", "name": "Bob Lim"}
    assert office.kit.request("POST", "/internal/invitations/join", gateway, json=person).status_code == 204
    workspaces = len(office.kit.emitted("workspace.created.v1"))
    told = {"account_id": str(BOB), "email": "bob@example.com", "name": "Bob Lim", "own_workspace": False}
    office.kit.deliver("identity.account_registered.v1", BOB, **told)
    assert len(office.kit.emitted("workspace.created.v1")) == workspaces
    assert [one["name"] for one in office.ask("GET", "/api/v1/workspaces", bob()).json["workspaces"]] == [
        "Alice Tan's workspace"
    ]


def test_an_invitation_sent_again_replaces_the_one_before(office: Office) -> None:
    member = office.add("bob@example.com").json["id"]
    first = office.link()
    soon = office.ask("POST", f"{MEMBERS}/{member}/invitation")
    assert (soon.status_code, soon.json["code"]) == (429, "invitation_too_soon")
    office.age_invitations(sent_at=LONG_AGO, expires_at=LONG_AGO)
    assert office.ask("GET", f"{INVITATIONS}/{first}", bob()).json["state"] == "expired"
    assert office.ask("POST", f"{INVITATIONS}/{first}/accept", bob()).json["code"] == "invitation_expired"
    (row,) = office.ask("GET", f"{MEMBERS}?status=pending").json["items"]
    assert row["invitation"]["expired"] is True
    again = office.ask("POST", f"{MEMBERS}/{member}/invitation")
    assert again.json["invitation"]["expired"] is False
    assert office.kit.emitted("workspace.member_invited.v1")[-1].data["again"] is True
    assert office.ask("GET", f"{INVITATIONS}/{first}", bob()).json["code"] == "invitation_over"
    assert office.ask("GET", f"{INVITATIONS}/{office.link()}", bob()).json["state"] == "open"


def test_an_invitation_is_taken_back_and_its_seat_is_free(office: Office) -> None:
    member = office.add("bob@example.com").json["id"]
    assert office.ask("DELETE", f"{MEMBERS}/{member}/invitation").status_code == 204
    assert office.ask("GET", f"{INVITATIONS}/{office.link()}", bob()).json["code"] == "invitation_over"
    assert office.ask("DELETE", f"{MEMBERS}/{member}/invitation").status_code == 404
    assert office.seats()[1] == 1
    office.tell_billing()
    assert office.seats()[1] == 1
    assert office.add("bob@example.com").status_code == 201


def test_with_no_seat_left_nobody_is_added(office: Office) -> None:
    office.seats(2)
    assert office.add("bob@example.com").status_code == 201
    refused = office.add("carol@example.com")
    assert (refused.status_code, refused.json["code"]) == (402, "no_seat_left")
    assert office.ask("GET", f"{MEMBERS}?search=carol").json["total"] == 0


def test_two_admins_race_for_the_last_seat_and_one_wins(tmp_path: Path, postgres: Postgres) -> None:
    office = Office(tmp_path, (postgres.create_database("race_workspace"), postgres.create_database("race_billing")))
    for turn in range(40):
        office.seats(2 + turn)
        with ThreadPoolExecutor(2) as pool:
            answers = list(pool.map(lambda n, t=turn: office.add(f"m{t}-{n}@example.com").status_code, range(2)))
        assert sorted(answers) == [201, 402]
        assert office.seats() == (2 + turn, 2 + turn)
    office.tell_billing()
    assert office.seats() == (41, 41)
    office.close()


def test_a_seat_nobody_took_is_free_again_and_a_members_is_not(office: Office) -> None:
    member = office.add("bob@example.com").json["id"]
    lost = {"member_id": str(new_key()), "workspace_id": str(office.id)}
    assert office.billing.request("POST", "/internal/seats", service("workspace"), json=lost).status_code == 201
    with office.billing.runtime.db.transaction(EVERYONE) as session:
        session.query(Seat).update({"taken_at": datetime.now(UTC) - timedelta(hours=1)})
    office.billing.turn("release_stale_seats")
    assert office.seats()[1] == 2
    with office.billing.runtime.db.read(EVERYONE) as session:
        assert session.get_one(Seat, parse_public_id("mem", member)).released_at is None


def test_older_words_about_a_member_do_not_free_the_seat(office: Office) -> None:
    member, mine = new_key(), {"workspace_id": str(office.id)}
    ask = {"member_id": str(member), **mine, "version": 4}
    assert office.billing.request("POST", "/internal/seats", service("workspace"), json=ask).status_code == 201
    told = {"member_id": str(member), **mine, "status": "disabled"}
    office.billing.deliver("workspace.member_changed.v1", member, 3, office.id, **told)
    assert office.seats()[1] == 2
    office.billing.deliver("workspace.member_changed.v1", member, 5, office.id, **told)
    assert office.seats()[1] == 1


def test_only_an_admin_invites(office: Office) -> None:
    someone = user(new_key(), office.id, ("initiator",))
    form = {"name": "Eve", "email": "eve@example.com", "roles": ["admin"]}
    assert office.ask("POST", MEMBERS, someone, json=form).status_code == 403
    member = office.add("bob@example.com").json["id"]
    assert office.ask("DELETE", f"{MEMBERS}/{member}/invitation", someone).status_code == 403
    other = user(new_key(), new_key())
    assert office.ask("DELETE", f"{MEMBERS}/{member}/invitation", other).status_code == 404
