"""Whether an ad asks for work at home, in the office or in both.

A mode is named ("remote", "on-site"), or it follows from the days of a place: 1 to 4 a week are
hybrid, 5 are the place's own mode, days of a month or a year say nothing. A denied mode does not
count. The words are in ``cues.yaml``, ``work_mode``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import Cue
from skillgap.extraction.figures import figure_before, number_of
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.tokens import BREAK, COMMA, CONNECTORS, INLINE, SOFT

_MODES = ("hybrid", "remote", "onsite")  # the first that is stated is the ad's
_SPEAKING = tuple(f"work_mode.{name}" for name in (*_MODES, "some_days", "office", "home"))
_PART, _FULL, _SELDOM = range(3)
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WORKING_DAYS = 5
_DENIAL_REACH = 3  # words between "no" and what it denies
_DENIAL = 8  # words on either side that can hold a denial
_NEAR, _FAR = 3, 6  # words between days and their place: without and with "a week" or "in our"
_PERIOD_REACH = 7  # words after "days" in which "a week" may follow
_BASED_REACH = 4  # words from "work from our" to the office
_CONDITION_REACH = 12  # words of a condition that a full stop can cut off
_SHARES = range(20, 96)  # per cent of the time that make a part of it


class _Place(NamedTuple):
    """Words that name a place of work; only a ``named`` one states its mode by itself."""

    first: int
    last: int
    mode: str
    named: bool
    whole: bool = False


class _Days(NamedTuple):
    """How much time: part of a week, the full week, or days too seldom to matter."""

    first: int
    last: int
    amount: int
    weekly: bool  # whether the week is stated, which lets it stand farther from its place


def work_mode(reading: Reading) -> str | None:
    """Hybrid wins over remote, remote over onsite."""
    seen: set[str] = set()
    for sentence in reading.saying(*_SPEAKING):
        labels = reading.cues.labels(sentence.begin)
        if sentence.block.section != "eeo" and "work_mode.not_line" not in labels:
            seen |= _stated(reading, sentence)
    return next((mode for mode in _MODES if mode in seen), None)


def _stated(reading: Reading, sentence: Sentence) -> set[str]:
    """The modes that one sentence states."""
    places = [*_named(reading, sentence), *_bare(reading, sentence)]
    if not places:
        return set()
    seen: set[str] = set()
    silent: set[_Place] = {place for place in places if _denied(reading, sentence, place)}
    binding = not _of_some_hires(reading, sentence)
    counted = _days(reading, sentence, places) if binding else []
    for days in counted:
        place = _place_of(reading, sentence, days, places)
        if place is None or place in silent or place.whole:
            continue
        if days.amount == _PART:
            seen.add("hybrid")
        elif days.amount == _SELDOM:
            silent.add(place)
        elif place.named or place.mode == "onsite":
            seen.add(place.mode)
    parted = "work_mode.part" in reading.cues.labels(sentence.begin)
    for place in places:
        if place.named and place not in silent:
            seen.add("hybrid" if parted and place.mode == "remote" else place.mode)
    return seen | _unnumbered(reading, sentence, counted) if binding else seen


def _unnumbered(reading: Reading, sentence: Sentence, counted: Sequence[_Days]) -> set[str]:
    """Days such as "office days" of which no number is told make hybrid."""
    for cue in reading.cues.within("work_mode.some_days", sentence.begin, sentence.end):
        place = _Place(cue.first, cue.last, "hybrid", named=True)
        told = any(days.first <= cue.last and cue.first <= days.last for days in counted)
        if not told and not _denied(reading, sentence, place):
            return {"hybrid"}
    return set()


# -- places ---------------------------------------------------------------------------------


def _named(reading: Reading, sentence: Sentence) -> Iterator[_Place]:
    """The modes as such, and offices that the job is said to be done in; what is unsure waits for days."""
    cues, (_, begin, end) = reading.cues, sentence
    whole = {word for c in cues.within("work_mode.whole", begin, end) for word in range(c.first, c.last + 1)}
    for mode in _MODES:
        for cue in cues.within(f"work_mode.{mode}", begin, end):
            named = _speaks_of_place(reading, sentence, cue)
            if named or not _of_something(reading, sentence, cue):
                yield _Place(cue.first, cue.last, mode, named, whole=cue.first in whole)
    for opener in cues.within("work_mode.based", begin, end):
        near = cues.within("work_mode.office", opener.last + 1, min(end, opener.last + 1 + _BASED_REACH))
        if near and not _parted(reading, opener.last, near[0].first):
            yield _Place(opener.first, near[0].last, "onsite", named=True)


def _bare(reading: Reading, sentence: Sentence) -> Iterator[_Place]:
    """Office and home, which say nothing without days; a home office is a home."""
    homes = reading.cues.within("work_mode.home", sentence.begin, sentence.end)
    at_home = {word for cue in homes for word in range(cue.first, cue.last + 1)}
    no_office = {
        word
        for cue in reading.cues.within("work_mode.no_office", sentence.begin, sentence.end)
        for word in (cue.first, cue.last)
    }
    for cue in homes:
        yield _Place(cue.first, cue.last, "remote", named=False)
    for cue in reading.cues.within("work_mode.office", sentence.begin, sentence.end):
        if cue.first not in at_home and not no_office.intersection((cue.first, cue.last)):
            yield _Place(cue.first, cue.last, "onsite", named=False)


def _speaks_of_place(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Not "hybrid search" or "remote teams"."""
    cues = reading.cues
    sure = any(c.first == cue.first for c in cues.within("work_mode.sure", cue.first, sentence.end))
    phrase = sure or cue.last - cue.first > 1
    if not sure and _of_something(reading, sentence, cue):
        return False
    if _in_a_town(reading, sentence, cue):
        return True
    short_line = sentence.end - sentence.begin <= 6
    if not (short_line or phrase) and _names_something(reading, sentence, cue):
        return False
    near = cues.within("work_mode.near", max(sentence.begin, cue.first - 4), min(sentence.end, cue.last + 5))
    ends_there = reading.tokens.joints[cue.last] != SOFT
    return short_line or phrase or ends_there or bool(near)


