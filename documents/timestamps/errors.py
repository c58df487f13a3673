"""What goes wrong between who asks for a time stamp and who makes it."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

# what asn1crypto raises for content that is not what its type says; RecursionError for nested indefinite lengths
UNREADABLE = (ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, RecursionError)


class Failure(IntEnum):
    """Why no time stamp is granted: the bits of PKIFailureInfo (RFC 3161, 2.4.2)."""

    BAD_ALGORITHM = 0
    BAD_REQUEST = 2
    BAD_DATA_FORMAT = 5
    TIME_NOT_AVAILABLE = 14
    UNACCEPTED_POLICY = 15
    UNACCEPTED_EXTENSION = 16
    ADDITIONAL_INFO_NOT_AVAILABLE = 17
    SYSTEM_FAILURE = 25


class BadRequest(Exception):
    """A request that is not answered with a token; `failure` says why, for `rejected`."""

    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(failure, detail)
        self.failure = failure
        self.detail = detail


class WrongTimestamp(Exception):
    """A time stamp that is refused by its maker, or does not say what was asked, or is not signed as it must be."""


@contextmanager
def wrong_if_unreadable() -> Iterator[None]:
    """Whatever a parser finds wrong is a WrongTimestamp."""
    try:
        yield
    except UNREADABLE as error:
        raise WrongTimestamp(f"cannot be read: {type(error).__name__}: {error}"[:300]) from error
