"""What the saved listings pay, where they state it: by the year, each currency by itself.

An ad counts with the middle of its range. Amounts by the hour, day, week or month are not turned into
years, but counted apart. Nothing is said of fewer than five ads.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from skillgap.market.ads import Ad, Lexicon
from skillgap.market.figures import FEWEST_ADS, FEWEST_PAID, highest_believed, quartiles

_ERROR = 0.1  # expected share of skills said to pay differently that do so by luck
_PERIOD = "year"


def pay(ads: Sequence[Ad], lexicon: Lexicon) -> dict[str, Any]:
    """Quartiles per currency, and within it per role, seniority and skill."""
    stated = [ad for ad in ads if ad.pay]
    yearly: dict[str, list[Ad]] = {}
    for ad in stated:
        if ad.pay and ad.pay.period == _PERIOD:
            yearly.setdefault(ad.pay.currency, []).append(ad)
    order = sorted(yearly, key=lambda currency: (-len(yearly[currency]), currency))
    periods = Counter(ad.pay.period for ad in stated if ad.pay and ad.pay.period != _PERIOD)
    return {
        "stated": len(stated),
        "of": len(ads),
        "other_periods": dict(sorted(periods.items())),
        "currencies": [_currency(currency, yearly[currency], lexicon) for currency in order],
    }


def _currency(currency: str, ads: Sequence[Ad], lexicon: Lexicon) -> dict[str, Any]:
    """One currency: all its ads, and those of each role, level and skill that are enough."""
    roles = lexicon.taxonomy.roles
    by_role: dict[str, list[Ad]] = {}
    by_level: dict[str, list[Ad]] = {}
    by_skill: dict[str, list[Ad]] = {}
    for ad in ads:
        by_role.setdefault(ad.role or "other", []).append(ad)
        if ad.seniority:
            by_level.setdefault(ad.seniority, []).append(ad)
        for skill in ad.asked():
            if lexicon.is_hard(skill):
                by_skill.setdefault(skill, []).append(ad)
    named = {role: roles[role]["name"] if role in roles else role for role in by_role}
    return {
        "currency": currency,
        **_quartiles(ads),
        "roles": _rows(by_role, named),
        "seniority": _rows(by_level, {}),
        "skills": _rows(by_skill, {skill: lexicon.name(skill) for skill in by_skill}),
        "stands_out": _stands_out(ads, by_skill, lexicon),
    }


def _rows(groups: Mapping[str, Sequence[Ad]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    enough = sorted((-len(ads), key) for key, ads in groups.items() if len(ads) >= FEWEST_PAID)
    return [{"id": key, "name": names.get(key, key), **_quartiles(groups[key])} for _, key in enough]


def _quartiles(ads: Sequence[Ad]) -> dict[str, Any]:
    amounts = _amounts(ads)
    if len(amounts) < FEWEST_PAID:
        return {"ads": len(amounts), "q1": None, "median": None, "q3": None}
    low, middle, high = quartiles(amounts)
    return {"ads": len(amounts), "q1": round(low), "median": round(middle), "q3": round(high)}


def _amounts(ads: Iterable[Ad]) -> list[float]:
    return [ad.pay.middle for ad in ads if ad.pay]


def _stands_out(
    ads: Sequence[Ad], by_skill: Mapping[str, Sequence[Ad]], lexicon: Lexicon
) -> list[dict[str, Any]]:
    """Skills whose ads pay differently beyond luck, allowing for all that were looked at; never why."""
    if len(ads) < FEWEST_ADS:
        return []
    ranks = _ranks(_amounts(ads))
    tested = [
        (_chance([ranks[amount] for amount in _amounts(by_skill[skill])], ranks, len(ads)), skill)
        for skill in sorted(by_skill)
        if min(len(by_skill[skill]), len(ads) - len(by_skill[skill])) >= FEWEST_PAID
    ]
    believed = highest_believed([chance for chance, _ in tested], _ERROR)
    rows = []
    for _, skill in sorted(pair for pair in tested if pair[0] <= believed):
        here = {ad.digest for ad in by_skill[skill]}
        rows.append({
            "id": skill,
            "name": lexicon.name(skill),
            "ads": len(here),
            "median": round(median(_amounts(by_skill[skill]))),
            "without": round(median(_amounts(ad for ad in ads if ad.digest not in here))),
        })  # fmt: skip
    return rows


class _Ranks(dict[float, float]):
    """Amount -> its rank, equal amounts share the middle one; ``ties`` corrects the variance for them."""

    ties = 0


def _ranks(amounts: Sequence[float]) -> _Ranks:
    ranks, below = _Ranks(), 0
    for amount, number in sorted(Counter(amounts).items()):
        ranks[amount] = below + (number + 1) / 2
        ranks.ties += number**3 - number
        below += number
    return ranks


def _chance(some: Sequence[float], ranks: _Ranks, total: int) -> float:
    """Two-sided Mann-Whitney test of some ranks against the others, by its normal approximation."""
    m, n = len(some), total - len(some)
    shift = math.fsum(some) - m * (total + 1) / 2
    variance = m * n / 12 * (total + 1 - ranks.ties / (total * (total - 1)))
    if variance <= 0:
        return 1.0
    return math.erfc(max(0.0, abs(shift) - 0.5) / math.sqrt(2 * variance))
