"""What each listing still lacks to the line, in terms of options (skills or steps) that would close it.

Listings that lack the same are one deficit with a weight; those that no option can bring over the line
are dropped here, and so are those that lack more than a number of options can buy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil

from skillgap.market.fewest import Fewest, Groups, fewest
from skillgap.market.must_haves import Listing

# One open group: how many more members it lacks, and for each way to add one the options that do.
# A group that lacks one member has one such way: any option that closes it.
Lack = tuple[int, tuple[frozenset[int], ...]]


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
        found: dict[int, int] = {}
        for number, options in enumerate(options for _, ways in self.lacks for options in ways):
            for option in options:
                found[option] = found.get(option, 0) | 1 << number
        return found

    @cached_property
    def groups(self) -> Groups:
        """Which bits close a group."""
        single, several, place = 0, [], 0
        for lacking, ways in self.lacks:
            mask = ((1 << len(ways)) - 1) << place
            place += len(ways)
            if lacking == 1:
                single |= mask
            else:
                several.append((mask, lacking))
        return Groups(single, tuple(several))

    def met(self, chosen: Iterable[int]) -> bool:
        """Whether these options bring the listings over the line."""
        found, bits = self.bits, 0
        for option in chosen:
            bits |= found.get(option, 0)
        return self.groups.closed(bits) >= self.need

    def fewest(self, most: int) -> Fewest:
        """The fewest options that bring the listings over the line; above ``most`` it stops counting."""
        sizes = sorted((mask.bit_count() for mask in self.bits.values()), reverse=True)
        if sum(sizes[:most]) < self.need:
            return Fewest(most + 1, exact=True)
        return fewest(self.bits, self.groups, self.need, most)


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
    over: list[int] = []
    beyond: list[int] = []
    merged: dict[tuple[int, tuple[Lack, ...]], list[int]] = {}
    for number, listing in enumerate(listings):
        need = to_the_line(listing, have, line)
        lacks = _lacks(listing, have, closers)
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


def _lacks(listing: Listing, have: frozenset[str], closers: Mapping[str, frozenset[int]]) -> tuple[Lack, ...]:
    """The open groups that options can close, in an order that hangs on nothing but what they lack."""
    found: list[Lack] = []
    there = listing.having(have)
    for group in listing.unmet(have):
        lacking = group.lacking(there)
        ways = [closers[m] for m in group.members if m not in there and m in closers]
        if len(ways) < lacking:
            continue
        if lacking == 1:
            ways = [frozenset[int]().union(*ways)]
        found.append((lacking, tuple(sorted(ways, key=sorted))))
    return tuple(sorted(found, key=lambda lack: (lack[0], [sorted(way) for way in lack[1]])))
