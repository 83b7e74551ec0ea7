"""What each listing still lacks to the line, in terms of options (skills or steps) that would close it.

Listings that lack the same are one deficit with a weight; those that no option can bring over the line
are dropped here, and so are those that lack more than a number of options can buy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

from skillgap.market.fewest import Fewest, Groups, fewest
from skillgap.market.must_haves import Group, Listing

# One open group: how many more members it lacks, and for each way to add one the options that do.
# A group that lacks one member has one such way: any option that closes it.
Lack = tuple[int, tuple[frozenset[int], ...]]
_Keyed = tuple[tuple[int, list[list[int]]], Lack]  # what orders a lack, and the lack


@dataclass(frozen=True)
class Deficit:
    """Listings that lack the same: ``need`` more of ``lacks`` have to be closed.

    Options are numbers; ``listings`` are numbers too, into the list that the deficits were made of.
    """

    need: int
    lacks: tuple[Lack, ...]
    listings: tuple[int, ...]

    @property
    def weight(self) -> int:
        return len(self.listings)

    @cached_property
    def bits(self) -> dict[int, int]:
        """Option -> the bits that it sets; a lack of one is one bit, others one bit per member."""
        return _bits(self.lacks)

    @cached_property
    def groups(self) -> Groups:
        """Which bits close a group."""
        return _groups(self.lacks)

    def met(self, chosen: Collection[int]) -> bool:
        """Whether these options bring the listings over the line."""
        left = len(self.lacks) - self.need  # groups that may stay open
        for lacking, ways in self.lacks:
            if sum(not options.isdisjoint(chosen) for options in ways) < lacking:
                left -= 1
                if left < 0:
                    return False
        return True

    def fewest(self, most: int) -> Fewest:
        """The fewest options that bring the listings over the line; above ``most`` it stops counting."""
        bits = _bits(self.lacks)  # not kept: every listing is asked this, few are looked at further
        sizes = sorted((mask.bit_count() for mask in bits.values()), reverse=True)
        if sum(sizes[:most]) < self.need:
            return Fewest(most + 1, exact=True)
        return fewest(bits, _groups(self.lacks), self.need, most)


def _bits(lacks: Iterable[Lack]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, options in enumerate(options for _, ways in lacks for options in ways):
        for option in options:
            found[option] = found.get(option, 0) | 1 << number
    return found


def _groups(lacks: Iterable[Lack]) -> Groups:
    single, several, place = 0, [], 0
    for lacking, ways in lacks:
        mask = ((1 << len(ways)) - 1) << place
        place += len(ways)
        if lacking == 1:
            single |= mask
        else:
            several.append((mask, lacking))
    return Groups(single, tuple(several))


@dataclass(frozen=True, slots=True)
class Deficits:
    """All listings before one resume: over the line already, within reach of the options, beyond it.

    Numbers are places in the list of listings. ``beyond`` are listings that all options together do not
    bring over the line.
    """

    over: tuple[int, ...]
    reach: tuple[Deficit, ...]
    beyond: tuple[int, ...]

    def value(self, chosen: Iterable[int]) -> int:
        """How many more listings are over the line with these options."""
        picked = frozenset(chosen)
        return sum(deficit.weight for deficit in self.reach if deficit.met(picked))

    def opened(self, chosen: Iterable[int]) -> list[int]:
        """Which listings they are."""
        picked = frozenset(chosen)
        return sorted(n for deficit in self.reach if deficit.met(picked) for n in deficit.listings)

    def within(self, most: int) -> Deficits:
        """Without the listings that lack more than ``most`` options can buy."""
        kept = tuple(deficit for deficit in self.reach if deficit.fewest(most).count <= most)
        return Deficits(self.over, kept, self.beyond)


def deficits(
    listings: Sequence[Listing], have: frozenset[str], line: Fraction, covers: Sequence[frozenset[str]]
) -> Deficits:
    """What ``listings`` lack to the line; option ``n`` brings the skills of ``covers[n]``."""
    by_skill: dict[str, set[int]] = {}
    for option, skills in enumerate(covers):
        for skill in skills:
            by_skill.setdefault(skill, set()).add(option)
    closers = {skill: frozenset(options) for skill, options in by_skill.items()}
    lacks_of = _Lacks(have, closers)
    over: list[int] = []
    beyond: list[int] = []
    merged: dict[tuple[int, tuple[Lack, ...]], list[int]] = {}
    for number, listing in enumerate(listings):
        need = to_the_line(listing, have, line)
        lacks = lacks_of(listing)
        if need <= 0:
            over.append(number)
        elif need > len(lacks):
            beyond.append(number)
        else:
            merged.setdefault((need, lacks), []).append(number)
    found = (Deficit(need, lacks, tuple(numbers)) for (need, lacks), numbers in merged.items())
    return Deficits(tuple(over), tuple(sorted(found, key=lambda d: d.listings)), tuple(beyond))


def to_the_line(listing: Listing, have: frozenset[str], line: Fraction) -> int:
    """How many more groups have to be met; 0 or less if the listing is over the line. 0 of 0 never is."""
    of = len(listing.groups)
    return max(1, ceil(line * of)) - (of - len(listing.unmet(have)))


class _Lacks:
    """The open groups that options can close, in an order that hangs on nothing but what they lack.

    Equal ones are one object: 100,000 listings lack the same few thousand.
    """

    def __init__(self, have: frozenset[str], closers: Mapping[str, frozenset[int]]) -> None:
        self._have = have
        self._closers = closers
        self._of: dict[tuple[Group, frozenset[str]], _Keyed | None] = {}
        self._same: dict[Lack, _Keyed] = {}

    def __call__(self, listing: Listing) -> tuple[Lack, ...]:
        lacks = (self._lack(group, listing.known) for group in listing.groups)
        found = [keyed for keyed in lacks if keyed is not None]
        return tuple(lack for _, lack in sorted(found, key=lambda keyed: keyed[0]))

    def _lack(self, group: Group, known: frozenset[str]) -> _Keyed | None:
        if (group, known) not in self._of:
            self._of[group, known] = self._made(group, self._have | known)
        return self._of[group, known]

    def _made(self, group: Group, there: frozenset[str]) -> _Keyed | None:
        lacking = group.lacking(there)
        ways = [self._closers[m] for m in group.members if m not in there and m in self._closers]
        if not lacking or len(ways) < lacking:
            return None
        if lacking == 1:
            ways = [frozenset[int]().union(*ways)]
        ways.sort(key=sorted)
        lack = lacking, tuple(ways)
        return self._same.setdefault(lack, ((lacking, [sorted(way) for way in ways]), lack))
