"""In which order steps are taken, which of them fit into the time there is, and on which days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Protocol

from skillgap.analysis.exact import Rule, choose
from skillgap.analysis.needs import LEVELS
from skillgap.errors import UsageError

_Asked = tuple[str, frozenset[str]]  # a level and the steps that meet a group of it


class Roadmap(Protocol):
    """Steps in reading order, and what has to be taken before each."""

    @property
    def step_order(self) -> Mapping[str, int]: ...
    def before(self, step: str, /) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Serves:
    """One requirement group that is met once all of ``steps`` are finished."""

    job: int
    level: str
    steps: frozenset[str]


def in_order(hours: Mapping[str, int], serves: Sequence[Serves], roadmap: Roadmap) -> list[str]:
    """The steps of ``hours`` (upper bounds), none before one that it builds on.

    Next comes the step that, with what has to come before it, brings the most requirement groups per
    hour: must-haves while there are any, then the good-to-haves, then the work's own. A group that needs
    several steps counts for each of them in part. This is greedy; which steps fit is chosen exactly.
    """
    waiting = set(hours)
    groups = Counter((group.level, group.steps) for group in serves)
    result: list[str] = []
    while waiting:
        chain = _best_chain(waiting, hours, groups, roadmap)
        result += sorted(chain, key=roadmap.step_order.__getitem__)
        waiting -= chain
    return result


def _best_chain(
    waiting: set[str], hours: Mapping[str, int], groups: Mapping[_Asked, int], roadmap: Roadmap
) -> set[str]:
    chains = {step: {step, *(roadmap.before(step) & waiting)} for step in waiting}
    still = {asked: count for asked, count in groups.items() if not asked[1].isdisjoint(waiting)}
    level = next((level for level in LEVELS if any(asked[0] == level for asked in still)), None)
    wanted = [(steps & waiting, count) for (its, steps), count in still.items() if its == level]

    def key(step: str) -> tuple[Fraction, int, int]:
        chain = chains[step]
        brings = sum(
            (count * Fraction(len(steps & chain), len(steps)) for steps, count in wanted), Fraction(0)
        )
        cost = sum(hours[member] for member in chain)
        return -brings / max(1, cost), cost, roadmap.step_order[step]

    return chains[min(waiting, key=key)]


def that_fit(
    hours: Mapping[str, int], budget: Fraction, serves: Sequence[Serves], roadmap: Roadmap
) -> list[str]:
    """The steps that fit into ``budget`` hours, in order.

    Chosen exactly: the most must-have groups of all ads together that the hours can buy, then the most
    good-to-haves, then those of the work, then the fewest hours. What time is left goes to first steps
    towards the rest.
    """
    order = in_order(hours, serves, roadmap)
    if sum(hours.values()) <= budget:
        return order
    chosen = _exactly(order, hours, budget, serves, roadmap)
    result = in_order({step: hours[step] for step in chosen}, serves, roadmap)
    left = budget - sum(hours[step] for step in chosen)
    for step in order:
        ready = not (roadmap.before(step) & hours.keys() - set(result))
        if step not in chosen and ready and hours[step] <= left:
            result.append(step)
            left -= hours[step]
    return result


def _exactly(
    order: Sequence[str],
    hours: Mapping[str, int],
    budget: Fraction,
    serves: Sequence[Serves],
    roadmap: Roadmap,
) -> set[str]:
    place = {step: number for number, step in enumerate(order)}
    rules = [Rule({place[step]: hours[step] for step in order}, floor(budget))]
    rules += [
        Rule({place[step]: 1, place[earlier]: -1})
        for step in order
        for earlier in sorted(roadmap.before(step) & place.keys())
    ]
    goals: dict[str, dict[int, int]] = {level: {} for level in LEVELS}
    groups = Counter((group.level, group.steps) for group in serves)
    for number, ((level, steps), times) in enumerate(groups.items(), len(order)):
        rules += [Rule({number: 1, place[step]: -1}) for step in sorted(steps)]
        goals[level][number] = times
    fewest = {place[step]: -hours[step] for step in order}
    count = len(order) + len(groups)
    picked = choose(count, rules, [*goals.values(), fewest], prefer=range(len(order)))
    return {order[number] for number in picked if number < len(order)}


def calendar(hours: Iterable[int], start: date, per_week: Fraction) -> list[tuple[date, date]]:
    """First and last day of each step, one after the other at ``per_week`` hours, seven days a week.

    Raises UsageError if the calendar ends before the plan does.
    """
    days: list[tuple[date, date]] = []
    spent, following = 0, 0
    try:
        for amount in hours:
            begin = floor(spent * 7 / per_week)
            spent += amount
            last = max(begin, ceil(spent * 7 / per_week) - 1)
            begin = min(max(begin, following), last)
            days.append((start + timedelta(begin), start + timedelta(last)))
            following = last + 1
    except OverflowError as error:
        raise UsageError(
            f"at {float(per_week):g} hours a week from {start} the plan ends after the year 9999; "
            "give it more hours a week or an earlier start"
        ) from error
    return days


def met_after(
    order: Sequence[str], serves: Sequence[Serves], job: int, level: str, now: int
) -> list[tuple[int, int]]:
    """(before, after) each step: how many groups of an ad's level are met, ``now`` of them at the start."""
    groups = [group.steps for group in serves if group.job == job and group.level == level]
    finished: set[str] = set()
    counts = [now]
    for step in order:
        finished.add(step)
        counts.append(now + sum(steps <= finished for steps in groups))
    return list(pairwise(counts))
