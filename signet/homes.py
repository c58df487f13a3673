"""A service in the hands of a command: by its own environment, or that of an embedded suite in a folder."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.settings import BadSettings


def add_home(parser: ArgumentParser) -> None:
    """The argument that names an embedded suite."""
    parser.add_argument(
        "--home", type=Path, help="folder of an embedded suite; else settings come from the environment"
    )


def environment(home: Path | None, service: str) -> Mapping[str, str]:
    """The service's settings; raises BadSettings when there is no suite in the folder."""
    from signet.up import embedded_environment

    if home is None:
        return os.environ
    if not (home / f"{service}.db").exists():
        raise BadSettings(f"There is no suite in {home}.")
    return embedded_environment(home.resolve(), "http://localhost")[service]


def carry_out(name: str, home: Path | None, work: Callable[[Session], Iterable[str]]) -> int:
    """Do something in one transaction of a service and print its lines; 1 with a sentence when it cannot be done."""
    from signet.processes import start

    service, runtime = start(name, environment(home, name))
    try:
        with runtime.db.transaction(EVERYONE) as session:
            for line in work(session):
                print(line)
    except Problem as problem:
        print(problem.document("en", service.messages)["title"], file=sys.stderr)
        return 1
    finally:
        runtime.db.engine.dispose()
    return 0
