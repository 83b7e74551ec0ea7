"""Which column of a table of listings holds what, and a row of it -> a Document.

Columns are given by the person or told by their names, which scrapers, job boards and spreadsheets
choose much alike. Where no name speaks for the ads' text, the column of the longest texts is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.posting import description_text, facts_of

LONGEST_TEXT = 1_000_000  # characters; no ad comes near it
_LONG = 200  # characters on average, and a column without a telling name may hold the ads
_FEW = 8  # columns that a message names
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NAMES = {  # by field, likeliest first; as ``_plain_name`` writes them
    "text": (
        "description", "job_description", "jobdescription", "description_text", "description_html",
        "job_desc", "full_description", "job_text", "posting_text", "text", "body", "ad_text", "ad",
        "advert", "job_ad", "posting", "content", "details", "job_details", "job_summary", "html",
    ),
    "title": (
        "title", "job_title", "jobtitle", "position", "position_title", "job_position", "role",
        "job_name", "job", "headline", "name",
    ),
    "company": (
        "company", "company_name", "employer", "employer_name", "hiring_organization",
        "organization", "organisation", "organization_name", "firm", "company_title",
    ),
    "place": (
        "location", "job_location", "place", "city", "candidate_required_location", "locations",
        "location_name", "where", "office", "region",
    ),
    "posted": (
        "date", "posted_at", "date_posted", "posted", "posted_date", "posted_on", "posting_date",
        "publication_date", "published", "published_at", "date_published", "listed_time",
        "original_listed_time", "created_at", "created", "first_seen",
    ),
    "closes": (
        "closes", "closes_at", "closing_date", "deadline", "valid_through", "expires", "expiry",
        "expires_at", "expiration_date", "application_deadline",
    ),
    "url": (
        "url", "link", "job_url", "job_link", "job_posting_url", "posting_url", "apply_url",
        "application_url", "redirect_url", "job_url_direct", "href",
    ),
    "id": (
        "id", "job_id", "jobid", "listing_id", "posting_id", "job_posting_id", "ad_id", "uid", "uuid",
        "requisition_id", "req_id", "ref", "reference",
    ),
    "lowest": ("min_amount", "min_salary", "salary_min", "minimum_salary"),
    "highest": ("max_amount", "max_salary", "salary_max", "maximum_salary"),
    "salary": ("salary", "base_salary", "salary_range", "pay", "compensation"),
    "currency": ("currency", "salary_currency"),
    "period": ("interval", "pay_period", "salary_period", "salary_interval"),
    "remote": ("is_remote", "remote", "remote_allowed", "job_location_type"),
}  # fmt: skip
_OPTIONS = {"posted": "--date"}  # where the option has another name than the field
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|&(?:lt|gt|amp|nbsp|#\d+|[a-z]{2,8});")
_YES = frozenset({"true", "yes", "y", "1", "1.0", "remote", "telecommute", "fully remote"})
_DATE_FORMS = ("%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%Y%m%d")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(20\d\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\d{3})?(?:\.0*)?")  # seconds or milliseconds since 1970
_EARLIEST, _LATEST = 946_684_800, 4_102_444_800  # 2000 and 2100


@dataclass(frozen=True, slots=True)
class Columns:
    """The name of the column that holds each thing; None where it is to be found by its name."""

    text: str | None = None
    title: str | None = None
    company: str | None = None
    place: str | None = None
    posted: str | None = None
    closes: str | None = None
    url: str | None = None
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row as a reader of tables gives it: ``number`` from 1; ``fault`` says why it can't be read."""

    number: int
    values: Mapping[str, Any]
    fault: str | None = None


