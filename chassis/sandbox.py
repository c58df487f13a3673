"""Work on untrusted files happens in a throw-away child with limits on memory, CPU, file size, processes and time.

Children are forked from a clean server process that has the libraries loaded, so one costs milliseconds. What a child
raises from `documents.errors` reaches the caller; when a limit ends the child the caller gets `OutOfLimits`.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

Result = TypeVar("Result")
PRELOAD = ["chassis.sandbox", "documents.preload"]


class OutOfLimits(Exception):
    """The child used up its time or memory, or crashed; the text says which."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes and seconds a child may use."""

    memory: int = 1 << 30
    cpu: int = 30
    file_size: int = 256 << 20
    seconds: float = 60.0


_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(PRELOAD)


def start() -> None:
    """Start the server that children are forked from, so that the first one does not wait for it.

    Children would import this program's main module again; told that it is a package's `__main__` they do not.
    """
    main = sys.modules["__main__"]
    if getattr(main, "__spec__", None) is None:
        main.__spec__ = ModuleSpec("signet.__main__", None)
    forkserver.ensure_running()


def run(work: Callable[..., Result], *args: Any, limits: Limits = Limits()) -> Result:
    """``work(*args)`` in a child; raises what it raised, or `OutOfLimits`. Arguments and result must pickle."""
    ours, theirs = _context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(prefix="signet-child-") as home:
        child = _context.Process(target=_child, args=(theirs, home, limits, work, args), daemon=True)
        child.start()
        theirs.close()
        try:
            succeeded, value = _receive(ours, limits.seconds)
        finally:
            ours.close()
            child.kill()
            child.join()
    if succeeded:
        return cast(Result, value)
    raise value


def _receive(pipe: Connection, seconds: float) -> tuple[bool, Any]:
    if not pipe.poll(seconds):
        raise OutOfLimits("time")
    try:
        return cast(tuple[bool, Any], pipe.recv())
    except EOFError as error:
        raise OutOfLimits("memory or processor time") from error


def _child(pipe: Connection, home: str, limits: Limits, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    os.chdir(home)
    os.environ["TMPDIR"] = home
    tempfile.tempdir = home
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for which, amount in (
        (resource.RLIMIT_AS, limits.memory), (resource.RLIMIT_CPU, limits.cpu),
        (resource.RLIMIT_FSIZE, limits.file_size), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(which, (amount, amount))
    try:
        answer = True, work(*args)
    except MemoryError:
        answer = False, OutOfLimits("memory")
    except Exception as error:  # the parent decides what it means
        answer = False, error
    with contextlib.suppress(BrokenPipeError):
        pipe.send(answer)
