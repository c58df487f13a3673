"""What the stories of this folder share: a certificate authority and the people who sign."""

from pathlib import Path

import pytest

from tests.documents.authority import Authority, Signer
from tests.documents.makers import plain


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="session")
def platform(authority: Authority) -> Signer:
    return authority.signer("Signet Platform")


@pytest.fixture(scope="session")
def alice(authority: Authority) -> Signer:
    return authority.signer("Alice")


@pytest.fixture(scope="session")
def bob(authority: Authority) -> Signer:
    return authority.signer("张伟 Bob", kind="rsa")


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    return plain(tmp_path / "contract.pdf", pages=2)
