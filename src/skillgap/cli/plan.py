"""``skillgap plan`` and ``skillgap plan done``."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from skillgap import progress as progress_file
from skillgap.cli.common import (
    Output,
    a_day,
    all_option,
    anonymise_option,
    default_resume,
    dump_json,
    format_option,
    note,
    output_options,
    override_option,
    quiet_option,
    taxonomy_option,
)
from skillgap.errors import InputError, NotFoundError, UnreadableError, UsageError
from skillgap.overrides import Overrides, load_overrides
from skillgap.rendering.anonymous import anonymous
from skillgap.taxonomy import Taxonomy, load_taxonomy

_NOTHING_READ, _SOME_FAILED = 3, 4
_FEWEST_HOURS, _MOST_HOURS = 0.1, 168  # a week has no more
_MOST_WEEKS = 1_040  # twenty years: beyond it a typing error is likelier
_LEVELS = ("required", "preferred", "responsibility")


def _hours(_ctx: click.Context, _param: click.Parameter, value: str) -> Fraction:
    """Hours a week as an exact number."""
    try:
        number = float(value)  # first, for a Fraction of 1e999999999 would never end
    except ValueError as error:
        raise UsageError(f"--hours-per-week {value}: is no number; write it as 8 or 7.5") from error
    if not _FEWEST_HOURS <= number <= _MOST_HOURS:
        raise UsageError(
            f"--hours-per-week {value}: can't be planned; give from {_FEWEST_HOURS} to {_MOST_HOURS} hours"
        )
    return Fraction(str(round(number, 3)))


def _day(_ctx: click.Context, _param: click.Parameter, value: str | None) -> date:
    """A day written as 2026-11-22; today if none is given."""
    return a_day("--start", value) or date.today()  # noqa: DTZ011 - the person's own day


def progress_option(command: Any) -> Any:
    """--progress FILE."""
    return click.option(
        "--progress",
        "progress_name",
        metavar="FILE",
        help=f"The file of steps done.  [default: {progress_file.VARIABLE} or {progress_file.DEFAULT_NAME}]",
    )(command)


class PlanCommand(click.Command):
    """``plan`` with one word of its own: a first argument ``done`` runs the other command."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        if args[:1] == [done.name]:
            return done.make_context(f"{info_name} {done.name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] CV AD...")
        for arguments in ("[OPTIONS] GAP.json...", "done [--undo] STEP..."):
            formatter.write_usage(ctx.command_path, arguments, prefix="       ")


@click.command(cls=PlanCommand)
@click.argument("inputs", nargs=-1, metavar="CV AD... | GAP.json...")
@click.option(
    "--hours-per-week", callback=_hours, default="8", show_default=True, metavar="N", help="Your time."
)
@click.option("--start", callback=_day, metavar="DAY", help="First day, as 2026-11-22.  [default: today]")
@click.option(
    "--weeks",
    type=click.IntRange(1, _MOST_WEEKS),
    metavar="N",
    help="Only what fits into N weeks, chosen so that it meets the most must-haves.",
)
@click.option(
    "--down-to",
    type=click.Choice(_LEVELS),
    default=_LEVELS[0],
    show_default=True,
    help="Plan what is asked for at least this strongly.",
)
@override_option
@anonymise_option
@progress_option
@format_option("text", "json", "markdown", "ical")
@all_option("Show every step with its reason and link.")
@quiet_option
@taxonomy_option
@output_options
def plan(
    inputs: tuple[str, ...],
    *,
    hours_per_week: Fraction,
    start: date,
    weeks: int | None,
    down_to: str,
    override: str | None,
    anonymise: bool,
    progress_name: str | None,
    layout: str,
    full: bool,
    quiet: bool,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
) -> None:
    """Make a dated learning plan out of a resume and job ads.

    Steps come in an order that respects what each builds on, must-haves first. CV and AD are files
    that skillgap reads; with SKILLGAP_RESUME set, a lone AD is enough. GAP.json is what
    skillgap compare --format json printed; one input may be - for standard input.

    skillgap plan done STEP notes a step as done; the next plan counts it.
    """
    from skillgap.analysis.plan import plan as make_plan

    given = Inputs.of(inputs)
    progress = _progress_path(progress_name)
    out = Output(output, no_color=no_color, inputs=[*given.names, str(progress)])
    taxonomy = load_taxonomy(*overlays)
    finished = _finished(progress, taxonomy, quiet=quiet)
    failures: list[str] = []
    overrides = load_overrides(override, taxonomy) if override else None
    gaps = list(given.gaps(taxonomy, failures, overrides))
    if anonymise:
        gaps = [anonymous(gap, str(number)) for number, gap in enumerate(gaps, 1)]
        gaps = [{**gap, "resume": {**gap["resume"], "source": "resume"}} for gap in gaps]
    if gaps:
        made = make_plan(
            gaps,
            taxonomy,
            hours_per_week=hours_per_week,
            start=start,
            weeks=weeks,
            done=finished,
            down_to=down_to,
        )
        out.write(_printed(made, out, layout=layout, full=full))
    for failure in failures:
        note(f"skillgap: {failure}")
    if failures:
        sys.exit(_SOME_FAILED if gaps else _NOTHING_READ)


