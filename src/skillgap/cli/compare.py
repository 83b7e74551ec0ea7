"""``skillgap compare``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

import click

from skillgap.analyzer import Analyzer, Comparison
from skillgap.cli.common import (
    Output,
    all_option,
    anonymise_option,
    as_of_option,
    can_show_unicode,
    clipboard_option,
    default_resume,
    dump_json,
    explain_option,
    format_option,
    inputs,
    note,
    output_options,
    override_option,
    quiet_option,
    taxonomy_option,
    tell_unused,
    with_text_option,
)
from skillgap.cli.resume import same_file
from skillgap.errors import InputError, UsageError
from skillgap.overrides import Overrides, load_overrides
from skillgap.rendering.anonymous import anonymous
from skillgap.taxonomy import load_taxonomy

if TYPE_CHECKING:
    from skillgap.rendering.gap_report import GapReport

_GATE, _NOTHING_READ, _SOME_FAILED = 1, 3, 4


@click.command()
@click.argument("cv_and_ads", nargs=-1, metavar="[CV] AD...")
@clipboard_option("ad")
@format_option("text", "json", "jsonl", "markdown")
@all_option("Show everything; of several ads, each in full.")
@explain_option("Say what decided on SKILL, in the ad and in the resume.")
@with_text_option
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="End with 1 if less than N percent of an ad's must-haves are met (listed and implied count).",
)
@override_option
@anonymise_option
@quiet_option
@as_of_option
@taxonomy_option
@output_options
def compare(
    cv_and_ads: tuple[str, ...],
    *,
    clipboard: bool,
    layout: str,
    full: bool,
    explain: str | None,
    with_text: bool,
    fail_under: float | None,
    override: str | None,
    anonymise: bool,
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
    if explain is not None and anonymise:
        raise UsageError("--explain quotes the resume and the ad; leave it out, or leave out --anonymise")
    cv, ads = _named(cv_and_ads, clipboard=clipboard)
    out = Output(output, no_color=no_color, inputs=[cv, *ads])
    analyzer = Analyzer(load_taxonomy(*overlays))
    resume = analyzer.resume(next(iter(inputs([cv], clipboard=False)))(), as_of=as_of)
    overrides = load_overrides(override, analyzer.taxonomy) if override else None
    comparisons: list[Comparison] = []
    failures: list[str] = []
    for reader in inputs(ads, clipboard=clipboard):
        try:
            comparisons.append(analyzer.compare(resume, analyzer.job(reader()), overrides=overrides))
        except InputError as error:
            failures.append(str(error))
    _tell_unused(overrides, comparisons, override, names=not anonymise, quiet=quiet)
    skipped = [c for c in comparisons if c.status == "skip"]
    if skipped and len(comparisons) > 1:
        comparisons = [c for c in comparisons if c.status != "skip"]
        note(f"skillgap: {len(skipped)} left out, as {override} says to skip them", quiet=quiet)
    if explain is not None:
        out.write("\n".join(_explained(comparisons, explain)))
    elif comparisons:
        printer = _Printer(out, layout=layout, full=full, with_text=with_text, anonymise=anonymise)
        out.write(printer.printed(comparisons))
    for failure in failures:
        note(f"skillgap: {failure}")
    if failures:
        sys.exit(_SOME_FAILED if comparisons else _NOTHING_READ)
    if fail_under is not None:
        _gate(comparisons, fail_under, anonymise=anonymise, quiet=quiet)


def _tell_unused(
    overrides: Overrides | None,
    comparisons: Sequence[Comparison],
    file: str | None,
    *,
    names: bool,
    quiet: bool,
) -> None:
    """Say which ads of the file are not here; of a lone ad, only if the file knows others but not it."""
    if overrides is None or file is None:
        return
    places = [(c.gap.job.document.source, c.gap.job.document.row) for c in comparisons]
    others = len(overrides.unused(places)) < len(overrides.ads)
    if places and not (len(places) == 1 and others):
        tell_unused(overrides, places, file, quiet=quiet, names=names)


def _explained(comparisons: Sequence[Comparison], skill: str) -> Iterator[str]:
    from skillgap.rendering.explain import explain_match

    return (explain_match(c.gap, c.taxonomy, skill) for c in comparisons)


def _named(given: Sequence[str], *, clipboard: bool) -> tuple[str, list[str]]:
    """(resume, ads) from the arguments and SKILLGAP_RESUME."""
    known = default_resume()
    alone = len(given) == 1 and not clipboard
    if known and (alone or not given):
        return known, list(given)
    if known and len(given) > 1 and not same_file(given[0], known):
        raise UsageError(
            f"SKILLGAP_RESUME names {known}, so it is unclear whether {given[0]} is a resume or an ad; "
            f"write: skillgap compare {known} {given[0]} ..., or unset SKILLGAP_RESUME"
        )
    if not given:
        raise UsageError("name a resume and an ad: skillgap compare CV AD; or set SKILLGAP_RESUME")
    if alone:
        raise UsageError(f"{given[0]}: is that the resume or the ad? Name both: skillgap compare CV AD")
    if list(given).count("-") > 1:
        raise UsageError("-: standard input can be read once; name a file for the other")
    return given[0], list(given[1:])


class _Printer:
    """Lays comparisons out in the format that was asked for."""

    def __init__(self, out: Output, *, layout: str, full: bool, with_text: bool, anonymise: bool) -> None:
        self._out = out
        self._layout = layout
        self._full = full
        self._with_text = with_text and not anonymise
        self._anonymise = anonymise

    def printed(self, comparisons: Sequence[Comparison]) -> str:
        if self._layout in ("json", "jsonl"):
            return self._records(comparisons)
        from skillgap.rendering.gap_report import GapReport

        single = len(comparisons) == 1
        reports = [
            GapReport(
                c.gap,
                c.taxonomy,
                full=self._full,
                label=f"ad {number}" if self._anonymise else "",
                status=c.status,
            )
            for number, c in enumerate(comparisons, 1)
        ]
        if self._layout == "markdown":
            from skillgap.rendering.gap_markdown import gap_markdown, ranking_markdown

            pages = [gap_markdown(report) for report in reports]
            return "\n---\n\n".join(([] if single else [ranking_markdown(reports)]) + pages)
        return self._text(reports)

    def _records(self, comparisons: Sequence[Comparison]) -> str:
        records = [c.to_dict(with_text=self._with_text) for c in comparisons]
        if self._anonymise:
            records = [anonymous(record, str(number)) for number, record in enumerate(records, 1)]
        if self._layout == "jsonl":
            plain = not can_show_unicode()
            return "".join(json.dumps(record, ensure_ascii=plain) + "\n" for record in records)
        return dump_json(records if len(records) > 1 else records[0])

    def _text(self, reports: list[GapReport]) -> str:
        from skillgap.rendering.gap_draw import draw_gap, draw_ranking
        from skillgap.rendering.terminal import render

        color, width = self._out.color, self._out.width
        pages = []
        if len(reports) > 1:
            pages.append(render(lambda console: draw_ranking(console, reports), color=color, width=width))
        if len(reports) == 1 or self._full:
            pages += [
                render(lambda console, r=report: draw_gap(console, r), color=color, width=width)  # type: ignore[misc]
                for report in reports
            ]
        return ("\n" + "─" * width + "\n\n").join(pages)


def _gate(comparisons: Sequence[Comparison], percent: float, *, anonymise: bool, quiet: bool) -> None:
    """End with 1 where an ad's must-haves are met to less than the share that was set."""
    from skillgap.analysis.coverage import counts

    below = False
    for number, comparison in enumerate(comparisons, 1):
        _, met, of = counts(comparison.gap, "required")
        if of == 0 or met * 100 < percent * of:  # 0 of 0 is not met
            below = True
            source = f"ad {number}" if anonymise else comparison.gap.job.document.source
            note(f"skillgap: {source}: {met} of {of} must-haves met, under {percent:g} %", quiet=quiet)
    if below:
        sys.exit(_GATE)
