"""One page of a PDF -> pieces of text with their places, and what stands there unseen.

A piece is text on one baseline without a wide gap. Text is unseen if it is drawn invisibly (unless
a picture lies under it: that is a scan with its recognised text), in the colour of its ground, in
letters under 2 points, or off the page.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from skillgap.reading.characters import BULLET, is_icon, letters
from skillgap.reading.layout import Page, Piece
from skillgap.reading.pdf_paint import Box, Color, Painter, Painting, inside

_INVISIBLE = 3  # text render mode
_SMALLEST = 2.0  # points
_LIGHT, _ALIKE = 200, 15  # a colour that may vanish on paper, and how near two colours look the same
_LEVEL, _KERNED = 0.4, 0.6  # of the letters' height: how far signs of one piece may be up, down, back
_GAP = 0.9  # of the letters' height: a wider one ends a piece
_OMS_BULLET = 0x0F  # in LaTeX's font of symbols, where other fonts have a ligature
_RTL = range(0x590, 0x900)
_UNMAPPED = frozenset({0, 0xFFFD})


@dataclass(slots=True)
class Style:
    """What the characters of one text object share."""

    number: int  # in painting order
    color: Color | None
    unseen: bool  # drawn invisibly
    turned: bool
    font: int


@dataclass(slots=True)
class Content:
    """A page as it was read: for the layout, and for what is said about it."""

    page: Page
    hidden: list[str]
    letters: int  # that are seen
    unmapped: int  # of them, those whose font does not say what they are
    pictures: int


class PageReader:
    """Reads pages with the functions of ``pypdfium2_raw``; one per document."""

    def __init__(self, pdfium: Any, document: Any) -> None:
        self._pdfium = pdfium
        self._document = document
        self._with_form = pdfium.FPDF_GetFormType(document) != 0
        self._painter = Painter(pdfium)
        self._box = pdfium.FS_RECTF()
        self._fonts: dict[int, int] = {}  # address of a font -> number of its name
        self._names: dict[bytes, int] = {}
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def read(self, number: int) -> Content | None:
        """The page of this number (from 0), or None if it is broken."""
        pdfium = self._pdfium
        self._fonts.clear()  # the next page may have another font at the same address
        page = pdfium.FPDF_LoadPage(self._document, number)
        if page and self._with_form:  # what was typed into a form becomes part of its page
            pdfium.FPDFPage_Flatten(page, 0)
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(self._document, number)
        text = pdfium.FPDFText_LoadPage(page) if page else None
        if not text:
            return None
        painting = self._painter.paint(page)
        frame = self._frame(page)
        pieces, hidden, letters, unmapped = self._pieces(text, frame, painting)
        marks = [frame.place(box) for box in painting.marks]
        result = Page(
            frame.width, frame.height, pieces, [(x0, (top + bottom) / 2) for x0, _, top, bottom in marks]
        )
        pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
        return Content(result, hidden, letters, unmapped, len(painting.pictures))

    def _frame(self, page: Any) -> Frame:
        self._pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(self._box))
        box = (self._box.left, self._box.bottom, self._box.right, self._box.top)
        return Frame(box, self._pdfium.FPDFPage_GetRotation(page))

    def _pieces(self, text: Any, frame: Frame, painting: Painting) -> tuple[list[Piece], list[str], int, int]:
        """Pieces that are seen, texts that are not, and how many letters are seen and unmapped."""
        pdfium, box = self._pdfium, self._box
        styles: dict[int, Style] = {}
        writer = _Writer(frame, painting)
        for index in range(pdfium.FPDFText_CountChars(text)):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if code in (0x20, 0xA0, 0x09):
                writer.space()
                continue
            if code in (0x0A, 0x0D) and pdfium.FPDFText_IsGenerated(text, index) == 1:
                writer.end()
                continue
            handle = pdfium.FPDFText_GetTextObject(text, index)
            address = ctypes.cast(handle, ctypes.c_void_p).value or 0
            style = styles.get(address)
            if style is None:
                style = styles[address] = self._style(
                    text, index, handle, painting.numbers.get(address), frame
                )
            pdfium.FPDFText_GetLooseCharBox(text, index, ctypes.byref(box))
            pdfium.FPDFText_GetCharOrigin(text, index, ctypes.byref(self._x), ctypes.byref(self._y))
            place = (box.left, box.bottom, box.right, box.top)
            writer.letter(code, place, (self._x.value, self._y.value), style)
        writer.end()
        return writer.pieces, writer.hidden, writer.letters, writer.unmapped

    def _style(self, text: Any, index: int, handle: Any, number: int | None, frame: Frame) -> Style:
        pdfium = self._pdfium
        if not handle:
            return Style(1 << 30, None, unseen=False, turned=False, font=0)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(handle)
        color, alpha = self._painter.color(handle)
        unseen = mode == _INVISIBLE or (color is not None and alpha < 8 and mode == 0)
        angle = pdfium.FPDFText_GetCharAngle(text, index) - frame.angle
        upright = angle % 6.2832 < 0.3 or angle % 6.2832 > 5.98
        font = self._font(pdfium.FPDFTextObj_GetFont(handle))
        known = number if number is not None else 1 << 30
        return Style(known, color, unseen=unseen, turned=not upright, font=font)

    def _font(self, handle: Any) -> int:
        """A number for the font's name, without the mark of its subset: subsets are one font."""
        address = ctypes.cast(handle, ctypes.c_void_p).value or 0
        if address not in self._fonts:
            name = ctypes.create_string_buffer(128)
            self._pdfium.FPDFFont_GetBaseFontName(handle, name, 128)
            called = name.value.rpartition(b"+")[2]
            self._fonts[address] = self._names.setdefault(called, len(self._names))
        return self._fonts[address]


