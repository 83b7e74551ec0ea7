"""Saved listings out of folders, patterns and tables, whatever wrote them."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skillgap.errors import UnreadableError
from skillgap.reading.fields import Columns, iso_day
from skillgap.reading.json_rows import json_rows
from skillgap.reading.listings import Listing, Listings, listings
from skillgap.reading.workbook import workbook_rows
from tests.conftest import ROOT

AD = "We are looking for an engineer.\nRequirements:\n- Python\n- SQL and dbt\n" * 4
PAGE = (
    "<html><head><title>{title}</title></head><body><main><h1>{title}</h1>"
    + "<p>We look for an engineer who knows Python, SQL and Docker and has built pipelines before.</p>" * 4
    + "</main></body></html>"
)


def read(*paths: object, **columns: str) -> list[Listing]:
    return list(listings([str(path) for path in paths], Columns(**columns)))


def documents(*paths: object, **columns: str) -> list[Listing]:
    found = read(*paths, **columns)
    assert [x.failure for x in found] == [None] * len(found)
    return found


def table(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


# -- folders and patterns ---------------------------------------------------------------------------


def test_a_folder_is_read_in_order_without_what_browsers_save_beside(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "sub/c.html", "a_files/frame.html", ".hidden/d.html", ".e.html"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(PAGE.format(title=f"Engineer {name}"), "utf-8")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG\r\n")
    found = listings([str(tmp_path)])
    names = [Path(x.source).relative_to(tmp_path).as_posix() for x in found]
    assert names == ["a.html", "b.html", "sub/c.html"]
    assert found.passed_over == 1


def test_patterns_and_files_given_twice(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(AD, "utf-8")
    found = documents(tmp_path / "*.txt", tmp_path / "a.txt", tmp_path)
    assert [Path(x.source).name for x in found] == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("name", "part"),
    [("none.txt", "no such file"), ("*.xyz", "matches no file"), ("empty", "holds no listings")],
)
def test_what_is_not_there_is_a_failure_and_stops_nothing(tmp_path: Path, name: str, part: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "ad.txt").write_text(AD, "utf-8")
    first, second = read(tmp_path / name, tmp_path / "ad.txt")
    assert part in (first.failure or "")
    assert second.document is not None


def test_every_kind_of_file_is_one_listing() -> None:
    pages = ROOT / "samples" / "pages"
    found = read(pages)
    failed = [x for x in found if x.failure]
    assert [Path(x.source).name for x in failed] == ["script-only.html"]
    assert all(x.row is None for x in found)
    assert not any("_files" in x.source for x in found)


def test_pages_may_be_left_unread_for_others_to_read(tmp_path: Path) -> None:
    (tmp_path / "ad.txt").write_text(AD, "utf-8")
    (listing,) = Listings([str(tmp_path)], unread=True)
    assert listing.document is None
    assert listing.load().document == documents(tmp_path)[0].document


# -- CSV --------------------------------------------------------------------------------------------

ONE_LINE = "We need Python and SQL and dbt and you build pipelines. " * 6  # no delimiter in it


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_delimiter_and_encoding(tmp_path: Path, delimiter: str, encoding: str) -> None:
    quoted = f'"{ONE_LINE},;|"'
    rows = [["Job Title", "Company Name", "Job Description"], ["Ingénieur", "Café & Söhne", quoted]]
    text = "\r\n".join(delimiter.join(row) for row in rows)
    (found,) = documents(table(tmp_path / "jobs.csv", text, encoding))
    document = found.document
    assert document is not None
    assert (document.meta["title"], document.meta["company"]) == ("Ingénieur", "Café & Söhne")
    assert document.text == f"Ingénieur\n\n{ONE_LINE},;|"
    assert (found.row, document.row, document.kind) == ("1", "1", "row")


def test_html_in_cells_becomes_lines(tmp_path: Path) -> None:
    cell = "<p>We look for:</p><ul><li>Python</li><li>R&amp;D with SQL</li></ul>"
    escaped = "&lt;p&gt;We look for:&lt;/p&gt;&lt;ul&gt;&lt;li&gt;Python&lt;/li&gt;&lt;/ul&gt;"
    path = table(tmp_path / "jobs.csv", f'id,description\n7,"{cell}"\n8,"{escaped}"\n')
    first, second = documents(path)
    assert first.document is not None
    assert second.document is not None
    assert first.document.text == "We look for:\n\n- Python\n- R&D with SQL"
    assert second.document.text == "We look for:\n\n- Python"
    assert (first.row, second.row) == ("7", "8")


def test_huge_cells_are_read_and_absurd_ones_named(tmp_path: Path) -> None:
    huge, absurd = "Python " * 60_000, "Python " * 200_000
    path = table(tmp_path / "jobs.csv", f"id,description\n1,{huge}\n2,{absurd}\n3,{ONE_LINE}\n")
    first, second, third = read(path)
    assert first.document is not None
    assert "row 2: holds 1,400,000 characters" in (second.failure or "")
    assert third.document is not None


def test_a_broken_row_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = table(
        tmp_path / "jobs.csv", f"id,title,description\n1,A,{ONE_LINE}\n2,B,x,y,z\n3,C,\n4,D,{ONE_LINE}\n"
    )
    first, second, third, fourth = read(path)
    assert "row 2 has 5 cells under 3 headings" in (second.failure or "")
    assert "row 3: the column 'description' is empty" in (third.failure or "")
    assert first.document is not None
    assert fourth.document is not None


def test_an_id_that_comes_again_loses_no_listing(tmp_path: Path) -> None:
    path = table(tmp_path / "jobs.csv", f"id,description\n7,{ONE_LINE}\n7,Other {ONE_LINE}\n,{ONE_LINE}\n")
    assert [x.row for x in documents(path)] == ["7", "7 (2)", "3"]


# -- which column holds what ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        ("job_description", "job_title", "company_name", "location", "date_posted", "job_url", "job_id"),
        ("jobDescription", "jobTitle", "companyName", "jobLocation", "datePosted", "jobUrl", "jobId"),
        ("Description", "Position", "Employer", "City", "Posted At", "Link", "ID"),
        ("text", "title", "company", "place", "date", "url", "uuid"),
        ("body", "Job Title", "organisation", "Location", "published", "Apply URL", "ref"),
    ],
)
def test_columns_are_told_by_their_names(tmp_path: Path, names: tuple[str, ...]) -> None:
    row = (
        ONE_LINE,
        "AI engineer",
        "Fernhill",
        "Porto",
        "2026-02-03T10:00:00Z",
        "https://fernhill.example/1",
        "x9",
    )
    path = tmp_path / "jobs.jsonl"
    path.write_text(json.dumps(dict(zip(names, row, strict=True))), "utf-8")
    (found,) = documents(path)
    assert found.document is not None
    assert found.row == "x9"
    assert dict(found.document.meta) == {
        "title": "AI engineer", "company": "Fernhill", "place": "Porto", "posted": "2026-02-03",
        "url": "https://fernhill.example/1",
    }  # fmt: skip


def test_columns_may_be_given_and_are_taken_as_given(tmp_path: Path) -> None:
    path = table(tmp_path / "jobs.csv", f"a,b,title,when\n{ONE_LINE},The real title,no title,2026-01-05\n")
    (found,) = documents(path, text="a", title="b", posted="when")
    assert found.document is not None
    assert found.document.meta == {"title": "The real title", "posted": "2026-01-05"}
    (failed,) = read(path, text="A", title="headline")
    assert "has no column 'headline' (--title); it has 'a', 'b', 'title', 'when'" in (failed.failure or "")


def test_a_text_column_without_a_telling_name_is_the_longest(tmp_path: Path) -> None:
    path = table(tmp_path / "jobs.csv", f"nr,was,stadt\n1,{ONE_LINE},Porto\n")
    assert documents(path)[0].document.text.startswith("We need Python")
    short = table(tmp_path / "short.csv", "nr,was\n1,Python\n")
    assert "no column looks like the ads' text" in (read(short)[0].failure or "")


def test_pay_and_remote_come_from_their_columns(tmp_path: Path) -> None:
    head = "description,min_amount,max_amount,currency,interval,is_remote"
    path = table(tmp_path / "jobs.csv", f"{head}\n{ONE_LINE},90000,120000.0,EUR,yearly,True\n")
    meta = documents(path)[0].document.meta
    assert meta["salary"] == {"min": 90000, "max": 120000, "currency": "EUR", "period": "year"}
    assert meta["remote"] is True


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-02-05", "2026-02-05"), ("2026-02-05T09:30:00+01:00", "2026-02-05"), ("05.02.2026", "2026-02-05"),
        ("Feb 5, 2026", "2026-02-05"), ("5 February 2026", "2026-02-05"), ("02/25/2026", "2026-02-25"),
        ("25/02/2026", "2026-02-25"), ("03/03/2026", "2026-03-03"), ("1770249600", "2026-02-05"),
        (1770249600000.0, "2026-02-05"), (date(2026, 2, 5), "2026-02-05"),
        (datetime(2026, 2, 5, 23, tzinfo=UTC), "2026-02-05"),
        ("02/05/2026", None),  # May or February: nobody can tell
        ("3 days ago", None), ("", None), ("2026-13-40", None), (None, None), (float("nan"), None),
    ],
)  # fmt: skip
def test_days_are_read_only_where_they_are_sure(written: object, day: str | None) -> None:
    assert iso_day(written) == day


# -- JSON -------------------------------------------------------------------------------------------


def test_json_lines_arrays_and_wrapped_arrays_are_the_same(tmp_path: Path) -> None:
    rows = [{"id": n, "job": {"title": f"Engineer {n}", "description": AD}} for n in range(1, 4)]
    texts = {
        "a.jsonl": "\n".join(map(json.dumps, rows)),
        "b.json": json.dumps(rows, indent=2),
        "c.json": json.dumps({"count": 3, "jobs": rows}),
        "d.json": "\ufeff" + json.dumps(rows),
    }
    found = []
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
        found.append([(x.row, x.document.text, x.document.meta) for x in documents(tmp_path / name)])
    assert found[0] == found[1] == found[2] == found[3]
    assert [row for row, *_ in found[0]] == ["1", "2", "3"]


@pytest.mark.parametrize("value", ['"Tom\\u2019s ad"', "true", "1.5e3", "null"])
def test_a_value_that_two_pieces_of_the_file_share_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    line = f'{{"description": {value}}}\n'
    for size in range(1, 2 * len(line)):
        monkeypatch.setattr("skillgap.reading.json_rows._BLOCK", size)
        (tmp_path / "a.jsonl").write_text(line * 4, "utf-8")
        rows = list(json_rows(tmp_path / "a.jsonl", "a", lambda _seen: None))
        assert [row.values for row in rows] == [json.loads(line)] * 4, size


def test_a_broken_line_of_json_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps({"description": AD})
    (tmp_path / "a.jsonl").write_text(f'{good}\n{{"description": "cut off\n{good}\n17\n{good}\n', "utf-8")
    found = read(tmp_path / "a.jsonl")
    assert [x.failure is None for x in found] == [True, False, True, False, True]
    assert "row 2 is no valid JSON" in (found[1].failure or "")
    assert "row 4 is no object" in (found[3].failure or "")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('[{"description": "x"}, {"description": "y', "row 2 is no valid JSON"),
        ('{\n"jobs": [\n{"a": 1', "is damaged JSON"),
        ("[]", "holds no rows"),
        ("[1, 2]", "its first row is no object"),
        ("[" * 100_000, "row 1 is no valid JSON"),
    ],
)
def test_json_that_breaks_off_ends_in_a_sentence(tmp_path: Path, text: str, part: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    failures = [x.failure for x in read(tmp_path / "a.json") if x.failure]
    assert any(part in failure or "first row is no valid JSON" in failure for failure in failures), failures


def test_memory_stays_flat_over_a_large_file(tmp_path: Path) -> None:
    line = json.dumps({"description": AD * 20})
    path = tmp_path / "large.json"
    path.write_text("[" + ",\n".join([line] * 3_000) + "]", "utf-8")
    tracemalloc.start()
    count = sum(1 for _ in listings([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 3_000
    assert path.stat().st_size > 15_000_000
    assert peak < 6_000_000


# -- workbooks and Parquet --------------------------------------------------------------------------


def test_a_workbook_gives_the_rows_of_its_longest_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["Read me first"])
    sheet = book.create_sheet("Jobs")
    sheet.append([])
    sheet.append(["ID", "Job title", "Posted", "Description"])
    sheet.append([41, "AI engineer", datetime(2026, 2, 5), AD])  # noqa: DTZ001 - sheets know no time zones
    sheet.append([42, "=cmd()", None, AD])
    book.save(tmp_path / "jobs.xlsx")
    first, second = documents(tmp_path / "jobs.xlsx")
    assert (first.row, second.row) == ("41", "42")
    assert first.document.meta == {"title": "AI engineer", "posted": "2026-02-05"}


@pytest.mark.parametrize("content", [b"PK\x03\x04 xl/workbook.xml and then nothing", b"PK\x03\x04"])
def test_a_damaged_workbook_ends_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "jobs.xlsx").write_bytes(content)
    (found,) = read(tmp_path / "jobs.xlsx")
    assert "jobs.xlsx: is a damaged workbook" in (found.failure or "")


def test_a_workbook_that_fills_the_memory_ends_in_a_sentence(tmp_path: Path) -> None:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{kinds}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="rId1" '
        f'Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in parts.items():
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet {main}><sheetData><row r="1">'.encode())
            sheet.write(b'<c r="A1" t="inlineStr"><is><t>description</t></is></c></row><row r="2">')
            sheet.write(b'<c r="A2" t="inlineStr"><is><t>')
            for _ in range(250):
                sheet.write(b"a" * 1_000_000)
            sheet.write(b"</t></is></c></row></sheetData></worksheet>")
    rows = workbook_rows(tmp_path / "bomb.xlsx", "bomb.xlsx", lambda _: None, memory=400_000_000)
    with pytest.raises(UnreadableError, match="takes more than 400 MB of memory"):
        list(rows)


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    rows = {"job_id": list(range(200)), "description": [f"{AD} {n}" for n in range(200)]}
    parquet.write_table(pyarrow.table(rows), tmp_path / "jobs.parquet")
    found = documents(tmp_path / "jobs.parquet")
    assert [x.row for x in found] == [str(n) for n in range(200)]
    (tmp_path / "cut.parquet").write_bytes((tmp_path / "jobs.parquet").read_bytes()[:400])
    assert "is a damaged Parquet file" in (read(tmp_path / "cut.parquet")[0].failure or "")


def test_without_the_extra_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "jobs.parquet").write_bytes(b"PAR1....PAR1")
    (found,) = read(tmp_path / "jobs.parquet")
    assert "python -m pip install 'skillgap[parquet]'" in (found.failure or "")
