"""The fewest options that close enough groups of one listing: exact, part by part.

Options that share no group are independent of one another, so a listing falls into small parts. In each
part only the groups that several options close need a state; those of one option alone just add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

_MOST_STATES = 4_000  # per part; real listings stay below a hundred
_Counts = list[int]  # [d] = most groups that d options close; more options close no more


@dataclass(frozen=True, slots=True)
class Fewest:
    """``count`` options are needed; a lower bound where ``exact`` is False."""

    count: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """What closes a group: one of the bits of ``single``, or ``least`` of the bits of each of ``several``."""

    single: int
    several: tuple[tuple[int, int], ...]

    def closed(self, bits: int) -> int:
        """How many groups are closed where these bits are set."""
        count = (bits & self.single).bit_count()
        return count + sum((bits & mask).bit_count() >= least for mask, least in self.several)

    def touched(self, bits: int) -> int:
        """All bits of the groups that these bits belong to."""
        for mask, _ in self.several:
            if bits & mask:
                bits |= mask
        return bits


def fewest(bits: Mapping[int, int], groups: Groups, need: int, most: int) -> Fewest:
    """How many options it takes to close ``need`` groups, or ``most + 1`` if more than ``most``.

    ``bits`` are what each option sets.
    """
    total, exact = [0], True
    for part in _parts(bits, groups):
        masks = [bits[option] for option in part]
        useful = min(most, len(masks))
        counts = _part(masks, groups, useful)
        if counts is None:
            exact = False
            counts = _at_most(masks, groups, useful)
        total = _joined(total, counts, most)
    count = next((options for options, closed in enumerate(total) if closed >= need), most + 1)
    return Fewest(count, exact=exact)


def _parts(bits: Mapping[int, int], groups: Groups) -> list[list[int]]:
    """Options that share groups, directly or through others, together."""
    parts: list[tuple[int, list[int]]] = []
    for option in sorted(bits):
        own = groups.touched(bits[option])
        mask, members, apart = own, [option], []
        for other, theirs in parts:
            if other & own:
                mask |= other
                members = theirs + members
            else:
                apart.append((other, theirs))
        parts = [*apart, (mask, members)]
    return [members for _, members in parts]


def _part(masks: Sequence[int], groups: Groups, most: int) -> _Counts | None:
    """Most groups closed by 0, 1, 2 … options of one part; None if it has too many states."""
    once = twice = 0
    for mask in masks:
        twice |= once & mask
        once |= mask
    private = once & ~twice & groups.single
    alike: dict[int, list[int]] = {}
    for mask in masks:
        alike.setdefault(mask & ~private, []).append((mask & private).bit_count())
    states: dict[int, _Counts] = {0: [0] + [-1] * most}
    for shared, gains in sorted(alike.items()):
        sums = [0, *accumulate(sorted(gains, reverse=True)[:most])]
        states = _with(states, shared, sums, most)
        if len(states) > _MOST_STATES:
            return None
    best = [0] * (most + 1)
    for state, counts in states.items():
        base = groups.closed(state)
        for taken, gain in enumerate(counts):
            if gain >= 0:
                best[taken] = max(best[taken], base + gain)
    return list(accumulate(best, max))


def _with(states: Mapping[int, _Counts], shared: int, sums: Sequence[int], most: int) -> dict[int, _Counts]:
    """Every state with 0, 1, 2 … options more of those that set the same shared bits."""
    found: dict[int, _Counts] = {state: list(counts) for state, counts in states.items()}
    for state, counts in states.items():
        target = found.setdefault(state | shared, [-1] * (most + 1))
        for taken, gain in enumerate(counts):
            if gain < 0:
                continue
            for more in range(1, min(len(sums), most + 1 - taken)):
                target[taken + more] = max(target[taken + more], gain + sums[more])
    return found


def _at_most(masks: Sequence[int], groups: Groups, most: int) -> _Counts:
    """A bound from above: as if no two options closed the same group."""
    every = 0
    for mask in masks:
        every |= mask
    limit = groups.closed(every)
    sizes = sorted((mask.bit_count() for mask in masks), reverse=True)[:most]
    sums = [0, *accumulate(sizes)]
    return [min(limit, sums[min(d, len(sums) - 1)]) for d in range(most + 1)]


def _joined(left: _Counts, right: _Counts, most: int) -> _Counts:
    """Most groups of two parts together, the options divided between them in the best way."""
    last_left, last = len(left) - 1, len(right) - 1
    return [
        max(left[total - d] + right[d] for d in range(max(0, total - last_left), min(total, last) + 1))
        for total in range(min(most, last_left + last) + 1)
    ]
