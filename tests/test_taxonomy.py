"""The taxonomy is whole, what the documents say can be found again, and faults are told."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from skillgap.inflection import Folder
from skillgap.taxonomy import Taxonomy
from skillgap.taxonomy.checking import check_folders
from skillgap.taxonomy.loading import taxonomy_folder
from skillgap.taxonomy.patterns import PatternError, display, name_variants, parse
from tests.conftest import ROOT, Cli

CHECKLIST = yaml.safe_load((ROOT / "tests" / "data" / "checklist.yaml").read_text("utf-8"))
DOCUMENTS = [name for name in CHECKLIST if name.endswith(".txt")]


def checklist_skills() -> list:
    return list(_checklist_skills())


def _checklist_skills():
    for document in DOCUMENTS:
        for section, names in CHECKLIST[document]["skills"].items():
            listed = [n for group in names.values() for n in group] if isinstance(names, dict) else names
            for name in listed:
                yield pytest.param(document, section, str(name), id=f"{document[:3]}-{section}-{name}")


@pytest.mark.parametrize(("document", "section", "name"), checklist_skills())
def test_every_skill_of_the_documents_is_reachable(
    document: str, section: str, name: str, taxonomy: Taxonomy
) -> None:
    skills = taxonomy.find_all(name)
    assert skills, f"{name!r} is neither a skill nor an alias"
    named = [source.to_dict() for skill in skills for source in skill.sources]
    assert {"document": document, "section": section} in named, (
        f"{skills[0].id} does not name {document} {section}"
    )


def numbers(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text.replace(",", "").replace("_", "")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_fact_of_the_documents_is_kept(document: str, taxonomy: Taxonomy) -> None:
    entry = taxonomy.documents[document[:3]]
    kept = numbers(
        json.dumps(entry["facts"])
        + json.dumps([r["pay"] + r["growth"] + r["notes"] for r in taxonomy.roles.values()])
    )
    for key in ("facts", "salaries", "stages", "role_facts_usd", "career_path"):
        wanted = numbers(json.dumps(CHECKLIST[document].get(key, {})))
        assert wanted <= kept, f"{key}: {sorted(wanted - kept)} can't be found again"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_roadmap_projects_and_industries_cite_every_document_that_has_them(
    document: str, taxonomy: Taxonomy
) -> None:
    parts = {
        "roadmap": [s.document for step in taxonomy.steps.values() for s in step.sources],
        "projects": [
            taxonomy.source(ref).document for p in taxonomy.projects.values() for ref in p["sources"]
        ],
        "industries": [
            taxonomy.source(ref).document for p in taxonomy.industries.values() for ref in p["sources"]
        ],
    }
    for key, documents in parts.items():
        if key in CHECKLIST[document]:
            assert document in documents, key


@pytest.mark.parametrize("name", ["AWS Certified Machine Learning – Specialty", "Microsoft Azure AI Engineer Associate",
    "Google Professional Machine Learning Engineer", "IBM Applied AI Professional Certificate",
    "Google Advanced Data Analytics Professional Certificate", "TensorFlow certification", "PyTorch certification", "cloud AI certification"])  # fmt: skip
def test_certifications_of_the_documents_have_a_status(name: str, taxonomy: Taxonomy) -> None:
    skill = taxonomy.find(name)
    assert skill is not None
    assert skill.certification is not None or skill.kind == "concept"
    assert skill.sources


def test_it_is_as_broad_as_promised_and_without_fault(cli: Cli) -> None:
    counts = json.loads(cli("taxonomy", "check", "--format", "json").stdout)
    assert counts["skills"] >= 1_500
    assert counts["written_forms"] >= 7_000


def test_every_skill_has_a_step_that_exists(taxonomy: Taxonomy) -> None:
    assert all(skill.steps and set(skill.steps) <= set(taxonomy.steps) for skill in taxonomy.skills.values())


def test_steps_come_after_their_prerequisites(taxonomy: Taxonomy) -> None:
    order = taxonomy.step_order
    assert all(order[before] < order[step.id] for step in taxonomy.steps.values() for before in step.after)


@pytest.mark.parametrize(
    "name",
    [
        "K8s",
        "kubernetes",
        "retrieval augmented generation",
        "RAG",
        "scikit learn",
        "sklearn",
        "Golang",
        "Postgres",
    ],
)
def test_show_finds_any_alias(name: str, cli: Cli) -> None:
    record = json.loads(cli("taxonomy", "show", name, "--format", "json").stdout)
    assert set(record) >= {
        "id",
        "name",
        "kind",
        "aliases",
        "implies",
        "broader",
        "related",
        "steps",
        "sources",
    }


def test_show_of_an_unknown_name_ends_with_3(cli: Cli) -> None:
    result = cli("taxonomy", "show", "Zorblatt")
    assert result.exit_code == 3
    assert "not in the taxonomy" in result.message


def test_list_filters(cli: Cli) -> None:
    records = json.loads(
        cli("taxonomy", "list", "--kind", "database", "--search", "vector", "--format", "json").stdout
    )
    assert "pgvector" in {record["id"] for record in records}
    assert {record["kind"] for record in records} == {"database"}


def test_roadmap_and_roles_can_be_browsed(cli: Cli, taxonomy: Taxonomy) -> None:
    assert "llm.rag" in cli("roadmap").stdout
    step = json.loads(cli("roadmap", "llm.rag", "--format", "json").stdout)
    assert step["sources"]
    assert "retrieval_augmented_generation" in step["skills"]
    roles = json.loads(cli("roles", "--format", "json").stdout)
    assert {role["id"] for role in roles} == set(taxonomy.roles)
    assert "INTERVIEWS TEST" in cli("roles", "ai_engineer").stdout
    assert cli("roadmap", "no.such").exit_code == 3
    assert cli("roles", "astronaut").exit_code == 3


FAULTS = {
    "theme: t\ntitle: T\nskills:\n- {id: a, name: A thing, kind: tool, steps: [foundations.cli], implies: [nobody]}\n": "unknown skill 'nobody'",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: A thing, kind: tool, steps: [nowhere.step]}\n": "unknown step 'nowhere.step'",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: no, kind: tool, steps: [foundations.cli]}\n": "name",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: 3.10, kind: tool, steps: [foundations.cli]}\n": "name",
    "theme: t\ntitle: T\nskills:\n- {id: a, id: b, name: A thing, kind: tool, steps: [foundations.cli]}\n": "stands twice",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: PostgreSQL, kind: tool, steps: [foundations.cli]}\n": "belongs to",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: Express, kind: tool, steps: [foundations.cli]}\n": "ordinary word",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: A thing, kind: concept, steps: [foundations.cli], aliases: ['<nope> .. it']}\n": "unknown word class",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: A thing, kind: tool, steps: [foundations.cli], sources: ['009:x']}\n": "unknown document",
    "theme: t\ntitle: T\nskills:\n- {id: a, name: A thing, kind: certification, steps: [career.credentials]}\n": "certification needs its status",
    "theme: t\ntitle: T\nskills:\n- {id: aa, name: Thing aa, kind: tool, steps: [foundations.cli], implies: [bb]}\n- {id: bb, name: Thing bb, kind: tool, steps: [foundations.cli], implies: [aa]}\n": "goes in a circle",
    "theme: [\n": "not valid YAML",
    "": "empty",
}


@pytest.mark.parametrize(("content", "cause"), FAULTS.items(), ids=FAULTS.values())
def test_faults_are_told_with_file_and_line(content: str, cause: str, tmp_path: Path) -> None:
    (tmp_path / "skills").mkdir()
    (tmp_path / "skills" / "mine.yaml").write_text(content)
    _, faults = check_folders([taxonomy_folder(), tmp_path])
    assert any(cause in fault and re.search(r"mine\.yaml:\d+:", fault) for fault in faults), faults


@pytest.mark.parametrize(
    ("forms", "same"),
    [
        ("deploy deploying deployed deploys", True),
        ("cache caching caches cached", True),
        ("modelling modeling models model", True),
        ("optimise optimising optimize optimized", True),
        ("APIs API", True),
        ("built build building", True),
        ("embedding embeddings", True),
        ("embedding embedded", False),
        ("engineer engineering", False),
        ("integrity integration", False),
        ("program programming", False),
    ],
)
def test_folding(forms: str, same: bool, taxonomy: Taxonomy) -> None:
    fold = Folder(taxonomy.words["irregular"], taxonomy.words["keep"])
    assert (len({fold(form.lower()) for form in forms.split()}) == 1) is same


def test_notation() -> None:
    words = {"classes": {"build": ["build", "create"]}, "compounds": ["back end"]}
    assert display("=RAG") == "RAG"
    assert display("deploy .. model") == "deploy … model"
    assert parse("~Go", words, named=True).ambiguous
    assert len(parse("<build> .. data? pipeline", words, named=False).runs[1]) == 2
    assert name_variants("LangChain") == ("Lang Chain",)
    assert parse("back-end service", words, named=False).runs[0][0].raw == ("backend", "service")
    assert name_variants("Node.js") == ("Nodejs",)
    assert name_variants("Hugging Face") == ("HuggingFace",)
    for bad in ("<nope> it", "", " x", "..", "a .. "):
        with pytest.raises(PatternError):
            parse(bad, words, named=False)
