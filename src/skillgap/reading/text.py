"""Bytes -> text: encodings, line ends, and what is not text at all.

BOM first, then UTF-8, then a UTF-16 without BOM, then cp1252: right on all the pages that this
order was tried on. What is a PDF, a picture or an archive is told by its first bytes.
"""

from __future__ import annotations

import codecs

from skillgap.errors import UnreadableError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PASTE = "open it, copy the ad's text and paste it, or save it as a .txt file"
_FOREIGN = (
    (b"%PDF-", f"is a PDF, which is not read yet; {_PASTE}"),
    (b"PK\x03\x04", f"is a zip, DOCX or spreadsheet file, which is not read yet; {_PASTE}"),
    (b"\xd0\xcf\x11\xe0", f"is an old Office file, which is not read; {_PASTE}"),
    (b"{\\rtf", f"is an RTF file, which is not read yet; {_PASTE}"),
    (b"\x89PNG", "is a picture; a text is needed: paste the ad's text"),
    (b"\xff\xd8\xff", "is a picture; a text is needed: paste the ad's text"),
    (b"GIF8", "is a picture; a text is needed: paste the ad's text"),
    (b"\x1f\x8b", "is a compressed file; unpack it first"),
    (b"bplist00", f"is a web archive, which is not read yet; {_PASTE}"),
)
_HTML_STARTS = ("<!doctype html", "<html", "<head", "<body", "<?xml")
_CONTROL_SHARE = 0.02  # more control characters than this is no text
_SAMPLE = 4_096


def decode(data: bytes, source: str) -> str:
    """The text in these bytes, without BOM and with LF line ends; UnreadableError if it is none."""
    for magic, cause in _FOREIGN:
        if data.startswith(magic):
            raise UnreadableError(f"{source}: {cause}")
    text = _decoded(data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableError(f"{source}: the file is empty; paste or save the ad's text")
    head = text[:_SAMPLE]
    strange = sum((char < " " and char not in "\n\t\f\v") or char == "\ufffd" for char in head)
    if strange > len(head) * _CONTROL_SHARE:
        raise UnreadableError(f"{source}: is not a text file; {_PASTE}")
    if head.lstrip().lower().startswith(_HTML_STARTS):
        raise UnreadableError(f"{source}: is the source of a web page, which is not read yet; {_PASTE}")
    return text


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    utf16 = _utf16(data[:_SAMPLE])
    return data.decode(utf16 or "cp1252", "replace")


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a BOM shows as a zero in every second byte of plain English."""
    if len(sample) < 4:
        return None
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = sample[offset::2].count(0)
        if zeros > len(sample) // 2 * 0.6:
            return encoding
    return None
