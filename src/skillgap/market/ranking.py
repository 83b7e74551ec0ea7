"""Every saved listing against one resume, ranked by must-haves met; one resume built once for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from skillgap.analysis.gap import Shown
from skillgap.market.must_haves import Group, Listing, Listings, Records, known_to, read_listings
from skillgap.taxonomy import Taxonomy

RANKING_SCHEMA = "skillgap/ranking@1"


@dataclass(frozen=True, slots=True)
class Fit:
    """One listing against one resume: must-have groups met by work alone, met in all, asked.

    ``open`` holds the skills of groups that are not met, ``close`` those of them of which a near
    substitute is shown. ``of`` is never 0 for a ranked listing.
    """

    listing: Listing
    strict: int
    lenient: int
    of: int
    open: tuple[tuple[str, ...], ...]
    close: frozenset[str]

    def over(self, line: Fraction) -> bool:
        """Whether the listing is over the line: 0 of 0 never is, nor is a listing set apart."""
        return self.listing.apart is None and self.of > 0 and self.lenient >= line * self.of

    @property
    def rank_key(self) -> tuple[Fraction, Fraction, int, tuple[str, str, str]]:
        """Largest share first, then shown in work, then the longer list, then where it stands."""
        of = max(1, self.of)
        return Fraction(-self.lenient, of), Fraction(-self.strict, of), -self.of, self.listing.key

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.listing.to_dict(),
            "met_strict": self.strict,
            "met_lenient": self.lenient,
            "of": self.of,
            "open": [list(members) for members in self.open],
            "close": sorted(self.close),
        }


@dataclass(frozen=True, slots=True)
class Ranking:
    """All listings: ``fits`` best first, ``apart`` those not ranked, with the reason in the listing."""

    fits: tuple[Fit, ...]
    apart: tuple[Listing, ...]
    names: Mapping[str, str]
    folded: int

    def over(self, line: Fraction) -> tuple[Fit, ...]:
        """The listings over the line, best first."""
        return tuple(fit for fit in self.fits if fit.over(line))

    def to_dict(self) -> dict[str, Any]:
        """The ``skillgap/ranking@1`` record."""
        return {
            "schema": RANKING_SCHEMA,
            "ranked": [{"rank": n, **fit.to_dict()} for n, fit in enumerate(self.fits, 1)],
            "apart": [
                {**listing.to_dict(), "apart": listing.apart, "reasons": list(listing.reasons)}
                for listing in self.apart
            ],
            "copies_folded": self.folded,
            "skill_names": dict(sorted(self.names.items())),
        }


class Standing:
    """What one resume shows, as sets: asked once per skill, used for every listing."""

    def __init__(self, shown: Shown, taxonomy: Taxonomy) -> None:
        self.shown = shown
        self.taxonomy = taxonomy
        self.strict: frozenset[str] = shown.used
        self.lenient: frozenset[str] = shown.shown | frozenset(shown.implied)
        self._near: dict[str, bool] = {}
        self._open: dict[Group, tuple[str, ...]] = {}
        self._close: dict[frozenset[str], frozenset[str]] = {}

    def near(self, skill: str) -> bool:
        """Whether a near substitute of a skill is shown."""
        known = self._near.get(skill)
        if known is None:
            related = skill in self.taxonomy.positions and bool(self.shown.related_to(skill))
            known = self._near[skill] = related
        return known

    def _left(self, group: Group) -> tuple[str, ...]:
        """The members of a group that are not shown; one object for equal groups of many listings."""
        left = self._open.get(group)
        if left is None:
            left = self._open[group] = tuple(m for m in group.members if m not in self.lenient)
        return left

    def fit(self, listing: Listing) -> Fit:
        """One listing against the resume."""
        shared = not listing.known  # what is open is the same for all listings with this group
        left = tuple(map(self._left, listing.unmet(self.lenient))) if shared else listing.open(self.lenient)
        close = frozenset(m for members in left for m in members if self.near(m))
        return Fit(
            listing,
            strict=sum(not group.lacking(self.strict) for group in listing.groups),
            lenient=len(listing.groups) - len(left),
            of=len(listing.groups),
            open=left,
            close=self._close.setdefault(close, close),
        )


def rank(  # noqa: PLR0913 - what is ranked, for whom, and what the person said of it
    records: Records,
    shown: Shown,
    taxonomy: Taxonomy,
    *,
    marks: Mapping[str, str] | None = None,
    as_of: date | None = None,
    families: Mapping[str, str] | None = None,
) -> Ranking:
    """Rank saved listings (``skillgap/job@1`` records, or Listings read from them) for one resume.

    Thin, closed, skipped and applied listings are set apart with the reason. See ``read_listings`` for
    ``marks``, ``as_of`` and ``families``. The order of the records makes no difference.
    """
    listings = known_to(read_listings(records, marks=marks, as_of=as_of, families=families), shown)
    standing = Standing(shown, taxonomy)
    fits = sorted((standing.fit(listing) for listing in listings.counted), key=lambda fit: fit.rank_key)
    named = {skill for fit in fits for members in fit.open for skill in members}
    return Ranking(
        tuple(fits),
        tuple(listing for listing in listings.items if listing.apart is not None),
        {skill: skill_name(skill, listings, taxonomy) for skill in named},
        sum(listing.copies for listing in listings.items),
    )


def skill_name(skill: str, listings: Listings, taxonomy: Taxonomy) -> str:
    """A skill's name; of one that the taxonomy lacks, as the records call it."""
    if skill in taxonomy.positions:
        return taxonomy.skill(skill).name
    return listings.names.get(skill, skill)
