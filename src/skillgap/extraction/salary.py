"""Pay as ads write it: "$120k–$160k", "£70,000 to £85,000 per annum", "₹18–40 LPA", "$40/hour"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillgap.extraction.amounts import (
    CODES,
    HINT,
    PERIODIC,
    RANGE,
    SINGLE,
    read_amount,
    read_currency,
    unit_of,
    whole,
)
from skillgap.extraction.tokens import Tokens
from skillgap.model import Salary

_SIGN = re.compile("[$€£₹¥łŁ]")
_LAKHS = re.compile(r"\d\s?(?:LPA|lakh|lac|crore)", re.IGNORECASE)
_CODE_WORDS = frozenset(word + plus for word in ("rs", *CODES.lower().split("|")) for plus in ("", "+"))
_YEAR = re.compile(r"per (?:year|annum)|a year|/ ?y(?:ea)?r|annual|yearly|p\.?a\b", re.IGNORECASE)
_PERIODS = (
    ("hour", re.compile(r"hour|/ ?hr?\b|\bp\.?h\b|hourly", re.IGNORECASE)),
    ("day", re.compile(r"per day|/ ?day|da(?:il)?y rate|a day", re.IGNORECASE)),
    ("week", re.compile(r"per week|/ ?w(?:ee)?k|weekly pay", re.IGNORECASE)),
    ("month", re.compile(r"(?:per|a|each) month|monthly|/ ?mo(?:nth)?\b", re.IGNORECASE)),
)
_STOP = re.compile(r"[.!?;](?:\s|$)|[|•\n]")  # where a statement ends
_BREAK = re.compile(rf"{_STOP.pattern}|\s/\s")  # where that of one range ends and that of the next begins
_PART = re.compile(r"[,(/+]|\s-\s|\b(?:and|or)\b")  # where a part of one may end
_DIGIT = re.compile(r"\d")
_YEARLY_FLOOR, _HOURLY_CEILING = 3_000, 1_000  # what a bare figure without a period can mean
_CEILINGS = {"hour": 10_000, "day": 10_000, "week": 10_000, "month": 60_000}  # more is a year's pay
# whose units are small, so that a month can pay more than the ceilings
_WEAK = frozenset({"INR", "JPY", "HUF", "CZK", "PHP", "ZAR", "MXN", "SEK", "NOK", "DKK", "HKD"})
_BEFORE, _BEHIND = 90, 40  # characters around a figure that can speak of it
_TAIL = 25  # characters behind a figure in which its period stands
_BRIEF = 90  # characters of a line in which "up to £78k" needs no word for pay
_ALIKE = 2  # pay for another place or level is at most so many times as high


class PayWords:
    """The words of ``cues.yaml`` that speak of pay, and those that speak of other money."""

    def __init__(self, pay: Mapping[str, Sequence[str]]) -> None:
        self.about = _any_of(pay["about"])
        self.other = _any_of(pay["other_money"])
        self.beside = _any_of(pay["beside"])
        self.base = _any_of(pay["base"])


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Whole words and their plurals; ``salar*`` is a stem."""
    starts = (rf"(?<!\w){_ended(word)}" if word[0].isalnum() else _ended(word) for word in words)
    return re.compile("|".join(starts), re.IGNORECASE)


def _ended(word: str) -> str:
    return re.escape(word[:-1]) if word.endswith("*") else rf"{re.escape(word)}(?:e?s)?(?!\w)"


@dataclass(frozen=True, slots=True)
class FoundSalary:
    """A salary and where it is stated."""

    salary: Salary
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Said:
    """What is said of one range: the words of ``beside`` in its name and behind it; is it base pay."""

    named: frozenset[str]
    added: frozenset[str]
    base: bool

    def allows(self, other: _Said) -> bool:
        """Whether the other range can be the same kind of pay: on target or with equity only as this one."""
        if self.named and other.base and not self.base:
            return False
        return other.named <= self.named and other.added <= self.named | self.added


def speaks_of_money(tokens: Tokens) -> bool:
    """Whether a currency stands anywhere in a text; without one no line needs to be read for pay."""
    if _SIGN.search(tokens.text) or not _CODE_WORDS.isdisjoint(tokens.present):
        return True
    return _LAKHS.search(tokens.text) is not None


def find_salaries(
    text: str, words: PayWords, start: int = 0, end: int | None = None
) -> Iterator[FoundSalary]:
    """Every pay range in ``text[start:end]``, in order; a lone figure only where pay is spoken of."""
    stop = len(text) if end is None else end
    if not HINT.search(text, start, stop):
        return
    for match in RANGE.finditer(text, start, stop):
        found = _range(text, match, words, (start, stop))
        if found:
            yield found
    for match in (*SINGLE.finditer(text, start, stop), *PERIODIC.finditer(text, start, stop)):
        found = _single(text, match, words, (start, stop))
        if found:
            yield found


# -- one pay from several ranges --------------------------------------------------------------


def stated_pay(text: str, words: PayWords, blocks: Iterable[tuple[int, int]]) -> Salary | None:
    """The pay of an ad: the first figure, widened by the ranges for other places and levels.

    ``blocks`` are the (start, end) of its paragraphs and bullets. A range in another currency, for
    another period, of another size or with more on top than the first is left out.
    """
    first: _Said | None = None
    taken: list[Salary] = []
    for start, end in blocks:
        found = list(find_salaries(text, words, start, end))
        if found and not taken and not _is_range(found[0].salary):
            return found[0].salary
        ranges = [one for one in found if _is_range(one.salary)]
        for one, said in zip(ranges, _said(text, words, ranges, (start, end)), strict=True):
            if first is None:
                first = said
                taken.append(one.salary)
            elif first.allows(said) and any(_alike(one.salary, other) for other in taken):
                taken.append(one.salary)
    if not taken:
        return None
    lows, highs = zip(*(_ends(one) for one in taken), strict=True)
    return replace(taken[0], minimum=min(lows), maximum=max(highs))


