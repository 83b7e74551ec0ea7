"""What one person would have to learn: what a skill brings with it, where it is taught, what it costs.

Built on the same needs, standing and courses as ``analysis.plan``, so that a plan made for an unlocked
listing speaks of the same steps. Hours are upper bounds of the roadmap's estimates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from skillgap.analysis.choosing import Course
from skillgap.analysis.gap import Shown
from skillgap.analysis.needs import COURSE, Needs, read_needs, standing
from skillgap.market.must_haves import Listings
from skillgap.model import Requirement
from skillgap.taxonomy import Taxonomy

_FARTHEST = 2  # as far as the gap follows what a shown skill includes
_NAMED = frozenset({"language", "framework", "tool", "platform", "database", "model", "certification"})


@dataclass(frozen=True, slots=True)
class Price:
    """What one skill costs by itself: the ``own`` hours of ``step``, and the steps ``before`` it.

    A skill that no course teaches has no step; ``own`` is 0 then.
    """

    step: str | None
    own: int
    before: frozenset[str]


class Learning:
    """One resume before many listings: ``have`` is what counts as met, steps done included.

    ``missing`` are the skills that must-haves name and that are not there.
    """

    def __init__(
        self, listings: Listings, shown: Shown, taxonomy: Taxonomy, done: frozenset[str] = frozenset()
    ) -> None:
        self.taxonomy = taxonomy
        self.shown = shown
        done &= taxonomy.steps.keys()
        asked = {m for listing in listings.items for group in listing.groups for m in group.members}
        record = _as_gap(sorted(asked), listings, shown, taxonomy)
        self.needs: Needs = read_needs([record], taxonomy, done)
        self._stands = standing(self.needs, taxonomy, done)
        self._course = Course(self.needs, taxonomy)
        self.have: frozenset[str] = frozenset().union(
            shown.shown, shown.implied, *(self.covers(skill) for skill in self.needs.learned)
        )
        self.missing: tuple[str, ...] = tuple(sorted(asked - self.have))
        self._prices: dict[str, Price] = {}

    # -- what comes with what -----------------------------------------------------------------

    def covers(self, skill: str) -> frozenset[str]:
        """A skill with the notions that it is a case of, but no other named technology.

        Who learns a web framework has met web services on the way; the language that it is written in is
        a skill of its own, to be learned and counted as one. Nothing is followed through what the resume
        denies.
        """
        seen, reached = {skill}, [skill]
        for _ in range(_FARTHEST):
            reached = [target for name in reached for target in self._notions(name) if target not in seen]
            seen.update(reached)
        return frozenset(seen)

    def _notions(self, skill: str) -> list[str]:
        """What a skill directly includes, apart from named technologies and what the resume denies."""
        taxonomy, denied = self.taxonomy, self.shown.denied
        if skill not in taxonomy.positions:
            return []
        entry = taxonomy.skill(skill)
        targets = (*entry.implies, *entry.broader)
        return [t for t in targets if t not in denied and taxonomy.kind(t) not in _NAMED]

    def how(self, skill: str) -> str:
        """How a skill is learned: course, on_the_job, credential or nowhere."""
        return self.needs.homes[skill].how

    @cached_property
    def studied(self) -> tuple[str, ...]:
        """The missing skills that a course teaches."""
        return tuple(skill for skill in self.missing if self.how(skill) == COURSE)

    @cached_property
    def taught(self) -> Mapping[str, frozenset[str]]:
        """Course step -> the missing skills that it teaches, in the order of the roadmap."""
        found: dict[str, set[str]] = {}
        for skill in self.studied:
            for step in self.needs.homes[skill].steps:
                found.setdefault(step, set()).add(skill)
        order = sorted(found, key=self.taxonomy.step_order.__getitem__)
        return {step: frozenset(found[step]) for step in order}

    # -- what it costs ------------------------------------------------------------------------

    def earlier(self, step: str) -> frozenset[str]:
        """The courses that have to come before a step and are not behind yet."""
        return self._stands.before(step)

    def step_hours(self, step: str) -> int:
        """Hours of a course step, less the share of it that the resume shows."""
        return self._course.hours(step)[1]

    def price(self, skill: str) -> Price:
        """The cheapest way to one skill: its share of a step, with the steps before that."""
        known = self._prices.get(skill)
        if known is None:
            home = self.needs.homes[skill]
            ways = [self._way(step) for step in home.steps] if home.how == COURSE else []
            known = min(ways, key=self._rank) if ways else Price(None, 0, frozenset())
            self._prices[skill] = known
        return known

    def _way(self, step: str) -> Price:
        return Price(step, self.step_hours(step), self.earlier(step))

    def _rank(self, price: Price) -> tuple[int, int]:
        step = price.step or ""
        return price.own + sum(map(self.step_hours, price.before)), self.taxonomy.step_order[step]

    def hours(self, skills: Iterable[str]) -> int:
        """Hours of a set of skills: their steps and those before them, each once."""
        prices = [self.price(skill) for skill in skills]
        steps: frozenset[str] = frozenset().union(*(price.before for price in prices))
        own = {price.step for price in prices if price.step is not None}
        return sum(map(self.step_hours, steps | own))


def _as_gap(asked: Sequence[str], listings: Listings, shown: Shown, taxonomy: Taxonomy) -> Mapping[str, Any]:
    """All that the listings ask, as one gap record, which is what ``analysis.needs`` reads."""
    matches = []
    for skill in asked:
        status: str = "missing"
        via: tuple[str, ...] = ()
        if skill in taxonomy.positions:
            match = shown.match(Requirement(skill, "required", None, ()))
            status, via = match.status, match.via
        matches.append(
            {
                "id": skill,
                "name": listings.names.get(skill, skill),
                "kind": listings.kinds[skill],
                "level": "required",
                "status": status,
                "via": list(via),
                "steps": [{"id": step} for step in listings.steps.get(skill, ())],
            }
        )
    return {
        "job": {"source": ""},
        "resume": {"source": "", "shown": sorted(shown.shown)},
        "matches": matches,
        "groups": [],
    }
