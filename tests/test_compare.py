"""``skillgap compare``, ``resume`` and ``roles --resume`` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

CV = (
    "Jo Ellery\njo.ellery@example.org\n\nExperience\n"
    "Engineer, Acme Harbour Ltd, Leeds — Jan 2020 – Dec 2023\n- Python services with FastAPI and Docker\n"
    "- MySQL tuning\n\nSkills\nKubernetes\n\nNo experience with Terraform yet.\n"
)
AD = (
    "AI Engineer\n\nRequirements\n- 3+ years of experience\n- Python, FastAPI, Docker and PostgreSQL\n"
    "- RAG and LangChain\n- Kubernetes, Terraform\n\nNice to have\n- Kafka\n"
)
OTHER = "Backend Engineer\n\nRequirements\n- Python, Docker, FastAPI, REST APIs and MySQL\n- Git\n"
THIN = "Helper\n\nRequirements\n- You communicate clearly\n- Python\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    named = {"cv": CV, "ad": AD, "other": OTHER, "thin": THIN}
    for name, text in named.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    return {name: str(tmp_path / f"{name}.txt") for name in named}


def test_one_ad_is_told_in_full(cli, files) -> None:
    result = cli("compare", files["cv"], files["ad"], "--as-of", "2026-11-22")
    assert result.exit_code == 0
    for words in (
        "Must have",
        "LEAD WITH THESE",
        "PostgreSQL",
        "you used MySQL",
        "NOT YET, OR STILL LEARNING",
        "DO NEXT",
    ):
        assert words in result.output
    assert all(len(line) <= 80 for line in result.output.splitlines() if files["cv"] not in line)


def test_several_ads_are_ranked_and_thin_ones_stand_apart(cli, files) -> None:
    result = cli("compare", files["cv"], files["ad"], files["other"], files["thin"])
    assert result.output.index("Backend Engineer") < result.output.index("AI Engineer")
    assert result.output.index("NOT RANKED") < result.output.index("Helper: it names only 1 hard must-have")


def test_records_come_in_the_order_of_the_arguments(cli, files) -> None:
    result = cli("compare", files["cv"], files["ad"], files["other"], "--format", "json")
    assert [record["job"]["source"] for record in json.loads(result.output)] == [files["ad"], files["other"]]


@pytest.mark.parametrize(("share", "code"), [("10", 0), ("90", 1)])
def test_a_gate_ends_with_one(cli, files, share: str, code: int) -> None:
    assert cli("compare", files["cv"], files["ad"], "--fail-under", share).exit_code == code


def test_nothing_asked_never_passes_a_gate(cli, files, tmp_path: Path) -> None:
    (tmp_path / "soft.txt").write_text("Helper\n\nRequirements\n- You communicate clearly\n", "utf-8")
    assert cli("compare", files["cv"], str(tmp_path / "soft.txt"), "--fail-under", "0").exit_code == 1


def test_one_bad_ad_stops_no_other(cli, files, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", "utf-8")
    result = cli("compare", files["cv"], files["ad"], str(tmp_path / "empty.txt"))
    assert result.exit_code == 4
    assert "empty.txt" in result.stderr
    assert "AI Engineer" in result.stdout


def test_the_default_resume(cli, files, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLGAP_RESUME", files["cv"])
    assert "LEAD WITH THESE" in cli("compare", files["ad"]).output
    assert "SHOWN IN WORK" in cli("resume").output


@pytest.mark.parametrize("arguments", [(), ("ad",)])
def test_what_is_missing_is_said(
    cli, files, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.delenv("SKILLGAP_RESUME", raising=False)
    result = cli("compare", *(files[name] for name in arguments))
    assert result.exit_code == 2
    assert "compare CV AD" in result.message


OVERRIDE = """\
know: [Terraform]
ignore: [LangChain]
required: [Kafka]
ads:
  other.txt: {status: skip}
  ad.txt: {status: applied}
