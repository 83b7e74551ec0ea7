"""Where the listings are and which are closed, so that a person need not open them to find out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from skillgap.market.ads import Ad
from skillgap.market.demand import day
from skillgap.reading.places import Whereabouts, may_agree, whereabouts

_SOON = timedelta(days=7)
_MODES = ("remote", "hybrid", "onsite")


def closed(ads: Sequence[Ad], as_of: date | None) -> list[dict[str, Any]]:
    """The ads whose closing date is past on a day; without a day nothing is called closed."""
    return [_closing(ad) for ad in ads if as_of and (ends := day(ad.closes)) and ends < as_of]


def still_open(ads: Sequence[Ad], as_of: date | None) -> dict[str, Any]:
    """How many ads have a closing date that is not past, and those that close soon, the soonest first."""
    ending = [(ends, ad) for ad in ads if as_of and (ends := day(ad.closes)) and ends >= as_of]
    soon = [(ends, ad) for ends, ad in ending if as_of and ends - as_of <= _SOON]
    return {
        "as_of": as_of.isoformat() if as_of else None,
        "ads": len(ending),
        "of": sum(day(ad.closes) is not None for ad in ads),
        "soon": len(soon),
        "closing": [_closing(ad) for _, ad in sorted(soon, key=lambda pair: (pair[0], pair[1].digest))],
    }


def _closing(ad: Ad) -> dict[str, Any]:
    ends = day(ad.closes)
    return {**ad.reference(), "closes": ends.isoformat() if ends else None}


def far(ads: Sequence[Ad], home: str | None) -> list[dict[str, Any]]:
    """The ads that are out of reach of a place, with the reason; remote ones only if in another country."""
    here = whereabouts(home) if home else None
    if here is None:
        return []
    marked = []
    for ad in ads:
        reason = _reason(ad, here)
        if reason:
            marked.append({**ad.reference(), "place": ad.place, "reason": reason})
    return marked


def _reason(ad: Ad, here: Whereabouts) -> str | None:
    there = whereabouts(ad.place) if ad.place else None
    if there is None:
        return None
    abroad = bool(here.countries and there.countries and not here.countries & there.countries)
    if ad.work_mode == "remote":
        return "remote, but in another country" if abroad else None
    if abroad:
        return "in another country"
    return None if may_agree(here, there) else "in another place"


def places(ads: Sequence[Ad]) -> dict[str, Any]:
    """How many ads are in which country, and how many are remote, hybrid or on site."""
    countries: Counter[str] = Counter()
    unknown = 0
    for ad in ads:
        named = whereabouts(ad.place).countries if ad.place else frozenset[str]()
        countries.update(named)
        unknown += not named
    modes = Counter(ad.work_mode for ad in ads)
    order = sorted(countries, key=lambda country: (-countries[country], country))
    return {
        "countries": [{"country": country, "ads": countries[country]} for country in order],
        "country_not_stated": unknown,
        "work_modes": {mode: modes[mode] for mode in _MODES},
        "work_mode_not_stated": modes[None],
    }
