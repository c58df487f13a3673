"""Alice sends what Dora has signed elsewhere: she is told at upload, and places what that signature permits."""

from __future__ import annotations

import pytest

from tests.agreement.desk import BOB, CAROL, field, pdf
from tests.documents import strangers
from tests.documents.authority import Authority


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("signed")
    (made / "plain.pdf").write_bytes(pdf(2))
    return made


@pytest.fixture(scope="module")
def signed(folder) -> bytes:
    """A PDF that Dora and Emil have signed."""
    authority = Authority("Another Root")
    first = strangers.approve(folder / "plain.pdf", authority.signer("Dora"), "Dora")
    return strangers.approve(first, authority.signer("Emil"), "Emil").read_bytes()


@pytest.fixture(scope="module")
def certified(folder) -> bytes:
    return strangers.certify(folder / "plain.pdf", Authority("Another Root").signer("Dora"), 2).read_bytes()


def refused(answer) -> str:
    assert answer.status_code == 422, answer.get_data(as_text=True)
    return answer.get_json()["code"]


def test_the_sender_is_told_at_upload_how_many_signatures_a_file_carries(desk, signed):
    key = desk.start()
    document = desk.ok(desk.upload(key, signed))
    assert (document["signed"], document["signatures"]) == (True, 2)
    assert document["sha256"] == document["original_sha256"]
    assert desk.show(key)["documents"] == [document]


def test_an_unsigned_file_is_told_as_that(desk):
    document = desk.ok(desk.upload(desk.start()))
    assert (document["signed"], document["signatures"]) == (False, 0)


def test_a_certified_file_is_refused_with_the_reason_in_the_senders_language(desk, certified):
    key = desk.start()
    assert refused(desk.upload(key, certified)) == "pdf_certified"
    headers = {"Accept-Language": "zh-TW"}
    answer = desk.call("POST", f"/{key}/documents", data=certified, content_type="application/pdf", headers=headers)
    assert answer.get_json()["title"] == "此 PDF 已被認證或被其簽章鎖定，無法再簽署。"
    assert desk.show(key)["documents"] == []


def test_a_signed_file_stands_alone(desk, signed):
    key = desk.start()
    first = desk.ok(desk.upload(key))["id"]
    assert refused(desk.upload(key, signed)) == "signed_file_alone"
    assert desk.call("DELETE", f"/{key}/documents/{first}").status_code == 204
    desk.ok(desk.upload(key, signed))
    for content in (None, signed):
        assert refused(desk.upload(key, content)) == "signed_file_alone"
    assert len(desk.show(key)["documents"]) == 1


def test_a_signed_file_takes_one_signature_for_each_recipient_and_nothing_else(desk, signed):
    key = desk.start()
    document = desk.ok(desk.upload(key, signed))["id"]
    bob, carol = desk.put_people(key, BOB, CAROL)
    possible = [field(document, bob), field(document, carol, page=1)]
    for kind in ("text", "date", "checkbox", "stamp", "signature"):
        rows = [*possible, field(document, bob, kind=kind, y=0.6)]
        answer = desk.call("PUT", f"/{key}/fields", {"fields": rows})
        assert refused(answer) == "field_not_possible_on_signed" and answer.get_json()["index"] == 2
    desk.ok(desk.call("PUT", f"/{key}/fields", {"fields": possible}))
    assert len(desk.show(key)["fields"]) == 2


def test_a_sent_file_is_told_to_the_signing_service_as_signed(desk, signed):
    key = desk.start()
    document = desk.ok(desk.upload(key, signed))
    desk.put_signatures(key, document["id"], desk.put_people(key, BOB))
    desk.ok(desk.send(key))
    sent = desk.emitted("agreement.sent.v1")[-1].data["documents"]
    assert [one["signed"] for one in sent] == [True]
    assert sent[0]["sha256"] == document["original_sha256"]


@pytest.mark.parametrize("wish", [True, False])
def test_the_margin_stamp_is_wished_for_in_the_draft(desk, wish):
    key = desk.ready(BOB)
    assert desk.show(key)["stamp_margin"] is False
    assert desk.ok(desk.call("PATCH", f"/{key}", {"stamp_margin": wish}))["stamp_margin"] is wish
    desk.ok(desk.send(key))
    assert desk.emitted("agreement.sent.v1")[-1].data["stamp_margin"] is wish