"""


def test_corrections_count(cli, files, tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(OVERRIDE, "utf-8")
    record = json.loads(
        cli("compare", files["cv"], files["ad"], "--override", str(mine), "--format", "json").output
    )
    status = {match["id"]: match["status"] for match in record["matches"]}
    assert status["terraform"] == "matched"
    assert "langchain" not in status
    assert {m["id"]: m["level"] for m in record["matches"]}["apache_kafka"] == "required"
    ranking = cli("compare", files["cv"], files["ad"], files["other"], "--override", str(mine))
    assert "(applied)" in ranking.stdout
    assert "Backend Engineer" not in ranking.stdout
    assert "left out" in ranking.stderr


def test_a_class_that_the_person_calls_a_must_counts_beside_its_set(cli, files, tmp_path: Path) -> None:
    mine, ad = tmp_path / "mine.yaml", tmp_path / "set.txt"
    mine.write_text("required: [Cloud computing]", "utf-8")
    lines = (
        "- Python\n- Docker\n- SQL\n- Git\n- FastAPI\n\nNice to have\n- Cloud platforms such as AWS or GCP\n"
    )
    ad.write_text(f"AI Engineer\n\nRequirements\n{lines}", "utf-8")

    def asked(*options: str) -> int:
        record = json.loads(cli("compare", files["cv"], str(ad), "--format", "json", *options).output)
        return record["coverage"]["required"]["of"]

    assert (asked(), asked("--override", str(mine))) == (5, 6)


@pytest.mark.parametrize("layout", ["text", "markdown"])
def test_what_only_the_person_says_to_know_can_be_close_and_include(
    cli, files, tmp_path: Path, layout: str
) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("know: [RabbitMQ, LlamaIndex, LoRA]", "utf-8")
    ad = tmp_path / "close.txt"
    ad.write_text(
        "AI Engineer\n\nRequirements\n- Kafka\n- LangChain\n- Fine-tuning\n- Python\n- Docker\n", "utf-8"
    )
    result = cli("compare", files["cv"], str(ad), "--override", str(mine), "--format", layout)
    assert result.exit_code == 0
    assert "you say you know LlamaIndex" in result.output
    assert "since you say you know LoRA" in result.output


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("know: [Zorblatt]", "no skill 'Zorblatt'"),
        ("know: [Change mgmt]", "did you mean Change management?"),
        ("know: [Zorblatt, Pyton]", "no skill 'Pyton' (did you mean Python?)"),
        ("know: [Zorblatt]\nignore: [Pyton]", "ignore: the taxonomy knows no skill 'Pyton'"),
        ("know: [Zorblatt]\nads: {x: {status: maybe}}", "applied or skip"),
        ("know: [AWS]\nignore: [Amazon Web Services]", "under both know and ignore"),
        (
            "ads: {x: {required: [Rust], ignore: [Rust]}}",
            "ads, x: Rust stands under both required and ignore",
        ),
        ("knew: [Python]", "unknown key 'knew'"),
        ("know: Python", "must be a list"),
        ("ads: {x: {status: maybe}}", "applied or skip"),
        ("ads: [x]", "must map"),
        ("- Python", "must be a mapping"),
        ("know: [Python", "no valid YAML"),
    ],
)
def test_faulty_corrections_are_named(cli, files, tmp_path: Path, text: str, cause: str) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(text, "utf-8")
    result = cli("compare", files["cv"], files["ad"], "--override", str(mine))
    assert result.exit_code == 2
    assert "mine.yaml" in result.message
    assert cause in result.message


@pytest.mark.parametrize("layout", ["text", "json", "jsonl", "markdown"])
def test_anonymous_output_names_nobody(cli, files, layout: str) -> None:
    outputs = [
        cli("compare", files["cv"], files["ad"], "--anonymise", "--format", layout).output,
        cli("compare", files["cv"], files["ad"], files["other"], "--anonymise", "--format", layout).output,
    ]
    if layout != "jsonl":
        outputs.append(cli("resume", files["cv"], "--anonymise", "--format", layout).output)
        outputs.append(cli("plan", files["cv"], files["ad"], "--anonymise", "--format", layout).output)
    for output in outputs:
        for private in ("Ellery", "example.org", "Acme", "Leeds", "cv.txt", "ad.txt", "Python services"):
            assert private not in output
    assert "Python" in outputs[0]


def test_the_distance_to_every_role(cli, files) -> None:
    records = json.loads(cli("roles", "--resume", files["cv"], "--format", "json").output)
    assert all(0 <= r["met_strict"] <= r["met_lenient"] <= r["of"] for r in records)
    shares = [r["met_lenient"] / r["of"] for r in records]
    assert shares == sorted(shares, reverse=True)
    page = cli("roles", "ai_engineer", "--resume", files["cv"]).output
    assert "PAY" in page
    assert "SHOWN" in page


@pytest.mark.parametrize("name", ["resume", "gap", "plan", "market", "ranking", "unlock"])
def test_schemas_are_printed(cli, name: str) -> None:
    assert json.loads(cli("schema", name).output)["properties"]["schema"]["const"] == f"skillgap/{name}@1"


def test_a_day_that_is_none(cli, files) -> None:
    result = cli("resume", files["cv"], "--as-of", "yesterday")
    assert result.exit_code == 2
    assert "--as-of yesterday" in result.message


def test_every_verdict_can_be_explained(cli, files) -> None:
    output = cli("compare", files["cv"], files["ad"], "--explain", "postgres").output
    for words in ("PostgreSQL", "Verdict: must have", "Found on line 5", "related", "MySQL"):
        assert words in output
    denied = cli("compare", files["cv"], files["ad"], "--explain", "Terraform").output
    assert "no experience with" in denied


@pytest.mark.parametrize(
    "arguments",
    [
        ("compare", "ad", "cv"),
        ("compare", "cv", "cv"),
        ("analyze", "cv"),
        ("resume", "ad"),
        ("plan", "ad", "cv"),
    ],
)
def test_swapped_files_are_noticed(cli, files, arguments: tuple[str, ...]) -> None:
    result = cli(arguments[0], *(files[name] for name in arguments[1:]))
    assert result.exit_code == 3
    assert "did you swap them" in getattr(result, "message", "") + result.stderr


def test_the_default_resume_leaves_no_doubt_which_file_is_the_ad(
    cli, files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLGAP_RESUME", files["cv"])
    result = cli("compare", files["ad"], files["other"])
    assert result.exit_code == 2
    assert "SKILLGAP_RESUME" in result.message


def test_an_explanation_quotes_and_is_never_anonymous(cli, files) -> None:
    assert cli("compare", files["cv"], files["ad"], "--explain", "Python", "--anonymise").exit_code == 2
    gate = cli("compare", files["cv"], files["ad"], "--anonymise", "--fail-under", "99")
    assert "ad.txt" not in gate.stderr
    assert "ad 1" in gate.stderr


def test_languages_are_shown_beside_the_count(cli, files, tmp_path: Path) -> None:
    ad = tmp_path / "tongues.txt"
    ad.write_text(AD.replace("- RAG", "- Fluent German (C1)\n- RAG"), "utf-8")
    output = " ".join(cli("compare", files["cv"], str(ad)).output.split())
    assert "Languages asked: German: not found" in output
