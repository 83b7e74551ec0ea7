"""What an ad states about itself: seniority, years, degree, pay, work mode, conditions.

Facts come from the text; what is absent stays absent. Words and phrases are in ``cues.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from skillgap.extraction.context import Sentence, parentheses
from skillgap.extraction.cues import Cue
from skillgap.extraction.figures import figure_before, number_of
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.salary import speaks_of_money, stated_pay
from skillgap.extraction.tokens import PLUS, SLASH, SOFT, Tokens
from skillgap.extraction.work_mode import work_mode
from skillgap.model import Condition, Degree, Facts, Salary

_DEGREES = ("bachelor", "master", "phd")
_SENIORITIES = ("intern", "staff_principal", "lead_manager", "senior", "entry", "mid")
_CONDITIONS = ("work_permit", "clearance", "licence", "travel", "time_zone", "contract")
_OFFERED = frozenset({"travel", "contract"})  # among the benefits these are given, not asked
_MAX_YEARS = 25  # more is a company's age
_MAX_CONDITIONS = 8
_OR_MORE = ["or", "more"]
_FIGURE_REACH = 7  # words after "years" in which its figure may follow
_MAX_QUOTE = 200
_QUOTED_WHOLE, _QUOTED_BEFORE = 12, 4  # words: of a report's line, and before the condition


def read_facts(reading: Reading) -> Facts:
    """All facts of one ad."""
    return Facts(
        seniority=_seniority(reading),
        years_min=_years(reading),
        degree=_degree(reading),
        salary=_salary(reading),
        work_mode=work_mode(reading),
        conditions=_conditions(reading),
    )


def years_words(cues: Mapping[str, Any]) -> dict[str, int]:
    """``five`` -> 5, from the ordered list ``years.numbers``."""
    return {word: number for number, word in enumerate(cues["years"]["numbers"])}


def _title(reading: Reading) -> Sentence | None:
    titles = [s for s in reading.sentences if s.block.section == "title"]
    return Sentence(titles[0].block, titles[0].begin, titles[-1].end) if titles else None


def _seniority(reading: Reading) -> str | None:
    """From the title only: "work with senior engineers" says nothing about the job."""
    title = _title(reading)
    if title is None:
        return None
    no_manager = {
        word
        for cue in reading.cues.within("seniority.role_words", title.begin, title.end)
        for word in range(cue.first, cue.last + 1)
    }
    found = [
        (cue.first - cue.last, order, level)
        for order, level in enumerate(_SENIORITIES)
        for cue in reading.cues.within(f"seniority.{level}", title.begin, title.end)
        if cue.last not in no_manager
    ]
    if not found:
        return None
    level = min(found)[2]  # the longest phrase, then the surest level
    either = level == "staff_principal" and any(other == "senior" for _, _, other in found)
    return "senior" if either and _is_choice(reading, title) else level


def _is_choice(reading: Reading, title: Sentence) -> bool:
    """Whether the title offers two levels, "Senior/Staff": the lower one will do."""
    tops = reading.cues.within("seniority.staff_principal", title.begin, title.end)
    joints = reading.tokens.joints
    if any(joints[word] in (SLASH, PLUS) for c in tops for word in range(c.first, c.last)):
        return True
    inside = {word for c in tops for word in range(c.first, c.last + 1)}  # "Sr." in "Sr. Staff"
    lower = [
        c.first
        for c in reading.cues.within("seniority.senior", title.begin, title.end)
        if c.first not in inside
    ]
    return any(
        abs(top.first - b) == 1 and joints[min(top.first, b)] in (SLASH, PLUS) for top in tops for b in lower
    )


# -- years ----------------------------------------------------------------------------------


def years_at(tokens: Tokens, numbers: Mapping[str, int], unit: Cue, begin: int) -> int | None:
    """The lower figure before "years" at ``unit``: "5", "3-5", "five or more", "6 to 7"."""
    figure = figure_before(tokens, numbers, unit.first, begin)
    return figure if figure is not None and figure <= _MAX_YEARS else None


def _years(reading: Reading) -> int | None:
    """The overall minimum: the first figure asked for; of alternatives ("or 8 with a PhD") the lowest."""
    speaking = reading.saying("years.units")
    for sentence in speaking:
        figures = _figures(reading, sentence)
        if not figures:
            continue
        figures += [
            figure
            for other in speaking
            if other.block is sentence.block and other.begin >= sentence.end
            for figure in _figures(reading, other)
        ]
        overall = _overall(reading, sentence)
        return _smallest(reading, sentence, figures) if overall is None else overall
    return None


def _overall(reading: Reading, sentence: Sentence) -> int | None:
    """The figure that the sentence itself calls the total: "two managing, eight in software altogether"."""
    for unit in reading.cues.within("years.units", sentence.begin, sentence.end):
        near = max(sentence.begin, unit.first - 4), min(sentence.end, unit.last + 8)
        if reading.cues.within("years.overall", *near):
            figure = years_at(reading.tokens, reading.years_words, unit, sentence.begin)
            if figure is not None and _asks_years(reading, sentence, unit):
                return figure
    return None


def _smallest(reading: Reading, sentence: Sentence, figures: Sequence[int]) -> int:
    """Of "5 years with a bachelor's or 2 with a master's" the smaller; "0 with a PhD" asks for none."""
    words = {reading.tokens.keys[i] for i in range(sentence.begin, sentence.end)}
    by_degree = any(
        reading.cues.within(f"degree.{level}", sentence.begin, sentence.end) for level in _DEGREES
    )
    return min(filter(None, figures), default=0) if by_degree and "or" in words else figures[0]


def _figures(reading: Reading, sentence: Sentence) -> list[int]:
    if reading.silent(sentence) or sentence.block.section in ("title", "preferred"):
        return []
    result = []
    for unit in reading.cues.within("years.units", sentence.begin, sentence.end):
        figure = years_at(reading.tokens, reading.years_words, unit, sentence.begin)
        if figure is None:
            figure = _years_behind(reading, sentence, unit)
        if figure is None or not _asks_years(reading, sentence, unit):
            continue
        result.append(figure)
    return result


def _years_behind(reading: Reading, sentence: Sentence, unit: Cue) -> int | None:
    """A minimum that follows its unit: "several years (6 or more)", "years of experience: 5+"."""
    tokens = reading.tokens
    for position in range(unit.last + 1, min(sentence.end, unit.last + _FIGURE_REACH)):
        figure = number_of(tokens.words[position], reading.years_words)
        more = (
            tokens.words[position].endswith("+")
            or [word.lower() for word in tokens.words[position + 1 : position + 3]] == _OR_MORE
        )
        if figure is not None and more and figure <= _MAX_YEARS:
            return figure
    return None


def _asks_years(reading: Reading, sentence: Sentence, unit: Cue) -> bool:
    """Years of experience, not the company's age, a contract's length or a period in the past."""
    cues = reading.cues
    if cues.within("years.not_before", max(sentence.begin, unit.first - 5), unit.first):
        return False
    if cues.within("years.not_after", unit.last + 1, min(sentence.end, unit.last + 4)):
        return False
    if _instead_of_degree(reading, sentence, unit):
        return False
    asked = sentence.block.section in ("requirements", "stack")
    return asked or bool(cues.within("years.of", sentence.begin, sentence.end))


def _instead_of_degree(reading: Reading, sentence: Sentence, unit: Cue) -> bool:
    """Whether the years stand in for a degree: "(or four years of equivalent experience)"."""
    near = reading.tokens.keys[max(sentence.begin, unit.first - 4) : unit.first]
    return "or" in near and bool(
        reading.cues.within("years.instead", unit.last + 1, min(sentence.end, unit.last + 5))
    )


# -- degree ---------------------------------------------------------------------------------


def _degree(reading: Reading) -> Degree | None:
    """The lowest degree that satisfies the ad; optional if experience will do or it is a wish."""
    best: Degree | None = None
    for sentence in reading.saying(*(f"degree.{level}" for level in (*_DEGREES, "any"))):
        if sentence.block.section in ("eeo", "benefits"):
            continue
        named = _named_degree(reading, sentence)
        if named is None:
            continue
        level, at = named
        required = sentence.block.section != "preferred" and not _optional(reading, sentence, at)
        degree = Degree(level, required)
        lower = best is not None and _DEGREES.index(level) < _DEGREES.index(best.level)
        if best is None or (required, lower) > (best.required, False):
            best = degree
    return best


def _named_degree(reading: Reading, sentence: Sentence) -> tuple[str, int] | None:
    """(lowest level, its word); a degree in general counts as a bachelor's if no other is named."""
    for level in (*_DEGREES, "any"):
        for cue in reading.cues.within(f"degree.{level}", sentence.begin, sentence.end):
            if _is_degree(reading, sentence, cue):
                return ("bachelor" if level == "any" else level), cue.first
    return None


