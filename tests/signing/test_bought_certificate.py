"""Documents sealed with a certificate that the operator bought hold as those sealed with our own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from documents import validate
from services.signing import seals
from tests.processes import free_port
from tests.seal.bought import Key, buy
from tests.service_kit import Kit
from tests.signing.stage import Stage, person
from tests.signing.test_main_path import final


@contextmanager
def published(port: int, files: Mapping[str, Callable[[], bytes]]) -> Iterator[None]:
    """What a certification authority has on its web server."""

    def app(environ: Any, start_response: Any) -> Any:
        found = files.get(environ["PATH_INFO"])
        return Response(found() if found else b"", 200 if found else 404)(environ, start_response)

    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    "key", [rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())], ids=["RSA-2048", "P-384"]
)
def test_an_agreement_is_certified_with_the_bought_certificate_and_lasts(stage: Stage, key: Key) -> None:
    port = free_port()
    bought = buy(key, url=f"http://127.0.0.1:{port}")
    own_root = seals.certificates(stage.kit.runtime, seals.PLATFORM)[-1]
    stage.seal.runtime.db.engine.dispose()
    stage.seal = Kit("seal", stage.folder, **bought.pem(stage.folder))
    stage.neighbours["seal"] = stage.seal.app
    with published(port, bought.published):
        agreement = stage.send(person("Bob"))
        agreement.signer().sign()
        stage.work()
    roots = [own_root, bought.chain[-1].public_bytes(Encoding.DER)]
    for name in ("document", "certificate"):
        assert validate.flaws(final(stage, agreement, name), roots, archived=True) == []
    assert validate.flaws(final(stage, agreement), roots[:1], archived=True) != []
