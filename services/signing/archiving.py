"""Make a signed file last: what validates it, then a document time stamp over all of it (PAdES B-LTA, EN 319 142-1)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from chassis import sandbox
from chassis.service import Runtime
from documents import sign, timestamps
from services.signing import jobs, revocation, timestamping
from services.signing.waits import Unsound

LIMITS = sandbox.Limits(memory=2 << 30, cpu=60, file_size=512 << 20, seconds=80)
JUDGING = sandbox.Limits(memory=2 << 30, cpu=600, file_size=512 << 20, seconds=900)  # many signers on 1,000 pages
ROUNDS = 4
CAPACITIES = (sign.CAPACITY, sign.CAPACITY * 4)


@dataclass(frozen=True)
class Archived:
    """``until`` the certificate of the last time stamp lasts; ``trial`` when the suite's own authority made one.

    ``roots`` are the certificates in DER that the file's own signatures and time stamps hang from.
    """

    until: datetime
    trial: bool
    roots: tuple[bytes, ...]


def archive(
    runtime: Runtime, source: Path, target: Path, certificates: Sequence[bytes], follow: Collection[bytes] | None = None
) -> Archived:
    """Write ``source`` with an archive time stamp to ``target``.

    ``certificates`` (DER) are those of its signatures and time stamps; those in ``follow``, None means all, are proven
    anew by whoever issued them. When the time stamp's own certificate is not among the proven ones, another round
    follows. Raises `Waits` and `Problem` for what is away.
    """
    current, known, roots = source, dict.fromkeys(certificates), set[bytes]()
    for number in range(ROUNDS):
        collected = revocation.collect(runtime, list(known), known if follow is None else follow)
        roots.update(one for one in collected.proof.certificates if revocation.is_root(one))
        stamped = target.with_suffix(f".round{number}")
        token = _stamp(runtime, current, stamped, collected.proof)
        follow = timestamps.certificates_of(token)
        if collected.proven.issuperset(follow):
            stamped.replace(target)
            return Archived(ends(follow), _is_trial(collected), tuple(sorted(roots)))
        current, known = stamped, known | dict.fromkeys(follow)
    raise Unsound(f"the time stamp's certificate changed {ROUNDS} times")


def _stamp(runtime: Runtime, source: Path, target: Path, proof: revocation.Proof) -> bytes:
    """One round; returns the token."""
    for capacity in CAPACITIES:
        held = tuple(proof.certificates), tuple(proof.ocsp), tuple(proof.crls)
        reserved = sandbox.run(jobs.reserve_archive, source, target, held, capacity, limits=LIMITS)
        token = timestamping.timestamp(runtime, reserved.digest)
        if 2 * len(token) <= reserved.length:
            sign.embed(target, reserved, token)
            return token
    raise sign.DoesNotFit(f"a token of {len(token)} bytes")


def _is_trial(collected: revocation.Collected) -> bool:
    return any(is_time_stamping(one) for one in collected.proven - collected.strangers)


def ends(certificates: Collection[bytes]) -> datetime:
    """When the time-stamping one of a token's certificates in DER ends."""
    stamping = [x509.load_der_x509_certificate(one) for one in certificates if is_time_stamping(one)]
    return min(one.not_valid_after_utc for one in stamping)


def is_time_stamping(certificate: bytes) -> bool:
    """Whether a certificate in DER is a time-stamping authority's (RFC 3161, 2.3)."""
    parsed = x509.load_der_x509_certificate(certificate)
    try:
        usage = parsed.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage
