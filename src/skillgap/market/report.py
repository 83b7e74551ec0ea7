"""The market report over saved listings (``skillgap/market@1``): a pure function over their records.

The same records give the same report, in any order and with any number of workers before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from skillgap.market.ads import Ad, Lexicon, Saved, saved
from skillgap.market.asks import asks
from skillgap.market.demand import Demand, by_role, by_seniority, by_week, changes, day, demand
from skillgap.market.figures import FEWEST_ADS, FEWEST_PAID
from skillgap.market.kinds import kinds
from skillgap.market.marks import closed, far, places, still_open
from skillgap.market.pay import pay
from skillgap.market.stability import stability
from skillgap.market.steps import steps
from skillgap.market.stuffing import Stuffed, stuffed
from skillgap.market.terms import terms
from skillgap.market.together import least_support, together
from skillgap.taxonomy import Taxonomy

MARKET_SCHEMA = "skillgap/market@1"
HEADING = "your saved listings"
_EMPLOYERS = 10


def market(
    records: Iterable[Mapping[str, Any]],
    *,
    families: Mapping[str, str] | None = None,
    as_of: date | None = None,
    taxonomy: Taxonomy | None = None,
    home: str | None = None,
) -> dict[str, Any]:
    """What the saved listings ask for, as one record.

    ``records`` are ``skillgap/job@1``, read once; ``families`` maps the digest of each near copy to
    the digest that stands for it, and a family counts once. ``as_of`` is the day on which a listing
    is open or closed; ``home`` the place that others are far from. Without them nothing is marked.
    """
    if taxonomy is None:
        from skillgap.taxonomy import load_taxonomy

        taxonomy = load_taxonomy()
    everything = saved(records, families, taxonomy)
    ads, lexicon = everything.counted, everything.lexicon
    odd = stuffed(ads)
    weights = {one.ad.digest: one.weight for one in odd}
    counts = Demand(ads, weights, lexicon)
    return {
        "schema": MARKET_SCHEMA,
        "heading": HEADING,
        "taxonomy": taxonomy.digest,
        "as_of": as_of.isoformat() if as_of else None,
        "home": home,
        "rules": {
            "fewest_ads": FEWEST_ADS,
            "fewest_paid": FEWEST_PAID,
            "least_support": least_support(len(ads)),
        },
        "counted": _counted(everything, odd),
        "demand": demand(counts, lexicon),
        "short_names": {skill: short for skill in sorted(counts.ranked()) if (short := lexicon.short(skill))},
        "stability": stability(ads, weights, lexicon),
        "roles": by_role(ads, weights, lexicon),
        "seniority": by_seniority(ads, weights, lexicon),
        "weeks": by_week(ads, weights, lexicon),
        "changes": changes(ads, weights, lexicon),
        "together": together(ads, weights, lexicon),
        **_kinds(ads, lexicon),
        "asks": asks(ads, weights),
        "pay": pay(ads, lexicon),
        "unknown_terms": terms(ads, taxonomy),
        "steps": steps(ads, weights, lexicon),
        "places": places(ads),
        "stuffed": [
            {**one.ad.reference(), "weight": one.weight, "reasons": list(one.reasons)} for one in odd
        ],
        **_marked(everything, as_of, home),
    }


def _marked(everything: Saved, as_of: date | None, home: str | None) -> dict[str, Any]:
    """The listings that are open, closed, far away or left out, by name."""
    return {
        "open": still_open(everything.ads, as_of),
        "closed": closed(everything.ads, as_of),
        "far": far(everything.ads, home),
        "left_out": [
            {**ad.reference(), "reason": reason}
            for ad in everything.ads
            if (reason := everything.reason(ad)) is not None
        ],
    }


def _kinds(ads: Sequence[Ad], lexicon: Lexicon) -> dict[str, Any]:
    found = kinds(ads, lexicon)
    return {"kinds": found["kinds"], "kinds_agreement": found["agreement"]}


def _counted(everything: Saved, odd: Sequence[Stuffed]) -> dict[str, Any]:
    """What was read, and what of it every share is taken of."""
    ads = everything.counted
    names = Counter(ad.employer for ad in ads if ad.employer)
    written: dict[str, Counter[str]] = {}
    for ad in ads:
        written.setdefault(ad.employer, Counter())[ad.company or ""] += 1
    dates = sorted(ad.posted[:10] for ad in ads if ad.posted and day(ad.posted))
    return {
        "listings": everything.records,
        "distinct": len(everything.ads),
        "copies": everything.records - len(everything.ads),
        "left_out": len(everything.ads) - len(ads),
        "ads": len(ads),
        "counted_less": len(odd),
        "employers": len(names),
        "employer_not_stated": sum(not ad.employer for ad in ads),
        "most_listings": [
            {"company": min(written[name], key=lambda w: (-written[name][w], w)), "ads": number}
            for name, number in sorted(names.items(), key=lambda item: (-item[1], item[0]))
        ][:_EMPLOYERS],
        "dated": len(dates),
        "first": dates[0] if dates else None,
        "last": dates[-1] if dates else None,
    }
