"""A gateway with the real *identity* behind it, and what people do there."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.gateway.issuer import Issuer
from tests.gateway.people import Browser, Gateway
from tests.identity.people import CONSENTS, PASSWORD, ask_code, last_code
from tests.identity.people import register as register_at
from tests.service_kit import Kit

PERSON = {"consents": CONSENTS, "region": "SG", "newsletter": False}


class World:
    """``identity`` and the ``gateway`` before it."""

    def __init__(self, folder: Path, urls: tuple[str | None, str | None] = (None, None), **env: str) -> None:
        self.identity = Kit("identity", folder, urls[0])
        self.gateway = Gateway(folder / "g", urls[1], {"identity": self.identity.app}, **env)

    def close(self) -> None:
        """Give back connections."""
        self.gateway.close()
        for kit in (self.gateway, self.identity):
            kit.runtime.db.engine.dispose()

    def browser(self) -> Browser:
        return self.gateway.browser()

    def register(self, email: str = "alice@example.com", **form: Any) -> None:
        """An account with a password."""
        assert ask_code(self.identity, email).status_code == 202
        assert register_at(self.identity, email, **form).status_code == 201


def enter(browser: Browser, email: str = "alice@example.com", password: str = PASSWORD, **options: Any) -> Any:
    """The answer to e-mail and password; keeps the token when that is all."""
    return kept(
        browser, browser.send("POST", "/api/v1/session", json={"email": email, "password": password}, **options)
    )


def kept(browser: Browser, answer: Any) -> Any:
    """Keep the token of a session's answer."""
    if answer.status_code == 201:
        browser.token = answer.json["csrf_token"]
    return answer


def post(browser: Browser, path: str, **body: Any) -> Any:
    """Send one of the steps of logging in."""
    return kept(browser, browser.send("POST", f"/api/v1/session{path}", json=body))


def begin(browser: Browser, name: str = "acme", return_to: str = "/agreements") -> str:
    """The address the browser is sent to at the issuer."""
    answer = browser.send("GET", f"/oidc/{name}/login", query_string={"return_to": return_to})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def at_issuer(address: str) -> str:
    """Log in there; path and query of the address it sends back to."""
    answer = requests.get(address, allow_redirects=False, timeout=5)
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def come_back(browser: Browser, address: str) -> str:
    """Where the browser is led in the end."""
    answer = browser.send("GET", address)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def log_in_at(issuer: Issuer, browser: Browser, **person: Any) -> str:
    """All the way through the issuer; where it leads."""
    issuer.person = {**issuer.person, **person}
    led = come_back(browser, at_issuer(begin(browser)))
    state = browser.send("GET", "/api/v1/session")
    browser.token = state.json["csrf_token"] if state.status_code == 200 else ""
    return led


def mailed_code(world: World) -> str:
    return last_code(world.identity)
