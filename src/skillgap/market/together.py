"""What is asked together more often than chance has it.

Counted by lift: how many times as often the second skill is asked where the first one is, as in all
ads. Employers count once, for the ads of one share a template. A pair needs a least number of ads and
of employers, and only those stay that are hardly there by luck: of the pairs given, about one in twenty
at most (Benjamini and Hochberg over every pair that was looked at). They are ordered by the lower bound
of their lift, so that few ads don't make a strong claim. Pairs that go without saying are left out: one
includes the other, they are alternatives of one set, or both were read from the same words.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.market.ads import Ad, Lexicon, Pair
from skillgap.market.figures import FEWEST_ADS, Weights, highest_believed, wilson
from skillgap.market.matrix import employer_matrix, skill_matrix

LEAST_ADS = 5  # that ask for both, and employers as well
LEAST_SHARE = 0.05  # and at least this share of all ads
_TRIVIAL = 0.5  # share of the common ads from which a pair goes without saying
_ERROR = 0.05  # expected share of pairs that are there by luck
_MOST = 100
_AT_ONCE = 10_000  # ads in one matrix: flat memory


def least_support(number: int) -> int:
    """How many of ``number`` ads must ask for both."""
    return max(LEAST_ADS, math.ceil(LEAST_SHARE * number))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two skills, the rarer first: ads of each and of both, and the employers that these are worth."""

    skills: Pair
    ads: tuple[int, int, int]
    employers: tuple[float, float, float]


def together(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Pairs of hard skills, the strongest first; ``a`` is the rarer. Empty below the least number of ads."""
    if len(ads) < FEWEST_ADS:
        return []
    each = _by_employer(ads, weights)
    total = math.fsum(each)
    pairs = list(_frequent(ads, each, lexicon))
    chances = [_chance(*pair.employers, total) for pair in pairs]
    believed = highest_believed(chances, _ERROR)
    rows: list[dict[str, Any]] = []
    for pair, chance in zip(pairs, chances, strict=True):
        a, b, both = pair.employers
        low = wilson(min(1.0, both / a), a)[0] * total / b
        if chance <= believed and low > 1:
            (one, other), (one_ads, other_ads, both_ads) = pair.skills, pair.ads
            rows.append({
                "a": one, "a_name": lexicon.name(one), "a_ads": one_ads,
                "b": other, "b_name": lexicon.name(other), "b_ads": other_ads,
                "ads": both_ads, "lift": round(both * total / (a * b), 2), "low": round(low, 2),
            })  # fmt: skip
    return sorted(rows, key=_strength)[:_MOST]


def _strength(row: dict[str, Any]) -> tuple[float, int, str, str]:
    return -row["low"], -row["ads"], row["a"], row["b"]


def _chance(a: float, b: float, both: float, total: float) -> float:
    """How likely two unrelated skills meet at least so unevenly: chi-squared with Yates's correction."""
    margins = a * (total - a) * b * (total - b)
    if margins <= 0:
        return 1.0
    off = max(0.0, abs(both * total - a * b) - total / 2)
    return math.erfc(math.sqrt(off * off * total / margins / 2))


def _by_employer(ads: Sequence[Ad], weights: Weights) -> list[float]:
    """The weight of each ad, so that all ads of one employer come to one at most."""
    number = Counter(ad.employer or ad.digest for ad in ads)
    return [weights.get(ad.digest, 1.0) / number[ad.employer or ad.digest] for ad in ads]


def _frequent(ads: Sequence[Ad], each: Sequence[float], lexicon: Lexicon) -> Iterator[_Pair]:
    """Every pair worth a look."""
    import numpy as np

    support = least_support(len(ads))
    asked = Counter(skill for ad in ads for skill in ad.asked() if lexicon.is_hard(skill))
    ids = sorted(skill for skill, number in asked.items() if number >= support)
    plain, weighed = _counted(ads, each, ids)
    employers = _employers(ads, ids)
    trivial = _entangled(ads)
    for i, one in enumerate(ids):
        for j in (np.flatnonzero(plain[i, i + 1 :] >= support) + i + 1).tolist():
            other, both = ids[j], int(plain[i, j])
            goes_without_saying = trivial[lexicon.pair(one, other)] > _TRIVIAL * both
            if employers[i, j] < LEAST_ADS or goes_without_saying or lexicon.follows(one, other):
                continue
            a, b = sorted((i, j), key=lambda n: (asked[ids[n]], ids[n]))
            worth = float(weighed[a, a]), float(weighed[b, b]), float(weighed[a, b])
            yield _Pair((ids[a], ids[b]), (asked[ids[a]], asked[ids[b]], both), worth)


def _counted(ads: Sequence[Ad], each: Sequence[float], ids: Sequence[str]) -> tuple[Any, Any]:
    """(skill, skill): how many ads ask for both, and what these weigh."""
    import numpy as np

    plain, weighed = np.zeros((len(ids), len(ids)), dtype=int), np.zeros((len(ids), len(ids)))
    for start in range(0, len(ads), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        matrix = skill_matrix(ads[part], ids)
        plain += (matrix.T @ matrix).toarray().round().astype(int)
        weighed += (matrix.T @ (matrix * np.array(each[part])[:, None])).toarray()
    return plain, weighed


def _employers(ads: Sequence[Ad], ids: Sequence[str]) -> Any:
    """(skill, skill): how many employers ask for both."""
    import numpy as np

    both = np.zeros((len(ids), len(ids)), dtype=int)
    ordered = sorted(ads, key=_employer)
    start = 0
    while start < len(ordered):
        end = min(start + _AT_ONCE, len(ordered))
        while end < len(ordered) and _employer(ordered[end]) == _employer(ordered[end - 1]):
            end += 1  # an employer stays in one piece
        part = ordered[start:end]
        found = ((employer_matrix(part) @ skill_matrix(part, ids)) > 0).astype(float)
        both += (found.T @ found).toarray().round().astype(int)
        start = end
    return both


def _employer(ad: Ad) -> str:
    return ad.employer or ad.digest


def _entangled(ads: Sequence[Ad]) -> Counter[Pair]:
    """How many ads have a pair as alternatives or in the same words."""
    return Counter(pair for ad in ads for pair in ad.entangled)
