"""Lines of columns -> paragraphs: wraps are undone, items and headings stay lines of their own.

A line goes on in the next if the next one's first word had no place on it any more; where that is
not enough, indents, fonts, bullets and the ends of sentences decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from skillgap.reading.hyphens import HYPHENS, Hyphens

_FEWEST_WORDS = 4  # in a line that goes on in the next; fewer are items of a list
_FEWEST_FULL = 3  # lines that reach it make an edge
_GLUED = re.compile(r"\w[/\u2014]$")  # what no space follows: "CI/" and "CD", a dash
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S+")
_DATED = re.compile(
    r"(?:\b(?:19|20)\d\d|[Pp]resent|[Tt]oday|[Nn]ow)\)?$"
)  # the end of an entry, not of prose
_LABEL = re.compile(r"(?:- )?[A-Z][\w &/+-]{1,30}:\s")
_WORD = re.compile(r"[^\W\d_]{2,}|\b[aAI]\b")
_SAME_PLACE, _HANGING = 3.0, 5.0  # points


@dataclass(slots=True)
class Line:
    """One line of a column, or one row of a table."""

    text: str
    x0: float  # where its last cell begins
    text_x: float  # where its text begins, behind a bullet
    x1: float
    y: float
    size: float
    first_font: int
    last_font: int
    one_font: bool
    cells: int
    right: float  # where lines of its column end
    word: float = 0.0  # the width of its first word
    item: bool = False
    new_block: bool = True
    table: bool = False

    @property
    def indent(self) -> float:
        """How far the text stands right of its bullet, in points."""
        return self.text_x - self.x0


def paragraphs(lines: Sequence[Line], *, divides: bool) -> str:
    """The text of these lines, wraps undone, with blank lines between blocks.

    ``divides``: the lines come from a program that divides words at line ends.
    """
    hyphens = Hyphens((line.text for line in lines), divides=divides)
    edges = _edges(lines)
    apart = _unspaced(lines, edges)
    out: list[str] = []
    above: Line | None = None
    start: Line | None = None  # of the paragraph that the line above belongs to
    for line, edge, unspaced in zip(lines, edges, apart, strict=True):
        ended = unspaced and above is not None and above.text[-1] in ".!?" and not line.text[:1].islower()
        if above is not None and start is not None and not ended and _continues(above, line, edge, start):
            upper = out[-1]
            if upper[-1] in HYPHENS and upper[-2:-1].isalnum():
                out[-1] = hyphens.join(upper, line.text)
            else:
                out[-1] = upper + ("" if _GLUED.search(upper) else " ") + line.text
        else:
            items = start is not None and start.item and line.item
            if out and not items and (line.new_block or (above is not None and above.table != line.table)):
                out.append("")
            out.append(line.text)
            start = line
        above = line
    text = "\n".join(out).translate({0x02: "-", 0xFFFE: "-"})
    return text + "\n" if text.strip() else ""


def _edges(lines: Sequence[Line]) -> list[float]:
    """Where each line would have had to wrap: the end of the longest with the same indent, or column."""
    ends: dict[tuple[float, int], list[float]] = {}
    columns: dict[float, float] = {}
    for line in lines:
        columns[line.right] = max(columns.get(line.right, 0.0), line.x1)
        if line.cells == 1:
            ends.setdefault((line.right, round(line.text_x / 3)), []).append(line.x1)
    edges = []
    for line in lines:
        same = ends.get((line.right, round(line.text_x / 3)), [])
        edge = max(same, default=0.0)
        full = sum(end > line.text_x + 0.9 * (edge - line.text_x) for end in same)
        edges.append(edge if full >= _FEWEST_FULL else columns[line.right])
    return edges


def _unspaced(lines: Sequence[Line], edges: Sequence[float]) -> list[bool]:
    """For each line, whether its block holds paragraphs without any space between them.

    There a full line that ends a sentence ends a paragraph, too; elsewhere it is prose that goes on.
    """
    result = [False] * len(lines)
    first = 0
    for index in range(1, len(lines) + 1):
        line = lines[index] if index < len(lines) else None
        if line is not None and not (line.new_block or line.item or line.cells > 1 or line.table):
            above = lines[index - 1]
            if abs(line.size - above.size) < 0.12 * above.size and line.first_font == above.last_font:
                continue
        block = range(first, index)
        if any(fits(lines[i].x1, lines[i + 1].word, lines[i].size, edges[i]) for i in block[:-1]):
            result[first:index] = [True] * len(block)
        first = index
    return result


def _continues(above: Line, line: Line, edge: float, start: Line) -> bool:
    """Whether a line goes on with the one above, in the paragraph that begins with ``start``."""
    hyphen = above.text[-1] in HYPHENS and above.text[-2:-1].isalnum()
    if _is_apart(above, line) or hyphen or _looks_new(above, line, start):
        return hyphen and not _is_apart(above, line)
    lower = line.text[:1].islower()
    words = len(_WORD.findall(above.text))
    full = not fits(above.x1, line.word, line.size, edge)
    at_text = abs(line.x0 - start.text_x) < _SAME_PLACE
    if line.y <= above.y:  # the next column or page
        return above.text[-1] not in ".:;!?" and words >= _FEWEST_WORDS and (lower or (full and at_text))
    if above.right != line.right or not -_SAME_PLACE <= line.x0 - start.x0 <= start.indent + _SAME_PLACE:
        return False
    if start.item and (at_text or not lower) and start.indent > _HANGING:
        return at_text  # a hanging indent, or out of the item
    wordy = words >= _FEWEST_WORDS or (words > 1 and (lower or above.text.endswith(",")))
    return full and wordy


def _is_apart(above: Line, line: Line) -> bool:
    """Whether an item, a row of a table or a new block begins."""
    return line.item or line.table or above.table or line.cells > 1 or (line.new_block and line.y > above.y)


def _looks_new(above: Line, line: Line, start: Line) -> bool:
    """Whether letters or words say that something new begins, wherever the line stands."""
    if abs(line.size - above.size) > 0.12 * above.size:
        return True
    if above.one_font and line.one_font and line.first_font != above.last_font:
        return True  # a heading over text
    if _ADDRESS.search(line.text.split(" ", 1)[0]) or _ADDRESS.fullmatch(above.text):
        return True
    if _LABEL.match(line.text) and _LABEL.match(start.text):
        return True
    ends = above.text.endswith(":") or _ADDRESS.search(above.text) or _DATED.search(above.text)
    return bool(ends) and not line.text[:1].islower()


def fits(end: float, word: float, size: float, right: float) -> bool:
    """Whether a word would still have had its place on a line that ends at ``end``."""
    return end + 0.3 * size + word <= right
