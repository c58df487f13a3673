"""Which OpenID Connect issuers people may log in by, as the operator wrote it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z][a-z0-9-]{0,39}")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
KNOWN = {"google": {"issuer": "https://accounts.google.com", "title": "Google"}}


@dataclass(frozen=True, kw_only=True)
class Provider:
    """An issuer and our registration with it.

    ``name`` stands in addresses, ``title`` on the button. ``trusted_email``: its addresses count as verified though it
    does not say so, for a company's own issuer.
    """

    name: str
    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    title: str = ""
    scope: str = "openid email profile"
    trusted_email: bool = False


def providers(text: str) -> tuple[Provider, ...]:
    """A JSON list of objects with the members of `Provider`; for ``google``, issuer and title are known."""
    rows = json.loads(text)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("write a JSON list of objects")
    found = tuple(_provider(row) for row in rows)
    if len({one.name for one in found}) < len(found):
        raise ValueError("two providers have the same name")
    return found


def _provider(row: dict[str, Any]) -> Provider:
    try:
        one = Provider(**{"title": row.get("name", ""), **KNOWN.get(str(row.get("name")), {}), **row})
    except TypeError as error:
        raise ValueError(f"a provider has {', '.join(Provider.__annotations__)}") from error
    for name, value in vars(one).items():
        if not isinstance(value, bool if name == "trusted_email" else str):
            raise ValueError(f"{name} is of the wrong kind")
    parts = urlsplit(one.issuer)
    if not NAME.fullmatch(one.name) or len(one.title) > 40 or not one.client_id:
        raise ValueError("a provider's name has small letters, digits and hyphens; its title at most 40 characters")
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise ValueError(f"the issuer {one.issuer} is not reached by https")
    return one
