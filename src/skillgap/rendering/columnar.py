"""Tables as Parquet, and all of them as one DuckDB file: typed columns, the same whatever rows there are.

Both are extras: pyarrow and duckdb are imported when a file is asked for, and not before.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from skillgap.errors import UsageError

PACKAGES = {"parquet": ("pyarrow",), "duckdb": ("pyarrow", "duckdb")}  # format -> what it needs
_AT_ONCE = 10_000  # rows in memory at a time
_OF_TYPE = {
    "int64": """rank met_strict met_lenient of role_fit.over years_min listings skills_to_nearest
        skills_to_half required preferred responsibility asked in_sets employers with_listings both
        kinds.kind ads elsewhere elsewhere_of q1 median q3 mentions""",
    "double": "salary_min salary_max understood share low high lift years",
    "bool": "fit.over english in_field is_name",
}
_TYPES = {name: kind for kind, names in _OF_TYPE.items() for name in names.split()}

Rows = Iterator[Sequence[object]]


def needs(layout: str) -> None:
    """UsageError with the way out, unless there is what a format needs."""
    for package in PACKAGES.get(layout, ()):
        try:
            importlib.import_module(package)
        except ImportError as error:
            raise UsageError(
                f"--format {layout} needs one more package: python -m pip install 'skillgap[{layout}]'; "
                "or take --format csv"
            ) from error


def type_of(table: str, column: str) -> str:
    """The type of a column, by the name that Arrow has for it; text unless it is one of a few."""
    return _TYPES.get(f"{table}.{column}") or _TYPES.get(column) or "string"


def write_parquet(path: Path, table: str, rows: Rows) -> None:
    """One table, its head first, as a Parquet file."""
    parquet: Any = importlib.import_module("pyarrow.parquet")
    reader = _arrow(table, rows)
    with parquet.ParquetWriter(path, reader.schema, compression="zstd") as file:
        for batch in reader:
            file.write_batch(batch)


def write_duckdb(path: Path, tables: Iterable[tuple[str, Rows]]) -> None:
    """Tables by name, each with its head first, as one DuckDB file; UsageError if it can't be written.

    The folder of ``path`` is used for what is on its way into the file.
    """
    duckdb: Any = importlib.import_module("duckdb")
    try:
        with duckdb.connect(str(path)) as db:
            for table, rows in tables:
                part = path.with_name(f"{table}.parquet")  # our rows may not be read from DuckDB's threads
                write_parquet(part, table, rows)
                db.execute(f"CREATE TABLE {table} AS FROM read_parquet(?)", [str(part)])
                part.unlink()
    except duckdb.Error as error:
        cause = str(error).partition("\n")[0]
        raise UsageError(f"the DuckDB file can't be written ({cause}); choose another place") from error


def _arrow(table: str, rows: Rows) -> Any:
    """A stream of Arrow batches, typed by the names of the columns."""
    arrow: Any = importlib.import_module("pyarrow")
    head = [str(name) for name in next(rows)]
    types = [arrow.type_for_alias(type_of(table, name)) for name in head]
    schema = arrow.schema(list(zip(head, types, strict=True)))

    def made(chunk: Sequence[Sequence[object]]) -> Any:
        columns = zip(*chunk, strict=True)
        return arrow.record_batch(
            [arrow.array(column, kind) for column, kind in zip(columns, types, strict=True)], schema=schema
        )

    batches = (made(chunk) for chunk in iter(lambda: list(islice(rows, _AT_ONCE)), []))
    return arrow.RecordBatchReader.from_batches(schema, batches)
