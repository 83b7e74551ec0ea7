"""``skillgap batch``: only what is new is read, one that fails stops nothing, and a kill changes nothing."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from skillgap.analyzer import Analyzer
from skillgap.cli.batch_run import AdReader
from skillgap.errors import NotAnAdError
from skillgap.market import batch as batching
from skillgap.market.batch import run
from skillgap.market.store import Store
from skillgap.market.workers import Workers, in_order
from skillgap.model import Document
from skillgap.reading.listings import Listing, listings
from tests.conftest import ROOT, Cli

ADS = ROOT / "samples" / "ads"
GOLD = ROOT / "samples" / "gold"


def variants(count: int) -> list[dict[str, str]]:
    """As many different ads, made of the samples."""
    texts = [path.read_text("utf-8") for path in sorted(ADS.glob("*.txt"))]
    return [
        {"id": f"j{n}", "title": f"AI engineer {n}", "description": f"{texts[n % 3]}\nReference {n * 7919}"}
        for n in range(count)
    ]


def write_jsonl(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


class Counting:
    """Stands for the analyzer: counts what it reads, and breaks where the text says so."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def __call__(self) -> Any:
        return self._job

    def _job(self, document: Document) -> dict[str, Any]:
        self.read.append(f"{document.source}#{document.row}")
        if "NO AD" in document.text:
            raise NotAnAdError(f"{document.source}: is no ad")
        if "BREAK" in document.text:
            raise RecursionError
        return {"source": document.source, "row": document.row, "digest": document.digest, "skills": []}


def rows(*texts: str, source: str = "jobs.csv") -> Iterator[Listing]:
    for number, text in enumerate(texts, 1):
        document = Document(source, text, row=str(number))
        yield Listing(source, str(number), number, document)


# -- only what is new -------------------------------------------------------------------------------


def test_running_again_reads_only_what_is_new() -> None:
    store, reader = Store(), Counting()
    first = run(rows("a", "b"), store, reader, "t1")
    assert (first.read, first.new, first.known, first.analysed) == (2, 2, 0, 2)
    second = run(rows("a", "b", "c"), store, reader, "t1")
    assert (second.read, second.new, second.known, second.analysed) == (3, 1, 2, 1)
    assert reader.read == ["jobs.csv#1", "jobs.csv#2", "jobs.csv#3"]


def test_a_moved_file_is_saved_and_not_analysed_again() -> None:
    store, reader = Store(), Counting()
    run(rows("a", "b"), store, reader, "t1")
    moved = run(rows("a", "b", source="moved.csv"), store, reader, "t1")
    assert (moved.new, moved.analysed, len(reader.read)) == (2, 0, 2)
    assert [(r["source"], r["row"]) for r in store.records("t1")] == [
        ("jobs.csv", "1"), ("jobs.csv", "2"), ("moved.csv", "1"), ("moved.csv", "2"),
    ]  # fmt: skip


def test_another_taxonomy_reads_the_store_again_without_the_files() -> None:
    store, reader = Store(), Counting()
    run(rows("a", "b"), store, reader, "t1")
    again = run(iter(()), store, reader, "t2")
    assert (again.read, again.again, len(list(store.records("t2")))) == (0, 2, 2)
    assert len(list(store.records("t1"))) == 2


def test_one_that_fails_is_named_and_remembered_and_stops_nothing() -> None:
    store, reader = Store(), Counting()
    failures = [f.to_dict() for f in run(rows("a", "NO AD", "BREAK", "b"), store, reader, "t1").failed]
    assert failures == [
        {"source": "jobs.csv", "row": "2", "error": "jobs.csv, row 2: is no ad"},
        {"source": "jobs.csv", "row": "3", "error": failures[1]["error"]},
    ]
    assert failures[1]["error"].startswith("jobs.csv, row 3: can't be analysed (RecursionError)")
    assert store.count() == 2
    again = run(rows("a", "NO AD", "BREAK", "b"), store, reader, "t1")
    assert [f.to_dict() for f in again.failed] == failures
    assert len(reader.read) == 4


def test_a_reader_that_breaks_on_a_file_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Listing) -> Listing:
        raise MemoryError

    monkeypatch.setattr(Listing, "load", broken)
    summary = run(iter([Listing("bomb.html")]), Store(), Counting(), "t1")
    assert "bomb.html: can't be read (MemoryError)" in summary.failed[0].sentence


# -- many at once -----------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_the_store_is_the_same_with_any_number_of_workers(tmp_path: Path, workers: int) -> None:
    source = write_jsonl(
        tmp_path / "jobs.jsonl", [*variants(70), {"id": "bad", "description": "nothing here"}]
    )
    digest = Analyzer().taxonomy.digest
    with Store(tmp_path / f"{workers}.sqlite") as store:
        summary = run(listings([str(source)]), store, AdReader(()), digest, workers=workers)
        got = [json.dumps(record) for record in store.records(digest)]
    with Store() as store:
        run(listings([str(source)]), store, AdReader(()), digest, workers=1)
        assert got == [json.dumps(record) for record in store.records(digest)]
    assert (summary.new, [f.row for f in summary.failed]) == (70, ["bad"])


