"""One server process of a test run: started, stopped, killed, frozen; never left behind."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import psutil

from tests.support import eventually


class CannotStart(Exception):
    """A test server is missing or did not come up; a missing server is a failure, not a skip."""


@cache
def _reaper() -> subprocess.Popen[str]:
    script = Path(__file__).with_name("reaper.py")
    return subprocess.Popen([sys.executable, "-S", script], stdin=subprocess.PIPE, text=True, start_new_session=True)


def _tell_reaper(line: str) -> None:
    pipe = _reaper().stdin
    assert pipe is not None
    pipe.write(line + "\n")
    pipe.flush()


def program(name: str, *folders: str) -> str:
    """Path of a program in ``folders`` or on the PATH. Raises `CannotStart` when it is not installed."""
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if found is None:
        raise CannotStart(f"{name} is not installed; `make test` installs it, or use your system's packages")
    return found


def scratch(name: str) -> Path:
    """A new private folder that is removed after the run, even after a killed one."""
    folder = Path(tempfile.mkdtemp(prefix=f"signet-{name}-"))
    _tell_reaper(f"folder {folder}")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def free_port() -> int:
    """A TCP port of 127.0.0.1 that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Whether something accepts connections on 127.0.0.1:``port``."""
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


class ServerProcess:
    """A program in a process group of its own, with its output in a log file."""

    def __init__(
        self, command: Sequence[str], log: Path, env: Mapping[str, str] | None = None, user: str | None = None
    ):
        self._command, self._log, self._user = list(command), log, user
        self._env = {**os.environ, **(env or {})}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, ready: Callable[[], object], timeout: float = 60) -> None:
        """Start and wait until ``ready()`` is truthy. Raises `CannotStart` with the end of the log."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=self._env,
                start_new_session=True, **self._identity(),
            )  # fmt: skip
        _tell_reaper(f"+ {self._process.pid}")
        atexit.register(self.kill)
        try:
            eventually(lambda: self._process is None or self._process.poll() is not None or ready(), timeout, every=0.1)
        except AssertionError as exc:
            raise self._failure("did not answer in time") from exc
        if self._process.poll() is not None:
            raise self._failure("ended at once")

    def _identity(self) -> dict[str, object]:
        return {"user": self._user, "group": self._user, "extra_groups": []} if self._user else {}

    def _failure(self, what: str) -> CannotStart:
        self.kill()
        return CannotStart(f"{self._command[0]} {what}: {self._log.read_text(errors='replace')[-2000:]}")

    def stop(self, how: signal.Signals = signal.SIGTERM, timeout: float = 30) -> None:
        """Ask the server to end, and kill it after ``timeout`` seconds."""
        if self._process is None:
            return
        self._process.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout)
        self.kill()

    def kill(self) -> None:
        """SIGKILL to the process and all its children; returns when they are gone."""
        if self._process is None:
            return
        members = self._members()
        self._signal(members, signal.SIGKILL)
        psutil.wait_procs(members, timeout=10)
        self._process.wait()
        _tell_reaper(f"- {self._process.pid}")
        atexit.unregister(self.kill)
        self._process = None

    def freeze(self) -> None:
        """Stop all its processes where they stand (SIGSTOP)."""
        self._signal(self._members(), signal.SIGSTOP)

    def thaw(self) -> None:
        """Let frozen processes go on (SIGCONT)."""
        self._signal(self._members(), signal.SIGCONT)

    def _members(self) -> list[psutil.Process]:
        if self._process is None:
            return []
        try:
            parent = psutil.Process(self._process.pid)
            return [parent, *parent.children(recursive=True)]
        except psutil.NoSuchProcess:
            return []

    @staticmethod
    def _signal(members: Sequence[psutil.Process], how: signal.Signals) -> None:
        for member in members:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.send_signal(how)
