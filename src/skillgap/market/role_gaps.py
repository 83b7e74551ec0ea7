"""How far one resume is from each type of role, measured on the saved listings of that type."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low
from typing import Any

from skillgap.analysis.gap import Shown
from skillgap.market.deficits import deficits
from skillgap.market.learning import Learning
from skillgap.market.limits import a_line
from skillgap.market.must_haves import Listing, Records, known_to, read_listings
from skillgap.market.ranking import skill_name
from skillgap.taxonomy import Taxonomy

_FARTHEST = 60  # skills; what is farther away is not counted any further
_NAMED = 5


@dataclass(frozen=True, slots=True)
class RoleGap:
    """One role type: of ``listings`` rankable ones ``over`` are over the line.

    ``nearest`` skills are missing to its nearest listing, at most ``half`` to half of its listings; both
    count the fewest skills that reach the line, and are 0 where it is reached. ``exact`` is False where a
    listing was too entangled to be counted and a lower bound stands for it. ``missing`` are the skills
    that most of the listings still lack, with how many.
    """

    role: str
    name: str
    listings: int
    over: int
    nearest: int
    half: int
    exact: bool
    missing: tuple[tuple[str, str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "name": self.name,
            "listings": self.listings,
            "over": self.over,
            "skills_to_nearest": self.nearest,
            "skills_to_half": self.half,
            "exact": self.exact,
            "missing": [{"id": i, "name": n, "listings": count} for i, n, count in self.missing],
        }


def role_gaps(
    records: Records,
    shown: Shown,
    taxonomy: Taxonomy,
    *,
    line: Fraction | float | str = 1,
    done: frozenset[str] = frozenset(),
) -> tuple[RoleGap, ...]:
    """The role types of the listings that can be ranked, nearest first; skills count however learned."""
    share = a_line(line)
    listings = known_to(read_listings(records), shown)
    learning = Learning(listings, shown, taxonomy, done)
    by_role: dict[str, list[Listing]] = {}
    for listing in listings.counted:
        by_role.setdefault(listing.role or "other", []).append(listing)
    covers = [learning.covers(skill) for skill in learning.missing]
    gaps = []
    for role, theirs in by_role.items():
        counts, exact = _distances(theirs, learning, share, covers)
        open_ = Counter(
            skill
            for listing in theirs
            for skill in {m for members in listing.open(learning.have) for m in members}
        )
        most = sorted(open_.items(), key=lambda item: (-item[1], item[0]))[:_NAMED]
        known = taxonomy.roles.get(role)
        gaps.append(
            RoleGap(
                role=role,
                name=str(known["name"]) if known else role,
                listings=len(theirs),
                over=counts.count(0),
                nearest=min(counts),
                half=median_low(counts),
                exact=exact,
                missing=tuple((skill, skill_name(skill, listings, taxonomy), n) for skill, n in most),
            )
        )
    return tuple(sorted(gaps, key=lambda gap: (gap.half, gap.nearest, -gap.listings, gap.role)))


def _distances(
    listings: list[Listing], learning: Learning, line: Fraction, covers: list[frozenset[str]]
) -> tuple[list[int], bool]:
    """For each listing the fewest skills to the line, and whether all of these are exact."""
    found = deficits(listings, learning.have, line, covers)
    counts = [0] * len(found.over) + [_FARTHEST + 1] * len(found.beyond)
    exact = True
    for deficit in found.reach:
        fewest = deficit.fewest(_FARTHEST)
        exact &= fewest.exact
        counts += [fewest.count] * deficit.weight
    return counts, exact
