"""A comparison as Markdown, for notes and tickets: the same content as the text report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillgap.rendering.gap_report import GapReport, ranked, thin
from skillgap.rendering.markdown import escape
from skillgap.rendering.report import understood


def gap_markdown(report: GapReport) -> str:
    """One comparison."""
    return "\n".join(_lines(report)) + "\n"


def ranking_markdown(reports: Sequence[GapReport]) -> str:
    """Several ads as one table, best first; those whose counts say little below it."""
    best, apart = ranked(reports)
    lines = [f"# {len(reports)} ads", "", "| | Ad | Must-haves met | of | File |", "|---|---|---|---|---|"]
    for number, report in enumerate(best, 1):
        row = report.counts()[0]
        source = escape(report.source())
        headline = escape(report.headline())
        lines.append(f"| {number} | {headline} | {row.strict}-{row.lenient} | {row.of} | {source} |")
    if apart:
        lines += ["", "Not ranked:", ""]
        lines += [f"- {escape(r.headline())}: {escape(', and '.join(thin(r)))}" for r in apart]
    return "\n".join(lines) + "\n"


def _lines(report: GapReport) -> Iterator[str]:
    yield f"# {escape(report.headline())}"
    yield ""
    yield from (f"- **{name}**: {escape(text)}" for name, text in report.facts())
    yield from (f"\n**{escape(note)}**" for note in report.warnings())
    checks = report.checks()
    if checks:
        yield "\n## Check before you spend time\n"
        yield from (f"- **{escape(what)}**: {escape(why)}" for what, why in checks)
    yield "\n## Counts\n"
    yield "| | Shown in work | Listed or implied | Still open | Asked |"
    yield "|---|---|---|---|---|"
    for row in report.counts():
        figures = (row.strict, row.lenient - row.strict, row.of - row.lenient, row.of)
        yield f"| {row.name} | {' | '.join(map(str, figures))} |"
    if report.languages():
        yield f"\n{escape(report.languages())}"
    if report.people():
        yield f"\n{report.people()}"
    yield from _leads(report)
    yield from _names(report)
    if report.next_steps():
        yield "\n## Do next\n"
        for number, (when, what, change) in enumerate(report.next_steps(), 1):
            yield f"{number}. {f'{when}: ' if when else ''}{escape(what)}{f' ({change})' if change else ''}"
    if report.gap.job.asking_lines:
        yield f"\n{escape(understood(report.gap.job))}"


def _leads(report: GapReport) -> Iterator[str]:
    if report.leads():
        yield "\n## Lead with these\n"
    if report.label:
        yield ", ".join(escape(lead.name) for lead in report.leads())
        return
    for lead in report.leads():
        note = f" ({lead.note})" if lead.note else ""
        yield f"- **{escape(lead.name)}**{note}: you “{escape(lead.you)}” (line {lead.your_line}); "
        yield f"  the ad “{escape(lead.ad)}” (line {lead.ad_line})"


def _names(report: GapReport) -> Iterator[str]:
    if report.implied():
        yield "\n## Taken as known\n"
        yield from (f"- {escape(line)}" for line in report.implied())
    if report.related():
        yield "\n## Close, not counted\n"
        yield from (
            f"- {escape(name)}: {escape(what)}{f' (line {line})' if line else ''}"
            for name, what, line in report.related()
        )
    if report.missing():
        yield "\n## Nothing found\n"
        yield from (f"- {way}: {escape(', '.join(names))}" for way, names in report.missing())
        if report.more():
            yield f"- {report.more()} more"
    if report.denied():
        yield f"\nNot yet, or still learning, by your own words: {escape(', '.join(report.denied()))}"
    if report.by_others():
        yield f"\nDone by others, by your own words, not counted: {escape(', '.join(report.by_others()))}"
    if report.literal():
        terms = ", ".join(f"“{escape(term)}”" for term in report.literal())
        yield f"\nOutside the taxonomy, but word for word in your resume: {terms}"
