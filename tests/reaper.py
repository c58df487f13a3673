"""A tiny process that outlives the test run: kills the servers and removes the folders a dead run left behind.

Reads lines ``+ pid``, ``- pid`` (a process group that began, that ended) and ``folder path`` on its standard input.
The input ends when the test process does, however it ends.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys


def main() -> None:
    """Follow the input to its end, then clean up."""
    groups: set[int] = set()
    folders: list[str] = []
    for line in sys.stdin:
        verb, _, what = line.rstrip("\n").partition(" ")
        match verb:
            case "+":
                groups.add(int(what))
            case "-":
                groups.discard(int(what))
            case "folder":
                folders.append(what)
    for group in groups:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
