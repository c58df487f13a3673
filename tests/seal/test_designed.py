"""Seals made from words, SVG made safe, what is told of seals, and the log of their uses."""

from __future__ import annotations

import io
from typing import Any

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from chassis.ids import new_key, public_id
from documents.drawing import pictures
from tests.seal.desk import Desk, picture
from tests.service_kit import user

ROUND = {"shape": "round", "text": "深圳市星河科技有限公司", "lower": "合同专用章", "number": "4403051234567"}
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 60">'
INK = '<rect x="5" y="5" width="90" height="50" fill="#c00"/>'


def post(desk: Desk, path: str, who: Any = None, **body: Any) -> Any:
    return desk.kit.request("POST", f"/api/v1/seals{path}", who or desk.alice, json=body)


def told(desk: Desk, type: str) -> list[Any]:
    return [event.data for event in desk.kit.emitted(f"seal.{type}.v1")]


def test_alice_sees_a_seal_before_it_is_made_and_makes_it(desk: Desk) -> None:
    shown = post(desk, "/preview", **ROUND)
    assert (shown.status_code, shown.content_type, shown.headers["Cache-Control"]) == (200, "image/png", "no-store")
    assert Image.open(io.BytesIO(shown.data)).size == (331, 331)
    assert desk.get("/seals").json["total"] == 0
    made = post(desk, "/designed", name="公章", **ROUND).json
    assert (made["width_mm"], made["height_mm"], made["design"]["text"]) == (42, 42, ROUND["text"])
    image = Image.open(io.BytesIO(desk.get(f"/seals/{made['id']}/image").data))
    assert image.size == (992, 992), "600 dots to the inch"
    bob = desk.member()
    desk.grant(made["id"], bob)
    usable = desk.granted(bob)[0]
    with desk.kit.runtime.storage.open(usable["drawing_key"]) as drawing:
        assert pictures.decode(drawing.read()).width == 42


@pytest.mark.parametrize(
    ("design", "code"),
    [
        ({**ROUND, "text": "公司" * 40}, "seal_text_too_long"),
        ({"shape": "square", "text": "Wang"}, "seal_chop_text"),
        ({**ROUND, "text": "Acme \U0001f600"}, "text_not_drawable"),
        ({**ROUND, "colour": "green"}, "validation_failed"),
        ({**ROUND, "size_mm": 101}, "validation_failed"),
        ({**ROUND, "text": " "}, "validation_failed"),
    ],
)
def test_words_that_make_no_seal_are_refused_with_their_reason(desk: Desk, design: dict[str, Any], code: str) -> None:
    for path, more in (("/preview", {}), ("/designed", {"name": "x"})):
        answer = post(desk, path, **design, **more)
        assert (answer.status_code, answer.json["code"]) == (422, code)


def test_an_svg_is_drawn_with_its_text_and_kept_as_a_picture(desk: Desk) -> None:
    words = '<text x="50" y="35" text-anchor="middle" font-size="20" fill="#fff">公章</text>'
    made = desk.post_seal((HEAD + INK + words + "</svg>").encode())
    assert made.status_code == 201, made.json
    image = Image.open(io.BytesIO(desk.get(f"/seals/{made.json['id']}/image").data))
    assert image.format == "PNG" and image.width > 1000
    assert made.json["width_mm"] / made.json["height_mm"] == pytest.approx(90 / 50, abs=0.02)
    clear = sum(image.getchannel("A").histogram()[:128])
    assert 0.02 < clear / (image.width * image.height) < 0.2, "the white words are paper"


def test_an_upload_is_seen_without_its_paper_before_it_is_kept(desk: Desk) -> None:
    form = {"image": FileStorage(io.BytesIO(picture(300, 200)), "seal.png", "image/png")}
    shown = desk.kit.request("POST", "/api/v1/seals/image-preview", desk.alice, data=form)
    assert (shown.status_code, shown.content_type) == (200, "image/png")
    assert Image.open(io.BytesIO(shown.data)).size == (292, 192)
    assert desk.get("/seals").json["total"] == 0


