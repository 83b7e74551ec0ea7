"""The best set of four options and more, as an integer programme.

The one place of the market that knows SciPy's solver. Work is limited by nodes, never by time, so that
the same input gives the same answer on every machine; where the limit is hit, the bound says by how many
listings the answer can be short at most.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from skillgap.market.deficits import Deficit

NODE_LIMIT = 200  # per question; most are settled within twenty
_SLACK = 1e-6  # the solver's bound may lie this much too low
Weigh = Callable[[Sequence[int]], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Solution:
    """``value`` more listings are over the line; no set at all brings more than ``bound``."""

    chosen: frozenset[int]
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Question:
    """Which options, at most ``most``, to choose for ``reach``; ``weigh`` tells equal sets apart.

    Sets that hold all of ``without`` are left out, if it is not empty. ``start`` is a set known to be
    allowed: the answer is no worse.
    """

    reach: Sequence[Deficit]
    most: int
    weigh: Weigh
    without: frozenset[int] = frozenset()
    start: frozenset[int] = frozenset()

    def value(self, chosen: frozenset[int]) -> int:
        return sum(deficit.weight for deficit in self.reach if deficit.met(chosen))

    def allows(self, chosen: frozenset[int]) -> bool:
        return len(chosen) <= self.most and not (self.without and self.without <= chosen)

    def key(self, chosen: frozenset[int]) -> tuple[Any, ...]:
        """Most listings, then fewest options, then the lightest, then the earliest numbers."""
        order = sorted(chosen)
        return -self.value(chosen), len(chosen), self.weigh(order), order


def solve(question: Question, node_limit: int = NODE_LIMIT) -> Solution:
    """The most listings over the line; of equal sets one that no swap of one option makes lighter."""
    options = _worth_choosing(question)
    if not options:
        return Solution(question.start, question.value(question.start), question.value(question.start))
    found, bound = _Model(question, options, node_limit).run()
    best = min((chosen for chosen in (found, question.start) if chosen is not None), key=question.key)
    most = floor(bound + _SLACK)
    best = _swapped(question, best, settled=question.value(best) >= most)
    value = question.value(best)
    return Solution(best, value, max(value, most))


def _worth_choosing(question: Question) -> list[int]:
    """The options that no other one replaces everywhere; those left out of some sets stay in any case."""
    marks: dict[int, set[tuple[int, int]]] = {}
    for number, deficit in enumerate(question.reach):
        for option, bits in deficit.bits.items():
            marks.setdefault(option, set()).update(
                (number, bit) for bit in range(bits.bit_length()) if bits >> bit & 1
            )
    order = sorted(marks, key=lambda option: (-len(marks[option]), question.weigh([option]), option))
    holders: dict[tuple[int, int], list[int]] = {}
    kept = []
    for option in order:
        rarest = min(marks[option], key=lambda mark: (len(holders.get(mark, ())), mark))
        rivals = holders.get(rarest, ())
        if option in question.without or not any(
            marks[option] <= marks[other] for other in rivals if other not in question.without
        ):
            kept.append(option)
            for mark in marks[option]:
                holders.setdefault(mark, []).append(option)
    return sorted(kept)


def _swapped(question: Question, chosen: frozenset[int], *, settled: bool) -> frozenset[int]:
    """Drop what is idle and swap single options while that makes the set better.

    Where the number of listings is ``settled``, only lighter options are tried.
    """
    every = sorted({option for deficit in question.reach for option in deficit.bits})
    swaps = [frozenset[int](), *(frozenset({option}) for option in every)]
    best, key = chosen, question.key(chosen)
    improved = True
    while improved:
        improved = False
        outs = [frozenset({option}) for option in sorted(best)]
        if len(best) < question.most and not settled:
            outs.append(frozenset())
        for rival in (best - out | swap for out in outs for swap in swaps):
            if settled and len(rival) == len(best) and question.weigh(sorted(rival)) >= key[2]:
                continue
            if question.allows(rival) and (other := question.key(rival)) < key:
                best, key, improved = rival, other, True
                break
    return best


class _Model:
    """Options are the first columns, then the groups and members that need one, then the deficits."""

    def __init__(self, question: Question, options: Sequence[int], node_limit: int) -> None:
        self._nodes = node_limit
        self._options = options
        self._place = {option: column for column, option in enumerate(options)}
        self._columns = len(options)
        self._rows: list[tuple[dict[int, int], int]] = []  # sum(factor * column) <= limit
        self._ways: dict[frozenset[int], int] = {}
        self._rows.append((dict.fromkeys(range(self._columns), 1), question.most))
        without = {self._place[option]: 1 for option in question.without if option in self._place}
        if without and len(without) == len(question.without):
            self._rows.append((without, len(without) - 1))
        self._gain = {self._deficit(deficit): deficit.weight for deficit in question.reach}

    def _column(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _deficit(self, deficit: Deficit) -> int:
        """A column that is 1 only if enough groups of the deficit are closed."""
        column = self._column()
        if deficit.need == len(deficit.lacks):
            for lacking, ways in deficit.lacks:
                if lacking == 1:
                    self._covered(column, 1, self._places(ways[0]))
                else:
                    self._covered(column, lacking, [self._way(way) for way in ways])
        else:
            self._covered(column, deficit.need, [self._group(*lack) for lack in deficit.lacks])
        return column

    def _group(self, lacking: int, ways: Sequence[frozenset[int]]) -> int:
        """A column that is 1 only if the group is closed."""
        if lacking == 1:
            return self._way(ways[0])
        column = self._column()
        self._covered(column, lacking, [self._way(way) for way in ways])
        return column

    def _way(self, options: frozenset[int]) -> int:
        """A column that is 1 only if one of these options is chosen."""
        places = self._places(options)
        if len(places) == 1:
            return places[0]
        key = frozenset(places)
        if key not in self._ways:
            column = self._ways[key] = self._column()
            self._covered(column, 1, places)
        return self._ways[key]

    def _places(self, options: frozenset[int]) -> list[int]:
        return sorted(self._place[option] for option in options if option in self._place)

    def _covered(self, column: int, least: int, by: Sequence[int]) -> None:
        """The column is 1 only if at least so many of ``by`` are; one that stands twice counts twice."""
        row = {column: least}
        for other in by:
            row[other] = row.get(other, 0) - 1
        self._rows.append((row, 0))

    def run(self) -> tuple[frozenset[int] | None, float]:
        """The best options (None if none were found), and a bound on what any set brings."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        cost = np.zeros(self._columns)
        for column, weight in self._gain.items():
            cost[column] = -weight
        result: Any = milp(
            cost,
            integrality=np.ones(self._columns),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(*self._matrix()),
            options={"mip_rel_gap": 0, "node_limit": self._nodes},
        )
        most = float(sum(self._gain.values()))
        bound = most if result.mip_dual_bound is None else min(most, -result.mip_dual_bound)
        if result.x is None:
            return None, bound
        return frozenset(option for option, column in self._place.items() if result.x[column] > 0.5), bound

    def _matrix(self) -> tuple[Any, float, Any]:
        import numpy as np
        from scipy.sparse import csr_array

        starts = np.cumsum([0, *(len(factors) for factors, _ in self._rows)])
        columns = np.array([column for factors, _ in self._rows for column in factors], dtype=np.int64)
        values = np.array([v for factors, _ in self._rows for v in factors.values()], dtype=float)
        matrix = csr_array((values, columns, starts), shape=(len(self._rows), self._columns))
        return matrix, -np.inf, np.array([limit for _, limit in self._rows], dtype=float)
