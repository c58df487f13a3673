"""The secrets of a suite: made once for the embedded mode, or printed for an operator to keep."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from cryptography.fernet import Fernet

from chassis.tokens import new_token_key, public_keys
from signet.registry import MODULES


def new_secrets() -> dict[str, str]:
    """Fresh secrets: a token key for each service, the public keys all of them trust, and the sealing key."""
    private = {name: new_token_key(name) for name in MODULES}
    keys = {f"TOKEN_KEY_{name.upper()}": json.dumps(key) for name, key in private.items()}
    trust = json.dumps(public_keys(list(private.values())))
    return {**keys, "TOKEN_TRUST": trust, "SECRET_KEY": Fernet.generate_key().decode()}


def deployment_secrets() -> dict[str, str]:
    """`new_secrets` and the passwords of the servers in docker-compose.yml, which need no escaping inside a URL."""
    names = [f"DATABASE_PASSWORD_{name.upper()}" for name in MODULES]
    names += ["POSTGRES_PASSWORD", "BUS_PASSWORD", "S3_ACCESS_KEY", "S3_SECRET_KEY"]
    return {**new_secrets(), **{name: secrets.token_hex(20) for name in names}}


def env_file() -> str:
    """Fresh `deployment_secrets` as the text of an ``.env`` file; quoted, because some are JSON."""
    return "".join(f"{name}='{value}'\n" for name, value in deployment_secrets().items())


def embedded_secrets(home: Path) -> dict[str, str]:
    """The secrets of the embedded suite in ``home``, made on its first start and readable by its owner alone."""
    path = home / "secrets.json"
    if not path.exists():
        part = path.with_suffix(".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as out:
            json.dump(new_secrets(), out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept
