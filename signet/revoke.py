"""`signet revoke`: take back a certificate of *seal*, by its credential or its serial number."""

from __future__ import annotations

import string
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator

from sqlalchemy.orm import Session

from signet.homes import add_home, carry_out


def add_arguments(parser: ArgumentParser) -> None:
    """What is revoked, and why."""
    parser.add_argument("what", help="platform, tsa, workspace:ID, act:ID, or a serial number in hex")
    parser.add_argument("--reason", default="unspecified", help="keyCompromise, superseded, … (RFC 5280, 5.3.1)")
    add_home(parser)


def revoke(options: Namespace) -> int:
    """Revoke and tell what; 1 when there is nothing that can be revoked."""
    from services.seal.revoke import REASONS, revoke_credential, revoke_serial

    if options.reason not in REASONS:
        print(f"The reason is one of {', '.join(REASONS)}.", file=sys.stderr)
        return 2
    take_back = revoke_serial if set(options.what) <= set(string.hexdigits) else revoke_credential

    def told(session: Session) -> Iterator[str]:
        for one in take_back(session, options.what, options.reason):
            yield f"{one.serial}  {one.credential}  {one.revoked_at:%Y-%m-%d %H:%M:%S}  {one.revocation_reason}"

    return carry_out("seal", options.home, told)
