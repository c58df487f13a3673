"""An operator takes a certificate back at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509

from signet.cli import main
from signet.up import build
from tests.seal.desk import Desk
from tests.service_kit import Kit


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """*seal* on the database of an embedded suite."""
    suite = build(tmp_path, "http://signet.test")
    url = f"sqlite:///{tmp_path / 'seal.db'}"
    secret = suite.runtimes["seal"].settings.secret_key
    for runtime in suite.runtimes.values():
        runtime.db.engine.dispose()
    desk = Desk(Kit("seal", tmp_path, url, SECRET_KEY=secret))
    desk.tell_workspace(desk.workspace)
    return desk


def status(desk: Desk, credential: str) -> str:
    return str(desk.ask("credentials/info", credentialID=credential).json["cert"]["status"])


def test_a_credential_or_a_serial_number_is_revoked(
    desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = desk.signs_once(), desk.signs_once()
    serial = f"{leaf(desk, second).serial_number:x}"
    assert main(["revoke", first, "--reason", "keyCompromise", "--home", str(tmp_path)]) == 0
    assert main(["revoke", serial, "--home", str(tmp_path)]) == 0
    assert (status(desk, first), status(desk, second)) == ("revoked", "revoked")
    told = capsys.readouterr().out
    assert f"{first}  " in told and "keyCompromise" in told and serial in told


def leaf(desk: Desk, credential: str) -> x509.Certificate:
    return desk.chain(credential)[0]


def test_what_cannot_be_revoked_is_said(desk: Desk, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = ["--home", str(tmp_path)]
    assert main(["revoke", "nobody", *home]) == 1
    assert main(["revoke", "root", *home]) == 1
    assert main(["revoke", "platform", "--reason", "dislike", *home]) == 2
    assert main(["revoke", "platform", "--home", str(tmp_path / "elsewhere")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "There is no such signing credential."
    assert told[1] == "This certificate can be revoked only by its issuer."
    assert told[2].startswith("The reason is one of unspecified, keyCompromise")
    assert told[3].startswith("There is no suite in")
    assert status(desk, "platform") == "valid"
