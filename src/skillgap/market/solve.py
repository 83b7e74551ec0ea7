"""The best set of four options and more, as an integer programme.

The one place of the market that knows SciPy's solver. Work is limited by nodes, never by time, so that
the same input gives the same answer on every machine; where the limit is hit, the bound says by how many
listings the answer can be short at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

from skillgap.market.deficits import Deficit

NODE_LIMIT = 2_000  # per question; most are settled at the root
_SLACK = 1e-6  # the solver's bound may lie this much too low


@dataclass(frozen=True, slots=True)
class Solution:
    """``value`` more listings are over the line; no set at all brings more than ``bound``."""

    chosen: frozenset[int]
    value: int
    bound: int


@dataclass(frozen=True, slots=True)
class Question:
    """Which of ``count`` options, at most ``most``, to choose for ``reach``; ``light`` ones among equals.

    Sets that hold all of ``without`` are left out, if it is not empty. ``start`` is a set known to be
    allowed: the answer is no worse.
    """

    reach: Sequence[Deficit]
    count: int
    most: int
    light: Sequence[int]
    without: frozenset[int] = frozenset()
    start: frozenset[int] = frozenset()

    def value(self, chosen: frozenset[int]) -> int:
        return sum(deficit.weight for deficit in self.reach if deficit.met(chosen))

    def weight(self, chosen: Iterable[int]) -> int:
        return sum(self.light[option] for option in chosen)


def solve(question: Question, node_limit: int = NODE_LIMIT) -> Solution:
    """The most listings over the line, then the lightest set, then the earliest numbers."""
    if not question.reach:
        return Solution(frozenset(), 0, 0)
    model = _Model(question, node_limit)
    chosen, bound = model.run(model.gain)
    best = _better(question, chosen, question.start)
    value = question.value(best)
    top = max(value, floor(bound + _SLACK))
    model.require(model.gain, value)
    lightest, _ = model.run(model.weights)
    best = _better(question, lightest, best)
    model.require(model.weights, -question.weight(best))
    earliest, _ = model.run(model.places)
    return Solution(_better(question, earliest, best), value, top)


def _better(question: Question, found: frozenset[int] | None, known: frozenset[int]) -> frozenset[int]:
    if found is None:
        return known

    def key(chosen: frozenset[int]) -> tuple[int, int, int, list[int]]:
        return -question.value(chosen), question.weight(chosen), sum(chosen), sorted(chosen)

    return min(found, known, key=key)


class _Model:
    """Options are the first columns, then the groups and members that need one, then the deficits."""

    def __init__(self, question: Question, node_limit: int) -> None:
        self._nodes = node_limit
        self._count = question.count
        self._rows: list[tuple[dict[int, int], int]] = []  # sum(factor * column) <= limit
        self._columns = question.count
        self._ways: dict[frozenset[int], int] = {}
        self._limit(question)
        self.gain = {self._deficit(deficit): deficit.weight for deficit in question.reach}
        self.weights = {option: -weight for option, weight in enumerate(question.light) if weight}
        self.places = {option: -option for option in range(question.count) if option}

    def _limit(self, question: Question) -> None:
        self._rows.append((dict.fromkeys(range(self._count), 1), question.most))
        if question.without:
            self._rows.append((dict.fromkeys(sorted(question.without), 1), len(question.without) - 1))

    def _column(self) -> int:
        self._columns += 1
        return self._columns - 1

    def _deficit(self, deficit: Deficit) -> int:
        """A column that is 1 only if enough groups of the deficit are closed."""
        column = self._column()
        if deficit.need == len(deficit.lacks):
            for lacking, ways in deficit.lacks:
                if lacking == 1:
                    self._covered(column, 1, sorted(ways[0]))
                else:
                    self._covered(column, lacking, [self._way(way) for way in ways])
        else:
            groups = [self._group(lacking, ways) for lacking, ways in deficit.lacks]
            self._covered(column, deficit.need, groups)
        return column

    def _covered(self, column: int, least: int, by: Sequence[int]) -> None:
        """The column is 1 only if at least so many of ``by`` are; one that stands twice counts twice."""
        row = {column: least}
        for other in by:
            row[other] = row.get(other, 0) - 1
        self._rows.append((row, 0))

    def _group(self, lacking: int, ways: Sequence[frozenset[int]]) -> int:
        """A column that is 1 only if the group is closed."""
        if lacking == 1:
            return self._way(ways[0])
        column = self._column()
        self._covered(column, lacking, [self._way(way) for way in ways])
        return column

    def _way(self, options: frozenset[int]) -> int:
        """A column that is 1 only if one of these options is chosen."""
        if len(options) == 1:
            return next(iter(options))
        if options not in self._ways:
            column = self._ways[options] = self._column()
            self._covered(column, 1, sorted(options))
        return self._ways[options]

    def require(self, goal: Mapping[int, int], least: int) -> None:
        """From here on the goal must not fall below a value."""
        self._rows.append(({column: -factor for column, factor in goal.items()}, -least))

    def run(self, goal: Mapping[int, int]) -> tuple[frozenset[int] | None, float]:
        """The options that make the goal largest (None if none were found), and a bound on the goal."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]

        cost = np.zeros(self._columns)
        for column, factor in goal.items():
            cost[column] = -factor
        result: Any = milp(
            cost,
            integrality=np.ones(self._columns),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(*self._matrix()),
            options={"mip_rel_gap": 0, "node_limit": self._nodes},
        )
        most = float(sum(factor for factor in goal.values() if factor > 0))
        bound = most if result.mip_dual_bound is None else min(most, -result.mip_dual_bound)
        if result.x is None:
            return None, bound
        return frozenset(o for o in range(self._count) if result.x[o] > 0.5), bound

    def _matrix(self) -> tuple[Any, float, Any]:
        import numpy as np
        from scipy.sparse import csr_array  # type: ignore[import-untyped]

        starts = np.cumsum([0, *(len(factors) for factors, _ in self._rows)])
        columns = np.array([column for factors, _ in self._rows for column in factors], dtype=np.int64)
        values = np.array([v for factors, _ in self._rows for v in factors.values()], dtype=float)
        matrix = csr_array((values, columns, starts), shape=(len(self._rows), self._columns))
        return matrix, -np.inf, np.array([limit for _, limit in self._rows], dtype=float)
