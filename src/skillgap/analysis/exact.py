"""Exact choices among yes-or-no options; the one place of the plan that knows SciPy's solver."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """``sum(factor * option) <= limit`` over the options numbered in ``factors``."""

    factors: Mapping[int, float]
    limit: float = 0


def choose(
    count: int, rules: Sequence[Rule], goals: Sequence[Mapping[int, int]], prefer: Sequence[int]
) -> frozenset[int]:
    """The best set out of ``count`` options under ``rules``; choosing nothing must satisfy them.

    ``goals`` are maximised in turn, each without giving up anything of those before it; their factors are
    whole numbers. What is still a tie goes to the options of ``prefer``, earlier ones first, so that the
    answer does not depend on the solver's way to it.
    """
    if count == 0:
        return frozenset()
    problem = _Problem(count, rules)
    best = [0] * count
    for goal in goals:
        best = problem.solve(goal) or best
        reached = sum(factor * best[option] for option, factor in goal.items())
        problem.add(Rule({option: -factor for option, factor in goal.items()}, -reached))
    for option in prefer:
        if not best[option]:
            problem.fix(option, 1)
            found = problem.solve({})
            if found is None:
                problem.fix(option, 0)
                continue
            best = found
        problem.fix(option, 1)
    return frozenset(option for option in range(count) if best[option])


class _Problem:
    """A growing list of rules over ``count`` options, and its solution by branch and bound."""

    def __init__(self, count: int, rules: Sequence[Rule]) -> None:
        self.count = count
        self.rules = list(rules)
        self.lower = [0] * count
        self.upper = [1] * count

    def add(self, rule: Rule) -> None:
        if rule.factors:
            self.rules.append(rule)

    def fix(self, option: int, value: int) -> None:
        self.lower[option] = self.upper[option] = value

    def solve(self, goal: Mapping[int, int]) -> list[int] | None:
        """The options (0 or 1) that make the goal largest; None if the rules allow none."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        cost = np.zeros(self.count)
        for option, gain in goal.items():
            cost[option] = -gain
        matrix = np.zeros((len(self.rules), self.count))
        for row, rule in enumerate(self.rules):
            for option, factor in rule.factors.items():
                matrix[row, option] = factor
        limits = np.array([rule.limit for rule in self.rules], dtype=float)
        result = milp(
            cost,
            integrality=np.ones(self.count),
            bounds=Bounds(self.lower, self.upper),
            constraints=LinearConstraint(matrix, ub=limits) if self.rules else None,
            options={"mip_rel_gap": 0},
        )
        return None if result.x is None else [round(value) for value in result.x]
