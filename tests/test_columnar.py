"""Saved listings as Parquet and DuckDB: the rows of the CSV tables, typed, in whole files."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from skillgap.errors import UsageError
from skillgap.rendering.columnar import type_of, write_parquet
from tests.conftest import ROOT, Cli

TABLES = (
    "listings", "requirements", "fit", "role_fit", "demand", "roles", "seniority", "weeks", "together", "kinds",
    "pay", "unknown", "marks",
)  # fmt: skip
CALL = ("batch", "--db", "jobs.sqlite", "--resume", "cv.txt", "--as-of", "2026-01-15", "--line", "0.5", "-q")


@pytest.fixture(scope="module")
def folder(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("store")
    cv = ROOT / "samples" / "resumes" / "backend-developer.txt"
    (home / "cv.txt").write_text(cv.read_text("utf-8"), "utf-8")
    with (home / "jobs.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "title", "company", "date", "text"])
        for number in range(40):  # enough for every table to have rows
            tools = (
                "Git, SQL and Docker",
                "PyTorch, Kubernetes and RAG",
                "Spark, Airflow, dbt and Zork Matrix",
            )[number % 3]
            text = f"{('AI', 'Senior ML', 'Data')[number % 3]} engineer {number}\n\nRequirements\n- Python; {tools}\n- {number % 7} years with Linux no. {number}\n\nPay: EUR {60 + number},000 a year"
            rows.writerow(
                [
                    f"r{number}",
                    f"=Engineer {number}",
                    f"Firm {number % 20}",
                    f"2026-01-{number % 28 + 1:02}",
                    text,
                ]
            )
    store = str(home / "jobs.sqlite")
    assert (
        cli(
            "batch",
            str(home / "jobs.csv"),
            str(ROOT / "samples" / "ads"),
            "--db",
            store,
            "-q",
            "-o",
            str(home / "out"),
        ).exit_code
        == 0
    )
    return home


@pytest.fixture(autouse=True)
def inside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    for name in ("SKILLGAP_RESUME", "SKILLGAP_OVERRIDE"):
        monkeypatch.delenv(name, raising=False)


def csv_rows(cli: Cli, table: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(cli(*CALL, "--format", "csv", "--table", table).stdout)))


def as_csv(value: Any) -> str:
    return "" if value is None else f"'{value}" if str(value).startswith("=") else str(value)


def number_or_text(cell: str) -> Any:
    try:
        return float(cell)
    except ValueError:
        return cell


@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_the_rows_of_the_csv(cli: Cli, table: str) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    result = cli(*CALL, "--format", "parquet", "--table", table, "-o", f"{table}.parquet")
    assert (result.exit_code, result.stdout) == (0, "")
    found = parquet.read_table(f"{table}.parquet")
    head, *rows = csv_rows(cli, table)
    assert found.column_names == head
    cells = [[as_csv(value) for value in row.values()] for row in found.to_pylist()]
    assert [[*map(number_or_text, row)] for row in cells] == [[*map(number_or_text, row)] for row in rows]
    assert table in ("weeks", "together", "kinds", "marks", "unknown") or rows


@pytest.mark.parametrize("table", TABLES)
def test_no_number_is_kept_as_text(cli: Cli, table: str) -> None:
    """Each column has the type that its name promises, and that of its values."""
    parquet = pytest.importorskip("pyarrow.parquet")
    cli(*CALL, "--format", "parquet", "--table", table, "-o", f"{table}.parquet")
    found = parquet.read_table(f"{table}.parquet")
    texts = {"row", "digest", "week", "id", "term"}
    for name, column in zip(found.column_names, found.columns, strict=True):
        assert str(column.type) == type_of(table, name)
        values = [value for value in column.to_pylist() if value not in (None, "")]
        if type_of(table, name) == "string" and values and name not in texts:
            assert not all(
                isinstance(number_or_text(value), float) or value in ("True", "False") for value in values
            ), name


def test_duckdb_holds_every_table(cli: Cli) -> None:
    duckdb = pytest.importorskip("duckdb")
    result = cli(*CALL, "--format", "duckdb", "-o", "jobs.duckdb")
    assert (result.exit_code, result.stdout) == (0, "")
    assert cli(*CALL, "--format", "duckdb", "-o", "jobs.duckdb").exit_code == 0  # written anew, not added to
    with duckdb.connect("jobs.duckdb", read_only=True) as db:
        assert {name for (name,) in db.sql("SHOW TABLES").fetchall()} == set(TABLES)
        for table in TABLES:
            head, *rows = csv_rows(cli, table)
            answer = db.sql(f"FROM {table}")
            assert answer.columns == head
            assert len(answer.fetchall()) == len(rows)
        counted = db.sql(
            "SELECT skill, count(DISTINCT digest) FROM requirements JOIN listings USING (digest)"
            " WHERE copy_of IS NULL AND level = 'required' AND skill = 'python' GROUP BY skill"
        ).fetchall()
        (wanted,) = [row for row in csv_rows(cli, "demand") if row[1] == "python"]
        assert counted == [("python", int(wanted[3]))]
    assert sorted(path.name for path in Path().glob("*.duckdb*")) == ["jobs.duckdb"]
    assert not list(Path().glob(".skillgap-*"))


def test_names_stay_out_where_they_are_to_stay_out(cli: Cli) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for table in ("listings", "requirements", "fit"):
        cli(*CALL, "--format", "parquet", "--table", table, "-o", "masked.parquet", "--anonymise")
        told = json.dumps(parquet.read_table("masked.parquet").to_pylist())
        assert "listing 01" in told
        assert not [name for name in ("Firm", "jobs.csv", "cv.txt", "Engineer 1") if name in told]


def test_no_table_of_the_one_file_names_anybody(cli: Cli) -> None:
    duckdb = pytest.importorskip("duckdb")
    cli(*CALL, "--format", "duckdb", "-o", "masked.duckdb", "--anonymise")
    with duckdb.connect("masked.duckdb", read_only=True) as db:
        told = "".join(str(db.sql(f"FROM {table}").fetchall()) for table in TABLES)
    assert "client 1" in told
    assert not [name for name in ("Firm", "jobs.csv", "cv.txt", "Engineer 1", "Zork", "'r7'") if name in told]


def test_a_fault_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    from skillgap.cli.common import Output

    (tmp_path / "old.parquet").write_bytes(b"old")

    def broken():
        yield ("source", "of")
        yield ("a", 1)
        raise UsageError("the rows end here")

    out = Output(str(tmp_path / "old.parquet"), no_color=True)
    with pytest.raises(UsageError, match="the rows end here"):
        out.write_file(lambda path: write_parquet(path, "demand", broken()))
    assert [path.name for path in tmp_path.iterdir()] == ["old.parquet"]
    assert (tmp_path / "old.parquet").read_bytes() == b"old"


def test_many_rows_go_in_parts(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = iter([("source", "of", "share"), *((f"s{n}", n, n / 7) for n in range(25_000))])
    write_parquet(tmp_path / "many.parquet", "demand", rows)
    found = parquet.ParquetFile(tmp_path / "many.parquet")
    assert (found.metadata.num_rows, found.num_row_groups) == (25_000, 3)
    assert found.read().column("of").to_pylist()[-1] == 24_999
    write_parquet(tmp_path / "none.parquet", "demand", iter([("source", "of")]))
    assert str(parquet.read_table(tmp_path / "none.parquet").schema.field("of").type) == "int64"


@pytest.mark.parametrize(
    ("layout", "package"), [("parquet", "pyarrow"), ("duckdb", "pyarrow"), ("duckdb", "duckdb")]
)
def test_without_the_extra_it_says_what_to_install(
    cli: Cli, layout: str, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if package == "duckdb":
        pytest.importorskip("pyarrow")
    monkeypatch.setitem(sys.modules, package, None)
    result = cli("batch", "jobs.csv", "--format", layout, "-o", f"x.{layout}")
    assert (result.exit_code, Path(f"x.{layout}").exists()) == (2, False)
    assert f"python -m pip install 'skillgap[{layout}]'" in result.message
    assert result.message.count("\n") == 0


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--format", "parquet"], "--format parquet is no text; name a file for it: -o jobs.parquet"),
        (["--format", "duckdb"], "--format duckdb is no text; name a file for it: -o jobs.duckdb"),
        (
            ["--format", "duckdb", "--table", "demand", "-o", "x"],
            "--table demand goes with --format csv or parquet",
        ),
        (
            ["--format", "parquet", "--table", "nonsense", "-o", "x"],
            "there is no such table; take listings, requirements",
        ),
        (["--format", "parquet", "--table", "fit", "-o", "x"], "--table fit is about resumes"),
        (["--format", "parquet", "-o", os.devnull], "is no file; name one for this format"),
        (["--format", "duckdb", "-o", "gone/x.duckdb"], "gone/x.duckdb: can't be written"),
    ],
)
def test_wrong_calls_end_in_a_sentence(cli: Cli, arguments: list[str], part: str) -> None:
    pytest.importorskip("duckdb")
    result = cli("batch", "--db", "jobs.sqlite", *arguments)
    assert (result.exit_code, part in result.message) == (2, True), result.message


def test_a_console_without_unicode_gets_plain_signs() -> None:
    command = [sys.executable, "-m", "skillgap", *CALL]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"RANKED" in done.stdout


def test_the_docs_list_the_columns_of_every_table(cli: Cli) -> None:
    words = {"int64": " (integer)", "double": " (number)", "bool": " (true or false)", "string": ""}
    told = (ROOT / "docs" / "TABLES.md").read_text("utf-8")
    parts = {part.partition("\n")[0]: " ".join(part.split()) for part in told.split("\n## ")[1:]}
    assert tuple(parts) == TABLES
    for table, text in parts.items():
        columns = ", ".join(f"`{name}`{words[type_of(table, name)]}" for name in csv_rows(cli, table)[0])
        assert text.endswith(columns)
