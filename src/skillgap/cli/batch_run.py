"""The run of ``skillgap batch``: from paths into the store, with what the person sees of it meanwhile."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import click

from skillgap.cli.common import note
from skillgap.errors import UnreadableError, UsageError
from skillgap.market.batch import Summary, run
from skillgap.market.store import Store
from skillgap.model import Document
from skillgap.reading.fields import Columns
from skillgap.reading.listings import Listings


@dataclass(frozen=True)
class AdReader:
    """Makes what reads ads with these overlays; worker processes get it by its value."""

    overlays: tuple[str, ...]

    def __call__(self) -> Callable[[Document], Mapping[str, Any]]:
        from skillgap.analyzer import Analyzer
        from skillgap.taxonomy import load_taxonomy

        analyzer = Analyzer(load_taxonomy(*self.overlays))
        return lambda document: analyzer.job(document).to_dict()


@dataclass(frozen=True)
class Sources:
    """What is to be read: paths (``-`` is standard input), columns, and files that are no listings."""

    paths: Sequence[str]
    columns: Columns
    besides: Sequence[str]


def read_all(
    sources: Sources,
    store: Store,
    overlays: tuple[str, ...],
    taxonomy_digest: str,
    *,
    workers: int | None,
    kept: bool,
    quiet: bool,
) -> Summary:
    """Read everything into the store; Ctrl-C ends it with what is done saved (click.Abort)."""
    latest = Summary()
    begin = time.monotonic()
    with _with_stdin(sources.paths) as (paths, called):
        found = Listings(paths, sources.columns, unread=True, besides=sources.besides, called=called)
        with _shown(found, quiet=quiet) as show:

            def progress(summary: Summary) -> None:
                nonlocal latest
                latest = summary
                show(summary)

            try:
                summary = run(
                    found, store, AdReader(overlays), taxonomy_digest, workers=workers, progress=progress
                )
            except KeyboardInterrupt as error:
                note(f"\nskillgap: {_stopped(latest, store.name, kept=kept)}")
                raise click.Abort from error
    if not quiet and (summary.read or summary.again or summary.failed):
        _tell(summary, found, time.monotonic() - begin)
    return summary


def _stopped(summary: Summary, name: str, *, kept: bool) -> str:
    if not kept:
        return "stopped; with --db FILE what has been read is kept, and the next run goes on from there"
    return f"stopped after {summary.read} listings; they are saved in {name}, the same command goes on there"


def _tell(summary: Summary, found: Listings, seconds: float) -> None:
    parts = [
        f"{summary.read} listing{'' if summary.read == 1 else 's'} read",
        f"{summary.new} new",
        f"{summary.known} known",
    ]
    if summary.again:
        parts.append(f"{summary.again} read again with this taxonomy")
    parts.append(f"{len(summary.failed)} failed")
    if found.passed_over:
        files = "file" if found.passed_over == 1 else "files"
        parts.append(f"{found.passed_over} {files} of other kinds passed over")
    note(f"skillgap: {', '.join(parts)} ({seconds:.0f} s)")


@contextlib.contextmanager
def _with_stdin(paths: Sequence[str]) -> Iterator[tuple[list[str], Mapping[str, str]]]:
    """The paths, with what comes on standard input in a file of its own."""
    if "-" not in paths:
        yield list(paths), {}
        return
    if sys.stdin is None or sys.stdin.isatty():
        raise UsageError("-: pipe listings in, for example: skillgap batch - < jobs.csv")
    handle, name = tempfile.mkstemp(prefix="skillgap-")
    try:
        with os.fdopen(handle, "wb") as file:
            while block := sys.stdin.buffer.read(1 << 20):
                file.write(block)
        if not os.path.getsize(name):  # noqa: PTH202
            raise UnreadableError("<stdin>: nothing came on standard input; pipe listings in, or name files")
        yield [name if path == "-" else path for path in paths], {name: "<stdin>"}
    finally:
        os.unlink(name)  # noqa: PTH108


@contextlib.contextmanager
def _shown(found: Listings, *, quiet: bool) -> Iterator[Callable[[Summary], None]]:
    """A progress bar with rate and time left, on a terminal only."""
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield lambda _summary: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.fields[read]} listings"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[rate]} a second, left"),
        TimeRemainingColumn(compact=True),
    )
    begin = time.monotonic()
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True) as bar:
        task = bar.add_task("", total=max(1, found.total), read=0, rate="-")

        def show(summary: Summary) -> None:
            rate = f"{summary.read / max(0.001, time.monotonic() - begin):.0f}"
            bar.update(task, completed=found.done, read=summary.read, rate=rate, refresh=True)

        yield show
