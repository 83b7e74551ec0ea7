"""Words and figures that the sections of a market report share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.rendering.report import SENIORITY

Record = Mapping[str, Any]
LEVELS: dict[str | None, str] = {**SENIORITY, None: "level not stated"}
MODES = {"remote": "remote", "hybrid": "hybrid", "onsite": "on site"}
_LISTED = 12  # rows of a list of ads


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the report: rows of (label, text, figure), or a table where there is a ``head``."""

    title: str
    rows: Sequence[Sequence[str]]
    note: str = ""
    right: str = ""
    head: tuple[str, ...] = ()
    first: int = 11  # width of the label
    last: int = 8  # width of the figure
    fits: bool = False  # every row is kept to one line


def percent(share: float) -> str:
    """Such as 94%."""
    return f"{share:.0%}"


def thousands(amount: float) -> str:
    """An amount to the nearest thousand; pay is not known more exactly than that."""
    return f"{round(amount, -3):,}"


def quartile_text(row: Record) -> str:
    """The median and the middle half."""
    return f"median {thousands(row['median'])}, middle half {thousands(row['q1'])} to {thousands(row['q3'])}"


def median_text(row: Record) -> str:
    """The median of a role, level or skill, with its ads."""
    return f"{LEVELS.get(row['id'], row['name'])} {thousands(row['median'])} ({row['ads']})"


def plural(number: int, noun: str) -> str:
    """Such as 1 employer, 2 employers, 2 near copies."""
    many = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number} {noun if number == 1 else many}"


def each_once(pairs: Sequence[Record]) -> Iterator[Record]:
    """The pairs in order, none with a skill that an earlier one has."""
    seen: set[str] = set()
    for pair in pairs:
        if seen.isdisjoint((pair["a"], pair["b"])):
            seen.update((pair["a"], pair["b"]))
            yield pair


def named(row: Record) -> str:
    """How a list names an ad."""
    title = row["title"] or row["source"]
    return f"{title} · {row['company']}" if row["company"] else str(title)


def listed(title: str, rows: Sequence[Record], why: Callable[[Record], str]) -> Section:
    """A list of ads, each with a reason."""
    cells = [(named(row), why(row), "") for row in rows[:_LISTED]]
    if len(rows) > _LISTED:
        cells.append(("", f"{len(rows) - _LISTED} more in --format json", ""))
    return Section(title, cells, first=36)
