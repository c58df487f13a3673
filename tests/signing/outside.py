"""A time-stamping authority outside: real HTTP on a port of its own, with its CA's OCSP, CRL and certificates."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID as Access

from documents import timestamps
from tests.documents.authority import Issuer, Key, Stamper

Answer = tuple[int, bytes]
POINTERS = (x509.AuthorityInformationAccess, x509.CRLDistributionPoints)


class Publishing(Issuer):
    """An authority whose certificates say where its OCSP, CRL and own certificate are."""

    def __init__(self, name: str, url: str, parent: Publishing | None = None, ocsp: bool = True) -> None:
        self.url, self.with_ocsp = url, ocsp
        super().__init__(name, parent)

    def issue(self, subject: x509.Name, key: Key, authority: bool = False, **more: object) -> bytes:
        """As the plain one, with the addresses."""
        plain = x509.load_der_x509_certificate(super().issue(subject, key, authority, **more))  # type: ignore[arg-type]
        begin, end = plain.not_valid_before_utc, plain.not_valid_after_utc
        builder = x509.CertificateBuilder(self.name, subject, key.public_key(), plain.serial_number, begin, end)
        for one in plain.extensions:
            if not isinstance(one.value, POINTERS):
                builder = builder.add_extension(one.value, one.critical)
        for pointer in self._pointers():
            builder = builder.add_extension(pointer, False)
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _pointers(self) -> list[x509.ExtensionType]:
        issuer = x509.AccessDescription(Access.CA_ISSUERS, x509.UniformResourceIdentifier(f"{self.url}/ca.cer"))
        status = x509.AccessDescription(Access.OCSP, x509.UniformResourceIdentifier(f"{self.url}/ocsp"))
        name = [x509.UniformResourceIdentifier(f"{self.url}/ca.crl")]
        access = x509.AuthorityInformationAccess([issuer, status] if self.with_ocsp else [issuer])
        return [access, x509.CRLDistributionPoints([x509.DistributionPoint(name, None, None, None)])]


class Tsa:
    """The server. ``behave`` is how it answers from now on: right, refuses, rejects, wrong, large, hangs or junk."""

    def __init__(self, until: datetime | None = None, ocsp: bool = True, root_in_token: bool = False) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.root = Publishing("Outside Root", self.base, ocsp=ocsp)
        self.stamper = self.root.stamper("Outside TSA", until=until)
        if not root_in_token:
            self.stamper = Stamper(self.stamper.key, self.stamper.chain[:1])
        self.behave, self.asked, self.over = "right", list[str](), threading.Event()
        self.authorization: str | None = None
        self.known = [self.root.certificate, self.stamper.chain[0]]

    @property
    def url(self) -> str:
        """Where it is asked for time stamps."""
        return f"{self.base}/tsa"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path: str, body: bytes) -> Answer:
        """Status and body."""
        self.asked.append(path)
        pages: dict[str, Callable[[bytes], Answer]] = {
            "/tsa": lambda body: self._stamp(body), "/ocsp": lambda body: (200, self._status(body)),
            "/ca.crl": lambda body: (200, self.root.crl()), "/ca.cer": lambda body: (200, self.root.certificate),
        }  # fmt: skip
        return pages[path](body)

    def _stamp(self, body: bytes) -> Answer:
        match self.behave:
            case "refuses":
                return 503, b"busy"
            case "rejects":
                return 200, timestamps.rejected(timestamps.Failure.SYSTEM_FAILURE)
            case "wrong":
                return 200, self.stamper.respond(timestamps.request(b"\x00" * 32, 1))
            case "large":
                return 200, bytes(200_000)
            case "junk":
                return 200, b"<html>It works!</html>"
            case "hangs":
                self.over.wait(60)
        return 200, self.stamper.respond(body)

    def _status(self, body: bytes) -> bytes:
        serial = ocsp.load_der_ocsp_request(body).serial_number
        held = [x509.load_der_x509_certificate(one) for one in (*self.stamper.chain, *self.known)]
        known = next(one for one in held if one.serial_number == serial)
        return self.root.ocsp(known.public_bytes(Encoding.DER))


def handler(tsa: Tsa) -> type[BaseHTTPRequestHandler]:
    """What answers requests for an authority."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            tsa.authorization = self.headers.get("Authorization")
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, answer = tsa.answer(self.path, body)
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            return None

    return Handler
