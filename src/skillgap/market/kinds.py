"""Kinds of listings, found from the skills they ask for.

Each ad is a row of the hard skills that it asks for, rarer ones heavier, reduced to a few directions
and grouped by k-means. How many kinds there are is decided by what comes back: a fifth of the ads is
left out again and again, and the number wins whose groups agree best with those of all ads (mean
adjusted Rand index). Kinds are claimed only where that agreement is high enough and the groups stand
apart (silhouette) more clearly than in any shuffle, in which every skill is asked as often but by any ad:
k-means finds groups in anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from skillgap.market.ads import Ad, Lexicon
from skillgap.market.figures import FEWEST_ADS
from skillgap.market.matrix import skill_matrix

LEAST_AGREEMENT = 0.5
_NUMBERS = range(2, 9)
_SMALLEST = 8  # ads in a kind
_DIRECTIONS = 6
_RARE, _COMMON = 0.05, 0.6  # shares of ads outside which a skill tells no kinds apart
_FEWEST_SKILLS = 12  # that tell kinds apart
_REPEATS, _KEPT = 10, 0.8
_SHUFFLES = 19  # of which none may come near: one chance in twenty
_CLEARER = 0.015  # in silhouette; shuffles among themselves reach 0.01
_FITTED = 2_000  # more ads than that are put into the kinds that these found
_SEED = 0
_LEAST_INSIDE = 0.25  # share of a kind's ads that ask for what it is named by
_LEAST_TIMES = 1.5  # as often as elsewhere
_TRAITS, _EXAMPLES = 8, 3


@dataclass(frozen=True)
class _Rows:
    """Ads as rows of 0 and 1 over the skills that may tell them apart."""

    skills: tuple[str, ...]
    matrix: Any


def kinds(ads: Sequence[Ad], lexicon: Lexicon) -> dict[str, Any]:
    """The kinds and the agreement that chose their number; no kinds below the least number of ads."""
    nothing: dict[str, Any] = {"agreement": None, "kinds": []}
    if len(ads) < FEWEST_ADS:
        return nothing
    rows = _rows(ads, lexicon)
    if len(rows.skills) < _FEWEST_SKILLS:
        return nothing
    with _one_thread():
        fitted = rows.matrix[:_FITTED]
        number, agreement = _number(fitted)
        if agreement < LEAST_AGREEMENT or not _clearer_than_chance(fitted, number):
            return {"agreement": agreement, "kinds": []}
        labels, distances = _assign(rows.matrix, number)
    found = [_kind(ads, rows, labels == label, distances, lexicon) for label in range(number)]
    found.sort(key=lambda kind: (-kind["ads"], kind["members"]))
    return {"agreement": agreement, "kinds": found}


def _rows(ads: Sequence[Ad], lexicon: Lexicon) -> _Rows:
    asked = Counter(skill for ad in ads for skill in ad.asked() if lexicon.is_hard(skill))
    least, most = ceil(_RARE * len(ads)), _COMMON * len(ads)
    skills = tuple(sorted(skill for skill, number in asked.items() if least <= number <= most))
    return _Rows(skills, skill_matrix(ads, skills))


@contextmanager
def _one_thread() -> Iterator[None]:
    """Sums in one order, whatever the machine: more threads add floats in the order in which they finish."""
    import sklearn.cluster  # noqa: F401 - what is loaded later would not be limited
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    with threadpool_limits(1):
        yield


def _reduced(matrix: Any, onto: Any) -> Any:
    """Rows of ``onto`` in the directions of ``matrix``, each of length 1."""
    import numpy as np
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    number = np.asarray(matrix.sum(axis=0)).ravel()
    heavy = np.sqrt(np.log((1 + matrix.shape[0]) / (1 + number)) + 1e-9)
    directions = TruncatedSVD(_DIRECTIONS, n_iter=10, random_state=_SEED).fit(normalize(matrix * heavy))
    parts = [onto[start : start + _FITTED] for start in range(0, onto.shape[0], _FITTED)]  # flat memory
    return np.vstack([normalize(directions.transform(normalize(part * heavy))) for part in parts])


def _grouping(points: Any, number: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(number, n_init=10, random_state=_SEED).fit(points)


def _number(matrix: Any) -> tuple[int, float]:
    """(how many kinds, agreement): the best agreement, of equal ones the fewest kinds."""
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    size = matrix.shape[0]
    random = np.random.default_rng(_SEED)
    draws = [np.sort(random.permutation(size)[: int(_KEPT * size)]) for _ in range(_REPEATS)]
    points = _reduced(matrix, matrix)
    parts = [_reduced(matrix[kept], matrix[kept]) for kept in draws]
    best, agreement = 1, 0.0
    for number in _NUMBERS:
        whole = _grouping(points, number).labels_
        if np.bincount(whole).min() < _SMALLEST:
            continue
        scores = [
            adjusted_rand_score(whole[kept], _grouping(part, number).labels_)
            for kept, part in zip(draws, parts, strict=True)
        ]
        mean = round(float(np.mean(scores)), 2)
        if mean > agreement:
            best, agreement = number, mean
    return best, agreement


def _clearer_than_chance(matrix: Any, number: int) -> bool:
    """Whether the groups stand apart more than those of shuffled columns do."""
    import numpy as np
    from scipy.sparse import csr_array

    random = np.random.default_rng(_SEED)
    plain = matrix.toarray()
    shuffles = (csr_array(random.permuted(plain, axis=0)) for _ in range(_SHUFFLES))
    bar = _apartness(matrix, number) - _CLEARER
    return all(_apartness(shuffled, number) < bar for shuffled in shuffles)


def _apartness(matrix: Any, number: int) -> float:
    from sklearn.metrics import silhouette_score

    points = _reduced(matrix, matrix)
    return float(silhouette_score(points, _grouping(points, number).labels_))


def _assign(matrix: Any, number: int) -> tuple[Any, Any]:
    """(kind, distance from its centre) of every ad."""
    import numpy as np

    known = matrix[:_FITTED]
    model = _grouping(_reduced(known, known), number)
    points = _reduced(known, matrix)
    labels = model.predict(points)
    return labels, np.linalg.norm(points - model.cluster_centers_[labels], axis=1).round(9)


def _kind(ads: Sequence[Ad], rows: _Rows, inside: Any, distances: Any, lexicon: Lexicon) -> dict[str, Any]:
    import numpy as np

    members = np.flatnonzero(inside).tolist()
    nearest = sorted(members, key=lambda row: (distances[row], ads[row].digest))
    roles = Counter(ads[row].role or "other" for row in members)
    known = lexicon.taxonomy.roles
    return {
        "ads": len(members),
        "apart": _traits(rows, inside, lexicon),
        "roles": [
            {"id": role, "name": known[role]["name"] if role in known else role, "ads": number}
            for role, number in sorted(roles.items(), key=lambda item: (-item[1], item[0]))
        ],
        "examples": [ads[row].reference() for row in nearest[:_EXAMPLES]],
        "members": sorted(ads[row].digest for row in members),
    }


def _traits(rows: _Rows, inside: Any, lexicon: Lexicon) -> list[dict[str, Any]]:
    """What sets a kind apart: asked far more inside than outside, none that goes without saying."""
    import numpy as np

    count = np.asarray(rows.matrix[inside].sum(axis=0)).ravel().round().astype(int)
    others = np.asarray(rows.matrix[~inside].sum(axis=0)).ravel().round().astype(int)
    of, others_of = int(inside.sum()), int((~inside).sum())
    here, there = count / of, others / others_of
    gap = (here - there).round(9)
    order = sorted(range(len(rows.skills)), key=lambda number: (-gap[number], rows.skills[number]))
    chosen: list[int] = []
    for number in order:
        enough = here[number] >= _LEAST_INSIDE and here[number] >= _LEAST_TIMES * there[number]
        said = any(lexicon.follows(rows.skills[number], rows.skills[other]) for other in chosen)
        if enough and not said:
            chosen.append(number)
        if len(chosen) == _TRAITS:
            break
    return [
        {
            "id": rows.skills[number],
            "name": lexicon.name(rows.skills[number]),
            "ads": int(count[number]),
            "of": of,
            "elsewhere": int(others[number]),
            "elsewhere_of": others_of,
        }
        for number in chosen
    ]
