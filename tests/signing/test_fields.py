"""Filling in: what each field takes, what finishing demands."""

from __future__ import annotations

import io
from typing import Any
from uuid import UUID

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from chassis.ids import new_key, public_id
from services.signing import dates
from tests.identity.people import join
from tests.service_kit import user
from tests.signing.stage import WORKSPACE, Account, Signer, Stage, field, person, red_stamp

LINE = [[[0.1, 0.5], [0.5, 0.2], [0.9, 0.6]]]


def bob_with(stage: Stage, *fields: dict[str, Any]) -> Signer:
    bob = stage.send(person("Bob", fields=[field("signature"), *fields])).signer()
    bob.consent()
    return bob


def upload(signer: Signer, kind: str, data: bytes) -> Any:
    boundary, body = encode_multipart({"image": FileStorage(io.BytesIO(data), "image.png")})
    content_type = f"multipart/form-data; boundary={boundary}"
    return signer.ask("PUT", f"/fields/{signer.field(kind)}", data=body, content_type=content_type)


def test_consent_comes_before_the_first_value(stage: Stage) -> None:
    bob = stage.send(person("Bob")).signer()
    assert bob.put("signature", strokes=LINE).json["code"] == "consent_required"
    assert bob.ask("POST", "/finish").json["code"] == "consent_required"
    assert bob.ask("POST", "/consent", json={"version": "old"}).json["code"] == "consent_outdated"
    bob.consent()
    bob.consent()
    assert bob.agreement.kinds().count("consented") == 1 and bob.state()["consent"]["accepted_at"]


def test_a_signature_is_typed_drawn_or_uploaded_and_can_be_taken_out(stage: Stage) -> None:
    bob = bob_with(stage)
    assert bob.put("signature", typed={"name": "王小明 Bob", "style": "dancing"}).status_code == 200
    assert bob.put("signature", strokes=LINE, aspect=2.5).status_code == 200
    assert upload(bob, "signature", red_stamp()).status_code == 200
    shown = bob.ask("GET", f"/fields/{bob.field('signature')}/image")
    assert shown.data.startswith(b"\x89PNG") and bob.state()["fields"][0]["value"]["source"] == "uploaded"
    assert bob.ask("DELETE", f"/fields/{bob.field('signature')}").json["fields"][0]["value"] is None


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({"text": "Bob"}, "value_not_accepted"),
        ({"checked": True}, "value_not_accepted"),
        ({"strokes": [[[5, 5]]]}, "image_damaged"),
        ({"typed": {"name": "\U0001f680", "style": "plain"}}, "text_not_drawable"),
        ({"typed": {"name": "Bob", "style": "gothic"}}, "validation_failed"),
        ({"signature_id": "sig_x"}, "signature_unknown"),
        ({"seal_id": "sea_x"}, "value_not_accepted"),
        ({}, "validation_failed"),
        ({"typed": {"name": "Bob", "style": "plain"}, "text": "x"}, "validation_failed"),
    ],
)
def test_a_signature_field_refuses_what_is_no_signature(stage: Stage, value: dict[str, Any], code: str) -> None:
    answer = bob_with(stage).put("signature", **value)
    assert (answer.status_code, answer.json["code"]) == (422, code)


def test_a_hostile_upload_is_refused(stage: Stage) -> None:
    bob = bob_with(stage)
    assert upload(bob, "signature", b"<svg/>").json["code"] == "image_not_supported"
    assert upload(bob, "signature", b"\x89PNG\r\n\x1a\nbroken").status_code == 422
    assert upload(bob, "signature", b"x" * ((5 << 20) + 1)).status_code == 413


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * 11, "text_not_accepted"), ("", "text_not_accepted"), ("a\x00b", "text_not_accepted"),
        ("\U0001f680", "text_not_drawable"),
    ],
)  # fmt: skip
def test_a_text_keeps_its_rules(stage: Stage, text: str, code: str) -> None:
    bob = bob_with(stage, field("text", 1, longest=10))
    assert bob.put("text", text="1234567890").status_code == 200
    assert bob.put("text", text=text).json["code"] == code


