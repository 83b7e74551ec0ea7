"""What the readers of office formats share: a zip opened with limits, XML without tricks, and lines.

A zip may hold far more than its size tells, and XML may define entities that grow without end.
So only named parts are unpacked, up to a limit, and a DOCTYPE, which no office program writes, is
refused before anything in it is looked at.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from skillgap.errors import UnreadableError
from skillgap.reading.characters import as_item, letters, without_icons

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_PART, _MAX_ALL = 40_000_000, 80_000_000  # unpacked bytes
_MAX_HIDDEN, _MAX_HIDDEN_TEXT = 50, 300
_PROSE = 100  # characters that make a paragraph one of prose, with a blank line to the next
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|p\.?)\s*)?\d{0,3}\s*(?:(?:of|von|/|\||-|–)\s*\d{0,3})?\W*", re.IGNORECASE
)
_EXPORT = "open it in its program, save it once more (or print it as PDF) and give that"


class Package:
    """The parts of an office file."""

    def __init__(self, data: bytes, source: str, kind: str) -> None:
        self._source, self._kind = source, kind
        self._unpacked = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self.damaged() from error

    def damaged(self) -> UnreadableError:
        return UnreadableError(
            f"{self._source}: is a damaged {self._kind} file, or one that was cut short; "
            "download or save it once more, or open it, copy the text and paste it"
        )

    def locked(self) -> UnreadableError:
        return UnreadableError(
            f"{self._source}: is a {self._kind} file protected by a password; open it with the password, "
            "save it without and give that"
        )

    def read(self, name: str) -> bytes | None:
        """One part unpacked, or None if there is none of that name."""
        if name not in self.names:
            return None
        info = self._zip.getinfo(name)
        if info.flag_bits & 1:
            raise self.locked()
        try:
            with self._zip.open(info) as part:
                data = part.read(_MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise self.damaged() from error
        self._unpacked += len(data)
        if len(data) > _MAX_PART or self._unpacked > _MAX_ALL:
            raise UnreadableError(
                f"{self._source}: unpacks to far more than an ad or resume can hold (a zip bomb); {_EXPORT}"
            )
        return data

    def tree(self, name: str) -> Element | None:
        """The root element of one part, or None if there is none of that name."""
        data = self.read(name)
        return None if data is None else self._parsed(data)

    def _parsed(self, data: bytes) -> Element:
        from xml.etree.ElementTree import ParseError, TreeBuilder, XMLParser

        source = self._source

        class Builder(TreeBuilder):
            def doctype(self, *_: object) -> None:
                raise UnreadableError(
                    f"{source}: holds a DOCTYPE, which office programs never write and attacks do; {_EXPORT}"
                )

        parser = XMLParser(target=Builder())  # noqa: S314 - no DOCTYPE passes, so no entity does
        try:
            parser.feed(data)
            root = parser.close()
        except (ParseError, ValueError, LookupError) as error:
            raise self.damaged() from error
        return root


class Lines:
    """Collects the lines of a document: headings, paragraphs, items, rows, and what is hidden."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.hidden: list[str] = []

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def paragraph(self, text: str, *, item: bool = False, heading: bool = False) -> None:
        """Add a paragraph, which may hold line breaks; an empty one is a blank line."""
        lines = [clean for line in text.split("\n") if (clean := _clean(line))]
        if not lines:
            self.blank()
            return
        prose = len(lines[0]) > _PROSE and not item
        if heading or (prose and self.lines and len(self.lines[-1]) > _PROSE):
            self.blank()
        if item and not heading and as_item(lines[0]) is None:
            lines[0] = "- " + lines[0]
        self.lines += [as_item(line) or line for line in lines]

    def row(self, cells: Sequence[Sequence[str]]) -> None:
        """Add a row of a table, each cell given as its lines.

        Short cells make a line with " | "; a cell of several lines is layout, and is read by itself.
        """
        filled = [lines for cell in cells if (lines := [line for line in cell if line])]
        if all(len(lines) == 1 for lines in filled):
            if filled:
                self.lines.append(" | ".join(lines[0] for lines in filled))
            return
        for cell in cells:
            self.blank()
            self.lines += cell
        self.blank()

    def hide(self, text: str) -> None:
        """Note text that a person can't see."""
        if text.strip() and len(self.hidden) < _MAX_HIDDEN:
            self.hidden.append(" ".join(text.split())[:_MAX_HIDDEN_TEXT])

    def margin(self, lines: Sequence[str]) -> None:
        """Add a header, footer or note, unless the same stands there already or it is a page number."""
        seen = set(self.lines)
        new = [line for line in lines if line and line not in seen and not _PAGE_NUMBER.fullmatch(line)]
        if new:
            self.blank()
            self.lines += new
            self.blank()

    def text(self) -> str:
        return "\n".join(self.lines).strip("\n") + "\n"

    def meta(self) -> dict[str, object]:
        return {"hidden": self.hidden} if self.hidden else {}


def _clean(line: str) -> str:
    line = line.replace("\u2011", "-")
    item = as_item(line)  # before signs of symbol fonts vanish, which bullets often are
    kept = without_icons(letters(item or line))
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \u00a0]+", " ", kept)).strip()
