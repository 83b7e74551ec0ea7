"""For many resumes: which step of the roadmap brings the most people over the line, alone and in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from skillgap.analysis.gap import Shown
from skillgap.market.deficits import deficits
from skillgap.market.learning import Learning
from skillgap.market.limits import a_line
from skillgap.market.must_haves import Listings, Records, known_to, read_listings
from skillgap.market.offers import Offer, Scope
from skillgap.market.search import Search
from skillgap.taxonomy import Taxonomy

PEOPLE_SCHEMA = "skillgap/people@1"
_KEPT = 5
_Steps = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepsForPeople:
    """One step, or two: ``people`` (labels) get at least one more listing over the line by it.

    ``first`` of them had none before. ``listings`` counts the listings gained, of all people together;
    ``hours`` is the range over those people, what comes before the steps included.
    """

    steps: _Steps
    titles: tuple[str, ...]
    people: tuple[str, ...]
    first: tuple[str, ...]
    listings: int
    hours: tuple[int, int]

    def to_dict(self) -> dict[str, Any]:
        return {
            "steps": list(self.steps),
            "titles": list(self.titles),
            "people": list(self.people),
            "first_listing_for": list(self.first),
            "listings": self.listings,
            "hours": list(self.hours),
        }


@dataclass(frozen=True, slots=True)
class PeopleUnlock:
    """The best steps, and the best pairs of steps, for ``people`` over ``counted`` listings.

    Every step and every pair was looked at, so both lists are proved. ``over`` has for each person how
    many listings are over the line already.
    """

    line: Fraction
    counted: int
    over: tuple[tuple[str, int], ...]
    single: tuple[StepsForPeople, ...]
    pairs: tuple[StepsForPeople, ...]

    def to_dict(self) -> dict[str, Any]:
        """The ``skillgap/people@1`` record."""
        return {
            "schema": PEOPLE_SCHEMA,
            "line": round(float(self.line), 4),
            "counted": self.counted,
            "over_now": [{"person": label, "listings": count} for label, count in self.over],
            "steps": [found.to_dict() for found in self.single],
            "pairs": [found.to_dict() for found in self.pairs],
        }


def unlock_people(
    records: Records,
    people: Sequence[tuple[str, Shown]],
    taxonomy: Taxonomy,
    *,
    line: Fraction | float | str = 1,
) -> PeopleUnlock:
    """Which step, and which two, bring at least one more listing over the line for the most people.

    ``people`` are labels with what their resumes show. Ties go to more listings, then to fewer hours.
    """
    share = a_line(line)
    listings = read_listings(records)
    tally = _Tally(taxonomy)
    over = []
    for label, shown in people:
        over.append((label, tally.add(label, shown, listings, share)))
    return PeopleUnlock(share, len(listings.counted), tuple(over), tally.best(1), tally.best(2))


class _Tally:
    """Who gains how many listings by which steps, and in how many hours."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._gains: dict[_Steps, dict[str, tuple[int, int]]] = {}
        self._new: set[str] = set()
        self._labels: list[str] = []

    def add(self, label: str, shown: Shown, listings: Listings, line: Fraction) -> int:
        """One person; returns how many listings are over the line already."""
        self._labels.append(label)
        listings = known_to(listings, shown)
        learning = Learning(listings, shown, self._taxonomy)
        offer = Offer.of_steps(learning, listings, Scope(listings.counted, line))
        chains = [{option, *offer.earlier[option]} for option in range(len(offer.ids))]
        covers = [frozenset[str]().union(*(offer.covers[o] for o in chain)) for chain in chains]
        found = deficits(listings.counted, learning.have, line, covers)
        if not found.over:
            self._new.add(label)
        options, table = Search(found.within(2).reach, offer.weigh).pairs()
        for row, first in enumerate(options):
            for column in range(row, len(options)):
                gain = table[row][column]
                if gain > 0:
                    second = options[column]
                    hours = offer.hours_of(chains[first] | chains[second])
                    steps = tuple(offer.ids[option] for option in dict.fromkeys((first, second)))
                    self._gains.setdefault(steps, {})[label] = (gain, hours)
        return len(found.over)

    def best(self, size: int) -> tuple[StepsForPeople, ...]:
        """The best sets of so many steps; a pair only if it beats both of its steps."""
        order = self._taxonomy.step_order
        every = sorted({step for steps in self._gains for step in steps}, key=order.__getitem__)
        sets = (steps for steps in combinations(every, size) if self._beats(steps))
        found = [self._found(steps) for steps in sets]
        found.sort(key=lambda f: (-len(f.people), -f.listings, f.hours[1], [order[step] for step in f.steps]))
        return tuple(found[:_KEPT])

    def _of(self, steps: _Steps) -> dict[str, tuple[int, int]]:
        """(listings, hours) of each person whom steps help; who needs only one of them takes only that."""
        found: dict[str, tuple[int, int]] = {}
        for part in [(step,) for step in steps] + ([steps] if len(steps) > 1 else []):
            for label, gain in self._gains.get(part, {}).items():
                if label not in found or gain[0] > found[label][0]:
                    found[label] = gain
        return found

    def _worth(self, steps: _Steps) -> tuple[int, int]:
        gains = self._of(steps)
        return len(gains), sum(gain for gain, _ in gains.values())

    def _beats(self, steps: _Steps) -> bool:
        worth = self._worth(steps)
        return worth[0] > 0 and (len(steps) == 1 or all(worth > self._worth((step,)) for step in steps))

    def _found(self, steps: _Steps) -> StepsForPeople:
        gains = self._of(steps)
        labels = [label for label in self._labels if label in gains]
        hours = [spent for _, spent in gains.values()]
        return StepsForPeople(
            steps=steps,
            titles=tuple(self._taxonomy.steps[step].title for step in steps),
            people=tuple(labels),
            first=tuple(label for label in labels if label in self._new),
            listings=sum(gain for gain, _ in gains.values()),
            hours=(min(hours), max(hours)),
        )
