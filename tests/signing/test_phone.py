"""Drawing on a phone for another screen, one signature for several fields, and what a name will look like."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import update

from chassis.database import EVERYONE
from chassis.tokens import Kind, Principal
from services.signing.models import Phone
from tests.signing.stage import Agreement, Signer, Stage, field, person

LINE = [[[0.1, 0.5], [0.5, 0.2], [0.9, 0.6]]]
DRAWINGS = "/api/v1/drawings"


def signer_of(stage: Stage, *fields: dict[str, Any]) -> tuple[Agreement, Signer]:
    agreement = stage.send(person("Bob", fields=list(fields)))
    bob = agreement.signer()
    bob.consent()
    return agreement, bob


def offer(bob: Signer, kind: str = "signature") -> Any:
    return bob.ask("POST", f"/fields/{bob.field(kind)}/phone")


def secret(answer: Any) -> str:
    return str(answer.json["url"].rpartition("/")[2])


def hand(stage: Stage, path: str = "", **body: Any) -> Any:
    who = Principal(Kind.ANONYMOUS, browser="phone", ip="198.51.100.9")
    return stage.kit.request("POST", DRAWINGS + path, who, json=body)


def test_a_phone_draws_into_one_field_once(stage: Stage) -> None:
    _, bob = signer_of(stage, field("signature"))
    offered = offer(bob)
    assert offered.status_code == 201 and len({len(row) for row in offered.json["qr"]}) == 1
    told = hand(stage, "/look", secret=secret(offered)).json
    assert (told["name"], told["language"]) == ("Bob", "en")
    assert hand(stage, secret=secret(offered), strokes=LINE, aspect=2.0).status_code == 204
    assert bob.state()["fields"][0]["value"]["source"] == "drawn"
    again = hand(stage, secret=secret(offered), strokes=LINE)
    assert (again.status_code, again.json["code"]) == (410, "phone_link_used")


def test_a_newer_offer_a_new_link_and_ten_minutes_end_an_offer(stage: Stage) -> None:
    agreement, bob = signer_of(stage, field("signature"))
    first, second = offer(bob), offer(bob)
    assert hand(stage, "/look", secret=secret(first)).status_code == 404
    past = datetime.now(UTC) - timedelta(seconds=1)
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Phone).values(expires_at=past))
    assert hand(stage, secret=secret(second), strokes=LINE).json["code"] == "phone_link_expired"
    third = offer(bob)
    assert agreement.ask("resend", recipient_id=agreement.recipient("Bob")).status_code == 202
    assert hand(stage, secret=secret(third), strokes=LINE).status_code == 404


def test_nothing_but_an_open_signature_field_of_ones_own_can_be_drawn_from_a_phone(stage: Stage) -> None:
    agreement, bob = signer_of(stage, field("signature"), field("text", 1))
    assert offer(bob, "text").json["code"] == "value_not_accepted"
    offered = offer(bob)
    agreement.close("voided")
    assert hand(stage, secret=secret(offered), strokes=LINE).json["code"] == "voided"


def test_one_signature_serves_several_fields(stage: Stage) -> None:
    _, bob = signer_of(stage, field("signature"), field("signature", 1), field("stamp", 2))
    first, second, stamp = (one["id"] for one in bob.state()["fields"])
    assert bob.ask("PUT", f"/fields/{second}", json={"same_as": first}).json["code"] == "value_not_accepted"
    bob.ask("PUT", f"/fields/{first}", json={"strokes": LINE})
    assert bob.ask("PUT", f"/fields/{second}", json={"same_as": first}).status_code == 200
    assert bob.ask("PUT", f"/fields/{stamp}", json={"same_as": first}).json["code"] == "value_not_accepted"
    values = [one["value"] for one in bob.state()["fields"]]
    assert values[0]["tag"] == values[1]["tag"] and values[2] is None


def test_a_name_is_shown_as_it_will_stand_and_nothing_is_kept(stage: Stage) -> None:
    _, bob = signer_of(stage, field("signature"))
    styles = [one["id"] for one in bob.state()["styles"]]
    shown = bob.ask("POST", "/typed", json={"name": "Bob 陳", "style": styles[0]})
    assert (shown.status_code, shown.data[:4]) == (200, b"\x89PNG")
    assert bob.state()["fields"][0]["value"] is None


def test_consent_records_the_language_it_was_read_in(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    bob = agreement.signer()
    version = bob.state()["consent"]["version"]
    assert bob.ask("POST", "/consent", json={"version": version, "language": "zh-Hant"}).status_code == 200
    entry = next(one for one in agreement.history()["entries"] if one["kind"] == "consented")
    assert entry["detail"]["language"] == "zh-Hant"
