"""How firm the order of the most asked skills is: the same ranking over resampled ads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skillgap.market.ads import Ad, Lexicon
from skillgap.market.demand import Demand
from skillgap.market.figures import FEWEST_ADS, Weights
from skillgap.market.matrix import skill_matrix

RESAMPLES = 500
_SEED = 20_260_101
_CANDIDATES = 60  # skills that could come among the first ten
_PLACES = (3, 5, 10)
_SHOWN = 15


def stability(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> dict[str, Any] | None:
    """Share of resamples in which each leading hard skill is among the first 3, 5 and 10 must-haves.

    Each resample draws as many ads as there are, with replacement. Seeded, and over ads in the order
    of their digests, so that the same ads give the same figures. None below the least number of ads.
    """
    if len(ads) < FEWEST_ADS:
        return None
    import numpy as np

    candidates = Demand(ads, weights, lexicon).hard()[:_CANDIDATES]
    each = np.array([weights.get(ad.digest, 1.0) for ad in ads])
    named = (skill_matrix(ads, candidates, lambda ad: ad.levels[0]) * each[:, None]).T.tocsr()
    if not named.nnz:
        return None
    random = np.random.default_rng(_SEED)
    placed = {place: np.zeros(len(candidates), dtype=int) for place in _PLACES}
    for _ in range(RESAMPLES):
        drawn = np.bincount(random.integers(0, len(ads), len(ads)), minlength=len(ads))
        order = np.argsort(-(named @ drawn).round(6), kind="stable")  # ties stay in the order of the whole
        for place in _PLACES:
            placed[place][order[:place]] += 1
    skills = [
        {
            "id": skill,
            "name": lexicon.name(skill),
            "rank": number + 1,
            **{f"first_{place}": round(int(placed[place][number]) / RESAMPLES, 3) for place in _PLACES},
        }
        for number, skill in enumerate(candidates[:_SHOWN])
    ]
    return {"resamples": RESAMPLES, "skills": skills}
