"""Facts of the text and of the page's own data put together: the text wins, a difference is a conflict.

The data fill in what the text leaves open. Years and degree are never taken from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from skillgap.model import Conflict, Facts, Salary
from skillgap.reading.places import may_agree, whereabouts

_HOURS = {"hour": 2_080, "day": 260, "week": 52, "month": 12, "year": 1}  # of each in a year of work
_TOLERANCE = 0.01  # of an amount; rounding is no conflict
_TOLERANCE_ACROSS = 0.08  # where one is by the hour and the other by the year


def with_page_facts(facts: Facts, meta: Mapping[str, object]) -> Facts:
    """The facts of an ad with those of its page; ``meta`` as in Document, unknown shapes are ignored."""
    conflicts = list(facts.conflicts)
    page_salary = _salary(meta.get("salary"))
    if facts.salary and page_salary and not _same_pay(facts.salary, page_salary):
        conflicts.append(Conflict("salary", _pay(facts.salary), _pay(page_salary)))
    remote = meta.get("remote")
    page_mode = "remote" if remote is True else None
    if facts.work_mode and page_mode and facts.work_mode != page_mode:
        conflicts.append(Conflict("work_mode", facts.work_mode, page_mode))
    elif remote is False and facts.work_mode == "remote":
        conflicts.append(Conflict("work_mode", "remote", "not remote"))
    page_place = _text(meta.get("place"))
    place = facts.place if facts.place and _is_name(facts.place) else None
    if place and page_place and not may_agree(whereabouts(place), whereabouts(page_place)):
        conflicts.append(Conflict("place", place, page_place))
    page_closes = _text(meta.get("closes"))
    if facts.closes and page_closes and facts.closes != page_closes:
        conflicts.append(Conflict("closes", facts.closes, page_closes))
    return replace(
        facts,
        salary=facts.salary or page_salary,
        work_mode=facts.work_mode or page_mode,
        place=place or page_place or facts.place,
        closes=facts.closes or page_closes,
        conflicts=tuple(conflicts),
    )


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _is_name(place: str) -> bool:
    """Whether it may be a place at all: "Location-based pay" is read as one, too, but has no name in it."""
    return any(word[:1] != word[:1].lower() or ord(word[0]) > 0x24F for word in place.split())


def _salary(value: object) -> Salary | None:
    if not isinstance(value, Mapping):
        return None
    low, high = value.get("min"), value.get("max")
    currency, period = value.get("currency"), value.get("period")
    ends = [end for end in (low, high) if end is not None]
    if not ends or not all(isinstance(end, (int, float)) for end in ends):
        return None
    if not isinstance(currency, str) or period not in _HOURS:
        return None
    return Salary(low, high, currency, str(period))


def _same_pay(one: Salary, other: Salary) -> bool:
    """Whether the ends that both state agree, give or take rounding, by the hour or by the year."""
    if one.currency != other.currency:
        return False
    tolerance = _TOLERANCE if one.period == other.period else _TOLERANCE_ACROSS
    for mine, theirs in ((one.minimum, other.minimum), (one.maximum, other.maximum)):
        if mine is None or theirs is None:
            continue
        a, b = mine * _HOURS[one.period], theirs * _HOURS[other.period]
        if abs(a - b) > tolerance * max(a, b):
            return False
    return True


def _pay(salary: Salary) -> str:
    """Such as "USD 120,000-160,000 a year"."""
    low, high = salary.minimum, salary.maximum
    if low is not None and high is not None and low != high:
        amount = f"{low:,.0f}-{high:,.0f}"
    elif high is not None:
        amount = f"{high:,.0f}" if low is not None else f"up to {high:,.0f}"
    else:
        amount = f"from {low:,.0f}"
    return f"{salary.currency} {amount} a {salary.period}"
