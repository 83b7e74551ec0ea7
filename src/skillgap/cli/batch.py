"""``skillgap batch``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from skillgap.cli.batch_fit import MATRICES, Wanted, fit_options
from skillgap.cli.batch_people import Key, Resumes, masked, read_people
from skillgap.cli.batch_print import Request, Saved, write
from skillgap.cli.batch_run import Sources, read_all
from skillgap.cli.common import (
    Output,
    all_option,
    anonymise_option,
    as_of_option,
    default_resume,
    format_option,
    note,
    output_options,
    override_option,
    quiet_option,
    taxonomy_option,
    tell_unused,
    with_text_option,
)
from skillgap.errors import NotFoundError, UnreadableError, UsageError
from skillgap.market.batch import Failure
from skillgap.market.store import Store
from skillgap.overrides import NONE, bears, load_overrides
from skillgap.reading.fields import Columns
from skillgap.rendering.columnar import PACKAGES, needs
from skillgap.taxonomy import Taxonomy, load_taxonomy

_NOTHING_READ, _SOME_FAILED = 3, 4
_LISTED = 5  # listings that a name may mean are told
_LAYOUTS = ("text", "json", "jsonl", "csv", "markdown", *PACKAGES)
_COLUMNS = {  # option -> (field, what the column holds)
    "text": ("text", "the ads' text"),
    "title": ("title", "the title"),
    "company": ("company", "the company"),
    "place": ("place", "the place"),
    "date": ("posted", "the day of posting"),
    "url": ("url", "the address"),
    "id": ("id", "the listing's id"),
}
_WISHES = {  # option -> what it does to the listings of a source
    "forget": "Delete the listings of a file or folder from the store.",
    "applied": "Mark the listings of SOURCE (or SOURCE#ROW) as applied for: they are not ranked.",
    "skip": "Mark the listings of SOURCE (or SOURCE#ROW) as none for you: they are not ranked.",
    "unmark": "Take such a mark away.",
}


def _column_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--text, --title and the other columns of tables."""
    for name, (field, what) in reversed(_COLUMNS.items()):
        command = click.option(
            f"--{name}",
            f"column_{field}",
            metavar="COLUMN",
            help=f"The column that holds {what}, where its name does not tell.",
        )(command)
    return command


def _store_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """--db, and what is done to what it holds."""
    for name, text in reversed(_WISHES.items()):
        command = click.option(f"--{name}", multiple=True, metavar="SOURCE", help=text)(command)
    return click.option(
        "--db",
        metavar="FILE",
        help="Keep the listings in FILE: the next run reads only what is new. Made if it is not there.",
    )(command)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@_store_options
