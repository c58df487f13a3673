"""What verifying a file found out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any, Literal

from documents.verification.reasons import CANNOT_TELL, sentence

Verdict = Literal["authentic", "not_authentic", "unknown"]
Role = Literal["certification", "approval", "time_stamp"]
Kind = Literal["agreement", "other"]
AUTHENTIC: Verdict = "authentic"
NOT_AUTHENTIC: Verdict = "not_authentic"
UNKNOWN: Verdict = "unknown"


@dataclass(frozen=True)
class Reason:
    """Why a file is not authentic, or why nothing can be told: a code of `reasons`, where, and in which field."""

    code: str
    detail: str = ""
    field: str = ""


@dataclass(frozen=True)
class Signature:
    """One signature or document time stamp.

    `claimed_time` is the signer's own word, `trusted_time` what a valid time stamp proves. `level` is the PAdES
    baseline (B-B, B-T, B-LT, B-LTA), empty for time stamps and for what is not trusted. `coverage` is "entire_file",
    "revision" or "unclear". `changes` are codes of `reasons.CHANGES` for what came after it.
    """

    field: str
    role: Role
    signer: str = ""
    issuer: str = ""
    claimed_time: datetime | None = None
    trusted_time: datetime | None = None
    level: str = ""
    intact: bool = False
    valid: bool = False
    trusted: bool = False
    coverage: str = "unclear"
    changes: tuple[str, ...] = ()
    docmdp: int | None = None


@dataclass(frozen=True)
class Report:
    """The verdict on a file, with its reasons; `kind` is "agreement" for a file that Signet prepared."""

    verdict: Verdict
    kind: Kind
    sha256: str
    size: int
    verified_at: datetime
    signatures: tuple[Signature, ...] = ()
    reasons: tuple[Reason, ...] = field(default_factory=tuple)

    @property
    def level(self) -> str:
        """The lowest level of all signatures that are not time stamps; empty when one has none."""
        levels = [one.level for one in self.signatures if one.role != "time_stamp"]
        return min(levels, key=("", "B-B", "B-T", "B-LT", "B-LTA").index, default="")

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """The report as JSON has it; times in ISO 8601, a sentence beside each code."""
        reasons = [{**asdict(one), "sentence": sentence(one.code, language)} for one in self.reasons]
        return {
            "verdict": self.verdict, "kind": self.kind, "level": self.level, "sha256": self.sha256, "size": self.size,
            "verified_at": self.verified_at.isoformat(), "reasons": reasons,
            "signatures": [_plain(asdict(one)) for one in self.signatures],
        }  # fmt: skip


def verdict_of(reasons: Iterable[Reason]) -> Verdict:
    """Authentic without a reason; unknown when every reason only leaves it open."""
    codes = {one.code for one in reasons}
    if not codes:
        return AUTHENTIC
    return UNKNOWN if codes <= CANNOT_TELL else NOT_AUTHENTIC


@dataclass(frozen=True)
class Bundle:
    """The reports on the PDFs of a bundle by name, and what is wrong with the rest of it."""

    files: Mapping[str, Report]
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> Verdict:
        """Authentic when every file is, and they belong together."""
        return verdict_of([*self.reasons, *(reason for one in self.files.values() for reason in one.reasons)])

    def to_dict(self, language: str = "en") -> dict[str, Any]:
        """The bundle as JSON has it."""
        told = [
            {"code": one.code, "detail": one.detail, "sentence": sentence(one.code, language)} for one in self.reasons
        ]
        files = {name: report.to_dict(language) for name, report in self.files.items()}
        return {"verdict": self.verdict, "reasons": told, "files": files}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}
