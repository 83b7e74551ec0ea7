"""``skillgap batch --anonymise``: nothing that names a person, a file or an employer leaves, in any form."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from skillgap.rendering.anonymous import masked_sentence
from skillgap.rendering.fit_schema import BatchRecord
from tests.conftest import ROOT, Cli

PERSON = (
    "Marzipania",
    "Quokkason",
    "quokka@burrow.example",
    "Tarnfield Software",
    "Plover Street",
    "555-0199",
)
EMPLOYER = ("Zwiebelwerk", "Xanthia", "zwiebel.example", "Ålgård", "Zork Matrix", "Kobolt")
FILES = ("wombat", "dugong", "pangolin", "axolotl", "narwhal", "tapir", "JOB-4711")
CV = f"""{PERSON[0]} {PERSON[1]}
{PERSON[2]} · {PERSON[5]} · {PERSON[4]} 12

Experience
Developer, {PERSON[3]}, 2019 - 2024
- Built REST APIs in Python with FastAPI and Docker at {PERSON[3]}
- Wrote SQL reports and deployed services to AWS with Kubernetes

Skills
Python, Git, Docker, SQL, Kubernetes, AWS
"""
AD = """{title}

Zwiebelwerk GmbH, Ålgård

About Zwiebelwerk
We write to you from Xanthia Tower. Ask Xanthia at jobs@zwiebel.example, https://zwiebel.example/jobs.

Requirements
- 3+ years with Python, SQL and Docker
- Experience with Zork Matrix and Kobolt Flows
- PyTorch or TensorFlow; Kubernetes; RAG; LangChain; {more}

