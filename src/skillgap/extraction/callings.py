"""What the text of an ad calls the job: "We are looking for a senior backend developer who ..."."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import Cue
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.tokens import BREAK

_OPENERS, _FIRST, _JOINING, _OTHER = (f"calling.{part}" for part in ("openers", "first", "joining", "other"))
_LEVELS = ("intern", "entry", "mid", "senior", "staff_principal")  # "a leader in data" is no manager
_BEFORE = 4  # words before an opener in which it is turned to somebody else: "we are also hiring a"
_NAME = 5  # words between "join" and "as a"
_LONGEST = 10  # words of a job title with what stands before it: "a highly motivated, hands-on ..."


class Calling(NamedTuple):
    """Words ``begin..end-1`` of a text that say what the job is."""

    begin: int
    end: int
    words: str


def callings(reading: Reading, ends: frozenset[str]) -> Iterator[Calling]:
    """The words after each opener of ``calling``, up to one of the folded words ``ends``, in text order."""
    for sentence in reading.saying(_OPENERS, _FIRST):
        for begin in sorted({cue.last + 1 for cue in _opening(reading, sentence)}):
            end = _end(reading, begin, min(sentence.end, begin + _LONGEST), ends)
            if end > begin:
                yield Calling(begin, end, " ".join(reading.tokens.words[begin:end]))


def _opening(reading: Reading, sentence: Sentence) -> Iterator[Cue]:
    """The cues that open a calling, unless they are about somebody else."""
    cues = reading.cues
    joins = any(cue.first == sentence.begin for cue in cues.within(_JOINING, sentence.begin, sentence.end))
    for cue in cues.within(_OPENERS, sentence.begin, sentence.end):
        if not cues.within(_OTHER, max(sentence.begin, cue.first - _BEFORE), cue.first):
            yield cue
    for cue in cues.within(_FIRST, sentence.begin, sentence.end):
        if cue.first - sentence.begin <= (_NAME if joins else 0):
            yield cue


def called_seniority(reading: Reading, calling: Calling) -> str | None:
    """The seniority in a calling, of several the lowest: "we are seeking a senior data engineer"."""
    cues, begin, end = reading.cues, calling.begin, calling.end
    return next((level for level in _LEVELS if cues.within(f"seniority.{level}", begin, end)), None)


def _end(reading: Reading, begin: int, limit: int, ends: frozenset[str]) -> int:
    keys, joints = reading.tokens.keys, reading.tokens.joints
    end = begin
    while end < limit and keys[end] not in ends:
        end += 1
        if joints[end - 1] == BREAK:
            break
    return end
