"""The evaluation counts what it says it counts, and can't be cheated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.analysis.scoring import Tally, intervals, pair, summary, tally
from tests.conftest import ROOT, Cli

TEXT = "AI Engineer\n\nRequirements\n- Strong Python and vector databases\n- PyTorch or TensorFlow\n- You communicate well\n"
GOLD = {
    "id": "one",
    "skills": [
        {"name": "Python", "surfaces": ["Python"], "kind": "language", "level": "required", "group": None},
        {
            "name": "Vector databases",
            "surfaces": ["vector databases"],
            "kind": "concept",
            "level": "required",
            "group": None,
        },
        {"name": "PyTorch", "surfaces": ["PyTorch"], "kind": "framework", "level": "required", "group": "g1"},
        {
            "name": "TensorFlow",
            "surfaces": ["TensorFlow"],
            "kind": "framework",
            "level": "required",
            "group": "g1",
        },
        {
            "name": "Communication",
            "surfaces": ["communicate"],
            "kind": "soft",
            "level": "required",
            "group": None,
        },
    ],
    "optional": ["Strong"],
    "seniority": "unspecified",
    "years_min": None,
}


def skill(words: str, kind: str = "concept", **more: object) -> dict:
    start = TEXT.index(words)
    return {
        "id": words.lower(), "name": words, "kind": kind, "level": "required", "group": None,
        "mentions": [{"start": start, "end": start + len(words), "text": words}], **more,
    }  # fmt: skip


PERFECT = [
    skill("Python", "language"),
    skill("vector databases"),
    skill("PyTorch", "framework", group="a"),
    skill("TensorFlow", "framework", group="a"),
    skill("communicate", "soft"),
]


def score(skills: list[dict], gold: dict = GOLD) -> dict:
    return summary(tally(gold, {"skills": skills, "seniority": None}, TEXT))


def test_a_perfect_reading_scores_one() -> None:
    result = score(PERFECT)
    assert [result[name]["f1"] for name in ("named", "concept", "soft", "all")] == [1, 1, 1, 1]
    assert result["alternatives"]["f1"] == result["level_accuracy"] == 1


def test_misses_count_in_the_labels_band_and_wrong_finds_in_their_own() -> None:
    result = score([*PERFECT[:2], skill("well", "soft")])
    assert result["named"]["recall"] == pytest.approx(1 / 3, abs=1e-4)
    assert result["soft"] == {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}


def test_one_label_takes_one_prediction() -> None:
    again = {**skill("Python", "language"), "id": "another"}
    extra = {**skill("Python", "language"), "id": "third"}
    assert score([*PERFECT, again])["named"]["precision"] == 1  # neutral, within a quarter of the matches
    assert score([*PERFECT, again, extra])["named"]["precision"] == 0.75


def test_alternatives_and_levels() -> None:
    apart = [{**s, "group": None} for s in PERFECT]
    assert score(apart)["alternatives"]["recall"] == 0
    wished = [{**s, "level": "preferred"} for s in PERFECT]
    assert score(wished)["level_accuracy"] == 0
    assert score(wished)["asked_accuracy"] == 1


CHEATS = {
    "every word": [skill(word) for word in dict.fromkeys(TEXT.split()) if word.isalpha()],
    "huge spans": [
        {**skill("AI Engineer"), "id": str(n), "mentions": [{"start": 0, "end": len(TEXT), "text": TEXT}]} for n in range(5)
    ],
    "a line for a skill": [skill("Strong Python and vector databases"), skill("PyTorch or TensorFlow")],
    "parts of words": [{**skill("Python"), "mentions": [{"start": TEXT.index("ython"), "end": TEXT.index("ython") + 5, "text": "ython"}]}],
    "no mention": [{**skill("Python"), "mentions": []}],
    "everything optional": [skill("Strong")] * 5,
}  # fmt: skip


@pytest.mark.parametrize("name", CHEATS)
def test_cheating_does_not_pay(name: str) -> None:
    honest = score(PERFECT)["all"]["f1"]
    assert score(CHEATS[name])["all"]["f1"] < 0.75 * honest


def test_long_and_split_mentions_are_none() -> None:
    spread = {**skill("Python"), "mentions": [{"start": 0, "end": TEXT.index("Python") + 6, "text": ""}]}
    assert pair(GOLD, {"skills": [spread]}, TEXT).wrong == (0,)


def test_intervals_hold_the_figure_and_repeat() -> None:
    tallies = [tally(GOLD, {"skills": PERFECT[:n]}, TEXT) for n in (2, 3, 4, 5, 5, 4)]
    total = Tally()
    for one in tallies:
        total.add(one)
    low, high = intervals(tallies, 200)["all"]
    assert low <= summary(total)["all"]["f1"] <= high
    assert intervals(tallies, 200) == intervals(tallies, 200)


def test_the_command_reads_texts_beside_the_labels(cli: Cli) -> None:
    result = cli(
        "evaluate", str(ROOT / "samples" / "gold" / "labels.jsonl"), "--samples", "20", "--errors", "3"
    )
    assert result.exit_code == 0
    assert "95 % interval" in result.stdout
    assert "most missed" in result.stdout


def test_bad_labels_are_told_with_their_line(cli: Cli, tmp_path: Path) -> None:
    bad = tmp_path / "gold.jsonl"
    bad.write_text('{"id": "a", "skills": []}\nnot json\n')
    assert "gold.jsonl:2" in cli("evaluate", str(bad)).message
    bad.write_text('{"id": "a", "skills": []}\n')
    assert "no text of ad a" in cli("evaluate", str(bad)).message


FLOORS = json.loads((Path(__file__).parent / "data" / "floors.json").read_text())


@pytest.fixture(scope="module")
def figures(cli: Cli) -> dict:
    labels = str(ROOT / "samples" / "gold" / "labels.jsonl")
    return json.loads(cli("evaluate", labels, "--samples", "0", "--format", "json").stdout)


@pytest.mark.parametrize("name", FLOORS)
def test_no_figure_falls_below_its_floor(name: str, figures: dict) -> None:
    """benchmarks/gate.py raises the floors; it never lowers one."""
    value: object = figures
    for key in name.split("."):
        value = value[key]
    assert value >= FLOORS[name]


@pytest.mark.shared
def test_it_prints_what_the_labelled_sets_own_scorer_prints(cli: Cli, tmp_path: Path) -> None:
    import subprocess
    import sys

    shared = ROOT.parent / "shared"
    gold, texts = shared / "gold" / "dev.jsonl", shared / "ads" / "ads.jsonl"
    ids = [json.loads(line)["id"] for line in gold.read_text("utf-8").splitlines()]
    records = tmp_path / "pred.jsonl"
    assert (
        cli(
            "analyze",
            "--format",
            "jsonl",
            "-o",
            str(records),
            *(str(shared / "ads" / "txt" / f"{i}.txt") for i in ids),
        ).exit_code
        == 0
    )
    command = [
        sys.executable,
        str(shared / "gold" / "score.py"),
        str(gold),
        str(records),
        "--texts",
        str(texts),
        "--json",
    ]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = json.loads(
        cli(
            "evaluate",
            str(gold),
            "--texts",
            str(texts),
            "--pred",
            str(records),
            "--samples",
            "0",
            "--format",
            "json",
        ).stdout
    )
    assert {key: ours[key] for key in theirs} == theirs
