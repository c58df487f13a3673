"""Servers that tests ask for by name; each is started once per process of the run, and only when a test wants it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers import S3, Postgres, Rabbit, Smtp

SERVERS = ("postgres", "rabbit", "s3", "smtp", "kms", "hsm")

# Left out of `make check`, which has to end within a minute.
SLOW = (
    "bus/", "signing/test_outages", "signing/test_races", "signing/test_fields", "signing/test_hostile",
    "signing/test_main_path", "documents/test_places", "documents/test_hostile", "documents/test_signing",
    "identity/test_signatures", "identity/test_junk", "agreement/test_uploads", "agreement/test_progress",
    "agreement/test_lists", "deploy/", "seal/test_keystores", "seal/test_csc", "seal/test_operator_certificate",
    "signing/test_signatory", "signing/test_bought", "signing/test_archiving", "signing/test_verifications",
    "signing/test_erase", "signing/test_uploads", "documents/test_differential", "documents/test_signed_uploads",
    "documents/test_longterm", "documents/test_odd_uploads", "documents/test_validate", "documents/verification/",
    "suite/", "signing/test_evidence", "signing/test_blocked", "signing/test_bundle", "signing/test_begun_before",
    "signing/test_checks", "agreement/test_drafts", "agreement/test_ending", "agreement/test_sending",
    "agreement/test_signed_uploads", "signing/test_closing", "signing/test_papers", "signing/test_timestamping",
    "documents/test_rendercheck", "documents/test_stamping", "documents/test_rehearsal", "documents/test_intake",
    "seal/test_validation", "seal/test_one_time", "seal/test_designed", "seal/test_grants", "billing/test_clock",
    "billing/test_ledger", "billing/test_stripe", "billing/test_orders", "billing/test_buying", "billing/test_invoices",
    "workspace/", "notify/test_looks", "notify/test_delivery", "notify/test_mails", "documents/test_seal",
    "documents/test_stamps", "documents/test_contract", "documents/test_suggestions", "agreement/test_templates",
    "agreement/test_suggestions", "agreement/test_batches", "agreement/test_corrections", "identity/test_two_factor",
    "identity/test_passkeys", "identity/test_avatars", "billing/test_modes", "billing/test_reservations",
    "gateway/test_proxy", "signing/test_phone", "signing/test_corrections", "test_rights_of_routes",
    "agreement/test_retention", "agreement/test_holding", "signing/test_discard", "billing/test_model",
    "billing/test_told", "billing/test_catalogue", "identity/test_proofs", "gateway/test_proving",
)  # fmt: skip

LONG = ("tests/suite/", "tests/console/test_every_page", "tests/browser/", "tests/console/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, the whole suite and the stories in a browser; mark what needs a server."""
    items.sort(key=_turn)
    for item in items:
        names = (*getattr(item, "fixturenames", ()), item.name)
        if any(server in name for server in SERVERS for name in names):
            item.add_marker(pytest.mark.servers)
        if item.nodeid.removeprefix("tests/").startswith(SLOW):
            item.add_marker(pytest.mark.slow)


def _turn(item: pytest.Item) -> int:
    return next((turn for turn, name in enumerate(LONG) if item.nodeid.startswith(name)), len(LONG))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="session")
def rabbit() -> Iterator[Rabbit]:
    with Rabbit() as server:
        yield server


@pytest.fixture(scope="session")
def s3() -> Iterator[S3]:
    with S3() as server:
        yield server


@pytest.fixture(scope="session")
def smtp() -> Iterator[Smtp]:
    with Smtp() as server:
        yield server
