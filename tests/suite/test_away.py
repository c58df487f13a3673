"""Time-stamping authorities outside are away, wrong or slow: what was signed waits, is seen to wait, and completes."""

from __future__ import annotations

import pytest

from tests.signing.outside import Tsa
from tests.suite.harness import Embedded
from tests.suite.waiting import sent

pytestmark = [pytest.mark.suite, pytest.mark.timeout(180)]


def test_agreements_wait_while_no_authority_stamps_and_complete_when_one_does_again(tmp_path):
    with Tsa() as first, Tsa() as second, Embedded(TSA_URLS=f"{first.url},{second.url}") as suite:
        agreements = [sent(suite) for _ in range(2)]
        agreements[0].sign(0)
        agreements[1].sign(0)
        first.behave, second.behave = "refuses", "wrong"
        for one in agreements:
            one.sign(1)
            one.expect_completing()
        suite.kill()
        suite.start()
        assert [one.status() for one in agreements] == ["completing"] * 2
        second.behave = "right"
        for number, one in enumerate(agreements):
            one.expect_done_once(suite, tmp_path / str(number), first.root.certificate, second.root.certificate)
