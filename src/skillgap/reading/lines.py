"""A tree of markup -> lines as a person sees them: paragraphs, headings, bullets, rows of tables.

"- item" for list items, a blank line between blocks, " | " between the cells of a table that holds data.
Tables that only lay out a page are read cell by cell.
"""

from __future__ import annotations

import itertools
import re

from skillgap.reading.markup import INLINE, Element

SILENT = frozenset(
    "script style template noscript svg canvas math iframe frame object embed applet audio video map head"  # noqa: SIM905
    " input select option optgroup datalist textarea button progress meter dialog link meta title".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ITEM_MARK = re.compile(r"^(?:[•●▪◦‣∙·○■□–]\s*|[-*]\s+|o\s{2,})")
_BLANKS = re.compile(r"[ \t\n\r\f\v\u00a0\u2007\u202f]+")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad\x00-\x08\x0e-\x1f]")
_CHIP = re.compile(r"(?:^|[\s_-])(?:tags?|chips?|badges?|pills?|skills?|labels?)", re.IGNORECASE)
_LONGEST_CELL = 300  # characters; longer cells hold paragraphs, not data
_LONGEST_TERM = 40
_BLOCKS_IN_CELL = (*HEADINGS, "ul", "ol", "table", "dl", "pre", "blockquote", "form")


class _Page:
    """Lines in the making."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.buffer: list[str] = []
        self.item = False  # the line to come opens a list item
        self.tight = False  # the line to come goes on with a list: no blank line before it

    def write(self, text: str) -> None:
        self.buffer.append(text)

    def flush(self, *, apart: bool = True) -> None:
        """End the line; the next stands ``apart``, after a blank line."""
        raw, self.buffer = "".join(self.buffer), []
        blank = written = False
        for piece in raw.split("\n"):
            line = " ".join(piece.split())
            if not line:
                blank = True
                continue
            self.tight = self.tight and not (blank and written)
            bullet = _ITEM_MARK.match(line) if self.item else None
            line = line[bullet.end() :] if bullet else line
            if self.lines and self.lines[-1] and not self.tight:
                self.lines.append("")
            self.lines.append(f"- {line}" if self.item else line)
            self.item, self.tight = False, True
            blank, written = False, True
        if apart:
            self.tight = False

    def text(self) -> str:
        self.flush()
        return "\n".join(self.lines).strip("\n")


def to_lines(root: Element) -> str:
    """The text of an element, laid out in lines; "" if it shows none."""
    page = _Page()
    depth_of_lists = 0
    stack: list[tuple[str, Element | str]] = [("open", root)]
    while stack:
        event, node = stack.pop()
        if isinstance(node, str):
            page.write(_INVISIBLE.sub("", _BLANKS.sub(" ", node)))
        elif event == "close":
            depth_of_lists -= node.tag in ("ul", "ol")
            page.flush(apart=not depth_of_lists)
            page.item = page.item and node.tag != "li"  # an empty item lends its bullet to nothing
        elif node.tag == "br":
            page.write("\n")
        elif node is root or not (node.dropped or node.tag in SILENT):
            if node.tag in ("ul", "ol"):
                page.flush(apart=not depth_of_lists)
                depth_of_lists += 1
            stack.extend(_opened(page, node, in_list=depth_of_lists > 0))
    return page.text()


def _opened(page: _Page, node: Element, *, in_list: bool) -> list[tuple[str, Element | str]]:
    """Begin an element; returns what is left to do for it, last first."""
    inside: list[tuple[str, Element | str]] = [("open", child) for child in reversed(node.children)]
    tag = node.tag
    if tag in INLINE:
        if _follows_chip(node):
            page.write(" ")
        return inside
    if tag == "pre":
        page.flush()
        page.lines.extend(["", *(_verbatim(node).split("\n"))] if page.lines else _verbatim(node).split("\n"))
        return []
    if tag == "table" and (rows := _rows(node)):
        page.flush()
        for row in rows:
            page.write(row)
            page.flush(apart=False)
        page.flush()
        return []
    if tag == "dt" and (definition := _definition(node)):
        page.flush(apart=False)
        page.write(definition)
        return []
    if tag == "dd" and _is_said(node):
        return []
    page.flush(apart=not in_list or tag in HEADINGS)
    if tag == "li" or "mso-list" in node.attrs.get("style", ""):
        page.item = True
    return [("close", node), *inside]


def _verbatim(node: Element) -> str:
    pieces: list[str] = []
    stack: list[Element | str] = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
        elif top.tag == "br":
            pieces.append("\n")
        elif top.tag not in SILENT:
            stack.extend(reversed(top.children))
    lines = [_INVISIBLE.sub("", line).rstrip() for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def _follows_chip(node: Element) -> bool:
    """Whether a like element stands right before it, as tags do that a style sheet sets apart."""
    mark = node.attrs.get("class", "")
    if node.tag != "a" and not (node.tag == "span" and _CHIP.search(mark)):
        return False
    before = node.before()
    return isinstance(before, Element) and before.tag == node.tag and before.attrs.get("class", "") == mark


def _rows(table: Element) -> list[str]:
    """The rows of a table that holds data, or [] where it lays out the page."""
    rows: list[list[Element]] = []
    for element in table.iter():
        if element.tag == "tr":
            rows.append([])
        elif element.tag in ("td", "th") and rows:
            rows[-1].append(element)
        elif element is not table and element.tag in _BLOCKS_IN_CELL:
            return []
    if all(len(row) < 2 for row in rows):
        return []
    texts = [[cell.text() for cell in row] for row in rows]
    if any(len(text) > _LONGEST_CELL for row in texts for text in row):
        return []
    return [" | ".join(text for text in row if text) for row in texts if any(row)]


def _definition(term: Element) -> str | None:
    """Such as "Location: Porto", for a short term with one short definition."""
    following = list(itertools.islice(term.following(), 2))
    if not following or following[0].tag != "dd" or (len(following) > 1 and following[1].tag == "dd"):
        return None
    if following[0].first(*_BLOCKS_IN_CELL, "p") is not None:
        return None
    name, said = term.text(), following[0].text()
    if not name or len(name) > _LONGEST_TERM or not said or len(said) > _LONGEST_CELL:
        return None
    return f"{name} {said}" if name.endswith(":") else f"{name}: {said}"


def _is_said(definition: Element) -> bool:
    """Whether a definition was written with its term already."""
    if definition.parent is None:
        return False
    for place in range(definition.place - 1, max(-1, definition.place - 4), -1):
        before = definition.parent.children[place]
        if isinstance(before, Element):
            return before.tag == "dt" and _definition(before) is not None
    return False