def test_processes_are_started_only_once_there_is_work_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    monkeypatch.setattr("skillgap.market.workers._pool", lambda number: started.append(number) or pytest.skip)
    monkeypatch.setattr("skillgap.market.workers.available", lambda: 2)
    monkeypatch.setattr("skillgap.market.workers.WORTHWHILE", 100.0)
    few = Workers()
    for _ in range(3):
        assert few.submit(len, [1, 2], cost=32).result() == 2
    assert started == []
    few.submit(len, [], cost=32)
    with pytest.raises(AttributeError):
        few.submit(len, [1], cost=32)
    assert started == [2]


def _die(_: object) -> None:
    os._exit(9)


def test_a_worker_that_dies_ends_in_a_sentence() -> None:
    from skillgap.errors import UsageError

    with Workers(2) as pool, pytest.raises(UsageError, match="--workers 1"):
        list(in_order([1], lambda item: pool.submit(_die, item, cost=1), pool))


def dump(path: Path) -> list[str]:
    """All that a store holds, table by table."""
    with sqlite3.connect(path) as db:
        names = [
            name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")
        ]
        return [repr((name, sorted(map(repr, db.execute(f"SELECT * FROM {name}"))))) for name in names]  # noqa: S608


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_killed_at_any_moment_it_goes_on_where_it_was(tmp_path: Path, workers: str) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for path in sorted((ROOT / "samples" / "pages").glob("*.html")):
        (pages / path.name).write_bytes(path.read_bytes())
    write_jsonl(tmp_path / "jobs.jsonl", variants(200))

    def start(db: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "skillgap", "batch", "pages", "jobs.jsonl", "--db", db, "-q"]
        options = ["--format", "json", "--duplicates", "-o", f"{db}.json", "--as-of", "2026-03-01"]
        return subprocess.Popen(
            [*command, *options, "--workers", workers], cwd=tmp_path, stderr=subprocess.DEVNULL
        )

    begin = time.monotonic()
    assert start("calm").wait() == 4  # a page whose text comes by script
    whole = time.monotonic() - begin
    rng = random.Random(workers)  # noqa: S311
    for _ in range(10):
        process = start("torn")
        time.sleep(rng.uniform(0.05, whole / 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
        if (tmp_path / "torn.json").exists():  # it was through: from the beginning
            for path in tmp_path.glob("torn*"):
                path.unlink()
    assert start("torn").wait() == 4
    assert (tmp_path / "torn.json").read_bytes() == (tmp_path / "calm.json").read_bytes()
    assert dump(tmp_path / "torn") == dump(tmp_path / "calm")


@pytest.fixture
def hears_ctrl_c() -> Iterator[None]:
    """A shell lets what it starts in the background ignore Ctrl-C, and children inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(os.name == "nt", reason="signals are sent in another way there")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_ctrl_c_ends_it_with_what_is_done_saved(tmp_path: Path, workers: str, hears_ctrl_c: None) -> None:
    write_jsonl(tmp_path / "jobs.jsonl", variants(1_500))
    command = [sys.executable, "-m", "skillgap", "batch", "jobs.jsonl", "--db", "db", "--workers", workers]
    process = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    saved = 0
    while not saved and time.monotonic() < deadline:
        time.sleep(0.1)
        if (tmp_path / "db").exists():
            with sqlite3.connect(tmp_path / "db", timeout=10) as db:
                there = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'listing'").fetchone()
                saved = db.execute("SELECT count(*) FROM listing").fetchone()[0] if there else 0
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "they are saved in db, the same command goes on there" in err
    assert "Traceback" not in err
    with Store(tmp_path / "db") as store:
        assert 0 < saved <= store.count() < 1_500


# -- the command ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKILLGAP_RESUME", raising=False)
    return tmp_path


def test_the_report_is_about_all_that_is_saved(cli: Cli, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "a.jsonl", variants(2))
    write_jsonl(tmp_path / "b.jsonl", variants(3)[2:])
    assert cli("batch", "a.jsonl", "--db", "db").exit_code == 0
    result = cli("batch", "b.jsonl", "--db", "db")
    assert "1 listing read, 1 new, 0 known, 0 failed" in result.stderr
    assert result.stdout.startswith("Your saved listings: 3 read")
    assert cli("batch", "--db", "db").stdout == result.stdout


def test_records_are_those_of_analyze(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "ad.txt").write_text((ADS / "kestrel-ledger.txt").read_text("utf-8"), "utf-8")
    batch = json.loads(cli("batch", "ad.txt", "--format", "jsonl").stdout)
    assert batch == json.loads(cli("analyze", "ad.txt", "--format", "jsonl").stdout)


def test_failures_are_named_and_decide_the_exit_code(cli: Cli, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "jobs.jsonl", [*variants(1), {"id": "x", "description": "Nothing to see."}])
    result = cli("batch", "jobs.jsonl", "gone.txt", "--format", "json", "-q")
    assert result.exit_code == 4
    report = json.loads(result.stdout)
    assert report["schema"] == "skillgap/market@1"
    assert [(f["source"], f["row"]) for f in report["failed"]] == [("jobs.jsonl", "x"), ("gone.txt", None)]
    assert [line.split(":")[1].strip() for line in result.stderr.splitlines()] == [
        "jobs.jsonl, row x",
        "gone.txt",
    ]
    nothing = cli("batch", "gone.txt")
    assert (nothing.exit_code, nothing.stdout) == (3, "")


def test_csv_names_the_listing_first_and_holds_no_formula(cli: Cli, tmp_path: Path) -> None:
    first, second = variants(2)
    first["title"] = "=HYPERLINK(0)"
    first["company"] = "@cmd"
    second["description"] = first["description"]
    write_jsonl(tmp_path / "jobs.jsonl", [first, second])
    text = cli("batch", "jobs.jsonl", "--format", "csv").stdout
    table = list(csv.reader(io.StringIO(text)))
    assert table[0][:5] == ["source", "row", "title", "company", "url"]
    assert table[1][:4] == ["jobs.jsonl", "j0", "'=HYPERLINK(0)", "'@cmd"]
    assert table[2][table[0].index("copy_of")] in ("", "jobs.jsonl#j0")
    demand = cli("batch", "jobs.jsonl", "--format", "csv", "--table", "demand").stdout
    assert demand.startswith("skill,id,kind,required")


def test_near_copies_are_shown_and_counted_once(cli: Cli, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "jobs.jsonl", variants(6))
    report = json.loads(cli("batch", "jobs.jsonl", "--format", "json", "--duplicates").stdout)
    assert (report["counted"]["listings"], report["counted"]["distinct"]) == (6, 3)
    assert [len(family["copies"]) for family in report["duplicates"]] == [1, 1, 1]
    text = cli("batch", "jobs.jsonl", "--duplicates").stdout
    assert "NEAR COPIES  3 folded into 3 listings" in text


def test_forgetting_and_marking(cli: Cli, tmp_path: Path) -> None:
    write_jsonl(tmp_path / "jobs.jsonl", variants(3))
    assert cli("batch", "jobs.jsonl", "--db", "db", "-q").exit_code == 0
    result = cli("batch", "--db", "db", "--skip", "jobs.jsonl#j1", "--applied", "jobs.jsonl#j2")
    assert (result.exit_code, result.stdout) == (0, "")
    table = list(csv.reader(io.StringIO(cli("batch", "--db", "db", "--format", "csv").stdout)))
    assert [row[table[0].index("mark")] for row in table[1:]] == ["", "skip", "applied"]
    assert cli("batch", "--db", "db", "--forget", "other.csv").exit_code == 3
    assert "jobs.jsonl: 3 deleted" in cli("batch", "--db", "db", "--forget", "jobs.jsonl").stderr
    assert cli("batch", "--db", "db").exit_code == 3


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], "name listings to read"),
        (["--forget", "x"], "name listings to read"),
        (["x.csv", "--skip", "x"], "name it with --db"),
        (["x.csv", "--table", "pay"], "goes with --format csv"),
        (["ad.txt", "--db", "ad.txt"], "is no store of saved listings and was left as it is"),
        (["ad.txt", "-o", "ad.txt"], "is one of the inputs"),
        (["ad.txt", "--format", "csv", "--table", "nothing"], "there is no such table"),
    ],
)
def test_wrong_calls_end_in_a_sentence(cli: Cli, tmp_path: Path, arguments: list[str], part: str) -> None:
    text = (ADS / "kestrel-ledger.txt").read_text("utf-8")
    (tmp_path / "ad.txt").write_text(text, "utf-8")
    result = cli("batch", *arguments)
    assert result.exit_code in (2, 3)
    assert part in getattr(result, "message", result.output)
    assert (tmp_path / "ad.txt").read_text("utf-8") == text


def test_columns_may_be_named(cli: Cli, tmp_path: Path) -> None:
    text = (ADS / "kestrel-ledger.txt").read_text("utf-8").replace('"', "'")
    (tmp_path / "jobs.csv").write_text(f'when;what;who;x\n2026-02-01;"{text}";Kestrel;Engineer\n', "utf-8")
    names = ["--text", "what", "--title", "x", "--date", "when", "--company", "who"]
    record = json.loads(cli("batch", "jobs.csv", *names, "--format", "jsonl").stdout)
    assert (record["title"], record["company"], record["posted"]) == ("Engineer", "Kestrel", "2026-02-01")
    assert (record["source"], record["row"]) == ("jobs.csv", "1")


def test_standard_input_is_read_as_a_file(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "jobs.jsonl", variants(2))
    command = [sys.executable, "-m", "skillgap", "batch", "-", "--format", "jsonl", "-q"]
    with path.open("rb") as file:
        out = subprocess.run(command, stdin=file, capture_output=True, check=True, text=True).stdout
    assert [json.loads(line)["source"] for line in out.splitlines()] == ["<stdin>", "<stdin>"]


def test_chunks_are_small_enough_to_lose_little() -> None:
    assert batching.CHUNK <= 64
