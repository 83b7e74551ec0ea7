"""Mails (.eml) and pages saved as MHTML -> Document, by Python's own email package.

A mail is its subject and its text part; the part in HTML is read where that says more. An MHTML file is its
main page, with the frames shown in it. Chrome declares no charset in MHTML, so the page itself is asked.
"""

from __future__ import annotations

import re
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.html import read_html
from skillgap.reading.markup import refuse_long
from skillgap.reading.text import decoded

_FORWARDED = re.compile(r"^(?:(?:fwd?|re|aw|wg|tr|rv)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE)
_MOST_PARTS = 2_000
_LARGEST = 60_000_000  # bytes of a mail; pictures in it are most of that
_LONGEST_HEADER = 1_000
_STUB = 0.5  # a text part with fewer of the HTML part's words only says where to find it
_SOFT_WRAP = re.compile(r"(?<! )(?<!\n--) +\n(?=[^\n>])")
_WORD = re.compile(r"\w+")
_INVISIBLE = re.compile("[\u00ad\u034f\u200b-\u200f\u2060\ufeff]")


def read_mail(data: bytes, source: str) -> Document:
    """The ad or resume in a mail or MHTML file.

    Raises UnreadableError if it holds no text, only attachments, or is no mail at all.
    """
    if len(data) > _LARGEST:
        raise UnreadableError(f"{source}: is a mail of {len(data) // 1_000_000} MB; save its text alone")
    lines = data.lstrip()
    if lines.startswith(b"From ") and b"\n" in lines:  # the line that mbox files begin with
        lines = lines.split(b"\n", 1)[1]
    try:
        message = BytesParser(policy=compat32).parsebytes(lines)
        parts = _leaves(message)
    except (ValueError, LookupError, RecursionError, AssertionError) as error:
        raise UnreadableError(f"{source}: is a damaged mail; open it and save or paste its text") from error
    if _is_saved_page(message, parts):
        return _saved_page(message, parts, source)
    return _letter(message, parts, source)


def _leaves(message: Message) -> list[Message]:
    """All parts that hold something, in order; a mail in a mail counts with its parts."""
    parts: list[Message] = []
    stack = [message]
    while stack and len(parts) < _MOST_PARTS:
        part = stack.pop()
        inner = part.get_payload()
        if part.is_multipart() and isinstance(inner, list):
            stack.extend(piece for piece in reversed(inner) if isinstance(piece, Message))
        else:
            parts.append(part)
    return parts


def _body(part: Message) -> bytes:
    """The bytes of a part, be it quoted-printable or base64; what can't be decoded stays as it is."""
    try:
        body = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        body = None
    return body if isinstance(body, bytes) else b""


def _charset(part: Message) -> str | None:
    charset = part.get_param("charset")
    return charset.strip("'\" ") if isinstance(charset, str) and charset else None


# -- MHTML ----------------------------------------------------------------------------------------


def _is_saved_page(message: Message, parts: list[Message]) -> bool:
    located = any(part.get("Content-Location") for part in parts)
    pages = any(part.get_content_type() in ("text/html", "application/xhtml+xml") for part in parts)
    related = message.get_content_type() == "multipart/related" or bool(
        message.get("Snapshot-Content-Location")
    )
    return pages and related and (located or "to" not in message) and "received" not in message


def _saved_page(message: Message, parts: list[Message], source: str) -> Document:
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start, named = message.get_param("start"), _unfolded(message.get("Snapshot-Content-Location"))
    main = next((p for p in pages if start and p.get("Content-ID") == start), None)
    main = main or next(
        (p for p in pages if named and _unfolded(p.get("Content-Location")) == named), pages[0]
    )
    by_name: dict[str, Message] = {}
    for part in pages:
        by_name.setdefault(_unfolded(part.get("Content-Location")), part)
        by_name.setdefault("cid:" + _unfolded(part.get("Content-ID")).strip("<>"), part)

    def frame(address: str) -> bytes | None:
        part = by_name.get(address) if address else None
        return _body(part) if part is not None and part is not main else None

    address = named or _unfolded(main.get("Content-Location"))
    url = address if address.startswith(("http://", "https://")) else None
    page = read_html(_body(main), source, charset=_charset(main), url=url, frames=frame)
    return Document(source, page.text, "mhtml", meta=page.meta)


def _unfolded(value: object) -> str:
    return "".join(str(value).split()) if value else ""


# -- mails ----------------------------------------------------------------------------------------


def _letter(message: Message, parts: list[Message], source: str) -> Document:
    attached = [name for part in parts if (name := _file_name(part))]
    written = [part for part in parts if not _file_name(part)]
    plain = "\n\n".join(text for p in written if p.get_content_type() == "text/plain" and (text := _plain(p)))
    pages = [_body(p) for p in written if p.get_content_type() == "text/html"]
    charsets = [_charset(p) for p in written if p.get_content_type() == "text/html"]
    shown = _longest_page(pages, charsets, source)
    body, meta = plain, {}
    if shown is not None and len(_WORD.findall(plain)) < _STUB * len(_WORD.findall(shown.text)):
        body, meta = shown.text, dict(shown.meta)
        meta.pop("title", None)  # newsletters' page titles; the subject is what the sender wrote
    if not body.strip():
        files = (
            f"only files ({', '.join(attached[:3])}): save that file and give it" if attached else "no text"
        )
        remedy = "" if attached else "; open it and paste its text"
        raise UnreadableError(f"{source}: is a mail that holds {files}{remedy}")
    if attached:
        meta["notes"] = [f"the mail's attachments were not read: {', '.join(attached[:5])}"]
    subject = _FORWARDED.sub("", _header(message, "Subject")).strip()
    if subject:
        meta["title"] = subject
    text = f"{subject}\n\n{body.strip()}" if subject else body.strip()
    return Document(source, refuse_long(text, source), "eml", meta=meta)


def _file_name(part: Message) -> str | None:
    """The name of an attached file; None for what is written in the mail itself."""
    attachment = part.get_content_disposition() == "attachment"
    text = part.get_content_maintype() == "text"
    if not attachment and (text or not part.get_filename()):
        return None
    try:
        return part.get_filename() or part.get_content_type()
    except (ValueError, LookupError):
        return part.get_content_type()


def _plain(part: Message) -> str:
    """The text of a part, with the soft wraps of format=flowed undone."""
    data, charset = _body(part), _charset(part)
    try:
        text = data.decode(charset) if charset else decoded(data)
    except (UnicodeDecodeError, LookupError):
        text = decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if str(part.get_param("format") or "").lower() == "flowed":
        text = _SOFT_WRAP.sub("" if str(part.get_param("delsp") or "").lower() == "yes" else " ", text)
    text = re.sub(r"^(?:>[> ]?)+", "", text, flags=re.MULTILINE)
    return "\n".join(_INVISIBLE.sub("", line).rstrip() for line in text.split("\n")).strip("\n")


def _longest_page(pages: list[bytes], charsets: list[str | None], source: str) -> Document | None:
    best: Document | None = None
    for data, charset in zip(pages, charsets, strict=True):
        try:
            shown = read_html(data, source, charset=charset, frames=lambda _address: None)
        except UnreadableError:
            continue
        if best is None or len(shown.text) > len(best.text):
            best = shown
    return best


def _header(message: Message, name: str) -> str:
    raw = message.get(name)
    if raw is None:
        return ""
    try:
        text = str(make_header(decode_header(str(raw)[:_LONGEST_HEADER])))
    except (HeaderParseError, LookupError, ValueError):
        text = str(raw)[:_LONGEST_HEADER]
    return " ".join(text.encode("utf-8", "surrogateescape").decode("utf-8", "replace").split())
