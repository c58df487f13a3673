"""Accept the use of electronic signatures, before the first field; text and version are recorded."""

from __future__ import annotations

import hashlib

from chassis.database import EVERYONE
from chassis.problem import Problem
from chassis.service import Runtime
from chassis.tokens import Principal
from services.signing import evidence
from services.signing.entrance import enter

VERSION = "2026-11"
TEXTS = {
    "en": (
        "I agree to use electronic records and signatures for this agreement. My electronic signature binds me like "
        "one by hand. I can read this document on my device and keep a copy of it. I may decline instead of signing, "
        "and ask the sender for paper."
    ),
    "zh-Hans": (
        "我同意就本协议使用电子记录和电子签名，我的电子签名与手写签名具有同等约束力。"
        "我能在设备上阅读并保存本文件。我可以拒签，也可以向发起人索取纸质文件。"
    ),
    "zh-Hant": (
        "我同意就本協議使用電子記錄和電子簽章，我的電子簽章與手寫簽名具有同等約束力。"
        "我能在裝置上閱讀並保存本文件。我可以拒簽，也可以向發起人索取紙本文件。"
    ),
}


def text(language: str) -> str:
    """The text in the signer's language."""
    return TEXTS.get(language, TEXTS["en"])


def consent(runtime: Runtime, ref: str, who: Principal, version: str, read_in: str = "") -> None:
    """Record the consent once, with the language the text was read in; raises 409 consent_outdated for another
    version of the text.
    """
    if version != VERSION:
        raise Problem(409, "consent_outdated", version=VERSION)
    with runtime.db.transaction(EVERYONE) as session:
        party = enter(session, ref, who, hold=True)
        party.demand_open()
        if party.recipient.consented_at:
            return
        party.recipient.consented_at, party.recipient.consent_version = party.now, version
        language = read_in or party.recipient.language
        evidence.record(
            session, party.ceremony, "consented", evidence.signer(party.recipient), who, party.now, version=version,
            language=language, text_sha256=hashlib.sha256(text(language).encode()).hexdigest(),
        )  # fmt: skip
