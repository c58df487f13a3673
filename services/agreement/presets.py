"""Ready-made templates: five contracts in three languages, set by us when they are first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from chassis import sandbox
from chassis.problem import LANGUAGES
from services.agreement import jobs

TEXTS = Path(__file__).parent / "templates"
Words = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Preset:
    """A ready-made contract: names and descriptions by language, and its roles in the order of signing."""

    name: Words
    about: Words
    roles: Mapping[str, Words]


@dataclass(frozen=True, slots=True)
class Made:
    """A preset in one language: the PDF, the boxes of its pages in points, and its fields by role."""

    pdf: bytes
    pages: tuple[tuple[float, float], ...]
    fields: tuple[Mapping[str, Any], ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the PDF in hex."""
        return sha256(self.pdf).hexdigest()


PRESETS: Mapping[str, Preset] = {
    "sales": Preset(
        ("Sales contract", "销售合同", "銷售合約"),
        ("Goods, price, delivery, warranty", "货物、价款、交付与质量保证", "貨物、價款、交付與品質保證"),
        {"seller": ("Seller", "卖方", "賣方"), "buyer": ("Buyer", "买方", "買方")},
    ),
    "nda": Preset(
        ("Non-disclosure agreement", "保密协议", "保密協議"),
        ("Mutual, for talks about business", "双方互负保密义务，用于业务洽谈", "雙方互負保密義務，用於業務洽談"),
        {"first": ("First party", "甲方", "甲方"), "second": ("Second party", "乙方", "乙方")},
    ),
    "employment": Preset(
        ("Employment contract", "劳动合同", "勞動契約"),
        ("Position, pay, leave, notice", "岗位、报酬、休假与终止", "職位、報酬、休假與終止"),
        {"employer": ("Employer", "用人单位", "雇主"), "employee": ("Employee", "劳动者", "受僱人")},
    ),
    "lease": Preset(
        ("Lease agreement", "租赁合同", "租賃契約"),
        ("Premises, rent, deposit, return", "房屋、租金、押金与返还", "房屋、租金、押金與返還"),
        {"landlord": ("Landlord", "出租人", "出租人"), "tenant": ("Tenant", "承租人", "承租人")},
    ),
    "service": Preset(
        ("Service agreement", "服务协议", "服務協議"),
        ("Services, fee, acceptance, rights", "服务、费用、验收与权利归属", "服務、費用、驗收與權利歸屬"),
        {"client": ("Client", "委托方", "委託人"), "provider": ("Provider", "服务方", "受託人")},
    ),
}
SIGNING: Mapping[str, Words] = {
    "signature": ("Signature", "签名", "簽名"),
    "name": ("Name", "姓名", "姓名"),
    "date": ("Date", "日期", "日期"),
}


def in_language(words: Words, language: str) -> str:
    """One of three words."""
    return words[LANGUAGES.index(language) if language in LANGUAGES else 0]


@lru_cache(maxsize=len(PRESETS) * len(LANGUAGES))
def made(name: str, language: str) -> Made:
    """The preset set into pages, once per process; the same text always gives the same bytes."""
    markup = (TEXTS / f"{name}.{language}.txt").read_text()
    roles = tuple((key, in_language(words, language)) for key, words in PRESETS[name].roles.items())
    signing = {key: in_language(words, language) for key, words in SIGNING.items()}
    pdf, pages, fields = sandbox.run(jobs.set_contract, markup, roles, signing, language)
    return Made(pdf, tuple(pages), tuple(fields))
