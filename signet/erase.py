"""`signet erase EMAIL`: erase a person from what *signing* keeps; evidence and finished documents stay valid."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from signet.homes import add_home, environment

OPEN_LEFT = 3


def add_arguments(parser: ArgumentParser) -> None:
    """Who is to be erased, and where."""
    parser.add_argument("email", help="the person's address, as signer or as sender")
    add_home(parser)


def erase(options: Namespace) -> int:
    """Erase and tell how often; 3 when agreements of the person are still open, since those are left."""
    from services.signing.erase import erase as erase_in_signing
    from signet.processes import start

    _, runtime = start("signing", environment(options.home, "signing"))
    try:
        erased = erase_in_signing(runtime, options.email)
    finally:
        runtime.db.engine.dispose()
    print(f"erased in {erased.agreements} agreements; {erased.still_open} are still open and were left")
    return OPEN_LEFT if erased.still_open else 0
