"""ODT -> Document: body, lists, tables, text boxes, headers, footers and notes.

Text whose style displays nothing, white text on nothing, and tiny letters are left out and named
in ``meta["hidden"]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.office import Lines, Package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _TABLE, _STYLE, _OFFICE = (_NS % name for name in ("text", "table", "style", "office"))
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_UNREAD = frozenset(
    {_OFFICE + "annotation", _OFFICE + "forms", _OFFICE + "automatic-styles", _OFFICE + "styles"}
    | {
        _TEXT + name
        for name in ("tracked-changes", "sequence-decls", "ruby-text", "note-citation", "variable-decls")
    }
    | {_TABLE + "covered-table-cell"}
)
_HIDDEN = frozenset({_TEXT + "hidden-text", _TEXT + "hidden-paragraph"})
_HEADERS = frozenset(_STYLE + name for name in ("header", "header-first"))
_FOOTERS = frozenset(_STYLE + name for name in ("footer", "footer-first"))
_TINY = 2.0  # points


def read_odt(data: bytes, source: str) -> Document:
    """The Document (kind ``odt``) of these bytes.

    ``meta`` may hold ``hidden``. Raises UnreadableError for a password, a damaged file, and files
    that are made to do harm.
    """
    package = Package(data, source, "OpenDocument")
    if "encrypted-package" in package.names or b"encryption-data" in (
        package.read("META-INF/manifest.xml") or b""
    ):
        raise package.locked()
    content, styles = package.tree("content.xml"), package.tree("styles.xml")
    if content is None:
        raise package.damaged()
    reader = _Reader([root for root in (styles, content) if root is not None])
    lines = Lines()
    for margin in _margins(styles, _HEADERS):
        lines.margin(reader.part(margin, lines))
    reader.blocks(content, lines)
    for note in reader.notes:
        lines.margin(reader.part(note, lines))
    for margin in _margins(styles, _FOOTERS):
        lines.margin(reader.part(margin, lines))
    text = lines.text()
    if not text.strip():
        raise UnreadableError(
            f"{source}: is an OpenDocument file without any text (it may hold pictures only); "
            "open it, copy the text and paste it"
        )
    return Document(source=source, text=text, kind="odt", meta=lines.meta())


def _margins(styles: Element | None, tags: frozenset[str]) -> list[Element]:
    return [element for element in styles.iter() if element.tag in tags] if styles is not None else []


class _Reader:
    """Walks through the XML of one file."""

    def __init__(self, roots: list[Element]) -> None:
        self._unseen: dict[str, bool] = {}
        self._parents: dict[str, str] = {}
        self.notes: list[Element] = []
        for root in roots:
            for style in root.iter(_STYLE + "style"):
                name = style.get(_STYLE + "name", "")
                self._unseen[name] = _is_unseen(style)
                self._parents[name] = style.get(_STYLE + "parent-style-name", "")

    def part(self, root: Element, owner: Lines) -> list[str]:
        """The lines of a header, footer or note; what it hides goes to ``owner``."""
        lines = Lines()
        self.blocks(root, lines)
        owner.hidden += lines.hidden
        return lines.lines

    def blocks(self, parent: Element, lines: Lines, *, item: bool = False) -> None:
        """Paragraphs, lists and tables of an element; ``item``: its first paragraph is a list item."""
        for child in parent:
            tag = child.tag
            if tag in _UNREAD or child.get(_TEXT + "display") == "none":
                if child.get(_TEXT + "display") == "none":
                    lines.hide("".join(child.itertext()))
                continue
            if tag in (_TEXT + "p", _TEXT + "h"):
                self._paragraph(child, lines, item=item, heading=tag == _TEXT + "h")
                item = False
            elif tag == _TEXT + "list-item":
                self.blocks(child, lines, item=True)
            elif tag == _TABLE + "table":
                self._table(child, lines)
            else:
                self.blocks(child, lines)

    def _table(self, table: Element, lines: Lines) -> None:
        lines.blank()
        for row in table.iter(_TABLE + "table-row"):
            cells = []
            for cell in row.findall(_TABLE + "table-cell"):
                inner = Lines()
                self.blocks(cell, inner)
                while inner.lines and not inner.lines[-1]:
                    inner.lines.pop()
                lines.hidden += inner.hidden
                cells.append(inner.lines)
            lines.row(cells)
        lines.blank()

    def _paragraph(self, paragraph: Element, lines: Lines, *, item: bool, heading: bool) -> None:
        parts: list[str] = []
        unseen: list[str] = []
        boxes: list[Element] = []
        hidden = self._hides(paragraph.get(_TEXT + "style-name", ""))
        self._inline(paragraph, (parts, unseen, boxes), hidden=hidden)
        lines.hide("".join(unseen))
        text = "".join(parts)
        if text.strip() or not (boxes or unseen):
            lines.paragraph(text, item=item, heading=heading)
        for box in boxes:
            lines.blank()
            self.blocks(box, lines)
            lines.blank()

    def _inline(
        self, parent: Element, found: tuple[list[str], list[str], list[Element]], *, hidden: bool
    ) -> None:
        """Put the texts, the unseen texts and the text boxes of a paragraph into ``found``."""
        parts, unseen, boxes = found
        into = unseen if hidden else parts
        into.append(_spaces(parent.text))
        for child in parent:
            tag = child.tag
            if tag == _TEXT + "s":
                into.append(" ")
            elif tag == _TEXT + "tab":
                into.append("\t")
            elif tag == _TEXT + "line-break":
                into.append("\n")
            elif tag == _TEXT + "note":
                self.notes += [body for body in child if body.tag == _TEXT + "note-body"]
            elif tag in _HIDDEN:
                unseen.append("".join(child.itertext()) or child.get(_TEXT + "string-value", ""))
            elif tag.startswith(_NS % "drawing"):
                boxes.append(child)
            elif tag not in _UNREAD:
                within = hidden or self._hides(child.get(_TEXT + "style-name", ""))
                self._inline(child, found, hidden=within)
            into.append(_spaces(child.tail))

    def _hides(self, style: str) -> bool:
        seen = set()
        while style and style not in seen:
            if self._unseen.get(style):
                return True
            seen.add(style)
            style = self._parents.get(style, "")
        return False


def _is_unseen(style: Element) -> bool:
    grounded = any(
        child.get(_FO + "background-color", "transparent") not in ("transparent", "#ffffff")
        for child in style
    )
    for properties in style.iter(_STYLE + "text-properties"):
        if properties.get(_TEXT + "display") == "none":
            return True
        size = properties.get(_FO + "font-size", "")
        if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() and float(size[:-2]) < _TINY:
            return True
        if properties.get(_FO + "color", "").lower() == "#ffffff" and not grounded:
            return style.get(_STYLE + "family") == "text"  # a paragraph's ground may be its cell or box
    return False


def _spaces(text: str | None) -> str:
    """Text of a paragraph: its line ends and runs of spaces are only how the XML is written."""
    return " ".join(f"|{text}|".split())[1:-1] if text else ""
