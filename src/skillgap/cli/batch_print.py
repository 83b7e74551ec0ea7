"""What ``skillgap batch`` prints: the market report, tables, records; always over all that is saved."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from skillgap.cli.batch_fit import MATRICES, Fits, Wanted
from skillgap.cli.batch_fit import TABLES as FIT_TABLES
from skillgap.cli.batch_people import Person
from skillgap.cli.common import Output, can_show_unicode, dump_json
from skillgap.errors import UsageError
from skillgap.market.batch import Failure
from skillgap.market.store import Entry, Store
from skillgap.rendering.columnar import PACKAGES, write_duckdb, write_parquet
from skillgap.rendering.listing_rows import (
    COLUMNS,
    copies,
    copies_of,
    copy_lines,
    copy_records,
    csv_text,
    listing_rows,
    requirement_rows,
)
from skillgap.taxonomy import Taxonomy

if TYPE_CHECKING:
    from skillgap.rendering.anonymous import Masks

LISTINGS, SKILLS = "listings", "requirements"


@dataclass(frozen=True)
class Request:
    """What the person asked to see."""

    layout: str
    table: str | None = None
    full: bool = False
    duplicates: bool = False
    with_text: bool = False
    as_of: date | None = None
    home: str | None = None
    wanted: Wanted = field(default_factory=Wanted)


class Saved:
    """What the store holds, as the printers need it; each part is worked out when it is first asked for."""

    def __init__(
        self, store: Store, taxonomy: Taxonomy, request: Request, people: Sequence[Person] = ()
    ) -> None:
        self.store = store
        self.taxonomy = taxonomy
        self.request = request
        self.fits = Fits(self, people, request.wanted) if people else None

    def records(self, *, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """The records, read anew each time."""
        return self.store.records(self.taxonomy.digest, with_text=with_text)

    def shown(self) -> Iterator[dict[str, Any]]:
        """The records as they may be shown."""
        masks = self.masks
        records = self.records(with_text=self.request.with_text and masks is None)
        return records if masks is None else map(masks.record, records)

    @cached_property
    def masks(self) -> Masks | None:
        """What listings are called where no names are to be shown."""
        if not self.request.wanted.anonymise:
            return None
        from skillgap.rendering.anonymous import Masks

        places = ((entry.source, entry.row, entry.digest) for entry in self.store.entries())
        return Masks(places, self.taxonomy.roles)

    @cached_property
    def marks(self) -> dict[str, str]:
        """The marks, by the digest that is shown."""
        marks, masks = self.store.marks(), self.masks
        return marks if masks is None else {masks.label(digest): mark for digest, mark in marks.items()}

    def marked(self) -> Iterator[tuple[object, ...]]:
        """The listings that the person has applied for or skips, as rows of the table of marks."""
        said, why = self.request.wanted.overrides, {"applied": "have applied for it", "skip": "skip it"}
        own = self.store.marks()
        for record in self.records():
            mark = said.for_ad(record["source"], record["row"]).status or own.get(record["digest"])
            if mark is not None:
                shown = record if self.masks is None else self.masks.record(record)
                yield (*(shown[name] for name in COLUMNS[:5]), mark, f"you {why[mark]}")

    def labels(self) -> Iterator[tuple[str, str, str | None]]:
        """(label, source, row) of every listing where no names are shown."""
        for entry in self.store.entries() if self.masks else ():
            yield self.masks.label(entry.digest), entry.source, entry.row  # type: ignore[union-attr]

    @cached_property
    def families(self) -> dict[str, str]:
        return self.store.families()

    @cached_property
    def copies(self) -> list[list[Entry]]:
        found, masks = copies(self.store.entries(), self.families), self.masks
        if masks is None:
            return found
        return [[replace(entry, **masks.named(entry.digest)) for entry in members] for members in found]

    @cached_property
    def report(self) -> dict[str, Any]:
        """The ``skillgap/market@1`` record."""
        from skillgap.market.report import market

        found = market(
            self.records(),
            families=self.families,
            as_of=self.request.as_of,
            taxonomy=self.taxonomy,
            home=self.request.home,
        )
        return found if self.masks is None else self.masks.report(found)


def printed(saved: Saved, out: Output, failed: Sequence[Failure]) -> Iterator[str]:
    """The pieces of the output, in order."""
    layout = saved.request.layout
    if layout == "jsonl":
        yield from _lines(saved)
    elif layout == "csv":
        yield from csv_text(_rows(saved, _table(saved)))
    elif layout == "json":
        yield dump_json(_record(saved, failed))
    elif layout == "markdown":
        yield _markdown(saved)
    else:
        yield _text(saved, out)


def _lines(saved: Saved) -> Iterator[str]:
    plain = not can_show_unicode()
    for record in saved.shown():
        yield json.dumps(record, ensure_ascii=plain) + "\n"


def _table(saved: Saved) -> str:
    return saved.request.table or (FIT_TABLES[0] if saved.fits else LISTINGS)


def _rows(saved: Saved, table: str) -> Iterator[Sequence[object]]:
    """The head and the rows of a table."""
    if table in (*FIT_TABLES, *MATRICES):
        if saved.fits is None:
            raise UsageError(f"--table {table} is about resumes; name one with --resume CV")
        return saved.fits.rows(table) if table in FIT_TABLES else saved.fits.matrix(table)
    if table == LISTINGS:
        return listing_rows(saved.shown(), copies_of(saved.copies), saved.marks)
    if table == SKILLS:
        return requirement_rows(saved.shown())
    from skillgap.rendering.market_rows import TABLES, market_rows

    if table not in TABLES:
        known = ", ".join((LISTINGS, SKILLS, *FIT_TABLES, *MATRICES, *TABLES))
        raise UsageError(f"--table {table}: there is no such table; take {known}")
    rows = market_rows(saved.report, table)
    return chain(rows, saved.marked()) if table == "marks" else rows


def _record(saved: Saved, failed: Sequence[Failure]) -> dict[str, Any]:
    record = {**saved.report, "failed": [failure.to_dict() for failure in failed]}
    if saved.fits is not None:
        record |= saved.fits.records()
    if saved.request.duplicates:
        record["duplicates"] = copy_records(saved.copies)
    return record


def _markdown(saved: Saved) -> str:
    from skillgap.rendering.market_pages import market_markdown

    pages = [*_fit_markdown(saved), market_markdown(saved.report, advice=saved.fits is None)]
    if saved.request.duplicates:
        pages.append("\n".join(copy_lines(saved.copies, markdown=True)) + "\n")
    return "\n".join(pages)


def _fit_pages(saved: Saved, out: Output) -> Iterator[str]:
    """A page for the resume; of several one about all of them, and with --all each of theirs."""
    fits = saved.fits
    if fits is None:
        return
    from skillgap.rendering.market_fit import draw_fit, draw_people
    from skillgap.rendering.terminal import render

    color, width, full = out.color, out.width, saved.request.full
    if len(fits.people) > 1:
        together, grid = fits.together, fits.grid
        yield render(
            lambda console: draw_people(console, together, grid, full=full), color=color, width=width
        )
    several = len(fits.people) > 1
    for person in fits.people if full or not several else ():
        ranking, unlock, roles = fits.ranking(person), fits.unlock(person), fits.roles(person)
        yield render(
            lambda console, r=ranking, u=unlock, g=roles, p=person: draw_fit(  # type: ignore[misc]
                console, r, u, g, label=p.label, full=full
            ),
            color=color,
            width=width,
        )


def _fit_markdown(saved: Saved) -> Iterator[str]:
    fits = saved.fits
    if fits is None:
        return
    from skillgap.rendering.market_fit import fit_markdown, people_markdown

    if len(fits.people) > 1:
        yield people_markdown(fits.together, fits.grid)
    for person in fits.people:
        answers = fits.ranking(person), fits.unlock(person), fits.roles(person)
        yield fit_markdown(*answers, label=person.label)


def _text(saved: Saved, out: Output) -> str:
    from skillgap.rendering.market_pages import draw_market
    from skillgap.rendering.terminal import harmless, render

    full = saved.request.full
    report, advice = saved.report, saved.fits is None
    text = render(
        lambda console: draw_market(console, report, full=full, advice=advice),
        color=out.color,
        width=out.width,
    )
    rule = f"\n{'─' * out.width}\n\n"
    text = rule.join([*_fit_pages(saved, out), text])
    if saved.request.duplicates:
        text += "\n" + "".join(f"{harmless(line)}\n" for line in copy_lines(saved.copies))
    return text


def write(saved: Saved, out: Output, failed: Sequence[Failure]) -> None:
    """Print or save what was asked for."""
    layout = saved.request.layout
    if layout not in PACKAGES:
        out.write_pieces(printed(saved, out, failed))
    elif layout == "parquet":
        table = _table(saved)
        rows = _rows(saved, table)
        out.write_file(lambda path: write_parquet(path, table, iter(rows)), in_place=False)
    else:
        tables = ((table, iter(_rows(saved, table))) for table in _tables(saved))
        out.write_file(lambda path: write_duckdb(path, tables), in_place=False)


def _tables(saved: Saved) -> list[str]:
    """Every table that there is."""
    from skillgap.rendering.market_rows import TABLES

    return [LISTINGS, SKILLS, *(FIT_TABLES if saved.fits else ()), *TABLES]