def _in_a_town(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Whether it reads "on-site in Lyon": a mode, "in" and a name."""
    tokens, following = reading.tokens, cue.last + 1
    return (
        cue.label != "work_mode.hybrid"
        and following + 1 < sentence.end
        and tokens.joints[cue.last] == tokens.joints[following] == SOFT
        and bool(reading.cues.within("work_mode.at", following, following + 1))
        and tokens.words[following + 1][0].isupper()
    )


def _of_something(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Whether it is known to be no place of work: "hybrid search", "remote access"."""
    return bool(reading.cues.within("work_mode.not_after", cue.last + 1, min(sentence.end, cue.last + 3)))


def _names_something(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Whether a noun follows that is no word of work: "hybrid patterns", "remote sensing"."""
    tokens, following = reading.tokens, cue.last + 1
    if following >= sentence.end or tokens.joints[cue.last] != SOFT:
        return False
    key = tokens.keys[following]
    near = reading.cues.within("work_mode.near", following, min(sentence.end, following + 2))
    return not (
        any(c.first == following for c in near)
        or key in reading.small_words
        or key in ("and", "or")
        or key.isdigit()
    )


def _denied(reading: Reading, sentence: Sentence, place: _Place) -> bool:
    """As in "no remote work", "remote is not available": the denial stands in the same clause."""
    cues, (_, begin, end) = reading.cues, sentence
    spared = {
        word for cue in cues.within("negation.except", begin, end) for word in range(cue.first, cue.last + 1)
    }
    for label in ("negation.before", "work_mode.denied_before"):
        for cue in cues.within(label, max(begin, place.first - _DENIAL), place.first):
            close = place.first - cue.last - 1 <= _DENIAL_REACH
            if close and cue.first not in spared and not _parted(reading, cue.last, place.first):
                return True
    for label in ("negation.after", "work_mode.denied_after"):
        for cue in cues.within(label, place.last + 1, min(end, place.last + _DENIAL)):
            between = cue.first - place.last - 1
            if between <= _DENIAL_REACH and not (between and _parted(reading, place.last, cue.first)):
                return True
    return place.last + 2 == end and bool(cues.within("work_mode.refused", end - 1, end))


def _parted(reading: Reading, low: int, high: int) -> bool:
    """Whether a comma or a stronger sign stands between two words."""
    return any(reading.tokens.joints[position] >= COMMA for position in range(low, high))


# -- days -----------------------------------------------------------------------------------


def _days(reading: Reading, sentence: Sentence, places: Sequence[_Place]) -> list[_Days]:
    """All amounts of time in a sentence that can belong to a place."""
    return [
        *_numbered(reading, sentence),
        *_spells(reading, sentence),
        *_repeated(reading, sentence),
        *_weekdays(reading, sentence),
        *_shares(reading, sentence, places),
    ]


def _of_some_hires(reading: Reading, sentence: Sentence) -> bool:
    """Whether it opens with a condition, or goes on after one: a full stop in "D.C." ends no sentence."""
    if "work_mode.some_hires" in reading.cues.labels(sentence.begin):
        return True
    if not reading.tokens.words[sentence.begin][0].islower():
        return False
    before = reading.cues.within("work_mode.some_hires", sentence.begin - _CONDITION_REACH, sentence.begin)
    return any(reading.tokens.starts[cue.first] >= sentence.block.start for cue in before)


def _numbered(reading: Reading, sentence: Sentence) -> Iterator[_Days]:
    """As in "3 days a week", "two in-office days", "days in office: 5", "every day"."""
    for cue in reading.cues.within("work_mode.every", sentence.begin, sentence.end):
        yield _Days(cue.first, cue.last, _FULL, weekly=False)
    for unit in reading.cues.within("work_mode.days", sentence.begin, sentence.end):
        found = None if _other_days(reading, sentence, unit) else _figure(reading, sentence, unit)
        if found is None:
            continue
        number, first, last = found
        if _of_something_else(reading, sentence, first, unit.last):
            continue
        period = _period(reading, sentence, unit.last) or _period_before(reading, sentence, first)
        if period is None and unit.text == "times":
            continue
        seldom = number == 0 or number > len(_WEEK) or (period is not None and period[1])
        amount = _SELDOM if seldom else _FULL if number >= _WORKING_DAYS else _PART
        yield _Days(first, max(last, period[0] if period else last), amount, weekly=period is not None)


def _other_days(reading: Reading, sentence: Sentence, unit: Cue) -> bool:
    """Whether the days are a "four-day week" or leave; "4 days/week" is neither."""
    return any(
        cue.first == unit.first and set(reading.tokens.joints[cue.first : cue.last]) == {SOFT}
        for cue in reading.cues.within("work_mode.not_days", unit.first, sentence.end)
    )


def _of_something_else(reading: Reading, sentence: Sentence, first: int, last: int) -> bool:
    """As in "within 2 days", "5 days of training"."""
    before = reading.cues.within("work_mode.not_days_before", max(sentence.begin, first - 2), first)
    behind = reading.cues.within("work_mode.elsewhere", last + 1, min(sentence.end, last + 3))
    return bool(before) or any(not _parted(reading, last, cue.first) for cue in behind)


def _figure(reading: Reading, sentence: Sentence, unit: Cue) -> tuple[int, int, int] | None:
    """(number, first word, last word) of the days: before their unit, or behind its colon."""
    tokens, numbers = reading.tokens, reading.years_words
    for position in range(unit.first, max(sentence.begin, unit.first - 3), -1):
        if _parted(reading, position - 1, unit.first):
            break
        figure = figure_before(tokens, numbers, position, sentence.begin)
        if figure is not None:
            figure, first = _of_total(reading, sentence, position - 1) or (figure, position - 1)
            return figure, first, unit.last
        if reading.cues.within("work_mode.some", position - 1, position):
            return 1, position - 1, unit.last
    for position in range(unit.last + 1, min(sentence.end, unit.last + _FAR)):
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
    begin = max(sentence.begin, first - _FAR)
    found = [
        (cue.last, cue.first, label == "seldom")
        for label in ("week", "seldom")
        for cue in reading.cues.within(f"work_mode.{label}", begin, first)
        if not _parted(reading, cue.last, first)
    ]
    return (first, max(found)[2]) if found else None


def _spells(reading: Reading, sentence: Sentence) -> Iterator[_Days]:
    """As in "Four weeks a year"."""
    for unit in reading.cues.within("work_mode.spell", sentence.begin, sentence.end):
        figure = figure_before(reading.tokens, reading.years_words, unit.first, sentence.begin)
        period = None if figure is None else _period(reading, sentence, unit.last)
        if period is not None and period[1]:
            yield _Days(unit.first - 1, period[0], _SELDOM, weekly=True)


def _repeated(reading: Reading, sentence: Sentence) -> Iterator[_Days]:
    """As in "Twice a week", "4x/week"."""
    for cue in reading.cues.within("work_mode.repeated", sentence.begin, sentence.end):
        period = _period(reading, sentence, cue.last)
        if period is not None:
            yield _Days(cue.first, period[0], _SELDOM if period[1] else _PART, weekly=True)


def _weekdays(reading: Reading, sentence: Sentence) -> Iterator[_Days]:
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
            amount = _FULL if len(named) >= _WORKING_DAYS else _PART
            yield _Days(run[0].first, run[-1].last, amount, weekly=True)


def _goes_on(reading: Reading, left: Cue, right: Cue) -> bool:
    """Whether two weekdays stand side by side or are tied by a small word."""
    apart = right.first - left.last
    tied = apart == 2 and (
        reading.tokens.keys[left.last + 1] in CONNECTORS
        or _between(reading, "through", left.last, right.first)
    )
    return apart == 1 or tied


def _spans(reading: Reading, left: Cue, right: Cue) -> bool:
    """Whether two weekdays are the ends of a span, "Tue-Thu", "Monday to Friday"."""
    if right.first == left.last + 1:
        return reading.tokens.joints[left.last] in (SOFT, INLINE)
    return _between(reading, "through", left.last, right.first)


def _shares(reading: Reading, sentence: Sentence, places: Sequence[_Place]) -> Iterator[_Days]:
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
            if of or ends or any(0 < place.first - position <= _NEAR for place in places):
                yield _Days(position, of[0].last if of else position, _PART, weekly=False)


# -- which days belong to which place ---------------------------------------------------------


def _place_of(reading: Reading, sentence: Sentence, days: _Days, places: Sequence[_Place]) -> _Place | None:
    """The place that days belong to: the office before the home, a named one first, the nearest."""
    near = [
        (apart, place.mode != "onsite", not place.named, distance, place)
        for place in places
        if place.mode != "hybrid"
        for apart, distance in [_distance(reading, sentence, days, place)]
        if distance is not None
    ]
    return min(near)[-1] if near else None


def _distance(reading: Reading, sentence: Sentence, days: _Days, place: _Place) -> tuple[bool, int | None]:
    """(whether a comma parts them, words between), or None where the days are of something else.

    A comma parts days from a home: "remote, 4 days a week" is a short week.
    """
    if days.first <= place.last and place.first <= days.last:
        return False, 0
    behind = days.first > place.last
    low, high = (place.last, days.first) if behind else (days.last, place.first)
    distance = high - low - 1
    leads = not behind and place.mode == "onsite" and reading.cues.within("work_mode.at", low + 1, low + 2)
    if distance > (_FAR if days.weekly or leads else _NEAR) or _between(reading, "elsewhere", low, high):
        return False, None
    if days.amount == _SELDOM and behind and _between(reading, "aside", low, high):
        return False, None
    if COMMA not in reading.tokens.joints[low:high]:
        return False, distance
    other = place.mode != "onsite" or "work_mode.elsewhere" in reading.cues.labels(sentence.begin)
    return True, None if other or not days.weekly or days.amount == _SELDOM else distance


def _between(reading: Reading, label: str, low: int, high: int) -> bool:
    return bool(reading.cues.within(f"work_mode.{label}", low + 1, high))
