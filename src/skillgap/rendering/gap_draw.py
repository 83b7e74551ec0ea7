"""Draw a comparison for a terminal: 80 columns, what decides first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from skillgap.rendering.draw import draw_checks, draw_grid, draw_indented, draw_title, styled
from skillgap.rendering.gap_report import GapReport, ranked, thin
from skillgap.rendering.report import understood

if TYPE_CHECKING:
    from rich.console import Console


def draw_gap(console: Console, report: GapReport) -> None:
    """Print the report of one comparison."""
    console.print(styled(report.headline(), style="bold"))
    for fact, text in report.facts():
        draw_grid(console, [(fact, text, "")], first=7, indent=0)
    for note in report.warnings():
        console.print(styled(note, style="yellow"))
    draw_checks(console, report.checks())
    _draw_counts(console, report)
    _draw_leads(console, report)
    _draw_names(console, report)
    _draw_next(console, report)
    _draw_foot(console, report)


def _draw_counts(console: Console, report: GapReport) -> None:
    rows = report.counts()
    console.print()
    if not rows:
        console.print(styled("The ad names no hard skill that could be counted."))
    else:
        console.print(styled(f"{'':15}{'shown in':>9}{'listed or':>11}{'still':>8}{'':9}", style="dim"))
        console.print(styled(f"{'':15}{'work':>9}{'implied':>11}{'open':>8}{'asked':>9}", style="dim"))
    for row in rows:
        line = styled(f"  {row.name:13}{row.strict:>9}{row.lenient - row.strict:>11}")
        line.append(f"{row.of - row.lenient:>8}{row.of:>9}   ")
        line.append(row.bar, style="cyan")
        console.print(line)
    if report.languages():
        draw_indented(console, report.languages(), "")
    if report.people():
        console.print(styled(f"  {report.people()}", style="dim"))


def _draw_leads(console: Console, report: GapReport) -> None:
    leads = report.leads()
    if leads:
        draw_title(console, "LEAD WITH THESE", right="line")
    if report.label:
        draw_indented(console, ", ".join(lead.name for lead in leads), "")
        return
    for lead in leads:
        draw_grid(
            console,
            [
                (lead.name, f"you  “{lead.you}”", str(lead.your_line)),
                (f" {lead.note}", f"ad   “{lead.ad}”", str(lead.ad_line)),
            ],
            first=22,
        )


def _draw_names(console: Console, report: GapReport) -> None:
    if report.implied():
        draw_title(console, "TAKEN AS KNOWN")
        for line in report.implied():
            draw_indented(console, line, "")
    if report.related():
        draw_title(console, "CLOSE, NOT COUNTED", right="line")
        draw_grid(console, report.related(), first=30)
    if report.missing():
        draw_title(console, "NOTHING FOUND")
        more = report.more()
        for number, (way, names) in enumerate(report.missing()):
            last = number == len(report.missing()) - 1
            tail = f" · {more} more with --all" if more and last else ""
            draw_grid(console, [(way, " · ".join(names) + tail, "")], first=11)
    if report.denied():
        draw_title(console, "NOT YET, OR STILL LEARNING, BY YOUR OWN WORDS")
        draw_indented(console, ", ".join(report.denied()), "")
    if report.by_others():
        draw_title(console, "DONE BY OTHERS, BY YOUR OWN WORDS, NOT COUNTED")
        draw_indented(console, ", ".join(report.by_others()), "")
    if report.literal():
        draw_title(console, "OUTSIDE MY TAXONOMY, BUT WORD FOR WORD IN YOUR RESUME")
        draw_indented(console, " · ".join(f"“{term}”" for term in report.literal()), "")


def _draw_next(console: Console, report: GapReport) -> None:
    steps = report.next_steps()
    if steps:
        draw_title(console, "DO NEXT", right="must-haves met")
    for number, (when, what, change) in enumerate(steps, 1):
        draw_grid(console, [(f"{number} {when}", what, change)], first=11)


def _draw_foot(console: Console, report: GapReport) -> None:
    job, resume = report.source(), report.gap.resume.document.source
    console.print()
    if report.gap.job.asking_lines:
        console.print(styled(understood(report.gap.job)))
    if report.label:
        return
    plan = f"Make it a plan:   skillgap plan {resume} {job} --hours-per-week 6"
    if len(plan) > console.width or "<" in plan:
        plan = "Make it a plan:   skillgap plan CV AD --hours-per-week 6"
    console.print(styled(plan, style="dim"))
    console.print(styled("Wrong about you?  --override FILE, as the README shows", style="dim"))


def draw_ranking(console: Console, reports: Sequence[GapReport]) -> None:
    """Several ads against one resume: those that can be ranked, best first, then the others."""
    best, apart = ranked(reports)
    draw_title(console, f"{len(reports)} ADS", "must-haves met: shown in work - listed or implied too", "of")
    for number, report in enumerate(best, 1):
        row = report.counts()[0]
        met = str(row.strict) if row.strict == row.lenient else f"{row.strict}-{row.lenient}"
        draw_grid(console, [(f"{number:<3}{met}", report.headline(), str(row.of))], first=9)
        console.print(styled(f"{'':12}{report.source()}", style="dim"))
    if apart:
        draw_title(console, "NOT RANKED")
    for report in apart:
        draw_indented(console, f"{report.headline()}: {', and '.join(thin(report))}", "")
        console.print(styled(f"    {report.source()}", style="dim"))
