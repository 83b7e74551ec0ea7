"""PDF -> Document, by PDFium: its characters with their places, ordered by ``layout``.

PDFium knows the letters, where they stand, their colour and their render mode; what order they are
read in, which lines belong together and what is a table is told by the places.
Runs in the child process of ``sandbox``: a PDF of 11 KB can abort the process that reads it.
"""

from __future__ import annotations

import ctypes
from typing import Any

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.layout import compose
from skillgap.reading.pdf_page import Content, PageReader
from skillgap.reading.text import quoted

MAX_PAGES = 300
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD
_UNMAPPED_SHARE = 0.3  # more letters without a meaning than this: the text is not worth reading
_MAX_HIDDEN, _MAX_HIDDEN_TEXT = 50, 300
_DIVIDERS = ("tex", "indesign", "quarkxpress", "framemaker", "scribus", "troff", "prince")
_OCR = "let a program recognise the letters (OCR) and give what it writes, for example: ocrmypdf"


def read_pdf(data: bytes, source: str) -> Document:
    """The Document (kind ``pdf``) of these bytes.

    ``meta`` may hold ``hidden`` (texts that a person can't see; they are left out) and ``notes``.
    Raises UnreadableError for a password, a damaged file, a scan, and fonts that hide their letters.
    """
    import pypdfium2_raw as pdfium

    pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableError(_not_opened(pdfium.FPDF_GetLastError(), source))
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise UnreadableError(_not_opened(0, source))
    if count > MAX_PAGES:
        raise UnreadableError(
            f"{source}: has {count} pages, and no ad or resume has over {MAX_PAGES}; "
            "print the pages that matter as a new PDF"
        )
    reader = PageReader(pdfium, document)
    contents = [reader.read(number) for number in range(count)]
    pages = [content for content in contents if content is not None]
    text = compose([content.page for content in pages], divides=_divides_words(pdfium, document))
    if not text.strip():
        raise UnreadableError(f"{source}: {_without_text(pages, source)}")
    if sum(page.unmapped for page in pages) > _UNMAPPED_SHARE * sum(page.letters for page in pages):
        raise UnreadableError(
            f"{source}: its fonts do not say which letters they show; "
            f"{_OCR} --force-ocr {quoted(source)} read.pdf"
        )
    return Document(source=source, text=text, kind="pdf", meta=_meta(contents))


def _divides_words(pdfium: Any, document: Any) -> bool:
    """Whether a program made this PDF that divides words at line ends unless told not to."""
    said = ""
    for key in (b"Producer", b"Creator"):
        buffer = ctypes.create_string_buffer(512)
        length = min(512, pdfium.FPDF_GetMetaText(document, key, buffer, 512))
        said += buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace").lower()
    return any(name in said for name in _DIVIDERS)


def _not_opened(error: int, source: str) -> str:
    if error == _PASSWORD_ERROR:
        return (
            f"{source}: is a PDF protected by a password; open it with the password, print it as a new PDF "
            "and give that"
        )
    return (
        f"{source}: is a damaged PDF, or one that was cut short; download or export it once more, "
        "or open it, copy the text and paste it"
    )


def _without_text(pages: list[Content], source: str) -> str:
    if any(page.hidden for page in pages):
        return "is a PDF whose text can't be seen; export it once more, or paste the text"
    if any(page.pictures for page in pages):
        return f"is a scan: a PDF of pictures, without text; {_OCR} {quoted(source)} read.pdf"
    return (
        "is a PDF without any text (letters may be drawn as lines); "
        f"{_OCR} --force-ocr {quoted(source)} read.pdf"
    )


def _meta(contents: list[Content | None]) -> dict[str, object]:
    meta: dict[str, object] = {}
    hidden = [text for content in contents if content for text in content.hidden]
    if hidden:
        meta["hidden"] = [text[:_MAX_HIDDEN_TEXT] for text in hidden[:_MAX_HIDDEN]]
    notes = []
    for number, content in enumerate(contents, 1):
        if content is None:
            notes.append(f"Page {number} is broken and was not read.")
        elif not content.letters and content.pictures:
            notes.append(f"Page {number} is a picture; its text was not read.")
    if notes:
        meta["notes"] = notes
    return meta