def _ends(pay: Salary) -> tuple[float, float]:
    return pay.minimum or 0, pay.maximum or 0


def _is_range(pay: Salary) -> bool:
    return None not in (pay.minimum, pay.maximum) and pay.minimum != pay.maximum


def _alike(one: Salary, other: Salary) -> bool:
    """Whether two ranges can be pay for one job: a bonus or what customers pay is of another size."""
    if (one.currency, one.period) != (other.currency, other.period):
        return False
    pairs = zip(_ends(one), _ends(other), strict=True)
    return all(max(pair) <= _ALIKE * min(pair) for pair in pairs)


def _said(
    text: str, words: PayWords, ranges: Sequence[FoundSalary], within: tuple[int, int]
) -> Iterator[_Said]:
    """What is said of each range of a block; what opens the block is said of all of them."""
    if not ranges:
        return
    stops = [*(one.start for one in ranges[1:]), within[1]]
    opening = name = text[within[0] : ranges[0].start]
    for at, (one, stop) in enumerate(zip(ranges, stops, strict=True)):
        last = at == len(ranges) - 1
        behind = text[one.end : min(stop, one.end + _BEHIND)] if last else _own(text[one.end : stop])
        named = _kinds(words, opening) | _kinds(words, name)
        yield _Said(named, _kinds(words, behind), words.base.search(name) is not None)
        name = text[one.end + len(behind) : stop]


def _kinds(words: PayWords, text: str) -> frozenset[str]:
    """The words of ``beside`` in a text, in one spelling for singular and plural."""
    return frozenset(re.sub(r"(?:e?s)+$", "", found.lower()) for found in words.beside.findall(text))


def _own(gap: str) -> str:
    """What is said of the first of two figures in the text between them; the rest names the second."""
    stops = list(_BREAK.finditer(gap))
    end = stops[-1] if stops else _PART.search(gap)
    return gap[: end.start()] if end else ""


# -- one figure -------------------------------------------------------------------------------


def _context(text: str, match: re.Match[str], within: tuple[int, int]) -> str:
    return text[max(within[0], match.start() - _BEFORE) : min(within[1], match.end() + _BEHIND)]


def _period(
    text: str, match: re.Match[str], within: tuple[int, int], highest: float, currency: str
) -> str | None:
    """The period written with a figure, then one behind it, then one before it, else what its size means."""
    written = _named_period(match[0])
    if written and (written in {"year", "month"} or _fits(written, highest, currency)):
        return written
    behind = text[match.end() : min(within[1], match.end() + _TAIL)]
    stop = _STOP.search(behind)
    behind = behind[: stop.start()] if stop else behind
    digit = _DIGIT.search(behind)
    behind = _own(behind[: digit.start()]) if digit else behind  # "(hourly equivalent $73)": of the next
    before = text[max(within[0], match.start() - _BEFORE) : match.start()]
    for around in (behind, _STOP.split(before)[-1]):
        period = _named_period(around)
        if period and _fits(period, highest, currency):
            return period
    if highest >= _YEARLY_FLOOR:
        return "year"
    return "hour" if highest < _HOURLY_CEILING else None


def _named_period(text: str) -> str | None:
    if _YEAR.search(text):
        return "year"
    return next((name for name, pattern in _PERIODS if pattern.search(text)), None)


def _fits(period: str, highest: float, currency: str) -> bool:
    """Whether so much can be paid in a period; the units of weak currencies say nothing."""
    if period == "year":
        return highest >= _HOURLY_CEILING
    return currency in _WEAK or highest <= _CEILINGS[period]


def _range(text: str, match: re.Match[str], words: PayWords, within: tuple[int, int]) -> FoundSalary | None:
    low, high = read_amount(match[1]), read_amount(match[2])
    currency = read_currency(match[0])
    if low is None or high is None or currency is None:
        return None
    minimum, maximum = low[0], high[0]
    if high[1] and not low[1] and minimum < maximum / unit_of(match[2]) * 2:
        minimum *= unit_of(match[2])  # "$120-160k", "18–40 LPA"
    around = _context(text, match, within)
    if (
        minimum > maximum
        or maximum <= 0
        or words.other.search(text[match.end() : min(within[1], match.end() + 14)])
    ):
        return None
    period = _period(text, match, within, maximum, currency)
    timed = any(pattern.search(match[0]) for _, pattern in _PERIODS) and not words.other.search(around)
    small = maximum < _YEARLY_FLOOR and not (timed or words.about.search(around))
    if period is None or small:
        return None
    return FoundSalary(Salary(whole(minimum), whole(maximum), currency, period), match.start(), match.end())


def _single(text: str, match: re.Match[str], words: PayWords, within: tuple[int, int]) -> FoundSalary | None:
    """One figure: a ceiling ("up to"), a floor ("from"), or the pay itself."""
    value, currency = read_amount(match["amount"]), read_currency(match["amount"])
    near = text[max(within[0], match.start() - 40) : min(within[1], match.end() + 25)]
    spoken = words.about.search(_context(text, match, within))
    how = match["how"].lower().replace("upto", "up to")
    brief = how == "up to" and within[1] - within[0] <= _BRIEF
    if value is None or currency is None or not (spoken or brief) or words.other.search(near):
        return None
    period = _period(text, match, within, value[0], currency)
    if period is None:
        return None
    low = None if how == "up to" else whole(value[0])
    high = None if how == "from" else whole(value[0])
    return FoundSalary(Salary(low, high, currency, period), match.start("amount"), match.end("amount"))
