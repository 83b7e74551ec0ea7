"""Ads as rows of a sparse matrix over skills: one cell per skill that an ad asks for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from skillgap.market.ads import Ad


def skill_matrix(
    ads: Sequence[Ad], skills: Sequence[str], of: Callable[[Ad], Iterable[str]] = Ad.asked
) -> Any:
    """A row per ad and a column per skill, 1 where ``of`` the ad gives the skill (``csr_array``)."""
    import numpy as np
    from scipy.sparse import csr_array

    column = {skill: number for number, skill in enumerate(skills)}
    columns, ends = array("i"), array("q", [0])
    for ad in ads:
        columns.extend(column[skill] for skill in of(ad) if skill in column)
        ends.append(len(columns))
    places = np.array(columns, dtype=np.int32)
    ones = np.ones(len(places), dtype=np.float32)  # half the room; sums of ones are exact up to 16 million
    return csr_array((ones, places, np.array(ends)), shape=(len(ads), len(skills)))


def employer_matrix(ads: Sequence[Ad]) -> Any:
    """A row per employer and a column per ad, 1 where the ad is its; an unnamed one is one of its own."""
    import numpy as np
    from scipy.sparse import csr_array

    number: dict[str, int] = {}
    rows = np.array([number.setdefault(ad.employer or ad.digest, len(number)) for ad in ads])
    return csr_array((np.ones(len(ads)), (rows, np.arange(len(ads)))), shape=(len(number), len(ads)))
