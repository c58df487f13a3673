"""`signet verify`: is this file what was signed? Offline; hostile files are opened in a child with limits only."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from chassis import sandbox
from documents.verification import Bundle, Reason, Report, verify_bundle
from documents.verification import verify as verify_pdf
from signet.verifywords import bundle_text, language_of, report_text, say

AUTHENTIC, NOT_AUTHENTIC, CANNOT_TELL = 0, 1, 2
EXIT = {"authentic": AUTHENTIC, "not_authentic": NOT_AUTHENTIC, "unknown": CANNOT_TELL}
LIMITS = sandbox.Limits(memory=3 << 30, cpu=120, file_size=1 << 30, seconds=180.0)
PEM = b"-----BEGIN CERTIFICATE-----"


class BadTrust(Exception):
    """A file of roots that cannot be read, or is none."""


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and who is trusted."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a PDF, or the ZIP of a finished agreement")
    parser.add_argument("--json", action="store_true", help="print the whole report as JSON")
    parser.add_argument(
        "--trust", type=Path, action="append", metavar="FILE",
        help="roots to trust, PEM or DER; otherwise SIGNET_TRUST, otherwise trust/*.pem below SIGNET_HOME",
    )  # fmt: skip
    parser.add_argument("--language", help="en, zh-Hans or zh-Hant; LANG when none is given")


def verify(options: Namespace) -> int:
    """Print what is to be said of the file; 0 authentic, 1 not authentic, 2 when it cannot be told."""
    language = language_of(options.language or os.environ.get("LANG", ""))
    if not options.file.is_file():
        print(say("no_file", language, file=options.file), file=sys.stderr)
        return CANNOT_TELL
    try:
        trust = roots(options.trust)
        found = judged(options.file.resolve(), trust)
    except (BadTrust, OSError) as error:
        print(say("unreadable", language, file=options.file, why=error), file=sys.stderr)
        return CANNOT_TELL
    if options.json:
        print(json.dumps(found.to_dict(language), ensure_ascii=False, indent=1))
    else:
        name = options.file.name
        text = bundle_text(name, found, language) if isinstance(found, Bundle) else report_text(name, found, language)
        print(text)
        if not trust:
            print(say("no_roots", language), file=sys.stderr)
    return EXIT[found.verdict]


def judged(path: Path, trust: list[bytes]) -> Report | Bundle:
    """The report on a file, made in a child with limits; a file that uses them up cannot be told."""
    try:
        if _is_zip(path):
            return sandbox.run(verify_bundle, path, trust, limits=LIMITS)
        return sandbox.run(verify_pdf, path, trust, limits=LIMITS)
    except sandbox.OutOfLimits as error:
        reason = Reason("too_complex", str(error))
        return Report("unknown", "other", "", path.stat().st_size, datetime.now(UTC), reasons=(reason,))


def roots(given: list[Path] | None) -> list[bytes]:
    """The roots to trust, in DER, each once; raises BadTrust."""
    found = [root for path in (given or _usual()) for root in _read(path)]
    return list(dict.fromkeys(found))


def _usual() -> list[Path]:
    named = os.environ.get("SIGNET_TRUST")
    if named:
        return [Path(part) for part in named.split(os.pathsep) if part]
    home = Path(os.environ.get("SIGNET_HOME", "var"))
    return sorted((home / "trust").glob("*.pem"))


def _read(path: Path) -> Iterator[bytes]:
    try:
        data = path.read_bytes()
        found = x509.load_pem_x509_certificates(data) if PEM in data else [x509.load_der_x509_certificate(data)]
    except (OSError, ValueError) as error:
        raise BadTrust(f"{path}: {error}") from error
    yield from (one.public_bytes(Encoding.DER) for one in found)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\3\4"
