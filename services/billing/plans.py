"""The plans and packs that come with Signet, as data. None stands for no limit.

An operator's own replace those that are sold: see `services.billing.catalogue`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan gives for its ``days``: envelopes, seats, use of the API; ``names`` by language.

    Of two plans that run at once the one with the higher ``rank`` counts. Only those ``for_sale`` have a price.
    """

    code: str
    names: Names
    days: int | None
    envelopes: int | None
    seats: int | None
    api: bool
    rank: int
    for_sale: bool = False


@dataclass(frozen=True, slots=True)
class Pack:
    """Something bought beside a plan: ``units`` of a resource that end after ``days``; None is the plan's own end."""

    code: str
    names: Names
    resource: str
    units: int
    days: int | None


def kept(thing: Plan | Pack) -> dict[str, Any]:
    """A plan or pack as it is kept with what was sold: later changes of the table do not touch that."""
    return {**asdict(thing), "names": dict(thing.names)}


def plan_from(told: Mapping[str, Any]) -> Plan:
    """The plan that `kept` wrote."""
    return Plan(**told)


def _names(english: str, simplified: str, traditional: str) -> Names:
    return {"en": english, "zh-Hans": simplified, "zh-Hant": traditional}


NONE = Plan("none", _names("No plan", "未订阅", "未訂閱"), None, 0, 1, api=False, rank=0)
UNLIMITED = Plan("unlimited", _names("Unlimited", "无限制", "無限制"), None, None, None, api=True, rank=1_000_000)
TRIAL, SEATS = "trial", "seat"  # the codes of the plan a registration begins with, and of a seat

PLANS: Mapping[str, Plan] = {
    plan.code: plan
    for plan in (
        Plan(TRIAL, _names("Trial", "试用版", "試用版"), 30, 50, 5, api=True, rank=1),
        Plan("standard", _names("Standard", "标准版", "標準版"), 365, 600, 10, api=False, rank=2, for_sale=True),
        Plan(
            "professional", _names("Professional", "专业版", "專業版"), 365, 2400, 50, api=True, rank=3, for_sale=True
        ),
        Plan("enterprise", _names("Enterprise", "企业版", "企業版"), 365, 12000, None, api=True, rank=4, for_sale=True),
    )
}

PACKS: Mapping[str, Pack] = {
    pack.code: pack
    for pack in (
        Pack(SEATS, _names("Team seat", "团队席位", "團隊席次"), "seat", 1, None),
        Pack("envelopes_100", _names("100 envelopes", "100 份信封", "100 份信封"), "envelope", 100, 365),
        Pack("envelopes_500", _names("500 envelopes", "500 份信封", "500 份信封"), "envelope", 500, 365),
        Pack("identity_50", _names("50 identity checks", "50 次身份核验", "50 次身分驗證"), "identity", 50, 365),
    )
}
