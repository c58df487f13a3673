"""Alice uploads PDFs: large ones, wrong ones, many."""

from __future__ import annotations

import io
import os
from datetime import timedelta

import pytest

from services.agreement import limits, trash
from tests.agreement.desk import BOB, pdf
from tests.documents.makers import one_page, qpdf, shaped

FULL = 60 << 20


@pytest.fixture(scope="module")
def full(tmp_path_factory) -> bytes:
    """A PDF of exactly 60 MiB."""
    path = tmp_path_factory.mktemp("full") / "full.pdf"
    data = os.urandom(FULL - 2000)
    one_page(
        path,
        b"/Contents 4 0 R",
        b"<< /Length 0 >>\nstream\n\nendstream",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data),
    )
    content = path.read_bytes()
    assert 0 <= FULL - len(content) < 2000
    return content[:9] + b"%" + b" " * (FULL - len(content) - 2) + b"\n" + content[9:]


def test_a_file_of_sixty_mebibytes_is_taken_and_one_byte_more_is_not(desk, full):
    key = desk.start()
    document = desk.ok(desk.upload(key, full))
    assert document["size"] == FULL and document["page_count"] == 1
    before = desk.show(key)
    for answer in (
        desk.upload(key, full + b" "),
        desk.call("POST", f"/{key}/documents", data=full + b" ", content_type="application/pdf"),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (413, "too_large")
    assert desk.show(key) == before and len(list(desk.objects())) == 2


def test_a_body_far_too_large_is_refused_before_it_is_read(desk):
    key = desk.start()
    large = {"CONTENT_LENGTH": str(200 << 20)}
    form = "multipart/form-data; boundary=b"
    answer = desk.call("POST", f"/{key}/documents", data=b"x", content_type=form, environ_overrides=large)
    assert answer.status_code == 413


def test_a_json_body_of_megabytes_is_refused(desk):
    key = desk.start()
    assert desk.call("PATCH", f"/{key}", {"title": "x" * (5 << 20)}).status_code == 413


def test_the_pdf_may_be_the_body_itself(desk):
    key = desk.start()
    path = f"/{key}/documents?name=%E5%90%88%E5%90%8C.pdf"
    document = desk.ok(desk.call("POST", path, data=pdf(3), content_type="application/pdf"))
    assert document["name"] == "合同.pdf" and document["page_count"] == 3


def test_wrong_files_are_refused_with_the_reason_and_the_draft_stays(desk, tmp_path):
    good = shaped(tmp_path / "good.pdf")
    locked = qpdf(good, tmp_path / "locked.pdf", "--encrypt", "secret", "secret", "256", "--")
    key = desk.start()
    before = desk.show(key)
    for content, code in (
        (b"", "pdf_not_a_pdf"), (b"PK\x03\x04 not a pdf", "pdf_not_a_pdf"), (b"%PDF-1.7\nbroken", "pdf_damaged"),
        (locked.read_bytes(), "pdf_encrypted"),
    ):  # fmt: skip
        answer = desk.upload(key, content)
        assert (answer.status_code, answer.get_json()["code"]) == (422, code)
    assert desk.show(key) == before and list(desk.objects()) == []
    answer = desk.call("POST", f"/{key}/documents", data={"other": "x"}, content_type="multipart/form-data")
    assert (answer.status_code, answer.get_json()["code"]) == (422, "file_missing")


def test_the_reason_is_told_in_the_readers_language(desk):
    key = desk.start()
    data = {"file": (io.BytesIO(b"no"), "a.pdf")}
    answer = desk.call(
        "POST", f"/{key}/documents", data=data, content_type="multipart/form-data", headers={"Accept-Language": "zh-CN"}
    )
    assert answer.get_json()["title"] == "此文件不是 PDF。"


@pytest.mark.parametrize("name", ["a\r\nb.pdf", "a\x00.pdf", "x" * 256])
def test_a_wrong_file_name_is_refused(desk, name):
    key = desk.start()
    answer = desk.call(
        "POST", f"/{key}/documents", data=pdf(), content_type="application/pdf", query_string={"name": name}
    )
    assert (answer.status_code, answer.get_json()["code"]) == (422, "validation_failed")


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\temp\\passwd.pdf", "/passwd.pdf"])
def test_a_file_name_is_never_a_path(desk, name):
    path, query = f"/{desk.start()}/documents", {"name": name}
    answer = desk.call("POST", path, data=pdf(), content_type="application/pdf", query_string=query)
    assert desk.ok(answer)["name"] == "passwd.pdf"
    assert all(path.resolve().is_relative_to(desk.folder) for path in desk.objects())


def test_a_page_that_does_not_fit_the_agreement_is_refused(desk, monkeypatch):
    monkeypatch.setattr(limits, "PAGES", 3)
    monkeypatch.setattr(limits, "DOCUMENTS", 2)
    key = desk.start()
    desk.ok(desk.upload(key, pdf(2)))
    assert desk.upload(key, pdf(2)).get_json()["code"] == "too_many_pages"
    desk.ok(desk.upload(key, pdf(1)))
    assert desk.upload(key, pdf(1)).get_json()["code"] == "too_many_documents"


def test_an_upload_that_was_never_finished_leaves_nothing_behind(desk, monkeypatch):
    monkeypatch.setattr(trash, "UNFINISHED", timedelta(0))
    monkeypatch.setattr(limits, "PAGES", 0)
    assert desk.upload(desk.start()).status_code == 422 and len(list(desk.objects())) == 2
    desk.turn("agreement_trash")
    assert list(desk.objects()) == []


def test_documents_are_put_in_order_and_deleted_with_their_fields(desk):
    key = desk.ready(BOB)
    first, second = desk.show(key)["documents"][0]["id"], desk.ok(desk.upload(key, name="annex.pdf"))["id"]
    saved = desk.ok(desk.call("PUT", f"/{key}/documents/order", {"document_ids": [second, first]}))
    assert [one["name"] for one in saved["documents"]] == ["annex.pdf", "contract.pdf"]
    for order in ([second], [second, second], [first, second, first]):
        assert desk.call("PUT", f"/{key}/documents/order", {"document_ids": order}).status_code == 422
    assert desk.call("DELETE", f"/{key}/documents/{first}").status_code == 204
    left = desk.show(key)
    assert [one["id"] for one in left["documents"]] == [second] and left["fields"] == []


def test_pages_are_shown_as_pictures_and_as_text(desk):
    key = desk.start()
    document = desk.ok(desk.upload(key, pdf(2)))
    path = f"/{key}/documents/{document['id']}/pages"
    for _ in range(2):
        answer = desk.call("GET", f"{path}/1/image?width=800")
        assert answer.content_type == "image/webp" and answer.data[8:12] == b"WEBP"
        assert answer.headers["Cache-Control"].startswith("private")
    again = desk.call("GET", f"{path}/1/image?width=800", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert "Page 1 of the contract" in desk.ok(desk.call("GET", f"{path}/1/text"))["text"]
    assert document["pages"][0] == {"width": 595.0, "height": 842.0}
    assert desk.call("GET", f"{path}/2/image").status_code == 404
    assert desk.call("GET", f"{path}/1/image?width=801").status_code == 422
