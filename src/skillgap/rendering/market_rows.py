"""The tables of a market report as rows, each with its head; in CSV no cell can become a formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FIGURE = ("ads", "share", "low", "high")


def market_rows(report: Record, table: str = "demand") -> Iterator[tuple[Any, ...]]:
    """The head and the rows of one of ``TABLES``; KeyError for another name."""
    head, rows = TABLES[table]
    yield head
    yield from rows(report)


def cell(value: object) -> str:
    """A value as a cell: what a spreadsheet would take for a formula gets an apostrophe in front."""
    if value is None:
        return ""
    text = str(value)
    is_number = isinstance(value, (int, float))
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text


def _demand(report: Record) -> Iterator[tuple[Any, ...]]:
    for row in report["demand"]:
        counts = (row[level]["ads"] for level in ("required", "preferred", "responsibility", "asked"))
        figures = (row["required"][name] for name in _FIGURE[1:])
        yield (
            row["name"], row["id"], row["kind"], *counts, report["counted"]["ads"],
            row["in_sets"], *figures, row["employers"], row["step"],
        )  # fmt: skip


def _segments(report: Record, part: str, key: str) -> Iterator[tuple[Any, ...]]:
    for segment in report[part]:
        for skill in segment["skills"]:
            figures = (skill["required"][name] for name in _FIGURE)
            yield segment[key], segment["ads"], skill["name"], skill["id"], *figures, skill["asked"]["ads"]


def _together(report: Record) -> Iterator[tuple[Any, ...]]:
    for pair in report["together"]:
        yield tuple(pair[name] for name in _TOGETHER)


def _kinds(report: Record) -> Iterator[tuple[Any, ...]]:
    for number, kind in enumerate(report["kinds"], 1):
        for trait in kind["apart"]:
            yield number, *(trait[name] for name in _TRAIT)


def _pay(report: Record) -> Iterator[tuple[Any, ...]]:
    for money in report["pay"]["currencies"]:
        figures = ("ads", "q1", "median", "q3")
        yield money["currency"], "all", "", "", *(money[name] for name in figures)
        for part in ("roles", "seniority", "skills"):
            for row in money[part]:
                yield money["currency"], part, row["id"], row["name"], *(row[name] for name in figures)


def _unknown(report: Record) -> Iterator[tuple[Any, ...]]:
    for term in report["unknown_terms"]:
        yield term["text"], term["ads"], term["employers"], term["name"]


def _marks(report: Record) -> Iterator[tuple[Any, ...]]:
    marks: tuple[tuple[str, Callable[[Record], str]], ...] = (
        ("stuffed", lambda row: f"{'; '.join(row['reasons'])}: counts {row['weight']:g}"),
        ("left_out", lambda row: row["reason"]),
        ("closed", lambda row: f"closed since {row['closes']}"),
        ("far", lambda row: f"{row['reason']}: {row['place']}"),
    )
    for part, why in marks:
        for row in report[part]:
            yield (*(row[name] for name in ("source", "row", "title", "company", "url")), part, why(row))


_TOGETHER = ("a_name", "b_name", "a", "b", "a_ads", "b_ads", "ads", "lift", "low")
_TRAIT = ("name", "id", "ads", "of", "elsewhere", "elsewhere_of")
_SEGMENT = ("listings", "skill", "id", "required", "share", "low", "high", "asked")
TABLES: Mapping[str, tuple[tuple[str, ...], Callable[[Record], Iterator[tuple[Any, ...]]]]] = {
    "demand": (
        (
            "skill", "id", "kind", "required", "preferred", "responsibility", "asked", "of",
            "in_sets", "share", "low", "high", "employers", "step",
        ),
        _demand,
    ),
    "roles": (("role", *_SEGMENT), lambda report: _segments(report, "roles", "id")),
    "seniority": (("level", *_SEGMENT), lambda report: _segments(report, "seniority", "id")),
    "weeks": (("week", *_SEGMENT), lambda report: _segments(report, "weeks", "week")),
    "together": (
        ("skill", "with", "id", "with_id", "listings", "with_listings", "both", "lift", "low"),
        _together,
    ),
    "kinds": (("kind", "skill", *_TRAIT[1:]), _kinds),
    "pay": (("currency", "by", "id", "name", "listings", "q1", "median", "q3"), _pay),
    "unknown": (("term", "listings", "employers", "is_name"), _unknown),
    "marks": (("source", "row", "title", "company", "url", "mark", "reason"), _marks),
}  # fmt: skip
