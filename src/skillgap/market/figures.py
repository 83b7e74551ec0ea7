"""Counts as figures: a share with its interval where there are enough ads, a plain count where not."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist, quantiles
from typing import Any

from skillgap.market.ads import Ad

FEWEST_ADS = 30  # below this only plain counts: no shares, no intervals, no claims
FEWEST_PAID = 5  # stated salaries below which no median is given
DIGITS = 4
Z95 = NormalDist().inv_cdf(0.975)

Weights = Mapping[str, float]  # digest -> how much an ad counts; 1 where it is missing


@dataclass(frozen=True, slots=True)
class Base:
    """The ads that a share is taken of; ``effective`` is the number of full ads that they are worth."""

    ads: int
    weight: float
    effective: float

    @classmethod
    def of(cls, ads: Sequence[Ad], weights: Weights) -> Base:
        """The base of these ads."""
        each = [weights.get(ad.digest, 1.0) for ad in ads]
        weight = math.fsum(each)
        squares = math.fsum(w * w for w in each)
        return cls(len(each), weight, weight * weight / squares if squares else 0.0)

    @property
    def enough(self) -> bool:
        return self.ads >= FEWEST_ADS

    def figure(self, ads: int, weight: float) -> dict[str, Any]:
        """``ads`` of the base, together of this weight, as a record."""
        if not self.enough:
            return {"ads": ads, "share": None, "low": None, "high": None}
        share = min(1.0, weight / self.weight)
        low, high = wilson(share, self.effective)
        return {"ads": ads, "share": round(share, DIGITS), "low": low, "high": high}


def wilson(share: float, number: float, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of a share among ``number`` draws, within 0..1."""
    if number <= 0:
        return 0.0, 1.0
    middle = share + z * z / (2 * number)
    half = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    scale = 1 + z * z / number
    low, high = (middle - half) / scale, (middle + half) / scale
    return round(max(0.0, low), DIGITS), round(min(1.0, high), DIGITS)


def quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile of at least two values."""
    low, middle, high = quantiles(values, n=4, method="inclusive")
    return low, middle, high


def highest_believed(chances: Sequence[float], error: float) -> float:
    """The chance up to which findings are believed, so that about ``error`` of those are luck at most.

    Benjamini and Hochberg's step-up rule over all chances; -1 where none can be believed.
    """
    believed = -1.0
    for number, chance in enumerate(sorted(chances), 1):
        if chance <= error * number / len(chances):
            believed = chance
    return believed
