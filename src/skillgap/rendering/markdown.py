"""The report on one ad as Markdown, for notes and tickets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillgap.rendering.report import LEVEL_TITLES, JobReport, understood
from skillgap.rendering.terminal import harmless

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def escape(text: str) -> str:
    """The text with every character escaped that Markdown would act on."""
    return _SPECIAL.sub(r"\\\1", harmless(" ".join(text.split())))


def job_markdown(report: JobReport) -> str:
    """The same content as the text report with ``--all``."""
    return "\n".join(_lines(report)) + "\n"


def _lines(report: JobReport) -> Iterator[str]:
    yield f"# {escape(report.headline())}"
    yield ""
    yield from (f"{escape(line)}  " for line in report.facts())
    for note in report.warnings():
        yield f"\n**{escape(note)}**"
    checks = report.checks()
    if checks:
        yield "\n## Check before you spend time\n"
        yield from (f"- **{escape(what)}**: {escape(why)}" for what, why in checks)
    for level, title in LEVEL_TITLES.items():
        yield from _level(report, level, title)
    shown, more = report.unknown()
    if shown:
        yield "\n## Not in the taxonomy, not counted\n"
        yield ", ".join(f"“{escape(term)}”" for term in shown) + (f" and {more} more" if more else "")
    yield from _starts(report)
    profile = report.profile
    if profile.asking_lines:
        yield f"\n{understood(profile)}"


def _level(report: JobReport, level: str, title: str) -> Iterator[str]:
    if not report.of_level(level):
        return
    yield f"\n## {title.capitalize()} ({report.count(level)})\n"
    for part, rows in report.evidence(level):
        if part:
            yield f"\n{part}:\n"
        yield "| skill | in the ad's words | line |\n| --- | --- | ---: |"
        yield from (f"| {escape(name)} | {escape(words)} | {line} |" for name, words, line in rows)


def _starts(report: JobReport) -> Iterator[str]:
    starts = report.starts()
    if not starts:
        return
    yield "\n## Where to start\n"
    for number, (priority, name, how) in enumerate(starts, 1):
        step = report.taxonomy.steps[priority.step or ""]
        link = f"[{escape(step.title)}]({step.url})" if step.url else escape(step.title)
        reasons = escape("; ".join(priority.reasons))
        yield f"{number}. **{escape(name)}**: {reasons}. {escape(how)}: {link} (`{step.id}`)"
