"""What is worth learning: which skills, or which steps within some hours, open the most listings.

A listing is open once the line is reached: a share of its must-have groups, any-of sets and what skills
include respected. Up to three skills are found by looking at every set, more skills and steps by integer
programming; each answer says whether it is proved, or by how much it can be short at most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from math import ceil

from skillgap.analysis.gap import Shown
from skillgap.market.answers import Nearest, Point, Unlock, UnlockSet
from skillgap.market.branch import NODE_LIMIT as STEP_NODES
from skillgap.market.branch import Courses, best_steps
from skillgap.market.deficits import Deficit, deficits
from skillgap.market.learning import Learning
from skillgap.market.limits import a_limit, a_line
from skillgap.market.must_haves import Listing, Listings, Records, known_to, read_listings
from skillgap.market.offers import Offer, Scope
from skillgap.market.ranking import skill_name
from skillgap.market.search import LARGEST, Search
from skillgap.market.solve import NODE_LIMIT, Question, Solution, solve
from skillgap.taxonomy import Taxonomy

_BUDGETS = 8  # points of the curve
_NEAREST, _FARTHEST = 3, 60  # listings named; more skills than that are not counted any further
_TOGETHER, _ASKED = 3, 6


def unlock(  # noqa: PLR0913 - each is a question that the person answers
    records: Records,
    shown: Shown,
    taxonomy: Taxonomy,
    *,
    line: Fraction | float | str = 1,
    skills: int | None = None,
    hours: int | None = None,
    years: float | None = None,
    any_skill: bool = False,
    done: frozenset[str] = frozenset(),
    marks: Mapping[str, str] | None = None,
    as_of: date | None = None,
    families: Mapping[str, str] | None = None,
    node_limit: int | None = None,
) -> Unlock:
    """The best sets of up to ``skills`` skills (3 by default), or of steps that take up to ``hours`` hours.

    ``line`` is the share of a listing's must-have groups, above 0 and up to 1. ``years`` are those the
    resume shows: with them, listings that ask for more stay shut. Skills that no course teaches can only
    be chosen with ``any_skill``. ``done`` are finished roadmap steps. For ``marks``, ``as_of`` and
    ``families`` see ``read_listings``. Raises UsageError for a line, skills or hours out of range.
    """
    share = a_line(line)
    limit = a_limit(skills, hours, usual=LARGEST)
    listings = known_to(read_listings(records, marks=marks, as_of=as_of, families=families), shown)
    learning = Learning(listings, shown, taxonomy, done)
    counted = listings.counted
    open_to = tuple(x for x in counted if years is None or x.years_min is None or x.years_min <= years)
    scope = Scope(open_to, share)
    if hours is not None:
        offer = Offer.of_steps(learning, listings, scope)
        sets, curve = _by_hours(offer, limit, node_limit or STEP_NODES)
        pairs: list[tuple[tuple[str, ...], int]] = []
    else:
        offer = Offer.of_skills(learning, listings, scope, any_skill=any_skill)
        sets, curve, pairs = _by_skills(offer, limit, node_limit or NODE_LIMIT)
    nearest, asked_most = _outlook(learning, open_to, share)
    return Unlock(
        by="hours" if hours is not None else "skills",
        line=share,
        counted=len(counted),
        over=tuple(open_to[number] for number in offer.deficits.over),
        beyond=len(offer.deficits.beyond),
        years_short=len(counted) - len(open_to),
        apart=listings.apart(),
        sets=sets,
        curve=curve,
        together=tuple(pairs),
        nearest=nearest,
        asked_most=asked_most,
        names=_names(_mentioned(sets, nearest, asked_most, pairs), listings, taxonomy),
    )


# -- skills -------------------------------------------------------------------------------------


def _by_skills(
    offer: Offer, most: int, node_limit: int
) -> tuple[tuple[UnlockSet, ...], tuple[Point, ...], list[tuple[tuple[str, ...], int]]]:
    """The best set for each number of skills, the curve over them, and the pairs that only work jointly."""
    small = offer.deficits.within(min(most, LARGEST))
    search = Search(small.reach, offer.weigh)
    sets: list[UnlockSet] = []
    best = Solution(frozenset(), 0, 0)
    for size in range(1, most + 1):
        if size <= LARGEST:
            found = search.best(size, best.value + 1)
            chosen = frozenset(found) if found else best.chosen
            value = offer.deficits.value(chosen)
            best = Solution(chosen, value, value)
            other = _runner_up(search, size, chosen)
        else:
            best, other = _more_skills(offer, size, best, node_limit)
        sets.append(offer.answer(size, best.chosen, best.bound, other))
    pairs: list[tuple[tuple[str, ...], int]] = [
        ((offer.ids[a], offer.ids[b]), count) for count, a, b in search.only_together()[:_TOGETHER]
    ]
    return tuple(sets), tuple(_point(offer, found) for found in sets), pairs


def _runner_up(search: Search, size: int, chosen: frozenset[int]) -> tuple[frozenset[int], bool] | None:
    """The best set of up to ``size`` that does not hold all of the chosen one; None if nothing helps."""
    rival: tuple[int, ...] | None = None
    if not chosen:
        return None
    floor = 1
    for smaller in range(1, size + 1):
        found = search.best(smaller, floor, without=chosen)
        if found is not None:
            rival, floor = found, search.value(found) + 1
    return (frozenset(rival), True) if rival else None


def _more_skills(
    offer: Offer, size: int, before: Solution, node_limit: int
) -> tuple[Solution, tuple[frozenset[int], bool] | None]:
    """The best set of ``size`` skills and its runner-up, by integer programming."""
    reach = offer.deficits.within(size).reach
    best = solve(Question(reach, size, offer.weigh, start=before.chosen), node_limit)
    if best.value == before.value:
        best = Solution(before.chosen, before.value, best.bound)
    if not best.chosen:
        return best, None
    rival = solve(Question(reach, size, offer.weigh, without=best.chosen), node_limit)
    if rival.value > best.value:  # the search for another one found a better one
        best, rival = Solution(rival.chosen, rival.value, max(best.bound, rival.value)), best
    return best, ((rival.chosen, rival.bound == rival.value) if rival.chosen else None)


def _point(offer: Offer, found: UnlockSet) -> Point:
    total = len(offer.deficits.over) + found.gain
    ids = tuple(pick.id for pick in found.picks)
    return Point(found.limit, found.hours, found.gain, total, ids, found.short == 0)


# -- steps within hours ---------------------------------------------------------------------------


def _by_hours(offer: Offer, hours: int, node_limit: int) -> tuple[tuple[UnlockSet, ...], tuple[Point, ...]]:
    """The best steps for all the hours, and what parts of the hours buy."""
    courses = Courses(offer.hours, offer.earlier)
    points: list[Point] = []
    best = Solution(frozenset(), 0, 0)
    for budget in sorted({ceil(hours * part / _BUDGETS) for part in range(1, _BUDGETS + 1)}):
        reach = _within_hours(offer, budget)
        best = best_steps(reach, courses, budget, start=best.chosen, node_limit=node_limit)
        total = len(offer.deficits.over) + best.value
        ids = tuple(offer.ids[option] for option in sorted(best.chosen))
        spent = offer.hours_of(best.chosen)
        points.append(Point(budget, spent, best.value, total, ids, best.bound == best.value))
    other = None
    if best.chosen:
        reach = _within_hours(offer, hours)
        rival = best_steps(reach, courses, hours, without=best.chosen, node_limit=node_limit)
        other = (rival.chosen, rival.bound == rival.value) if rival.chosen else None
    return (offer.answer(hours, best.chosen, best.bound, other),), tuple(points)


def _within_hours(offer: Offer, budget: int) -> list[Deficit]:
    """Without the listings that lack more than the hours can buy."""
    chains = [
        offer.hours[option] + offer.hours_of(before) for option, before in sorted(offer.earlier.items())
    ]
    return [deficit for deficit in offer.deficits.reach if _at_least(deficit, chains) <= budget]


def _at_least(deficit: Deficit, chains: list[int]) -> int:
    """Hours below which a deficit can't be closed: those of the dearest of its cheapest groups."""
    cheapest = []
    for lacking, ways in deficit.lacks:
        prices = sorted(min(chains[option] for option in options) for options in ways)
        cheapest.append(prices[lacking - 1])
    return sorted(cheapest)[deficit.need - 1]


