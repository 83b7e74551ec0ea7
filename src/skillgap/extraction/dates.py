"""Periods as resumes write them: "Jan 2019 – Mar 2022", "03/2019 - present", "2019–2022", "since 2021".

A month is counted since year 0: year * 12 + month - 1. Where only years are given, each end counts as
its middle, so that "2019–2022" is three years. Written here because the periods of resumes are a small,
closed language, while general date parsers start slowly and read any number as a date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}
_MONTH_NAME = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
_DAY = r"(?:[0-3]?\d(?:st|nd|rd|th)?)"
_POINT = (
    rf"(?:(?:{_DAY}\s+)?(?P<{{0}}name>{_MONTH_NAME})\.?(?:\s+{_DAY}(?=,))?,?\s*"
    rf"(?:'(?P<{{0}}short>\d\d)|(?P<{{0}}year1>{_YEAR}))"
    rf"|Q(?P<{{0}}quarter>[1-4])\s*[/-]?\s*(?P<{{0}}year5>{_YEAR})"
    rf"|(?P<{{0}}month6>0?[1-9]|1[0-2])/[0-3]?\d/(?P<{{0}}year6>{_YEAR})"
    rf"|(?:[0-3]?\d\.\s?)?(?P<{{0}}month2>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<{{0}}year2>{_YEAR})"
    rf"|(?P<{{0}}year3>{_YEAR})[-/.](?P<{{0}}month3>0[1-9]|1[0-2])(?:-[0-3]\d)?(?!\d)"
    rf"|(?P<{{0}}year4>{_YEAR}))"
)
_DASH = r"\s*(?:-|\u2010|\u2011|\u2012|\u2013|\u2014|\u2192|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_MIDDLE = 6  # months: the middle of a year that stands alone
_WHOLE_YEAR = 12


@dataclass(frozen=True, slots=True)
class Period:
    """``begin`` to ``finish`` (exclusive) in months since year 0, found at ``start:end`` of the text.

    A single date has no length: ``finish == begin``.
    """

    begin: int
    finish: int
    start: int
    end: int


class PeriodFinder:
    """Finds periods; ``present`` are the words that stand for today, ``as_of`` is today's month."""

    def __init__(self, present: Sequence[str], as_of: int) -> None:
        now = "|".join(re.escape(word) for word in sorted(present, key=len, reverse=True))
        first, second = _POINT.format("a"), _POINT.format("b")
        self._range = re.compile(
            rf"(?<!\w)(?:{first}){_DASH}(?:{second}|(?P<now>{now}))(?!\w)", re.IGNORECASE
        )
        self._open = re.compile(
            rf"(?<!\w)(?:(?:since|from|as of)\s+(?:{first})|"
            rf"(?:{_POINT.format('c')})\s*[-\u2013\u2014]\s*(?=$|[|,)]))",
            re.IGNORECASE,
        )
        month = _MONTH_NAME.replace("(?:", "(?P<alone>", 1)
        self._within = re.compile(rf"(?<!\w){month}\.?{_DASH}(?:{second})(?!\w)", re.IGNORECASE)
        self._short = re.compile(rf"(?<![\w/.-])(?P<from>{_YEAR})\s?[-/\u2013]\s?(?P<to>\d\d)(?![\w/.-])")
        self._single = re.compile(rf"(?<!\w)(?:{first})(?!\w)", re.IGNORECASE)
        self._as_of = as_of

    def find(self, text: str, start: int, end: int) -> Iterator[Period]:
        """Periods in ``text[start:end]``, in order; single dates only where there is no period."""
        line = text[start:end]
        found = list(self._ranges(line)) or list(self._singles(line))
        for begin, finish, left, right in found:
            yield Period(begin, finish, start + left, start + right)

    def _ranges(self, line: str) -> Iterator[tuple[int, int, int, int]]:
        yield from self._closed(line)
        yield from self._in_one_year(line)
        closed = {match.start("aname") for match in self._range.finditer(line)}
        for match in self._open.finditer(line):
            begin = _month(match, "a") or _month(match, "c")
            if match.start("aname") in closed - {-1}:
                continue
            if begin is not None and begin <= self._as_of:
                yield begin, self._as_of + 1, match.start(), match.end()

    def _closed(self, line: str) -> Iterator[tuple[int, int, int, int]]:
        """Two dates and what joins them."""
        for match in self._range.finditer(line):
            begin = _month(match, "a")
            finish = self._as_of + 1 if match["now"] else _month(match, "b")
            if begin is None or finish is None:
                continue
            exact = bool(match["now"]) or _has_month(match, "b")
            if exact and not match["now"]:
                finish += 3 if match["bquarter"] else 1
            if begin == finish and not exact:
                begin, finish = begin - _MIDDLE, begin - _MIDDLE + _WHOLE_YEAR  # "2021-2021"
            if begin <= min(finish, self._as_of + 1):
                yield begin, min(finish, self._as_of + 1), match.start(), match.end()

    def _in_one_year(self, line: str) -> Iterator[tuple[int, int, int, int]]:
        """Periods that name a year once: "Jan - Mar 2020", "2018-19"."""
        for match in self._within.finditer(line):
            finish = _month(match, "b")
            if finish is not None:
                begin = finish // 12 * 12 + _named(match["alone"].lower())
                if begin <= finish <= self._as_of:
                    yield begin, finish + 1, match.start(), match.end()
        for match in self._short.finditer(line):
            first = int(match["from"])
            last = first // 100 * 100 + int(match["to"])
            if first < last <= self._as_of // 12:
                yield first * 12 + _MIDDLE, last * 12 + _MIDDLE, match.start(), match.end()

    def _singles(self, line: str) -> Iterator[tuple[int, int, int, int]]:
        for match in self._single.finditer(line):
            month = _month(match, "a")
            if month is not None and month <= self._as_of:
                yield month, month, match.start(), match.end()


def _has_month(match: re.Match[str], side: str) -> bool:
    return match[f"{side}year4"] is None


def _month(match: re.Match[str], side: str) -> int | None:
    """The month of one end of a period, since year 0."""
    name = match[f"{side}name"]
    if name:
        short, year = match[f"{side}short"], match[f"{side}year1"]
        number = int(year) if year else 2000 + int(short) - (100 if int(short) > _LATEST_SHORT else 0)
        return number * 12 + _named(name.lower())
    if match[f"{side}quarter"]:
        return int(match[f"{side}year5"]) * 12 + (int(match[f"{side}quarter"]) - 1) * 3
    for part in ("6", "2", "3"):
        if match[f"{side}year{part}"]:
            return int(match[f"{side}year{part}"]) * 12 + int(match[f"{side}month{part}"]) - 1
    year = match[f"{side}year4"]
    return int(year) * 12 + _MIDDLE if year else None


_LATEST_SHORT = 50  # '49 is 2049, '51 is 1951


def _named(name: str) -> int:
    return _SEASONS[name] - 1 if name in _SEASONS else _MONTHS.index(name[:3])


def as_text(month: int) -> str:
    """``2022-03`` for a month since year 0."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def years_of(periods: Sequence[tuple[int, int]]) -> float:
    """The years that periods cover together, overlaps counted once, to a tenth."""
    months, covered = 0, -1
    for begin, finish in sorted(periods):
        first = max(begin, covered)
        if finish > first:
            months += finish - first
            covered = finish
    return round(months / 12, 1)
