"""What the commands print, where, and how they end."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from skillgap.rendering.schemas import JobRecord
from skillgap.rendering.terminal import encodable
from tests.conftest import ROOT, Cli

AD = ROOT / "samples" / "ads" / "northwind-health.txt"


def test_bare_command_prints_four_examples(cli: Cli) -> None:
    result = cli()
    assert result.exit_code == 0
    assert result.stdout.count("\n  skillgap ") == 4


def test_every_command_has_help(cli: Cli) -> None:
    for command in ("analyze", "demo", "roadmap", "roles", "schema", "taxonomy"):
        assert command in cli("--help").stdout
        assert cli(command, "--help").exit_code == 0


def test_the_report_fits_80_columns_and_says_what_matters(cli: Cli) -> None:
    result = cli("analyze", str(AD))
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert len(lines) <= 60
    for title in (
        "CHECK BEFORE YOU SPEND TIME",
        "MUST HAVE",
        "GOOD TO HAVE",
        "IN THE WORK ONLY",
        "WHERE TO START",
    ):
        assert title in result.stdout
    assert "\x1b[" not in result.stdout
    assert "Permit" in result.stdout
    assert "ANY ONE OF" in result.stdout


def test_all_shows_the_ads_own_words(cli: Cli) -> None:
    text = cli("analyze", "--all", str(AD)).stdout
    assert "more with --all" not in text
    assert "“language models”" in text


def test_json_is_one_object_for_one_and_an_array_for_several(cli: Cli) -> None:
    one = json.loads(cli("analyze", "--format", "json", str(AD)).stdout)
    assert one["schema"] == "skillgap/job@1"
    JobRecord.model_validate(one)
    both = json.loads(cli("analyze", "--format", "json", str(AD), str(AD)).stdout)
    assert [record["source"] for record in both] == [str(AD), str(AD)]


def test_jsonl_keeps_the_order_of_the_arguments(cli: Cli) -> None:
    ads = sorted((ROOT / "samples" / "ads").glob("*.txt"), reverse=True)
    lines = cli("analyze", "--format", "jsonl", *map(str, ads)).stdout.splitlines()
    assert [json.loads(line)["source"] for line in lines] == [str(ad) for ad in ads]


def test_stdin(cli: Cli) -> None:
    record = json.loads(cli("analyze", "-", "--format", "json", stdin="We need Python and Docker.").stdout)
    assert record["source"] == "<stdin>"
    assert {skill["id"] for skill in record["skills"]} == {"python", "docker"}


def test_markdown_escapes_what_an_ad_may_hold(cli: Cli) -> None:
    text = cli(
        "analyze", "--format", "markdown", "-", stdin="# Engineer <b>\n\nRequirements\n- C# | [no] *Python*\n"
    ).stdout
    assert "<b>" not in text.replace("\\<b\\>", "")
    assert "| C\\# |" in text


def test_rich_markup_in_an_ad_is_text(cli: Cli) -> None:
    assert (
        "[no]"
        in cli("analyze", "-", stdin="Engineer [no] [red]\n\nRequirements\n- Python, [bold]Docker\n").stdout
    )


def test_explain_names_alias_heading_and_verdict(cli: Cli) -> None:
    text = cli("analyze", str(AD), "--explain", "LLMs").stdout
    assert "Verdict: must have" in text
    assert "alias: " in text
    assert "heading: Requirements" in text


def test_explain_says_why_a_name_did_not_count(cli: Cli) -> None:
    text = cli(
        "analyze", "-", "--explain", "Go", stdin="Engineer\n\nRequirements\n- Python\n\nGo ahead and apply!\n"
    ).stdout
    assert "Verdict: not asked for" in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04....", "DOCX"),
        (b"\x89PNG\r\n", "picture"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"<!DOCTYPE html><html><body><script>x()</script></body></html>", "page"),
        (b"The cat sat on the mat.", "does not look like a job ad"),
    ],
)
def test_what_can_not_be_used_ends_with_3_and_a_sentence(
    cli: Cli, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "ad.txt"
    path.write_bytes(content)
    result = cli("analyze", str(path))
    assert result.exit_code == 3
    assert result.stdout == ""
    assert words in result.stderr
    assert "ad.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_and_a_folder(cli: Cli, tmp_path: Path) -> None:
    assert "there is no such file" in cli("analyze", str(tmp_path / "none.txt")).stderr
    assert "is a folder" in cli("analyze", str(tmp_path)).stderr


def test_one_bad_input_of_several_ends_with_4(cli: Cli, tmp_path: Path) -> None:
    result = cli("analyze", str(AD), str(tmp_path / "none.txt"), "--format", "jsonl")
    assert result.exit_code == 4
    assert len(result.stdout.splitlines()) == 1
    assert "none.txt" in result.stderr


def test_output_is_written_whole_or_not_at_all(cli: Cli, tmp_path: Path) -> None:
    target = tmp_path / "report.txt"
    assert cli("analyze", str(AD), "-o", str(target)).exit_code == 0
    assert "MUST HAVE" in target.read_text("utf-8")
    other = tmp_path / "kept.txt"
    other.write_text("before")
    assert cli("analyze", str(tmp_path / "none.txt"), "-o", str(other)).exit_code == 3
    assert other.read_text() == "before"
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["kept.txt", "report.txt"]
    assert cli("analyze", str(AD), "-o", str(tmp_path / "no" / "folder.txt")).exit_code == 2


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encodings(cli: Cli, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "ad.txt"
    path.write_bytes("Ingénieur – Requirements:\r\n• Python\r\n• Docker\r\n".encode(encoding))
    record = json.loads(cli("analyze", str(path), "--format", "json", "--with-text").stdout)
    assert record["text"] == "Ingénieur – Requirements:\n• Python\n• Docker\n"


def test_unknown_command_points_to_the_right_one(cli: Cli) -> None:
    assert "Did you mean 'analyze'" in cli("analyse").stderr
    assert "skillgap analyze ad.txt" in cli("ad.txt").stderr


def test_an_overlay_adds_and_overrides(cli: Cli, tmp_path: Path) -> None:
    skills = tmp_path / "mine" / "skills"
    skills.mkdir(parents=True)
    (skills / "mine.yaml").write_text(
        "theme: mine\ntitle: Mine\nskills:\n"
        "- {id: zorblatt, name: Zorblatt, kind: tool, steps: [foundations.cli]}\n"
        "- {id: python, aliases: [Pythonesque]}\n"
    )
    arguments = ["analyze", "-", "--format", "json", "--taxonomy", str(tmp_path / "mine")]
    record = json.loads(cli(*arguments, stdin="Requirements:\n- Zorblatt and Pythonesque\n- Python").stdout)
    assert {skill["id"] for skill in record["skills"]} == {"zorblatt", "python"}


def test_a_faulty_overlay_is_told_with_file_and_line(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "bad.yaml").write_text(
        "theme: bad\ntitle: Bad\nskills:\n- id: one\n  name: One\n  kind: gadget\n  steps: [no.step]\n  colour: red\n"
    )
    result = cli("analyze", str(AD), "--taxonomy", str(tmp_path))
    assert result.exit_code == 2
    assert "bad.yaml:6" in result.message
    assert "bad.yaml:8" in result.message


def test_demo(cli: Cli) -> None:
    result = cli("demo")
    assert result.exit_code == 0
    assert "Prompt Engineer & AI Lead" in result.stdout
    assert 'skillgap demo --explain "' in result.stdout
    assert "Verdict: must have" in cli("demo", "--explain", "HIPAA").stdout


def run(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "skillgap", *args], capture_output=True, check=False, env={**os.environ, **env}
    )


def test_a_console_that_is_not_utf8() -> None:
    result = run("analyze", str(AD), PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert result.returncode == 0
    assert b"MUST HAVE" in result.stdout
    result.stdout.decode("ascii")


def test_signs_become_plain_where_they_have_to() -> None:
    assert encodable("a · b – “c” …", "ascii") == 'a - b - "c" ...'
    assert encodable("a · b", "utf-8") == "a · b"


def test_errors_are_one_sentence_without_traceback() -> None:
    result = run("analyze", "none.txt")
    assert result.returncode == 3
    assert result.stderr.decode().startswith("skillgap: none.txt: there is no such file")


def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    ads = [str(AD)] * 40
    command = [sys.executable, "-m", "skillgap", "analyze", "--format", "jsonl", *ads]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == 0
    assert b"Traceback" not in errors


def test_same_input_same_bytes() -> None:
    assert (
        run("analyze", str(AD), "--format", "json").stdout
        == run("analyze", str(AD), "--format", "json", PYTHONHASHSEED="7").stdout
    )


@pytest.mark.parametrize(("command", "what"), [("resume", "resume"), ("analyze", "ad")])
def test_what_is_to_be_pasted_is_named(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, what: str
) -> None:
    from skillgap.cli.common import inputs

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal(io.BytesIO(b"Python developer")))
    next(iter(inputs([], clipboard=False, what=what)))()
    assert f"Paste the {what}, then" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "pyperclip", None)
    monkeypatch.delenv("SKILLGAP_RESUME", raising=False)
    assert f"paste the {what} after a bare: skillgap {command}" in cli(command, "--clipboard").message


def test_the_hint_can_be_run(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = AD.read_text("utf-8")
    assert "skillgap analyze - --explain" in cli("analyze", "-", stdin=text).stdout
    Path("my ad.txt").write_text(text, "utf-8")
    assert "skillgap analyze 'my ad.txt' --explain" in cli("analyze", "my ad.txt").stdout
    long = f"{'a' * 60}.txt"
    Path(long).write_text(text, "utf-8")
    lines = cli("analyze", long).stdout.splitlines()
    assert lines[-1].startswith("Why so:      skillgap analyze AD --explain ")


def test_a_store_that_is_not_there_is_not_made(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    for call in (
        ["--db", "typo.sqlite"],
        ["--db", "typo.sqlite", "--skip", "x"],
        ["empty", "--db", "typo.sqlite"],
    ):
        assert cli("batch", *call).exit_code == 3
        assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert "typo.sqlite: there is no such store" in cli("batch", "--db", "typo.sqlite").message


SETS = """Clinical AI specialist