def find_columns(names: Sequence[str], rows: Sequence[Row], given: Columns, source: str) -> dict[str, str]:
    """Field -> column, for a table with these column names and first rows.

    Raises UnreadableError where a given column is not there or none holds the ads' text.
    """
    chosen: dict[str, str] = {}
    for field in fields(given):
        wanted = getattr(given, field.name)
        if wanted is not None:
            chosen[field.name] = _given(wanted, names, _OPTIONS.get(field.name, f"--{field.name}"), source)
    taken = set(chosen.values())
    plain: dict[str, str] = {}
    for name in names:
        if name not in taken:
            plain.setdefault(_plain_name(name), name)
            plain.setdefault(_plain_name(name.rpartition(".")[2]), name)
    if "text" not in chosen:
        chosen["text"] = _text_column(plain, names, rows, taken, source)
    for field_name, known in _NAMES.items():
        if field_name not in chosen:
            found = (plain[name] for name in known if name in plain and plain[name] != chosen["text"])
            first = next(found, None)
            if first is not None:
                chosen[field_name] = first
    return chosen


def _given(wanted: str, names: Sequence[str], option: str, source: str) -> str:
    if wanted in names:
        return wanted
    alike = [name for name in names if _plain_name(name) == _plain_name(wanted)]
    if alike:
        return alike[0]
    raise UnreadableError(f"{source}: has no column {wanted!r} ({option}); it has {_listed(names)}")


def _text_column(
    plain: Mapping[str, str], names: Sequence[str], rows: Sequence[Row], taken: set[str], source: str
) -> str:
    """By name the one with the longest texts; else the longest by far of those that nothing else claims."""
    lengths = {name: _mean_length(name, rows) for name in names}
    named = [plain[name] for name in _NAMES["text"] if name in plain]
    filled = [name for name in named if lengths[name]]
    if filled or named:
        return max(filled or named, key=lambda name: lengths[name])
    others = {plain[name] for field in _NAMES for name in _NAMES[field] if name in plain} | taken
    free = sorted((name for name in names if name not in others), key=lambda name: -lengths[name])
    if free and lengths[free[0]] >= _LONG:
        return free[0]
    raise UnreadableError(
        f"{source}: no column looks like the ads' text; it has {_listed(names)}; name it: --text COLUMN"
    )


def _mean_length(name: str, rows: Sequence[Row]) -> float:
    lengths = [len(value) for row in rows if isinstance(value := row.values.get(name), str)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:_FEW])
    return f"{shown} and {len(names) - _FEW} more" if len(names) > _FEW else shown or "no columns"


def _plain_name(name: str) -> str:
    """``jobTitle``, ``Job Title`` and ``job-title`` alike: job_title."""
    return re.sub(r"\W+|_+", "_", _CAMEL.sub("_", name.strip())).strip("_").lower()


def row_document(row: Row, chosen: Mapping[str, str], source: str, name: str) -> Document:
    """The Document of a row that is known as ``name``; UnreadableError where it holds no text."""

    def cell(field: str) -> Any:
        return row.values.get(chosen[field]) if field in chosen else None

    raw = cell("text")
    if not isinstance(raw, str) or not raw.strip():
        raise UnreadableError(f"{source}, row {name}: the column {chosen['text']!r} is empty; fill it in")
    if len(raw) > LONGEST_TEXT:
        raise UnreadableError(
            f"{source}, row {name}: holds {len(raw):,} characters of text, which no ad does; "
            "look for a missing quote or separator"
        )
    text = description_text(raw, f"{source}, row {name}") if _MARKUP.search(raw) else _plain_text(raw)
    meta = facts_of(dict(_posting(cell)))  # one reader for the facts of pages and of rows
    if not text.strip():
        raise UnreadableError(
            f"{source}, row {name}: the column {chosen['text']!r} holds markup without text"
        )
    return Document(source, _titled(meta.get("title"), text), kind="row", row=name, meta=meta)


def _plain_text(raw: str) -> str:
    text = raw.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if "\n" not in text and "\\n" in text:  # line ends as a program wrote them
        text = text.replace("\\r", "").replace("\\n", "\n")
    return text.encode("utf-8", "replace").decode().strip("\n")


