"""Each outside library stands behind one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

DOORS = {
    "pika": "chassis/bus/rabbit/",
    "kombu": "chassis/bus/embedded.py",
    "boto3": ("chassis/storage.py", "services/seal/keys/kms.py"),
    "pkcs11": "services/seal/keys/pkcs11.py",
    "psycopg": "chassis/doorbell.py",
    "joserfc": ("chassis/tokens.py", "gateway/oidc.py"),
    "authlib": "gateway/oidc.py",
    "webauthn": "services/identity/passkeys.py",
    "maxminddb": "gateway/places.py",
    "alembic": ("chassis/migrations.py", "services/", "gateway/migrations/"),
    "smtplib": "services/notify/",
    "pikepdf": "documents/",
    "pypdfium2": "documents/",
    "pyhanko": (
        "documents/validate.py",
        "documents/verification/",
        "documents/uploads/presigned.py",
        "documents/preload.py",
    ),
    "reportlab": ("documents/", "signet/demo/contract.py"),
    "stripe": "services/billing/payments/stripe_checkout.py",
    "xlsxwriter": ("services/agreement/export.py", "services/workspace/sheets/write.py"),
    "openpyxl": "services/workspace/sheets/xlsx.py",
    "argon2": ("services/identity/", "services/agreement/", "services/signing/"),
}
SOURCES = [
    path
    for top in ("chassis", "contracts", "documents", "services", "gateway", "signet")
    for path in Path(top).rglob("*.py")
]


def imported(path: Path) -> set[str]:
    """The top names of everything a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("library", DOORS)
def test_a_library_is_imported_behind_its_door_only(library):
    users = {str(path) for path in SOURCES if library in imported(path)}
    assert users
    assert {user for user in users if not user.startswith(DOORS[library])} == set()
