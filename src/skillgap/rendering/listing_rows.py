"""Saved listings as a table, a row each, and the families of near copies among them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from skillgap.rendering.market_rows import cell

COLUMNS = (
    "source", "row", "title", "company", "url", "place", "posted", "closes", "role", "seniority", "years_min",
    "degree", "salary_min", "salary_max", "currency", "period", "work_mode", "must_have", "good_to_have",
    "understood", "english", "in_field", "copy_of", "mark", "digest",
)  # fmt: skip
REQUIREMENTS = (
    "source", "row", "title", "company", "url", "skill", "name", "kind", "level", "any_of", "years",
    "mentions", "digest",
)  # fmt: skip
_SOFT = frozenset({"soft", "human_language"})


class Named(Protocol):
    """What a listing is told by (``skillgap.market.store.Entry`` is one)."""

    @property
    def source(self) -> str: ...
    @property
    def row(self) -> str | None: ...
    @property
    def digest(self) -> str: ...
    @property
    def title(self) -> str | None: ...
    @property
    def company(self) -> str | None: ...
    @property
    def url(self) -> str | None: ...
    @property
    def posted(self) -> str | None: ...


Entry = TypeVar("Entry", bound=Named)


def place_of(source: str, row: str | None) -> str:
    """Where a listing stands, in one word: ``jobs.csv#12``."""
    return source if row is None else f"{source}#{row}"


def csv_text(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Rows as lines of CSV; no cell can become a formula."""
    for row in rows:
        line = io.StringIO()
        writer = csv.writer(line, lineterminator="\r\n")  # what ends a line is quoted in a cell
        writer.writerow([cell(value) for value in row])
        yield line.getvalue().removesuffix("\r\n") + "\n"


def listing_rows(
    records: Iterable[Mapping[str, Any]], heads: Mapping[str, str], marks: Mapping[str, str]
) -> Iterator[tuple[object, ...]]:
    """The head and a row for each record; ``heads`` says of which listing a digest is a near copy."""
    yield COLUMNS
    for record in records:
        salary = record["salary"] or {}
        digest = record["digest"]
        yield (
            *(record[name] for name in COLUMNS[:8]),
            record["role"]["id"],
            record["seniority"],
            record["years_min"],
            (record["degree"] or {}).get("level"),
            salary.get("min"),
            salary.get("max"),
            salary.get("currency"),
            salary.get("period"),
            record["work_mode"],
            _skills(record, "required"),
            _skills(record, "preferred"),
            record["understood"],
            record["english"],
            record["in_field"],
            heads.get(digest),
            marks.get(digest),
            digest,
        )


def requirement_rows(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[object, ...]]:
    """The head and a row for each skill that a listing names; ``any_of`` tells its set of alternatives."""
    yield REQUIREMENTS
    for record in records:
        named = [record[name] for name in REQUIREMENTS[:5]]
        for skill in record["skills"]:
            asked = (skill["level"], skill["group"], skill["years"], skill["mention_count"])
            yield (*named, skill["id"], skill["name"], skill["kind"], *asked, record["digest"])


def _skills(record: Mapping[str, Any], level: str) -> str:
    return "; ".join(
        skill["id"] for skill in record["skills"] if skill["level"] == level and skill["kind"] not in _SOFT
    )


def copies(entries: Iterable[Entry], families: Mapping[str, str]) -> list[list[Entry]]:
    """The families of more than one listing, each with the one that stands for it first."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(families.get(entry.digest, entry.digest), []).append(entry)
    for head, members in found.items():
        members.sort(key=lambda entry: (entry.digest != head, entry.posted or "9999", stands_at(entry)))
    several = [members for members in found.values() if len(members) > 1]
    return sorted(several, key=lambda members: (-len(members), stands_at(members[0])))


def stands_at(entry: Named) -> str:
    """Where a listing stands."""
    return place_of(entry.source, entry.row)


def copies_of(families: Sequence[Sequence[Named]]) -> dict[str, str]:
    """The digest of each folded copy -> where the listing stands that is counted for it."""
    return {
        entry.digest: stands_at(members[0])
        for members in families
        for entry in members[1:]
        if entry.digest != members[0].digest
    }


def copy_records(families: Sequence[Sequence[Named]]) -> list[dict[str, Any]]:
    """The families as records: the listing that is counted, with its copies."""
    return [
        {**_named(members[0]), "copies": [_named(entry) for entry in members[1:]]} for members in families
    ]


def _named(entry: Named) -> dict[str, Any]:
    names = ("source", "row", "title", "company", "url", "posted", "digest")
    return {name: getattr(entry, name) for name in names}


def copy_lines(families: Sequence[Sequence[Named]], *, markdown: bool = False) -> Iterator[str]:
    """The families for a person, one after the other."""
    folded = sum(len(members) - 1 for members in families)
    into = "1 listing, counted" if len(families) == 1 else f"{len(families)} listings, each counted"
    title = f"NEAR COPIES  {folded} folded into {into} once"
    yield f"## {title.capitalize()}\n" if markdown else title
    for members in families:
        for number, entry in enumerate(members):
            told = " · ".join(part for part in (entry.title, entry.company, entry.posted) if part)
            told = f"{told}  {stands_at(entry)}" if told else stands_at(entry)
            lead = ("- ", "  - ") if markdown else ("  ", "    also  ")
            yield f"{lead[number > 0]}{told}"
