"""schema.org ``JobPosting`` data of a page: description, title and what CONTRACT.md takes as page facts.

Sites write it by hand and by template, so it is read leniently: entities, comments, CDATA, raw line ends and
trailing commas. Years and degree are never taken from it: on real pages they are filled in by rote.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from skillgap.reading.lines import to_lines
from skillgap.reading.markup import Element, parse
from skillgap.reading.places import country_name

_DEEPEST = 12  # levels of JSON that are searched for a posting
_MOST_PLACES = 4
_OPENINGS = ("<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA[")
_CLOSINGS = ("//-->", "// -->", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";")
_COMMENT_LINE = re.compile(r"^[ \t]*(?://.*|/\*[^*\n]*\*/[ \t]*)$", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_NEXT_OBJECT = re.compile(r"\}\s*\{")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])")
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BLOCK_TAG = re.compile(r"<(?:p|br|li|ul|ol|div|h[1-6]|table|section)\b", re.IGNORECASE)
_LEFT_OVER = re.compile(r"</(?:p|li|ul|ol|div|span|strong|b|em|h[1-6])>|<br\s*/?>", re.IGNORECASE)
_DATE = re.compile(r"(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBER = re.compile(r"\d[\d,. \u00a0']*\d|\d")
_PERIODS = {
    "hour": "hour", "day": "day", "dai": "day", "week": "week", "month": "month",
    "year": "year", "annu": "year",
}  # fmt: skip
_SURELY_YEARLY = 20_000  # without a unit, no pay by the month or hour comes so high
_MOST_PAY = 1e12
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "₹": "INR"}
_REMOTE = re.compile(r"\b(?:remote|anywhere|telecommute|work from home)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Posting:
    """One posting: ``text`` is its description in lines ("" if it has none), ``meta`` what it states."""

    title: str | None
    text: str
    meta: Mapping[str, object] = field(default_factory=dict)


def read_posting(root: Element, source: str, *, hints: Sequence[str] = ()) -> Posting | None:
    """The posting that a page is about, or None; ``hints`` (title, address) choose among several."""
    found: list[Mapping[str, Any]] = []
    for element in root.iter():
        if element.tag == "script" and "ld+json" in element.attrs.get("type", "").lower():
            raw = "".join(child for child in element.children if isinstance(child, str))
            for value in _values(raw):
                found.extend(_postings(value))
    if not found:
        return None
    known = {_plain(hint).casefold() for hint in hints if hint}

    def suits(posting: Mapping[str, Any]) -> tuple[bool, int]:
        named = {_plain(posting.get(key)).casefold() for key in ("title", "url")} - {""}
        return bool(named & known), len(str(posting.get("description") or ""))

    best = max(found, key=suits)
    title = _plain(best.get("title")) or _plain(best.get("name")) or None
    return Posting(title, description_text(best.get("description"), source), facts_of(best))


# -- JSON as sites write it -----------------------------------------------------------------------


def _values(raw: str) -> Iterator[Any]:
    """What a script of JSON-LD holds; nothing where no leniency helps."""
    for text in _readings(raw):
        try:
            yield json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        return


def _readings(raw: str) -> Iterator[str]:
    """The text as it is, then with what is wrong in it put right, step by step."""
    text = raw.strip("\ufeff \t\r\n")
    yield text
    for opening in (*_OPENINGS, *_OPENINGS):
        text = text.removeprefix(opening).strip()
    for closing in (*_CLOSINGS, *_CLOSINGS):
        text = text.removesuffix(closing).strip()
    yield text
    text = _TRAILING_COMMA.sub(r"\1", _BAD_ESCAPE.sub(r"\\\\", _COMMENT_LINE.sub("", text)))
    yield text
    several = _NEXT_OBJECT.sub("},{", text)
    yield f"[{several}]"
    yield html.unescape(text)


def _postings(value: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _postings(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type") or value.get("type")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and re.split(r"[/#:]", kind)[-1].lower() == "jobposting":
                yield value
                return
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _postings(item, depth + 1)


def _plain(value: Any) -> str:
    """A string of page data without entities, tags and line ends; "" for anything else."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return ""
    text = html.unescape(html.unescape(value)) if "&" in value else value
    return " ".join(_SURROGATE.sub("\ufffd", _TAG.sub(" ", text)).split())


def description_text(value: Any, source: str) -> str:
    """A description in lines, be it markup, escaped markup or plain text."""
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    if not isinstance(value, str):
        return ""
    text = _SURROGATE.sub("\ufffd", value)
    for _ in range(3):
        if _TAG.search(text) or "&" not in text:
            break
        text = html.unescape(text)
    if "\n" not in text and "\\n" in text:
        text = text.replace("\\n", "\n")
    if not _BLOCK_TAG.search(text):  # the line ends mean what they say
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "<br>")
    lines = to_lines(parse(text, source))
    for _ in range(2):
        if not _LEFT_OVER.search(lines):
            break
        lines = to_lines(parse(lines.replace("\n", "<br>"), source))
    return lines


# -- facts ----------------------------------------------------------------------------------------


