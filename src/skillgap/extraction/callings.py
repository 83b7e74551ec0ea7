"""What the text of an ad calls the job: "We are looking for a senior backend developer who ..."."""

from __future__ import annotations

from collections.abc import Iterator

from skillgap.extraction.facts import Reading
from skillgap.extraction.tokens import BREAK

_OPENERS, _FIRST = "calling.openers", "calling.first"
_LONGEST = 10  # words of a job title with what stands before it: "a highly motivated, hands-on ..."


def callings(reading: Reading, ends: frozenset[str]) -> Iterator[str]:
    """The words after each opener of ``calling``, up to one of the folded words ``ends``, in text order."""
    for sentence in reading.saying(_OPENERS, _FIRST):
        cues = reading.cues.within(_OPENERS, sentence.begin, sentence.end)
        first = reading.cues.within(_FIRST, sentence.begin, sentence.end)
        begins = {
            cue.last + 1 for cue in (*cues, *first) if cue.label == _OPENERS or cue.first == sentence.begin
        }
        for begin in sorted(begins):
            if words := _phrase(reading, begin, min(sentence.end, begin + _LONGEST), ends):
                yield words


def _phrase(reading: Reading, begin: int, limit: int, ends: frozenset[str]) -> str:
    tokens = reading.tokens
    end = begin
    while end < limit and tokens.keys[end] not in ends:
        end += 1
        if tokens.joints[end - 1] == BREAK:
            break
    return " ".join(tokens.words[begin:end])
