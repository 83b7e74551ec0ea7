"""The words around a place of a text, cut to what a person can read at a glance."""

from __future__ import annotations

_MOST_AROUND = 160  # characters on either side: a text without line ends is no quote


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line that holds ``start:end``, or 160 characters on either side of it."""
    first = max(text.rfind("\n", 0, start) + 1, start - _MOST_AROUND)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _MOST_AROUND)
    return first, last


def line_number(text: str, offset: int) -> int:
    """The 1-based line of an offset."""
    return text.count("\n", 0, offset) + 1


def brief(text: str, start: int, end: int, width: int) -> str:
    """At most ``width`` characters around ``start:end`` on its line, cut at words, in one line."""
    first, last = line_around(text, start, end)
    line = " ".join(text[first:last].split()).lstrip("-*•·–— ")
    if len(line) <= width:
        return line
    middle = line.find(" ".join(text[start:end].split()))
    begin = max(0, min(middle - (width - (end - start)) // 2, len(line) - width))
    if begin:
        begin = line.find(" ", begin) + 1
    piece = line[begin : begin + width - 2]
    if begin + len(piece) < len(line):
        piece = piece.rsplit(" ", 1)[0] + " …"
    return piece if begin == 0 else "… " + piece
