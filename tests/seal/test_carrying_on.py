"""An installation of the first version carries on: its root, its certificates, what it has signed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp

from chassis.ids import new_key
from services.seal.app import service
from tests.seal.desk import Desk
from tests.seal.older import FirstVersion
from tests.service_kit import Kit


@pytest.fixture
def upgraded(tmp_path: Path, database_url: str) -> Iterator[tuple[FirstVersion, Desk]]:
    workspace = new_key()
    first = FirstVersion(tmp_path, database_url, workspace)
    desk = Desk(Kit("seal", tmp_path, database_url))
    desk.workspace = workspace
    yield first, desk
    desk.db.engine.dispose()


def test_root_and_platform_stay(upgraded: tuple[FirstVersion, Desk]) -> None:
    first, desk = upgraded
    assert desk.chain("platform") == [first.platform, first.root]
    assert x509.load_pem_x509_certificate(desk.kit.request("GET", "/api/v1/certificates/root").data) == first.root
    assert desk.sign("platform", b"contract").status_code == 200


def test_a_workspace_that_signed_becomes_an_authority_with_a_new_key(upgraded: tuple[FirstVersion, Desk]) -> None:
    first, desk = upgraded
    leaf, issuing, root = desk.chain(desk.signs_once())
    assert root == first.root
    assert issuing.public_key() != first.workspace.public_key()
    leaf.verify_directly_issued_by(issuing)
    issuing.verify_directly_issued_by(first.root)


def test_what_was_signed_before_can_still_be_proved(upgraded: tuple[FirstVersion, Desk]) -> None:
    first, desk = upgraded
    desk.signs_once()
    told = desk.validation_data(first.platform, first.workspace)
    assert told["unknown"] == []
    statuses = {ocsp.load_der_ocsp_response(one).certificate_status for one in told["ocsp"]}
    assert (len(told["ocsp"]), statuses) == (2, {ocsp.OCSPCertStatus.GOOD})
    asked = ocsp.OCSPRequestBuilder().add_certificate(first.workspace, first.root, hashes.SHA256()).build()
    answer = desk.kit.request("POST", "/pki/ocsp", data=asked.public_bytes(Encoding.DER))
    assert ocsp.load_der_ocsp_response(answer.data).certificate_status is ocsp.OCSPCertStatus.GOOD


def test_the_step_that_migrates_starts_on_the_old_tables(tmp_path: Path, database_url: str) -> None:
    FirstVersion(tmp_path, database_url, new_key())
    kit = Kit("seal", tmp_path, f"sqlite:///{tmp_path / 'new.db'}")
    settings = type(kit.runtime.settings)(**{**vars(kit.runtime.settings), "database_url": database_url})
    runtime = service.start(settings)
    runtime.db.engine.dispose()
    kit.runtime.db.engine.dispose()