def facts_of(posting: Mapping[str, Any]) -> dict[str, object]:
    """The page facts of CONTRACT.md that this posting states."""
    place, remote = _place(posting)
    stated: dict[str, object | None] = {
        "title": _plain(posting.get("title")) or None,
        "company": _plain(posting.get("hiringOrganization")) or None,
        "place": place,
        "url": _address(posting.get("url")) or _address(posting.get("mainEntityOfPage")),
        "posted": iso_date(posting.get("datePosted")),
        "closes": iso_date(posting.get("validThrough")),
        "salary": _salary(posting),
        "remote": remote or None,
    }
    return {name: value for name, value in stated.items() if value is not None}


def iso_date(value: Any) -> str | None:
    """The day of a date or time as ISO 8601, if it is one."""
    match = _DATE.search(value) if isinstance(value, str) else None
    try:
        return date(*(int(part) for part in match.groups())).isoformat() if match else None
    except ValueError:
        return None


def _address(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    text = value.strip() if isinstance(value, str) else ""
    return html.unescape(text) if re.match(r"https?://\S+$", text) else None


def _place(posting: Mapping[str, Any]) -> tuple[str | None, bool]:
    """(place, whether the posting calls itself remote)."""
    kind = posting.get("jobLocationType")
    remote = any("telecommute" in str(item).lower() for item in (kind if isinstance(kind, list) else [kind]))
    names: list[str] = []
    for location in _each(posting.get("jobLocation")):
        name = _place_name(location)
        if name and _REMOTE.fullmatch(name):
            remote = True
        elif name and name not in names:
            names.append(name)
    if not names and remote:
        names = [country_name(_plain(item)) for item in _each(posting.get("applicantLocationRequirements"))]
        names = [name for name in dict.fromkeys(names) if name]
    more = len(names) - _MOST_PLACES
    shown = "; ".join(names[:_MOST_PLACES]) + (f"; {more} more" if more > 0 else "")
    return shown or None, remote


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _place_name(location: Any) -> str:
    """Such as "Porto, Portugal", out of a Place, a PostalAddress or a string."""
    if isinstance(location, str):
        return _plain(location)
    if not isinstance(location, dict):
        return ""
    address = location.get("address", location)
    if isinstance(address, list):
        address = address[0] if address else None
    if isinstance(address, str):
        return _plain(address)
    if not isinstance(address, dict):
        return _plain(location.get("name"))
    parts: list[str] = []
    for key in ("addressLocality", "addressRegion", "addressCountry"):
        part = _plain(address.get(key))
        part = country_name(part) if key == "addressCountry" else part
        if part and part.casefold() not in {known.casefold() for known in parts} and part.lower() != "null":
            parts.append(part)
    return ", ".join(parts) or _plain(location.get("name")) or _plain(address.get("streetAddress"))


def _salary(posting: Mapping[str, Any]) -> dict[str, object] | None:
    """``{"min", "max", "currency", "period"}`` out of the shapes that baseSalary takes."""
    for base in (*_each(posting.get("baseSalary")), *_each(posting.get("estimatedSalary"))):
        amount = base.get("value", base) if isinstance(base, dict) else base
        if isinstance(amount, list):
            amount = amount[0] if amount else None
        inner = amount if isinstance(amount, dict) else {}
        outer = base if isinstance(base, dict) else {}
        low, high = _number(inner.get("minValue")), _number(inner.get("maxValue"))
        if low is None and high is None:
            low, high = _numbers(inner.get("value") if inner else amount)
        currency = _currency(
            outer.get("currency"), inner.get("currency"), posting.get("salaryCurrency"), amount
        )
        top = high if high is not None else low
        unit = (
            inner.get("unitText") or outer.get("unitText") or inner.get("unitCode") or outer.get("duration")
        )
        period = _period(unit, top)
        if top is None or currency is None or period is None or (low is not None and low > top):
            continue
        return {"min": low, "max": high, "currency": currency, "period": period}
    return None


def _number(value: Any) -> float | None:
    """A positive figure, be it a number or written: 120000, "120,000", "120k"."""
    found = _numbers(value)
    return found[0]


def _numbers(value: Any) -> tuple[float | None, float | None]:
    """(lowest, highest) of the figures in a value; zeros are no pay."""
    if isinstance(value, bool) or value is None:
        return None, None
    if isinstance(value, (int, float)):
        written = [float(value)] if 0 < value < _MOST_PAY else []
    else:
        text = str(value)[:200] if isinstance(value, str) else ""
        written = []
        for match in _NUMBER.finditer(text):
            digits = re.sub(r"[, \u00a0'](?=\d{2,3}(?!\d))|\.(?=\d{3}(?!\d))", "", match[0]).replace(",", ".")
            try:
                figure = float(digits)
            except ValueError:
                continue
            written.append(figure * 1_000 if text[match.end() : match.end() + 1].lower() == "k" else figure)
    figures = [int(f) if f == int(f) else round(f, 2) for f in written if 0 < f < _MOST_PAY]
    return (figures[0], figures[-1]) if figures else (None, None)


def _currency(*stated: Any) -> str | None:
    for value in stated:
        text = _plain(value).upper()
        if re.fullmatch(r"[A-Z]{3}", text):
            return text
        symbol = next((code for sign, code in _SYMBOLS.items() if sign in text), None)
        if symbol:
            return symbol
    return None


def _period(unit: Any, amount: float | None) -> str | None:
    text = str(unit).lower() if isinstance(unit, str) else ""
    for mark, name in _PERIODS.items():
        if mark in text:
            return name
    return "year" if not text and amount is not None and amount >= _SURELY_YEARLY else None
