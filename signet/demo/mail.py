"""Reading the mails the suite sends: from its own mailbox, or from a Mailpit catcher."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any, Protocol

import requests

from signet.demo.http import wait_for


@dataclass(frozen=True)
class Mail:
    """A received mail; ``text`` is its plain part, ``sender`` who it says it comes from."""

    id: str
    subject: str
    text: str
    sender: str = ""


class Mailbox(Protocol):
    def mails(self, address: str) -> list[Mail]:
        """The mails to an address, newest first."""
        ...


class SignetMailbox:
    """The mailbox of an embedded suite."""

    def __init__(self, url: str) -> None:
        self._url = url

    def mails(self, address: str) -> list[Mail]:
        rows = _get(f"{self._url}/api/v1/mailbox", to=address)["messages"]
        return [Mail(row["id"], row["subject"], row["text"], row["from"]) for row in rows]


class Mailpit:
    """A Mailpit server, by its HTTP API."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def mails(self, address: str) -> list[Mail]:
        rows = _get(f"{self._url}/api/v1/search", query=f'to:"{address}"')["messages"]
        return [Mail(r["ID"], r["Subject"], _get(f"{self._url}/api/v1/message/{r['ID']}")["Text"]) for r in rows]


def _get(url: str, **params: str) -> Any:
    try:
        response = requests.get(url, params=params, timeout=20)
    except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError):
        return {"messages": []}
    return response.json() if response.ok else {"messages": []}


def newest(mailbox: Mailbox, address: str, pattern: str, known: Container[str] = ()) -> str:
    """The first group of ``pattern`` in the newest mail that has it, other than the ``known``; waits for the mail."""

    def look() -> str | None:
        matches = (re.search(pattern, mail.text) for mail in mailbox.mails(address))
        return next((match.group(1) for match in matches if match and match.group(1) not in known), None)

    return wait_for(look, f"a mail to {address}")


CODE = r"(?m)(?<!\d)(\d{6})\s*$"
LINK = r"/sign/(sgl_[A-Za-z0-9_-]{43})"
