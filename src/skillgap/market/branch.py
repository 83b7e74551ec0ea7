"""The best steps within some hours, each with all that comes before it: branch and bound.

There are few steps and many listings, each of which wants several of the steps. Two bounds hold the tree
small: a listing counts only while what is left of the hours can still bring it over the line, and every
listing shares its worth out among the groups that it lacks, so that what steps can bring together is at
most a knapsack of those shares. Work is limited by nodes, never by time; where the limit is hit, the
best bound of what was left says by how many listings the answer can be short at most.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from skillgap.market.deficits import Deficit
from skillgap.market.solve import Solution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Bits = NDArray[np.uint64]

NODE_LIMIT = 20_000
_WORD = 64
_ROUNDING = 1e-9
_MULTIPLES = (1.3, 1.7, 2.5)
_Key = tuple[int, int, list[int]]


@dataclass(frozen=True, slots=True)
class Courses:
    """The options: their hours, and for each those that have to be taken with it."""

    hours: Sequence[int]
    earlier: Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class _Node:
    """Steps chosen and steps still allowed, hours left, and the bits set of the ``alive`` listings."""

    chosen: frozenset[int]
    allowed: frozenset[int]
    left: int
    bits: Bits
    alive: Ints
    bound: int


def best_steps(  # noqa: PLR0913 - one question
    reach: Sequence[Deficit],
    courses: Courses,
    budget: int,
    *,
    without: frozenset[int] = frozenset(),
    start: frozenset[int] = frozenset(),
    node_limit: int = NODE_LIMIT,
) -> Solution:
    """The most listings over the line within ``budget`` hours; then the fewest hours, the earliest steps.

    Sets that hold all of ``without`` are left out, if it is not empty; ``start`` is a set known to fit.
    """
    if not reach:
        return Solution(frozenset(), 0, 0)
    return _Tree(reach, courses, budget, without).search(start, node_limit)


class _Tree:
    def __init__(
        self, reach: Sequence[Deficit], courses: Courses, budget: int, without: frozenset[int]
    ) -> None:
        import numpy as np

        self._reach = reach
        self._hours = courses.hours
        self._earlier = courses.earlier
        self._budget = budget
        self._without = without
        self._later: dict[int, frozenset[int]] = {
            step: frozenset(o for o, before in courses.earlier.items() if step in before)
            for step in range(len(courses.hours))
        }
        self._weight = np.array([deficit.weight for deficit in reach], dtype=np.int64)
        self._arrays(reach)
        self.best: frozenset[int] = frozenset()
        self.key: _Key = (0, 0, [])

    def _arrays(self, reach: Sequence[Deficit]) -> None:
        """Bits that each option sets, per listing, and what closes a group: words of 64 bits first."""
        import numpy as np

        width = max(sum(len(ways) for _, ways in deficit.lacks) for deficit in reach)
        words = range(0, width, _WORD)
        shape = (len(self._hours), len(words), len(reach))
        self._sets: Bits = np.zeros(shape, dtype=np.uint64)
        self._single: Bits = np.zeros(shape[1:], dtype=np.uint64)
        most = max(len(deficit.groups.several) for deficit in reach)
        self._several: Bits = np.zeros((most, *shape[1:]), dtype=np.uint64)
        self._least: Ints = np.ones((most, len(reach)), dtype=np.int64)
        self._need: Ints = np.array([deficit.need for deficit in reach], dtype=np.int64)
        cut = (1 << _WORD) - 1
        for number, deficit in enumerate(reach):
            for word, start in enumerate(words):
                for option, bits in deficit.bits.items():
                    self._sets[option, word, number] = bits >> start & cut
                self._single[word, number] = deficit.groups.single >> start & cut
                for place, (bits, least) in enumerate(deficit.groups.several):
                    self._several[place, word, number] = bits >> start & cut
                    self._least[place, number] = least

    def search(self, start: frozenset[int], node_limit: int) -> Solution:
        """Depth first, the more promising side first; what is left at the limit gives the bound."""
        import numpy as np

        self._offer(start)
        every = np.arange(len(self._reach))
        bits = np.zeros(self._single.shape, dtype=np.uint64)
        steps = frozenset(range(len(self._hours)))
        stack = [_Node(frozenset(), steps, self._budget, bits, every, int(self._weight.sum()))]
        nodes = 0
        while stack and nodes < node_limit:
            node = stack.pop()
            if not self._hopeless(node.bound, node.left):
                nodes += 1
                stack += self._expand(node)
        bound = max((node.bound for node in stack), default=0)
        return Solution(self.best, -self.key[0], max(-self.key[0], bound))

    def _hopeless(self, bound: int, left: int) -> bool:
        """Whether a branch can hold nothing better: fewer listings, or as many for more hours."""
        spent = self._budget - left
        return bound < -self.key[0] or (bound == -self.key[0] and spent > self.key[1])

    def _offer(self, chosen: frozenset[int]) -> None:
        """Keep a set if it is the best so far."""
        if self._without and self._without <= chosen:
            return
        value = sum(deficit.weight for deficit in self._reach if deficit.met(chosen))
        key = (-value, sum(self._hours[step] for step in chosen), sorted(chosen))
        if key < self.key:
            self.best, self.key = chosen, key

    def _expand(self, node: _Node) -> list[_Node]:
        """The two branches of a node, without and with one more step; the last one is looked at first."""
        prices = self._prices(node)
        steps = [step for step, price in prices.items() if price <= node.left]
        met = self._met(node.bits, node.alive)
        value = int(self._weight[node.alive[met]].sum())
        if value >= -self.key[0]:
            self._offer(node.chosen)
        if not steps:
            return []
        view = _View(self, node, met, steps)
        bound = value + view.bound(node.left)
        if bound == -self.key[0]:  # worth going on only for fewer hours
            spare = self.key[1] - (self._budget - node.left)
            if spare < 0 or value + view.bound(spare) < bound:
                return []
        if self._hopeless(bound, node.left):
            return []
        return self._branches(node, view, prices, bound)

    def _prices(self, node: _Node) -> dict[int, int]:
        """Hours of each step that may still be taken, with what has to come before it."""
        hours, chosen = self._hours, node.chosen
        found = {}
        for step in sorted(node.allowed - chosen):
            before = self._earlier[step] - chosen
            if before <= node.allowed:
                found[step] = hours[step] + sum(hours[earlier] for earlier in before)
        return found

    def _met(self, bits: Bits, alive: Ints) -> Flags:
        """Which of the listings are over the line."""
        import numpy as np

        closed = np.bitwise_count(bits & self._single[:, alive]).sum(axis=0, dtype=np.int64)
        for mask, least in zip(self._several, self._least, strict=True):
            closed += np.bitwise_count(bits & mask[:, alive]).sum(axis=0) >= least[alive]
        found: Flags = closed >= self._need[alive]
        return found

    def _branches(self, node: _Node, view: _View, prices: Mapping[int, int], bound: int) -> list[_Node]:
        import numpy as np

        step = view.promising()
        kept = view.kept
        bits, alive = node.bits[:, kept], node.alive[kept]
        fewer = node.allowed - {step} - self._later[step]
        branches = [_Node(node.chosen, fewer, node.left, bits, alive, bound)]
        chain = (self._earlier[step] | {step}) - node.chosen
        taken = node.chosen | chain
        if not (self._without and self._without <= taken):
            more = np.bitwise_or.reduce(self._sets[sorted(chain)][:, :, alive], axis=0) | bits
            branches.append(_Node(taken, node.allowed, node.left - prices[step], more, alive, bound))
        return branches


class _View:
    """What the steps that can still be taken could bring to the listings that are not met."""

    def __init__(self, tree: _Tree, node: _Node, met: Flags, steps: Sequence[int]) -> None:
        import numpy as np

        self._tree = tree
        self._node = node
        self._met = met
        self._steps = np.array(steps)
        self._price = np.array([tree._hours[step] for step in steps])  # noqa: SLF001 - one algorithm, two classes
        self._open = np.flatnonzero(~met)
        listings = node.alive[self._open]
        have = node.bits[:, self._open]
        fresh = tree._sets[self._steps][:, :, listings] & ~have  # noqa: SLF001
        every = np.bitwise_or.reduce(fresh, axis=0)
        # A bit of a group that lacks several counts as much as a group: that can only raise the bound.
        lack = tree._need[listings] - np.bitwise_count(have).sum(axis=0, dtype=np.int64)  # noqa: SLF001
        lack = np.maximum(lack, 1)
        gains = np.minimum(np.bitwise_count(fresh).sum(axis=1, dtype=np.int64), lack)
        enough = np.bitwise_count(every).sum(axis=0, dtype=np.int64) >= lack
        self._least = _least_hours(lack, gains, self._price)
        self._enough = enough
        self._weight = tree._weight[listings]  # noqa: SLF001
        self._shares = gains * (self._weight / lack)

    def _reached(self, left: int) -> Any:
        return self._enough & (self._least <= left + _ROUNDING)

    def bound(self, left: int) -> int:
        """No more listings than this can be brought over the line with the hours left."""
        import numpy as np

        reached = self._reached(left)
        alone = int(self._weight[reached].sum())
        worth = self._shares[:, reached].sum(axis=1)
        order = np.argsort(-worth / self._price, kind="stable")
        spent = np.cumsum(self._price[order])
        fit = int(np.searchsorted(spent, left, side="right"))
        together = float(worth[order[:fit]].sum())
        if fit < order.size:
            before = int(spent[fit - 1]) if fit else 0
            together += float(worth[order[fit]]) * (left - before) / int(self._price[order[fit]])
        return min(alone, int(together + _ROUNDING * max(1.0, together)))

    def promising(self) -> int:
        """The step with the largest shares: to do without it costs most, so both branches are small."""
        import numpy as np

        worth = self._shares[:, self._reached(self._node.left)].sum(axis=1)
        return int(self._steps[int(np.argmax(worth))])

    @property
    def kept(self) -> Ints:
        """The listings that are met or can be: nothing below this node needs the others."""
        import numpy as np

        reached = np.zeros(self._met.size, dtype=bool)
        reached[self._open] = self._reached(self._node.left)
        return np.flatnonzero(reached | self._met)


def _least_hours(lack: Ints, gains: Ints, price: Ints) -> Any:
    """Hours that each listing still takes at least, as if steps could be taken in part.

    For any worth of a group, the hours are at least the worth of what is lacking less what each step is
    worth above its price; a few multiples of the listing's best hours per group are tried.
    """
    import numpy as np

    best = np.maximum((gains / price[:, None]).max(axis=0), _ROUNDING)
    least = lack / best
    for multiple in _MULTIPLES:
        worth = multiple / best
        surplus = np.maximum(worth * gains - price[:, None], 0).sum(axis=0)
        least = np.maximum(least, worth * lack - surplus)
    return least