def _is_degree(reading: Reading, sentence: Sentence, cue: Cue) -> bool:
    """Short forms ("MS", "BE") only in capitals on a line about degrees; not denied; not a substitute."""
    words = reading.tokens.words[cue.first : cue.last + 1]
    short = all(len(word) <= 2 for word in words)
    capitals = words[0][0].isupper() and words[-1][-1:].isupper() and _stands_alone(reading, cue)
    if short and not (capitals and reading.cues.within("degree.line", sentence.begin, sentence.end)):
        return False
    denials = reading.cues.within("negation.before", max(sentence.begin, cue.first - 4), cue.first)
    denied_before = any(not _parted(reading.tokens, denial.last, cue.first) for denial in denials)
    if denied_before or reading.cues.within("negation.after", cue.last + 1, min(sentence.end, cue.last + 6)):
        return False
    instead = cue.first > sentence.begin and reading.tokens.keys[cue.first - 1] == "or"
    return not (instead and reading.cues.within("years.units", sentence.begin, cue.first))


def _parted(tokens: Tokens, low: int, high: int) -> bool:
    """Whether a comma or a dash stands between two words: "no PhD needed - a degree is fine"."""
    between = tokens.text[tokens.ends[low] : tokens.starts[high]]
    return " - " in between or any(sign in between for sign in ",;\u2013\u2014")


