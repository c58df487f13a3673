"""Time stamps and keys are away in turn, and whoever signs is killed: all that was signed completes, each act once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.servers import Kms, SoftHsm
from tests.signing.outside import Tsa
from tests.suite.harness import Spread
from tests.suite.killer import Killer
from tests.suite.waiting import Waiting, sent

pytestmark = [pytest.mark.soak, pytest.mark.timeout(900)]
KEYS = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_EC2_METADATA_DISABLED": "true"}
Step = Callable[[], None]


@contextmanager
def kms() -> Iterator[tuple[dict[str, str], Step, Step]]:
    with Kms() as server:
        settings = {"KEY_STORE": "aws-kms:eu-central-1", "KMS_ENDPOINT": server.url, **KEYS}
        yield settings, server.freeze, server.thaw


@contextmanager
def token() -> Iterator[tuple[dict[str, str], Step, Step]]:
    one = SoftHsm()
    settings = {"KEY_STORE": f"pkcs11:{one.module}", "PKCS11_TOKEN": one.label, "PKCS11_PIN": one.pin}
    yield {**settings, "SOFTHSM2_CONF": str(one.configuration)}, one.unplug, one.plug


@pytest.mark.parametrize("store", [kms, token])
def test_what_was_signed_during_outages_completes_with_each_act_once(
    store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store() as (settings, away, back), Tsa() as first, Tsa() as second:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)  # migrating runs in this process
        urls = f"{first.url},{second.url}"
        with Spread(TSA_URLS=urls, **settings) as suite:
            agreements = [sent(suite, signers) for signers in (2, 2, 5)]
            for one in agreements:
                one.sign(0)
            through_outages(suite, agreements, (first, second), away, back)
            for number, one in enumerate(agreements):
                one.expect_done_once(suite, tmp_path / str(number), first.root.certificate, second.root.certificate)


def through_outages(suite: Spread, agreements: list[Waiting], tsas: tuple[Tsa, Tsa], away: Step, back: Step) -> None:
    """Everybody else signs: one without time stamps, one without keys, one while the workers are killed."""
    tsas[0].behave, tsas[1].behave = "hangs", "junk"
    agreements[0].sign(1)
    agreements[0].expect_completing()
    away()
    tsas[0].behave = tsas[1].behave = "right"
    agreements[1].sign(1)
    agreements[1].expect_completing()
    suite.kill(("seal", "web"))
    back()  # without its token seal does not start
    suite.start(("seal", "web"))
    workers = [(("signing", "worker"),), (("seal", "web"),)] * 6
    with Killer(suite, workers, 29, (0.3, 2.0)):
        agreements[2].sign(1, 2, 3, 4)