def test_a_text_that_does_not_fit_its_box_is_refused_at_once(stage: Stage) -> None:
    bob = bob_with(stage, field("text", 1, width=0.05, height=0.01))
    assert bob.put("text", text="word " * 50).json["code"] == "text_too_long"


def test_a_default_text_that_does_not_fit_stops_the_finish_and_nothing_else(stage: Stage) -> None:
    bob = bob_with(stage, field("text", 1, width=0.05, height=0.01, default="word " * 50))
    bob.put("signature", strokes=LINE)
    assert bob.ask("POST", "/finish").json["code"] == "text_too_long"
    bob.put("text", text="ok")
    assert bob.ask("POST", "/finish").status_code == 200


def test_a_date_is_taken_in_its_format_or_as_iso(stage: Stage) -> None:
    bob = bob_with(stage, field("date", 1, format="DD/MM/YYYY"))
    for text in ("2026-02-28", "28/02/2026"):
        assert bob.put("date", text=text).json["fields"][1]["value"] == {"text": "2026-02-28", "shown": "28/02/2026"}
    for text in ("2026-02-30", "02/28/2026", "tomorrow", "٢٨/02/2026"):
        assert bob.put("date", text=text).json["code"] == "date_not_valid"


@pytest.mark.parametrize(
    ("format", "shown"),
    [
        (None, "2026-03-05"), ("YYYY年M月D日", "2026年3月5日"), ("D.M.YYYY", "5.3.2026"),
        ("YYYY-MM-DD HH:mm", "2026-03-05 07:08"),
    ],
)  # fmt: skip
def test_dates_are_shown_in_the_format_and_read_back(format: str | None, shown: str) -> None:
    assert dates.shown("2026-03-05T07:08", format) == shown
    assert dates.shown(dates.parse(shown, format), format) == shown


@pytest.mark.parametrize("format", ["HH:mm", "MM/YYYY", "YYYY YYYY", "MM M", ":", "MMDDYYYY"])
def test_no_format_a_sender_may_choose_breaks_the_field(format: str) -> None:
    assert dates.parse("2026-03-05", format) == "2026-03-05" and dates.shown("2026-03-05", format)
    try:
        assert dates.parse(dates.shown("2026-03-05", format), format).startswith("2026")
    except ValueError:
        assert "YYYY" not in format


def test_defaults_stand_in_the_fields_until_they_are_changed(stage: Stage) -> None:
    values = (("text", "Ltd."), ("checkbox", "true"), ("date", "05/03/2026"))
    rows = [field(kind, row, default=value) for row, (kind, value) in enumerate(values, 1)]
    bob = bob_with(stage, *(row | {"format": "DD/MM/YYYY" if row["kind"] == "date" else None} for row in rows))
    assert [one["value"] for one in bob.state()["fields"][1:]] == [
        {"text": "Ltd.", "shown": "Ltd."},
        {"checked": True},
        {"text": "2026-03-05", "shown": "05/03/2026"},
    ]


def test_a_saved_signature_of_the_account_is_taken_and_no_other(stage: Stage) -> None:
    identity = stage.with_identity()
    bob_himself, mallory = (join(identity, email) for email in ("bob@example.com", "mallory@example.com"))
    body = {"kind": "typed", "name": "Bob", "style": "caveat"}
    saved = [
        identity.request("POST", "/api/v1/account/signatures", who, json=body).json["id"]
        for who in (bob_himself, mallory)
    ]
    bob = Account(stage.send(person("Bob")), "bob@example.com", bob_himself.account)
    bob.consent()
    assert bob.put("signature", signature_id=saved[1]).json["code"] == "signature_unknown"
    assert bob.put("signature", signature_id=saved[0]).status_code == 200
    assert bob.state()["fields"][0]["value"]["source"] == "saved"


