"""Bytes -> Document: the kind is told by the content, and the reader of that kind is called.

Readers load when they are needed. Those of formats that can be made to do harm run in a child
process (``sandbox``); what is not read ends in a sentence that says what to do instead.
"""

from __future__ import annotations

import importlib
import os
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.sniff import kind_of
from skillgap.reading.text import PASTE, decode, quoted

__all__ = ["MAX_BYTES", "read", "read_bytes", "reader_of"]

MAX_BYTES = 50_000_000  # of a file; resumes, ads and saved pages are far smaller
READERS = {
    "pdf": ("skillgap.reading.pdf", "read_pdf"),
    "docx": ("skillgap.reading.docx", "read_docx"),
    "odt": ("skillgap.reading.odt", "read_odt"),
    "rtf": ("skillgap.reading.rtf", "read_rtf"),
    "json": ("skillgap.reading.json_resume", "read_json"),
    "html": ("skillgap.reading.html", "read_html"),
    "mhtml": ("skillgap.reading.mail", "read_mail"),
    "eml": ("skillgap.reading.mail", "read_mail"),
    "webarchive": ("skillgap.reading.webarchive", "read_webarchive"),
}
_IN_A_CHILD = frozenset({"pdf", "docx", "odt", "rtf"})
_REFUSED = {
    "empty": "the file is empty or blank; paste or save the text once more",
    "spreadsheet": "is a table of many rows; read its listings with: skillgap batch {source}",
    "csv": "is a table of many rows; read its listings with: skillgap batch {source}",
    "other_office": "is a presentation, a drawing or an Apple document; save it as PDF or DOCX and give that",
    "picture": "is a picture, and letters in pictures are not read; turn it into text with a program for "
    "character recognition (OCR), for example: tesseract {source} out",
    "archive": "is a zip file or another archive (or a damaged DOCX); unpack it and give the files in it",
    "other_xml": f"is an XML file of a kind that is not read; {PASTE}",
    "binary": f"is not a text file, and no kind of document that is read; {PASTE}",
}
_OLD_OFFICE = (  # streams inside the file, in UTF-16
    ("EncryptedPackage", "is protected by a password; open it in its program and save it without password"),
    (
        "WordDocument",
        "is an old Word file (.doc); open it in Word or LibreOffice and save it as .docx or PDF",
    ),
    ("__substg1.0", "is an Outlook message (.msg); open it in Outlook and save it as .eml, HTML or text"),
    ("Workbook", "is an old Excel file; save it as CSV and read its listings with: skillgap batch"),
)
_OLD = "is an old Office file (.doc, .xls, .ppt); save it as .docx or PDF and give that"


def read_bytes(data: bytes, source: str) -> Document:
    """The document in these bytes; ``source`` names it in messages and records.

    Raises UnreadableError for anything whose text can't be had.
    """
    label = _shown(source)
    if len(data) > MAX_BYTES:
        raise UnreadableError(_too_large(label))
    kind = kind_of(data, source)
    if kind == "old_office":
        raise UnreadableError(f"{label}: {_old_office(data)}")
    if kind in _REFUSED:
        raise UnreadableError(f"{label}: {_REFUSED[kind].format(source=quoted(label))}")
    if kind == "text":
        return Document(source=source, text=decode(data, label))
    if kind in _IN_A_CHILD:
        from skillgap.reading import sandbox

        document = sandbox.run(kind, data, label)
    else:
        document = reader_of(kind)(data, label)
    return document if label == source else replace(document, source=source)


def reader_of(kind: str) -> Callable[[bytes, str], Document]:
    """The function ``(data, source) -> Document`` that reads this kind in this process."""
    module, name = READERS[kind]
    return cast("Callable[[bytes, str], Document]", getattr(importlib.import_module(module), name))


def read(path_or_bytes: str | os.PathLike[str] | bytes, source: str | None = None) -> Document:
    """Read a file, or bytes that are already there.

    Raises UnreadableError if there is no such file, it may not be read, or its text can't be had.
    """
    if isinstance(path_or_bytes, bytes):
        return read_bytes(path_or_bytes, source or "<bytes>")
    name = source or str(path_or_bytes)
    return read_bytes(_content(Path(path_or_bytes), _shown(name) or '""'), name)


def _content(path: Path, label: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableError(f"{label}: is a folder; give the files in it, for example {label}/*.txt")
        if not stat.S_ISREG(status.st_mode) and not _already_open(path):
            # opening a pipe or device may wait for ever, or never end
            raise UnreadableError(
                f"{label}: is a pipe or device, not a file; read it as standard input: - < {quoted(label)}"
            )
        if status.st_size > MAX_BYTES:
            raise UnreadableError(_too_large(label))
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise UnreadableError(f"{label}: there is no such file; check the name and the folder") from error
    except (OSError, ValueError) as error:
        cause = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(
            f"{label}: can't be opened ({cause}); check the name and its permissions"
        ) from error


def _already_open(path: Path) -> bool:
    """Whether the shell has opened it for us, as in ``skillgap analyze <(pdftotext cv.pdf -)``."""
    return str(path).startswith(("/dev/fd/", "/dev/stdin", "/proc/self/fd/"))


def _too_large(label: str) -> str:
    megabytes = MAX_BYTES // 1_000_000
    return (
        f"{label}: is larger than {megabytes} MB, which no ad or resume is; "
        "save the part that matters as a new file"
    )


def _old_office(data: bytes) -> str:
    for stream, sentence in _OLD_OFFICE:
        if stream.encode("utf-16-le") in data:
            return sentence
    return _OLD


def _shown(source: str) -> str:
    """A source as messages show it: on one line, without signs that steer a terminal."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in source)
