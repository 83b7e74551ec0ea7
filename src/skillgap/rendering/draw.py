"""Draw the report on one ad for a terminal: 80 columns, most important first."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from skillgap.rendering.report import LEVEL_TITLES, JobReport, understood
from skillgap.rendering.terminal import harmless

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_AGAIN = {"<stdin>": "-", "<clipboard>": "--clipboard"}  # what is written to read these once more


def styled(text: str, style: str = "") -> Text:
    """Text of an ad or ours, as rich shows it: never markup, never a control character."""
    from rich.text import Text

    return Text(harmless(text), style=style)


def draw_job(console: Console, report: JobReport) -> None:
    """Print the report of one ad."""
    console.print(styled(report.headline(), style="bold"))
    for line in report.facts():
        console.print(styled(line))
    for note in report.warnings():
        console.print(styled(note, style="yellow"))
    draw_checks(console, report.checks())
    for level in LEVEL_TITLES:
        _draw_level(console, report, level)
    _draw_unknown(console, report)
    _draw_starts(console, report)
    _draw_foot(console, report)


def draw_title(console: Console, title: str, note: str = "", right: str = "") -> None:
    """A heading, with a note behind it and a word at the right edge."""
    line = styled(title, style="bold cyan")
    if note:
        line.append(f"  {note}", style="not bold default")
    if right:
        line.append(" " * max(1, console.width - line.cell_len - len(right)) + right, style="not bold dim")
    console.print()
    console.print(line)


def draw_grid(
    console: Console,
    rows: Iterable[tuple[str, str, str]],
    first: int = 11,
    indent: int = 2,
    *,
    wrap: bool = False,
) -> None:
    """Rows of a label, a text that wraps, and a figure at the right edge; ``wrap`` cuts no label."""
    from rich.padding import Padding
    from rich.table import Table

    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=first, no_wrap=not wrap, overflow="fold" if wrap else "ellipsis")
    table.add_column(ratio=1)
    table.add_column(justify="right", width=8, style="dim", no_wrap=True)
    for left, middle, right in rows:
        table.add_row(styled(left), styled(middle), styled(right))
    console.print(Padding(table, (0, 0, 0, indent)))


def draw_checks(console: Console, checks: Sequence[tuple[str, str]]) -> None:
    """What to check before spending time on an ad."""
    if checks:
        draw_title(console, "CHECK BEFORE YOU SPEND TIME")
        draw_grid(console, ((what, why, "") for what, why in checks))


def _draw_level(console: Console, report: JobReport, level: str) -> None:
    if not report.of_level(level):
        return
    title = LEVEL_TITLES[level] if report.profile.english else "NAMED IN THE AD"
    note = str(report.count(level))
    if level == "required":
        sets = any(row.any_of for row in report.rows(level))
        note += "; a set where any one will do counts once" if sets else ""
    draw_title(console, title, note, "line" if report.full else "lines" if level == "required" else "")
    if report.full:
        _draw_full(console, report, level)
    elif level == "required":
        draw_grid(console, _theme_rows(report, level))
    else:
        shown, more = report.brief(level)
        tail = f"; {more} more with --all" if more else ""
        if shown:
            draw_indented(
                console, "; ".join(shown) if any(":" in s for s in shown) else ", ".join(shown), tail
            )
        for label, names in report.beside(level):
            draw_indented(console, f"{label} (never scored): {', '.join(names)}", "")


def _theme_rows(report: JobReport, level: str) -> Iterator[tuple[str, str, str]]:
    """The skills of a level by theme; a theme is named once."""
    before = ""
    for row in report.rows(level):
        middle = row.choice(loud=True) if row.any_of else ", ".join(row.items)
        unscored = "  (shown, never scored)" if row.label in report.unscored else ""
        yield "" if row.label == before else row.label, f"{middle}{unscored}", row.lines
        before = row.label


def _draw_full(console: Console, report: JobReport, level: str) -> None:
    for part, rows in report.evidence(level):
        if part:
            draw_indented(console, part, "")
        shown = (
            (name, f"“{words}”" if words.lower() != name.lower() else "", str(line))
            for name, words, line in rows
        )
        inside = 2 if part else 0
        draw_grid(console, shown, first=34 - inside, indent=2 + inside, wrap=True)


def draw_indented(console: Console, text: str, tail: str, by: int = 2) -> None:
    """A text set in from the left, with a dim tail."""
    from rich.padding import Padding

    body = styled(text)
    body.append(tail, style="dim")
    console.print(Padding(body, (0, 0, 0, by)))


def _draw_unknown(console: Console, report: JobReport) -> None:
    shown, more = report.unknown()
    if shown:
        draw_title(console, "NOT IN MY TAXONOMY, NOT COUNTED")
        tail = f" · {more} more with --all" if more else ""
        draw_indented(console, " · ".join(f"“{term}”" for term in shown), tail)


def _draw_starts(console: Console, report: JobReport) -> None:
    starts = report.starts()
    if not starts:
        return
    draw_title(console, "WHERE TO START", "assuming you have none of it")
    for number, (priority, name, how) in enumerate(starts, 1):
        line = styled(f"  {number} {name}")
        line.append(" " * max(2, console.width - line.cell_len - len(priority.step or "")))
        line.append(priority.step or "", style="dim")
        console.print(line)
        draw_indented(console, "; ".join([*priority.reasons, how]), "", by=4)


def _draw_foot(console: Console, report: JobReport) -> None:
    profile = report.profile
    console.print()
    if profile.asking_lines:
        console.print(styled(understood(profile)))
    starts = report.starts()
    if starts:
        step, name = starts[0][0].step, starts[0][1]
        console.print(styled(f"Open a step: skillgap roadmap {step}", style="dim"))
        console.print(styled(_why(report, name, console.width), style="dim"))


def _why(report: JobReport, name: str, width: int) -> str:
    """The call that explains a skill, on one line: a name that is too long for it is left to the person."""
    document = report.profile.document
    source = _AGAIN.get(document.source) or shlex.quote(document.source)
    again = document.meta.get("command") or f"analyze {source}"
    hint = f'Why so:      skillgap {again} --explain "{name}"'
    return hint if len(hint) <= width else f'Why so:      skillgap analyze AD --explain "{name}"'
