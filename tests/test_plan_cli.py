"""``skillgap plan`` and ``skillgap plan done`` as a person calls them."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from skillgap import progress
from skillgap.errors import UnreadableError
from skillgap.rendering.plan_schema import PlanRecord
from tests.conftest import ROOT, Cli
from tests.test_plan import gap

AD = ROOT / "samples" / "ads" / "northwind-health.txt"
CV = """Mara Lindqvist
Software developer

Experience
Developer, Tarn & Field Software, 2019 - 2024
- Built REST APIs in Python with FastAPI and Docker
- Wrote SQL reports

Skills
Python, Git, Docker, SQL
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SKILLGAP_PROGRESS", raising=False)
    monkeypatch.delenv("SKILLGAP_RESUME", raising=False)
    return tmp_path


@pytest.fixture
def saved(tmp_path: Path) -> str:
    record = gap(
        [
            ("retrieval_augmented_generation", "missing"),
            ("git", "missing", "preferred"),
            ("python", "matched"),
            ("sql", "missing"),
        ]
    )
    (tmp_path / "gap.json").write_text(json.dumps(record), "utf-8")
    return "gap.json"


@pytest.fixture
def cv(tmp_path: Path) -> str:
    (tmp_path / "cv.txt").write_text(CV, "utf-8")
    return "cv.txt"


def planned(cli: Cli, *args: str) -> dict:
    result = cli("plan", *args, "--format", "json", "--start", "2026-11-23")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_resume_and_an_ad_give_the_same_plan_as_their_saved_comparison(cli: Cli, cv: str) -> None:
    live = planned(cli, cv, str(AD))
    PlanRecord.model_validate(live)
    assert live["steps"]
    assert cli("compare", cv, str(AD), "--format", "json", "-o", "gap.json").exit_code == 0
    assert planned(cli, "gap.json") == live


def test_a_saved_comparison_comes_on_standard_input_or_a_line_each(cli: Cli, saved: str) -> None:
    text = Path(saved).read_text("utf-8")
    piped = cli("plan", "-", "--format", "json", "--start", "2026-11-23", stdin=text)
    assert json.loads(piped.stdout) == planned(cli, saved)
    Path("two.jsonl").write_text(text + "\n" + text + "\n", "utf-8")
    assert len(planned(cli, "two.jsonl")["jobs"]) == 2


def test_the_page_fits_80_columns_and_says_what_matters(cli: Cli, saved: str) -> None:
    for extra in ((), ("--all",), ("--weeks", "7")):
        text = cli("plan", saved, "--start", "2026-11-23", *extra).stdout
        assert max(map(len, text.splitlines())) <= 80
        for words in ("Must-haves: 1 of 3 met today", "MUST HAVE", "BUILD TO SHOW IT", "skillgap plan done "):
            assert words in text
    assert "DOES NOT FIT INTO 7 WEEKS" in text


def test_markdown_escapes_the_titles(cli: Cli, saved: str) -> None:
    record = json.loads(Path(saved).read_text("utf-8"))
    record["job"]["title"] = "Engineer <b>|*\x1b[31m"
    Path(saved).write_text(json.dumps(record), "utf-8")
    text = cli("plan", saved, "--format", "markdown").stdout
    assert "Engineer \\<b\\>\\|\\*\\[31m" in text
    assert "(`llm.rag`)" in text


def test_the_calendar_can_be_parsed_and_does_not_change(cli: Cli, saved: str) -> None:
    from icalendar import Calendar

    text = (
        cli("plan", saved, "--format", "ical", "--start", "2026-11-23", "-o", "plan.ics")
        and Path("plan.ics").read_bytes()
    )
    steps = planned(cli, saved)["steps"]
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["uid"]) for event in events] == [f"{step['id']}@skillgap" for step in steps]
    for event, step in zip(events, steps, strict=True):
        assert event.decoded("dtstart") == date.fromisoformat(step["from"])
        assert event.decoded("dtend") == date.fromisoformat(step["to"]) + timedelta(1)
        assert event.decoded("dtstamp").date() == date(2026, 11, 23)
        assert step["because"] in str(event["description"])
    assert b"\r\n" in text
    assert not text.replace(b"\r\n", b"").count(b"\n")
    assert max(map(len, text.split(b"\r\n"))) <= 75
    cli("plan", saved, "--format", "ical", "--start", "2026-11-23", "-o", "again.ics")
    assert Path("again.ics").read_bytes() == text


def test_a_done_step_is_kept_and_counted(cli: Cli, saved: str) -> None:
    assert not Path(progress.DEFAULT_NAME).exists()
    before = planned(cli, saved)
    assert not Path(progress.DEFAULT_NAME).exists()
    step = before["steps"][0]["id"]
    assert cli("plan", "done", step).exit_code == 0
    after = planned(cli, saved)
    assert after["totals"]["steps_done"] == 1
    assert step not in [entry["id"] for entry in after["steps"]]
    assert cli("plan", "done", step, "--undo").exit_code == 0
    assert planned(cli, saved) == before


def test_the_progress_file_is_the_users_choice(cli: Cli, saved: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        cli(
            "plan", "done", "foundations.sql", "Git and working on shared code", "--progress", "mine.yaml"
        ).exit_code
        == 0
    )
    assert planned(cli, saved, "--progress", "mine.yaml")["totals"]["steps_done"] == 2
    assert planned(cli, saved)["totals"]["steps_done"] == 0
    monkeypatch.setenv("SKILLGAP_PROGRESS", "mine.yaml")
    assert planned(cli, saved)["totals"]["steps_done"] == 2


