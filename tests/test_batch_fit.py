"""``skillgap batch --resume``: listings ranked for one resume or a folder of them, as records and tables."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT, Cli

CV = """Mara Lindqvist
Software developer

Experience
Developer, Tarn & Field Software, 2019 - 2024
- Built REST APIs in Python with FastAPI and Docker
- Wrote SQL reports and deployed services to AWS with Kubernetes

Skills
Python, Git, Docker, SQL, Kubernetes, AWS
"""
DAY = ["--as-of", "2026-01-15"]


@pytest.fixture(autouse=True)
def saved(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKILLGAP_RESUME", raising=False)
    (tmp_path / "cvs").mkdir()
    (tmp_path / "cvs" / "mara.txt").write_text(CV, "utf-8")
    (tmp_path / "cvs" / "noor.txt").write_text(CV.replace("Mara Lindqvist", "Noor Haidari"), "utf-8")
    assert cli("batch", str(ROOT / "samples" / "ads"), "--db", "db", "-q", "-o", "report").exit_code == 0


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_record_holds_ranking_unlock_and_roles(cli: Cli) -> None:
    record = json.loads(
        cli("batch", "--db", "db", "--resume", "cvs/mara.txt", "--format", "json", *DAY).stdout
    )
    assert record["schema"] == "skillgap/market@1"
    assert record["ranking"]["schema"] == "skillgap/ranking@1"
    assert len(record["ranking"]["ranked"]) + len(record["ranking"]["apart"]) == 3
    assert record["unlock"]["schema"] == "skillgap/unlock@1"
    assert sum(gap["listings"] for gap in record["role_gaps"]) == len(record["ranking"]["ranked"])


def test_the_table_names_the_listing_first_and_ranks_it(cli: Cli) -> None:
    rows = table(cli("batch", "--db", "db", "--resume", "cvs/mara.txt", "--format", "csv", "-q", *DAY).stdout)
    assert list(rows[0])[:7] == ["source", "row", "title", "company", "url", "client", "rank"]
    ranked = [row for row in rows if row["rank"]]
    assert [row["rank"] for row in ranked] == [str(n) for n in range(1, len(ranked) + 1)]
    shares = [int(row["met_lenient"]) / int(row["of"]) for row in ranked]
    assert shares == sorted(shares, reverse=True)
    assert all(row["reasons"] for row in rows if row["apart"])


def test_the_text_ranks_the_listings_before_the_report(cli: Cli) -> None:
    text = cli("batch", "--db", "db", "--resume", "cvs/mara.txt", "--line", "0.5", *DAY).stdout
    report = text.index("Your saved listings: 3 read")
    assert "cvs/mara.txt" in text[:report]
    assert "WHAT TO DO NEXT" not in text[report:]  # that is for somebody without a resume
    assert "skillgap roadmap" not in text[report:]
    assert "WHAT TO DO NEXT" in cli("batch", "--db", "db", *DAY).stdout
    markdown = cli("batch", "--db", "db", "--resume", "cvs", "--format", "markdown", *DAY).stdout
    assert "What to do next" not in markdown
    assert (
        markdown.index("cvs/mara.txt")
        < markdown.index("cvs/noor.txt")
        < markdown.rindex("aved listings: 3 read")
    )


def test_a_skipped_listing_is_set_apart(cli: Cli) -> None:
    name = str(ROOT / "samples" / "ads" / "kestrel-ledger.txt")
    assert cli("batch", "--db", "db", "--skip", name, "-q").exit_code == 0
    rows = table(cli("batch", "--db", "db", "--resume", "cvs/mara.txt", "--format", "csv", "-q", *DAY).stdout)
    assert [row["apart"] for row in rows if row["source"] == name] == ["skip"]


def test_a_folder_of_resumes_is_told_apart_and_may_be_anonymous(cli: Cli) -> None:
    text = cli("batch", "--db", "db", "--resume", "cvs", "--anonymise", "--format", "csv", "-q", *DAY).stdout
    assert {row["client"] for row in table(text)} == {"client 1", "client 2"}
    assert "mara" not in text.lower()
    record = json.loads(cli("batch", "--db", "db", "--resume", "cvs", "--format", "json", *DAY).stdout)
    assert [person["person"] for person in record["people"]] == ["cvs/mara.txt", "cvs/noor.txt"]
    assert record["people_unlock"]["schema"] == "skillgap/people@1"
    roles = table(
        cli(
            "batch", "--db", "db", "--resume", "cvs", "--format", "csv", "--table", "role_fit", "-q", *DAY
        ).stdout
    )
    assert {row["client"] for row in roles} == {"cvs/mara.txt", "cvs/noor.txt"}


def test_a_lower_line_lets_more_listings_over(cli: Cli) -> None:
    def over(*line: str) -> int:
        text = cli(
            "batch", "--db", "db", "--resume", "cvs/mara.txt", "--format", "csv", "-q", *DAY, *line
        ).stdout
        return sum(row["over"] == "True" for row in table(text))

    assert over("--line", "0.05") > over()


def test_a_resume_that_cannot_be_read_is_named(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cvs" / "zero.txt").write_text("", "utf-8")
    result = cli("batch", "--db", "db", "--resume", "cvs", "--format", "json", "-q", *DAY)
    assert result.exit_code == 4
    assert [f["source"] for f in json.loads(result.stdout)["failed"]] == ["cvs/zero.txt"]
    alone = cli("batch", "--db", "db", "--resume", "gone.txt")
    assert (alone.exit_code, "there is no such file" in alone.message) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--line", "0.8"], "--line is about a resume"),
        (["--hours", "40"], "--hours is about a resume"),
        (["--resume", "cvs/mara.txt", "--line", "2"], "--line 2: must be above 0"),
        (["--resume", "cvs/mara.txt", "--skills", "2", "--hours", "40", "--format", "json"], "not both"),
        (["--format", "csv", "--table", "fit"], "name one with --resume CV"),
    ],
)
def test_wrong_calls_end_in_a_sentence(cli: Cli, arguments: list[str], part: str) -> None:
    result = cli("batch", "--db", "db", *arguments)
    assert (result.exit_code, part in result.message) == (2, True)


def test_what_else_lies_beside_resumes_is_none(cli: Cli, tmp_path: Path) -> None:
    cvs = tmp_path / "cvs"
    (cvs / "mine.yaml").write_text("know: [Rust]\n", "utf-8")
    (cvs / "plan.ics").write_text("BEGIN:VCALENDAR\nSUMMARY:Python\nEND:VCALENDAR\n", "utf-8")
    (cvs / "skillgap-progress.yaml").write_text("done: {foundations.python: 2026-01-01}\n", "utf-8")
    (cvs / "corrections.txt").write_text("know: [Rust]\n", "utf-8")
    calls = ["batch", "--db", "db", "--resume", "cvs", "--format", "csv", *DAY]
    result = cli(*calls, "--override", "cvs/corrections.txt")
    assert {row["client"] for row in table(result.stdout)} == {"cvs/mara.txt", "cvs/noor.txt"}
    for name in (
        "4 files beside",
        "cvs/mine.yaml",
        "cvs/plan.ics",
        "skillgap-progress.yaml",
        "corrections.txt",
    ):
        assert name in result.stderr
    hidden = cli(*calls, "--override", "cvs/corrections.txt", "--anonymise").stderr
    assert "4 files beside the resumes left out" in hidden
    assert "mine" not in hidden
    for name in ("mara.txt", "noor.txt", "corrections.txt"):
        (cvs / name).unlink()
    assert "holds no resumes" in cli(*calls).message


def test_a_mark_takes_the_name_that_corrections_take(cli: Cli, tmp_path: Path) -> None:
    def marks() -> dict[str, str]:
        rows = table(cli("batch", "--db", "db", "--format", "csv", "--table", "marks", "-q", *DAY).stdout)
        own = [row for row in rows if row["mark"] in ("applied", "skip")]
        assert all(row["title"] and row["reason"] for row in own)
        return {Path(row["source"]).name: row["mark"] for row in own}

    assert cli("batch", "--db", "db", "--applied", "kestrel-ledger.txt", "-q").exit_code == 0
    assert cli("batch", "--db", "db", "--skip", "ads/northwind-health.txt", "-q").exit_code == 0
    assert marks() == {"kestrel-ledger.txt": "applied", "northwind-health.txt": "skip"}
    cli("batch", "--db", "db", "--unmark", "northwind-health.txt", "-q")
    (tmp_path / "mine.yaml").write_text("ads: {northwind-health.txt: {status: applied}}", "utf-8")
    assert marks() == {"kestrel-ledger.txt": "applied"}
    call = ["batch", "--db", "db", "--resume", "cvs/mara.txt", "--override", "mine.yaml", "--format", "csv"]
    said = table(cli(*call, "--table", "marks", "-q", *DAY).stdout)
    assert [row["mark"] for row in said if row["source"].endswith("northwind-health.txt")] == ["applied"]
    assert cli("batch", "--db", "db", "--applied", "ledger.txt").exit_code == 3  # no part of a name


def test_a_name_that_two_listings_bear_is_not_guessed(cli: Cli, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        text = f"Data engineer {folder}\n\nRequirements\n- Python, SQL and Airflow"
        (tmp_path / folder / "same.txt").write_text(text, "utf-8")
    cli("batch", "one", "two", "--db", "db", "-q", "-o", "report")
    for wish in ("--applied", "--forget"):
        result = cli("batch", "--db", "db", wish, "same.txt")
        assert result.exit_code == 2
        assert "one/same.txt, two/same.txt" in result.message
    assert "1 deleted" in cli("batch", "--db", "db", "--forget", "./two/same.txt").stderr
    assert "1 marked" in cli("batch", "--db", "db", "--applied", "same.txt").stderr


def test_names_of_ads_that_are_not_there_are_told(cli: Cli, tmp_path: Path) -> None:
    text = "ads: {nosuch.txt: {status: skip}, kestrel-ledger.txt: {status: skip}}"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    call = ["batch", "--db", "db", "--resume", "cvs", "--override", "mine.yaml", *DAY]
    told = cli(*call).stderr
    assert "1 of the ads that mine.yaml names not found here: nosuch.txt" in told
    assert "nosuch" not in cli(*call, "--anonymise").stderr
    assert "not found here" not in cli(*call, "-q").stderr
    ads = [str(ROOT / "samples" / "ads" / f"{name}.txt") for name in ("kestrel-ledger", "northwind-health")]
    both = cli("compare", "cvs/mara.txt", *ads, "--override", "mine.yaml")
    assert "nosuch.txt" in both.stderr
    assert "nosuch" not in cli("compare", "cvs/mara.txt", ads[0], "--override", "mine.yaml").stderr
    lone = cli("compare", "cvs/mara.txt", ads[1], "--override", "mine.yaml").stderr
    assert "nosuch.txt, kestrel-ledger.txt" in lone


def test_clients_against_listings_and_roles_are_matrices(cli: Cli, tmp_path: Path) -> None:
    other = CV.replace("Python", "Java").replace("Kubernetes", "Excel").replace("SQL", "Rust")
    (tmp_path / "cvs" / "noor.txt").write_text(other, "utf-8")
    call = ["batch", "--db", "db", "--resume", "cvs", "-q", *DAY]
    fits = table(cli(*call, "--format", "csv").stdout)
    rows = table(cli(*call, "--format", "csv", "--table", "clients").stdout)
    assert list(rows[0]) == [*list(rows[0])[:5], "apart", "of", "cvs/mara.txt", "cvs/noor.txt"]
    assert len(rows) == 3
    for fit in fits:
        row = next(row for row in rows if row["source"] == fit["source"])
        assert (row["of"], row[fit["client"]], row["apart"]) == (fit["of"], fit["met_lenient"], fit["apart"])
    assert any(row["cvs/mara.txt"] != row["cvs/noor.txt"] for row in rows)
    gaps = table(cli(*call, "--format", "csv", "--table", "role_fit").stdout)
    roles = {
        row["role"]: row for row in table(cli(*call, "--format", "csv", "--table", "client_roles").stdout)
    }
    assert {gap["role"] for gap in gaps} == set(roles)
    assert all(roles[gap["role"]][gap["client"]] == gap["skills_to_half"] for gap in gaps)
    hidden = cli(*call, "--format", "csv", "--table", "clients", "--anonymise").stdout
    assert hidden.splitlines()[0].endswith(",of,client 1,client 2")
    refused = cli(*call, "--format", "parquet", "--table", "clients", "-o", "x.parquet")
    assert "goes with --format csv" in refused.message
    assert (
        "name one with --resume"
        in cli("batch", "--db", "db", "--format", "csv", "--table", "clients").message
    )


def test_a_page_about_few_people_has_a_grid(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "cvs" / "a-first.txt").write_text("", "utf-8")  # its number is not given to another
    call = ["batch", "--db", "db", "--resume", "cvs", "-q", *DAY]
    text = cli(*call).stdout
    head = next(line for line in text.splitlines() if line.startswith("LISTING BY LISTING"))
    assert head.split()[-3:] == ["of", "1", "2"]
    assert "  1 cvs/mara.txt" in text
    fits = table(cli(*call, "--format", "csv").stdout)
    best = next(fit for fit in fits if fit["rank"] == "1")
    line = next(line for line in text.splitlines() if line.strip().startswith(best["title"][:20]))
    assert line.split()[-3:] == [best["of"], best["met_lenient"], best["met_lenient"]]
    hidden = cli(*call, "--anonymise").stdout
    assert next(x for x in hidden.splitlines() if x.startswith("LISTING BY")).split()[-3:] == ["of", "2", "3"]
    assert "--key FILE keeps who is who" in hidden
    assert "| of | 1 | 2 |" in cli(*call, "--format", "markdown").stdout
    assert max(map(len, text.splitlines())) <= 80
    for number in range(9):
        (tmp_path / "cvs" / f"more{number}.txt").write_text(CV, "utf-8")
    assert "LISTING BY LISTING" not in cli(*call).stdout


def test_where_all_have_closed_the_page_says_how_to_look_back(cli: Cli, tmp_path: Path) -> None:
    lines = "- Python\n- Docker\n- SQL\n- Git\n- FastAPI\n- Kubernetes\n"
    (tmp_path / "old.txt").write_text(
        f"AI Engineer\n\nRequirements\n{lines}\nApply by 2025-01-31.\n", "utf-8"
    )
    call = ("batch", "old.txt", "--resume", "cvs/mara.txt", "-q", "--as-of")
    assert "--as-of" in cli(*call, "2026-01-15").stdout
    then = cli(*call, "2025-01-15").stdout
    assert "1 listing can be ranked" in then
    assert "--as-of" not in then
