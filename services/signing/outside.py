"""HTTP to authorities outside: with time-outs, without redirects, proxies or cookies, and never more than asked for."""

from __future__ import annotations

import time
from collections.abc import Mapping
from functools import cache

import requests

from chassis.client import plain_session

TIMEOUT = (3.0, 10.0)
LONGEST = 15.0
CHUNK = 16 << 10


class TooLarge(Exception):
    """The answer is longer, or takes longer, than allowed."""


def post(url: str, body: bytes, headers: Mapping[str, str], largest: int) -> bytes:
    """The body of a 200 answer of ``largest`` bytes at most; raises `requests.RequestException` or `TooLarge`."""
    return _read("POST", url, body, headers, largest)


def get(url: str, largest: int) -> bytes:
    """As `post`, without a body."""
    return _read("GET", url, None, {}, largest)


def _read(method: str, url: str, body: bytes | None, headers: Mapping[str, str], largest: int) -> bytes:
    end = time.monotonic() + LONGEST
    with _session().request(
        method, url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False, stream=True
    ) as response:  # fmt: skip
        if response.status_code != requests.codes.ok:
            raise requests.HTTPError(f"{response.status_code}", response=response)
        held = bytearray()
        for chunk in response.iter_content(CHUNK):
            held += chunk
            if len(held) > largest or time.monotonic() > end:
                raise TooLarge(f"{method} of more than {largest} bytes or {LONGEST} s")
        return bytes(held)


@cache
def _session() -> requests.Session:
    return plain_session(None)
