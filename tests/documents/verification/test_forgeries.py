"""Nobody, outside or inside, can change an agreement against its plan without being told what was done."""

from pathlib import Path

import pytest

from documents.verification import verify
from tests.documents.verification.files import Genuine
from tests.documents.verification.forgeries import OUTSIDERS, Forgery, gap
from tests.documents.verification.insiders import INSIDERS, Insider


@pytest.mark.parametrize("forge", OUTSIDERS, ids=lambda forge: forge.__name__)
def test_a_forgery_is_told_with_its_reason(forge: Forgery, case: Genuine, tmp_path: Path) -> None:
    forged = tmp_path / "forged.pdf"
    forged.write_bytes(forge(case))
    assert forged.read_bytes() != case.data
    report = verify(forged, case.world.roots)
    assert report.verdict == "not_authentic", report
    assert {reason.code for reason in report.reasons} & OUTSIDERS[forge], report.reasons


@pytest.mark.parametrize("forge", INSIDERS, ids=lambda forge: forge.__name__)
def test_a_misused_key_is_told_with_its_reason(forge: Insider, case: Genuine) -> None:
    report = verify(forge(case), case.world.roots)
    assert report.verdict == "not_authentic", report
    assert {reason.code for reason in report.reasons} & INSIDERS[forge], report.reasons


def test_a_download_that_broke_off_is_told_as_that(case: Genuine, tmp_path: Path) -> None:
    (cut := tmp_path / "cut.pdf").write_bytes(case.data[: gap(case)[0] + 500])
    report = verify(cut, case.world.roots)
    assert (report.verdict, report.reasons[0].code) == ("not_authentic", "end_missing")
