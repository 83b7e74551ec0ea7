"""No file brings skillgap down: no traceback, no hang, no flood of memory; one sentence says what to do."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from skillgap.errors import UnreadableError
from skillgap.reading import read, sandbox
from tests.hostile import Case, cases, odd_places

SECONDS = 20.0
MEMORY = 1_500_000_000  # bytes
CASES = cases()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files made to take for ever are given up sooner than they would be by a user."""
    monkeypatch.setattr(sandbox, "SECONDS", 8.0)


def spent() -> float:
    """Seconds this process and its children have worked: a busy machine makes nothing slower."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_ends_in_a_report_or_one_sentence(cli, tmp_path: Path, case: Case) -> None:
    path = tmp_path / case.name
    path.write_bytes(case.data)
    begun = spent()
    result = cli("analyze", str(path), "--format", "json")
    assert spent() - begun < SECONDS
    check(result, str(path), case.outcome, case.words)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.outcome != "reads"], ids=lambda case: case.name
)
def test_reading_alone_raises_nothing_else(case: Case) -> None:
    begun = spent()
    try:
        document = read(case.data, case.name)
    except UnreadableError as error:
        assert case.words in str(error)
        sentence(str(error), case.name)
    else:
        assert document.text.strip()
        assert case.outcome == "either" or not case.words
    assert spent() - begun < SECONDS


def test_odd_names_and_things_that_are_no_files(cli, tmp_path: Path) -> None:
    for what, (path, words) in odd_places(tmp_path).items():
        result = cli("analyze", "--format", "json", "--", path)
        check(result, path, "refused" if words else "reads", words, label=what)


def test_the_children_stay_small() -> None:
    resource = pytest.importorskip("resource")
    if sys.platform != "linux":
        pytest.skip("ru_maxrss counts in kilobytes on Linux only")
    for case in CASES:
        if "bomb" in case.name and "time" not in case.name:
            with pytest.raises(UnreadableError):
                read(case.data, case.name)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024 < MEMORY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 < MEMORY


def check(result, path: str, outcome: str, words: str, label: str = "") -> None:
    assert result.exception is None or isinstance(result.exception, SystemExit), label
    assert "Traceback" not in result.output
    assert result.exit_code in (0, 3), (label, result.output)
    if outcome != "either":
        assert (result.exit_code == 0) == (outcome == "reads"), (label, result.stderr)
    if result.exit_code == 3:
        lines = result.stderr.strip().split("\n")
        assert len(lines) == 1, (label, lines)
        assert words in lines[0], (label, lines)
        sentence(lines[0].removeprefix("skillgap: "), path)


def sentence(text: str, source: str) -> None:
    """Names the file on one line, says the cause, and behind a semicolon or colon what to do."""
    assert text.isprintable()
    name = "".join(char if char.isprintable() else repr(char)[1:-1] for char in source) or '""'
    assert text.startswith(f"{name}: "), text
    assert "; " in text.removeprefix(name), text
