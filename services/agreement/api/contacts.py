"""Routes of the contacts."""

from __future__ import annotations

from typing import Any

from flask_smorest import Blueprint

from chassis.access import access, principal, runtime
from chassis.ids import parse_public_id, public_id
from chassis.tokens import Kind
from contracts.rights import Right
from services.agreement import contacts as verbs
from services.agreement.models import Contact
from services.agreement.schemas import ContactQuery, NewContact, Pasted
from services.agreement.views import ContactsView, ContactView, PastedView

contacts = Blueprint("contacts", __name__, url_prefix="/api/v1/contacts", description="People one sends to")


@contacts.get("")
@contacts.arguments(ContactQuery, location="query")
@contacts.response(200, ContactsView)
@access(Kind.USER, right=Right.USE_CONTACTS)
def show(query: dict[str, Any]) -> Any:
    """The caller's own contacts in this workspace, who was sent to last first; `q` searches name and address."""
    who = principal()
    assert who.workspace is not None
    with runtime().db.read(who.workspace) as session:
        return {"contacts": [_view(one) for one in verbs.found(session, who, query["q"], query["limit"])]}


@contacts.post("")
@contacts.arguments(NewContact)
@contacts.response(201, ContactView)
@access(Kind.USER, right=Right.USE_CONTACTS)
def add(values: dict[str, str]) -> Any:
    """Keep somebody; an address that is kept already gets the new name."""
    return _view(verbs.add(runtime(), principal(), values))


@contacts.delete("/<contact_id>")
@contacts.response(204)
@access(Kind.USER, right=Right.USE_CONTACTS)
def remove(contact_id: str) -> None:
    """Forget somebody."""
    verbs.remove(runtime(), principal(), parse_public_id("con", contact_id))


@contacts.post("/parse")
@contacts.arguments(Pasted)
@contacts.response(200, PastedView)
@access(Kind.USER, right=Right.USE_CONTACTS)
def parse(values: dict[str, str]) -> Any:
    """People from pasted lines: `Name <address>`, `name, address` (or by tab), or an address; keeps nothing."""
    people, wrong = verbs.parse(values["text"])
    return {"people": people, "wrong": wrong}


def _view(one: Contact) -> dict[str, Any]:
    return {
        "id": public_id("con", one.id), "name": one.name, "email": one.email, "language": one.language,
        "used_at": one.used_at.isoformat(),
    }  # fmt: skip
