"""Text -> lines as the writer meant them: hard wraps joined, bullets cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_BULLET = re.compile(
    r"\s*(?!\*\*|__|\*[^\s*][^*\n]*\*\s*$)(?:[-\u2013\u2014*\u2022\u2023\u2043\u2219\u25aa\u25ab\u25cf\u25e6\u25cb\u25a0\u25a1\u2605\u2713\u2714\u2794\u2192\u27a2\u27a4\u2756\u25c6\u2666\u25ba\u25b6\u00b7\u203a\u00bb+~]+(?=\s|\w|\")"
    r"|o(?=[ \t]+\S)|\(?\d{1,2}[.)](?=\s|[A-Za-z])|\(?[a-z][)](?=\s))[ \t]*"
)
_INLINE_BULLET = re.compile(r"[ \t][\u2022\u25cf\u25aa\u25e6\u2023\uf0b7][ \t]*(?=\S)")
_LABEL = re.compile(r"[A-Z][\w/&]*(?: [\w/&]+){0,2}:\s")  # "Learning: Rust" opens a line of its own
_PERIOD = re.compile(r"\(?(?:\d{1,2}[/.]\s?){0,2}(?:19|20)\d\d\s*(?:[-\u2013\u2014/]|to\b|until\b)")
_MIN_WRAP, _MAX_WRAP = 50, 132  # columns between which mail programs and terminals wrap
_FULL, _FEWEST_FULL = 0.75, 3  # one long line is no wrapped text; several of about its length are
_SHORTEST_WRAPPED = 20  # a shorter line is an item of a list, wrapped or not
END_OF_SENTENCE = (".", "!", "?", ":", ";")


class Line(NamedTuple):
    """Characters ``start..end-1`` of one line as its writer meant it."""

    start: int  # of the content, after the bullet
    end: int
    bullet: bool


def physical_lines(text: str) -> list[tuple[int, int]]:
    """(start, end) of each line as it stands, without its line end."""
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    return lines


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int:
    """The column at which this text was wrapped, or 0 if it was not."""
    lengths = [len(text[a:b].rstrip()) for a, b in lines]
    longest = max(lengths, default=0)
    full = sum(length >= _FULL * longest for length in lengths)
    return longest if _MIN_WRAP <= longest <= _MAX_WRAP and full >= _FEWEST_FULL else 0


def _continues(
    text: str, above: tuple[int, int], below: tuple[int, int], width: int, openers: frozenset[str]
) -> bool:
    """Whether the line below goes on with the sentence above: a wrap, not a new line.

    ``openers`` are small words ("no", "the") that have a capital only where a sentence begins.
    """
    upper, lower = text[slice(*above)].rstrip(), text[slice(*below)].strip()
    if not upper or not lower or _BULLET.match(text, below[0], below[1]):
        return False
    if upper.endswith("-") and len(upper) > 1 and upper[-2].isalnum():
        return True
    first_word = lower.split(maxsplit=1)[0]
    ended = upper.endswith(END_OF_SENTENCE)
    opens = not ended and first_word[0].isupper() and first_word.rstrip(",").lower() in openers
    if opens or _LABEL.match(lower) or _PERIOD.match(lower):
        return False
    long_enough = len(upper) >= _SHORTEST_WRAPPED
    if lower[0].islower() and long_enough and not ended:
        return True
    if upper.endswith((".", "!", "?")) and lower.endswith(":"):
        return False  # a heading under a full line
    would_not_fit = bool(width) and len(upper) + 1 + len(first_word) > width
    return would_not_fit and not upper.endswith(":")


def logical_lines(text: str, openers: frozenset[str]) -> Iterator[Line]:
    """Lines with their wraps joined and their bullets cut off; inline bullets split a line."""
    lines = physical_lines(text)
    width = _wrap_width(text, lines)
    position = 0
    while position < len(lines):
        start, end = lines[position]
        position += 1
        if not text[start:end].strip():
            continue
        above = lines[position - 1]
        while position < len(lines) and _continues(text, above, lines[position], width, openers):
            above = lines[position]
            end = above[1]
            position += 1
        yield from _split_bullets(text, start, end)


def _split_bullets(text: str, start: int, end: int) -> Iterator[Line]:
    cuts = [match for match in _INLINE_BULLET.finditer(text, start, end) if match.start() > start]
    edges = [(start, cuts[0].start() if cuts else end)]
    for number, cut in enumerate(cuts):
        following = cuts[number + 1].start() if number + 1 < len(cuts) else end
        edges.append((cut.end(), following))
    for number, (first, last) in enumerate(edges):
        bullet = _BULLET.match(text, first, last)
        content = bullet.end() if bullet else first
        while content < last and text[content].isspace():
            content += 1
        stop = last
        while stop > content and text[stop - 1].isspace():
            stop -= 1
        if stop > content:
            yield Line(content, stop, bullet is not None or number > 0)
