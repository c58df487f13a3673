"""Where the embedded bus keeps its messages: in memory, or as files in a folder that outlive the process.

A store holds queues of payloads ordered by the time they fall due. What is taken stays known until ``done``: a folder
gives back what a process took that no longer lives.
"""

from __future__ import annotations

import fcntl
import heapq
import itertools
import json
import os
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

Payload = dict[str, Any]


class Store(Protocol):
    """Queues of payloads. Not thread-safe: the broker calls it under its lock."""

    watch_seconds: float | None
    """How often another process may have put something in; None when there can be none."""

    def put(self, queue: str, payload: Payload, due: float) -> None:
        """Add a payload that nobody takes before ``due`` (seconds since the epoch)."""
        ...

    def take(self, queue: str) -> tuple[str, Payload] | None:
        """The oldest payload that is due, with its key."""
        ...

    def done(self, queue: str, key: str) -> None:
        """Forget a payload, taken or not."""
        ...

    def give_back(self, queue: str, key: str, due: float) -> None:
        """Return a taken payload whose outcome could not be written down."""
        ...

    def items(self, queue: str) -> Iterator[tuple[str, Payload]]:
        """All payloads that nobody took, oldest first."""
        ...

    def size(self, queue: str) -> int:
        """How many nobody took."""
        ...

    def next_due(self, queue: str) -> float | None:
        """When the first one falls due."""
        ...

    def recover(self, queue: str) -> None:
        """Give back what dead processes had taken."""
        ...


class MemoryStore:
    """A heap for each queue; gone with the process."""

    watch_seconds: float | None = None

    def __init__(self) -> None:
        self._queues: defaultdict[str, list[tuple[float, int, Payload]]] = defaultdict(list)
        self._taken: set[str] = set()
        self._numbers = itertools.count()

    def put(self, queue: str, payload: Payload, due: float) -> None:
        """See `Store.put`."""
        heapq.heappush(self._queues[queue], (due, next(self._numbers), payload))

    def take(self, queue: str) -> tuple[str, Payload] | None:
        """See `Store.take`."""
        heap = self._queues[queue]
        if not heap or heap[0][0] > time.time():
            return None
        _, number, payload = heapq.heappop(heap)
        self._taken.add(str(number))
        return str(number), payload

    def done(self, queue: str, key: str) -> None:
        """See `Store.done`."""
        if key in self._taken:
            self._taken.remove(key)
        else:
            self._queues[queue] = sorted(item for item in self._queues[queue] if str(item[1]) != key)

    def give_back(self, queue: str, key: str, due: float) -> None:
        """Memory is always writable; nothing asks for this."""

    def items(self, queue: str) -> Iterator[tuple[str, Payload]]:
        """See `Store.items`."""
        return iter([(str(number), payload) for _, number, payload in sorted(self._queues[queue])])

    def size(self, queue: str) -> int:
        """See `Store.size`."""
        return len(self._queues[queue])

    def next_due(self, queue: str) -> float | None:
        """See `Store.next_due`."""
        heap = self._queues[queue]
        return heap[0][0] if heap else None

    def recover(self, queue: str) -> None:
        """Nothing outlives the process."""


class FolderStore:
    """A file for each payload, named by the time it falls due; taking renames it into the taker's own folder."""

    watch_seconds: float | None = 0.1

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._taken = folder / "taken"
        self._mine = self._taken / uuid.uuid4().hex
        self._mine.mkdir(parents=True)
        self._owner = (self._mine / "owner").open("w")
        fcntl.flock(self._owner, fcntl.LOCK_EX)
        self._numbers = itertools.count()

    def put(self, queue: str, payload: Payload, due: float) -> None:
        """See `Store.put`; on disk when it returns."""
        place = self._place(queue)
        name = f"{round(due * 1e6):020d}-{next(self._numbers):012d}-{self._mine.name}"
        draft = place / f".{name}"
        with draft.open("w") as file:
            json.dump(payload, file)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(place / name)
        _sync(place)

    def _place(self, queue: str) -> Path:
        place = self._folder / "queues" / queue
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _names(self, queue: str) -> list[str]:
        return sorted(file.name for file in self._place(queue).iterdir() if not file.name.startswith("."))

    def take(self, queue: str) -> tuple[str, Payload] | None:
        """See `Store.take`."""
        mine = self._mine / queue
        mine.mkdir(exist_ok=True)
        for name in self._names(queue):
            if _due(name) > time.time():
                return None
            try:
                (self._place(queue) / name).rename(mine / name)
            except FileNotFoundError:
                continue
            return name, json.loads((mine / name).read_text())
        return None

    def done(self, queue: str, key: str) -> None:
        """See `Store.done`."""
        (self._mine / queue / key).unlink(missing_ok=True)
        (self._place(queue) / key).unlink(missing_ok=True)

    def give_back(self, queue: str, key: str, due: float) -> None:
        """See `Store.give_back`; renames, so a full disk does not stop it."""
        (self._mine / queue / key).rename(self._place(queue) / f"{round(due * 1e6):020d}-{key.split('-', 1)[1]}")

    def items(self, queue: str) -> Iterator[tuple[str, Payload]]:
        """See `Store.items`."""
        for name in self._names(queue):
            try:
                yield name, json.loads((self._place(queue) / name).read_text())
            except FileNotFoundError:
                continue

    def size(self, queue: str) -> int:
        """See `Store.size`."""
        return len(self._names(queue))

    def next_due(self, queue: str) -> float | None:
        """See `Store.next_due`."""
        names = self._names(queue)
        return _due(names[0]) if names else None

    def recover(self, queue: str) -> None:
        """See `Store.recover`: whoever holds no lock on its folder any more is dead."""
        for owner in self._taken.glob("*/owner"):
            if owner.parent != self._mine and (owner.parent / queue).is_dir():
                with _if_dead(owner) as dead:
                    for file in (owner.parent / queue).iterdir() if dead else ():
                        file.rename(self._place(queue) / file.name)


def _due(name: str) -> float:
    return int(name.split("-", 1)[0]) / 1e6


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _if_dead(owner: Path) -> Iterator[bool]:
    """Whether the owner's lock is free; held inside, so that only one process recovers."""
    with owner.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _open(scheme: str, place: str) -> Store:
    if scheme == "memory":
        return MemoryStore()
    return FolderStore(Path(place).resolve())


_stores: dict[str, Store] = {}
_lock = threading.Lock()


def open_store(url: str) -> Store:
    """The store of ``memory://name`` or ``filesystem:///folder``; the same one for the same URL in a process."""
    scheme, _, place = url.partition("://")
    with _lock:
        if url not in _stores:
            _stores[url] = _open(scheme, place)
        return _stores[url]