# -- what stands around the answer ------------------------------------------------------------------


def _outlook(
    learning: Learning, listings: tuple[Listing, ...], line: Fraction
) -> tuple[tuple[Nearest, ...], tuple[tuple[str, int], ...]]:
    """The listings that take the fewest skills, and the missing skills that close most groups' listings."""
    missing = learning.missing
    all_skills = deficits(listings, learning.have, line, [learning.covers(skill) for skill in missing])
    named = Counter(
        skill
        for listing in listings
        for skill in {m for members in listing.open(learning.have) for m in members}
    )
    ranked: list[tuple[int, int]] = []
    most = _FARTHEST
    for deficit in all_skills.reach:
        fewest = deficit.fewest(most).count
        ranked += [(fewest, number) for number in deficit.listings]
        if len(ranked) >= _NEAREST:
            ranked = sorted(ranked)[:_NEAREST]
            most = ranked[-1][0]
    asked = (skill for skill in missing if named[skill])
    order = sorted(asked, key=lambda skill: (-named[skill], skill))[:_ASKED]
    nearest = tuple(_near(listings[number], fewest, learning.have) for fewest, number in sorted(ranked))
    return nearest, tuple((skill, named[skill]) for skill in order)


def _near(listing: Listing, fewest: int, have: frozenset[str]) -> Nearest:
    left = listing.open(have)
    return Nearest(listing, fewest, len(listing.groups) - len(left), left)


def _names(ids: Iterable[str], listings: Listings, taxonomy: Taxonomy) -> dict[str, str]:
    """The names of the skills among these ids; a step names itself."""
    skills = sorted(set(ids) - taxonomy.steps.keys())
    return {skill: skill_name(skill, listings, taxonomy) for skill in skills}


def _mentioned(
    sets: Iterable[UnlockSet],
    nearest: Iterable[Nearest],
    asked_most: Iterable[tuple[str, int]],
    pairs: Iterable[tuple[tuple[str, ...], int]],
) -> Iterator[str]:
    """Every id that the answer holds."""
    for near in nearest:
        yield from (skill for members in near.open for skill in members)
    yield from (skill for skill, _ in asked_most)
    yield from (skill for members, _ in pairs for skill in members)
    for found in sets:
        for pick in found.picks:
            yield from (pick.id, *pick.brings)
        yield from found.flip.ids if found.flip else ()
