"""A database as the first version of *seal* left it: a root, and below it platform and workspace that sign."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from sqlalchemy import insert
from sqlalchemy.orm import Session

from chassis.database import EVERYONE, Database
from chassis.ids import new_key
from chassis.migrations import migrate
from services.seal.app import service
from services.seal.keys.database import DatabaseKeys
from services.seal.models import Certificate, Workspace
from tests.service_kit import SECRET

NOW = datetime.now(UTC).replace(microsecond=0)


class FirstVersion:
    """The certificates that are kept in the database at ``url``."""

    def __init__(self, folder: Path, url: str, workspace: UUID) -> None:
        self.keys, db = DatabaseKeys(SECRET), Database(url, "seal")
        migrate(db, _first_migration(folder), service.base)
        with db.transaction(EVERYONE) as session:
            names = {"public_id": "SGSP6nuIWcNeV187F2", "name": "Acme 有限公司"}
            session.execute(insert(Workspace.__table__).values(id=workspace, **names))
            self.root = self._keep(session, "root", None)
            self.platform = self._keep(session, "platform", self.root)
            self.workspace = self._keep(session, f"workspace:{workspace}", self.root)
        db.engine.dispose()

    def _keep(self, session: Session, credential: str, issuer: x509.Certificate | None) -> x509.Certificate:
        reference = self.keys.create(session)
        key = self.keys.load(session, reference)
        if issuer is None:
            self.root_row, self.root_key = new_key(), key
        made = self._made(credential, key, issuer)
        session.execute(
            insert(Certificate.__table__).values(
                id=new_key() if issuer else self.root_row, credential=credential, version=1, key_ref=reference,
                issuer_id=self.root_row if issuer else None, der=made.public_bytes(Encoding.DER),
                not_before=made.not_valid_before_utc, not_after=made.not_valid_after_utc,
            )
        )  # fmt: skip
        return made

    def _made(
        self, credential: str, key: ec.EllipticCurvePrivateKey, issuer: x509.Certificate | None
    ) -> x509.Certificate:
        name, authority = _name(credential), issuer is None
        builder = x509.CertificateBuilder(
            issuer.subject if issuer else name, name, key.public_key(), x509.random_serial_number(),
            NOW - timedelta(days=1), NOW + timedelta(days=7300 if authority else 1000),
        )  # fmt: skip
        limits = x509.BasicConstraints(ca=authority, path_length=1 if authority else None)
        usage = x509.KeyUsage(not authority, not authority, False, False, False, authority, authority, False, False)
        builder = builder.add_extension(limits, critical=True).add_extension(usage, critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
        above = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root_key.public_key())
        builder = builder.add_extension(identifier, critical=False).add_extension(above, critical=False)
        return builder.sign(self.root_key, SHA256())


def _first_migration(folder: Path) -> Path:
    target = folder / "first"
    target.mkdir()
    shutil.copy(service.migrations / "0001_initial.py", target)
    return target


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Signet"), _common(text)])


def _common(text: str) -> x509.NameAttribute:
    return x509.NameAttribute(NameOID.COMMON_NAME, text[:64])
