"""Ten invented resumes and ads of different trades, judged by reading before the program compared them.

``tests/data/pairs/NN-*.yaml`` says for each hard skill of the ad whether the resume shows it. The program agrees
where it finds the skill in the ad and says matched or implied just where the judge said "have".
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from skillgap.analyzer import Analyzer

PAIRS = sorted((Path(__file__).parent / "data" / "pairs").glob("*.yaml"))
TODAY = date(2026, 11, 22)
LEAST_AGREEMENT = 0.90


def places(text: str, name: str) -> list[tuple[int, int]]:
    found, start = [], text.lower().find(name.lower())
    while start >= 0:
        found.append((start, start + len(name)))
        start = text.lower().find(name.lower(), start + 1)
    return found


def status_of(record: dict, ad: str, name: str, analyzer: Analyzer) -> str | None:
    """The status of the match whose mention covers the judged words best."""
    spans = places(ad, name)

    def cover(match: dict) -> float:
        return max(
            (
                min(m["end"], b) - max(m["start"], a) - abs((m["end"] - m["start"]) - (b - a)) / 2
                for m in match["mentions"]
                for a, b in spans
                if m["start"] < b and a < m["end"]
            ),
            default=float("-inf"),
        )

    best = max(record["matches"], key=cover)
    if cover(best) > float("-inf"):
        return best["status"]
    skill = analyzer.taxonomy.find(name)
    return next((m["status"] for m in record["matches"] if skill and m["id"] == skill.id), None)


def compared(path: Path, analyzer: Analyzer) -> tuple[dict, dict, str]:
    judged = yaml.safe_load(path.read_text("utf-8"))
    cv, ad = (
        Path(str(path).replace(".yaml", f".{kind}.txt")).read_text("utf-8") for kind in ("resume", "ad")
    )
    return judged, analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).to_dict(), ad


def test_there_are_ten_trades() -> None:
    assert len(PAIRS) == 10
    assert len({yaml.safe_load(path.read_text("utf-8"))["trade"] for path in PAIRS}) == 10


def test_have_or_not_agrees_with_the_judge(analyzer: Analyzer) -> None:
    agreed = asked = 0
    wrong = []
    for path in PAIRS:
        judged, record, ad = compared(path, analyzer)
        for skill in judged["hard_skills"]:
            status = status_of(record, ad, skill["skill"], analyzer)
            right = status is not None and (status in ("matched", "implied")) == skill["have"]
            asked, agreed = asked + 1, agreed + right
            if not right:
                wrong.append((path.stem, skill["skill"], status, skill["have"]))
    assert agreed / asked >= LEAST_AGREEMENT, wrong


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_years_and_degree_agree_with_the_judge(analyzer: Analyzer, path: Path) -> None:
    judged, record, _ = compared(path, analyzer)
    shown, asked = record["facts"]["years"]["shown"], record["facts"]["years"]["asked"]
    assert asked == judged["years_asked"]
    if shown is not None:  # a resume without dates shows none
        assert abs(shown - judged["years_shown"]) <= 1
    assert record["facts"]["degree"]["asked"] == judged["degree_asked"]
    assert record["facts"]["degree"]["shown"] == judged["degree_shown"]


@pytest.mark.parametrize("path", PAIRS, ids=lambda path: path.stem)
def test_what_the_resume_denies_is_never_counted(analyzer: Analyzer, path: Path) -> None:
    judged, record, ad = compared(path, analyzer)
    for skill in judged["hard_skills"]:
        if "denied" in str(skill.get("why", "")) and not skill["have"]:
            assert status_of(record, ad, skill["skill"], analyzer) != "matched", skill["skill"]
