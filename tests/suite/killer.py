"""Kills processes in the middle of the work."""

from __future__ import annotations

import random
import threading


class Killer:
    """Kills what it is given, one after the other at random moments, and starts it again."""

    def __init__(self, suite, targets, seed: int, pause: tuple[float, float]) -> None:
        self._suite, self._targets, self._random, self._pause = suite, list(targets), random.Random(seed), pause
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.killed = 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        for target in self._targets:
            if self._stop.wait(self._random.uniform(*self._pause)):
                return
            self._suite.kill(*target)
            self._suite.start(*target)
            self.killed += 1
