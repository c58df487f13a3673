"""The object store: documents and images by key. A folder when embedded, S3 otherwise; boto3 is imported only here."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol
from urllib.parse import SplitResult, parse_qs, quote, unquote, urlsplit

CHUNK = 1 << 20


class StorageDown(Exception):
    """The store cannot be reached."""


class Missing(Exception):
    """There is no object under this key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What was written: size in bytes and SHA-256 in hex."""

    key: str
    size: int
    sha256: str


class Storage(Protocol):
    def put(self, key: str, source: Path) -> Stored:
        """Store a file under a key, durably, before returning. Writing the same key again replaces it."""
        ...

    def open(self, key: str) -> IO[bytes]:
        """A stream to read an object; raises `Missing`."""
        ...

    def delete(self, key: str) -> None:
        """Remove an object; a missing one is no error."""
        ...

    def delete_below(self, folder: str) -> None:
        """Remove every object whose key begins with ``folder`` and a slash; none is no error."""
        ...

    def link(self, key: str, filename: str, seconds: int = 300) -> str | None:
        """A short-lived address to fetch the object from directly, or None when the service must stream it."""
        ...

    def ready(self) -> bool: ...


class FolderStorage:
    """Objects as files below a folder."""

    def __init__(self, root: Path) -> None:
        self._root = root
        root.mkdir(parents=True, exist_ok=True)

    def put(self, key: str, source: Path) -> Stored:
        target = self._path(key)
        target.parent.mkdir(parents=True, exist_ok=True)
        with (
            tempfile.NamedTemporaryFile(dir=target.parent, prefix=".part-", delete=False) as part,
            source.open("rb") as src,
        ):
            shutil.copyfileobj(src, part, CHUNK)
            part.flush()
            os.fsync(part.fileno())
        Path(part.name).replace(target)
        _sync_folder(target.parent)
        return Stored(key, target.stat().st_size, file_sha256(source))

    def open(self, key: str) -> IO[bytes]:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError as error:
            raise Missing(key) from error

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def delete_below(self, folder: str) -> None:
        with suppress(FileNotFoundError):
            shutil.rmtree(self._path(folder))

    def link(self, key: str, filename: str, seconds: int = 300) -> str | None:
        return None

    def ready(self) -> bool:
        return os.access(self._root, os.W_OK)

    def _path(self, key: str) -> Path:
        path = (self._root / key).resolve()
        if not path.is_relative_to(self._root.resolve()):
            raise Missing(key)
        return path


class S3Storage:
    """Objects in an S3 bucket, with time-outs that keep a request short when the store is away."""

    def __init__(self, bucket: str, client: Any, public_client: Any | None) -> None:
        self._bucket, self._client, self._public = bucket, client, public_client

    def put(self, key: str, source: Path) -> Stored:
        sha256 = file_sha256(source)
        with _s3_errors(key):
            self._client.upload_file(str(source), self._bucket, key, ExtraArgs={"Metadata": {"sha256": sha256}})
        return Stored(key, source.stat().st_size, sha256)

    def open(self, key: str) -> IO[bytes]:
        with _s3_errors(key):
            stream: IO[bytes] = self._client.get_object(Bucket=self._bucket, Key=key)["Body"]
            return stream

    def delete(self, key: str) -> None:
        with _s3_errors(key):
            self._client.delete_object(Bucket=self._bucket, Key=key)

    def delete_below(self, folder: str) -> None:
        with _s3_errors(folder):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=f"{folder}/")
            for key in [one["Key"] for page in pages for one in page.get("Contents", ())]:
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def link(self, key: str, filename: str, seconds: int = 300) -> str | None:
        if self._public is None:
            return None
        disposition = f"attachment; filename*=UTF-8''{quote(filename)}"
        params = {"Bucket": self._bucket, "Key": key, "ResponseContentDisposition": disposition}
        return str(self._public.generate_presigned_url("get_object", Params=params, ExpiresIn=seconds))

    def ready(self) -> bool:
        try:
            with _s3_errors(""):
                self._client.head_bucket(Bucket=self._bucket)
        except (StorageDown, Missing):
            return False
        return True


@contextmanager
def _s3_errors(key: str) -> Iterator[None]:
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404", "NoSuchBucket"):
            raise Missing(key) from error
        raise StorageDown(str(error)) from error
    except (BotoCoreError, Boto3Error) as error:
        raise StorageDown(str(error)) from error


def connect_storage(url: str) -> Storage:
    """``folder:///path`` or ``s3://key:secret@bucket?endpoint=https://…&region=…``; raises ValueError otherwise.

    With ``public=https://…``, the address browsers reach the same store at, downloads go there directly.
    """
    parts = urlsplit(url)
    if parts.scheme == "folder":
        return FolderStorage(Path(parts.path))
    if parts.scheme == "s3" and parts.hostname:
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        public = query.get("public")
        return S3Storage(
            parts.hostname, _s3_client(parts, query, query.get("endpoint")), public and _s3_client(parts, query, public)
        )
    raise ValueError("STORAGE_URL: use folder:///path or s3://bucket?endpoint=…")


def _s3_client(parts: SplitResult, query: dict[str, str], endpoint: str | None) -> Any:
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 2}, max_pool_connections=32)
    return boto3.client(
        "s3", endpoint_url=endpoint, region_name=query.get("region", "us-east-1"), config=config,
        aws_access_key_id=parts.username and unquote(parts.username),
        aws_secret_access_key=parts.password and unquote(parts.password),
    )  # fmt: skip


def file_sha256(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def fetch(storage: Storage, key: str, target: Path) -> Path:
    """Copy an object to a file; raises `Missing` or `StorageDown`."""
    with storage.open(key) as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, CHUNK)
    return target


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """A private folder that is gone afterwards, for work on files."""
    with tempfile.TemporaryDirectory(prefix="signet-") as folder:
        yield Path(folder)


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
