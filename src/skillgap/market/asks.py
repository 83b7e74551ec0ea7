"""What the listings ask on paper: years and degrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from skillgap.market.ads import Ad
from skillgap.market.figures import FEWEST_PAID, Base, Weights, quartiles

_DEGREES = ("bachelor", "master", "phd")


def asks(ads: Sequence[Ad], weights: Weights) -> dict[str, Any]:
    """Quartiles of the least years that are asked for, and how many ads ask for which degree."""
    years = [float(ad.years) for ad in ads if ad.years is not None]
    low, median, high = quartiles(years) if len(years) >= FEWEST_PAID else (None, None, None)
    degrees = Counter(ad.degree[0] for ad in ads if ad.degree)
    musts = [weights.get(ad.digest, 1.0) for ad in ads if ad.degree and ad.degree[1]]
    return {
        "years": {"ads": len(years), "q1": low, "median": median, "q3": high},
        "degree": {
            "required": Base.of(ads, weights).figure(len(musts), sum(musts)),
            "levels": {level: degrees[level] for level in _DEGREES},
        },
    }
