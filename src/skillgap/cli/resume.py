"""``skillgap resume``."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import click

from skillgap.analyzer import Analyzer
from skillgap.cli.common import Output, dump_json, inputs, output_options, taxonomy_option
from skillgap.errors import UsageError
from skillgap.rendering.anonymous import anonymous
from skillgap.taxonomy import load_taxonomy

anonymise_option = click.option(
    "--anonymise",
    is_flag=True,
    help="Leave names, contacts, employers, file names and quotes out of the output.",
)


def as_of_option(command: click.decorators.FC) -> click.decorators.FC:
    """--as-of DAY."""
    return click.option(
        "--as-of",
        metavar="DAY",
        callback=lambda _ctx, _param, value: _day(value),
        help="The day that 'present' stands for, as YYYY-MM-DD (today by default).",
    )(command)


def _day(value: str | None) -> date | None:
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError as error:
        raise UsageError(f"--as-of {value}: is no day; write it as 2026-11-22") from error


def default_resume() -> str | None:
    """The resume that SKILLGAP_RESUME names."""
    return os.environ.get("SKILLGAP_RESUME") or None


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return one == other


@click.command()
@click.argument("cv", required=False)
@click.option("--clipboard", is_flag=True, help="Read the resume from the clipboard.")
@click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="How to print.",
)
@click.option("--all", "full", is_flag=True, help="Show every skill, with the resume's own words.")
@click.option("--with-text", is_flag=True, help="Put the text that offsets refer to into the record.")
@anonymise_option
@as_of_option
@taxonomy_option
@output_options
def resume(
    cv: str | None,
    *,
    clipboard: bool,
    layout: str,
    full: bool,
    with_text: bool,
    anonymise: bool,
    as_of: date | None,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
) -> None:
    """Show what a resume shows of each skill, and how strongly.

    CV is a PDF, DOCX, ODT, RTF, text, web page or JSON Resume file, or - for standard input. Without
    it, the file that SKILLGAP_RESUME names.
    """
    paths = [cv or default_resume() or "-"] if not clipboard else []
    if cv is None and not clipboard and default_resume() is None:
        paths = []
    out = Output(output, no_color=no_color, inputs=paths)
    document = next(iter(inputs(paths, clipboard=clipboard)))()
    report = Analyzer(load_taxonomy(*overlays)).resume(document, as_of=as_of)
    if layout == "json":
        record = report.to_dict(with_text=with_text and not anonymise)
        out.write(dump_json(anonymous(record, "resume") if anonymise else record))
        return
    from skillgap.rendering.resume_pages import ResumePage, draw_resume, resume_markdown
    from skillgap.rendering.terminal import render

    page = ResumePage(report.profile, report.taxonomy, full=full, label="resume" if anonymise else "")
    if layout == "markdown":
        out.write(resume_markdown(page))
    else:
        out.write(render(lambda console: draw_resume(console, page), color=out.color, width=out.width))
