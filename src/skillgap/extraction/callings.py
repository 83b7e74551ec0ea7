"""What the text of an ad calls the job: "We are looking for a senior backend developer who ..."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from skillgap.extraction.facts import Reading
from skillgap.extraction.tokens import BREAK

_OPENERS, _FIRST = "calling.openers", "calling.first"
_LEVELS = ("intern", "staff_principal", "senior", "entry", "mid")  # "a leader in data" is no manager
_LONGEST = 10  # words of a job title with what stands before it: "a highly motivated, hands-on ..."


class Calling(NamedTuple):
    """Words ``begin..end-1`` of a text that say what the job is."""

    begin: int
    end: int
    words: str


def callings(reading: Reading, ends: frozenset[str]) -> Iterator[Calling]:
    """The words after each opener of ``calling``, up to one of the folded words ``ends``, in text order."""
    for sentence in reading.saying(_OPENERS, _FIRST):
        cues = reading.cues.within(_OPENERS, sentence.begin, sentence.end)
        first = reading.cues.within(_FIRST, sentence.begin, sentence.end)
        begins = {c.last + 1 for c in (*cues, *first) if c.label == _OPENERS or c.first == sentence.begin}
        for begin in sorted(begins):
            end = _end(reading, begin, min(sentence.end, begin + _LONGEST), ends)
            if end > begin:
                yield Calling(begin, end, " ".join(reading.tokens.words[begin:end]))


def called_seniority(reading: Reading, called: Iterable[Calling]) -> str | None:
    """The seniority in the first calling that names one: "we are seeking a senior data engineer"."""
    for calling in called:
        for level in _LEVELS:
            if reading.cues.within(f"seniority.{level}", calling.begin, calling.end):
                return level
    return None


def _end(reading: Reading, begin: int, limit: int, ends: frozenset[str]) -> int:
    keys, joints = reading.tokens.keys, reading.tokens.joints
    end = begin
    while end < limit and keys[end] not in ends:
        end += 1
        if joints[end - 1] == BREAK:
            break
    return end
