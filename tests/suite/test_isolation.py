"""Every route of the suite with somebody else's ids answers like a missing id, and changes nothing."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any

import pytest

from chassis.ids import new_key, public_id
from services.signing.consent import VERSION
from signet.demo.flow import PASSWORD, Demo, stamp_image
from signet.demo.http import Browser
from tests.identity.authenticator import Authenticator
from tests.suite.papers import reportlab_contract

pytestmark = pytest.mark.suite
METHODS = ("get", "post", "put", "patch", "delete")

# Parameters of paths, by the prefix of the ids they take.
PREFIXES = {
    "agreement_id": "agr", "ref": "agr", "document_id": "doc", "recipient_id": "rcp", "field": "fld",
    "signature_id": "sig", "session_id": "ses", "seal": "sea", "passkey_id": "psk", "login_id": "ext",
    "contact_id": "con", "template_id": "tpl", "member_id": "mem", "import_id": "imp", "order_id": "ord",
}  # fmt: skip
PLAIN = {"page": "0", "kind": "document", "which": "document", "message_id": "1"}
PICTURE = {"files": {"image": ("s.png", stamp_image("M"), "image/png")}}


@dataclass
class World:
    """What Alice has, by prefix, and the browser of Mallory, who wants it."""

    alice: Browser
    mallory: Browser
    foreign: dict[str, str]
    own: dict[str, str]
    paths: dict[str, dict[str, Any]]


def bodies(ids: dict[str, str]) -> dict[tuple[str, str], dict[str, Any]]:
    """A valid request for each route that takes a body; ``ids`` are put where it names something."""
    agreement, signing = "/api/v1/agreements/{agreement_id}", "/api/v1/signing/{ref}"
    field = {
        "recipient_id": ids["rcp"], "document_id": ids["doc"], "kind": "text", "page": 0, "x": 0.1, "y": 0.1,
        "width": 0.2, "height": 0.1,
    }  # fmt: skip
    recipient = {"id": ids["rcp"], "name": "Eve", "email": "eve@example.com", "position": 1}
    return {
        ("patch", agreement): {"json": {"title": "Taken over"}},
        ("post", f"{agreement}/documents"): {
            "files": {"file": ("x.pdf", io.BytesIO(reportlab_contract()), "application/pdf")}
        },
        ("put", f"{agreement}/documents/order"): {"json": {"document_ids": [ids["doc"]]}},
        ("put", f"{agreement}/recipients"): {"json": {"recipients": [recipient]}},
        ("put", f"{agreement}/fields"): {"json": {"fields": [field]}},
        ("post", f"{agreement}/void"): {"json": {"reason": "mine now"}},
        ("patch", f"{agreement}/recipients/{{recipient_id}}"): {"json": {"name": "Eve"}},
        ("post", f"{agreement}/correct"): {"json": {"message": "mine now"}},
        ("post", f"{signing}/reassign"): {"json": {"name": "Eve", "email": "eve@example.com"}},
        ("patch", "/api/v1/templates/{template_id}"): {"json": {"name": "Mine"}},
        ("put", f"{signing}/fields/{{field}}"): {"json": {"text": "hello"}},
        ("post", f"{signing}/checks/access-code"): {"json": {"code": "Blue42"}},
        ("post", f"{signing}/checks/email-code/verify"): {"json": {"code": "123456"}},
        ("post", f"{signing}/typed"): {"json": {"name": "Eve", "style": "caveat"}},
        ("post", f"{signing}/consent"): {"json": {"version": VERSION}},
        ("post", f"{signing}/decline"): {"json": {"reason": "no"}},
        ("patch", "/api/v1/account/signatures/{signature_id}"): {"json": {"default": True}},
        ("patch", "/api/v1/account/passkeys/{passkey_id}"): {"json": {"name": "Mine"}},
        ("patch", "/api/v1/workspace/members/{member_id}"): {"json": {"name": "Mine"}},
        ("post", "/api/v1/workspace/imports/{import_id}/files"): {
            "files": {"file": ("x.csv", b"Name,E-mail,Roles\r\nEve,eve@example.com,Admin\r\n", "text/csv")}
        },
        ("post", "/api/v1/session/providers/{name}"): {"json": {"purpose": "prove"}},
        ("patch", "/api/v1/seals/{seal}"): {"json": {"name": "Mine"}},
        ("put", "/api/v1/seals/{seal}/grants"): {"json": {"account_ids": []}},
        ("post", "/api/v1/seals/{seal}/grants"): {"json": {"account_ids": [public_id("acc", new_key())]}},
        ("post", "/api/v1/billing/orders/{order_id}/sandbox"): {"json": {"outcome": "paid"}},
    }


@pytest.fixture(scope="module")
def world(embedded) -> World:
    demo = Demo(embedded.url, embedded.mailbox, print)
    alice, sent, people = demo.prepare(reportlab_contract(), "secret.pdf", 2, True)
    alice.post(f"/api/v1/agreements/{sent}/send")
    mallory = demo.register("Mallory Roe", f"mallory-{new_key().hex}@evil.example", "US")
    mine = demo.draft(
        mallory, reportlab_contract(), "own.pdf", [type(people[0])("Eve", "eve@example.com", 1, "none")], True
    )
    return World(
        alice, mallory, belongings(alice, sent), belongings(mallory, mine), alice.get("/api/v1/openapi.json")["paths"]
    )


def belongings(person: Browser, agreement: str) -> dict[str, str]:
    """One id of each kind that belongs to a person; nothing is sold here, so no order is (see tests/billing)."""
    seen = person.get(f"/api/v1/agreements/{agreement}")
    seal = person.post("/api/v1/seals", None, files=PICTURE["files"], data={"name": "Seal"})
    signature = person.post("/api/v1/account/signatures", {"kind": "typed", "name": "A. Tan", "style": "caveat"})
    session = person.get("/api/v1/sessions")["sessions"][0]
    asked = person.post("/api/v1/account/passkeys/options", {"password": PASSWORD})["options"]
    made = Authenticator(origin=person.get("/api/v1/openapi.json")["servers"][0]["url"]).create(asked)
    template = person.post("/api/v1/templates", {"agreement_id": agreement, "name": "Ours"})
    contact = person.post("/api/v1/contacts", {"name": "Bob", "email": "bob@example.com"})
    member = person.get("/api/v1/workspace/members")["items"][0]
    list_ = person.post("/api/v1/workspace/imports", {"rows": [{"name": "Bob"}]})
    passkey = person.post("/api/v1/account/passkeys", {"name": "Phone", "credential": made})
    return {
        "agr": agreement, "doc": seen["documents"][0]["id"], "rcp": seen["recipients"][0]["id"],
        "fld": seen["fields"][0]["id"], "sea": seal["id"], "sig": signature["id"], "ses": session["session_id"],
        "psk": passkey["id"], "tpl": template["id"], "con": contact["id"], "ord": public_id("ord", new_key()),
        "mem": member["id"], "imp": list_["id"],
    }  # fmt: skip


def missing() -> dict[str, str]:
    return {prefix: public_id(prefix, new_key()) for prefix in {*PREFIXES.values()}}


def guarded(world: World) -> list[tuple[str, str]]:
    """Every operation whose path names something."""
    named = [(m, p) for p, item in world.paths.items() for m in METHODS if m in item and "{" in p]
    return [(m, p) for m, p in named if "/mailbox/" not in p]


def ask(browser: Browser, method: str, path: str, ids: dict[str, str], given: dict[str, str]) -> tuple[int, Any]:
    """The answer to a request with these ids in its path and, if it has one, its body."""
    values = {name: ids.get(PREFIXES.get(name, ""), PLAIN.get(name)) for name in re.findall(r"{(\w+)}", path)}
    options = bodies(given).get((method, path), {})
    if method == "post" and not options:
        options = {"json": {}}
    answer = browser.ask(method.upper(), path.format(**values), **options)
    return answer.status_code, answer.json() if answer.content else None


def test_every_route_answers_a_foreign_id_like_a_missing_one(world):
    before = everything(world)
    operations = guarded(world)
    assert len(operations) > 30
    for method, path in operations:
        nothing = missing()
        theirs = ask(world.mallory, method, path, world.foreign, world.foreign)
        none = ask(world.mallory, method, path, nothing, nothing)
        assert theirs == none, (method, path)
        assert theirs[0] == 404, (method, path, theirs)
    assert everything(world) == before


def test_a_foreign_id_below_an_own_one_answers_like_a_missing_one(world):
    before = everything(world)
    for method, path in guarded(world):
        names = [PREFIXES[n] for n in re.findall(r"{(\w+)}", path) if n in PREFIXES]
        for name in names if len(names) > 1 else []:
            nothing = missing()
            theirs = ask(world.mallory, method, path, {**world.own, name: world.foreign[name]}, world.own)
            none = ask(world.mallory, method, path, {**world.own, name: nothing[name]}, world.own)
            assert theirs == none, (method, path)
            assert theirs[0] in (403, 404, 409), (method, path, theirs)
    assert everything(world) == before


def recipients(ids: dict[str, str]) -> dict[str, Any]:
    return {"recipients": [{"id": ids["rcp"], "name": "E", "email": "e@x.org", "position": 1}]}


def fields(ids: dict[str, str]) -> dict[str, Any]:
    place = {"page": 0, "x": 0.1, "y": 0.1, "width": 0.2, "height": 0.1}
    return {"fields": [{"recipient_id": ids["rcp"], "document_id": ids["doc"], "kind": "text", **place}]}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("put", "/api/v1/agreements/{own[agr]}/documents/order", lambda ids: {"document_ids": [ids["doc"]]}),
        ("put", "/api/v1/agreements/{own[agr]}/recipients", recipients),
        ("put", "/api/v1/agreements/{own[agr]}/fields", fields),
        ("post", "/api/v1/agreements/decline", lambda ids: {"ids": [ids["agr"]], "reason": "x"}),
        ("post", "/api/v1/templates", lambda ids: {"agreement_id": ids["agr"], "name": "Mine"}),
        ("post", "/api/v1/agreements/void", lambda ids: {"ids": [ids["agr"]], "reason": "x"}),
        ("put", "/api/v1/account/preferences", lambda ids: {"default_workspace_id": ids["wsp"]}),
        ("put", "/api/v1/session/workspace", lambda ids: {"workspace_id": ids["wsp"]}),
    ],
)
def test_a_foreign_id_in_a_body_answers_like_a_missing_one(world, method, path, body):
    before = everything(world)
    foreign = {**world.foreign, "wsp": world.alice.get("/api/v1/session")["workspace"]["workspace_id"]}
    nothing = {**missing(), "wsp": "SGSPzzzzzzzzzzzzzz"}
    theirs, none = (
        world.mallory.ask(method.upper(), path.format(own=world.own), json=body(ids)) for ids in (foreign, nothing)
    )
    scrub = lambda answer, ids: re.sub("|".join(map(re.escape, ids.values())), "ID", answer.text)  # noqa: E731
    assert theirs.status_code == none.status_code
    assert scrub(theirs, foreign) == scrub(none, nothing)
    assert everything(world) == before


def everything(world: World) -> list[Any]:
    """What Alice sees of hers."""
    ids, alice = world.foreign, world.alice
    return [
        alice.get(f"/api/v1/agreements/{ids['agr']}"), alice.get(f"/api/v1/agreements/{ids['agr']}/history"),
        alice.get("/api/v1/agreements"), alice.get("/api/v1/seals"), alice.get(f"/api/v1/seals/{ids['sea']}/grants"),
        alice.get("/api/v1/account"), alice.get("/api/v1/account/signatures"), alice.get("/api/v1/billing"),
        alice.get("/api/v1/workspace"), alice.get("/api/v1/templates"), alice.get("/api/v1/contacts"),
        alice.get("/api/v1/workspace/members"),
        len(alice.get("/api/v1/sessions")["sessions"]),
    ]  # fmt: skip
