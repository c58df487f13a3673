"""What every service's web application promises."""

import io
import threading
import uuid

import pytest

from chassis.database import EVERYONE, ScopeViolation
from chassis.tokens import Kind, Principal
from chassis.web import create_app
from tests.chassis.toy import Note, bearer, make


@pytest.fixture
def toy(tmp_path):
    service, runtime = make(tmp_path)
    return create_app(service, runtime).test_client(), runtime


def alice(workspace=None):
    return Principal(Kind.USER, str(uuid.uuid4()), workspace or uuid.uuid4(), frozenset({"admin"}))


def test_a_note_is_written_and_read_in_its_own_workspace(toy):
    client, _ = toy
    headers = bearer("gateway", alice())
    made = client.post("/api/v1/notes", json={"text": "  hello "}, headers=headers)
    assert made.status_code == 201 and made.json["text"] == "hello"
    assert client.get(f"/api/v1/notes/{made.json['note_id']}", headers=headers).json == made.json


def test_a_foreign_note_answers_like_a_missing_one(toy):
    client, _ = toy
    made = client.post("/api/v1/notes", json={"text": "mine"}, headers=bearer("gateway", alice()))
    foreign = client.get(f"/api/v1/notes/{made.json['note_id']}", headers=bearer("gateway", alice()))
    missing = client.get(f"/api/v1/notes/{uuid.uuid4()}", headers=bearer("gateway", alice()))
    assert foreign.status_code == missing.status_code == 404
    assert foreign.json == missing.json


def test_a_row_of_another_workspace_is_not_written(toy):
    _, runtime = toy
    with pytest.raises(ScopeViolation), runtime.db.transaction(uuid.uuid4()) as session:
        session.add(Note(note_id=uuid.uuid4(), workspace_id=uuid.uuid4(), text="x"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer nonsense"},
        bearer("gateway", alice(), audience="billing"),
        bearer("billing", alice()),
        bearer("gateway", Principal(Kind.ANONYMOUS)),
    ],
    ids=["none", "nonsense", "other audience", "a service speaking for a person", "anonymous"],
)
def test_nobody_enters_without_a_token_for_this_service(toy, headers):
    client, _ = toy
    answer = client.post("/api/v1/notes", json={"text": "x"}, headers=headers)
    assert answer.status_code == 401 and answer.json["code"] == "unauthenticated"
    assert answer.content_type == "application/problem+json"


def test_a_service_may_only_call_what_is_open_to_it(toy):
    client, _ = toy
    answer = client.post(
        "/api/v1/notes", json={"text": "x"}, headers=bearer("billing", Principal(Kind.SERVICE, "billing"))
    )
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "required"),
        ({"text": 1}, "not_text"),
        ({"text": "a\r\nb"}, "control_characters"),
        ({"text": "a", "b": 1}, "unknown_field"),
    ],
)
def test_wrong_values_are_named_in_the_readers_language(toy, body, code):
    client, _ = toy
    headers = {**bearer("gateway", alice()), "Accept-Language": "zh-TW"}
    answer = client.post("/api/v1/notes", json=body, headers=headers)
    assert answer.status_code == 422 and answer.json["title"] == "部分內容填寫有誤。"
    assert [row["code"] for row in answer.json["errors"]] == [code]


def test_a_body_that_is_not_json_is_a_400(toy):
    client, _ = toy
    answer = client.post(
        "/api/v1/notes", data="{", headers={**bearer("gateway", alice()), "Content-Type": "application/json"}
    )
    assert answer.status_code == 400 and answer.json["code"] == "malformed_json"


def test_the_same_idempotency_key_gets_the_first_answer(toy):
    client, runtime = toy
    headers = {**bearer("gateway", alice()), "Idempotency-Key": "k1"}
    first, again = (client.post("/api/v1/notes", json={"text": "once"}, headers=headers) for _ in range(2))
    assert (first.status_code, first.json) == (again.status_code, again.json)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = client.post("/api/v1/notes", json={"text": "other"}, headers=headers)
    assert other.status_code == 422 and other.json["code"] == "idempotency_key_reused"
    with runtime.db.read(EVERYONE) as session:
        assert session.query(Note).count() == 1


def test_eight_twins_write_one_note(toy):
    client, runtime = toy
    headers = {**bearer("gateway", alice()), "Idempotency-Key": "race"}
    answers = []
    twins = [
        threading.Thread(
            target=lambda: answers.append(
                client.application.test_client().post("/api/v1/notes", json={"text": "x"}, headers=headers)
            )
        )
        for _ in range(8)
    ]
    for twin in twins:
        twin.start()
    for twin in twins:
        twin.join()
    assert {answer.status_code for answer in answers} <= {201, 409}
    with runtime.db.read(EVERYONE) as session:
        assert session.query(Note).count() == 1


def test_health_needs_no_token(toy):
    client, _ = toy
    assert (
        client.get("/healthz").status_code
        == client.get("/readyz").status_code
        == client.get("/metrics").status_code
        == 200
    )


def test_an_unknown_address_is_a_problem_too(toy):
    client, _ = toy
    answer = client.get("/nowhere")
    assert answer.status_code == 404 and answer.json["code"] == "not_found"


def test_a_body_that_breaks_off_is_refused_and_claims_no_key(toy):
    client, _ = toy
    headers = {**bearer("gateway", alice()), "Idempotency-Key": "cut"}
    whole = b'{"text": "whole"}'
    cut = {"wsgi.input_terminated": True, "CONTENT_LENGTH": str(len(whole))}
    options = {"headers": headers, "content_type": "application/json"}
    broken = client.post("/api/v1/notes", input_stream=io.BytesIO(whole[:5]), environ_overrides=cut, **options)
    assert broken.status_code == 400
    assert client.post("/api/v1/notes", data=whole, **options).status_code == 201