Requirements
- Experience with Epic or Cerner
- Python, SQL and prompt engineering
- Fluent Dutch and strong presentation skills

Nice to have
- HL7 or FHIR, Docker
- Fluent German
- Collaboration
"""


def test_sets_and_what_is_not_scored_are_told_apart(cli: Cli) -> None:
    brief = cli("analyze", "-", stdin=SETS).stdout.splitlines()
    labels = [line[2:13].strip() for line in brief]
    one_of = next(n for n, line in enumerate(brief) if "ANY ONE OF" in line)
    languages, people = labels.index("Languages"), labels.index("People")
    assert one_of < languages < people
    assert all("never scored" in brief[n] for n in (languages, people))
    assert "  Languages (never scored): German" in brief
    assert "  People (never scored): Collaboration" in brief


@pytest.mark.parametrize("layout", [["--all"], ["--format", "markdown"]])
def test_everything_of_a_level_adds_up_to_its_count(cli: Cli, layout: list[str]) -> None:
    lines = [line.strip() for line in cli("analyze", "-", *layout, stdin=SETS).stdout.splitlines()]
    begin = next(n for n, line in enumerate(lines) if line.upper().lstrip("# ").startswith("MUST HAVE"))
    end = next(n for n, line in enumerate(lines) if line.upper().lstrip("# ").startswith("GOOD TO HAVE"))
    count = int(re.search(r"\d+", lines[begin])[0])
    rows, part = {"": 0}, ""
    for line in lines[begin + 1 : end]:
        if "counted once" in line or "never scored" in line:
            part = line.rstrip(":")
            rows[part] = 0
        elif re.search(r"\d( \|)?$", line):
            rows[part] += 1
    sets = [part for part in rows if "counted once" in part]
    assert rows[""] + len(sets) == count
    assert rows["Any one of these, counted once"] == 2
    assert rows["Languages, shown, never scored"] == rows["People, shown, never scored"] == 1


def test_a_count_is_of_what_is_printed_under_it(cli: Cli) -> None:
    """An ad whose levels can't be read: as many names as the heading says, languages beside them."""
    ad = "KI-Entwickler (m/w/d)\n\nDein Profil\n- Sehr gute Kenntnisse in Python, FastAPI und Docker\n"
    ad += "- Erfahrung mit Kubernetes, LangChain und Terraform\n- Betrieb von Airflow, Kafka und Spark\n"
    lines = cli("analyze", "-", stdin=f"{ad}- Deutsch C1, Englisch B2\n").stdout.splitlines()
    begin = next(n for n, line in enumerate(lines) if line.startswith("NAMED IN THE AD"))
    names = " ".join(lines[begin + 1 : lines.index("", begin)]).partition(" Languages (never")
    assert names[1]
    assert len(names[0].split(",")) == int(lines[begin].split()[-1]) == 9
    assert "more with --all" not in names[0]


@pytest.mark.parametrize("call", [["check"], ["list"], ["list", "--kind", "certification"]])
def test_the_taxonomy_fits_80_columns(cli: Cli, call: list[str]) -> None:
    text = cli("taxonomy", *call).stdout
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text  # wrapped, not cut