@_column_options
@format_option(
    *_LAYOUTS,
    text="How to print: jsonl the record of each listing, csv and parquet a table, duckdb every table.",
)
@click.option(
    "--table",
    metavar="NAME",
    help="The table for csv or parquet: listings, requirements, fit, role_fit, clients, client_roles, "
    "demand, roles, seniority, weeks, together, kinds, pay, unknown or marks.",
)
@click.option("--duplicates", is_flag=True, help="Show which listings are near copies of each other.")
@all_option("Show every part of the report.")
@with_text_option
@click.option("--home", metavar="PLACE", help="Mark listings that are far from PLACE, and not remote.")
@fit_options
@override_option
@anonymise_option
@click.option(
    "--key",
    "key_name",
    metavar="FILE",
    help="With --anonymise: save to FILE, as CSV, which label stands for which file, for yourself.",
)
@as_of_option
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that read at the same time (by default as many as pay).",
)
@quiet_option
@taxonomy_option
@output_options
def batch(
    paths: tuple[str, ...],
    *,
    db: str | None,
    layout: str,
    table: str | None,
    duplicates: bool,
    full: bool,
    with_text: bool,
    home: str | None,
    override: str | None,
    as_of: date | None,
    anonymise: bool,
    workers: int | None,
    quiet: bool,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
    **wishes: Any,
) -> None:
    """Read saved listings by the hundred, and report what they ask for.

    PATH is a page or file of one listing, a folder of them, or a table with a listing in each row: CSV, TSV,
    xlsx, JSON, JSONL or Parquet. With --db and no PATH, the report is about what is saved.
    """
    changes = {name: wishes[name] for name in _WISHES if wishes[name]}
    _check(paths, db, changes, layout, table)
    _check_file(layout, output)
    besides = [name for name in (db, output) if name]
    out = Output(output, no_color=no_color, inputs=[*paths, *besides[:1]] if output else ())
    taxonomy = load_taxonomy(*overlays)
    wanted = _wanted(wishes, override, taxonomy, anonymise=anonymise)
    resumes = Resumes(wanted.resumes, [name for name in (db, output, override) if name])
    key = _key(wishes["key_name"], [*paths, *besides, *wanted.resumes], anonymise=anonymise)
    people, failed = read_people(resumes, taxonomy, wanted.overrides, as_of, key=key, quiet=quiet)
    made = db is not None and not Path(db).exists()
    with Store(db) as store:
        _change(store, changes, anonymise=anonymise, quiet=quiet)
        if changes and not paths:
            return
        summary = read_all(
            Sources(paths, _columns(wishes), besides),
            store,
            overlays,
            taxonomy.digest,
            workers=workers,
            kept=db is not None,
            quiet=quiet,
        )
        failed += summary.failed if key is None else _unnamed(summary.failed, key)
        count = store.count()
        if count:
            day = as_of or date.today()  # noqa: DTZ011 - the person's own day
            if override and wanted.resumes:
                _tell_left_out(store, wanted, override, quiet=quiet)
            request = Request(layout, table, full, duplicates, with_text, day, home, wanted)
            saved = Saved(store, taxonomy, request, people)
            write(saved, out, failed)
        if key is not None:
            key.save(saved.labels() if count else ())
    _end(failed, count, db, made=made)


def _columns(wishes: Mapping[str, Any]) -> Columns:
    return Columns(**{field: wishes[f"column_{field}"] for field, _ in _COLUMNS.values()})


def _key(name: str | None, inputs: Sequence[str], *, anonymise: bool) -> Key | None:
    """The key to the labels; refused before any work if it can't go where it is wanted."""
    if name is not None and not anonymise:
        raise UsageError(f"--key {name}: tells which label is which file; add --anonymise")
    return Key(Output(name, no_color=True, inputs=inputs) if name else None) if anonymise else None


def _unnamed(failed: Sequence[Failure], key: Key) -> list[Failure]:
    """What could not be read, by labels."""
    return [
        masked(failure, key.add(f"unread {number}", failure.source, failure.row))
        for number, failure in enumerate(failed, 1)
    ]


def _wanted(wishes: dict[str, Any], override: str | None, taxonomy: Taxonomy, *, anonymise: bool) -> Wanted:
    """What is asked about resumes; SKILLGAP_RESUME is the default one, SKILLGAP_OVERRIDE its corrections."""
    known = default_resume()
    resumes = wishes["resumes"] or ((known,) if known else ())
    names = ("line", "skills", "hours", "with_years")
    asked = [name for name in names if wishes[name]]
    if click.get_current_context().get_parameter_source("override") is ParameterSource.COMMANDLINE:
        asked.append("override")
    if asked and not resumes:
        raise UsageError(f"--{asked[0].replace('_', '-')} is about a resume; name it with --resume CV")
    overrides = load_overrides(override, taxonomy) if override and resumes else NONE
    answers = {name: wishes[name] for name in names}
    return Wanted(resumes, **answers, anonymise=anonymise, overrides=overrides)


