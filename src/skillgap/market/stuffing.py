"""Ads that ask for far more than others of their kind, or whose level and years contradict each other.

They are counted, but less: an ad with three times the usual tools must not speak three times as
loudly. Every such ad is named with its reasons and its weight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillgap.market.ads import Ad
from skillgap.market.figures import FEWEST_ADS, quartiles

_COHORT = 20  # ads of a role type from which they are compared among themselves
_FENCE = 1.5  # times the middle half's width above it: Tukey's fence
_FAR = 2  # and at least this many times the median
_CONTRADICTORY = 0.5  # weight of an ad that asks a beginner for years, or calls a beginner senior
_MOST_YEARS = {"intern": 1, "entry": 3}
_LEAST_YEARS = {"senior": 2, "staff_principal": 2}
_CALLED = {
    "intern": "an intern",
    "entry": "entry level",
    "senior": "senior",
    "staff_principal": "staff level",
}


@dataclass(frozen=True, slots=True)
class Stuffed:
    """One such ad: how much it counts (below 1), and why."""

    ad: Ad
    weight: float
    reasons: tuple[str, ...]


def stuffed(ads: Sequence[Ad]) -> tuple[Stuffed, ...]:
    """The stuffed ads among distinct ads, in their order; none where so few are counted plainly."""
    if len(ads) < FEWEST_ADS:
        return ()
    fences = _fences(ads)
    found = []
    for ad in ads:
        usual, fence = fences.get(ad.role or "", fences[""])
        weight, reasons = 1.0, []
        if ad.units > fence:
            weight = fence / ad.units
            reasons.append(f"names {ad.units} tools, where {usual:g} is usual")
        contradiction = _contradiction(ad)
        if contradiction:
            weight *= _CONTRADICTORY
            reasons.append(contradiction)
        if reasons:
            found.append(Stuffed(ad, round(weight, 2), tuple(reasons)))
    return tuple(found)


def _fences(ads: Sequence[Ad]) -> Mapping[str, tuple[float, float]]:
    """Role -> (median, fence) of the number of tools, "" for all ads."""
    by_role: dict[str, list[int]] = {}
    for ad in ads:
        by_role.setdefault(ad.role or "", []).append(ad.units)
    fences = {role: _fence(units) for role, units in by_role.items() if role and len(units) >= _COHORT}
    return {**fences, "": _fence([ad.units for ad in ads])}


def _fence(units: Sequence[int]) -> tuple[float, float]:
    low, median, high = quartiles(units)
    return median, max(high + _FENCE * (high - low), _FAR * median, 1.0)


def _contradiction(ad: Ad) -> str | None:
    if ad.years is None or ad.seniority is None:
        return None
    called = _CALLED.get(ad.seniority)
    if ad.years > _MOST_YEARS.get(ad.seniority, ad.years):
        return f"is called {called} and asks for {ad.years} years"
    if ad.years < _LEAST_YEARS.get(ad.seniority, ad.years):
        return f"is called {called} and asks for {ad.years} year{'' if ad.years == 1 else 's'}"
    return None
