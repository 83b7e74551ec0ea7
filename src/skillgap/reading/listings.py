"""Saved listings, one by one: folders of pages and files, and tables that hold one in each row.

Nothing is read before it is asked for, and nothing is kept, so that memory does not grow with the
number of listings. What can't be read is a Listing with a failure, and stops nothing.
"""

from __future__ import annotations

import glob
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from skillgap.errors import InputError, UnreadableError
from skillgap.model import Document
from skillgap.reading import read
from skillgap.reading.fields import Columns, Row, find_columns, row_document, row_name
from skillgap.reading.json_rows import json_rows
from skillgap.reading.sniff import kind_of
from skillgap.reading.tables import Progress, csv_rows, parquet_rows

_HEAD = 1 << 16  # bytes that tell the kind of a file
_PEEK = 50  # rows that tell the columns
_MOST_NAMES = 500  # columns; a table of listings has a few dozen
# What a folder of listings holds besides; given by name it is tried, and its reader says what is wrong.
_BESIDES = frozenset({
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp", ".tif",
    ".tiff", ".avif", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".mov", ".zip",
    ".gz", ".7z", ".rar", ".tar", ".py", ".pyc", ".exe", ".dll", ".so", ".sh", ".ini", ".log", ".lock",
    ".tmp", ".part", ".crdownload", ".download", ".db", ".sqlite", ".sqlite3", ".db-wal", ".db-shm",
    ".db-journal", ".sqlite-wal", ".sqlite-shm", ".sqlite-journal", ".yaml", ".yml", ".toml", ".ics",
})  # fmt: skip
_TABLES = {
    ".csv": "csv", ".tsv": "csv", ".json": "json", ".jsonl": "json", ".ndjson": "json", ".parquet": "parquet",
    ".xlsx": "workbook", ".xlsm": "workbook", ".xlsb": "workbook", ".xls": "workbook", ".ods": "workbook",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """One listing: its document, or the sentence that says why there is none.

    ``row`` is its id or number in a table; ``number`` its place in the source. A listing with neither
    document nor failure is a file that is still to be read: ``load``.
    """

    source: str
    row: str | None = None
    number: int = 0
    document: Document | None = None
    failure: str | None = None

    def load(self) -> Listing:
        """The same, read if it was not."""
        if self.document is not None or self.failure is not None:
            return self
        try:
            return replace(self, document=read(self.source))
        except InputError as error:
            return replace(self, failure=str(error))


class Listings(Iterator[Listing]):
    """An iterator over listings that knows how far it is: ``done`` of ``total`` bytes.

    ``unread=True`` hands files of one listing over unread, so that others may read them at the same time.
    ``besides`` are files that are none, ``called`` the names under which files go that have other names.
    ``passed_over`` counts the files of folders that are no listings by their names.
    """

    def __init__(
        self,
        paths: Iterable[str],
        columns: Columns | None = None,
        *,
        unread: bool = False,
        besides: Iterable[str] = (),
        called: Mapping[str, str] | None = None,
    ) -> None:
        self._columns = columns or Columns()
        self._unread = unread
        self._called = called or {}
        self._besides = {os.path.realpath(path) for path in besides}
        self.passed_over = 0
        self.done = 0
        self._seen: set[str] = set()
        self._files: list[tuple[str, str | None]] = list(self._expand(paths))
        self.total = sum(_size(path) for path, fault in self._files if fault is None)
        self._listings = self._each()

    def __next__(self) -> Listing:
        return next(self._listings)

    # -- which files ------------------------------------------------------------------------

    def _expand(self, paths: Iterable[str]) -> Iterator[tuple[str, str | None]]:
        """(file, None), or (what was given, what is wrong with it)."""
        for given in paths:
            path = os.path.normpath(given) if given else given
            if os.path.isdir(path):  # noqa: PTH112 - names stay as they were given
                found = list(self._walk(path))
                if not found:
                    yield given, f"{given}: the folder holds no listings; save pages, text or tables into it"
                yield from ((file, None) for file in found if self._is_new(file))
            elif glob.has_magic(path) and not os.path.lexists(path):
                matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - as given
                if not matches:
                    yield given, f"{given}: matches no file; check the folder and the pattern"
                for match in matches:
                    inside = self._walk(match) if os.path.isdir(match) else [match]  # noqa: PTH112
                    yield from ((file, None) for file in inside if self._is_new(file))
            elif self._is_new(path):
                yield path, None

    def _is_new(self, path: str) -> bool:
        """Whether a file comes for the first time: a folder may be given beside a file in it."""
        real = os.path.realpath(path)
        if real in self._seen or real in self._besides:
            return False
        self._seen.add(real)
        return True

    def _walk(self, folder: str) -> Iterator[str]:
        """The files of a folder and of those in it, sorted; not what browsers save beside a page."""
        for place, folders, names in os.walk(folder):
            folders[:] = sorted(f for f in folders if not f.startswith(".") and not f.endswith("_files"))
            for name in sorted(names):
                path = os.path.join(place, name)  # noqa: PTH118
                if name.startswith((".", "~$")):
                    continue
                if os.path.splitext(name)[1].lower() in _BESIDES:  # noqa: PTH122
                    self.passed_over += 1
                else:
                    yield path

    # -- what is in them --------------------------------------------------------------------

    def _each(self) -> Iterator[Listing]:
        for path, fault in self._files:
            if fault is not None:
                yield Listing(path, failure=fault)
                continue
            before = self.done
            try:
                yield from self._of_file(path, before)
            except InputError as error:
                yield Listing(path, failure=str(error))
            except OSError as error:
                cause = error.strerror or str(error)
                yield Listing(
                    path, failure=f"{path}: can't be opened ({cause}); check the name and its permissions"
                )
            self.done = before + _size(path)

    def _of_file(self, path: str, before: int) -> Iterator[Listing]:
        kind = _kind(Path(path))
        source = self._called.get(path, path)
        if kind is None:
            if source != path:
                yield Listing(source, document=read(path, source))
            else:
                yield Listing(path) if self._unread else Listing(path).load()
            return

        def progress(seen: int) -> None:
            self.done = before + seen

        yield from _of_rows(_READERS[kind](Path(path), source, progress), self._columns, source)


def listings(paths: Iterable[str], columns: Columns | None = None) -> Listings:
    """Every listing in these files, folders and patterns, in a fixed order, read as it is asked for.

    ``columns`` names the columns of tables whose own names do not tell.
    """
    return Listings(paths, columns)


def _kind(path: Path) -> str | None:
    """The kind of table that a file is, or None for a file of one listing; told by its content first."""
    if not path.is_file():
        return None  # the reader says what is wrong with it
    by_name = _TABLES.get(path.suffix.lower())
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head.startswith(b"PAR1"):
        return "parquet"
    kind = kind_of(head, path.name)
    if kind == "spreadsheet" or (kind in ("archive", "old_office", "other_office") and by_name == "workbook"):
        return "workbook"
    if kind in ("csv", "json"):
        return "json" if kind == "json" else "csv"
    return by_name if kind == "text" and by_name in ("csv", "json") else None


def _workbook_rows(path: Path, source: str, progress: Progress) -> Iterator[Row]:
    from skillgap.reading.workbook import workbook_rows

    return workbook_rows(path, source, progress)


_READERS = {"csv": csv_rows, "json": json_rows, "parquet": parquet_rows, "workbook": _workbook_rows}


def _of_rows(rows: Iterator[Row], columns: Columns, source: str) -> Iterator[Listing]:
    first = list(itertools.islice(rows, _PEEK))
    names = list(dict.fromkeys(name for row in first for name in row.values))[:_MOST_NAMES]
    if not any(row.values for row in first):
        faults = [row.fault for row in first if row.fault]
        cause = (
            f"its first row {faults[0]}" if faults else "holds no rows; give a table with one listing a row"
        )
        raise UnreadableError(f"{source}: {cause}")
    chosen = find_columns(names, first, columns, source)
    seen: set[str] = set()
    for row in itertools.chain(first, rows):
        if row.fault:
            yield Listing(
                source, str(row.number), row.number, failure=f"{source}, row {row.number} {row.fault}"
            )
            continue
        name = row_name(row, chosen)
        if name in seen:  # an id that comes again names another listing all the same
            name = f"{name} ({row.number})"
        seen.add(name)
        try:
            document = row_document(row, chosen, source, name)
        except InputError as error:
            yield Listing(source, name, row.number, failure=str(error))
        else:
            yield Listing(source, name, row.number, document)


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116
    except (OSError, ValueError):
        return 0
