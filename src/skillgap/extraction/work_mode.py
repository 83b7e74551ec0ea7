"""Whether an ad asks for work at home, in the office or in both.

A mode is named ("remote", "on-site"), or it follows from the days of a place: 1 to 4 a week are
hybrid, 5 are the place's own mode, days of a month or a year say nothing. A denied mode does not
count. The words are in ``cues.yaml``, ``work_mode``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import Cue
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.tokens import COMMA, SOFT
from skillgap.extraction.work_days import FAR, NEAR, PART, SELDOM, Days, between, days_of, parted

_MODES = ("hybrid", "remote", "onsite")  # the first that is stated is the ad's
_SPEAKING = tuple(f"work_mode.{name}" for name in (*_MODES, "some_days", "office", "home"))
_DENIAL_REACH = 3  # words between "no" and what it denies
_DENIAL = 8  # words on either side that can hold a denial
_BASED_REACH = 4  # words from "work from our" to the office
_CONDITION_REACH = 12  # words of a condition that a full stop can cut off


class _Place(NamedTuple):
    """Words that name a place of work; only a ``named`` one states its mode by itself."""

    first: int
    last: int
    mode: str
    named: bool
    whole: bool = False


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
    counted = days_of(reading, sentence, {place.first for place in places}) if binding else []
    for days in counted:
        place = _place_of(reading, sentence, days, places)
        if place is None or place in silent or place.whole:
            continue
        if days.amount == PART:
            seen.add("hybrid")
        elif days.amount == SELDOM:
            silent.add(place)
        elif place.named or place.mode == "onsite":
            seen.add(place.mode)
    parted = "work_mode.part" in reading.cues.labels(sentence.begin)
    for place in places:
        if place.named and place not in silent:
            seen.add("hybrid" if parted and place.mode == "remote" else place.mode)
    return seen | _unnumbered(reading, sentence, counted) if binding else seen


def _unnumbered(reading: Reading, sentence: Sentence, counted: Sequence[Days]) -> set[str]:
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
        if near and not parted(reading, opener.last, near[0].first):
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
            if close and cue.first not in spared and not parted(reading, cue.last, place.first):
                return True
    for label in ("negation.after", "work_mode.denied_after"):
        for cue in cues.within(label, place.last + 1, min(end, place.last + _DENIAL)):
            between = cue.first - place.last - 1
            if between <= _DENIAL_REACH and not (between and parted(reading, place.last, cue.first)):
                return True
    return place.last + 2 == end and bool(cues.within("work_mode.refused", end - 1, end))


def _of_some_hires(reading: Reading, sentence: Sentence) -> bool:
    """Whether it opens with a condition, or goes on after one: a full stop in "D.C." ends no sentence."""
    if "work_mode.some_hires" in reading.cues.labels(sentence.begin):
        return True
    if not reading.tokens.words[sentence.begin][0].islower():
        return False
    before = reading.cues.within("work_mode.some_hires", sentence.begin - _CONDITION_REACH, sentence.begin)
    return any(reading.tokens.starts[cue.first] >= sentence.block.start for cue in before)


# -- which days belong to which place ---------------------------------------------------------


def _place_of(reading: Reading, sentence: Sentence, days: Days, places: Sequence[_Place]) -> _Place | None:
    """The place that days belong to: the office before the home, a named one first, the nearest."""
    near = [
        (apart, place.mode != "onsite", not place.named, distance, place)
        for place in places
        if place.mode != "hybrid"
        for apart, distance in [_distance(reading, sentence, days, place)]
        if distance is not None
    ]
    return min(near)[-1] if near else None


def _distance(reading: Reading, sentence: Sentence, days: Days, place: _Place) -> tuple[bool, int | None]:
    """(whether a comma parts them, words between), or None where the days are of something else.

    A comma parts days from a home: "remote, 4 days a week" is a short week.
    """
    if days.first <= place.last and place.first <= days.last:
        return False, 0
    behind = days.first > place.last
    low, high = (place.last, days.first) if behind else (days.last, place.first)
    distance = high - low - 1
    leads = not behind and place.mode == "onsite" and reading.cues.within("work_mode.at", low + 1, low + 2)
    if distance > (FAR if days.weekly or leads else NEAR) or between(reading, "elsewhere", low, high):
        return False, None
    if days.amount == SELDOM and behind and between(reading, "aside", low, high):
        return False, None
    if COMMA not in reading.tokens.joints[low:high]:
        return False, distance
    other = place.mode != "onsite" or "work_mode.elsewhere" in reading.cues.labels(sentence.begin)
    return True, None if other or not days.weekly or days.amount == SELDOM else distance
