"""What is painted on a page of a PDF beside text: grounds, pictures, and bullets that are drawn."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import Any

_TEXT, _PATH, _IMAGE, _SHADING, _FORM = 1, 2, 3, 4, 5  # FPDF_PAGEOBJ_*
_OPAQUE = 128  # of 255
_MAX_OBJECTS, _MAX_DEPTH = 100_000, 6
_SMALLEST_MARK, _LARGEST_MARK = 1.2, 7.0  # points: a bullet that is drawn, not written
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Box = tuple[float, float, float, float]  # left, bottom, right, top in the page's own space
Color = tuple[int, int, int]
_WHITE: Color = (255, 255, 255)


@dataclass(slots=True)
class Painting:
    """What is painted on a page beside text, in painting order; boxes in the page's own space."""

    fills: list[tuple[int, Box, Color | None]] = field(default_factory=list)  # None: of many colours
    pictures: list[Box] = field(default_factory=list)
    marks: list[Box] = field(default_factory=list)
    numbers: dict[int, int] = field(default_factory=dict)  # address of a text object -> its number

    def ground(self, number: int, x: float, y: float) -> Color | None:
        """The colour under a point when object ``number`` is painted; None if it can't be told."""
        color: Color | None = _WHITE
        for order, box, fill in self.fills:
            if order >= number:
                break
            if inside(box, x, y):
                color = fill
        return color


class Painter:
    """Looks through the objects of pages with the functions of ``pypdfium2_raw``."""

    def __init__(self, pdfium: Any) -> None:
        self._pdfium = pdfium

    def color(self, handle: Any) -> tuple[Color | None, int]:
        """The fill colour of an object, None if it has none, and how opaque it is, of 255."""
        parts = [ctypes.c_uint() for _ in range(4)]
        if not self._pdfium.FPDFPageObj_GetFillColor(handle, *map(ctypes.byref, parts)):
            return None, 255
        red, green, blue, alpha = (part.value for part in parts)
        return (red, green, blue), alpha

    def paint(self, page: Any) -> Painting:
        """All that is painted on a page."""
        painting = Painting()
        pdfium = self._pdfium
        count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
        for index in range(count):
            self._paint(pdfium.FPDFPage_GetObject(page, index), _UNMOVED, painting, 0)
        return painting

    def _paint(self, handle: Any, matrix: tuple[float, ...], painting: Painting, depth: int) -> None:
        pdfium = self._pdfium
        number = len(painting.numbers) + len(painting.fills)
        kind = pdfium.FPDFPageObj_GetType(handle)
        if kind == _TEXT:
            painting.numbers[ctypes.cast(handle, ctypes.c_void_p).value or 0] = number
            return
        if kind == _FORM and depth < _MAX_DEPTH:
            inner = pdfium.FS_MATRIX()
            pdfium.FPDFPageObj_GetMatrix(handle, ctypes.byref(inner))
            both = _times((inner.a, inner.b, inner.c, inner.d, inner.e, inner.f), matrix)
            for index in range(min(pdfium.FPDFFormObj_CountObjects(handle), _MAX_OBJECTS)):
                self._paint(pdfium.FPDFFormObj_GetObject(handle, index), both, painting, depth + 1)
            return
        edges = [ctypes.c_float() for _ in range(4)]
        if not pdfium.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, edges)):
            return
        box = _moved(tuple(edge.value for edge in edges), matrix)
        if kind == _IMAGE:
            painting.pictures.append(box)
            painting.fills.append((number, box, None))
        elif kind == _SHADING:
            painting.fills.append((number, box, None))
        elif kind == _PATH:
            self._path(handle, number, box, painting)

    def _path(self, handle: Any, number: int, box: Box, painting: Painting) -> None:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        self._pdfium.FPDFPath_GetDrawMode(handle, ctypes.byref(mode), ctypes.byref(stroke))
        color, alpha = self.color(handle)
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        if short >= _SMALLEST_MARK and long <= min(_LARGEST_MARK, 1.8 * short):
            painting.marks.append(box)
        elif mode.value and alpha >= _OPAQUE:
            painting.fills.append((number, box, color))


def inside(box: Box, x: float, y: float) -> bool:
    """Whether a point is in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, l_ = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l_


def _moved(box: tuple[float, ...], matrix: tuple[float, ...]) -> Box:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