def test_members_are_added_and_withdrawn_one_by_one_and_everything_is_told(desk: Desk) -> None:
    bob, carol, seal = desk.member(), desk.member(), desk.seal("公章")
    ids = [public_id("acc", one.account) for one in (bob, carol)]
    assert len(post(desk, f"/{seal}/grants", account_ids=ids[:1]).json["members"]) == 1
    assert len(post(desk, f"/{seal}/grants", account_ids=ids).json["members"]) == 2
    agreement = new_key()
    assert desk.use(seal, bob, agreement).status_code == 200
    path = f"/api/v1/seals/{seal}"
    assert desk.kit.request("DELETE", f"{path}/grants/{ids[0]}", desk.alice).status_code == 204
    assert desk.kit.request("DELETE", f"{path}/grants/{ids[0]}", desk.alice).status_code == 204
    assert desk.use(seal, bob, agreement).status_code == 403
    desk.kit.request("PATCH", path, desk.alice, json={"name": "新公章"})
    desk.kit.request("PATCH", path, desk.alice, json={"name": "新公章"})
    desk.kit.request("DELETE", path, desk.alice)
    events = [(event.type.split(".")[1], event.sequence) for event in desk.kit.emitted()]
    kinds = ["created", "granted", "granted", "used", "revoked", "changed", "deleted"]
    assert [one for one in events if one[0] in kinds] == [(kind, place) for place, kind in enumerate(kinds, 1)]
    assert [one["account_id"] for one in told(desk, "granted")] == [str(bob.account), str(carol.account)]
    assert told(desk, "used")[0]["agreement_id"] == str(agreement)
    assert (told(desk, "changed")[0]["name"], told(desk, "changed")[0]["changed"]) == ("新公章", ["name"])
    alice = {"account_id": str(desk.alice.account), "name": "Alice Tan", "email": "alice@example.com"}
    assert [told(desk, kind)[0]["by"] for kind in ("created", "revoked", "deleted")] == [
        {**alice, "ip": "203.0.113.9"}
    ] * 3
    assert told(desk, "used")[0]["by"]["name"] == told(desk, "revoked")[0]["member_name"] == "Bob"
    assert told(desk, "changed")[0]["before"]["name"] == "公章"


def test_every_use_is_in_the_log_with_who_where_and_when(desk: Desk) -> None:
    bob, seal, agreements = desk.member(), desk.seal(), [new_key() for _ in range(3)]
    desk.grant(seal, bob)
    for agreement in agreements:
        desk.use(seal, bob, agreement)
    first = desk.get(f"/seals/{seal}/uses?limit=2").json
    second = desk.get(f"/seals/{seal}/uses?limit=2&cursor={first['next_cursor']}").json
    rows = first["uses"] + second["uses"]
    assert [row["agreement_id"] for row in rows] == [public_id("agr", one) for one in reversed(agreements)]
    assert {(row["name"], row["email"]) for row in rows} == {("Bob", "bob@example.com")}
    assert (first["total"], second["next_cursor"]) == (3, None)
    assert desk.get(f"/seals/{seal}/uses", bob).status_code == 403
    assert desk.get(f"/seals/{seal}/uses", user(workspace=new_key())).status_code == 404


def test_a_removed_member_loses_seals_and_that_is_told_a_disabled_one_cannot_use_them_meanwhile(desk: Desk) -> None:
    bob, seal = desk.member(), desk.seal()
    desk.grant(seal, bob)
    desk.tell_member(bob.account, "disabled", 2)
    assert desk.use(seal, bob).status_code == 403 and told(desk, "revoked") == []
    desk.tell_member(bob.account, "enabled", 3)
    assert desk.use(seal, bob).status_code == 200
    desk.tell_member(bob.account, "removed", 4)
    assert [(one["by"], one["member_name"]) for one in told(desk, "revoked")] == [(None, "Bob")]
    desk.tell_member(bob.account, "enabled", 5)
    assert desk.use(seal, bob).status_code == 403


def test_initiators_make_and_preview_no_seals(desk: Desk) -> None:
    bob = desk.member()
    for path, more in (("/preview", {}), ("/designed", {"name": "x"})):
        assert post(desk, path, bob, **ROUND, **more).status_code == 403
    form = {"image": FileStorage(io.BytesIO(picture()), "seal.png", "image/png")}
    assert desk.kit.request("POST", "/api/v1/seals/image-preview", bob, data=form).status_code == 403
