"""`signet revoke`: take back a certificate of *seal*, by its credential or its serial number."""

from __future__ import annotations

import string
import sys
from argparse import ArgumentParser, Namespace

from chassis.database import EVERYONE
from chassis.problem import Problem
from signet.homes import add_home, environment


def add_arguments(parser: ArgumentParser) -> None:
    """What is revoked, and why."""
    parser.add_argument("what", help="platform, tsa, workspace:ID, act:ID, or a serial number in hex")
    parser.add_argument("--reason", default="unspecified", help="keyCompromise, superseded, … (RFC 5280, 5.3.1)")
    add_home(parser)


def revoke(options: Namespace) -> int:
    """Revoke and tell what; 1 when there is nothing that can be revoked."""
    from services.seal.revoke import REASONS, revoke_credential, revoke_serial
    from signet.processes import start

    if options.reason not in REASONS:
        print(f"The reason is one of {', '.join(REASONS)}.", file=sys.stderr)
        return 2
    service, runtime = start("seal", environment(options.home, "seal"))
    take_back = revoke_serial if set(options.what) <= set(string.hexdigits) else revoke_credential
    try:
        with runtime.db.transaction(EVERYONE) as session:
            for one in take_back(session, options.what, options.reason):
                print(f"{one.serial}  {one.credential}  {one.revoked_at:%Y-%m-%d %H:%M:%S}  {one.revocation_reason}")
    except Problem as problem:
        print(problem.document("en", service.messages)["title"], file=sys.stderr)
        return 1
    finally:
        runtime.db.engine.dispose()
    return 0