@click.command("done")
@click.argument("steps", nargs=-1, metavar="STEP...")
@click.option("--undo", is_flag=True, help="Take STEP out again.")
@progress_option
@click.option("-q", "--quiet", is_flag=True, help="Say nothing; failures still show.")
@taxonomy_option
def done(
    steps: tuple[str, ...],
    *,
    undo: bool,
    progress_name: str | None,
    quiet: bool,
    overlays: tuple[str, ...],
) -> None:
    """Note roadmap steps as done, so that the next plan counts them.

    STEP is an id as skillgap plan prints it, such as llm.rag. The note is a line in a small file that you
    can read and edit; the file is made when the first step is done.
    """
    if not steps:
        raise UsageError(
            "name the step that is done: skillgap plan done llm.rag; all steps: skillgap roadmap"
        )
    taxonomy = load_taxonomy(*overlays)
    path = Path(progress_name) if progress_name else progress_file.default_path()
    known = [_step(name, taxonomy) for name in steps]  # all of them, before anything is written
    for step in known:
        if undo:
            progress_file.undo(path, step)
            note(f"{step} is open again ({path})", quiet=quiet)
        elif progress_file.mark_done(path, step, date.today()):  # noqa: DTZ011 - the person's own day
            note(f"{step} is done: {taxonomy.steps[step].title} ({path})", quiet=quiet)
        else:
            note(f"{step} was noted as done before ({path})", quiet=quiet)


def _step(name: str, taxonomy: Taxonomy) -> str:
    import difflib

    wanted = name.strip().lower()
    if wanted in taxonomy.steps:
        return wanted
    by_title = {step.title.lower(): step.id for step in taxonomy.steps.values()}
    if wanted in by_title:
        return by_title[wanted]
    near = difflib.get_close_matches(wanted, [*taxonomy.steps, *by_title], n=3)
    ids = list(dict.fromkeys(by_title.get(found, found) for found in near))
    hint = f" (did you mean {' or '.join(ids)}?)" if ids else ""
    raise NotFoundError(f"there is no roadmap step {name!r}{hint}; all steps: skillgap roadmap")


def _progress_path(name: str | None) -> Path:
    """The progress file to count; one that is named has to be there."""
    path = Path(name) if name else progress_file.default_path()
    if name and not path.exists():
        raise UnreadableError(
            f"{name}: there is no such progress file; make it with: skillgap plan done STEP --progress {name}"
        )
    return path


def _finished(path: Path, taxonomy: Taxonomy, *, quiet: bool) -> frozenset[str]:
    """The steps that the progress file notes; none if there is no file."""
    noted = progress_file.read_progress(path)
    unknown = [step for step in noted if step not in taxonomy.steps]
    if unknown:
        note(f"skillgap: {path}: not on the roadmap and not counted: {', '.join(unknown)}", quiet=quiet)
    return frozenset(noted) & taxonomy.steps.keys()


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was named on the command line: a resume and ads, or saved gap records."""

    cv: str | None
    others: tuple[str, ...]
    records: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, names: Sequence[str]) -> Inputs:
        """Tell gap files from a resume and ads by what is in the first file."""
        from skillgap.cli.gap_files import read_gap_files

        if list(names).count("-") > 1:
            raise UsageError("-: standard input can be read once; name a file for the other")
        records = read_gap_files(names)
        if records is not None:
            return cls(None, tuple(names), tuple(records))
        cv = default_resume()
        if len(names) == 1 and cv:
            return cls(cv, tuple(names))
        if len(names) == 1 and names[0] != "-" and not Path(names[0]).exists():
            raise UnreadableError(f"{names[0]}: there is no such file; check the name and the folder")
        if len(names) < 2:
            raise UsageError(
                "name a resume and an ad: skillgap plan CV AD; or a saved comparison: skillgap plan GAP.json"
            )
        return cls(names[0], tuple(names[1:]))

    @property
    def names(self) -> list[str]:
        return [*([self.cv] if self.cv else []), *self.others]

    def gaps(
        self, taxonomy: Taxonomy, failures: list[str], overrides: Overrides | None = None
    ) -> Iterator[Mapping[str, Any]]:
        """The gap records, saved or made now; an ad that can't be used is named in ``failures``."""
        if self.cv is None:
            yield from self.records
            return
        from skillgap.analyzer import Analyzer
        from skillgap.cli.common import inputs

        analyzer = Analyzer(taxonomy)
        resume = analyzer.resume(next(iter(inputs([self.cv], clipboard=False)))())
        for reader in inputs(self.others, clipboard=False):
            try:
                yield analyzer.compare(resume, analyzer.job(reader()), overrides=overrides).to_dict()
            except InputError as error:
                failures.append(str(error))


def _printed(made: Any, out: Output, *, layout: str, full: bool) -> str:
    if layout == "json":
        return dump_json(made.to_dict())
    if layout == "ical":
        from skillgap.rendering.ical import plan_ical

        text = plan_ical(made)
        console = out.path is None and os.name == "nt"  # there the stream makes CRLF out of every LF
        return text.replace("\r\n", "\n") if console else text
    from skillgap.rendering.plan_pages import draw_plan, plan_markdown
    from skillgap.rendering.terminal import render

    if layout == "markdown":
        return plan_markdown(made)
    return render(lambda console: draw_plan(console, made, full=full), color=out.color, width=out.width)
