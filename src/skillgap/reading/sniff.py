"""What kind of file this is, told by its bytes; the name is only asked where bytes can't tell.

A file keeps its kind under any suffix: resumes arrive as ``cv.doc`` that is RTF, pages as ``ad.txt``.
"""

from __future__ import annotations

import re

from skillgap.reading.text import decoded, looks_binary

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAMPLE = 4_096  # bytes or characters that are looked at
_PDF_WITHIN = 1_024  # readers find a PDF's header behind this much junk

_STARTS = (
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"\x00\x00\x00\x0cjP  ", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"PK\x05\x06", "archive"),
    (b"PK\x07\x08", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x28\xb5\x2f\xfd", "archive"),
    (b"PAR1", "spreadsheet"),
    (_OLE, "old_office"),
    (b"SQLite format 3\x00", "binary"),
    (b"\x7fELF", "binary"),
)
_SHORT_STARTS = ((b"BM", "picture"), (b"BZh", "archive"))  # words may begin so, too
_PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")
# What a zip holds decides its kind; the names stand in plain bytes, even where the zip is cut short.
_IN_ZIP = (
    (b"word/document", "docx"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "spreadsheet"),
    (b"mimetypeapplication/", "other_office"),
    (b"xl/workbook", "spreadsheet"),
    (b"xl/worksheets", "spreadsheet"),
    (b"ppt/presentation", "other_office"),
    (b"ppt/slides", "other_office"),
    (b"Index/Document.iwa", "other_office"),
    (b"word/", "docx"),
    (b"content.xml", "odt"),
)
_PACKED = (b".docx", b".odt", b".pdf", b".rtf", b".doc", b".txt", b".html", b".htm", b".eml", b".xlsx")
_BLANK = b" \t\r\n\f\v\x00\xef\xbb\xbf\xff\xfe"
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"\s*</?(?:title|meta|link|div|p|h[1-6]|main|article|section|span|table|[ou]l|li|script|style)\b",
    re.IGNORECASE,
)
_MAIL_HEADER = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40}):[ \t]*\S", re.MULTILINE)
_MAIL_NAMES = frozenset({"from", "to", "subject", "date", "cc", "reply-to", "sender"})
# People paste "Subject: ..." into plain text; these are written by programs only.
_MACHINE_NAMES = frozenset({
    "received", "message-id", "mime-version", "return-path", "delivered-to", "dkim-signature",
    "content-type", "snapshot-content-location", "x-mailer", "authentication-results",
})  # fmt: skip
_JSON = re.compile(r'\s*(?:\{\s*(?:"|\}|\Z)|\[\s*(?:[\[\]{"]|-?\d))')


def kind_of(data: bytes, name: str = "") -> str:
    """The kind of these bytes; ``name`` (a path or label) helps only with tables and mails.

    One of: empty, pdf, docx, odt, rtf, html, mhtml, eml, webarchive, json, text, and what is not
    read: spreadsheet, csv, old_office, other_office, picture, archive, other_xml, binary.
    """
    if not data.strip(_BLANK):  # no byte but blanks, zeros and BOMs
        return "binary" if decoded(data[:_SAMPLE]).strip() else "empty"
    return _by_magic(data) or _by_text(data, name.lower())


def _by_magic(data: bytes) -> str | None:
    start = data.lstrip(b" \t\r\n\xef\xbb\xbf")[:_SAMPLE]
    if start.startswith(b"{\\rtf"):
        return "rtf"
    header = data.find(b"%PDF-", 0, _PDF_WITHIN)
    if header == 0 or (header > 0 and b"endobj" in data):
        return "pdf"
    if data.startswith(_ZIP):
        return _zipped(data)
    return _other_binary(data)


def _other_binary(data: bytes) -> str | None:
    if data.startswith(b"bplist00"):
        return "webarchive" if b"WebMainResource" in data else "binary"
    starts = _STARTS + _SHORT_STARTS if looks_binary(data) else _STARTS
    for magic, kind in starts:
        if data.startswith(magic):
            return kind
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    if webp or (data[4:8] == b"ftyp" and data[8:12] in _PICTURE_BRANDS):
        return "picture"
    return "archive" if data[257:262] == b"ustar" else None


def _zipped(data: bytes) -> str:
    first = data[30 : 30 + int.from_bytes(data[26:28], "little")]  # the name of the first file in it
    if first.lower().endswith(_PACKED):
        return "archive"
    for mark, kind in _IN_ZIP:
        if mark in data:
            return kind
    return "archive"


def _by_text(data: bytes, name: str) -> str:
    if looks_binary(data):
        return "binary"
    head = decoded(data[:_SAMPLE])
    mail = _mail(head, name)
    if mail is not None:
        return mail
    if _HTML.match(head) or _is_fragment(head):
        return "html"
    if head.lstrip().lower().startswith(("<?xml", "<svg")):
        return _xml(head.lower(), data)
    if _JSON.match(head):
        return "json"
    return "csv" if _is_table(head, name) else "text"


def _is_fragment(head: str) -> bool:
    """A piece of a page; Markdown may begin with a tag, too, but goes on without."""
    if not _TAG.match(head):
        return False
    lines = [line for line in head.split("\n") if line.strip()]
    return 2 * sum(line.lstrip().startswith("<") for line in lines) >= len(lines)


def _xml(head: str, data: bytes) -> str:
    if "<html" in head or "xhtml" in head:
        return "html"
    if "<plist" in head and b"WebMainResource" in data:
        return "webarchive"
    return "picture" if "<svg" in head else "other_xml"


def _mail(head: str, name: str) -> str | None:
    """Mail and MHTML begin with headers, some of which no person would type."""
    block = head.lstrip("\n")
    if block.startswith("From ") and "\n" in block:  # the line that mbox files begin with
        block = block.split("\n", 1)[1]
    block = block.split("\n\n", 1)[0]
    first = block.split("\n", 1)[0]
    if not re.match(r"[A-Za-z][A-Za-z0-9-]{1,40}:", first):
        return None
    names = {match[1].lower() for match in _MAIL_HEADER.finditer(block)}
    if not names & _MACHINE_NAMES and not (name.endswith((".eml", ".mht", ".mhtml")) and names & _MAIL_NAMES):
        return None
    if len(names & (_MAIL_NAMES | _MACHINE_NAMES)) < 2:
        return None
    saved = "snapshot-content-location" in names or "multipart/related" in block.lower()
    by_browser = "saved by" in block.lower() or name.endswith((".mht", ".mhtml"))
    return "mhtml" if saved and (by_browser or "to" not in names) else "eml"


def _is_table(head: str, name: str) -> bool:
    """A table by its name and its lines, or by a first line that names the columns of listings."""
    lines = [line for line in head.split("\n")[:-1] or [head] if line.strip()]
    if not lines:
        return False
    delimiter = max(",\t;|", key=lines[0].count)
    columns = [cell.strip(" \"'\ufeff").lower() for cell in lines[0].split(delimiter)]
    if len(columns) < 2:
        return False
    if name.endswith((".csv", ".tsv")):
        return True
    named = {cell.replace(" ", "_").replace("-", "_") for cell in columns}
    plain = all(re.fullmatch(r"[\w .-]{1,40}", cell) for cell in columns)
    telling = named & {"description", "job_description", "description_text", "job_text"}
    return plain and len(columns) >= 3 and len(lines) > 1 and bool(telling) and delimiter in ",\t;"
