"""RTF -> Document: code pages, Unicode, lists, tables, headers, notes and hidden text.

A reader of its own: what the library for it (striprtf) gives holds hidden text like any other, and
loses headers and the marks of lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.office import Lines

_TOKEN = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_UNREAD_TEXT = b"""
aftnsep aftnsepc annotation atnauthor atnid background bkmkend bkmkstart colorschememapping colortbl
datastore do docvar falt filetbl fldinst fonttbl ftnsep ftnsepc generator info latentstyles
listoverridetable listtable mmathPr nonshppict objdata object panose passwordhash pgdsctbl pict private
protusertbl revtbl rsidtbl sn sp stylesheet sv tc template themedata themefontscheme userprops
wgrffmtfilter xe xmlnstbl
"""
_UNREAD = frozenset(_UNREAD_TEXT.split())  # destinations: groups that are not text
_READ_THOUGH_STARRED = frozenset({b"shpinst", b"shptxt", b"pnseclvl", b"ud"})
_ASIDE = {  # destinations that are read, but in a place of their own
    **dict.fromkeys((b"header", b"headerl", b"headerr", b"headerf"), "header"),
    **dict.fromkeys((b"footer", b"footerl", b"footerr", b"footerf"), "footer"),
    b"footnote": "note",
    b"shptxt": "box",
    b"listtext": "mark",
    b"pntext": "mark",
}
_SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘",
    b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ",
    b"softline": "\n", b"~": " ", b"_": "-", b"-": "", b"\\": "\\", b"{": "{", b"}": "}",
}  # fmt: skip
_PARAGRAPH_ENDS = frozenset({b"par", b"sect", b"page", b"column", b"\n", b"\r"})
_CODE_PAGES = {  # of font character sets
    77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_COLOR = re.compile(rb"\\red(\d{1,3})\s*\\green(\d{1,3})\s*\\blue(\d{1,3})")
_FONT = re.compile(rb"\\f(\d{1,5})[^{};]*?\\fcharset(\d{1,3})")
_HEADING_SIZE = 26  # half points; with bold, a heading
_TINY = 3


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back at its end."""

    unread: bool = False
    aside: str = ""
    hidden: bool = False
    white: bool = False
    ground: bool = False
    size: int = 24
    bold: bool = False
    code_page: str = "cp1252"
    skip: int = 1  # signs after \u that stand for it in old readers


@dataclass(slots=True)
class _Stream:
    """Where text goes: the body, or a header, footer, note or box."""

    lines: Lines = field(default_factory=Lines)
    parts: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    item: bool = False
    heading: bool = True  # until a letter is smaller or not bold
    in_table: bool = False


def read_rtf(data: bytes, source: str) -> Document:
    """The Document (kind ``rtf``) of these bytes.

    ``meta`` may hold ``hidden``. Raises UnreadableError for a file without text.
    """
    reader = _Reader(data)
    reader.run()
    lines = reader.finish()
    text = lines.text()
    if not text.strip():
        raise UnreadableError(
            f"{source}: is an RTF file without any text, or one that was cut short; save it once more, "
            "or open it, copy the text and paste it"
        )
    return Document(source=source, text=text, kind="rtf", meta=lines.meta())


