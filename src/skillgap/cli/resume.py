"""``skillgap resume``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from skillgap.analyzer import Analyzer
from skillgap.cli.common import (
    Output,
    all_option,
    anonymise_option,
    as_of_option,
    clipboard_option,
    default_resume,
    dump_json,
    format_option,
    inputs,
    output_options,
    override_option,
    taxonomy_option,
    with_text_option,
)
from skillgap.overrides import NONE, load_overrides
from skillgap.rendering.anonymous import anonymous
from skillgap.taxonomy import load_taxonomy


def same_file(one: str, other: str) -> bool:
    """Whether two names lead to one file."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return one == other


@click.command()
@click.argument("cv", required=False)
@clipboard_option("resume")
@format_option("text", "json", "markdown")
@all_option("Show every skill, with the resume's own words.")
@with_text_option
@override_option
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
    override: str | None,
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
    document = next(iter(inputs(paths, clipboard=clipboard, what="resume")))()
    taxonomy = load_taxonomy(*overlays)
    overrides = load_overrides(override, taxonomy) if override else NONE
    report = Analyzer(taxonomy).resume(document, as_of=as_of)
    known = sorted(overrides.everywhere.know)
    if layout == "json":
        record = report.to_dict(with_text=with_text and not anonymise)
        record |= {"known": known} if override else {}
        out.write(dump_json(anonymous(record, "resume") if anonymise else record))
        return
    from skillgap.rendering.resume_pages import ResumePage, draw_resume, resume_markdown
    from skillgap.rendering.terminal import render

    label = "resume" if anonymise else ""
    page = ResumePage(report.profile, report.taxonomy, full=full, label=label, known=known)
    if layout == "markdown":
        out.write(resume_markdown(page))
    else:
        out.write(render(lambda console: draw_resume(console, page), color=out.color, width=out.width))
