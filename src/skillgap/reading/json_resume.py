"""JSON Resume (jsonresume.org, schema 1.0) -> the resume as a person would write it.

Names and dates are those of the schema; sections come in the order of a resume, whatever the order
of the file. Values of a wrong type are left out, not complained about: many tools write almost
this format.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skillgap.errors import UnreadableError
from skillgap.model import Document

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-\d{1,2})?")
# section of the schema, heading, keys of an entry's first line
_ENTRIES = (
    ("work", "Experience", ("position", "name", "company", "location")),
    ("volunteer", "Volunteering", ("position", "organization", "location")),
    ("projects", "Projects", ("name", "entity")),
    ("education", "Education", ("degree", "institution", "location")),
    ("publications", "Publications", ("name", "publisher")),
    ("awards", "Awards", ("title", "awarder")),
)
_LISTS = (
    ("certificates", "Certificates", ("name", "issuer", "date")),
    ("languages", "Languages", ("language", "fluency")),
)
_SECTIONS = (*(key for key, *_ in (*_ENTRIES, *_LISTS)), "skills", "interests", "references")
_BATCH = "for a file of saved listings use: skillgap batch"


def read_json(data: bytes, source: str) -> Document:
    """The Document (kind ``json_resume``) of a JSON Resume.

    Raises UnreadableError for JSON that breaks off or holds no resume.
    """
    from skillgap.reading.text import decode, quoted

    try:
        value = json.loads(decode(data, source))
    except RecursionError as error:
        raise UnreadableError(
            f"{source}: is JSON nested too deeply for any resume; export it once more, or paste the text"
        ) from error
    except ValueError as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableError(
            f"{source}: looks like JSON, but is not valid JSON{where}; "
            f"export it once more, or {_BATCH} {quoted(source)}"
        ) from error
    if not isinstance(value, dict) or not _is_resume(value):
        raise UnreadableError(
            f"{source}: is JSON, but no resume in the JSON Resume form (with basics, work, skills ...); "
            f"paste the text instead, or {_BATCH} {quoted(source)}"
        )
    text = "\n\n".join(filter(None, _sections(value)))
    text = text.encode(
        "utf-8", "replace"
    ).decode()  # halves of letters, which JSON can spell, can't be printed
    if not text.strip():
        raise UnreadableError(f"{source}: is a JSON Resume without any text; fill it in and export it again")
    return Document(source=source, text=text + "\n", kind="json_resume")


def _sections(resume: Mapping[str, Any]) -> Iterator[str]:
    basics = resume.get("basics")
    if isinstance(basics, dict):
        yield _head(basics)
        yield _headed("Summary", _text(basics.get("summary")))
    for key, heading, first_line in _ENTRIES:
        yield _headed(heading, "\n\n".join(_entry(item, first_line) for item in _items(resume, key)))
    yield _headed("Skills", _groups(resume, "skills"))
    for key, heading, parts in _LISTS:
        lines = (_joined(item, parts) for item in _items(resume, key))
        yield _headed(heading, "\n".join(f"- {line}" for line in lines if line))
    yield _headed("Interests", _groups(resume, "interests"))
    references = (_group(item, "reference") for item in _items(resume, "references"))
    yield _headed("References", "\n".join(filter(None, references)))


def _is_resume(value: Mapping[str, Any]) -> bool:
    """Basics, or two of the sections; listings have "skills" and "languages", too, but not as entries."""
    if isinstance(value.get("basics"), dict):
        return True
    return sum(_holds_entries(value.get(key)) for key in _SECTIONS) >= 2


def _holds_entries(section: object) -> bool:
    return isinstance(section, list) and any(isinstance(item, dict) for item in section)


def _head(basics: Mapping[str, Any]) -> str:
    place = basics.get("location")
    address = (
        _joined(place, ("address", "postalCode", "city", "region", "countryCode"))
        if isinstance(place, dict)
        else ""
    )
    contact = [_text(basics.get(key)) for key in ("email", "phone", "url", "website")]
    lines = [
        _text(basics.get("name")),
        _text(basics.get("label")),
        " | ".join(filter(None, [*contact, address or _text(place)])),
        *(_profile(item) for item in _items(basics, "profiles")),
    ]
    return "\n".join(filter(None, lines))


def _profile(item: Mapping[str, Any]) -> str:
    network, address = _text(item.get("network")), _text(item.get("url")) or _text(item.get("username"))
    return f"{network}: {address}" if network and address else network or address


def _entry(item: Mapping[str, Any], first_line: Sequence[str]) -> str:
    degree = " in ".join(filter(None, (_text(item.get(key)) for key in ("studyType", "area"))))
    title = _joined({**item, "degree": degree}, first_line)
    lines = [
        title,
        _period(item),
        *(_text(item.get(key)) for key in ("description", "summary")),
        *(f"- {line}" for key in ("highlights", "courses") for line in _strings(item.get(key))),
        ", ".join(_strings(item.get("keywords"))),
        _text(item.get("score")),
        _text(item.get("url")),
    ]
    return "\n".join(filter(None, lines))


def _period(item: Mapping[str, Any]) -> str:
    begin, finish = _date(item.get("startDate")), _date(item.get("endDate"))
    if begin:
        return f"{begin} – {finish or 'present'}"
    return finish or _date(item.get("date")) or _date(item.get("releaseDate"))


def _date(value: object) -> str:
    """From "2021-03-01" make "Mar 2021"; what is no date stays as it is written."""
    text = _text(value)
    match = _DATE.fullmatch(text)
    if match is None:
        return text
    month = int(match[2] or 0)
    return f"{_MONTHS[month - 1]} {match[1]}" if 1 <= month <= 12 else match[1]


def _groups(resume: Mapping[str, Any], key: str) -> str:
    return "\n".join(f"- {group}" for item in _items(resume, key) if (group := _group(item)))


def _group(item: Mapping[str, Any], tail: str = "keywords") -> str:
    """Give "Languages (expert): Python, Go": a name, its level, and what belongs to it."""
    name, level = _text(item.get("name")), _text(item.get("level"))
    head = f"{name} ({level})" if name and level else name or level
    rest = ", ".join(_strings(item.get(tail))) or _text(item.get(tail))
    return f"{head}: {rest}" if head and rest else head or rest


def _joined(item: Mapping[str, Any], keys: Sequence[str]) -> str:
    values = (_date(item.get(key)) if key == "date" else _text(item.get(key)) for key in keys)
    return ", ".join(filter(None, values))


def _items(parent: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The entries of a section; a bare string counts as an entry with that name."""
    value = parent.get(key)
    entries = value if isinstance(value, list) else []
    return [
        item if isinstance(item, dict) else {"name": item} for item in entries if isinstance(item, dict | str)
    ]


def _strings(value: object) -> list[str]:
    return [text for item in value if (text := _text(item))] if isinstance(value, list) else []


def _text(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return "\n".join(" ".join(line.split()) for line in str(value).strip().splitlines())


def _headed(heading: str, body: str) -> str:
    return f"{heading}\n{body}" if body.strip() else ""
