"""Keys and certificates are made once, kept safe, and an installation that cannot sign does not start."""

from __future__ import annotations

import base64
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.serialization import load_der_private_key
from sqlalchemy import select, text, update

from chassis.database import EVERYONE, Database
from chassis.settings import BadSettings
from services.seal.app import service
from services.seal.keys import WrongSecret
from services.seal.keys.database import DatabaseKeys
from services.seal.models import Certificate, SigningKey
from tests.seal.desk import Desk
from tests.service_kit import Kit

NOW = datetime.now(UTC)


def start(folder: Path, url: str, **env: str) -> Desk:
    """Start one replica; the caller closes it by `close`."""
    return Desk(Kit("seal", folder, url, **env))


def close(*desks: Desk) -> None:
    for desk in desks:
        desk.db.engine.dispose()


def root_of(desk: Desk) -> bytes:
    return desk.kit.request("GET", "/api/v1/certificates/root").data


def end_certificate(desk: Desk, credential: str, ends: datetime) -> None:
    with desk.db.transaction(EVERYONE) as session:
        session.execute(update(Certificate).where(Certificate.credential == credential).values(not_after=ends))


def leaf(desk: Desk) -> x509.Certificate:
    found = desk.ask("credentials/info", credentialID="platform").json["cert"]["certificates"][0]
    return x509.load_der_x509_certificate(base64.b64decode(found))


def test_replicas_starting_at_once_make_one_root_and_one_platform_certificate(
    tmp_path: Path, database_url: str
) -> None:
    first = start(tmp_path, database_url)
    with first.db.transaction(EVERYONE) as session:
        session.execute(text("delete from certificate where credential <> 'root'"))
        session.execute(text("delete from certificate"))
        session.execute(text("delete from signing_key"))
    with ThreadPoolExecutor(6) as pool:
        runtimes = list(pool.map(lambda _: service.start(first.kit.runtime.settings), range(6)))
    with first.db.read(EVERYONE) as session:
        made = session.scalars(select(Certificate.credential).order_by(Certificate.credential)).all()
        keys = session.scalars(select(SigningKey.id)).all()
    for runtime in runtimes:
        runtime.db.engine.dispose()
    close(first)
    assert (list(made), len(keys)) == (["platform", "root", "tsa"], 3)


def test_a_second_start_finds_the_same_root(tmp_path: Path, database_url: str) -> None:
    desks = [start(tmp_path, database_url) for _ in range(2)]
    assert root_of(desks[0]) == root_of(desks[1])
    close(*desks)


def test_the_roots_of_two_installations_have_different_names(tmp_path: Path) -> None:
    desks = []
    for name in ("one", "other"):
        (folder := tmp_path / name).mkdir()
        desks.append(Desk(Kit("seal", folder)))
    one, other = (x509.load_pem_x509_certificate(desk.get("/certificates/root").data) for desk in desks)
    assert one.subject != other.subject
    close(*desks)


def test_many_first_users_of_a_workspace_get_one_certificate(desk: Desk) -> None:
    key = desk.workspace
    desk.tell_workspace(key)
    with desk.db.transaction(EVERYONE) as session:
        session.execute(text("delete from certificate where credential like 'workspace:%'"))
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: desk.order_credential().status_code, range(8)))
    with desk.db.read(EVERYONE) as session:
        made = session.scalars(select(Certificate).where(Certificate.credential == f"workspace:{key}")).all()
    assert (set(answers), len(made)) == ({200}, 1)


def test_a_stolen_database_holds_no_usable_key(desk: Desk) -> None:
    with desk.db.read(EVERYONE) as session:
        rows = session.scalars(select(SigningKey)).all()
        thief = DatabaseKeys(Fernet.generate_key().decode())
        for row in rows:
            with pytest.raises(ValueError):
                load_der_private_key(row.sealed, None)
            with pytest.raises(WrongSecret):
                thief.load(session, str(row.id))
    assert len(rows) == 3


def test_a_key_moved_to_another_row_does_not_open(desk: Desk) -> None:
    with desk.db.transaction(EVERYONE) as session:
        one, other, _ = session.scalars(select(SigningKey))
        one.sealed = other.sealed
        session.flush()
        with pytest.raises(WrongSecret):
            desk.kit.runtime.parts.keys.load(session, str(one.id))


def test_with_another_secret_it_does_not_start(tmp_path: Path, database_url: str) -> None:
    close(start(tmp_path, database_url))
    with pytest.raises(BadSettings, match="SECRET_KEY is wrong"):
        start(tmp_path, database_url, SECRET_KEY=Fernet.generate_key().decode())


@pytest.mark.parametrize("credential", ["root", "platform"])
def test_with_an_ended_certificate_it_does_not_start(tmp_path: Path, database_url: str, credential: str) -> None:
    desk = start(tmp_path, database_url, EMBEDDED="off")
    end_certificate(desk, credential, NOW - timedelta(days=1))
    with pytest.raises(BadSettings, match=f"The {credential} certificate ended"):
        start(tmp_path, database_url, EMBEDDED="off")
    close(desk)


@pytest.mark.parametrize("env", [{"EMBEDDED": "on"}, {"EMBEDDED": "off", "RENEW_EXPIRED": "on"}])
def test_an_operator_can_have_ended_certificates_replaced(
    tmp_path: Path, database_url: str, env: dict[str, str]
) -> None:
    desk = start(tmp_path, database_url)
    before = root_of(desk)
    end_certificate(desk, "root", NOW - timedelta(days=1))
    end_certificate(desk, "platform", NOW - timedelta(days=1))
    renewed = start(tmp_path, database_url, **env)
    roots = x509.load_pem_x509_certificates(root_of(renewed))
    assert len(roots) == 2
    assert before in root_of(renewed)
    leaf(renewed).verify_directly_issued_by(roots[0])
    close(desk, renewed)


def test_a_certificate_is_renewed_a_month_before_its_end_under_the_same_key(desk: Desk) -> None:
    before = leaf(desk)
    end_certificate(desk, "platform", NOW + timedelta(days=29))
    after = leaf(desk)
    assert after.serial_number != before.serial_number
    assert after.public_key() == before.public_key()


def test_before_the_first_migration_nothing_is_made(tmp_path: Path) -> None:
    desk = start(tmp_path, f"sqlite:///{tmp_path / 'a.db'}")
    empty = f"sqlite:///{tmp_path / 'empty.db'}"
    settings = {**vars(desk.kit.runtime.settings), "database_url": empty}
    runtime = service.start(type(desk.kit.runtime.settings)(**settings))
    assert isinstance(runtime.db, Database)
    runtime.db.engine.dispose()
    close(desk)


def test_an_unknown_key_store_ends_the_start_with_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="KEY_STORE is wrong: write database"):
        start(tmp_path, f"sqlite:///{tmp_path / 'a.db'}", KEY_STORE="vault")
