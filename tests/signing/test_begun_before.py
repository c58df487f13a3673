"""What an older version prepared or certified, without plan and time stamps, goes on and completes."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from datetime import UTC, datetime

from sqlalchemy import update

from chassis.database import EVERYONE
from documents import sign, validate
from documents.revisions.prepare import prepare
from services.signing import archive, files, plan, seals
from services.signing.models import Field
from services.signing.signatory import algorithm_of
from tests.signing.stage import Agreement, Stage, person
from tests.signing.test_archiving import come_due, expect_completed, expect_lta, roots, row, stored


def test_an_agreement_from_before_plans_were_kept_is_completed(stage: Stage) -> None:
    agreement = stage.send(person("Bob", 1), person("Carol", 2))
    agreement.signer("Bob").sign()
    stage.work()
    agreement.signer("Carol").sign()
    stage.change(agreement, plan=None, prepared=None)
    with stage.kit.runtime.db.transaction(EVERYONE) as session:
        session.execute(update(Field).where(Field.agreement_id == agreement.id).values(image_encoded=None))
    stage.work()
    expect_completed(agreement)
    expect_lta(stage, agreement)


def test_signatures_from_before_time_stamps_were_asked_for_are_archived_as_they_are(stage: Stage) -> None:
    agreement = stage.send(person("Bob"))
    older = as_before(stage, agreement)
    agreement.signer().sign()
    stage.work()
    expect_completed(agreement)
    finished = stored(stage, row(stage, agreement).file)
    stamped = [bool(one.stamped_at) for one in validate.signatures(finished, roots(stage))]
    assert finished.read_bytes().startswith(older) and stamped == [False, True]
    assert validate.flaws(finished, roots(stage), archived=True, unstamped=True) == []
    assert validate.flaws(finished, roots(stage), archived=True) != []
    come_due(stage, agreement)
    assert validate.flaws(stored(stage, row(stage, agreement).file), roots(stage), archived=True, unstamped=True) == []


def as_before(stage: Stage, agreement: Agreement) -> bytes:
    """The prepared document certified without a time stamp, and without a plan; its bytes."""
    known, target = archive.gather(stage.kit.runtime, agreement.id), stage.folder / "older.pdf"
    source = stage.folder / "contract.pdf"
    made = prepare(source, target, plan.placed(known.fields), sign.Act(datetime.now(UTC), name="Signet"))
    chain = seals.certificates(stage.kit.runtime, seals.PLATFORM)
    attributes = sign.signed_attributes(made.reserved.digest, chain[0])
    order = {
        "credentialID": seals.PLATFORM, "hashes": [b64encode(hashlib.sha256(attributes).digest()).decode()],
        "hashAlgorithmOID": sign.SHA256, "signAlgo": algorithm_of(chain[0]),
    }  # fmt: skip
    answer = stage.kit.runtime.client.call("seal", "POST", "/internal/csc/v2/signatures/signHash", order)
    sign.embed(target, made.reserved, sign.cms(attributes, b64decode(answer["signatures"][0]), chain))
    file = files.store(stage.kit.runtime, agreement.id, "revision-1", target, "pdf")
    stage.change(agreement, file=file, prepared=file, plan=None)
    return target.read_bytes()
