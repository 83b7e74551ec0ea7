"""The best one, two or three options, by looking at every set there is.

How many listings a set brings over the line is a sum over its parts: what each option does alone, what
each pair does beyond its two, and each three beyond their pairs (Möbius inversion over the subsets, all
of it in whole numbers). A listing adds to a pair or three only if every one of them closes something of
it, so tables of singles and pairs are filled listing by listing, and threes are added up row by row.
A row whose bound stays below the best set known is passed over; nothing else is skipped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from skillgap.market.deficits import Deficit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int32]
    Bytes = NDArray[np.int8]

LARGEST = 3
_WORD = 64
Weigh = Callable[[Sequence[int]], tuple[int, ...]]


class Search:
    """All sets of up to three options over one list of deficits.

    ``weigh`` tells sets apart that bring as many listings over the line: the lightest wins, then the one
    whose numbers come first.
    """

    def __init__(self, reach: Sequence[Deficit], weigh: Weigh) -> None:
        self._reach = reach
        self._ids = sorted({option for deficit in reach for option in deficit.bits})
        self._count = len(self._ids)
        self._weigh = weigh

    def best(self, size: int, floor: int, without: frozenset[int] = frozenset()) -> tuple[int, ...] | None:
        """The best set of exactly ``size`` options that brings at least ``floor`` listings over the line.

        Sets that hold all of ``without`` are left out, if it is not empty. None if there is no such set.
        """
        ties = _Ties(max(1, floor))
        place = {option: number for number, option in enumerate(self._ids)}
        if without - place.keys():
            without = frozenset()  # no set here holds all of them
        without = frozenset(place[option] for option in without)
        if size == 1:
            self._ones(ties, without)
        elif size == 2:
            self._twos(ties, without)
        else:
            self._threes(ties, without)
        named = [tuple(self._ids[number] for number in chosen) for chosen in ties.sets]
        return min(named, key=lambda chosen: (self._weigh(chosen), chosen)) if named else None

    def value(self, chosen: Sequence[int]) -> int:
        """How many listings a set brings over the line."""
        picked = frozenset(chosen)
        return sum(deficit.weight for deficit in self._reach if deficit.met(picked))

    def only_together(self) -> list[tuple[int, int, int]]:
        """(listings, option, option) of the pairs of which neither helps alone, best first."""
        import numpy as np

        if not self._count:
            return []
        idle = self._one == 0
        table = np.triu(np.where(idle[:, None] & idle[None, :], self._two, 0), 1)
        rows, columns = np.nonzero(table > 0)
        ids = self._ids
        found = [(int(table[a, b]), ids[a], ids[b]) for a, b in zip(rows, columns, strict=True)]
        return sorted(found, key=lambda pair: (-pair[0], self._weigh(pair[1:]), pair[1:]))

    def pairs(self) -> tuple[list[int], list[list[int]]]:
        """The options that help at all, and how many listings each pair of them brings over the line.

        An option with itself is what it does alone.
        """
        import numpy as np

        table = self._pairs.copy()
        np.fill_diagonal(table, self._one)
        rows: list[list[int]] = table.tolist()
        return self._ids, rows

    # -- the tables -----------------------------------------------------------------------------

    @cached_property
    def _tables(self) -> list[_Table]:
        return [_Table(deficit, self._ids) for deficit in self._reach]

    @cached_property
    def _one(self) -> Ints:
        """What each option does alone."""
        import numpy as np

        found = np.zeros(self._count, dtype=np.int32)
        for table in self._tables:
            found[table.options] += table.weight * table.one
        return found

    @cached_property
    def _two(self) -> Ints:
        """What each pair does beyond its two; 0 on the diagonal."""
        import numpy as np

        found = np.zeros((self._count, self._count), dtype=np.int32)
        for table in self._tables:
            found[np.ix_(table.options, table.options)] += table.weight * table.two
        return found

    @cached_property
    def _pairs(self) -> Ints:
        """How many listings each pair brings over the line; 0 on the diagonal."""
        import numpy as np

        found = self._one[:, None] + self._one[None, :] + self._two
        np.fill_diagonal(found, 0)
        return found

    @cached_property
    def _holding(self) -> list[list[tuple[_Table, int]]]:
        """For each option the tables that hold it, with its place there."""
        found: list[list[tuple[_Table, int]]] = [[] for _ in range(self._count)]
        for table in self._tables:
            for place, option in enumerate(table.options.tolist()):
                found[option].append((table, place))
        return found

    # -- sets of each size ------------------------------------------------------------------------

    def _ones(self, ties: _Ties, without: frozenset[int]) -> None:
        for option in range(self._count):
            if without != {option}:
                ties.offer(int(self._one[option]), [(option,)])

    def _twos(self, ties: _Ties, without: frozenset[int]) -> None:
        import numpy as np

        if self._count < 2:
            return
        table = np.triu(self._pairs + 1, 1) - 1  # -1 where no pair stands
        _leave_out(table, without, range(self._count))
        ties.offer_all(table, lambda a, b: (a, b))

    def _threes(self, ties: _Ties, without: frozenset[int]) -> None:
        import numpy as np

        if self._count < 3:
            return
        highest = self._pairs.max(axis=1)
        for first in np.argsort(-highest, kind="stable").tolist():
            rest = np.arange(first + 1, self._count)
            options, extra = self._extra(first, rest)
            joined = self._two[first, rest]
            bound = highest[rest] + joined + joined.max(initial=0) + extra.max(initial=0)
            rest = rest[bound + self._one[first] >= ties.floor]
            if rest.size < 2:
                continue
            table = self._row(first, rest, options, extra)
            _leave_out(table, without - {first}, rest.tolist(), whole=without == {first})
            ties.offer_all(table, lambda b, c, f=first, r=rest: (f, int(r[b]), int(r[c])))  # type: ignore[misc]

    def _extra(self, first: int, rest: Ints) -> tuple[Ints, Ints]:
        """What threes with ``first`` do beyond their pairs: the later options, and a table over them."""
        import numpy as np

        held = self._holding[first]
        later = [table.options[place + 1 :] for table, place in held]
        options = np.unique(np.concatenate(later)) if later else rest[:0]
        extra = np.zeros((options.size, options.size), dtype=np.int32)
        for table, place in held:
            where = np.searchsorted(options, table.options[place + 1 :])
            extra[np.ix_(where, where)] += table.weight * table.three(place)
        return options, extra

    def _row(self, first: int, rest: Ints, options: Ints, extra: Ints) -> Ints:
        """How many listings each three with ``first`` and two of ``rest`` brings over; -1 below."""
        import numpy as np

        joined = self._two[first, rest]
        table = self._pairs[np.ix_(rest, rest)] + joined[:, None] + joined[None, :] + self._one[first]
        inside = np.isin(options, rest)
        if inside.any():
            where = np.searchsorted(rest, options[inside])
            table[np.ix_(where, where)] += extra[np.ix_(inside, inside)]
        found: Ints = np.triu(table + 1, 1) - 1
        return found


def _leave_out(table: Ints, without: frozenset[int], options: Sequence[int], *, whole: bool = False) -> None:
    """Strike the pairs of ``options`` that hold all of ``without``; all of them where ``whole`` says so."""
    places = [place for place, option in enumerate(options) if option in without]
    if whole:
        table[:] = -1
    elif not without or len(places) < len(without):
        return
    elif len(without) == 1:
        table[places[0], :] = table[:, places[0]] = -1
    elif len(without) == 2:
        table[places[0], places[1]] = -1


class _Ties:
    """The sets that are best so far, from a floor upwards."""

    def __init__(self, floor: int) -> None:
        self.floor = floor
        self.sets: list[tuple[int, ...]] = []

    def offer(self, value: int, sets: list[tuple[int, ...]]) -> None:
        if value > self.floor or (value == self.floor and not self.sets):
            self.floor, self.sets = value, sets
        elif value == self.floor:
            self.sets += sets

    def offer_all(self, table: Ints, name: Callable[[int, int], tuple[int, ...]]) -> None:
        """The best entries of a table of pairs; entries of -1 stand for nothing."""
        import numpy as np

        best = int(table.max(initial=-1))
        if best >= max(0, self.floor):
            rows, columns = np.nonzero(table == best)
            pairs = zip(rows.tolist(), columns.tolist(), strict=True)
            self.offer(best, [name(a, b) for a, b in pairs])


class _Table:
    """One deficit as arrays: the options that close something of it, and what pairs and threes do."""

    def __init__(self, deficit: Deficit, ids: Sequence[int]) -> None:
        import numpy as np

        bits = deficit.bits
        self.weight = deficit.weight
        self.options: Ints = np.searchsorted(ids, sorted(bits)).astype(np.int32)
        self._need = deficit.need
        width = sum(len(ways) for _, ways in deficit.lacks)
        self._words = range(0, width, _WORD)
        self._masks = [self._word([bits[o] for o in sorted(bits)], start) for start in self._words]
        self._single = [self._word([deficit.groups.single], start)[0] for start in self._words]
        self._several = [
            ([self._word([mask], start)[0] for start in self._words], least)
            for mask, least in deficit.groups.several
        ]
        self.one: Bytes = self._met(self._masks)

    @staticmethod
    def _word(masks: Sequence[int], start: int) -> Any:
        import numpy as np

        return np.array([mask >> start & (1 << _WORD) - 1 for mask in masks], dtype=np.uint64)

    def _met(self, masks: Sequence[Any]) -> Bytes:
        """1 where enough groups are closed."""
        import numpy as np

        closed = np.zeros(masks[0].shape, dtype=np.int16)
        for word, single in zip(masks, self._single, strict=True):
            closed += np.bitwise_count(word & single)
        for bits, least in self._several:
            count = sum(np.bitwise_count(word & bit) for word, bit in zip(masks, bits, strict=True))
            closed += count >= least
        return (closed >= self._need).astype(np.int8)

    @cached_property
    def _both(self) -> Bytes:
        """Whether each pair is enough; an option with itself is what it is alone."""
        return self._met([word[:, None] | word[None, :] for word in self._masks])

    @cached_property
    def two(self) -> Bytes:
        import numpy as np

        found = self._both - self.one[:, None] - self.one[None, :]
        np.fill_diagonal(found, 0)
        return found

    def three(self, place: int) -> Bytes:
        """What one option with two later ones does beyond pairs; 0 on the diagonal."""
        import numpy as np

        later = slice(place + 1, None)
        masks = [(word[later, None] | word[None, later]) | word[place] for word in self._masks]
        ones, mine = self.one[later], self._both[place, later]
        found = self._met(masks) - self._both[later, later] - mine[:, None] - mine[None, :]
        found += self.one[place] + ones[:, None] + ones[None, :]
        np.fill_diagonal(found, 0)
        return found
