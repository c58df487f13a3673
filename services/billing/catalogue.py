"""What is sold here: plans, packs and prices; those that come with Signet, or the operator's own out of one file.

The file is JSON with any of ``plans``, ``packs`` and ``prices``; docs/operations.md has its format, and `signet billing
prices` prints the one in force. Wrong ones end the start with a sentence that names the place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from marshmallow import ValidationError

from services.billing.catalogueschema import CatalogueIn
from services.billing.plans import NONE, PACKS, PLANS, SEATS, TRIAL, UNLIMITED, Names, Pack, Plan
from services.billing.prices import ELSEWHERE, SHEETS, Sheet, Sheets, Tax

RESERVED = {NONE.code, UNLIMITED.code}


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is sold here, by code, and at which price, by country."""

    plans: Mapping[str, Plan]
    packs: Mapping[str, Pack]
    sheets: Sheets

    @property
    def trial(self) -> Plan | None:
        """The plan a registration begins with; None when there is no trial."""
        return self.plans.get(TRIAL)

    def names_of(self, code: str) -> Names:
        """The name of a plan or pack by language."""
        return self.plans[code].names if code in self.plans else self.packs[code].names


DEFAULT = Catalogue(PLANS, PACKS, SHEETS)


def read_catalogue(text: str) -> Catalogue:
    """The operator's own; what is left out is as it comes with Signet. Raises ValueError that says what is wrong."""
    try:
        told = CatalogueIn().load(json.loads(text))
    except ValidationError as error:
        raise ValueError(_first(error.normalized_messages())) from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error})") from error
    plans = {code: _plan(code, one) for code, one in told["plans"].items()} if told.get("plans") else PLANS
    packs = {code: Pack(code=code, **one) for code, one in told["packs"].items()} if "packs" in told else PACKS
    sheets = {code: _sheet(code, one) for code, one in told["prices"].items()} if told.get("prices") else SHEETS
    found = Catalogue(plans, packs, sheets)
    _demand_codes(found)
    own = {code for code in (*told.get("plans", ()), *told.get("packs", ())) if code != TRIAL}
    if own and not told.get("prices"):
        raise ValueError('add "prices" for your own plans and packs')
    _demand_prices(found)
    priced = {code for sheet in sheets.values() for code in sheet.prices}
    if priceless := sorted(own - priced):
        raise ValueError(f"{priceless[0]} has no price in any country")
    return found


def written(catalogue: Catalogue) -> str:
    """A catalogue as a file that `read_catalogue` reads."""
    without = ("code", "for_sale")
    return json.dumps({
        "plans": {one.code: _without(asdict(one), *without) for one in catalogue.plans.values()},
        "packs": {one.code: _without(asdict(one), *without) for one in catalogue.packs.values()},
        "prices": {one.country: _without(asdict(one), "country") for one in catalogue.sheets.values()},
    }, indent=2, ensure_ascii=False)  # fmt: skip


def _without(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in told.items() if name not in names}


def _plan(code: str, told: Mapping[str, Any]) -> Plan:
    return Plan(code=code, for_sale=code != TRIAL, **told)


def _sheet(country: str, told: Mapping[str, Any]) -> Sheet:
    tax = told["tax"] and Tax(**told["tax"])
    return Sheet(country, told["currency"], tax, told["prices"])


def _demand_codes(found: Catalogue) -> None:
    if taken := sorted(RESERVED & {*found.plans, *found.packs}):
        raise ValueError(f"{taken[0]} is Signet's own; give that plan or pack another code")
    if twice := sorted(set(found.plans) & set(found.packs)):
        raise ValueError(f"{twice[0]} is the code of a plan and of a pack")
    ranks = [one.rank for one in found.plans.values()]
    if len(set(ranks)) != len(ranks):
        raise ValueError("plans: two plans have the same rank")
    if found.trial and found.trial.rank != min(ranks):
        raise ValueError("plans.trial.rank has to be the lowest")
    for pack in found.packs.values():
        if (pack.code == SEATS) != (pack.resource == "seat"):
            raise ValueError(f"packs.{pack.code}: the pack of seats, and no other, is called {SEATS}")
        if pack.resource == "seat" and (pack.units, pack.days) != (1, None):
            raise ValueError(f"packs.{pack.code} is one seat until the plan ends: units 1, days null")
        if pack.resource != "seat" and pack.days is None:
            raise ValueError(f"packs.{pack.code}.days is missing")


def _demand_prices(found: Catalogue) -> None:
    if ELSEWHERE not in found.sheets:
        raise ValueError(f'prices: add "{ELSEWHERE}" for the countries that are not named')
    sold = {code for code, plan in found.plans.items() if plan.for_sale} | set(found.packs)
    for sheet in found.sheets.values():
        if strangers := sorted(set(sheet.prices) - sold):
            raise ValueError(f"prices.{sheet.country}.prices.{strangers[0]}: only {', '.join(sorted(sold))} are sold")


def _first(messages: Any, path: str = "") -> str:
    """The first complaint with its place: ``plans.standard.days: Not a valid integer``."""
    if isinstance(messages, Mapping):
        name, inner = next(iter(messages.items()))
        named = path if name in ("_schema", "value", "key") else f"{path}.{name}" if path else str(name)
        return _first(inner, named)
    text = str(messages[0] if isinstance(messages, list) else messages).rstrip(".")
    return f"{path}: {text}" if path else text