class _Reader:
    """Goes through the tokens of one file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        page = re.search(rb"\\ansicpg(\d{3,5})", data[:2_000])
        self._state = _State(code_page=_known(f"cp{int(page[1])}") if page else "cp1252")
        self._default = self._state.code_page
        tables = data[:200_000]
        colors = tables.find(b"{\\colortbl")
        entries = tables[colors : tables.find(b"}", colors)].split(b";") if colors >= 0 else []
        self._white = {
            i
            for i, entry in enumerate(entries)
            if (m := _COLOR.search(entry)) and m.groups() == (b"255",) * 3
        }
        self._pages = {int(f): _CODE_PAGES.get(int(c), self._default) for f, c in _FONT.findall(tables)}
        self._stack: list[_State] = []
        self._streams = {"": _Stream()}
        self._pending = bytearray()  # bytes of letters that may take more than one
        self._to_skip = 0

    def run(self) -> None:
        starred = fresh = False  # whether \* or an opening brace came just before
        position = 0
        data = self._data
        while (match := _TOKEN.match(data, position)) is not None:
            position = match.end()
            code, word, number, sign, brace, text = match.groups()
            if brace:
                self._brace(brace)
                starred, fresh = False, brace == b"{"
            elif sign == b"*":
                starred = True
            elif word:
                if word == b"bin":
                    position += max(0, int(number or 0))
                elif fresh and self._destination(word, starred=starred):
                    pass
                else:
                    self._word(word, int(number) if number else None)
                starred = fresh = False
            elif not self._state.unread:
                fresh = False
                self._write(code, sign, text)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            self._stack.append(replace(self._state))
        elif self._stack:
            ended = self._state
            self._state = self._stack.pop()
            if ended.aside != self._state.aside:
                self._end_paragraph(self._streams[ended.aside])

    def _destination(self, word: bytes, *, starred: bool) -> bool:
        """Whether this word opens a group that is not read, or is read elsewhere."""
        if word in _UNREAD or (starred and word not in _READ_THOUGH_STARRED and word not in _ASIDE):
            self._state.unread = True
            return True
        aside = _ASIDE.get(word)
        if aside is None or self._state.unread:
            return word in _READ_THOUGH_STARRED and starred
        if aside == "mark":
            self._stream().item = True
            self._state.unread = True
            return True
        self._streams.setdefault(aside, _Stream())
        self._state.aside = aside
        return True

    def _stream(self) -> _Stream:
        return self._streams[self._state.aside]

    def _word(self, word: bytes, number: int | None) -> None:
        state = self._state
        if state.unread:
            return
        self._flush()
        if word == b"u" and number is not None:
            self._to_skip = state.skip
            self._put(chr(number % 65_536))
        elif word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in _PARAGRAPH_ENDS:
            self._end_paragraph(self._stream())
        elif word in (b"cell", b"nestcell", b"row", b"nestrow", b"trowd", b"intbl"):
            self._table(word)
        else:
            self._format(word, number)

    def _format(self, word: bytes, number: int | None) -> None:
        state, on = self._state, number != 0
        if word in (b"v", b"deleted"):
            state.hidden = on
        elif word == b"b":
            state.bold = on
        elif word == b"fs":
            state.size = number or 24
        elif word == b"cf":
            state.white = number in self._white
        elif word in (b"highlight", b"cb", b"chcbpat", b"cbpat"):
            state.ground = on
        elif word == b"f":
            state.code_page = self._pages.get(number or 0, self._default)
        elif word == b"uc":
            state.skip = number or 0
        elif word == b"plain":
            state.hidden = state.white = state.ground = state.bold = False
            state.size = 24
        elif word == b"pard":
            stream = self._stream()
            stream.item = stream.item and not stream.parts
            stream.in_table = False

    def _write(self, code: bytes | None, sign: bytes | None, text: bytes | None) -> None:
        if sign is not None:
            self._flush()
            if sign in _PARAGRAPH_ENDS:
                self._end_paragraph(self._stream())
            else:
                self._put(_SIGNS.get(sign, ""))
        elif code is not None:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._pending.append(int(code, 16))
        elif text is not None:
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            self._flush()
            self._put(text[skipped:].decode(self._state.code_page, "replace"))

    def _flush(self) -> None:
        if self._pending:
            self._put(bytes(self._pending).decode(self._state.code_page, "replace"))
            self._pending.clear()

    def _put(self, text: str) -> None:
        state, stream = self._state, self._stream()
        bare = state.white and not state.ground and not stream.in_table and not state.aside
        if state.hidden or bare or state.size <= _TINY:
            stream.unseen.append(text)
            return
        if text.strip():
            stream.heading = stream.heading and state.bold and state.size >= _HEADING_SIZE
        stream.parts.append(text)

    def _end_paragraph(self, stream: _Stream) -> None:
        text, unseen = _paired("".join(stream.parts)), _paired("".join(stream.unseen))
        stream.lines.hide(unseen)
        if stream.in_table:
            inner = Lines()
            inner.paragraph(text, item=stream.item)
            stream.cell += [line for line in inner.lines if line]
        elif text.strip() or not unseen:
            stream.lines.paragraph(text, item=stream.item, heading=stream.heading and bool(text.strip()))
        stream.parts.clear()
        stream.unseen.clear()
        stream.item, stream.heading = False, True

    def _table(self, word: bytes) -> None:
        stream = self._stream()
        if word in (b"intbl", b"trowd"):
            if not stream.in_table and not stream.cells:
                stream.lines.blank()
            stream.in_table = True
        elif word in (b"cell", b"nestcell"):
            stream.in_table = True
            self._end_paragraph(stream)
            stream.cells.append(stream.cell)
            stream.cell = []
        else:
            stream.lines.row(stream.cells)
            stream.cells = []
            stream.in_table = False

    def finish(self) -> Lines:
        """Header, body, boxes, notes and footer put together."""
        self._flush()
        result = Lines()
        for name in ("header", "", "box", "note", "footer"):
            stream = self._streams.get(name)
            if stream is None:
                continue
            if stream.parts or stream.unseen:
                self._end_paragraph(stream)
            leftover = [*stream.cells, stream.cell] if stream.cells or stream.cell else []
            stream.lines.row(leftover)
            for hidden in stream.lines.hidden:
                result.hide(hidden)
            if name:
                result.margin(stream.lines.lines)
            else:
                result.lines += stream.lines.lines
        return result


def _known(code_page: str) -> str:
    try:
        "".encode(code_page)
    except LookupError:
        return "cp1252"
    return code_page


def _paired(text: str) -> str:
    """Letters beyond 65,535 come as two halves, each written by itself; a half alone is no letter."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
