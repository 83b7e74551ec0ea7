"""What unlocking answers with: sets of skills or steps, the listings they open, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from skillgap.market.must_haves import Listing

UNLOCK_SCHEMA = "skillgap/unlock@1"


@dataclass(frozen=True, slots=True)
class Pick:
    """One skill or step of a set.

    ``alone`` listings it opens by itself (a step with what the set holds before it), ``lost`` would be
    lost without it, ``total`` are open once it and all picks before it are there. ``hours`` are those of
    the pick by itself: of a skill its share of a step and the steps before that, of a step its own.
    ``brings`` are missing skills that come with it, ``step`` is where a skill is taught.
    """

    id: str
    name: str
    how: str
    hours: int
    alone: int
    lost: int
    total: int
    step: str | None = None
    close: bool = False
    brings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "how": self.how,
            "hours": self.hours,
            "alone": self.alone,
            "lost_without": self.lost,
            "open_with_those_before": self.total,
            "step": self.step,
            "close": self.close,
            "brings": list(self.brings),
        }


@dataclass(frozen=True, slots=True)
class Opened:
    """One listing that a set opens: by which of its picks, must-haves met before and after, of how many."""

    listing: Listing
    by: tuple[str, ...]
    before: int
    after: int

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.listing.to_dict(),
            "by": list(self.by),
            "met_before": self.before,
            "met_after": self.after,
            "of": len(self.listing.groups),
        }


@dataclass(frozen=True, slots=True)
class Flip:
    """The best set that does not hold all of the chosen one, and by how little it lost.

    ``margin`` is how many listings fewer it opens: 0 where only hours, or then the ids, decided.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    gain: int
    margin: int
    hours: int
    only_chosen: tuple[Listing, ...]
    only_other: tuple[Listing, ...]
    proved: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "ids": list(self.ids),
            "names": list(self.names),
            "gain": self.gain,
            "margin": self.margin,
            "hours": self.hours,
            "only_chosen": [listing.to_dict() for listing in self.only_chosen],
            "only_runner_up": [listing.to_dict() for listing in self.only_other],
            "proved": self.proved,
        }


@dataclass(frozen=True, slots=True)
class UnlockSet:
    """The best set under one limit (so many skills, or so many hours).

    No set opens more than ``bound`` listings; the answer is proved if it opens as many. ``together`` are
    picks that open listings only jointly: none of them, nor any part of them, opens any.
    """

    limit: int
    picks: tuple[Pick, ...]
    opened: tuple[Opened, ...]
    hours: int
    bound: int
    together: tuple[tuple[tuple[str, ...], int], ...] = ()
    flip: Flip | None = None

    @property
    def gain(self) -> int:
        return len(self.opened)

    @property
    def short(self) -> int:
        """By how many listings the answer can be short at most; 0 if it is proved."""
        return self.bound - self.gain

    def to_dict(self) -> dict[str, Any]:
        return {
            "limit": self.limit,
            "picks": [pick.to_dict() for pick in self.picks],
            "gain": self.gain,
            "hours": self.hours,
            "proved": self.short == 0,
            "bound": self.bound,
            "opened": [opened.to_dict() for opened in self.opened],
            "only_together": [{"ids": list(ids), "listings": count} for ids, count in self.together],
            "flip": self.flip.to_dict() if self.flip else None,
        }


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the curve: what a limit buys. ``total`` counts the listings open by then."""

    limit: int
    hours: int
    gain: int
    total: int
    ids: tuple[str, ...]
    proved: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "limit": self.limit,
            "hours": self.hours,
            "gain": self.gain,
            "open": self.total,
            "ids": list(self.ids),
            "proved": self.proved,
        }


@dataclass(frozen=True, slots=True)
class Nearest:
    """One of the listings that take the fewest more skills, however those are learned."""

    listing: Listing
    skills: int
    met: int
    open: tuple[tuple[str, ...], ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            **self.listing.to_dict(),
            "skills": self.skills,
            "met": self.met,
            "of": len(self.listing.groups),
            "open": [list(members) for members in self.open],
        }


@dataclass(frozen=True, slots=True)
class Unlock:
    """The whole answer for one resume.

    ``by`` is ``skills`` or ``hours``. Of ``counted`` listings ``over`` are open already; ``beyond`` stay
    shut whatever is studied, since they name too much that no course teaches; ``years_short`` ask for
    more years than there are. ``sets`` hold the best set for 1, 2, 3 … skills, or the one for all hours.
    """

    by: str
    line: Fraction
    counted: int
    over: tuple[Listing, ...]
    beyond: int
    years_short: int
    apart: Mapping[str, int]
    sets: tuple[UnlockSet, ...]
    curve: tuple[Point, ...]
    together: tuple[tuple[tuple[str, ...], int], ...]
    nearest: tuple[Nearest, ...]
    asked_most: tuple[tuple[str, int], ...]
    names: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """The ``skillgap/unlock@1`` record."""
        return {
            "schema": UNLOCK_SCHEMA,
            "by": self.by,
            "line": round(float(self.line), 4),
            "counted": self.counted,
            "over_now": [listing.to_dict() for listing in self.over],
            "beyond_study": self.beyond,
            "years_short": self.years_short,
            "apart": dict(sorted(self.apart.items())),
            "sets": [found.to_dict() for found in self.sets],
            "curve": [point.to_dict() for point in self.curve],
            "only_together": [{"ids": list(ids), "listings": count} for ids, count in self.together],
            "nearest": [near.to_dict() for near in self.nearest],
            "asked_most": [{"id": skill, "listings": count} for skill, count in self.asked_most],
            "skill_names": dict(sorted(self.names.items())),
        }
