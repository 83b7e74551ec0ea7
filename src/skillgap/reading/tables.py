"""Tables -> rows, as they come: CSV and TSV, workbooks, Parquet. Memory does not grow with the file.

A broken row is a Row with a ``fault`` and stops nothing; what makes the whole file unreadable is an
UnreadableError with a sentence.
"""

from __future__ import annotations

import codecs
import csv
import importlib
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from skillgap.errors import UnreadableError
from skillgap.reading.fields import LONGEST_TEXT, Row
from skillgap.reading.text import decoded

Progress = Callable[[int], None]  # called with the number of bytes read so far

_BLOCK = 1 << 20
_DELIMITERS = ",;\t|"
_LONGEST_HEADING = 200  # characters; a longer first cell is no column's name
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NO_PARQUET = (
    "{source}: Parquet needs one more package: python -m pip install 'skillgap[parquet]'; "
    "or save the table as CSV"
)


def csv_rows(path: Path, source: str, progress: Progress) -> Iterator[Row]:
    """The rows of a CSV or TSV file, numbered from 1 after the heading."""
    csv.field_size_limit(2 * LONGEST_TEXT)  # the default of 131,072 is less than some ads' markup
    with path.open(encoding=encoding_of(path), errors="replace", newline="") as file:
        lines = _counted(file, progress)
        first = next((line for line in lines if line.strip()), "")
        delimiter = max(_DELIMITERS, key=_outside_quotes(first).count)
        reader = csv.reader(itertools.chain([first], lines), delimiter=delimiter)
        names = _headings(reader, source)
        number = 0
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                number += 1
                yield Row(number, {}, f"can't be read ({error}); look for a quote that is never closed")
                continue
            if cells is None:
                return
            if not any(cells):
                continue
            number += 1
            yield _row(number, names, cells)


def _row(number: int, names: list[str], cells: list[str]) -> Row:
    if len(cells) > len(names) and any(cells[len(names) :]):
        fault = (
            f"has {len(cells)} cells under {len(names)} headings; look for a missing quote or a "
            "separator inside a text"
        )
        return Row(number, {}, fault)
    return Row(number, dict(zip(names, cells, strict=False)))


def _headings(reader: Iterator[list[str]], source: str) -> list[str]:
    try:
        names = [name.strip().strip("\ufeff") for name in next(reader, [])]
    except csv.Error as error:
        raise UnreadableError(
            f"{source}: its first line can't be read ({error}); save it once more"
        ) from error
    if not names or any(len(name) > _LONGEST_HEADING for name in names):
        raise UnreadableError(
            f"{source}: its first line holds no names of columns; put a line such as "
            "title,company,description above the rows"
        )
    return names


def _counted(file: IO[str], progress: Progress) -> Iterator[str]:
    """The lines of a file, whose bytes are told to ``progress``."""
    seen = 0
    for line in file:
        seen += len(line)
        progress(seen)
        yield line.replace("\x00", "")


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def encoding_of(path: Path) -> str:
    """The encoding that reads the file: by BOM, else UTF-8 if all of it is, UTF-16, or cp1252."""
    with path.open("rb") as file:
        head = file.read(_BLOCK)
        for bom, name in _BOMS:
            if head.startswith(bom):
                return name
        if b"\x00" in head[:1_000]:  # plain English in UTF-16 has a zero in every second byte
            return "utf-16-be" if head[:1_000:2].count(0) > head[1:1_000:2].count(0) else "utf-16-le"
        check = codecs.getincrementaldecoder("utf-8")()
        block = head
        try:
            while block:
                check.decode(block)
                block = file.read(_BLOCK)
            check.decode(b"", final=True)
        except UnicodeDecodeError:
            damaged = decoded(block).count("\ufffd")  # UTF-8 with a broken byte here and there
            return "utf-8" if damaged else "cp1252"
        return "utf-8"


def parquet_rows(path: Path, source: str, progress: Progress) -> Iterator[Row]:
    """The rows of a Parquet file, a batch in memory at a time."""
    try:
        arrow = importlib.import_module("pyarrow")
        parquet = importlib.import_module("pyarrow.parquet")
    except ImportError as error:
        raise UnreadableError(_NO_PARQUET.format(source=source)) from error
    size = path.stat().st_size
    try:
        with parquet.ParquetFile(path) as file:
            total = file.metadata.num_rows or 1
            number = 0
            for batch in file.iter_batches(batch_size=64):
                for values in batch.to_pylist():
                    number += 1
                    yield Row(number, values)
                progress(size * number // total)
    except (arrow.ArrowException, OSError, ValueError) as error:
        cause = str(error).partition("\n")[0][:120]
        raise UnreadableError(f"{source}: is a damaged Parquet file ({cause}); write it once more") from error


def named_rows(cells: Iterator[list[Any]], source: str) -> Iterator[Row]:
    """Rows out of the cells of a sheet, whose first filled row names the columns."""
    heading = next((row for row in cells if any(cell not in ("", None) for cell in row)), [])
    names = [str(name).strip() for name in heading]
    if not any(names) or any(len(name) > _LONGEST_HEADING for name in names):
        raise UnreadableError(
            f"{source}: its first row holds no names of columns; put a row such as title, company, "
            "description above the others"
        )
    number = 0
    for row in cells:
        if any(cell not in ("", None) for cell in row):
            number += 1
            yield Row(number, dict(zip(names, row, strict=False)))
