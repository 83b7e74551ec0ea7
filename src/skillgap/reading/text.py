"""Bytes -> text: encodings and line ends.

BOM first, then UTF-8, then a UTF-16 without BOM, then cp1252: right on all the pages that this
order was tried on.
"""

from __future__ import annotations

import codecs

from skillgap.errors import UnreadableError

PASTE = "open it, copy the text and paste it, or save it as a .txt file"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# latin-1 with the letters of cp1252; the five codes that cp1252 leaves open stay what they are
_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
_CONTROL_SHARE, _STRAY = 0.02, 4  # more control characters than this share, and some, is no text
_MOST_CONTROL = 0.25  # even in a short text
_SAMPLE = 4_096
_GOOD_PER_BAD = 3  # so many sound UTF-8 letters for a broken byte, and it is damaged UTF-8


def quoted(source: str) -> str:
    """A file's name as it can be put into a command."""
    return f'"{source}"' if " " in source else source


def decode(data: bytes, source: str) -> str:
    """The text in these bytes, without BOM and with LF line ends; UnreadableError if it is none."""
    text = decoded(data)
    if not text.strip(" \t\n\f\v\x00\u00a0\ufeff\u200b"):
        raise UnreadableError(f"{source}: the file is empty or blank; paste or save the text once more")
    if _strange(text[:_SAMPLE]):
        raise UnreadableError(f"{source}: is not a text file; {PASTE}")
    return text


def decoded(data: bytes) -> str:
    """These bytes as text by the likeliest encoding, without BOM and with LF line ends; never fails."""
    return _unicode(data).replace("\r\n", "\n").replace("\r", "\n")


def looks_binary(data: bytes) -> bool:
    """Whether the beginning of these bytes is no text in any encoding we know."""
    return _strange(decoded(data[:_SAMPLE]))


def _strange(head: str) -> bool:
    strange = sum((char < " " and char not in "\n\t\f\v") or char == "\ufffd" for char in head)
    return strange > min(_STRAY + len(head) * _CONTROL_SHARE, len(head) * _MOST_CONTROL)


def _unicode(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    wide = _utf16(data[:_SAMPLE])  # before UTF-8, which takes the zeros of plain English for text
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _damaged_utf8(data) or data.decode("latin-1").translate(_CP1252)


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a byte broken here and there, or cut off inside its last letter."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(char > "\x7f" for char in text) - bad
    cut_off = bad == 1 and good > 0 and text.endswith("\ufffd")
    return text if cut_off or good >= bad * _GOOD_PER_BAD else None


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without a BOM shows as a zero in every second byte of plain English."""
    if len(sample) < 4:
        return None
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros, others = sample[offset::2].count(0), sample[1 - offset :: 2].count(0)
        if zeros > len(sample) // 2 * 0.6 and others < zeros // 10 + 1:
            return encoding
    return None