def _posting(cell: Callable[[str], Any]) -> Iterator[tuple[str, Any]]:
    """The facts of a row in the words of schema.org."""
    yield "title", _line(cell("title"))
    yield "hiringOrganization", _line(cell("company"))
    places = cell("place") if isinstance(cell("place"), list) else [cell("place")]
    yield "jobLocation", [_place(place) for place in places]
    yield "datePosted", iso_day(cell("posted"))
    yield "validThrough", iso_day(cell("closes"))
    yield "url", _line(cell("url"))
    if str(cell("remote")).strip().casefold() in _YES:
        yield "jobLocationType", "TELECOMMUTE"
    low, high = cell("lowest"), cell("highest")
    if low not in (None, "") or high not in (None, ""):
        value = {"minValue": low, "maxValue": high, "unitText": _line(cell("period"))}
        yield "baseSalary", {"currency": _line(cell("currency")), "value": value}
    elif cell("salary") is not None:
        stated = cell("salary")
        currency = _line(cell("currency"))
        shaped = stated if isinstance(stated, dict) else {"value": stated, "unitText": _line(cell("period"))}
        yield "baseSalary", {**shaped, "currency": currency} if currency else shaped


def _place(value: Any) -> Any:
    """A place as schema.org has it, or in one line."""
    if not isinstance(value, dict) or "address" in value:
        return value if isinstance(value, dict) else _line(value)
    parts = (_line(value.get(key)) for key in ("city", "town", "region", "state", "country"))
    return ", ".join(dict.fromkeys(part for part in parts if part)) or value


def _titled(title: object, text: str) -> str:
    """The text under its title, unless it opens with it."""
    if not isinstance(title, str) or text.lstrip(" #*").casefold().startswith(title.casefold()):
        return text
    return f"{title}\n\n{text}"


def row_name(row: Row, chosen: Mapping[str, str]) -> str:
    """The row's own id, else its number."""
    value = row.values.get(chosen["id"]) if "id" in chosen else None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # spreadsheets keep every number as one with a fraction
    return _line(value) or str(row.number)


def _line(value: Any) -> str:
    """A cell as one line of text; "" for none."""
    if isinstance(value, dict):
        value = next((value[key] for key in ("name", "display_name", "title") if value.get(key)), "")
    if isinstance(value, list):
        value = ", ".join(_line(item) for item in value)
    if value is None or isinstance(value, bool) or value != value:  # noqa: PLR0124 - NaN, as tables write none
        return ""
    text = " ".join(str(value).split())
    return "" if text.casefold() in ("nan", "none", "null", "n/a") else text


def iso_day(value: Any) -> str | None:
    """The day of a date, a time or their usual spellings as YYYY-MM-DD; None where it is not sure."""
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = _line(value)
    if re.match(r"20\d\d-\d{1,2}-\d{1,2}", text):
        return _valid(text.replace("T", " ").split()[0], "%Y-%m-%d")
    if _EPOCH.fullmatch(text):
        return _day_since_1970(text)
    slashes = _SLASHES.match(text)
    if slashes:
        return _day_of_slashes(*(int(part) for part in slashes.groups()))
    return next((day for form in _DATE_FORMS if (day := _valid(text, form))), None) if text else None


def _day_since_1970(text: str) -> str | None:
    seconds = float(text) / (1_000 if len(text.partition(".")[0]) > 10 else 1)
    if not _EARLIEST < seconds < _LATEST:
        return None
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _day_of_slashes(first: int, second: int, year: int) -> str | None:
    """The day of 25/02/2026 or 02/25/2026; None where day and month can't be told apart."""
    if first > 12 or first == second:
        return _valid(f"{year}-{second}-{first}", "%Y-%m-%d")
    return _valid(f"{year}-{first}-{second}", "%Y-%m-%d") if second > 12 else None


def _valid(text: str, form: str) -> str | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return None
