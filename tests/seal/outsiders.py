"""Another installation of *seal* behind its gateway, as outsiders and other installations reach it: by HTTP."""

from __future__ import annotations

import base64
import hashlib
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from tests.processes import free_port
from tests.seal.desk import ECDSA_SHA256, SHA256_OID, Desk
from tests.service_kit import Kit

TOKEN = "4be2c1a07d9f4c3e8a5b6d7f1e2c3b4a-first"
OTHER = "9d8c7b6a5f4e3d2c1b0a99887766554433-second"


class Outside:
    """An installation; ``env`` are settings of its *seal*. Within the block it answers at ``url``."""

    def __init__(self, folder: Path, **env: str) -> None:
        folder.mkdir(exist_ok=True)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        home = {"PUBLIC_URL": self.url, "ORGANISATION": "Outside"}
        self.seal = Kit("seal", folder, **{**home, "CSC_ACCESS_TOKENS": f"{TOKEN},{OTHER}", **env})
        self.desk = Desk(self.seal)
        self.gateway = Kit("gateway", folder, None, {"seal": self.seal.app}, **home)
        self.app: Any = self.gateway.app  # what is served; a test may stand in front of it

    def __enter__(self) -> Self:
        self._server = make_server("127.0.0.1", self.port, lambda *call: self.app(*call), threaded=True)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def close(self) -> None:
        """Let go of the databases."""
        for kit in (self.seal, self.gateway):
            kit.runtime.db.engine.dispose()

    def ask(
        self, path: str, token: str | None = TOKEN, headers: dict[str, str] | None = None, **body: Any
    ) -> TestResponse:
        """Ask the public API through the gateway."""
        said = {"Authorization": f"Bearer {token}"} if token else {}
        client = self.gateway.app.test_client()
        return client.post(f"/csc/v2/{path}", json=body, headers={**said, **(headers or {})})

    def sign(self, data: bytes, credential: str = "platform", **changes: Any) -> TestResponse:
        """Have data signed; ``token`` and members of the order may be changed."""
        order = {
            "credentialID": credential, "hashes": [base64.b64encode(hashlib.sha256(data).digest()).decode()],
            "hashAlgorithmOID": SHA256_OID, "signAlgo": ECDSA_SHA256,
        }  # fmt: skip
        return self.ask("signatures/signHash", **{**order, **changes})
