"""Alice keeps signatures: typed, drawn, uploaded; one of them is the default one."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from PIL import Image, ImageDraw
from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.storage import Missing
from chassis.tokens import Principal
from services.identity.models import DiscardedImage
from tests.identity.people import at_once, join
from tests.service_kit import Kit, service

PATH = "/api/v1/account/signatures"
TYPED = {"kind": "typed", "name": "王小明 Alice", "style": "caveat"}
DRAWN = {"kind": "drawn", "strokes": [[[0.1, 0.5], [0.4, 0.2], [0.9, 0.6]]]}


def photo(kind: str = "PNG", size: tuple[int, int] = (400, 200)) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).line((40, 160, 360, 40), fill="black", width=9)
    held = io.BytesIO()
    image.save(held, kind)
    return held.getvalue()


def add(kit: Kit, who: Principal, **body: Any) -> Any:
    return kit.request("POST", PATH, who, json=body or TYPED)


def upload(kit: Kit, who: Principal, data: bytes, **fields: str) -> Any:
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    head = '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = "".join([*parts, head]).encode() + data + b"\r\n--x--\r\n"
    return kit.request("POST", PATH, who, data=body, content_type="multipart/form-data; boundary=x")


def listed(kit: Kit, who: Principal) -> list[tuple[str, bool]]:
    return [(one["name"], one["default"]) for one in kit.request("GET", PATH, who).json["signatures"]]


def picture(kit: Kit, who: Principal, signature_id: str) -> bytes:
    answer = kit.request("GET", f"{PATH}/{signature_id}/image", who)
    assert answer.status_code == 200 and answer.mimetype == "image/png"
    return answer.data


@pytest.mark.parametrize("body", [TYPED, DRAWN], ids=["typed", "drawn"])
def test_a_signature_is_made_and_shown(kit: Kit, body: dict[str, Any]) -> None:
    alice = join(kit)
    made = add(kit, alice, **body)
    assert made.status_code == 201 and made.json["kind"] == body["kind"] and made.json["default"] is True
    with Image.open(io.BytesIO(picture(kit, alice, made.json["id"]))) as image:
        assert image.mode == "RGBA" and image.getchannel("A").getextrema() == (0, 255)


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_an_uploaded_photo_becomes_a_png_without_its_paper(kit: Kit, kind: str) -> None:
    alice = join(kit)
    made = upload(kit, alice, photo(kind), name="Photo")
    assert made.status_code == 201 and (made.json["kind"], made.json["name"]) == ("uploaded", "Photo")
    with Image.open(io.BytesIO(picture(kit, alice, made.json["id"]))) as image:
        assert image.format == "PNG" and image.getchannel("A").getextrema()[0] == 0


def test_what_is_no_image_is_refused_with_a_sentence(kit: Kit) -> None:
    alice = join(kit)
    refused = upload(kit, alice, b"<svg onload=alert(1)>")
    assert (refused.status_code, refused.json["code"]) == (422, "image_not_supported")
    assert refused.json["title"] == "Only PNG and JPEG images can be used."
    assert upload(kit, alice, photo()[:120]).status_code == 422
    assert kit.request("POST", PATH, alice, data={}, content_type="multipart/form-data").json["code"] == "image_missing"


def test_an_image_may_have_five_mebibytes_and_not_one_byte_more(kit: Kit) -> None:
    alice = join(kit)
    padded = photo("JPEG").ljust(5 << 20, b"\0")
    assert upload(kit, alice, padded).status_code == 201
    assert upload(kit, alice, padded + b"\0").status_code == 413
    assert upload(kit, alice, padded * 2).status_code == 413


def test_an_image_of_too_many_pixels_is_refused(kit: Kit) -> None:
    assert upload(kit, join(kit), photo(size=(9000, 9000))).json["code"] == "image_too_large"


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "typed", "name": "Alice"},
        {"kind": "typed", "name": "Alice", "style": "comic"},
        {"kind": "drawn"},
        {"kind": "drawn", "strokes": []},
        {"kind": "drawn", "strokes": [[[5, 5]]]},
        {"kind": "drawn", "strokes": [["x"]]},
        {"kind": "carved"},
        {},
    ],
)
def test_an_incomplete_signature_is_refused(kit: Kit, body: dict[str, Any]) -> None:
    assert kit.request("POST", PATH, join(kit), json=body).status_code == 422


def test_exactly_one_is_the_default_one(kit: Kit) -> None:
    alice = join(kit)
    first, second = add(kit, alice).json, add(kit, alice, **{**DRAWN, "name": "Drawn"}).json
    assert listed(kit, alice) == [(TYPED["name"], True), ("Drawn", False)]
    kit.request("PATCH", f"{PATH}/{second['id']}", alice, json={"default": True})
    assert listed(kit, alice) == [(TYPED["name"], False), ("Drawn", True)]
    assert kit.request("DELETE", f"{PATH}/{second['id']}", alice).status_code == 204
    assert listed(kit, alice) == [(TYPED["name"], True)]
    kit.request("DELETE", f"{PATH}/{first['id']}", alice)
    assert listed(kit, alice) == []


def test_many_first_signatures_at_once_have_one_default(any_kit: Kit) -> None:
    alice = join(any_kit)
    answers = at_once(4, lambda n: add(any_kit, alice, **{**DRAWN, "name": f"n{n}"}).status_code)
    assert answers == [201] * 4
    assert [default for _, default in listed(any_kit, alice)].count(True) == 1


def test_editing_a_typed_one_writes_it_anew_and_leaves_the_old_image_to_who_uses_it(kit: Kit) -> None:
    alice = join(kit)
    made = add(kit, alice).json
    old = internal(kit, alice)[0]
    changed = kit.request("PATCH", f"{PATH}/{made['id']}", alice, json={"name": "Alice Lim", "style": "dancing"}).json
    new = internal(kit, alice)[0]
    assert (changed["name"], changed["style"]) == ("Alice Lim", "dancing")
    assert old["image_key"] != new["image_key"] and old["image_sha256"] != new["image_sha256"]
    with kit.runtime.storage.open(old["image_key"]) as kept:
        assert sha256(kept.read()).hexdigest() == old["image_sha256"]


def test_a_drawn_one_is_renamed_and_has_no_style(kit: Kit) -> None:
    alice = join(kit)
    made = add(kit, alice, **DRAWN).json
    before = picture(kit, alice, made["id"])
    assert kit.request("PATCH", f"{PATH}/{made['id']}", alice, json={"name": "Pen"}).json["name"] == "Pen"
    assert picture(kit, alice, made["id"]) == before
    assert (
        kit.request("PATCH", f"{PATH}/{made['id']}", alice, json={"style": "plain"}).json["code"]
        == "signature_not_typed"
    )


def test_the_image_of_a_deleted_one_is_removed_later(kit: Kit) -> None:
    alice = join(kit)
    made = add(kit, alice).json
    image = internal(kit, alice)[0]["image_key"]
    kit.request("DELETE", f"{PATH}/{made['id']}", alice)
    kit.turn("forget")
    kit.runtime.storage.open(image).close()
    with kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(DiscardedImage).values(discarded_at=datetime.now(UTC) - timedelta(days=91)))
    kit.turn("forget")
    with pytest.raises(Missing):
        kit.runtime.storage.open(image)


def test_somebody_elses_signature_is_answered_like_a_missing_one(kit: Kit) -> None:
    alice, bob = join(kit), join(kit, "bob@example.com")
    theirs, missing = add(kit, alice).json["id"], "sig_11111111111111111111"
    for method, tail, body in (("GET", "/image", None), ("PATCH", "", {"name": "x"}), ("DELETE", "", None)):
        answers = [kit.request(method, f"{PATH}/{one}{tail}", bob, json=body) for one in (theirs, missing, "junk")]
        assert {(answer.status_code, answer.data) for answer in answers} == {(404, answers[0].data)}
    assert len(listed(kit, alice)) == 1


def internal(kit: Kit, who: Principal) -> list[dict[str, Any]]:
    answer = kit.request("GET", f"/internal/accounts/{who.subject}/signatures", service("signing"))
    return list(answer.json["signatures"])


def test_signing_gets_keys_and_hashes_of_the_images(kit: Kit) -> None:
    alice = join(kit)
    made = add(kit, alice).json
    [row] = internal(kit, alice)
    assert set(row) == {"signature_id", "name", "default", "image_key", "image_sha256"}
    assert sha256(picture(kit, alice, made["id"])).hexdigest() == row["image_sha256"]
    assert kit.request("GET", f"/internal/accounts/{alice.subject}/signatures", service("notify")).status_code == 404