def test_finishing_names_the_fields_that_are_missing(stage: Stage) -> None:
    optional = field("text", 3, required=False)
    bob = bob_with(stage, field("text", 1), field("checkbox", 2), optional)
    bob.put("checkbox", checked=False)
    answer = bob.ask("POST", "/finish")
    assert (answer.status_code, answer.json["code"]) == (422, "fields_missing")
    required = {one["id"] for one in bob.state()["fields"] if one["required"]}
    assert set(answer.json["fields"]) == required and len(required) == 3
    assert bob.state()["progress"]["required_left"] == 3


def test_nobody_fills_or_sees_the_fields_of_another(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), person("Carol"))
    bob, carol = agreement.signer("Bob"), agreement.signer("Carol")
    bob.fill()
    carol.consent()
    foreign = bob.field("signature")
    assert [one["id"] for one in carol.state()["fields"]] != [foreign]
    assert carol.ask("PUT", f"/fields/{foreign}", json={"strokes": LINE}).status_code == 404
    assert carol.ask("DELETE", f"/fields/{foreign}").status_code == 404
    assert carol.ask("GET", f"/fields/{foreign}/image").status_code == 404


def test_what_was_filled_in_stays_and_is_final_after_the_finish(stage: Stage) -> None:
    bob = bob_with(stage, field("text", 1))
    bob.put("text", text="kept")
    assert bob.agreement.signer(browser="b2").state()["fields"][1]["value"]["text"] == "kept"
    bob.put("signature", strokes=LINE)
    bob.ask("POST", "/finish")
    assert bob.put("text", text="changed").json["code"] == "already_signed"
    assert bob.ask("POST", "/finish").json["code"] == "already_signed"
    assert len(bob.agreement.told("signing.signed.v1")) == 1


def granted_seal(stage: Stage, account: UUID) -> str:
    """A company seal that this account may use."""
    who = {"account_id": str(account), "workspace_id": str(WORKSPACE), "member_id": str(new_key()), "status": "enabled"}
    stage.seal.deliver("workspace.member_joined.v1", **who)
    admin = user(account, WORKSPACE)
    body = {"name": "Company", "image": (io.BytesIO(red_stamp()), "seal.png")}
    made = stage.seal.request("POST", "/api/v1/seals", admin, data=body, content_type="multipart/form-data").json
    grant(stage, made["id"], account, account)
    return str(made["id"])


def grant(stage: Stage, seal: str, admin: UUID, *accounts: UUID) -> None:
    body = {"account_ids": [public_id("acc", one) for one in accounts]}
    assert (
        stage.seal.request("PUT", f"/api/v1/seals/{seal}/grants", user(admin, WORKSPACE), json=body).status_code < 300
    )


def test_a_granted_seal_stamps_and_a_withdrawn_one_stops_the_finish(stage: Stage) -> None:
    agreement = stage.send(person("Bob", fields=[field("signature"), field("stamp", 2, height=0.15)]))
    bob = Account(agreement, "bob@example.com")
    seal = granted_seal(stage, bob.account)
    assert [one["id"] for one in bob.ask("GET", "/seals").json["seals"]] == [seal]
    bob.fill()
    assert bob.put("stamp", seal_id=seal).status_code == 200
    grant(stage, seal, bob.account)
    assert bob.ask("POST", "/finish").json["code"] == "seal_not_granted"
    grant(stage, seal, bob.account, bob.account)
    assert bob.ask("POST", "/finish").status_code == 200
    stage.work()
    assert agreement.told("signing.completed.v1")


def test_a_seal_of_somebody_else_is_not_taken(stage: Stage) -> None:
    agreement = stage.send(person("Bob", fields=[field("signature"), field("stamp", 2)]))
    seal = granted_seal(stage, new_key())
    bob = Account(agreement, "bob@example.com")
    bob.consent()
    assert bob.put("stamp", seal_id=seal).json["code"] == "seal_not_granted"
    assert upload(bob, "stamp", red_stamp()).json["code"] == "value_not_accepted"


def test_a_signer_without_account_uploads_a_stamp(stage: Stage) -> None:
    bob = bob_with(stage, field("stamp", 2))
    assert bob.ask("GET", "/seals").json == {"seals": []}
    assert upload(bob, "stamp", red_stamp()).status_code == 200
