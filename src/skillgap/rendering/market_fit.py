"""Saved listings against resumes, for the terminal (80 columns) and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from skillgap.market.answers import Unlock
from skillgap.market.people import PeopleUnlock
from skillgap.market.ranking import Ranking
from skillgap.market.role_gaps import RoleGap
from skillgap.rendering.draw import draw_title, styled
from skillgap.rendering.fit_report import FitReport
from skillgap.rendering.markdown import escape
from skillgap.rendering.market_words import Section
from skillgap.rendering.people_report import PeopleReport

if TYPE_CHECKING:
    from rich.console import Console

_INDENT = 2
_COLUMN = 4  # of a person in the grid


def draw_fit(  # noqa: PLR0913 - the three answers, for whom, and how much of them
    console: Console,
    ranking: Ranking,
    unlock: Unlock,
    roles: Sequence[RoleGap],
    *,
    label: str = "",
    full: bool = False,
) -> None:
    """Print what saved listings are to one resume; ``label`` names it, ``full`` cuts nothing."""
    _draw(console, FitReport(ranking, unlock, roles, label=label, full=full))


def draw_people(
    console: Console, people: PeopleUnlock, rankings: Sequence[Ranking] = (), *, full: bool = False
) -> None:
    """Print what the listings are to several people, and which steps bring the most of them over the line.

    ``rankings`` are theirs, in their order.
    """
    _draw(console, PeopleReport(people, rankings, full=full))


def fit_markdown(ranking: Ranking, unlock: Unlock, roles: Sequence[RoleGap], *, label: str = "") -> str:
    """The same as ``draw_fit`` in full, as Markdown."""
    return "\n".join(_lines(FitReport(ranking, unlock, roles, label=label, full=True))) + "\n"


def people_markdown(people: PeopleUnlock, rankings: Sequence[Ranking] = ()) -> str:
    """The same as ``draw_people`` in full, as Markdown."""
    return "\n".join(_lines(PeopleReport(people, rankings, full=True))) + "\n"


def _draw(console: Console, report: FitReport | PeopleReport) -> None:
    console.print(styled(report.headline(), style="bold"))
    for line in report.frame():
        console.print(styled(line))
    for section in report.sections():
        if section.head:
            _draw_grid(console, section)
            continue
        draw_title(console, section.title, section.note, section.right)
        _draw_rows(console, section)
    console.print()
    for line in report.foot():
        console.print(styled(line, style="dim"))


def _draw_rows(console: Console, section: Section) -> None:
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 1), expand=True)
    if section.first:
        table.add_column(width=section.first, no_wrap=True, overflow="ellipsis")
    table.add_column(ratio=1)
    if section.last:
        table.add_column(justify="right", width=section.last, style="dim", no_wrap=True)
    for left, middle, right in section.rows:
        cells = [styled(left)] if section.first else []
        cells.append(styled(middle))
        if section.last:
            cells.append(styled(right))
        table.add_row(*cells)
    console.print(Padding(table, (0, 0, 0, _INDENT)))


def _draw_grid(console: Console, section: Section) -> None:
    """A row per listing and a column per person, whose heads stand in the line of the title."""
    draw_title(console, section.title, section.note, _cells(section.head).lstrip())
    width = console.width - _COLUMN * len(section.head) - _INDENT
    for name, *figures in section.rows:
        told = name if len(name) < width else f"{name[: width - 2].rstrip()}…"
        console.print(styled(f"{' ' * _INDENT}{told:{width}}{_cells(figures)}"))


def _cells(figures: Sequence[str]) -> str:
    return "".join(f"{figure:>{_COLUMN}}" for figure in figures)


def _lines(report: FitReport | PeopleReport) -> Iterator[str]:
    yield f"# {escape(report.headline())}\n"
    yield from (f"{escape(line)}  " for line in report.frame())
    for section in report.sections():
        note = f" ({escape(section.note)})" if section.note else ""
        yield f"\n## {escape(section.title.capitalize())}{note}\n"
        if section.head:
            yield f"| listing | {' | '.join(section.head)} |"
            yield f"| --- |{' ---: |' * len(section.head)}"
            yield from (f"| {' | '.join(map(escape, row))} |" for row in section.rows)
            continue
        for left, middle, right in section.rows:
            lead = f"**{escape(left.strip())}** " if left.strip() else ""
            tail = f" ({escape(f'{section.right}: {right}' if section.right else right)})" if right else ""
            under = "  " if section.first and not left.strip() else ""  # goes on with the row above
            yield f"{under}- {lead}{escape(middle)}{tail}"
    yield ""
    yield from (f"{escape(line)}  " for line in report.foot())
