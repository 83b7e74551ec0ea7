"""How many days of the week a sentence tells of, in whatever words: "3 days/week", "Tue-Thu", "50%".

Whether they are spent at home or in the office is told by ``work_mode``. The words are in
``cues.yaml``, ``work_mode``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import Cue
from skillgap.extraction.figures import figure_before, number_of
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.tokens import BREAK, COMMA, CONNECTORS, INLINE, SOFT

PART, FULL, SELDOM = range(3)
NEAR, FAR = 3, 6  # words between days and their place: without and with "a week" or "in our"
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKING_DAYS = 5
_PERIOD_REACH = 7  # words after "days" in which "a week" may follow
_SHARES = range(20, 96)  # per cent of the time that make a part of it


class Days(NamedTuple):
    """How much time: part of a week, the full week, or days too seldom to matter."""

    first: int
    last: int
    amount: int
    weekly: bool  # whether the week is stated, which lets it stand farther from its place


def days_of(reading: Reading, sentence: Sentence, places: Collection[int]) -> list[Days]:
    """All amounts of time in a sentence; ``places`` are the first words of the places that it names."""
    return [
        *_numbered(reading, sentence),
        *_spells(reading, sentence),
        *_repeated(reading, sentence),
        *_weekdays(reading, sentence),
        *_shares(reading, sentence, places),
    ]


def _numbered(reading: Reading, sentence: Sentence) -> Iterator[Days]:
    """As in "3 days a week", "two in-office days", "days in office: 5", "every day"."""
    for cue in reading.cues.within("work_mode.every", sentence.begin, sentence.end):
        yield Days(cue.first, cue.last, FULL, weekly=False)
    for unit in reading.cues.within("work_mode.days", sentence.begin, sentence.end):
        found = None if _otherdays_of(reading, sentence, unit) else _figure(reading, sentence, unit)
        if found is None:
            continue
        number, first, last = found
        if _of_something_else(reading, sentence, first, unit.last):
            continue
        period = _period(reading, sentence, unit.last) or _period_before(reading, sentence, first)
        if period is None and unit.text == "times":
            continue
        seldom = number == 0 or number > len(_WEEK) or (period is not None and period[1])
        amount = SELDOM if seldom else FULL if number >= _WORKING_DAYS else PART
        yield Days(first, max(last, period[0] if period else last), amount, weekly=period is not None)


def _otherdays_of(reading: Reading, sentence: Sentence, unit: Cue) -> bool:
    """Whether the days are a "four-day week" or leave; "4 days/week" is neither."""
    return any(
        cue.first == unit.first and set(reading.tokens.joints[cue.first : cue.last]) == {SOFT}
        for cue in reading.cues.within("work_mode.not_days", unit.first, sentence.end)
    )


def _of_something_else(reading: Reading, sentence: Sentence, first: int, last: int) -> bool:
    """As in "within 2 days", "5 days of training"."""
    before = reading.cues.within("work_mode.not_days_before", max(sentence.begin, first - 2), first)
    behind = reading.cues.within("work_mode.elsewhere", last + 1, min(sentence.end, last + 3))
    return bool(before) or any(not parted(reading, last, cue.first) for cue in behind)


def _figure(reading: Reading, sentence: Sentence, unit: Cue) -> tuple[int, int, int] | None:
    """(number, first word, last word) of the days: before their unit, or behind its colon."""
    tokens, numbers = reading.tokens, reading.years_words
    for position in range(unit.first, max(sentence.begin, unit.first - 3), -1):
        if parted(reading, position - 1, unit.first):
            break
        figure = figure_before(tokens, numbers, position, sentence.begin)
        if figure is not None:
            figure, first = _of_total(reading, sentence, position - 1) or (figure, position - 1)
            return figure, first, unit.last
        if reading.cues.within("work_mode.some", position - 1, position):
            return 1, position - 1, unit.last
    for position in range(unit.last + 1, min(sentence.end, unit.last + FAR)):
        figure = number_of(tokens.words[position], numbers)
        if figure is not None:
            return (figure, unit.first, position) if tokens.joints[position - 1] == INLINE else None
    return None


def _of_total(reading: Reading, sentence: Sentence, total: int) -> tuple[int, int] | None:
    """(number, its word) for the 3 of "3 of 5 days" and "3 out of 5 days"."""
    for cue in reading.cues.within("work_mode.of", max(sentence.begin, total - 2), total):
        if cue.last == total - 1:
            figure = figure_before(reading.tokens, reading.years_words, cue.first, sentence.begin)
            return None if figure is None else (figure, cue.first - 1)
    return None


def _period(reading: Reading, sentence: Sentence, after: int) -> tuple[int, bool] | None:
    """(its word, whether it is longer than a week) of the period that days are counted in."""
    end = min(sentence.end, after + 1 + _PERIOD_REACH)
    joints = reading.tokens.joints
    end = next((p + 1 for p in range(after, end) if joints[p] == COMMA), end)
    found = [
        (cue.first, label == "week", cue.last)
        for label in ("week", "seldom")
        for cue in reading.cues.within(f"work_mode.{label}", after + 1, end)
    ]
    if not found:
        return None
    _, weekly, last = min(found)
    return last, not weekly


def _period_before(reading: Reading, sentence: Sentence, first: int) -> tuple[int, bool] | None:
    """The same for "each quarter we meet for 3 days"."""
    begin = max(sentence.begin, first - FAR)
    found = [
        (cue.last, cue.first, label == "seldom")
        for label in ("week", "seldom")
        for cue in reading.cues.within(f"work_mode.{label}", begin, first)
        if not parted(reading, cue.last, first)
    ]
    return (first, max(found)[2]) if found else None


def _spells(reading: Reading, sentence: Sentence) -> Iterator[Days]:
    """As in "Four weeks a year"."""
    for unit in reading.cues.within("work_mode.spell", sentence.begin, sentence.end):
        figure = figure_before(reading.tokens, reading.years_words, unit.first, sentence.begin)
        period = None if figure is None else _period(reading, sentence, unit.last)
        if period is not None and period[1]:
            yield Days(unit.first - 1, period[0], SELDOM, weekly=True)


def _repeated(reading: Reading, sentence: Sentence) -> Iterator[Days]:
    """As in "Twice a week", "4x/week"."""
    for cue in reading.cues.within("work_mode.repeated", sentence.begin, sentence.end):
        period = _period(reading, sentence, cue.last)
        if period is not None:
            yield Days(cue.first, period[0], SELDOM if period[1] else PART, weekly=True)


def _weekdays(reading: Reading, sentence: Sentence) -> Iterator[Days]:
    """Runs of named days: "Mondays and Thursdays", "Tue-Thu"; lunch on Fridays is none."""
    cues = reading.cues
    if "work_mode.elsewhere" in cues.labels(sentence.begin):
        return
    runs: list[list[Cue]] = []
    for cue in cues.within("work_mode.weekdays", sentence.begin, sentence.end):
        if runs and _goes_on(reading, runs[-1][-1], cue):
            runs[-1].append(cue)
        else:
            runs.append([cue])
    for run in runs:
        named = {_WEEK.index(cue.text[:3]) for cue in run}
        for left, right in pairwise(run):
            if _spans(reading, left, right):
                first, last = _WEEK.index(left.text[:3]), _WEEK.index(right.text[:3])
                named.update((first + step) % len(_WEEK) for step in range((last - first) % len(_WEEK)))
        if min(named) < _WORKING_DAYS:  # a weekend alone is no part of the working week
            amount = FULL if len(named) >= _WORKING_DAYS else PART
            yield Days(run[0].first, run[-1].last, amount, weekly=True)


def _goes_on(reading: Reading, left: Cue, right: Cue) -> bool:
    """Whether two weekdays stand side by side or are tied by a small word."""
    apart = right.first - left.last
    tied = apart == 2 and (
        reading.tokens.keys[left.last + 1] in CONNECTORS
        or between(reading, "through", left.last, right.first)
    )
    return apart == 1 or tied


def _spans(reading: Reading, left: Cue, right: Cue) -> bool:
    """Whether two weekdays are the ends of a span, "Tue-Thu", "Monday to Friday"."""
    if right.first == left.last + 1:
        return reading.tokens.joints[left.last] in (SOFT, INLINE)
    return between(reading, "through", left.last, right.first)


def _shares(reading: Reading, sentence: Sentence, places: Collection[int]) -> Iterator[Days]:
    """As in "50% remote", "40% of the time in the office", but not "remote with 20% travel"."""
    tokens = reading.tokens
    if "%" not in tokens.text[tokens.starts[sentence.begin] : tokens.ends[sentence.end - 1]]:
        return
    for position in range(sentence.begin, sentence.end - 1):
        word = tokens.words[position]
        percent = tokens.text.startswith("%", tokens.ends[position]) and word.isascii() and word.isdigit()
        if percent and len(word) <= 2 and int(word) in _SHARES:
            of = reading.cues.within("work_mode.share", position + 1, min(sentence.end, position + 5))
            ends = tokens.joints[position] == BREAK
            if of or ends or any(0 < place - position <= NEAR for place in places):
                yield Days(position, of[0].last if of else position, PART, weekly=False)


def parted(reading: Reading, low: int, high: int) -> bool:
    """Whether a comma or a stronger sign stands between two words."""
    return any(reading.tokens.joints[position] >= COMMA for position in range(low, high))


def between(reading: Reading, label: str, low: int, high: int) -> bool:
    return bool(reading.cues.within(f"work_mode.{label}", low + 1, high))
