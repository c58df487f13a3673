"""Configuration: read once from the environment into a frozen object.

Every setting is a dataclass field made by `setting`; `NAME_FILE` is the path of a file that holds the value of `NAME`.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Read = TypeVar("Read", bound=DataclassInstance)

REQUIRED: Any = object()


class BadSettings(Exception):
    """A missing or wrong setting; the text is one sentence for the operator."""


def setting(
    name: str, doc: str, default: Any = REQUIRED, parse: Callable[[str], Any] = str, *, secret: bool = False
) -> Any:
    """A dataclass field that `Settings.load` fills from the environment variable ``name``."""
    metadata = {"env": name, "doc": doc, "parse": parse, "secret": secret, "default": default}
    return dataclasses.field(metadata=metadata)


def url_map(text: str) -> dict[str, str]:
    """``billing=http://billing:8000 seal=http://seal:8000`` as a mapping."""
    pairs = [part.partition("=") for part in text.split()]
    if not all(equals and value for _, equals, value in pairs):
        raise ValueError("write name=url pairs with spaces between them")
    return {name: value.rstrip("/") for name, _, value in pairs}


def switch(text: str) -> bool:
    """``on/off``, ``true/false``, ``1/0``, ``yes/no``."""
    known = {"on": True, "true": True, "1": True, "yes": True, "off": False, "false": False, "0": False, "no": False}
    if text.lower() not in known:
        raise ValueError("write on or off")
    return known[text.lower()]


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What every service needs. A service adds its own by subclassing."""

    service: str
    database_url: str = setting("DATABASE_URL", "SQLAlchemy URL of this service's own database", secret=True)
    bus_url: str = setting("BUS_URL", "amqp://, amqps://, memory:// or filesystem://", secret=True)
    storage_url: str = setting("STORAGE_URL", "folder:///path or s3://bucket?endpoint=…", secret=True)
    service_urls: Mapping[str, str] = setting(
        "SERVICE_URLS", "name=url of every service, separated by spaces", parse=url_map
    )
    token_key: str = setting(
        "TOKEN_KEY", "this process's Ed25519 private JWK; its kid is the service's name", secret=True
    )
    token_trust: str = setting("TOKEN_TRUST", "JWKS with the public keys of every service")
    secret_key: str = setting("SECRET_KEY", "Fernet key that seals links and codes between services", secret=True)
    public_url: str = setting("PUBLIC_URL", "address people open in the browser, without a slash at the end")
    log_level: str = setting("LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO")
    embedded: bool = setting("EMBEDDED", "on: single process trial wiring with mailbox", False, switch)

    @classmethod
    def load(cls, service: str, env: Mapping[str, str]) -> Self:
        """Read every field; raises `BadSettings` with one sentence for the first that is missing or wrong."""
        return read(cls, env, service=service)


def read(cls: type[Read], env: Mapping[str, str], **given: Any) -> Read:
    """Any dataclass of `setting` fields, filled from the environment; raises `BadSettings`."""
    fields = [field for field in dataclasses.fields(cls) if "env" in field.metadata]
    return cls(**given, **{field.name: _read(field.metadata, env) for field in fields})


def _read(meta: Mapping[str, Any], env: Mapping[str, str]) -> Any:
    name = meta["env"]
    text = env.get(name)
    if not text and (path := env.get(f"{name}_FILE")):
        try:
            text = Path(path).read_text().strip()
        except OSError as error:
            raise BadSettings(f"{name}_FILE names {path}, which cannot be read ({error.strerror}).") from error
        except UnicodeDecodeError as error:
            raise BadSettings(f"{name}_FILE names {path}, which is not text.") from error
    if text is None or text == "":
        if meta["default"] is REQUIRED:
            raise BadSettings(f"{name} is missing: {meta['doc']}.")
        return meta["default"]
    try:
        return meta["parse"](text)
    except ValueError as error:
        raise BadSettings(f"{name} is wrong: {error}; it is {meta['doc']}.") from error


def configuration_table(*classes: type[DataclassInstance]) -> str:
    """The Markdown table of every setting, for the documentation."""
    rows = {f.metadata["env"]: f.metadata for cls in classes for f in dataclasses.fields(cls) if "env" in f.metadata}
    lines = ["| variable | meaning | default |", "|---|---|---|"]
    for name, meta in rows.items():
        default = "required" if meta["default"] is REQUIRED else _as_typed(meta["default"])
        lines.append(f"| `{name}`{' (secret)' if meta['secret'] else ''} | {meta['doc']} | {default} |")
    return "\n".join(lines) + "\n"


def _as_typed(value: Any) -> str:
    """A default as an operator would write it."""
    if isinstance(value, bool):
        return "`on`" if value else "`off`"
    if value in (None, "", (), {}):
        return "none"
    return f"`{' '.join(map(str, value)) if isinstance(value, tuple) else value}`"
