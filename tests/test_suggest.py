"""Terms that ads ask for and the taxonomy lacks: who is named first, and that order changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillgap.analysis.suggest import Suggestion, suggest
from skillgap.analyzer import Analyzer
from skillgap.model import JobProfile
from tests.conftest import Cli

ADS = [
    "AI Engineer\n\nRequirements\n- Experience with Python, Zorblatt and Docker\n- Calm handling of visitors\n",
    "ML Engineer\n\nRequirements\n- Hands-on with Zorblatt, Kubernetes, or Terraform\n- Calm handling of visitors\n",
    "Data Engineer\n\nWhat you will do\n- Build pipelines in Python and Zorblatt\n\nRequirements\n- Knowledge of SQL, Airflow\n- Calm handling of visitors\n",
    "LLM Engineer\n\nRequirements\n- Experience with LangChain, PyTorch, Zorblatt\n- You like the garden of our house\n",
    "Engineer\n\nNice to have\n- Experience with Docker, PyTorch and Kubernetes\n- You like the garden of our house\n",
]


@pytest.fixture(scope="module")
def profiles(analyzer: Analyzer) -> list[JobProfile]:
    return [analyzer.job(ad).profile for ad in ADS]


@pytest.fixture(scope="module")
def found(analyzer: Analyzer, profiles: list[JobProfile]) -> tuple[Suggestion, ...]:
    return suggest(profiles, analyzer.taxonomy, min_ads=2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "ads"
    target.mkdir()
    for number, ad in enumerate(ADS):
        (target / f"{number}.txt").write_text(ad, "utf-8")
    return target


def test_an_unknown_tool_comes_first(found: tuple[Suggestion, ...]) -> None:
    assert (found[0].term, found[0].ads) == ("Zorblatt", 4)
    assert "Zorblatt" in found[0].example
    assert len(found) > 1
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)


def test_the_order_of_the_ads_changes_nothing(
    analyzer: Analyzer, profiles: list[JobProfile], found: tuple[Suggestion, ...]
) -> None:
    for other in (profiles[::-1], profiles[2:] + profiles[:2]):
        assert suggest(other, analyzer.taxonomy, min_ads=2) == found


def test_the_same_ad_twice_counts_once(
    analyzer: Analyzer, profiles: list[JobProfile], found: tuple[Suggestion, ...]
) -> None:
    assert suggest(profiles * 2, analyzer.taxonomy, min_ads=2) == found


def test_what_the_taxonomy_knows_is_never_suggested(analyzer: Analyzer, profiles: list[JobProfile]) -> None:
    terms = [s.term for s in suggest(profiles, analyzer.taxonomy, min_ads=1)]
    assert terms
    for term in terms:
        assert analyzer.taxonomy.find(term) is None
        assert not {"python", "docker", "kubernetes", "sql", "pytorch"} & set(term.lower().split())


def test_a_guarded_name_that_did_not_count_is_not_suggested(analyzer: Analyzer) -> None:
    ads = [f"Engineer {n}\n\nRequirements\n- Python\n- You Go ahead alone {n}\n" for n in range(3)]
    terms = [s.term for s in suggest([analyzer.job(ad).profile for ad in ads], analyzer.taxonomy)]
    assert "Go" not in terms


def test_rare_terms_and_the_tail_are_left_out(analyzer: Analyzer, profiles: list[JobProfile]) -> None:
    assert [s.term for s in suggest(profiles, analyzer.taxonomy, min_ads=4)] == ["Zorblatt"]
    assert suggest(profiles, analyzer.taxonomy, min_ads=5) == ()
    assert len(suggest(profiles, analyzer.taxonomy, min_ads=1, top=2)) == 2


def test_a_degree_line_lists_subjects_and_no_skills(analyzer: Analyzer) -> None:
    ads = [f"Engineer {n}\n\nRequirements\n- Python\n- Bachelor's degree in Zorblattics\n" for n in range(3)]
    assert suggest([analyzer.job(ad).profile for ad in ads], analyzer.taxonomy) == ()


def test_a_long_line_that_one_employer_repeats_counts_once(analyzer: Analyzer) -> None:
    line = (
        "You will grow with the Zorblatt family, which has stood for Python and for its people since long ago"
    )
    ads = [f"Engineer {n}\n\nRequirements\n- Python\n- {line}\n" for n in range(3)]
    assert suggest([analyzer.job(ad).profile for ad in ads], analyzer.taxonomy, min_ads=2) == ()


def test_without_ads_or_without_known_skills_there_is_nothing_to_learn_from(analyzer: Analyzer) -> None:
    assert suggest([], analyzer.taxonomy) == ()
    ads = [f"Engineer {n}\n\nRequirements\n- Experience with Zorblatt\n" for n in range(3)]
    found = suggest([analyzer.job(ad).profile for ad in ads], analyzer.taxonomy)
    assert [s.term for s in found] == ["Zorblatt"]


def test_the_page_fits_80_columns(cli: Cli, folder: Path) -> None:
    (folder / "long.txt").write_text(
        "Engineer\n\nRequirements\n- " + "Many calm words and then more of them, " * 4 + "Python, Zorblatt\n",
        "utf-8",
    )
    result = cli("taxonomy", "suggest", str(folder), "--min-ads", "1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["term", "ads", "score", "example"]
    assert lines[1].split()[:2] == ["Zorblatt", "5"]
    assert max(map(len, lines)) <= 80


def test_json_and_options(cli: Cli, folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = cli("taxonomy", "suggest", str(folder), "--top", "1", "--format", "json", "-o", str(target))
    assert result.exit_code == 0
    rows = json.loads(target.read_text("utf-8"))
    assert [(row["term"], row["ads"]) for row in rows] == [("Zorblatt", 4)]
    assert set(rows[0]) == {"term", "ads", "score", "example"}


def test_nothing_frequent_enough_is_said_and_no_failure(cli: Cli, folder: Path) -> None:
    result = cli("taxonomy", "suggest", str(folder), "--min-ads", "50")
    assert result.exit_code == 0
    assert "No unknown term" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80


def test_what_can_not_be_read_is_named_and_skipped(cli: Cli, folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"%PDF-1.7 ...")
    result = cli("taxonomy", "suggest", str(folder), str(folder / "none.txt"), "--top", "1")
    assert result.exit_code == 4
    assert "Zorblatt" in result.stdout
    assert "bad.txt: is a damaged PDF" in result.stderr
    assert "none.txt: there is no such file" in result.stderr


def test_nothing_readable_ends_with_3(cli: Cli, tmp_path: Path) -> None:
    result = cli("taxonomy", "suggest", str(tmp_path), str(tmp_path / "none.txt"))
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "holds no .txt file" in result.stderr
    assert "none.txt" in result.stderr


def test_an_overlay_takes_its_skills_out(cli: Cli, folder: Path, tmp_path: Path) -> None:
    skills = tmp_path / "mine" / "skills"
    skills.mkdir(parents=True)
    (skills / "mine.yaml").write_text(
        "theme: mine\ntitle: Mine\nskills:\n- {id: zorblatt, name: Zorblatt, kind: tool, steps: [production.mlops]}\n",
        "utf-8",
    )
    result = cli("taxonomy", "suggest", str(folder), "--taxonomy", str(tmp_path / "mine"), "--min-ads", "2")
    assert result.exit_code == 0
    assert "\nZorblatt" not in result.stdout
