"""Role types: titles that settle them, titles that content may overrule, titles that say nothing."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.extraction.roles import RoleReader
from skillgap.taxonomy.checking import check_folders
from skillgap.taxonomy.runtime import Taxonomy
from skillgap.taxonomy.schema import Judging
from tests.conftest import Cli

ROOT = Path(__file__).resolve().parent.parent
STRENGTHS = ("titles", "broad_titles", "topics")

LLM = "LangChain, RAG, prompt engineering, AI agents, LLM evaluation, vector databases"
MODELS = "PyTorch, feature engineering, model training, computer vision, scikit-learn, XGBoost"
CODE = "Java, Spring Boot, React, TypeScript, microservices, unit testing, GraphQL, code review"
TESTS = "Java, C#, TypeScript, test automation, Playwright, unit testing, Selenium, object-oriented design"
DATA = "Snowflake, dbt, data modeling, ETL, data warehousing, Apache Airflow, SQL, data pipelines"
OPS = "Kubernetes, Terraform, CI/CD, Helm, Prometheus, infrastructure as code, site reliability engineering"
WARD = "customer service, Microsoft Office, project management, sales, marketing"


@pytest.fixture(scope="module")
def reader(taxonomy: Taxonomy) -> RoleReader:
    return RoleReader(taxonomy)


def role_of(analyzer: Analyzer, title: str, line: str) -> str | None:
    return analyzer.job(f"{title}\n\nRequirements\n- {line}\n").profile.role


@pytest.mark.parametrize(
    ("title", "line", "role"),
    [
        ("AI Engineer", LLM, "ai_engineer"),
        ("AI Engineer", MODELS, "ml_engineer"),
        ("AI Engineer (m/f/d)", TESTS, "software_engineer"),
        ("Senior AI Automation Engineer", DATA, "data_engineer"),
        ("AI Engineer, Internal IT", OPS, "mlops_platform"),
        ("AI/ML Engineer", LLM, "ai_engineer"),
        ("AI/ML Engineer", MODELS, "ml_engineer"),
        ("Software Engineer - AI", CODE, "software_engineer"),
        ("Software Engineer - AI", LLM, "ai_engineer"),
        ("Staff Software Engineer", DATA, "data_engineer"),
        ("AI Platform Engineer", DATA, "data_engineer"),
        ("AI Platform Engineer", OPS, "mlops_platform"),
    ],
)
def test_what_is_asked_may_overrule_a_broad_title(
    analyzer: Analyzer, title: str, line: str, role: str
) -> None:
    assert role_of(analyzer, title, line) == role


@pytest.mark.parametrize("line", [LLM, MODELS, CODE, DATA, OPS])
@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Machine Learning Engineer", "ml_engineer"),
        ("Lead Data Engineer (GenAI)", "data_engineer"),
        ("AI/ML Solutions Engineer, Retail", "solutions_engineer"),
        ("AI Engineer - Forward Deployed Engineer", "solutions_engineer"),
        ("Frontend Engineer, Agentic AI", "software_engineer"),
        ("Site Reliability Engineer - AI", "mlops_platform"),
        ("Primary School Teacher, AI Pilot", "other"),
        ("Ward Nurse (AI triage)", "other"),
        ("Head of Sales, Generative AI", "other"),
    ],
)
def test_a_title_that_settles_the_role_stands_whatever_is_asked(
    analyzer: Analyzer, title: str, line: str, role: str
) -> None:
    assert role_of(analyzer, title, line) == role


@pytest.mark.parametrize(
    ("title", "line", "role"),
    [
        ("Wizard of Agents", LLM, "ai_engineer"),
        ("Join our team", CODE, "software_engineer"),
        ("Chief Tea Maker", "communication, Python", "other"),
        ("Cruise Host, AI", WARD, "other"),
        ("Cruise Host, AI", "communication", "other"),
        ("Specialist (AI)", LLM, "ai_engineer"),
    ],
)
def test_a_title_without_a_trade_leaves_the_role_to_what_is_asked(
    analyzer: Analyzer, title: str, line: str, role: str
) -> None:
    assert role_of(analyzer, title, line) == role


MARKET = [
    ("Generative KI Entwicklerin (w/m/d)", "ai_engineer"),
    ("Ingénieure IA / LLM - Nantes", "ai_engineer"),
    ("Ingeniero de IA (remoto)", "ai_engineer"),
    ("LLM Applications Engineer, Legal Tech", "ai_engineer"),
    ("Agentic Workflow Developer (n8n)", "ai_engineer"),
    ("Tech Lead, GenAI", "ai_engineer"),
    ("Agentforce Engineer", "ai_engineer"),
    ("Gen AI Developer - Data Analytics Practice", "ai_engineer"),
    ("SDE II, Machine Learning", "ml_engineer"),
    ("Staff Engineer - ML", "ml_engineer"),
    ("Deep Learning Software Engineer - Inference", "ml_engineer"),
    ("ASR Engineer (Basque)", "ml_engineer"),
    ("Embedded AI Engineer, Hearing Aids", "ml_engineer"),
    ("Pre-training Engineer", "ml_engineer"),
    ("NLP Lead", "ml_engineer"),
    ("Video Analytics Engineer, Ski Lifts", "ml_engineer"),
    ("Full Stack Data Scientist (Growth)", "data_scientist"),
    ("Científica de Datos", "data_scientist"),
    ("Credit Risk Modeller", "data_scientist"),
    ("Quant Developer", "data_scientist"),
    ("Model Validation Specialist", "data_scientist"),
    ("Data Modeller, Forestry", "data_engineer"),
    ("Lakehouse Engineer (Delta)", "data_engineer"),
    ("MDM Developer", "data_engineer"),
    ("Web Scraping Developer", "data_engineer"),
    ("Data Engineer, AI Training Data", "data_engineer"),
    ("Doctoral Candidate in Causal Learning", "research_scientist"),
    ("Chercheuse en IA", "research_scientist"),
    ("Postdoctoral Associate - Robot Learning", "research_scientist"),
    ("Research Engineer, Machine Learning", "research_scientist"),
    ("Prompt Curator, Museum Guides", "prompt_engineer"),
    ("Model Behaviour Designer", "prompt_engineer"),
    ("ModelOps Engineer", "mlops_platform"),
    ("Agent Ops Engineer", "mlops_platform"),
    ("Engineer, ML Tooling", "mlops_platform"),
    ("Machine Learning Platform Engineer (Ray)", "mlops_platform"),
    ("Staff Engineer, ML Infrastructure", "mlops_platform"),
    ("DevOps Engineer II, AI/ML", "mlops_platform"),
    ("Backend Developer - AI/ML", "software_engineer"),
    ("Software Developer (AI-assisted coding)", "software_engineer"),
    ("Gameplay Programmer, AI", "software_engineer"),
    ("Pega Engineer - GenAI", "software_engineer"),
    ("Frontend-Entwickler, KI-Produkte", "software_engineer"),
    ("LMTS, Search", "software_engineer"),
    ("Software Engineer, Threat Intelligence", "software_engineer"),
    ("Customer Engineer - AI/ML", "solutions_engineer"),
    ("Presales Lead, Data & AI", "solutions_engineer"),
    ("SAP Consultant", "solutions_engineer"),
    ("Engagement Engineer, Chat Pilots", "solutions_engineer"),
    ("ML Platform PM", "product_manager"),
    ("Product Manager, ML Platform", "product_manager"),
    ("Product Manager, Data Platform", "product_manager"),
    ("Produktmanagerin KI", "product_manager"),
    ("Chief Data & Analytics Officer", "engineering_manager"),
    ("Leiterin Künstliche Intelligenz", "engineering_manager"),
    ("Applied Science Manager, Maps", "engineering_manager"),
    ("Manager, Generative AI", "engineering_manager"),
    ("Manager, ML Platform", "engineering_manager"),
    ("Director, ML Infrastructure", "engineering_manager"),
    ("LLM Red Teamer", "ai_security"),
    ("MLSecOps Lead", "ai_security"),
    ("Cyber Security Consultant - LLM", "ai_security"),
    ("Search Quality Evaluator (Welsh)", "data_annotation"),
    ("Data Scientist - AI Trainer", "data_annotation"),
    ("Botany Expert - AI Training", "data_annotation"),
    ("KI-Datenannotatorin", "data_annotation"),
    ("Code Evaluator, Rust", "data_annotation"),
    ("AI Adoption Manager", "other"),
    ("AI Policy Advisor", "other"),
    ("Knowledge Manager - AI", "other"),
    ("Recruitment Consultant - AI & Data", "other"),
    ("Customer Success Manager, AI", "other"),
    ("Program Manager, Generative AI", "other"),
    ("Analog Design Engineer", "other"),
    ("Sales Director, AI Platform", "other"),
    ("Silicon Design Engineer, NPU", "other"),
    ("Master Baker, AI", "other"),
    ("Solutions Architect, Generative AI", "architect"),
    ("Research Intern - Vision", "research_assistant"),
    ("AI Technical Writer", "content_creator"),
]


@pytest.mark.parametrize(("title", "role"), MARKET)
def test_titles_as_the_market_writes_them(reader: RoleReader, title: str, role: str) -> None:
    assert reader.read(title, []) == role


GUARD = "threat modeling, penetration testing, MITRE ATT&CK, SIEM, red teaming, zero trust"
PEOPLE = "hiring, people management, resource planning, conflict resolution, budget management, OKRs"
LOGIN = "Java, Spring Boot, REST APIs, OAuth, SAML, microservices, unit testing, encryption"
LABELS = "data labeling, annotation guidelines, Labelbox, inter-annotator agreement, linguistics"


@pytest.mark.parametrize(
    ("title", "line", "role"),
    [
        ("Trust & Safety Specialist", GUARD, "ai_security"),
        ("Wizard of Walls", GUARD, "ai_security"),
        ("Software Engineer", LOGIN, "software_engineer"),
        ("AI Team Lead", PEOPLE, "engineering_manager"),
        ("AI Manager", LLM, "ai_engineer"),
        ("AI Enablement Engineer", LLM, "ai_engineer"),
        ("Copilot Developer", CODE, "software_engineer"),
        ("Edge AI Engineer", MODELS, "ml_engineer"),
        ("Technical Consultant", CODE, "software_engineer"),
        ("Subject Matter Expert", LABELS, "data_annotation"),
        ("Subject Matter Expert", WARD, "other"),
        ("Platform Engineer", OPS, "mlops_platform"),
        ("Team Lead", DATA, "data_engineer"),
        ("Working Student (f/m/x), AI", LLM, "ai_engineer"),
    ],
)
def test_a_broad_title_of_any_role_leaves_the_rest_to_what_is_asked(
    analyzer: Analyzer, title: str, line: str, role: str
) -> None:
    assert role_of(analyzer, title, line) == role


CALLED = [
    ("We are seeking a friendly, hands-on Machine Learning Engineer to join us.", "ml_engineer", "text: Machine Learning Engineer"),
    ("As a Data Engineer you will keep our tables fresh.", "data_engineer", "text: Data Engineer"),
    ("Our data team is hiring Senior Data Scientists in Graz.", "data_scientist", "text: Data Scientists"),
    ("You will work beside a Data Engineer.", "software_engineer", "asked: "),
    ("Five years as a Data Engineer are welcome.", "software_engineer", "asked: "),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "role", "why"), CALLED)
def test_what_the_text_calls_the_job_stands_in_for_a_title(
    analyzer: Analyzer, sentence: str, role: str, why: str
) -> None:
    body = f"{sentence}\n\nRequirements\n- {CODE}\n"
    untitled = analyzer.job(f"Come and build with us.\n\n{body}").profile
    assert untitled.role == role
    assert untitled.role_why[0].startswith(why)
    assert analyzer.job(f"Product Manager\n\n{body}").profile.role == "product_manager"


def test_a_broad_title_alone_is_taken_at_its_word(reader: RoleReader) -> None:
    assert reader.read("Generative AI Developer", []) == "ai_engineer"
    assert reader.read("Software Engineer", [("communication", "required")]) == "software_engineer"
    assert reader.read("Software Engineer, Search (AI)", []) == "software_engineer"
    assert reader.read("AI", []) == "other"
    assert reader.read("", []) == "other"


def test_what_is_only_mentioned_counts_nothing(reader: RoleReader, taxonomy: Taxonomy) -> None:
    models = [s for s, weight in taxonomy.roles["ml_engineer"]["skills"].items() if weight >= 4]
    assert reader.read("AI Engineer", [(s, "required") for s in models]) == "ml_engineer"
    assert reader.read("AI Engineer", [(s, "context") for s in models]) == "ai_engineer"
    assert reader.read("Wizard", [(s, "context") for s in models]) == "other"


def test_of_overlapping_phrases_the_longest_counts(reader: RoleReader) -> None:
    java = [("java", "required")]
    assert reader.read("AI/ML Engineer - Java", java) in ("ai_engineer", "ml_engineer")  # not "engineer java"
    assert reader.read("Engineer - Java", java) == "software_engineer"
    assert reader.read("AI Developer Advocate", []) == "solutions_engineer"  # not "ai developer"


def test_a_phrase_of_two_settled_roles_is_told_between_them(reader: RoleReader) -> None:
    selling = [("pre_sales", "required"), ("product_demos", "required")]
    building = [("java", "required"), ("microservices", "required")]
    assert reader.read("Integrations Engineer", selling) == "solutions_engineer"
    assert reader.read("Integrations Engineer", building) == "software_engineer"
    trained = [("pytorch", "required"), ("model_training", "required")]
    assert reader.read("Integrations Engineer", trained * 9) != "ml_engineer"


@pytest.mark.parametrize(
    ("theme", "role"),
    [
        ("vision_speech", "ml_engineer"),
        ("ml", "ml_engineer"),
        ("languages", "software_engineer"),
        ("data", "data_engineer"),
        ("infrastructure", "mlops_platform"),
        ("soft", "ai_engineer"),
    ],
)
def test_a_skill_that_no_role_lists_counts_by_its_theme(
    reader: RoleReader, taxonomy: Taxonomy, theme: str, role: str
) -> None:
    listed = {s for entry in taxonomy.roles.values() for s in entry["skills"]}
    asked = [(s, "required") for s in taxonomy.ids if taxonomy.theme(s) == theme and s not in listed]
    assert reader.read("AI Engineer", asked[:9]) == role
    assert reader.read("AI Engineer", asked[:1]) == "ai_engineer"


def test_reasons_name_the_title_and_what_weighed_most(reader: RoleReader) -> None:
    asked = [("communication", "required"), ("etl", "required"), ("dbt", "preferred"), ("sql", "required")]
    assert reader.judge("Data Engineer (AI)", asked) == (
        "data_engineer",
        ("title: Data Engineer", "title: AI, a subject and no trade"),
    )
    assert reader.judge("Join us", [*asked, ("snowflake", "required")]) == (
        "data_engineer",
        ("asked: etl, sql, snowflake",),
    )
    assert reader.judge("AI", [])[1] == ("title: AI, a subject and no trade",)


def test_no_phrase_stands_under_two_strengths(taxonomy: Taxonomy) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for role in taxonomy.roles.values():
        for strength in STRENGTHS:
            for phrase in role[strength]:
                places[phrase].add(strength)
    assert {phrase: found for phrase, found in places.items() if len(found) > 1} == {}


def test_every_number_of_the_judging_is_given(taxonomy: Taxonomy) -> None:
    assert set(taxonomy.judging) == set(Judging.__args__)
    assert taxonomy.judging["named"] > 1


def test_an_unknown_theme_or_number_is_a_fault(tmp_path: Path) -> None:
    entry = "- {id: baker, name: Baker, summary: Bakes., titles: [baker], themes: {pastry: 2}}\n"
    (tmp_path / "roles.yaml").write_text(f"judging: {{yeast: 2}}\nroles:\n{entry}")
    assert any("judging.yeast" in fault for fault in check_folders([ROOT / "taxonomy", tmp_path])[1])
    (tmp_path / "roles.yaml").write_text(f"roles:\n{entry}")
    faults = check_folders([ROOT / "taxonomy", tmp_path])[1]
    assert [fault for fault in faults if "baker: unknown theme 'pastry'" in fault]


def test_a_role_is_found_by_its_broad_titles_too(cli: Cli) -> None:
    assert '"id": "software_engineer"' in cli("roles", "software developer", "--format", "json").output
