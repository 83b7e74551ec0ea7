"""DOCX -> Document: body, tables, headers, footers, text boxes and notes, in the order of reading.

Word keeps a text box twice, for new readers and for old ones; it is read once. Text that is marked
hidden, white on nothing, or too small to be seen is left out and named in ``meta["hidden"]``.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.office import Lines, Package

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"  # the same, as ISO names it
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_UNREAD = frozenset(
    _W + name
    for name in (
        "pPr",
        "rPr",
        "instrText",
        "del",
        "moveFrom",
        "delText",
        "delInstrText",
        "rt",
        "sectPr",
        "object",
    )
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TINY = 3  # half points
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(slots=True)
class Style:
    """What a style means for reading, its ancestors included."""

    heading: bool = False
    item: bool = False
    hidden: bool = False


def read_docx(data: bytes, source: str) -> Document:
    """The Document (kind ``docx``) of these bytes.

    ``meta`` may hold ``hidden``. Raises UnreadableError for a password, a damaged file, and files
    that are made to do harm.
    """
    package = Package(data, source, "Word")
    main = _main_part(package)
    root = package.tree(main)
    if root is None:
        raise package.damaged()
    relations = _relations(package, main)
    reader = _Reader(_styles(package, relations))
    lines = Lines()
    margins = [(kind, relations.get(ref, "")) for kind, ref in _margins(root)]
    for target in dict.fromkeys(target for kind, target in margins if kind == "header"):
        lines.margin(reader.part(package.tree(target), lines))
    reader.blocks(root, lines)
    for name in ("footnotes", "endnotes"):
        notes = package.tree(posixpath.join(posixpath.dirname(main), f"{name}.xml"))
        lines.margin(reader.part(notes, lines))
    for target in dict.fromkeys(target for kind, target in margins if kind == "footer"):
        lines.margin(reader.part(package.tree(target), lines))
    text = lines.text()
    if not text.strip():
        raise UnreadableError(
            f"{source}: is a Word file without any text (it may hold pictures only); "
            "open it, copy the text and paste it"
        )
    return Document(source=source, text=text, kind="docx", meta=lines.meta())


def _main_part(package: Package) -> str:
    for ending, target in _relation_kinds(package, ""):
        if ending == "officeDocument":
            return target
    return "word/document.xml"


def _relation_kinds(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """(last word of the relation's type, target) for each relation of a part."""
    for kind, _, target in _all_relations(package, part):
        yield kind, target


def _relations(package: Package, part: str) -> dict[str, str]:
    """Target of each relation, by its id and by its kind."""
    found: dict[str, str] = {}
    for kind, identifier, target in _all_relations(package, part):
        found[identifier] = target
        found.setdefault(kind, target)
    return found


def _all_relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    folder, name = posixpath.split(part)
    root = package.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in root if root is not None else ():
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        yield relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Id", ""), target


def _margins(root: Element) -> Iterator[tuple[str, str]]:
    """("header" or "footer", relation id) of each section."""
    for section in _all(root, "sectPr"):
        for child in section:
            kind = _local(child)
            if kind in ("headerReference", "footerReference"):
                yield kind.removesuffix("Reference"), child.get(_R + "id", "")


def _styles(package: Package, relations: dict[str, str]) -> dict[str, Style]:
    root = package.tree(relations.get("styles", "word/styles.xml"))
    raw = {_value(style, "styleId"): style for style in _all(root, "style")} if root is not None else {}
    return {name: _style(name, raw) for name in raw}


def _style(name: str, raw: dict[str, Element]) -> Style:
    style, seen = Style(), set()
    while name in raw and name not in seen:
        seen.add(name)
        element = raw[name]
        called = _value(_child(element, "name")).lower()
        style.heading |= called.startswith(("heading", "title")) or _outlined(_child(element, "pPr"))
        style.item |= _is_item(_child(element, "pPr")) or called.startswith("list bullet")
        style.hidden |= _is_on(_child(_child(element, "rPr"), "vanish"))
        name = _value(_child(element, "basedOn"))
    return style


class _Reader:
    """Walks through the XML of one file."""

    def __init__(self, styles: dict[str, Style]) -> None:
        self._styles = styles
        self._plain = Style()

    def part(self, root: Element | None, owner: Lines) -> list[str]:
        """The lines of a header, footer or the notes; what they hide goes to ``owner``."""
        lines = Lines()
        if root is not None:
            self.blocks(root, lines)
        owner.hidden += lines.hidden
        return lines.lines

    def blocks(self, parent: Element, lines: Lines, *, boxed: bool = False) -> None:
        """Paragraphs and tables of an element; ``boxed``: on a ground that may have any colour."""
        for child in parent:
            name = _local(child)
            if name == "p":
                self._paragraph(child, lines, boxed=boxed)
            elif name == "tbl":
                self._table(child, lines)
            elif child.tag == _MC + "AlternateContent":
                self.blocks(_choice(child), lines, boxed=boxed)
            elif name in ("footnote", "endnote") and "eparator" in _value(child, "type"):
                continue
            elif child.tag not in _UNREAD:
                self.blocks(child, lines, boxed=boxed)

    def _table(self, table: Element, lines: Lines) -> None:
        lines.blank()
        for row in _rows(table):
            cells = []
            for cell in (part for part in _through(row) if _local(part) == "tc"):
                inner = Lines()
                self.blocks(cell, inner, boxed=True)
                while inner.lines and not inner.lines[-1]:
                    inner.lines.pop()
                lines.hidden += inner.hidden
                cells.append(inner.lines)
            lines.row(cells)
        lines.blank()

    def _paragraph(self, paragraph: Element, lines: Lines, *, boxed: bool) -> None:
        properties = _child(paragraph, "pPr")
        style = self._styles.get(_value(_child(properties, "pStyle")), self._plain)
        heading = style.heading or _outlined(properties)
        ground = boxed or _shaded(properties)
        parts: list[str] = []
        boxes: list[Element] = []
        unseen: list[str] = []
        self._inline(paragraph, (parts, unseen, boxes), hidden=style.hidden, ground=ground)
        lines.hide("".join(unseen))
        text = "".join(parts)
        if text.strip() or not (boxes or unseen):
            item = not heading and (style.item or _is_item(properties)) and not _unlisted(properties)
            lines.paragraph(text, item=item, heading=heading)
        for box in boxes:
            lines.blank()
            self.blocks(box, lines, boxed=True)
            lines.blank()

    def _inline(
        self,
        parent: Element,
        found: tuple[list[str], list[str], list[Element]],
        *,
        hidden: bool,
        ground: bool,
    ) -> None:
        """Put the texts, the unseen texts and the text boxes of a paragraph into ``found``."""
        parts, unseen, boxes = found
        for child in parent:
            name = _local(child)
            if child.tag in _UNREAD:
                continue
            if child.tag.endswith("}r"):  # a run of text with one look
                self._inline(
                    child, found, hidden=hidden or self._is_unseen(child, ground=ground), ground=ground
                )
            elif name == "t":
                (unseen if hidden else parts).append(child.text or "")
            elif name in _SIGNS:
                parts.append(_SIGNS[name])
            elif name == "sym":
                parts.append(_symbol(_value(child, "char")))
            elif name == "txbxContent":
                boxes.append(child)
            elif child.tag == _MC + "AlternateContent":
                self._inline(_choice(child), found, hidden=hidden, ground=ground)
            else:
                self._inline(child, found, hidden=hidden, ground=ground)

    def _is_unseen(self, run: Element, *, ground: bool) -> bool:
        properties = _child(run, "rPr")
        if properties is None:
            return False
        if _is_on(_child(properties, "vanish")):
            return True
        if self._styles.get(_value(_child(properties, "rStyle")), self._plain).hidden:
            return True
        size = _value(_child(properties, "sz"))
        if size.isdigit() and int(size) <= _TINY:
            return True
        white = _value(_child(properties, "color")).upper() == "FFFFFF"
        return white and not ground and not _shaded(properties)


def _local(element: Element) -> str:
    """The name of an element of Word's, or of mathematics, without its namespace; else ""."""
    tag = element.tag
    for space in (_W, _STRICT, _MATH):
        if tag.startswith(space):
            return tag[len(space) :]
    return ""


def _child(element: Element | None, name: str) -> Element | None:
    for child in element if element is not None else ():
        if _local(child) == name:
            return child
    return None


def _all(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if _local(element) == name)


def _value(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element) not in _OFF


def _choice(alternatives: Element) -> Element:
    """The first of the alternatives: Word's own; the others say the same for older readers."""
    return next(iter(alternatives), alternatives)


def _through(parent: Element) -> Iterator[Element]:
    """Children, and those of content controls and tracked insertions between."""
    for child in parent:
        if _local(child) in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _through(child)
        else:
            yield child


def _rows(table: Element) -> Iterator[Element]:
    return (row for row in _through(table) if _local(row) == "tr")


def _symbol(code: str) -> str:
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _is_item(properties: Element | None) -> bool:
    numbered = _child(properties, "numPr")
    return numbered is not None and _value(_child(numbered, "numId")) != "0"


def _unlisted(properties: Element | None) -> bool:
    """Whether a paragraph takes back the list of its style."""
    numbered = _child(properties, "numPr")
    return numbered is not None and _value(_child(numbered, "numId")) == "0"


def _outlined(properties: Element | None) -> bool:
    level = _value(_child(properties, "outlineLvl"))
    return level.isdigit() and int(level) < 9


def _shaded(properties: Element | None) -> bool:
    shade = _value(_child(properties, "shd"), "fill").upper()
    return shade not in ("", "AUTO", "FFFFFF") or _is_on(_child(properties, "highlight"))
