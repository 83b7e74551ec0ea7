"""Pieces of text with their places -> the text as it is read.

Headers and footers that return on each page are dropped, columns are read one after the other,
table rows become lines with " | " between cells, bullets become "- ", and lines that were only
wrapped become one line again.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from skillgap.reading.characters import (
    BULLET,
    NUMBER,
    as_item,
    is_icon,
    without_icons,
)
from skillgap.reading.columns import Piece, Region, Row, regions, rows_of
from skillgap.reading.paragraphs import Line, fits, paragraphs

__all__ = ["Page", "Piece", "compose"]

_CELL_GAP = 0.9  # of the letters' height: a wider gap divides cells
_STRETCHED = 2.2  # times the widest space beside it: a gap is more than the space between two sentences
_WORD_SPACE = 1.5  # times the usual space of tracked letters: one between words
_EDGE_ZONE = 0.13  # of a page's height, where headers and footers stand
_REPEATED_SHARE = 0.6  # of the pages
_NEW_BLOCK = 1.45  # times the usual distance of lines
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.?)\s*)?\d{1,3}\s*(?:(?:of|von|/|\||-|–)\s*\d{1,3})?\W*", re.IGNORECASE
)
_SPACED_OUT = re.compile(
    r"(?:[^\W\d_a-z]{1,2} ){3,}[^\W\d_a-z]{1,2}"
)  # "S K I L L S", set with wide tracking


@dataclass(slots=True)
class Page:
    """What is seen on one page; ``marks`` are (x, y) of bullets that are drawn, not written."""

    width: float
    height: float
    pieces: list[Piece]
    marks: list[tuple[float, float]]


def compose(pages: Sequence[Page], *, divides: bool = False) -> str:
    """The text of all pages; ``divides``: they come from a program that divides words at line ends."""
    _drop_repeated(pages)
    lines: list[Line] = []
    right = max((piece.x1 for page in pages for piece in page.pieces), default=0.0)
    icons = Counter(row[0].text for page in pages for row in rows_of(page.pieces) if is_icon(row[0].text))
    for page in pages:
        for region in regions(_with_bullets(page, icons), right):
            made = _table(region) if region.table else []
            lines += made or _flow(region)
    return paragraphs(lines, divides=divides)


def _drop_repeated(pages: Sequence[Page]) -> None:
    """Take away page numbers, and all but the first of the lines that return at the edge of pages."""
    seen: dict[tuple[str, int], list[tuple[Page, Row]]] = {}
    for page in pages:
        rows = rows_of(page.pieces)
        for row in rows:
            if _EDGE_ZONE * page.height < row[0].y < (1 - _EDGE_ZONE) * page.height:
                continue
            text = " ".join(piece.text for piece in row)
            if _PAGE_NUMBER.fullmatch(text) and (row is rows[-1] or row is rows[0]):
                page.pieces = [piece for piece in page.pieces if piece not in row]
                continue
            key = (re.sub(r"\d+", "#", text), round(row[0].y / 4))
            seen.setdefault(key, []).append((page, row))
    body = frozenset(re.findall(r"\w+", " ".join(p.text for page in pages[1:] for p in page.pieces).lower()))
    for (text, _), places in seen.items():
        if len(places) < max(2, _REPEATED_SHARE * len(pages)):
            continue
        numbered = len({" ".join(piece.text for piece in row) for _, row in places}) > 1
        keeps = not numbered or any(word not in body for word in re.findall(r"[^\W\d]{3,}", text.lower()))
        if keeps:  # a header before all, a footer after all
            places.pop(0 if places[0][1][0].y < places[0][0].height / 2 else -1)
        for page, row in places:
            page.pieces = [piece for piece in page.pieces if piece not in row]


def _with_bullets(page: Page, icons: Counter[str]) -> list[Piece]:
    """The pieces of a page, each bullet made part of the text behind it, whether written or drawn.

    A sign of an icon font is a bullet if several lines begin with it; else it is a picture.
    """
    kept = []
    for row in rows_of(page.pieces):
        for piece, behind in zip(row, [*row[1:], None], strict=True):
            is_bullet = BULLET.fullmatch(piece.text + " ") or icons[piece.text] > 1
            if is_bullet and behind and behind.x0 - piece.x1 < 3 * behind.size:
                behind.bullet, behind.x0 = behind.x0 - piece.x0, piece.x0
            else:
                kept.append(piece)
    for x, y in page.marks:
        near = [p for p in kept if 0 < p.x0 - x < 3 * p.size and abs(p.y - p.size / 3 - y) < p.size / 2]
        if near:
            nearest = min(near, key=lambda p: p.x0)
            nearest.bullet, nearest.x0 = nearest.x0 - x, x
    return kept


def _flow(region: Region) -> list[Line]:
    """The lines of a column."""
    lines = [line for row in rows_of(region.pieces) if (line := _line(row, region))]
    gaps = [below.y - above.y for above, below in itertools.pairwise(lines)]
    usual = median(gaps) if gaps else 0.0
    for above, below in itertools.pairwise(lines):
        pitch = below.y - above.y
        apart = pitch > max(_NEW_BLOCK * min(usual, 1.6 * below.size), 1.25 * below.size)
        below.new_block = apart or below.size > 1.15 * above.size
    return lines


def _line(pieces: Row, region: Region) -> Line | None:
    parts, cells, begin = [_clean(pieces[0])], 1, pieces[0].x0
    for before, piece, divided in zip(pieces, pieces[1:], _divided(pieces), strict=False):
        text = _clean(piece)
        if divided and parts[-1] and text and not NUMBER.fullmatch(parts[-1]):
            parts.append(" | ")
            cells, begin = cells + 1, piece.x0
        elif piece.x0 - before.x1 > 0.12 * min(piece.size, before.size):
            parts.append(" ")
        parts.append(text)
    text = re.sub(r"(?: \|)+ *$|^(?: *\| )+", "", "".join(parts)).strip()
    text = re.sub(r"[ \t]{2,}", " ", text)
    if not text:
        return None
    item = as_item(text)
    if item is None and pieces[0].bullet:
        item = "- " + text
    fonts = {font for piece in pieces for font in (piece.font, piece.last_font)}
    size = max(piece.size for piece in pieces)
    first, last = pieces[0], pieces[-1]
    return Line(
        text=item or text,
        x0=begin,
        text_x=begin + first.bullet if cells == 1 else begin,
        x1=last.x1,
        y=first.y,
        size=size,
        first_font=first.font,
        last_font=last.last_font,
        one_font=len(fonts) == 1,
        cells=cells,
        right=region.right,
        word=first.word,
        item=item is not None,
    )


def _divided(pieces: Sequence[Piece]) -> list[bool]:
    """For each gap between pieces of a row, whether it divides cells; justified lines have wide gaps, too."""
    pairs = list(itertools.pairwise(pieces))
    gaps = [piece.x0 - before.x1 for before, piece in pairs]
    if len(gaps) >= 3 and max(gaps) < 1.3 * min(gaps) and max(gaps) < 2 * pieces[0].size:
        return [False] * len(gaps)
    return [
        gap
        > max(
            _CELL_GAP * min(before.size, piece.size),
            _STRETCHED * max(*before.spaces, *piece.spaces, 0.0, 0.0),
        )
        for gap, (before, piece) in zip(gaps, pairs, strict=True)
    ]


def _clean(piece: Piece) -> str:
    text = piece.text if BULLET.match(piece.text) else without_icons(piece.text)
    words = text.split(" ")
    tracked = _SPACED_OUT.fullmatch(text) and 2 * sum(len(word) == 1 for word in words) > len(words)
    if not tracked or len(piece.spaces) != len(words) - 1:
        return text
    usual = median(piece.spaces)
    ends = [" " if space > _WORD_SPACE * usual else "" for space in piece.spaces]
    return "".join(itertools.chain(*zip(words, [*ends, ""], strict=True)))


def _table(region: Region) -> list[Line]:
    """The rows of a table, wrapped cells put together; empty if it has no columns after all."""
    edges = _cells(region.pieces)
    if len(edges) < 2:
        return []
    table: list[tuple[float, list[str]]] = []
    ends = [0.0] * len(edges)  # where each cell of the row above ends
    size = median(piece.size for piece in region.pieces)
    above_y = float("-inf")
    for row in rows_of(region.pieces):
        cells: list[list[Piece]] = [[] for _ in edges]
        for piece in row:
            cells[max(i for i, (left, _) in enumerate(edges) if i == 0 or left <= piece.x0 + 1)].append(piece)
        texts = [" ".join(_clean(piece) for piece in cell).strip() for cell in cells]
        if table and row[0].y - above_y < 1.6 * size and _goes_on(cells, ends, edges):
            old = table[-1][1]
            table[-1] = (
                table[-1][0],
                [" ".join(filter(None, pair)) for pair in zip(old, texts, strict=True)],
            )
        else:
            table.append((row[0].y, texts))
        ends = [cell[-1].x1 if cell else end for cell, end in zip(cells, ends, strict=True)]
        above_y = row[0].y
    font = region.pieces[0].font
    lines: list[Line] = []
    for y, texts in table:
        text = " | ".join(filter(None, texts))
        lines.append(
            Line(
                text,
                0,
                0,
                0,
                y,
                size,
                font,
                font,
                one_font=True,
                cells=2,
                right=0,
                new_block=not lines,
                table=True,
            )
        )
    return lines


def _cells(pieces: Sequence[Piece]) -> list[tuple[float, float]]:
    """(left, right) of each column: what remains between the gaps that no piece crosses."""
    edges: list[tuple[float, float]] = []
    for piece in sorted(pieces, key=lambda p: p.x0):
        if edges and piece.x0 < edges[-1][1] + 3:
            edges[-1] = (edges[-1][0], max(edges[-1][1], piece.x1))
        else:
            edges.append((piece.x0, piece.x1))
    return edges


def _goes_on(
    cells: Sequence[Sequence[Piece]], ends: Sequence[float], edges: Sequence[tuple[float, float]]
) -> bool:
    """Whether a row of a table only goes on with wrapped cells of the row above."""
    if not cells[0]:
        return True
    for cell, end, (_, right) in zip(cells, ends, edges, strict=True):
        if cell and fits(end, cell[0].word, cell[0].size, right):
            return False
    return not all(cells)
