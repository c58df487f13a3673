"""What the sender uploaded goes through the whole ceremony: stamped in the margin, or signed by others before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from documents.rendering import render
from documents.uploads import intake, presigned
from tests.documents import strangers
from tests.documents.authority import Authority
from tests.documents.makers import plain
from tests.signing.stage import Stage, person
from tests.signing.test_main_path import final


def test_a_stamp_that_was_wished_for_is_on_every_page(stage: Stage) -> None:
    agreement = stage.send(person("Bob"), stamp_margin=True)
    agreement.signer().sign()
    stage.work()
    document = final(stage, agreement)
    assert all(agreement.public_id in render.page_text(document, page) for page in (0, 1))


def test_without_a_wish_there_is_no_stamp(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    agreement.signer().sign()
    stage.work()
    assert agreement.public_id not in render.page_text(final(stage, agreement), 0)


@pytest.fixture
def signed(stage: Stage, tmp_path: Path) -> dict[str, Any]:
    """A document that Dora has signed elsewhere, as *agreement* tells of it."""
    source = strangers.approve(plain(tmp_path / "plain.pdf", pages=2), Authority("Another Root").signer("Dora"))
    taken = intake.inspect(source, tmp_path / "taken.pdf")
    stored = stage.kit.runtime.storage.put("agreements/signed.pdf", tmp_path / "taken.pdf")
    stage.document = {
        "key": stored.key, "sha256": stored.sha256, "size": taken.size, "pages": 2, "name": "s.pdf", "signed": True,
    }  # fmt: skip
    return stage.document


def test_what_others_signed_before_is_finished_with_their_signature_intact(
    stage: Stage, signed: dict[str, Any], tmp_path: Path
) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2), stamp_margin=True)
    for name in ("Bob", "Carol"):
        agreement.signer(name).sign()
        stage.work()
    document = final(stage, agreement)
    assert document.read_bytes().startswith((tmp_path / "taken.pdf").read_bytes())
    assert presigned.broken(document, expected=4) == {}
