"""A market report for the terminal (80 columns) and as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from skillgap.rendering.draw import draw_title, styled
from skillgap.rendering.markdown import escape
from skillgap.rendering.market_report import MarketReport
from skillgap.rendering.market_words import Section

if TYPE_CHECKING:
    from rich.console import Console

_WIDTHS = (6, 8, 7, 7, 8)  # of the figures behind the first column of a table
_NARROW = 60  # columns below which lower levels and long ids are left out
_SHORT = 10
_BREAKS = (" · ", "; ", ", ", " ")  # where a line that must fit is cut, the best first


def draw_market(
    console: Console, report: Mapping[str, Any], *, full: bool = False, advice: bool = True
) -> None:
    """Print a ``skillgap/market@1`` record; ``full`` shows every part of it, ``advice`` what to learn."""
    page = MarketReport(report, full=full, advice=advice)
    console.print(styled(page.headline(), style="bold"))
    for line in page.frame():
        console.print(styled(line))
    for section in page.sections():
        if section.head:
            _draw_table(console, section)
            continue
        if section.title:
            draw_title(console, section.title, section.note, section.right)
        _draw_rows(console, section)
    _draw_foot(console, report if advice else {"steps": ()}, full=full)


def _draw_rows(console: Console, section: Section) -> None:
    from rich.padding import Padding
    from rich.table import Table

    last = min(section.last, max(len(row[2]) for row in section.rows))
    last = 0 if console.width < _NARROW and last > _SHORT else last
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=section.first, no_wrap=section.fits, overflow="ellipsis")
    table.add_column(ratio=1)
    if last:
        table.add_column(justify="right", width=last, style="dim", no_wrap=True)
    width = console.width - 2 - section.first - 1 - (last + 1 if last else 0)
    for left, middle, right in section.rows:
        text = _fitted(middle, width) if section.fits else middle
        cells = [styled(left), styled(text), styled(right)]
        table.add_row(*cells[: 3 if last else 2])
    console.print(Padding(table, (0, 0, 0, 2)))


def _fitted(text: str, width: int) -> str:
    """As many whole items of the text as one line holds."""
    if len(text) <= width:
        return text
    for mark in _BREAKS:
        end = text.rfind(mark, 0, width + 1)
        if end > 0:
            return text[:end]
    return text[:width]


def _draw_table(console: Console, section: Section) -> None:
    """A table whose heads stand in the line of its title."""
    columns = len(_WIDTHS) if console.width >= _NARROW else 2
    first = console.width - sum(_WIDTHS[:columns])
    draw_title(console, section.title, section.note, _cells(section.head[:columns]).lstrip())
    for name, *figures in section.rows:
        line = styled(f"{_cut(f'  {name}', first - 1):{first}}")
        line.append(_cells(figures[:columns]))
        console.print(line)


def _cells(figures: Sequence[str]) -> str:
    return "".join(f"{figure:>{width}}" for figure, width in zip(figures, _WIDTHS, strict=False))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _draw_foot(console: Console, report: Mapping[str, Any], *, full: bool) -> None:
    steps = report["steps"]
    hints = [f"Open a step: skillgap roadmap {steps[0]['id']}"] if steps else []
    if not full:
        hints.append("By role, level, week: --all")
    if hints:
        console.print()
        console.print(styled("   ".join(hints), style="dim"))


def market_markdown(report: Mapping[str, Any], *, advice: bool = True) -> str:
    """The same content as the text with ``--all``."""
    return "\n".join(_lines(MarketReport(report, full=True, advice=advice))) + "\n"


def _lines(page: MarketReport) -> Iterator[str]:
    yield f"# {escape(page.headline())}\n"
    yield from (f"{escape(line)}  " for line in page.frame())
    for section in page.sections():
        notes = ", ".join(note for note in (section.note, section.right) if note)
        if section.title:
            yield f"\n## {escape(section.title.capitalize())}{f' ({escape(notes)})' if notes else ''}\n"
        else:
            yield ""
        if section.head:
            yield from _table(section)
        else:
            yield from (_bullet(*row) for row in section.rows)


def _table(section: Section) -> Iterator[str]:
    kept = [number for number, head in enumerate(section.head, 1) if head]
    yield f"| skill | {' | '.join(escape(section.head[number - 1]) for number in kept)} |"
    yield f"| --- |{' ---: |' * len(kept)}"
    for row in section.rows:
        yield f"| {' | '.join(escape(row[number].strip()) for number in (0, *kept))} |"


def _bullet(left: str, middle: str, right: str) -> str:
    if not left:
        return f"  - {escape(middle)}"
    return f"- **{escape(left)}** {escape(middle)}{f' ({escape(right)})' if right else ''}"
