"""Settings of *signing* beside those every service has."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509

from chassis.settings import Settings, setting

LOCAL = {("http", "127.0.0.1"), ("http", "localhost"), ("http", "::1")}
MOST_DAYS = 3650


def tsa_urls(text: str) -> tuple[str, ...]:
    """``https://user:password@host/path`` addresses with commas between them; else ValueError."""
    urls = tuple(part.strip() for part in text.split(",") if part.strip())
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("write http:// or https:// addresses with commas between them")
    return urls


def roots(text: str) -> tuple[str, ...]:
    """Paths of files with colons between them; ValueError for one that does not hold certificates in PEM."""
    paths = tuple(part for part in text.split(os.pathsep) if part)
    for path in paths:
        try:
            x509.load_pem_x509_certificates(Path(path).read_bytes())
        except OSError as error:
            raise ValueError(f"{path} cannot be read ({error.strerror})") from error
        except ValueError as error:
            raise ValueError(f"{path} does not hold certificates in PEM") from error
    return paths


def days(text: str) -> int:
    """A number of days, 1 to `MOST_DAYS`; else ValueError."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MOST_DAYS:
        raise ValueError(f"write a number of days, 1 to {MOST_DAYS}")
    return int(text)


def provider_url(text: str) -> str:
    """An https:// address, or http:// on this machine, without a slash at the end; else ValueError."""
    parts = urlsplit(text)
    if not parts.hostname or (parts.scheme != "https" and (parts.scheme, parts.hostname) not in LOCAL):
        raise ValueError("write an https:// address")
    return text.rstrip("/")


@dataclass(frozen=True, kw_only=True)
class SigningSettings(Settings):
    """Where time stamps come from, and when those that keep finished documents are renewed."""

    tsa_urls: tuple[str, ...] = setting(
        "TSA_URLS",
        "RFC 3161 time-stamping authorities in the order to try, commas between them, user:password@ allowed; "
        "without one the suite's own (trial level)",
        (),
        tsa_urls,
        secret=True,
    )
    archive_renew_days: int = setting(
        "ARCHIVE_RENEW_DAYS", "days before its end that a document's archive time stamp is renewed", 90, days
    )
    trust: tuple[str, ...] = setting(
        "SIGNET_TRUST", "files of roots in PEM to trust beside the suite's own when files are verified", (), roots
    )
    csc_url: str = setting(
        "CSC_URL", "https:// address of the CSC API v2 of a provider that signs the signers' acts", "", provider_url
    )
    csc_credential: str = setting("CSC_CREDENTIAL", "credentialID at CSC_URL; it must sign without being asked", "")
    csc_token: str = setting("CSC_TOKEN", "bearer token for CSC_URL", "", secret=True)
    csc_client_id: str = setting(
        "CSC_CLIENT_ID", "OAuth 2.0 client at CSC_URL/oauth2/token, where there is no CSC_TOKEN", ""
    )
    csc_client_secret: str = setting("CSC_CLIENT_SECRET", "its secret", "", secret=True)
