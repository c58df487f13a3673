"""A real OpenID Connect issuer on a port of this machine, which can also be told to misbehave."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Any, Self

from flask import Flask, jsonify, redirect, request
from joserfc import jws, jwt
from joserfc.jwk import OctKey, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "signet-client", "signet-secret"
Claims = dict[str, Any]


class Issuer:
    """Logs everybody in as ``person``. ``spoil`` changes the claims of a token before it is signed, ``sign`` how."""

    def __init__(self) -> None:
        self.person: Claims = {
            "sub": "10769150350006150715113082367", "email": "carol@example.com", "email_verified": True,
            "name": "Carol Goh",
        }  # fmt: skip
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig"}, private=True)
        self.spoil: Callable[[Claims], Claims] = dict
        self.sign: Callable[[Claims], str] = self.signed
        self.codes: dict[str, Claims] = {}
        self.away = False
        self._server = make_server("127.0.0.1", 0, self._app(), threaded=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def settings(self, **members: Any) -> str:
        """What an operator writes in OIDC_PROVIDERS."""
        row = {"name": "acme", "title": "Acme", "issuer": self.url, "client_id": CLIENT, "client_secret": SECRET}
        return json.dumps([{**row, **members}])

    def signed(self, claims: Claims, key: RSAKey | None = None) -> str:
        return jwt.encode({"alg": "RS256", "kid": (key or self.key).kid}, claims, key or self.key)

    def rotate(self) -> None:
        """Sign with a new key from now on, and publish only that."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"}, private=True)

    def _app(self) -> Flask:
        app = Flask("issuer")
        app.add_url_rule("/.well-known/openid-configuration", "discovery", self._discovery)
        app.add_url_rule("/jwks", "jwks", self._jwks)
        app.add_url_rule("/authorize", "authorize", self._authorize)
        app.add_url_rule("/token", "token", self._token, methods=["POST"])
        app.add_url_rule("/userinfo", "userinfo", lambda: jsonify(self.person))
        return app

    def _discovery(self) -> Any:
        if self.away:
            return "down", 503
        return jsonify(
            issuer=self.url, authorization_endpoint=f"{self.url}/authorize", token_endpoint=f"{self.url}/token",
            jwks_uri=f"{self.url}/jwks", userinfo_endpoint=f"{self.url}/userinfo",
            id_token_signing_alg_values_supported=["RS256", "HS256", "none"],
        )  # fmt: skip

    def _jwks(self) -> Any:
        return jsonify(keys=[self.key.as_dict(private=False)])

    def _authorize(self) -> Any:
        told = request.args
        code = secrets.token_urlsafe(16)
        self.codes[code] = {**told.to_dict(), "person": self.person}
        return redirect(f"{told['redirect_uri']}?code={code}&state={told['state']}")

    def _token(self) -> Any:
        begun = self.codes.pop(request.form["code"], None)
        wanted = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if begun is None or request.headers.get("Authorization") != f"Basic {wanted}":
            return jsonify(error="invalid_grant"), 400
        proof = sha256(request.form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if begun["code_challenge"] != challenge or begun["redirect_uri"] != request.form["redirect_uri"]:
            return jsonify(error="invalid_grant"), 400
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"], **begun["person"],
        }  # fmt: skip
        if "max_age" in begun:
            claims["auth_time"] = now if begun.get("prompt") == "login" else now - 3600
        return jsonify(access_token="at", token_type="Bearer", id_token=self.sign(self.spoil(claims)))


def unsigned(claims: Claims) -> str:
    """A token that says of itself that nobody signed it (RFC 7519 §6)."""
    parts = ({"alg": "none"}, claims)
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in parts) + "."


def signed_with_secret(claims: Claims) -> str:
    """A token under the client's secret, as if that were the issuer's key."""
    key = OctKey.import_key(SECRET.ljust(32, "x"))
    return jws.serialize_compact({"alg": "HS256", "kid": "k1"}, json.dumps(claims).encode(), key, algorithms=["HS256"])