def _tell_left_out(store: Store, wanted: Wanted, override: str, *, quiet: bool) -> None:
    """Say how many listings are not ranked because of the file of corrections, and what in it fits none."""
    file = "the file of corrections" if wanted.anonymise else override
    places = [(entry.source, entry.row) for entry in store.entries()]
    said = Counter(wanted.overrides.for_ad(*place).status for place in places)
    for status, words in (("skip", "to skip them"), ("applied", "that you have applied")):
        if said[status]:
            note(f"skillgap: {said[status]} left out, as {file} says {words}", quiet=quiet)
    tell_unused(wanted.overrides, places, file, quiet=quiet, names=not wanted.anonymise)


def _check(
    paths: Sequence[str], db: str | None, changes: dict[str, Any], layout: str, table: str | None
) -> None:
    """Calls that can't be carried out."""
    if not paths and db is None:
        raise UsageError(
            "name listings to read: skillgap batch FOLDER; or a store that holds some: --db FILE"
        )
    if not paths and db is not None and not Path(db).exists():
        raise UnreadableError(
            f"{db}: there is no such store; check the name, or name listings to read into it: "
            f"skillgap batch FOLDER --db {db}"
        )
    if changes and db is None:
        raise UsageError(f"--{next(iter(changes))} changes a store of listings; name it with --db FILE")
    if table is not None and layout not in ("csv", "parquet"):
        raise UsageError(f"--table {table} goes with --format csv or parquet")
    if table in MATRICES and layout != "csv":
        raise UsageError(f"--table {table} has a column for each resume: it goes with --format csv")


def _check_file(layout: str, output: str | None) -> None:
    """Formats that are no text need a file, and a package."""
    if layout in PACKAGES:
        if output is None:
            raise UsageError(f"--format {layout} is no text; name a file for it: -o jobs.{layout}")
        needs(layout)


def _change(store: Store, changes: dict[str, Sequence[str]], *, anonymise: bool, quiet: bool) -> None:
    """Forget and mark; NotFoundError where the store holds nothing of a source."""
    for name, sources in changes.items():
        for source in sources:
            if name == "forget":
                count, done = store.forget(source) or store.forget(_meant(store, source)[0]), "deleted"
            else:
                count = _mark(store, source, None if name == "unmark" else name)
                done = {"applied": "marked as applied for", "skip": "marked as skipped"}.get(name, "unmarked")
            if not count:
                raise NotFoundError(f"{source}: {store.name} holds no listing of it; list them: --format csv")
            of = "" if anonymise else f"{source}: "
            note(f"skillgap: {of}{count} {done}", quiet=quiet)


def _mark(store: Store, name: str, status: str | None) -> int:
    """Mark a source, or the row of it behind the last ``#``; a name does as in a file of corrections."""
    count = store.mark(name, None, status)
    source, sign, row = name.rpartition("#")
    count = count or (store.mark(source, row, status) if sign else 0)
    return count or store.mark(*_meant(store, name), status)


def _meant(store: Store, name: str) -> tuple[str, str | None]:
    """The one source, or row of it, whose name ends so; UsageError lists them if there are several."""
    found: dict[tuple[str, str | None], None] = {}
    for entry in store.entries():
        if bears(entry.source, None, name):
            found[entry.source, None] = None
        elif bears(entry.source, entry.row, name):
            found[entry.source, entry.row] = None
    if len(found) > 1:
        named = [source if row is None else f"{source}#{row}" for source, row in found]
        more = f" and {len(named) - _LISTED} more" if len(named) > _LISTED else ""
        raise UsageError(f"{name}: may be {', '.join(named[:_LISTED])}{more}; write more of its path")
    return next(iter(found), (name, None))


def _end(failed: Sequence[Failure], count: int, db: str | None, *, made: bool) -> None:
    """Name what failed, and end with the code that says so; a store made for nothing is taken away."""
    if made and not count:
        Path(str(db)).unlink(missing_ok=True)
    for failure in failed:
        note(f"skillgap: {failure.sentence}")
    if not count and not failed:
        note(f"skillgap: {db or 'nothing'} holds no listings yet; name some to read: skillgap batch FOLDER")
    if not count:
        sys.exit(_NOTHING_READ)
    if failed:
        sys.exit(_SOME_FAILED)
