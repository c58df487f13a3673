"""The settings of a service for a command: its own environment, or that of an embedded suite in a folder."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path

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