Salary: 60,000 to 70,000 EUR a year
"""
TABLES = (
    "listings", "fit", "role_fit", "demand", "roles", "seniority", "weeks", "together", "kinds", "pay",
    "unknown", "marks",
)  # fmt: skip


@pytest.fixture
def saved(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The arguments of a call over ads and resumes that are full of names."""
    monkeypatch.chdir(tmp_path)
    for name in ("SKILLGAP_RESUME", "SKILLGAP_OVERRIDE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("wombat-ads", "dugong-cvs"):
        (tmp_path / name).mkdir()
    titles = [
        "AI Engineer at Zwiebelwerk",
        "Xanthia's Data Engineer",
        "ML Engineer, Zwiebelwerk",
        "AI Engineer",
    ]
    rows = [
        {
            "id": f"JOB-4711-{number}", "title": titles[number % 4], "company": "Zwiebelwerk GmbH", "place": "Ålgård, Norway",
            "url": f"https://zwiebel.example/{number}", "date": f"2026-01-{number % 28 + 1:02}", "closes": f"2026-0{number % 3 + 1}-20",
            "text": AD.format(title=titles[number % 4], more=("Git", "Spark", "Airflow", "Git and dbt", "MLflow")[number % 5]),
        }
        for number in range(34)
    ]  # fmt: skip
    rows.append({**rows[0], "id": "JOB-4711-x", "text": ""})
    with Path("wombat-ads/pangolin.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    Path("wombat-ads/tapir.txt").write_text(AD.format(title="Zwiebelwerk calls", more="Git"), "utf-8")
    Path("wombat-ads/narwhal.pdf").write_bytes(b"%PDF-1.4 broken")
    Path("dugong-cvs/axolotl-marzipania.txt").write_text(CV, "utf-8")
    Path("dugong-cvs/axolotl-second.txt").write_text(CV.replace("Kubernetes, AWS", "PyTorch, RAG"), "utf-8")
    Path("dugong-cvs/axolotl-third.pdf").write_bytes(b"%PDF-1.4 broken")
    Path("narwhal.yaml").write_text("ads: {tapir.txt: {status: skip}}\n", "utf-8")
    calls = [
        "batch",
        "wombat-ads",
        "--db",
        "tapir.sqlite",
        "--as-of",
        "2026-02-01",
        "--home",
        "Xanthia, Spain",
    ]
    cli(*calls, "-q", "-o", "out")
    return [*calls, "--override", "narwhal.yaml", "--line", "0.5", "--anonymise"]


def forms() -> list[tuple[str, ...]]:
    tables = [("--format", "csv", "--table", table) for table in TABLES]
    layouts = [("--format", layout) for layout in ("json", "jsonl", "markdown", "text")]
    return [*tables, *layouts, ("--all",), ("--format", "jsonl", "--with-text"), ("--hours", "80", "--all")]


@pytest.mark.parametrize("resumes", ["dugong-cvs", "dugong-cvs/axolotl-marzipania.txt"])
def test_no_name_leaves_in_any_form(cli: Cli, saved: list[str], resumes: str) -> None:
    for form in forms():
        result = cli(*saved, "--resume", resumes, "--duplicates", *form)
        assert result.exit_code == 4, form
        said = f"{result.stdout}\n{result.stderr}".casefold()
        assert result.stdout
        found = [name for name in (*PERSON, *EMPLOYER, *FILES) if name.casefold() in said]
        assert not found, (form, found)


def test_a_resume_that_fails_alone_is_not_named(cli: Cli, saved: list[str]) -> None:
    for resume in ("dugong-cvs/axolotl-third.pdf", "dugong-cvs/axolotl-gone.pdf"):
        result = cli(*saved, "--resume", resume)
        assert result.exit_code == 3
        assert result.message.startswith("client 1")
        assert not [name for name in FILES if name in f"{result.stdout}{result.stderr}{result.message}"]


def test_a_key_tells_its_owner_who_is_who(cli: Cli, saved: list[str], tmp_path: Path) -> None:
    result = cli(*saved, "--resume", "dugong-cvs", "--key", "key.csv", "--format", "csv")
    assert result.exit_code == 4
    key = {
        row["label"]: row for row in csv.DictReader(io.StringIO((tmp_path / "key.csv").read_text("utf-8")))
    }
    names = [key[f"client {number}"]["source"] for number in (1, 2, 3)]
    assert names == sorted(str(path) for path in Path("dugong-cvs").iterdir())
    assert key["unread 1"]["source"].startswith("wombat-ads/")
    shown = {row["source"] for row in csv.DictReader(io.StringIO(result.stdout))}
    assert shown <= set(key)
    said = f"{result.stdout}{result.stderr}"
    assert not [name for name in FILES if name in said]
    plain = [word for word in saved if word != "--anonymise"]
    assert "add --anonymise" in cli(*plain, "--resume", "dugong-cvs", "--key", "key2.csv").message
    assert not (tmp_path / "key2.csv").exists()


def test_without_it_they_are_there(cli: Cli, saved: list[str]) -> None:
    """The search above finds what it looks for."""
    plain = [word for word in saved if word != "--anonymise"]
    calls = [(*plain, "--resume", "dugong-cvs", "--duplicates", *form) for form in forms()]
    said = "".join(f"{result.stdout}{result.stderr}".casefold() for result in (cli(*call) for call in calls))
    for name in (*EMPLOYER, *FILES):
        assert name.casefold() in said, name


def test_the_figures_are_the_same(cli: Cli, saved: list[str]) -> None:
    calls = [*saved, "--resume", "dugong-cvs", "--format", "json", "--duplicates"]
    masked = json.loads(cli(*calls).stdout)
    plain = json.loads(cli(*(word for word in calls if word != "--anonymise")).stdout)
    BatchRecord.model_validate(masked)
    for part in ("demand", "together", "pay", "roles", "steps"):
        assert masked[part] == plain[part]
    for mine, theirs in zip(masked["people"], plain["people"], strict=True):
        assert [
            [row[k] for k in ("rank", "met_strict", "met_lenient", "of", "open")]
            for row in mine["ranking"]["ranked"]
        ] == [
            [row[k] for k in ("rank", "met_strict", "met_lenient", "of", "open")]
            for row in theirs["ranking"]["ranked"]
        ]
        assert mine["unlock"]["curve"] == theirs["unlock"]["curve"]
        assert mine["role_gaps"] == theirs["role_gaps"]
    assert [row["person"] for row in masked["people"]] == ["client 1", "client 2"]
    assert [row["source"] for row in masked["failed"]] == ["client 3", "unread 1", "unread 2"]


def test_a_listing_has_one_label_everywhere(cli: Cli, saved: list[str]) -> None:
    def rows(table: str) -> list[dict[str, str]]:
        text = cli(*saved, "--resume", "dugong-cvs", "--format", "csv", "--table", table, "-q").stdout
        return list(csv.DictReader(io.StringIO(text)))

    listings = {row["source"]: row for row in rows("listings")}
    fits = rows("fit")
    assert {row["source"] for row in fits} <= set(listings)
    assert {row["copy_of"] for row in listings.values()} - {""} <= set(listings)
    for row in fits:
        role = listings[row["source"]]["role"]
        assert row["title"].endswith(row["source"])
        assert role.split("_")[0].casefold() in row["title"].casefold().replace("machine", "ml")


@pytest.mark.parametrize(
    ("sentence", "source", "row", "masked"),
    [
        ("a/mara.pdf: is empty; save it again", "a/mara.pdf", None, "client 1: is empty; save it again"),
        ("jobs.csv, row 7: has no text", "jobs.csv", "7", "client 1: has no text"),
        ("a/mara-lind.pdf: its picture Mara.png is gone", "a/mara-lind.pdf", None, None),
        ("a/11-empty.txt: the file is empty", "a/11-empty.txt", None, "client 1: the file is empty"),
        ("a\\mara.pdf: see mara.pdf", "a\\mara.pdf", None, "client 1: see client 1"),
    ],
)
def test_a_sentence_loses_the_name(sentence: str, source: str, row: str | None, masked: str | None) -> None:
    told = masked_sentence(sentence, source, row, "client 1")
    assert told == (masked or "client 1: can't be used, and why would tell its name; see --key FILE")


def test_the_samples_stay_unnamed(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    resume = ROOT / "samples" / "resumes" / "nurse-to-ai.md"
    calls = ["batch", str(ROOT / "samples" / "pages"), "--db", "db", "--resume", str(resume), "-q"]
    records = [json.loads(line) for line in cli(*calls, "--format", "jsonl").stdout.splitlines()]
    names = {record[key] for record in records for key in ("company", "url", "source")} - {None}
    names |= {Path(record["source"]).stem for record in records} | {resume.stem}
    assert len(names) > 30
    for form in forms():
        said = cli(*calls, "--anonymise", *form).stdout
        assert not [name for name in names if re.search(rf"\b{re.escape(name)}\b", said)], form
