"""Time stamps come from the first authority that gives a right one, and from *seal* only when none is configured."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from cryptography import x509

from chassis.settings import BadSettings
from documents import timestamps
from services.signing import outside
from services.signing.settings import tsa_urls
from services.signing.timestamping import timestamp
from services.signing.waits import TimestampAway
from tests.processes import free_port
from tests.signing.outside import Publishing, Tsa
from tests.signing.stage import Stage, person
from tests.signing.test_archiving import expect_lta, go_until, row

DIGEST = hashlib.sha256(b"a signature").digest()


@pytest.fixture
def two() -> Iterator[list[Tsa]]:
    with ExitStack() as stack:
        yield [stack.enter_context(Tsa()) for _ in range(2)]


def stamp(folder: Path, *urls: str) -> bytes:
    with closing(Stage(folder, TSA_URLS=", ".join(urls))) as stage:
        return timestamp(stage.kit.runtime, DIGEST)


def maker(token: bytes, tsas: list[Tsa]) -> list[int]:
    """Which of the authorities made a token."""
    return [n for n, one in enumerate(tsas) if timestamps.certificates_of(token)[0] == one.stamper.chain[0]]


def test_the_first_authority_is_asked_and_the_second_left_alone(tmp_path: Path, two: list[Tsa]) -> None:
    assert maker(stamp(tmp_path, *(one.url for one in two)), two) == [0]
    assert two[1].asked == []


@pytest.mark.parametrize("fault", ["refuses", "rejects", "wrong", "large", "junk"])
def test_one_that_does_not_answer_rightly_is_followed_by_the_next(tmp_path: Path, two: list[Tsa], fault: str) -> None:
    two[0].behave = fault
    assert maker(stamp(tmp_path, *(one.url for one in two)), two) == [1]
    assert two[0].asked == ["/tsa"]


def test_one_that_is_not_there_is_followed_by_the_next(tmp_path: Path, two: list[Tsa]) -> None:
    assert maker(stamp(tmp_path, f"http://127.0.0.1:{free_port()}/", two[1].url), two) == [1]


def test_one_that_hangs_is_given_up(tmp_path: Path, two: list[Tsa], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "TIMEOUT", (1.0, 0.3))
    two[0].behave = "hangs"
    assert maker(stamp(tmp_path, *(one.url for one in two)), two) == [1]


def test_when_all_are_away_the_level_is_not_lowered(tmp_path: Path, two: list[Tsa]) -> None:
    for one in two:
        one.behave = "refuses"
    with pytest.raises(TimestampAway, match="HTTPError"):
        stamp(tmp_path, *(one.url for one in two))


def test_name_and_password_of_the_address_are_sent_and_told_to_nobody(tmp_path: Path, two: list[Tsa]) -> None:
    stamp(tmp_path, two[0].url.replace("http://", "http://signet:geheim@"))
    assert two[0].authorization == "Basic c2lnbmV0OmdlaGVpbQ=="
    two[0].behave = "refuses"
    with pytest.raises(TimestampAway) as failed:
        stamp(tmp_path, two[0].url.replace("http://", "http://signet:geheim@"))
    assert "geheim" not in str(failed.value)


def test_without_an_authority_the_suites_own_is_asked(tmp_path: Path) -> None:
    token = stamp(tmp_path)
    assert timestamps.time_of(token) and len(timestamps.certificates_of(token)) == 2


@pytest.mark.parametrize("text", ["tsa.example.com", "ftp://tsa.example.com", "http://"])
def test_what_is_no_address_stops_the_start_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="http://"):
        tsa_urls(text)


@pytest.mark.parametrize("text", ["0", "-3", "soon", "1e3", "9" * 20, "٣"])
def test_renewal_needs_a_day_at_least_and_ten_years_at_most(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSettings, match="ARCHIVE_RENEW_DAYS is wrong: write a number of days, 1 to 3650"):
        Stage(tmp_path, ARCHIVE_RENEW_DAYS=text)


@pytest.mark.parametrize(("content", "why"), [(None, "cannot be read"), (b"junk", "does not hold certificates in PEM")])
def test_a_file_of_roots_that_is_none_stops_the_start(tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "roots.pem"
    if content:
        path.write_bytes(content)
    with pytest.raises(BadSettings, match=f"SIGNET_TRUST is wrong: {path} {why}"):
        Stage(tmp_path, SIGNET_TRUST=str(path))


def test_one_whose_certificate_cannot_be_asked_about_is_followed_by_the_next(tmp_path: Path, two: list[Tsa]) -> None:
    silent(two[0])
    assert maker(stamp(tmp_path, *(one.url for one in two)), two) == [1]


class Silent(Publishing):
    """An authority whose certificates name neither OCSP nor CRL."""

    def _pointers(self) -> list[x509.ExtensionType]:
        return []


def silent(tsa: Tsa) -> None:
    """It stamps with a certificate that cannot be asked about."""
    tsa.stamper = Silent("Silent Root", tsa.base).stamper("Silent TSA")


def test_when_nobody_else_is_there_the_document_waits_before_anybody_is_invited(tmp_path: Path, two: list[Tsa]) -> None:
    silent(two[0])
    with closing(Stage(tmp_path, TSA_URLS=two[0].url)) as stage:
        agreement = stage.send(person("Bob"))
        told = row(stage, agreement).last_error or ""
        assert not agreement.told("signing.invited.v1")
    assert told == "TimestampAway: 127.0.0.1: the certificate of Silent TSA names neither OCSP nor CRL"


def test_authorities_of_the_same_name_are_each_proven_by_their_own(tmp_path: Path) -> None:
    with Tsa() as first, Tsa() as second, closing(Stage(tmp_path, TSA_URLS=f"{first.url},{second.url}")) as stage:
        assert first.root.name == second.root.name
        agreement = go_until(stage, "archive")
        first.behave = "refuses"
        stage.work()
        expect_lta(stage, agreement, first, second)