def test_what_a_person_wrote_into_the_progress_file_stays() -> None:
    path = Path("p.yaml")
    progress.mark_done(path, "llm.rag", date(2026, 11, 22))
    path.write_text("# mine\n" + path.read_text("utf-8").replace("22", "22  # at last"), "utf-8")
    assert progress.mark_done(path, "foundations.sql", date(2026, 12, 1))
    assert not progress.mark_done(path, "foundations.sql", date(2026, 12, 9))
    assert "# mine" in path.read_text("utf-8")
    assert "at last" in path.read_text("utf-8")
    assert progress.read_progress(path) == {
        "llm.rag": date(2026, 11, 22),
        "foundations.sql": date(2026, 12, 1),
    }
    progress.undo(path, "llm.rag")
    assert progress.read_progress(path) == {"foundations.sql": date(2026, 12, 1)}
    path.write_text("{schema: skillgap/progress@1, done: {llm.rag: 2026-11-22}}", "utf-8")
    progress.mark_done(path, "foundations.sql", date(2026, 12, 1))
    assert list(progress.read_progress(path)) == ["llm.rag", "foundations.sql"]
    assert [p.name for p in Path().iterdir()] == ["p.yaml"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("shopping: milk", "does not say 'schema"),
        ("schema: skillgap/progress@1\ndone: [llm.rag]", "must hold lines"),
        ("schema: skillgap/progress@1\ndone: {llm.rag: soon}", "'soon' of llm.rag is no day"),
        ("schema: skillgap/progress@1\nextra: 1", "unknown key extra"),
        ("done: [", "is no YAML"),
        ("\xff", "not UTF-8"),
    ],
)
def test_a_file_that_is_something_else_is_never_written_over(content: str, words: str) -> None:
    path = Path("p.yaml")
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(UnreadableError, match="is not a progress file") as caught:
        progress.mark_done(path, "llm.rag", date(2026, 11, 22))
    assert words in str(caught.value)
    assert path.read_bytes() == content.encode("latin-1")


@pytest.mark.parametrize(
    ("args", "ending"),
    [
        (["gap.json", "--start", "2026-02-30"], (2, "is no day of the calendar")),
        (["gap.json", "--hours-per-week", "0"], (2, "give from 0.1 to 168 hours")),
        (["gap.json", "--hours-per-week", "169"], (2, "give from 0.1 to 168 hours")),
        (["gap.json", "--hours-per-week", "nan"], (2, "give from 0.1 to 168 hours")),
        (["gap.json", "--hours-per-week", "1e999999999"], (2, "give from 0.1 to 168 hours")),
        (["gap.json", "--hours-per-week", "some"], (2, "is no number")),
        (["gap.json", "--weeks", "0"], (2, "--weeks")),
        (["gap.json", "--start", "9999-12-01"], (2, "year 9999")),
        (["gap.json", "--progress", "none.yaml"], (3, "skillgap plan done STEP --progress none.yaml")),
        (["gap.json", "-o", "gap.json"], (2, "would be overwritten")),
        (["none.json"], (3, "none.json: there is no such file")),
        (["cv.txt"], (2, "name a resume and an ad")),
        ([], (2, "name a resume and an ad")),
        (["-", "-"], (2, "can be read once")),
        (["none.txt", "none2.txt"], (3, "none.txt: there is no such file")),
        (["gap.json", "cv.txt"], (3, "cv.txt: is no saved comparison")),
        (["done", "pyton"], (3, "did you mean foundations.python")),
        (["done", "llm.rag", "qqqqqqqq"], (3, "no roadmap step 'qqqqqqqq'")),
        (["done", "--undo", "llm.rag"], (3, "it holds none")),
        (["done"], (2, "name the step that is done: skillgap plan done llm.rag")),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(
    cli: Cli, saved: str, cv: str, args: list[str], ending: tuple[int, str]
) -> None:
    code, words = ending
    result = cli("plan", *args)
    assert result.exit_code == code
    assert words in getattr(result, "message", "") + result.stderr
    assert result.stdout == ""
    assert not Path(progress.DEFAULT_NAME).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text[: len(text) // 2], "damaged saved comparison"),
        (lambda text: text.replace('"missing"', '"lost"', 1), "matches.0.status"),
        (
            lambda text: text.replace('"members"', '"numbers"').replace('"matches"', '"m"'),
            "matches: field required",
        ),
        (lambda text: text.replace("skillgap/gap@1", "skillgap/job@1"), "is a skillgap/job@1 record"),
        (lambda text: f"[{text}, {text.replace('cv.txt', 'other.txt')}]", "of 2 resumes (cv.txt, other.txt)"),
    ],
)
def test_a_damaged_comparison_is_told(cli: Cli, saved: str, change, words: str) -> None:
    Path(saved).write_text(change(Path(saved).read_text("utf-8")), "utf-8")
    result = cli("plan", saved)
    assert result.exit_code in (2, 3)
    assert words in result.message


def test_one_bad_ad_of_two_ends_with_4(cli: Cli, cv: str) -> None:
    result = cli("plan", cv, str(AD), "none.txt")
    assert result.exit_code == 4
    assert "none.txt" in result.stderr
    assert "Plan for" in result.stdout
    assert cli("plan", cv, "none.txt").exit_code == 3


def test_help_shows_both_ways_to_call_it(cli: Cli) -> None:
    text = cli("plan", "--help").stdout
    assert "plan [OPTIONS] CV AD..." in text
    assert "plan done [--undo] STEP..." in text
    assert "Note roadmap steps as done" in cli("plan", "done", "--help").stdout


def test_the_same_call_gives_the_same_bytes_with_another_hash_seed(saved: str) -> None:
    command = [
        sys.executable,
        "-m",
        "skillgap",
        "plan",
        saved,
        "--start",
        "2026-11-23",
        "--weeks",
        "20",
        "--format",
        "json",
    ]
    outputs = {
        subprocess.run(command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in "12"
    }
    assert len(outputs) == 1