class Frame:
    """Turns places of the page's own space into points from the left and top edge as displayed."""

    def __init__(self, box: Box, rotation: int) -> None:
        self._left, self._bottom, self._right, self._top = box
        self._rotation = rotation
        self.angle = (0.0, 1.5708, 3.1416, 4.7124)[rotation % 4]
        sides = (self._right - self._left, self._top - self._bottom)
        self.width, self.height = sides[::-1] if rotation % 2 else sides

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self._rotation == 1:
            return y - self._bottom, x - self._left
        if self._rotation == 2:
            return self._right - x, y - self._bottom
        if self._rotation == 3:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def place(self, box: Box) -> tuple[float, float, float, float]:
        """(left, right, top, bottom) as displayed."""
        x0, y0 = self.point(box[0], box[1])
        x1, y1 = self.point(box[2], box[3])
        return min(x0, x1), max(x0, x1), min(y0, y1), max(y0, y1)

    def holds(self, x: float, y: float) -> bool:
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1


class _Writer:
    """Puts characters together to pieces."""

    def __init__(self, frame: Frame, painting: Painting) -> None:
        self._frame = frame
        self._painting = painting
        self.pieces: list[Piece] = []
        self.hidden: list[str] = []
        self.letters = self.unmapped = 0
        self._piece: Piece | None = None
        self._last_x0 = 0.0
        self._unseen = self._turned = self._spaced = False

    def space(self) -> None:
        self._spaced = True

    def letter(self, code: int, box: Box, origin: tuple[float, float], style: Style) -> None:
        x0, x1, top, bottom = self._frame.place(box)
        _, y = self._frame.point(*origin)
        size = bottom - top
        unseen = self._is_unseen(box, style, (x0 + x1) / 2, y, (x1 - x0) if style.turned else size)
        if not unseen:
            self.letters += 1
            self.unmapped += code in _UNMAPPED or 0xE000 <= code < 0xF000
        piece = self._piece
        sign = self._sign(code)
        if (
            piece is None
            or unseen != self._unseen
            or style.turned != self._turned
            or not self._follows(x0, x1, y, size)
        ):
            self.end()
            self._piece = Piece(sign, x0, x1, y, size, style.font, len(self.pieces), style.font)
            self._unseen, self._turned, self._last_x0 = unseen, style.turned, x0
            return
        if self._spaced and piece.text:
            piece.text += " "
            piece.word = piece.word or piece.x1 - piece.x0
            piece.spaces.append(x0 - piece.x1)
        self._spaced, self._last_x0 = False, x0
        piece.text += sign
        piece.x0, piece.x1 = min(piece.x0, x0), max(piece.x1, x1)
        piece.size = max(piece.size, size)
        piece.last_font = style.font
        if style.turned:
            piece.y = min(piece.y, y)

    def _sign(self, code: int) -> str:
        if code in _UNMAPPED or 0xD800 <= code < 0xE000:
            return ""
        if code == _OMS_BULLET and (self._piece is None or not self._piece.text):
            return "\u2022"
        return letters(chr(code))

    def _follows(self, x0: float, x1: float, y: float, size: float) -> bool:
        """Whether a character at this place goes on with the piece."""
        piece = self._piece
        if piece is None or self._turned:
            return piece is not None
        is_mark = self._spaced and (BULLET.fullmatch(piece.text + " ") or is_icon(piece.text))
        if is_mark or abs(y - piece.y) > _LEVEL * max(size, piece.size):
            return False  # after a mark, so that it is known where the text of the item begins
        if abs(x0 - self._last_x0) < 0.05 and not self._spaced:
            return True  # one sign, several letters: a ligature
        gap = max(size, piece.size) * _GAP
        if -_KERNED * size < x0 - piece.x1 < gap:
            return True
        return bool(piece.text) and ord(piece.text[-1]) in _RTL and -_KERNED * size < piece.x0 - x1 < gap

    def _is_unseen(self, box: Box, style: Style, x: float, y: float, size: float) -> bool:
        if not self._frame.holds(x, y) or size < _SMALLEST:
            return True
        middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if style.unseen:
            return not any(inside(picture, *middle) for picture in self._painting.pictures)
        if style.color is None or min(style.color) < _LIGHT:
            return False
        ground = self._painting.ground(style.number, *middle)
        return (
            ground is not None and max(abs(a - b) for a, b in zip(ground, style.color, strict=True)) <= _ALIKE
        )

    def end(self) -> None:
        """Close the piece at a line end."""
        piece, self._piece, self._spaced = self._piece, None, False
        if piece is None or not piece.text.strip():
            return
        if self._unseen:
            self.hidden.append(piece.text)
        else:
            piece.order = len(self.pieces)
            piece.word = piece.word or piece.x1 - piece.x0
            self.pieces.append(piece)
