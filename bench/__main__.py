"""`python -m bench [append|archive|delivery|suite]`: every figure the documentation names, as one table."""

from __future__ import annotations

import sys

from bench import append, archive, delivery, suite

PARTS = {"append": append.rows, "archive": archive.rows, "delivery": delivery.rows, "suite": suite.rows}


def main(names: list[str]) -> None:
    for name in names or PARTS:
        for figure, wiring, value in PARTS[name]():
            print(f"{figure:<40} {wiring:<34} {value}", flush=True)


main(sys.argv[1:])
