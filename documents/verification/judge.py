"""Judges CMS signatures, time stamps and chains by pyHanko, offline, each at the time that is proven for it.

A signature that a time stamp covers is judged at the time of the stamp, and the stamp at the time of the next one
around it (EN 319 102-1, 5.6): so a file outlives its certificates. Only the outermost is judged at the present.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import (
    cms_basic_validation,
    extract_certs_for_validation,
    extract_self_reported_ts,
    extract_tst_data_iter,
    validate_tst_signed_data,
)
from pyhanko.sign.validation.status import SignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import (
    CertRevTrustPolicy,
    FreshnessReqType,
    RevocationCheckingPolicy,
    RevocationCheckingRule,
)

Digest = Callable[[str], bytes]
TOLD, UNASKED = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED, RevocationCheckingRule.NO_CHECK
EVER = timedelta(days=36_500)


def _policy(person: RevocationCheckingRule, authority: RevocationCheckingRule) -> CertRevTrustPolicy:
    """A policy that takes what was told however long ago."""
    latest = FreshnessReqType.MAX_DIFF_REVOCATION_VALIDATION
    return CertRevTrustPolicy(RevocationCheckingPolicy(person, authority), EVER, latest)


# Whether a policy demands that all is told about revocation, and the policy: fresh, old, then less of it. What is told
# always counts; what is not told lowers the level.
POLICIES = (
    (True, CertRevTrustPolicy(RevocationCheckingPolicy(TOLD, TOLD), retroactive_revinfo=True)),
    (True, _policy(TOLD, TOLD)),
    (False, _policy(TOLD, UNASKED)),
    (False, _policy(UNASKED, TOLD)),
    (False, _policy(UNASKED, UNASKED)),
)
UNTOLD = {"TRY_LATER", "CERTIFICATE_CHAIN_GENERAL_FAILURE"}


@dataclass
class Evidence:
    """What a security store (DSS) holds: certificates, OCSP responses and CRLs, parsed."""

    certificates: list[x509.Certificate] = field(default_factory=list)
    ocsps: list[ocsp.OCSPResponse] = field(default_factory=list)
    crls: list[crl.CertificateList] = field(default_factory=list)


@dataclass(frozen=True)
class Opinion:
    """One CMS signature judged at a moment; `problem` is a code of `reasons`, empty for a trusted one."""

    signer: str
    issuer: str
    intact: bool = False
    valid: bool = False
    trusted: bool = False
    revocation_known: bool = False
    problem: str = ""
    detail: str = ""
    at: datetime | None = None


class Judge:
    """Trusts these roots (DER), knows this evidence."""

    def __init__(self, trust: Sequence[bytes], evidence: Evidence) -> None:
        self._roots = [x509.Certificate.load(root) for root in trust]
        self._evidence = evidence
        self._contexts: dict[tuple[datetime, CertRevTrustPolicy], ValidationContext] = {}

    def signature(self, signed_data: cms.SignedData, digest: Digest, moment: datetime) -> Opinion:
        """A signature over bytes outside of the CMS."""
        algorithm = extract_signer_info(signed_data)["digest_algorithm"]["algorithm"].native
        return self._opinion(signed_data, moment, lambda context: _basic(signed_data, digest(algorithm), context))

    def time_stamp(self, token: cms.SignedData, digest: Digest, moment: datetime) -> Opinion:
        """A time stamp token (RFC 3161) over bytes with this digest; `at` is the time it tells."""
        return self._opinion(token, moment, lambda context: validate_tst_signed_data(token, context, digest))

    def _opinion(self, signed: cms.SignedData, moment: datetime, work: Callable[[ValidationContext], Any]) -> Opinion:
        names = _names(signed)
        found, known = self._tried(moment, work)
        problem, detail = self._problem(found, signed, moment)
        return Opinion(
            *names, intact=bool(found["intact"]), valid=bool(found["valid"]), trusted=not problem,
            revocation_known=known and not problem, problem=problem, detail=detail, at=found.get("timestamp"),
        )  # fmt: skip

    def _tried(self, moment: datetime, work: Callable[[ValidationContext], Any]) -> tuple[dict[str, Any], bool]:
        """What pyHanko finds by the strictest policy that can be kept, and whether it knows of all revocations."""
        told = self._evidence.ocsps or self._evidence.crls
        for known, policy in POLICIES if told else POLICIES[-1:]:
            found: dict[str, Any] = asyncio.run(work(self._context(moment, policy)))
            indication = found["trust_problem_indic"]
            if indication is None or indication.name not in UNTOLD:
                return found, known
        return found, False

    def _context(self, moment: datetime, policy: CertRevTrustPolicy) -> ValidationContext:
        if (moment, policy) not in self._contexts:
            held = self._evidence
            self._contexts[moment, policy] = ValidationContext(
                trust_roots=self._roots, other_certs=held.certificates, ocsps=held.ocsps, crls=held.crls,
                moment=moment, best_signature_time=moment, allow_fetching=False, revinfo_policy=policy,
            )  # fmt: skip
        return self._contexts[moment, policy]

    def _problem(self, found: dict[str, Any], signed: cms.SignedData, moment: datetime) -> tuple[str, str]:
        if not found["intact"]:
            return "bytes_changed", ""
        if not found["valid"]:
            return "signature_invalid", ""
        indication = found["trust_problem_indic"]
        if indication is None:
            return "", ""
        return self._mistrust(indication.name, found, signed, moment)

    def _mistrust(self, name: str, found: dict[str, Any], signed: cms.SignedData, moment: datetime) -> tuple[str, str]:
        signer = found["signing_cert"]
        path = list(found["validation_path"] or [signer])
        match name:
            case "NO_CERTIFICATE_CHAIN_FOUND":
                return ("root_imitated" if self._imitated(signed) else "root_not_trusted"), signer.issuer.human_friendly
            case "REVOKED_NO_POE" | "REVOKED_CA_NO_POE":
                return "certificate_revoked", signer.subject.human_friendly
            case "CRYPTO_CONSTRAINTS_FAILURE" | "CRYPTO_CONSTRAINTS_FAILURE_NO_POE":
                return "weak_algorithm", found["md_algorithm"]
        ended = [one for one in path if not one.not_valid_before <= moment <= one.not_valid_after]
        if ended:
            return "certificate_ended", ended[0].subject.human_friendly
        return "chain_wrong", name

    def _imitated(self, signed: cms.SignedData) -> bool:
        """Whether the chain claims a root that is trusted, by its name, and is not from it."""
        held = extract_certs_for_validation(signed)
        claimed = {one.issuer.hashable for one in (held.signer_cert, *held.other_certs)}
        return bool(claimed & {root.subject.hashable for root in self._roots})


def token_of(signed: cms.SignedData) -> tuple[cms.SignedData | None, Digest]:
    """The time stamp within a signature's CMS, and the digest of the signature value that it must be over."""
    info = extract_signer_info(signed)
    tokens = list(extract_tst_data_iter(info, signed=False))
    value = info["signature"].native
    return (tokens[0] if tokens else None), lambda algorithm: hashlib.new(algorithm, value).digest()


def claimed_time(signed: cms.SignedData) -> datetime | None:
    """The signer's own signing time within the CMS."""
    found: datetime | None = extract_self_reported_ts(extract_signer_info(signed))
    return found


def load(data: bytes) -> cms.SignedData:
    """The SignedData of a DER ContentInfo; raises ValueError for anything else."""
    content = cms.ContentInfo.load(data, strict=True)
    if content["content_type"].native != "signed_data":
        raise ValueError("no SignedData")
    signed: cms.SignedData = content["content"]
    return signed


async def _basic(signed: cms.SignedData, digest: bytes, context: ValidationContext) -> dict[str, Any]:
    usage = SignatureStatus.default_usage_constraints()
    found: dict[str, Any] = await cms_basic_validation(
        signed, raw_digest=digest, validation_context=context, key_usage_settings=usage
    )
    return found


def _names(signed: cms.SignedData) -> tuple[str, str]:
    certificate = extract_certs_for_validation(signed).signer_cert
    return _common(certificate.subject), _common(certificate.issuer)


def _common(name: x509.Name) -> str:
    found = name.native.get("common_name") or name.native.get("organization_name") or name.human_friendly
    return str(found[0] if isinstance(found, list) else found)
