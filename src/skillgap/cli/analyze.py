"""``skillgap analyze`` and ``skillgap demo``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace

import click

from skillgap.analyzer import Analyzer, JobReport
from skillgap.cli.common import (
    Output,
    all_option,
    can_show_unicode,
    clipboard_option,
    explain_option,
    format_option,
    inputs,
    note,
    output_options,
    quiet_option,
    taxonomy_option,
    with_text_option,
)
from skillgap.errors import InputError, UsageError
from skillgap.rendering.terminal import push
from skillgap.taxonomy import load_taxonomy

_SOME_FAILED, _NOTHING_READ = 4, 3
_ALL = "Show everything, with the ad's own words and lines."
_EXPLAIN = "Say which alias, guard, cue and heading decided on SKILL."


@click.command()
@click.argument("ads", nargs=-1, metavar="[AD]...")
@clipboard_option("ad")
@format_option("text", "json", "jsonl", "markdown")
@all_option(_ALL)
@explain_option(_EXPLAIN)
@with_text_option
@quiet_option
@taxonomy_option
@output_options
def analyze(
    ads: tuple[str, ...],
    *,
    clipboard: bool,
    layout: str,
    full: bool,
    explain: str | None,
    with_text: bool,
    quiet: bool,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
) -> None:
    """Read job ads and report what each asks for, and where to start.

    AD is a text file, or - for standard input. Without any, on a terminal, paste the ad.
    """
    if explain is not None and layout != "text":
        raise UsageError("--explain prints text; the records of --format json carry the same under 'why'")
    out = Output(output, no_color=no_color, inputs=ads)
    analyzer = Analyzer(load_taxonomy(*overlays))
    failures: list[str] = []
    reports = _reports(analyzer, ads, failures, clipboard=clipboard)
    if explain is not None:
        pieces = _explained(reports, explain)
    elif layout in ("json", "jsonl"):
        several = len(ads) + clipboard > 1
        pieces = _records(reports, with_text=with_text, lines=layout == "jsonl", array=several)
    else:
        pieces = _pages(reports, out, markdown=layout == "markdown", full=full)
    read = _emit(pieces, out, stream=layout == "jsonl")
    for failure in failures:
        note(f"skillgap: {failure}")
    if failures:
        if read and not quiet:
            note(f"skillgap: {len(failures)} of {len(ads) + clipboard} inputs could not be used")
        sys.exit(_SOME_FAILED if read else _NOTHING_READ)


@click.command()
@all_option(_ALL)
@explain_option(_EXPLAIN)
@output_options
def demo(*, full: bool, explain: str | None, output: str | None, no_color: bool) -> None:
    """Run the main job on a sample ad that ships with skillgap."""
    from skillgap.reading import read
    from skillgap.taxonomy.loading import samples_folder

    path = samples_folder() / "ads" / "northwind-health.txt"
    document = replace(read(path, source=path.name), meta={"command": "demo"})
    out = Output(output, no_color=no_color)
    note(f"The sample ad is {path}\n")
    report = Analyzer().job(document)
    reports = iter([report])
    pieces = _explained(reports, explain) if explain else _pages(reports, out, markdown=False, full=full)
    out.write("".join(pieces))


def _reports(
    analyzer: Analyzer, ads: tuple[str, ...], failures: list[str], *, clipboard: bool
) -> Iterator[JobReport]:
    for reader in inputs(ads, clipboard=clipboard):
        try:
            yield analyzer.job(reader())
        except InputError as error:
            failures.append(str(error))


def _records(reports: Iterator[JobReport], *, with_text: bool, lines: bool, array: bool) -> Iterator[str]:
    plain = not can_show_unicode()  # \\u escapes carry every character through any console
    if lines:
        for report in reports:
            yield json.dumps(report.to_dict(with_text=with_text), ensure_ascii=plain) + "\n"
        return
    records = [report.to_dict(with_text=with_text) for report in reports]
    if records:
        yield json.dumps(records if array else records[0], ensure_ascii=plain, indent=2) + "\n"


def _pages(reports: Iterator[JobReport], out: Output, *, markdown: bool, full: bool) -> Iterator[str]:
    from skillgap.rendering.draw import draw_job
    from skillgap.rendering.report import JobReport as Page
    from skillgap.rendering.terminal import render

    for number, report in enumerate(reports):
        page = Page(report.profile, report.taxonomy, report.priorities, full=full)
        if number:
            yield "\n" + ("---\n\n" if markdown else "─" * out.width + "\n\n")
        if markdown:
            from skillgap.rendering.markdown import job_markdown

            yield job_markdown(page)
        else:
            yield render(lambda console, page=page: draw_job(console, page), color=out.color, width=out.width)  # type: ignore[misc]


def _explained(reports: Iterator[JobReport], name: str) -> Iterator[str]:
    from skillgap.rendering.explain import explain_skill

    for report in reports:
        yield explain_skill(report.profile, report.taxonomy, name)


def _emit(pieces: Iterator[str], out: Output, *, stream: bool) -> int:
    """Write the pieces; returns how many there were. Records stream, a file is written at once."""
    if stream and out.path is None:
        count = 0
        for piece in pieces:
            push(piece, sys.stdout)
            count += 1
        return count
    collected = list(pieces)
    if collected:
        out.write("".join(collected))
    return len(collected)
