"""What lines of facts do to the sections around them: nothing."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer

BODY = "You will build pipelines with Spark and Airflow. Python and SQL are required."
FACTS = [
    "Location: Berlin",
    "**Location:** Berlin",
    "Location(s): Porto",
    "LOCATION: PORTO",
    "Location: Remote (US only)",
    "Employment type: Full-time",
    "Workplace: Remote",
    "Start date: ASAP",
    "Department: Data",
    "Job type: Permanent",
    "Reports to: CTO",
    "Team: Search",
    "Posted: 3 days ago",
    "Salary: 90k",
    "Job ID: 42",
    "Location: Porto\nJob type: Permanent\nSalary: 90k EUR\nReports to: CTO",
    "Location\nPorto",
    "Location\nPorto, Portugal\nEmployment type\nFull-time",
    "Location:\n- Berlin\n- Porto",
    "Location \u2013 Berlin",
    "Remote",
]


def levels(analyzer: Analyzer, text: str) -> dict[str, str]:
    return {r.skill: r.level for r in analyzer.job(text).profile.requirements}


@pytest.mark.parametrize("fact", FACTS)
def test_facts_above_the_text_hide_nothing_of_it(analyzer: Analyzer, fact: str) -> None:
    found = levels(analyzer, f"Data Engineer\n{fact}\n\n{BODY}\n")
    assert found["python"] == found["sql"] == "required"
    assert found["apache_spark"] == found["apache_airflow"] == "responsibility"


@pytest.mark.parametrize("fact", [fact for fact in FACTS[:13] if not fact.startswith("Department")])
def test_a_fact_among_demands_does_not_end_them(analyzer: Analyzer, fact: str) -> None:
    found = levels(analyzer, f"Data Engineer\n\nRequirements\n- Python\n{fact}\n- Kafka\n")
    assert found["python"] == found["apache_kafka"] == "required"


@pytest.mark.parametrize(
    ("lines", "level"),
    [
        ("Requirements: Python, SQL\nKafka", "required"),
        ("Nice to have: Go\n- Kafka", "preferred"),
        ("Tech stack: Python\nKafka", "responsibility"),
        ("Location: Porto\nRequirements: Python\nKafka", "required"),
        ("Requirements\n- Python\n\nLocation: Porto\n\nWe also sell Kafka.", "context"),
        ("Requirements\n- Python\n\nLocation: Porto\n\nKafka is required.", "required"),
        ("Additional information\n- Python is a language\n\nBenefits: lunch\n- Kafka", None),
    ],
)
def test_labels_of_sections_open_them(analyzer: Analyzer, lines: str, level: str | None) -> None:
    assert levels(analyzer, f"Data Engineer\n\n{lines}\n").get("apache_kafka") == level


def test_a_fact_behind_a_label_makes_no_headed_ad(analyzer: Analyzer) -> None:
    text = "Data Engineer\n{}\nKafka carries what the pipelines of the shop need.\n"
    for fact in ("", "Location: Berlin\n"):
        levels = {r.skill: r.level for r in analyzer.job(text.format(fact)).profile.requirements}
        assert levels["apache_kafka"] == "responsibility"
