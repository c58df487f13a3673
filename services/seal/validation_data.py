"""All that shows certificates to be valid at this moment: chains, OCSP responses, revocation lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography import x509
from sqlalchemy import select
from sqlalchemy.orm import Session

from services.seal import ocsp
from services.seal.authority import Authority
from services.seal.crl import make_list
from services.seal.issued import line
from services.seal.models import Certificate


@dataclass(frozen=True, slots=True)
class ValidationData:
    """DER of each, and the indices of the certificates for which another has to answer."""

    certificates: Sequence[bytes]
    ocsp: Sequence[bytes]
    crls: Sequence[bytes]
    unknown: Sequence[int]


def validation_data(session: Session, authority: Authority, asked: Sequence[bytes]) -> ValidationData:
    """Chains up to the roots, a fresh OCSP response for each certificate in them, and the list of each root.

    Of a certificate that others have issued there is the chain, as far as it is known here, and no status.
    """
    found = [_find(session, der) for der in asked]
    lines = [line(session, one) for one in found if one]
    ours = _once(one for whole in lines if whole[-1].key_ref for one in whole)
    return ValidationData(
        certificates=[one.der for one in _once(one for whole in lines for one in whole)],
        ocsp=[ocsp.answer_for(session, authority, one) for one in ours if one.issuer_id],
        crls=[make_list(session, authority, one) for one in ours if not one.issuer_id],
        unknown=[index for index, one in enumerate(found) if one is None or not line(session, one)[-1].key_ref],
    )


def _find(session: Session, der: bytes) -> Certificate | None:
    try:
        serial = x509.load_der_x509_certificate(der).serial_number
    except ValueError:
        return None
    found = session.scalars(select(Certificate).where(Certificate.serial == f"{serial:x}")).first()
    return found if found and found.der == der else None


def _once(certificates: Iterable[Certificate]) -> list[Certificate]:
    return list({one.id: one for one in certificates}.values())
