"""Signs with a key of a PKCS#11 token, then in six processes forked from this one, each writing `signed`."""

from __future__ import annotations

import os
import sys
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from services.seal.keys.pkcs11 import Pkcs11Keys


def sign(keys: Pkcs11Keys, reference: str) -> None:
    session: Any = None  # a token needs no database
    key = keys.load(session, reference)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    key.public_key().verify(key.sign(b"agreed", ec.ECDSA(SHA256())), b"agreed", ec.ECDSA(SHA256()))
    os.write(1, b"signed\n")


def main(module: str, token: str, pin: str) -> None:
    keys, session = Pkcs11Keys(module, token, pin), Any
    reference = keys.create(session)  # type: ignore[arg-type]
    sign(keys, reference)
    children = []
    for _ in range(6):
        child = os.fork()
        if child == 0:
            sign(keys, reference)
            os._exit(0)
        children.append(child)
    assert all(os.waitpid(child, 0)[1] == 0 for child in children)


if __name__ == "__main__":
    main(*sys.argv[1:])
