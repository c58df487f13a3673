"""Which passwords are taken, and how they are kept: Argon2id behind a gate."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from chassis.problem import Problem, unavailable

SHORTEST, LONGEST = 8, 128
WELL_KNOWN = 100_000  # guesses that a list of known passwords and their usual endings needs
DISGUISES = frozenset("48@({[<3691!|70$5+%2")  # characters that stand for letters
OWN_PART = 6  # characters that must be left of a password without the address in it


def check_password(password: str, email: str) -> None:
    """Raise a 422 problem with the code of the first broken rule; ``reasons`` has all of them."""
    reasons = list(_broken_rules(password, email))
    if reasons:
        raise Problem(422, reasons[0], reasons=reasons)


def _broken_rules(password: str, email: str) -> Iterator[str]:
    if len(password) < SHORTEST:
        yield "password_too_short"
    if len(password) > LONGEST:
        yield "password_too_long"
    if _kinds(password) < 3:
        yield "password_too_plain"
    if _like_email(password.lower(), email.lower()):
        yield "password_like_email"
    if len(password) <= LONGEST and _well_known(password):
        yield "password_well_known"


def _kinds(password: str) -> int:
    """How many of lower case, upper case, digit, symbol; a letter without case counts as a symbol."""
    kinds = (
        "lower" if c.islower() else "upper" if c.isupper() else "digit" if c.isdigit() else "symbol" for c in password
    )
    return len(set(kinds))


def _like_email(password: str, email: str) -> bool:
    local, _, domain = email.partition("@")
    own = password
    for part in (email, domain, domain.partition(".")[0], local):
        if len(part) >= 4:
            own = own.replace(part, "")
    return own != password and len(own) < OWN_PART


def _well_known(password: str) -> bool:
    """Whether a list of known passwords and their usual disguises leads to it.

    zxcvbn tries every reading of the characters that stand for letters: with many of them it would take seconds, and
    no known password has many.
    """
    from zxcvbn import zxcvbn

    start = password[:24]
    if not start or len(DISGUISES.intersection(start)) > 7:
        return False
    return bool(zxcvbn(start)["guesses"] < WELL_KNOWN)


class Passwords:
    """Hashes and verifies with Argon2id (RFC 9106; 19 MiB, two passes), a few at a time so that memory stays small."""

    def __init__(self, at_once: int | None = None, patience: float = 5.0) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
        self._gate = threading.BoundedSemaphore(at_once or max(2, os.cpu_count() or 2))
        self._patience = patience
        self._dummy = self._hasher.hash(os.urandom(16))

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for the gate; raises a 503 problem when that takes too many seconds."""
        if not self._gate.acquire(timeout=self._patience):
            raise unavailable()
        try:
            yield
        finally:
            self._gate.release()

    def hash(self, password: str) -> str:
        """What is stored of a password; waits for its `turn`."""
        with self.turn():
            return self._hasher.hash(_bytes(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether it is this password; takes as long without a stored one. Call it within a `turn`."""
        try:
            self._hasher.verify(stored or self._dummy, _bytes(password))
        except VerifyMismatchError:
            return False
        return stored is not None


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")[:1024]
