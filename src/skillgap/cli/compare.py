"""``skillgap compare``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date

import click

from skillgap.analyzer import Analyzer, Comparison
from skillgap.cli.common import (
    Output,
    can_show_unicode,
    dump_json,
    inputs,
    note,
    output_options,
    taxonomy_option,
)
from skillgap.cli.resume import as_of_option, default_resume
from skillgap.errors import InputError, UsageError
from skillgap.taxonomy import load_taxonomy

_GATE, _NOTHING_READ, _SOME_FAILED = 1, 3, 4


@click.command()
@click.argument("cv_and_ads", nargs=-1, metavar="[CV] AD...")
@click.option("--clipboard", is_flag=True, help="Read the ad from the clipboard.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "jsonl", "markdown"]),
    default="text",
    show_default=True,
    help="How to print.",
)
@click.option("--all", "full", is_flag=True, help="Show everything; of several ads, each in full.")
@click.option("--with-text", is_flag=True, help="Put the texts that offsets refer to into the records.")
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="End with 1 if less than N percent of an ad's must-haves are met (listed and implied count).",
)
@click.option("-q", "--quiet", is_flag=True, help="No remarks on stderr; failures still show.")
@as_of_option
@taxonomy_option
@output_options
def compare(
    cv_and_ads: tuple[str, ...],
    *,
    clipboard: bool,
    layout: str,
    full: bool,
    with_text: bool,
    fail_under: float | None,
    quiet: bool,
    as_of: date | None,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
) -> None:
    """Compare a resume with job ads: what is shown, close or missing, and what to do next.

    CV and AD are files of any kind that skillgap reads; one of them may be - for standard input.
    Several ads are ranked. With SKILLGAP_RESUME set, a lone AD is enough.
    """
    cv, ads = _named(cv_and_ads, clipboard=clipboard)
    out = Output(output, no_color=no_color, inputs=[cv, *ads])
    analyzer = Analyzer(load_taxonomy(*overlays))
    resume = analyzer.resume(next(iter(inputs([cv], clipboard=False)))(), as_of=as_of)
    comparisons: list[Comparison] = []
    failures: list[str] = []
    for reader in inputs(ads, clipboard=clipboard):
        try:
            comparisons.append(analyzer.compare(resume, analyzer.job(reader())))
        except InputError as error:
            failures.append(str(error))
    if comparisons:
        out.write(_printed(comparisons, out, layout=layout, full=full, with_text=with_text))
    for failure in failures:
        note(f"skillgap: {failure}")
    if failures:
        sys.exit(_SOME_FAILED if comparisons else _NOTHING_READ)
    if fail_under is not None:
        _gate(comparisons, fail_under, quiet=quiet)


def _named(given: Sequence[str], *, clipboard: bool) -> tuple[str, list[str]]:
    """(resume, ads) from the arguments and SKILLGAP_RESUME."""
    known = default_resume()
    alone = len(given) == 1 and not clipboard
    if known and (alone or not given):
        return known, list(given)
    if not given:
        raise UsageError("name a resume and an ad: skillgap compare CV AD; or set SKILLGAP_RESUME")
    if alone:
        raise UsageError(
            f"{given[0]}: is that the resume or the ad? Name both: skillgap compare CV AD; or set SKILLGAP_RESUME"
        )
    if list(given).count("-") > 1:
        raise UsageError("-: standard input can be read once; name a file for the other")
    return given[0], list(given[1:])


def _printed(
    comparisons: Sequence[Comparison], out: Output, *, layout: str, full: bool, with_text: bool
) -> str:
    if layout in ("json", "jsonl"):
        records = [c.to_dict(with_text=with_text) for c in comparisons]
        if layout == "jsonl":
            plain = not can_show_unicode()
            return "".join(json.dumps(record, ensure_ascii=plain) + "\n" for record in records)
        return dump_json(records if len(records) > 1 else records[0])
    from skillgap.rendering.gap_draw import draw_gap, draw_ranking
    from skillgap.rendering.gap_report import GapReport
    from skillgap.rendering.terminal import render

    reports = [GapReport(c.gap, c.taxonomy, full=full and len(comparisons) == 1) for c in comparisons]
    if layout == "markdown":
        from skillgap.rendering.gap_markdown import gap_markdown, ranking_markdown

        pages = [gap_markdown(report) for report in reports]
        return "\n---\n\n".join(([ranking_markdown(reports)] if len(reports) > 1 else []) + pages)
    pages = []
    if len(reports) > 1:
        pages.append(render(lambda console: draw_ranking(console, reports), color=out.color, width=out.width))
    if len(reports) == 1 or full:
        pages += [
            render(lambda console, r=report: draw_gap(console, r), color=out.color, width=out.width)  # type: ignore[misc]
            for report in reports
        ]
    return ("\n" + "─" * out.width + "\n\n").join(pages)


def _gate(comparisons: Sequence[Comparison], percent: float, *, quiet: bool) -> None:
    """End with 1 where an ad's must-haves are met to less than the share that was set."""
    from skillgap.analysis.coverage import counts

    below = False
    for comparison in comparisons:
        _, met, of = counts(comparison.gap, "required")
        if of == 0 or met * 100 < percent * of:  # 0 of 0 is not met
            below = True
            source = comparison.gap.job.document.source
            note(f"skillgap: {source}: {met} of {of} must-haves met, under {percent:g} %", quiet=quiet)
    if below:
        sys.exit(_GATE)
