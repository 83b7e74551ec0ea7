"""Which of an ad's first lines is its title: pasted pages put the employer or a button above it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

_MARKS = re.compile(r"^(?:(?:subject|betreff|fwd?|re|aw)\s*:\s*)+|^[#*_>\s]+|[*_#\s]+$", re.IGNORECASE)
_END_OF_SENTENCE = (".", "!", "?", ":", ";", ",")
_LONGEST = 140  # characters
_MOST_WORDS = 12  # a longer line is a paragraph
_LONGEST_NAME = 4  # words
_REACH = 2  # lines below the first that may be the title
LINES_ABOVE = 8  # lines that are looked at, with the headings and buttons between


class TopLine(NamedTuple):
    """A line of the top of an ad."""

    text: str
    bullet: bool
    heads: bool  # it is the heading of a section, or states a fact behind a label
    aside: bool  # a heading or fact that can stand above a title: a place, a date, a button


class TitleFinder:
    """Finds the title by the trade that it names, as the reader of roles knows trades."""

    def __init__(
        self, names_trade: Callable[[str], bool], ranks: AbstractSet[str], speaking: AbstractSet[str]
    ) -> None:
        """``ranks`` are words such as "senior", ``speaking`` such as "we" and "the": of sentences."""
        self._names_trade = names_trade
        self._ranks = ranks
        self._speaking = speaking

    def number(self, lines: Sequence[TopLine]) -> int:
        """The place of the title: the first line, unless only one of the next two names a trade."""
        if not lines or self._names_job(lines[0].text):
            return 0
        if not (_is_short(lines[0]) or _is_name(lines[0])):
            return 0
        passed = 0
        for number, line in enumerate(lines[1:], 1):
            if not _is_short(line) or passed == _REACH:
                return 0
            if self._is_title(line, below_heading=lines[0].heads):
                return number
            if not line.heads:
                passed += 1
            elif not (line.aside or lines[0].heads):
                return 0  # the text of the ad begins here, and what stood above it was its title
        return 0

    def _names_job(self, line: str) -> bool:
        """Whether a line names a trade or a rank: a title, if perhaps one of an unknown trade."""
        return not self._ranks.isdisjoint(_words(line)) or self._names_trade(line)

    def _is_title(self, line: TopLine, *, below_heading: bool) -> bool:
        """Whether a line names a trade, and not behind a label or in a sentence ("Reports to: ...")."""
        if line.heads or not self._speaking.isdisjoint(_words(line.text)):
            return False
        named = line.text.split(": ")[0]
        return self._names_job(named) if below_heading else self._names_trade(named)


def _words(line: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", line.lower()))


def _is_short(line: TopLine) -> bool:
    text = line.text.rstrip(": ") if line.heads else line.text
    return not line.bullet and len(text.split()) <= _MOST_WORDS and not text.endswith(_END_OF_SENTENCE)


def _is_name(line: TopLine) -> bool:
    """Whether a line that ends in a stop can be the name of a firm: "Quarrymill Inc."."""
    return not line.bullet and len(line.text.split()) <= _LONGEST_NAME


def without_marks(line: str) -> str:
    """A line without the marks of headings and the prefixes of a mail's subject."""
    return _MARKS.sub("", " ".join(line.split()))


def stated_title(line: str) -> str | None:
    """The title that a line states; None for a sentence, a greeting or a paragraph."""
    bare = without_marks(line)
    return bare if bare and len(bare) <= _LONGEST and not bare.endswith((".", ",")) else None
