"""Regions of a page: columns that are read one after the other, tables, and plain runs of lines.

A gutter is a place where several lines begin and which no line crosses. Whether what lies on its
two sides are columns or the cells of a table is told by the order in which the PDF writes them
(column by column, or row by row) and by whether their lines stand level.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

_MIN_ROWS = 3  # on either side of a gutter
_LEVEL = 0.4  # of the letters' height: baselines nearer than that are one row
_SAME_X = 2.5  # points
_MAX_CANDIDATES, _MAX_DEPTH = 16, 8
_ALIGNED_SHARE, _TABLE_SHARE = 0.75, 0.6


@dataclass(slots=True)
class Piece:
    """Text on one baseline without a wide gap; ``x0 x1 y`` in points from the left and top edge.

    ``size`` is the height of its letters with ascenders and descenders, ``order`` its place in what
    the PDF writes, ``font`` and ``last_font`` name the fonts of its first and last letter.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    font: int
    order: int
    last_font: int
    spaces: list[float] = field(default_factory=list)  # the widths of those in it
    word: float = 0.0  # the width of its first word
    bullet: float = 0.0  # how far right of x0 the text begins, if a bullet stands before it


@dataclass(slots=True)
class Region:
    """Pieces that are read together: as lines of one column, or as the rows of a table."""

    pieces: list[Piece]
    right: float  # where its lines have to end
    table: bool = False


Row = list[Piece]


def rows_of(pieces: Sequence[Piece]) -> list[Row]:
    """Pieces with a common baseline, from top to bottom, each row from left to right."""
    rows: list[Row] = []
    for piece in sorted(pieces, key=lambda p: (p.y, p.x0)):
        row = rows[-1] if rows else None
        if row and piece.y - row[0].y <= _LEVEL * max(p.size for p in (piece, *row[-3:])):
            row.append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda p: (p.x0, p.order))
    return rows


def regions(pieces: Sequence[Piece], right: float, depth: int = 0) -> list[Region]:
    """The regions of a page or column in reading order; ``right`` is where its lines have to end."""
    if not pieces:
        return []
    rows = rows_of(pieces)
    cut = _gutter(rows) if depth < _MAX_DEPTH else None
    if cut is None:
        return [Region(list(pieces), right)]
    x, first, last, limit = cut
    while last < limit and _goes_on_left(rows[first : last + 1], rows[last + 1], x):
        last += 1
    inside = [piece for row in rows[first : last + 1] for piece in row]
    left_side = [piece for piece in inside if piece.x0 < x]
    right_side = [piece for piece in inside if piece.x0 >= x]
    kind = _relation(left_side, right_side)
    if kind == "columns":
        middle = [*regions(left_side, x, depth + 1), *regions(right_side, right, depth + 1)]
    else:
        both = [i for i in range(first, last + 1) if any(p.x0 < x for p in rows[i]) and rows[i][-1].x0 >= x]
        first, last = both[0], both[-1]
        while last + 1 < len(rows) and _hangs(rows[last], rows[last + 1], x):
            last += 1
        inside = [piece for row in rows[first : last + 1] for piece in row]
        middle = [Region(inside, right, table=kind == "table")]
    above = [piece for row in rows[:first] for piece in row]
    below = [piece for row in rows[last + 1 :] for piece in row]
    return [*regions(above, right, depth + 1), *middle, *regions(below, right, depth + 1)]


def _hangs(above: Row, row: Row, x: float) -> bool:
    """Whether a row only goes on with the cells right of the gutter."""
    near = row[0].y - above[0].y < 1.6 * row[0].size
    return near and all(piece.x0 >= x - _SAME_X for piece in row)


def _goes_on_left(rows: Sequence[Row], below: Row, x: float) -> bool:
    """Whether a row under the right column was still written with the left one."""
    left = [piece.order for row in rows for piece in row if piece.x0 < x]
    right = [piece.order for row in rows for piece in row if piece.x0 >= x]
    if min(left) > max(right):  # the left column was written last
        return all(piece.order <= max(left) + len(below) for piece in below)
    return all(piece.order < min(right) for piece in below)


def _gutter(rows: Sequence[Row]) -> tuple[float, int, int, int] | None:
    """(x, first row, last row, last row that does not cross) of the gutter with most rows, or None."""
    leftmost = min(row[0].x0 for row in rows)
    starts = Counter(round(piece.x0 / _SAME_X) for row in rows for piece in row if piece.x0 > leftmost + 20)
    best: tuple[int, float, int, int, int] | None = None
    for step, _ in sorted(starts.items(), key=lambda item: (-item[1], item[0]))[:_MAX_CANDIDATES]:
        if starts[step] + starts[step + 1] + starts[step - 1] < _MIN_ROWS:
            continue
        x = (step - 1) * _SAME_X
        for first, last, limit, weight in _open_ranges(rows, x):
            if best is None or weight > best[0]:
                best = (weight, x, first, last, limit)
    return best[1:] if best else None


def _open_ranges(rows: Sequence[Row], x: float) -> list[tuple[int, int, int, int]]:
    """(first, last, limit, weight) of the runs of rows that nothing crosses at ``x``.

    ``first`` and ``last`` are the outermost rows where text begins at ``x``; ``limit`` is where the run
    ends. The weight is how many rows there are left and right of ``x``.
    """
    found = []
    begun: list[int] = []
    for index in range(len(rows) + 1):
        row = rows[index] if index < len(rows) else None
        if row is not None and not any(p.x0 < x < p.x1 + 0.3 * p.size for p in row):
            if any(abs(p.x0 - x) <= 2 * _SAME_X for p in row):
                begun.append(index)
            continue
        if len(begun) >= _MIN_ROWS:
            inside = rows[begun[0] : begun[-1] + 1]
            left = sum(row[0].x0 < x for row in inside)
            right = sum(row[-1].x0 >= x for row in inside)
            if min(left, right) >= _MIN_ROWS:
                found.append((begun[0], begun[-1], index - 1, left + right))
        begun = []
    return found


def _relation(left: Sequence[Piece], right: Sequence[Piece]) -> str:
    """How the two sides of a gutter belong together: columns, table or hints (a margin beside text)."""
    left_rows, right_rows = rows_of(left), rows_of(right)
    few, many = sorted((left_rows, right_rows), key=len)
    sides = [side for _, side in sorted([(p.order, 0) for p in left] + [(p.order, 1) for p in right])]
    changes = sum(a != b for a, b in itertools.pairwise(sides))
    level = [row[0].y for row in many]
    aligned = sum(any(abs(row[0].y - y) <= _LEVEL * row[0].size for y in level) for row in few)
    if changes <= 2 or changes < 0.5 * len(few) or aligned < _ALIGNED_SHARE * len(few):
        return "columns"
    return "table" if len(few) >= _TABLE_SHARE * len(many) else "hints"
