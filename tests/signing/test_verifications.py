"""Anybody uploads a file and is told whether it is what was signed here."""

from __future__ import annotations

import io
from datetime import datetime

import pytest

from chassis.database import EVERYONE
from chassis.tokens import Kind, Principal
from services.signing.models import Ceremony
from tests.documents.makers import plain
from tests.signing.stage import Agreement, Stage, person

API = "/api/v1/verifications"
CAROL = Principal(Kind.ANONYMOUS, ip="203.0.113.77", browser="b7")


@pytest.fixture
def agreement(stage: Stage) -> Agreement:
    """Bob and Dora have signed, and it is completed."""
    sent = stage.send(person("Bob"), person("Dora"), ordered=False)
    for name in ("Bob", "Dora"):
        sent.signer(name).sign()
    stage.work()
    return sent


def finished(agreement: Agreement, which: str = "document") -> bytes:
    answer = agreement.signer("Bob").ask("GET", f"/files/{which}")
    assert answer.status_code == 200, answer.json
    return answer.data


def upload(stage: Stage, data: bytes, language: str = "en") -> dict:
    headers = {"Accept-Language": language, "Content-Type": "application/pdf"}
    answer = stage.kit.request("POST", API, CAROL, data=data, headers=headers)
    assert answer.status_code == 200, answer.json
    return answer.json


def test_the_finished_document_is_authentic_and_on_record(stage: Stage, agreement: Agreement) -> None:
    told = upload(stage, finished(agreement))
    assert (told["verdict"], told["kind"], told["on_record"], told["reasons"]) == ("authentic", "agreement", True, [])
    assert told["level"] == "B-LTA"
    assert {"Bob", "Dora"} <= {one["signer"] for one in told["signatures"]}


def test_the_certificate_of_completion_is_authentic_and_on_record(stage: Stage, agreement: Agreement) -> None:
    told = upload(stage, finished(agreement, "certificate"))
    assert (told["verdict"], told["on_record"], told["reasons"]) == ("authentic", True, [])
    assert (told["level"], told["signatures"][0]["signer"]) == ("B-LTA", "Signet Platform")


def test_a_changed_byte_is_told_in_the_readers_language(stage: Stage, agreement: Agreement) -> None:
    data = finished(agreement)
    place = data.index(b"/Contents <") + 20
    told = upload(stage, data[:place] + b"0000" + data[place + 4 :], "zh-Hant")
    assert (told["verdict"], told["on_record"]) == ("not_authentic", False)
    assert "簽章" in "".join(one["sentence"] for one in told["reasons"])


def test_a_form_upload_is_verified_too(stage: Stage, agreement: Agreement) -> None:
    body = {"file": (io.BytesIO(finished(agreement)), "any name.pdf")}
    answer = stage.kit.request("POST", API, CAROL, data=body)
    assert answer.json["verdict"] == "authentic"


def test_an_unsigned_file_says_nothing(stage: Stage) -> None:
    told = upload(stage, plain(stage.folder / "plain.pdf").read_bytes())
    assert (told["verdict"], told["on_record"], told["signatures"]) == ("unknown", False, [])
    assert [one["code"] for one in told["reasons"]] == ["no_signatures"]


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n" + b"<<" * 5000])
def test_garbage_is_answered_not_failed_on(stage: Stage, data: bytes) -> None:
    assert upload(stage, data)["verdict"] == "unknown"


def test_an_upload_without_a_file_is_refused(stage: Stage) -> None:
    answer = stage.kit.request("POST", API, CAROL, data={"other": "x"})
    assert (answer.status_code, answer.json["code"]) == (422, "file_missing")


def test_an_upload_that_is_too_large_is_refused(stage: Stage) -> None:
    headers = {"Content-Type": "application/pdf"}
    answer = stage.kit.request("POST", API, CAROL, data=bytes((60 << 20) + 1), headers=headers)
    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_the_id_on_the_certificate_tells_state_and_hashes_and_no_person(stage: Stage, agreement: Agreement) -> None:
    answer = stage.kit.request("GET", f"{API}/{agreement.public_id}", CAROL)
    told = answer.json
    assert (told["signers"], told["level"]) == (2, "B-LTA")
    assert told["completed_at"]
    assert len(told["document_sha256"]) == 64
    assert upload(stage, finished(agreement))["sha256"] == told["document_sha256"]
    for word in ("Bob", "Dora", "Alice", "example.com", agreement.signer("Bob").state()["title"]):
        assert word not in answer.text


def test_until_it_is_completed_an_agreement_is_not_found(stage: Stage) -> None:
    sent = stage.send(person("Bob"))
    assert stage.kit.request("GET", f"{API}/{sent.public_id}", CAROL).status_code == 404


@pytest.mark.parametrize("unknown", ["agr_2222222222222222222222", "x", "agr_%00", "AGR-1"])
def test_an_unknown_id_is_not_found(stage: Stage, unknown: str) -> None:
    answer = stage.kit.request("GET", f"{API}/{unknown}", CAROL)
    assert (answer.status_code, answer.json["code"]) == (404, "not_found")


def test_a_file_stays_on_record_when_its_archive_was_renewed(stage: Stage, agreement: Agreement) -> None:
    before = finished(agreement)
    stage.change(agreement, archive_due=completed_at(stage, agreement))
    stage.kit.turn("renew")
    after = finished(agreement)
    assert before != after
    assert upload(stage, before)["on_record"]
    told = upload(stage, after)
    assert (told["verdict"], told["on_record"]) == ("authentic", True), told


def completed_at(stage: Stage, agreement: Agreement) -> datetime:
    """When it was completed: the archive is due at once."""
    with stage.kit.runtime.db.read(EVERYONE) as session:
        return session.get_one(Ceremony, agreement.id).completed_at