def _stands_alone(reading: Reading, cue: Cue) -> bool:
    """Not "MS SharePoint": a short degree is followed by a sign or by a small word such as "in"."""
    tokens = reading.tokens
    return tokens.joints[cue.last] != SOFT or tokens.words[cue.last + 1][0].islower()


def _optional(reading: Reading, sentence: Sentence, at: int) -> bool:
    """Whether experience will do instead, or the degree is only a wish."""
    begin, end = sentence.begin, _end_of_block(reading, sentence)
    strict = {cue.first for cue in reading.cues.within("degree.not_equivalent", begin, end)}
    if any(
        not strict.intersection(range(cue.first, cue.last + 1))
        for cue in reading.cues.within("degree.equivalent", begin, end)
    ):
        return True
    if _years_will_do(reading, sentence, at):
        return True
    brackets = parentheses(reading.tokens, begin, end)
    others = [
        cue.first
        for level in _DEGREES
        for cue in reading.cues.within(f"degree.{level}", at + 1, sentence.end)
    ]
    return any(
        brackets.get(cue.first) == brackets.get(at) and not any(at < other < cue.first for other in others)
        for cue in reading.cues.within("degree.preferred", begin, sentence.end)
    )


def _years_will_do(reading: Reading, sentence: Sentence, at: int) -> bool:
    """Whether "... or 13+ years of relevant work experience" ends the line, with no degree after it."""
    units = reading.cues.within("years.units", at + 1, sentence.end)
    if not units:
        return False
    last = units[-1]
    named = any(reading.cues.within(f"degree.{d}", last.first, sentence.end) for d in (*_DEGREES, "any"))
    return not named and "or" in reading.tokens.keys[max(at, last.first - 4) : last.first]


def _end_of_block(reading: Reading, sentence: Sentence) -> int:
    return min(reading.block_ends[sentence.block.start], sentence.end + 25)


# -- pay, place of work, conditions -----------------------------------------------------------


def _salary(reading: Reading) -> Salary | None:
    if not speaks_of_money(reading.tokens):
        return None
    return stated_pay(reading.tokens.text, reading.pay, ((b.start, b.end) for b in reading.blocks))


def _conditions(reading: Reading) -> tuple[Condition, ...]:
    found: list[Condition] = []
    taken: set[tuple[str, int]] = set()
    for sentence in reading.saying(*(f"conditions.{kind}" for kind in _CONDITIONS)):
        wish = sentence.block.section == "preferred" and sentence.block.bullet
        if wish or sentence.block.section == "title" or _is_law(reading, sentence):
            continue
        for kind in _CONDITIONS:
            if sentence.block.section == "benefits" and kind in _OFFERED:
                continue
            if f"conditions.{kind}" not in reading.cues.labels(sentence.begin):
                continue
            start = reading.tokens.starts[_quoted_from(reading, sentence, kind)]
            end = min(reading.tokens.ends[sentence.end - 1], start + _MAX_QUOTE)
            if (kind, start) not in taken and len(found) < _MAX_CONDITIONS:
                taken.add((kind, start))
                text = re.sub(r"[\s\x00]+", " ", reading.tokens.text[start:end])
                found.append(Condition(kind, text, start, end))
    return tuple(found)


def _quoted_from(reading: Reading, sentence: Sentence, kind: str) -> int:
    """The word that the quote begins with: of a long sentence only what stands near the condition."""
    cue = reading.cues.within(f"conditions.{kind}", sentence.begin, sentence.end)[0]
    return sentence.begin if cue.last - sentence.begin < _QUOTED_WHOLE else cue.first - _QUOTED_BEFORE


def _is_law(reading: Reading, sentence: Sentence) -> bool:
    """Equal-opportunity sentences name citizenship and the like without asking for it."""
    return "boilerplate" in reading.cues.labels(sentence.begin) or sentence.block.section == "eeo"
