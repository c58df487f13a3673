"""The people somebody sends to: kept when they were sent to, or added by hand; and lists of them that are pasted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from marshmallow import ValidationError
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from chassis.database import database_now
from chassis.ids import new_key
from chassis.problem import not_found
from chassis.service import Runtime
from chassis.tokens import Principal
from chassis.validation import EmailAddress, Line
from services.agreement.models import Agreement, Contact
from services.agreement.shelves import searchable

ADDRESS = re.compile(r"[^\s<>,;，；、()（）\"]+@[^\s<>,;，；、()（）\"]+")
AROUND = " \t<>,;，；、()（）\"'|"
Person = Mapping[str, str]


def remember(session: Session, workspace: UUID, account: UUID, people: Sequence[Person]) -> None:
    """Keep people (name, email, language), the newest name for an address; two at once do not meet."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    now = database_now(session)
    for one in sorted(people, key=lambda person: person["email"]):
        told = {
            "name": one["name"], "language": one["language"], "used_at": now,
            "search": searchable(f"{one['name']}\n{one['email']}"),
        }  # fmt: skip
        whose = {"id": new_key(), "workspace_id": workspace, "account_id": account, "email": one["email"]}
        new = dialect.insert(Contact).values(**whose, **told)
        session.execute(new.on_conflict_do_update(index_elements=["workspace_id", "account_id", "email"], set_=told))


def remember_recipients(session: Session, agreement: Agreement) -> None:
    """Keep whom the initiator has sent an agreement to."""
    people = [{"name": one.name, "email": one.email, "language": one.language} for one in agreement.recipients]
    others = [one for one in people if one["email"] != agreement.initiator_email]
    remember(session, agreement.workspace_id, agreement.initiator_id, others)


def found(session: Session, who: Principal, text: str, limit: int) -> list[Contact]:
    """Somebody's own contacts in the present workspace, who was sent to last first."""
    wanted = select(Contact).where(Contact.workspace_id == who.workspace, Contact.account_id == who.account)
    if text:
        wanted = wanted.where(Contact.search.contains(searchable(text), autoescape=True))
    return list(session.scalars(wanted.order_by(Contact.used_at.desc(), Contact.email).limit(limit)))


def add(runtime: Runtime, who: Principal, person: Person) -> Contact:
    """Keep somebody by hand; an address that is kept already gets the new name."""
    assert who.workspace is not None
    with runtime.db.transaction(who.workspace) as session:
        remember(session, who.workspace, who.account, [person])
        mine = (Contact.account_id == who.account) & (Contact.email == person["email"])
        return session.scalars(select(Contact).where(mine)).one()


def remove(runtime: Runtime, who: Principal, key: UUID | None) -> None:
    """Forget one of somebody's own contacts; raises not_found."""
    assert who.workspace is not None
    with runtime.db.transaction(who.workspace) as session:
        mine = (Contact.id == key) & (Contact.account_id == who.account)
        if session.scalars(delete(Contact).where(mine).returning(Contact.id)).one_or_none() is None:
            raise not_found()


def parse(text: str) -> tuple[list[Person], list[dict[str, Any]]]:
    """People from pasted lines such as ``Bob Lim <bob@example.com>``, ``name, address`` or ``address``.

    The second list tells the lines that name nobody: ``line`` counts from 1, ``code`` is address_missing,
    address_wrong, name_wrong or twice.
    """
    people: dict[str, Person] = {}
    wrong = []
    rows = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in rows:
        person, code = _person(line)
        if person and person["email"] in people:
            code = "twice"
        if code:
            wrong.append({"line": number, "text": line.strip()[:200], "code": code})
        elif person:
            people[person["email"]] = person
    return list(people.values()), wrong


def _person(line: str) -> tuple[Person | None, str | None]:
    address = ADDRESS.search(line)
    if address is None:
        return None, "address_missing"
    try:
        email = EmailAddress().deserialize(address[0])
    except ValidationError:
        return None, "address_wrong"
    rest = f"{line[: address.start()]} {line[address.end() :]}"
    name = re.sub(r"[\t,;，；|]+", " ", rest).strip(AROUND)
    try:
        return {
            "name": Line(longest=100).deserialize(" ".join(name.split()) or email.split("@")[0]),
            "email": email,
        }, None
    except ValidationError:
        return None, "name_wrong"
