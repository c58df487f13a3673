"""Keys in AWS KMS: made there, never leaving it, asked to sign digests. boto3 is imported here and in the chassis only.

Access follows AWS's own chain (environment, web identity, instance role) and needs kms:CreateKey, kms:GetPublicKey,
kms:Sign and kms:ScheduleKeyDeletion.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key
from sqlalchemy.orm import Session

from services.seal.keys.handles import handle
from services.seal.keys.port import Handle, Kind, WrongSecret, key_store_away

log = logging.getLogger(__name__)
PREFIX = "aws-kms"
CONNECT_SECONDS, READ_SECONDS = 2, 5
SPECS: dict[Kind, str] = {"ec": "ECC_NIST_P256", "rsa": "RSA_3072"}
ECDSA_SHA256, RSA_SHA256 = "ECDSA_SHA_256", "RSASSA_PKCS1_V1_5_SHA_256"
DELETION_DAYS = 7  # the shortest KMS knows
MISSING = "NotFoundException"
GONE = (MISSING, "KMSInvalidStateException")  # the latter while a deletion is pending


class KmsKeys:
    """Asymmetric SIGN_VERIFY keys by their key ids. Connections are opened by each process for itself."""

    def __init__(self, region: str, endpoint: str | None = None) -> None:
        self._region, self._endpoint = region, endpoint
        self._clients: dict[int, Any] = {}
        self._known: dict[str, tuple[bytes, str]] = {}

    def create(self, session: Session, kind: Kind = "ec") -> str:
        with _kms_errors():
            made = self._client().create_key(KeySpec=SPECS[kind], KeyUsage="SIGN_VERIFY", Description="Signet")
        return f"{PREFIX}:{made['KeyMetadata']['KeyId']}"

    def load(self, session: Session, reference: str) -> Handle:
        key_id = reference.removeprefix(f"{PREFIX}:")
        public_key, algorithm = self._known.get(key_id) or self._describe(key_id)
        return handle(public_key, partial(self._sign, key_id, algorithm))

    def destroy(self, session: Session, reference: str) -> None:
        key_id = reference.removeprefix(f"{PREFIX}:")
        self._known.pop(key_id, None)
        with _kms_errors(gone_is_fine=True):
            self._client().schedule_key_deletion(KeyId=key_id, PendingWindowInDays=DELETION_DAYS)

    def _describe(self, key_id: str) -> tuple[bytes, str]:
        with _kms_errors():
            found = self._client().get_public_key(KeyId=key_id)
        is_rsa = isinstance(load_der_public_key(found["PublicKey"]), rsa.RSAPublicKey)
        described = found["PublicKey"], RSA_SHA256 if is_rsa else ECDSA_SHA256
        return self._known.setdefault(key_id, described)

    def _sign(self, key_id: str, algorithm: str, digest: bytes) -> bytes:
        with _kms_errors():
            made = self._client().sign(KeyId=key_id, Message=digest, MessageType="DIGEST", SigningAlgorithm=algorithm)
        signature: bytes = made["Signature"]
        return signature

    def _client(self) -> Any:
        own = self._clients.get(os.getpid())
        return own or self._clients.setdefault(os.getpid(), _connect(self._region, self._endpoint))


def _connect(region: str, endpoint: str | None) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": 1},
        max_pool_connections=32,
    )  # fmt: skip
    return boto3.session.Session().client("kms", region_name=region, endpoint_url=endpoint, config=config)


@contextmanager
def _kms_errors(*, gone_is_fine: bool = False) -> Iterator[None]:
    """KMS's refusals and silences as problems; a key that is not there is the operator's to mend."""
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if gone_is_fine and code in GONE:
            return
        if code == MISSING:
            raise WrongSecret(f"AWS KMS does not have a key in use: {error}.") from error
        log.warning("AWS KMS refuses: %s", error)
        raise key_store_away() from error
    except BotoCoreError as error:
        log.warning("AWS KMS is away: %s", error)
        raise key_store_away() from error
