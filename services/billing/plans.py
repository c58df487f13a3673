"""The plans, as data. None stands for no limit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan gives for its ``days``: envelopes, seats, use of the API; ``names`` by language."""

    code: str
    names: Mapping[str, str]
    days: int | None
    envelopes: int | None
    seats: int | None
    api: bool


def _names(english: str, simplified: str, traditional: str) -> dict[str, str]:
    return {"en": english, "zh-Hans": simplified, "zh-Hant": traditional}


PLANS: Mapping[str, Plan] = {
    plan.code: plan
    for plan in (
        Plan("trial", _names("Trial", "试用版", "試用版"), days=30, envelopes=50, seats=5, api=True),
        Plan("none", _names("No plan", "未订阅", "未訂閱"), days=None, envelopes=0, seats=1, api=False),
        Plan("standard", _names("Standard", "标准版", "標準版"), days=365, envelopes=600, seats=10, api=False),
        Plan("professional", _names("Professional", "专业版", "專業版"), days=365, envelopes=2400, seats=50, api=True),
        Plan("enterprise", _names("Enterprise", "企业版", "企業版"), days=365, envelopes=12000, seats=None, api=True),
        Plan("unlimited", _names("Unlimited", "不限量", "不限量"), days=None, envelopes=None, seats=None, api=True),
    )
}


def plan_code(text: str) -> str:
    """The code of a plan; raises ValueError for one that does not exist."""
    if text not in PLANS:
        raise ValueError(f"write one of {', '.join(PLANS)}")
    return text
