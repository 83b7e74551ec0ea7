"""What can be chosen: missing skills one by one, or whole steps of the roadmap with what comes before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from skillgap.market.answers import Flip, Opened, Pick, UnlockSet
from skillgap.market.deficits import Deficit, Deficits, deficits
from skillgap.market.learning import Learning
from skillgap.market.must_haves import Listing, Listings
from skillgap.market.ranking import skill_name


@dataclass(frozen=True, slots=True)
class Scope:
    """The listings that count, and the line that they are to be brought over."""

    listings: tuple[Listing, ...]
    line: Fraction


class Offer:
    """Options in a settled order and the listings before them; ``steps`` says which kind they are."""

    def __init__(
        self, learning: Learning, names: Listings, scope: Scope, ids: tuple[str, ...], *, steps: bool
    ) -> None:
        self.learning = learning
        self.listings = scope.listings
        self.ids = ids
        self.steps = steps
        self._names = names
        self.place = {name: number for number, name in enumerate(ids)}
        self.covers = [self._covers(name) for name in ids]
        self.deficits: Deficits = deficits(scope.listings, learning.have, scope.line, self.covers)

    @classmethod
    def of_skills(cls, learning: Learning, names: Listings, scope: Scope, *, any_skill: bool) -> Offer:
        """The missing skills that a course teaches, or with ``any_skill`` all of them."""
        ids = learning.missing if any_skill else learning.studied
        return cls(learning, names, scope, tuple(ids), steps=False)

    @classmethod
    def of_steps(cls, learning: Learning, names: Listings, scope: Scope) -> Offer:
        """The courses that teach something missing, and those that come before them."""
        wanted = set(learning.taught).union(*(learning.earlier(step) for step in learning.taught))
        ids = sorted(wanted, key=learning.taxonomy.step_order.__getitem__)
        return cls(learning, names, scope, tuple(ids), steps=True)

    def _covers(self, name: str) -> frozenset[str]:
        if not self.steps:
            return self.learning.covers(name)
        taught = self.learning.taught.get(name, frozenset())
        return frozenset[str]().union(*(self.learning.covers(skill) for skill in taught))

    @cached_property
    def earlier(self) -> Mapping[int, frozenset[int]]:
        """Step -> the steps that have to be chosen with it; nothing for skills, whose hours include them."""
        if not self.steps:
            return {}
        return {
            number: frozenset(self.place[step] for step in self.learning.earlier(name))
            for name, number in self.place.items()
        }

    @cached_property
    def hours(self) -> list[int]:
        """Hours of each option by itself."""
        if self.steps:
            return [self.learning.step_hours(name) for name in self.ids]
        return [self.learning.hours([name]) for name in self.ids]

    def hours_of(self, chosen: Iterable[int]) -> int:
        """Hours of a set; what several skills share counts once."""
        if self.steps:
            return sum(self.hours[option] for option in chosen)
        return self.learning.hours(self.ids[option] for option in sorted(chosen))

    @cached_property
    def unasked(self) -> list[int]:
        """For each option how many listings do not ask for it by name; 0 for steps."""
        if self.steps:
            return [0] * len(self.ids)
        asked = Counter(
            skill for listing in self.listings for skill in {m for g in listing.groups for m in g.members}
        )
        return [len(self.listings) - asked[name] for name in self.ids]

    def weigh(self, chosen: Iterable[int]) -> tuple[int, int, int]:
        """What tells equal sets apart, lightest first.

        Skills that no course teaches come behind; then what more listings ask for by name comes first,
        for it pays beyond those that it opens; then fewer hours.
        """
        options = sorted(chosen)
        if self.steps:
            return 0, 0, self.hours_of(options)
        unplanned = sum(self.learning.price(self.ids[option]).step is None for option in options)
        return unplanned, sum(self.unasked[option] for option in options), self.hours_of(options)

    def name(self, name: str) -> str:
        """A step's title or a skill's name."""
        if self.steps:
            return self.learning.taxonomy.steps[name].title
        return skill_name(name, self._names, self.learning.taxonomy)

    # -- answers ------------------------------------------------------------------------------

    def answer(
        self, limit: int, chosen: frozenset[int], bound: int, other: tuple[frozenset[int], bool] | None
    ) -> UnlockSet:
        """Everything there is to say of one set; ``other`` is the runner-up, and whether that is proved."""
        opened = tuple(self._opened(number, chosen) for number in self.deficits.opened(chosen))
        return UnlockSet(
            limit=limit,
            picks=self._picks(chosen),
            opened=opened,
            hours=self.hours_of(chosen),
            bound=bound,
            together=self._together(opened),
            flip=self._flip(chosen, other) if other else None,
        )

    def _opened(self, number: int, chosen: frozenset[int]) -> Opened:
        """A listing with a smallest part of the set that opens it, dear options dropped first."""
        listing, have = self.listings[number], self.learning.have
        deficit = self._lacking[number]
        needed = set(chosen & deficit.bits.keys())
        for option in sorted(needed, key=lambda o: (-self.hours[o], -o)):
            if deficit.met(needed - {option}):
                needed.discard(option)
        after = have.union(*(self.covers[option] for option in chosen))
        of = len(listing.groups)
        by = tuple(self.ids[option] for option in sorted(needed))
        return Opened(listing, by, of - len(listing.unmet(have)), of - len(listing.unmet(after)))

    @cached_property
    def _lacking(self) -> dict[int, Deficit]:
        return {number: deficit for deficit in self.deficits.reach for number in deficit.listings}

    def _picks(self, chosen: frozenset[int]) -> tuple[Pick, ...]:
        every = self.deficits.value(chosen)
        done: set[int] = set()
        picks = []
        for option in self._order(chosen):
            done.add(option)
            needs = self.earlier.get(option, frozenset())
            without = {o for o in chosen if o != option and option not in self.earlier.get(o, ())}
            picks.append(
                self._pick(
                    option,
                    alone=self.deficits.value({option, *(needs & chosen)}),
                    lost=every - self.deficits.value(without),
                    total=len(self.deficits.over) + self.deficits.value(done),
                )
            )
        return tuple(picks)

    def _order(self, chosen: frozenset[int]) -> list[int]:
        """Steps as the roadmap has them; of skills next the one that opens most with those before it."""
        if self.steps:
            return sorted(chosen)
        order: list[int] = []
        left = sorted(chosen)
        while left:
            best = min(left, key=lambda o: (-self.deficits.value([*order, o]), self.weigh([o]), o))
            order.append(best)
            left.remove(best)
        return order

    def _pick(self, option: int, *, alone: int, lost: int, total: int) -> Pick:
        name, learning = self.ids[option], self.learning
        asked = learning.missing
        brings = [skill for skill in asked if skill in self.covers[option] and skill != name]
        return Pick(
            id=name,
            name=self.name(name),
            how=learning.taxonomy.steps[name].how if self.steps else learning.how(name),
            hours=self.hours[option],
            alone=alone,
            lost=lost,
            total=total,
            step=name if self.steps else learning.price(name).step,
            close=not self.steps and name in learning.needs.close,
            brings=tuple(brings),
        )

    def _together(self, opened: Iterable[Opened]) -> tuple[tuple[tuple[str, ...], int], ...]:
        """Parts of the set that open listings though nothing smaller of them does, biggest gain first."""
        counts: dict[tuple[str, ...], int] = {}
        for found in opened:
            counts[found.by] = counts.get(found.by, 0) + 1
        kept = []
        for ids in counts:
            part = frozenset(self.place[name] for name in ids)
            if len(part) > 1 and not any(self.deficits.value(part - {option}) for option in part):
                kept.append((ids, self.deficits.value(part)))
        return tuple(sorted(kept, key=lambda item: (-item[1], len(item[0]), item[0])))

    def _flip(self, chosen: frozenset[int], other: tuple[frozenset[int], bool]) -> Flip:
        rival, proved = other
        mine, theirs = set(self.deficits.opened(chosen)), set(self.deficits.opened(rival))
        ids = tuple(self.ids[option] for option in sorted(rival))
        return Flip(
            ids=ids,
            names=tuple(map(self.name, ids)),
            gain=len(theirs),
            margin=len(mine) - len(theirs),
            hours=self.hours_of(rival),
            only_chosen=tuple(self.listings[number] for number in sorted(mine - theirs)),
            only_other=tuple(self.listings[number] for number in sorted(theirs - mine)),
            proved=proved,
        )
