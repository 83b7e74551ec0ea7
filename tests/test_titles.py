"""Which of the first lines is an ad's title."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer

BODY = "\n\nYou will build pipelines with Spark. Python and SQL are required.\n"


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("Quarrymill\nStaff Software Engineer, Payments", "Staff Software Engineer, Payments"),
        ("Quarrymill Inc.\nData Engineer", "Data Engineer"),
        ("Quarrymill\nBerlin, Germany\nData Engineer", "Data Engineer"),
        ("Quarrymill\nPosted 3 days ago\nData Engineer", "Data Engineer"),
        *((f"{line}\nData Engineer", "Data Engineer") for line in ("Apply now", "Job description", "Save")),
        *((f"{line}\nData Engineer", "Data Engineer") for line in ("About the job", "Location: Porto")),
        ("Job title:\nData Engineer", "Data Engineer"),
        ("Apply now\nPrincipal Engineer, Valves", "Principal Engineer, Valves"),
        ("## Data Engineer ##", "Data Engineer"),
        ("Subject: Data Engineer", "Data Engineer"),
        ("Data Engineer\nQuarrymill", "Data Engineer"),
        ("Data Engineer\nMachine Learning Engineer", "Data Engineer"),
        ("Principal Engineer, Valves\nData Engineering team", "Principal Engineer, Valves"),
        ("Valve Whisperer\nSoftware team, Berlin", "Valve Whisperer"),
        ("Valve Whisperer\nReports to: Lead Data Engineer", "Valve Whisperer"),
        ("Valve Whisperer\nMeet our Data Engineers", "Valve Whisperer"),
        ("Valve Whisperer\nWe hire a Data Engineer.", "Valve Whisperer"),
        ("Valve Whisperer\nAbout the team\nData Engineer", "Valve Whisperer"),
        ("Valve Whisperer\n- Data Engineer\n- Data Analyst", "Valve Whisperer"),
    ],
)
def test_title(analyzer: Analyzer, top: str, title: str) -> None:
    assert analyzer.job(top + BODY).profile.title == title


def test_the_title_below_the_employer_gives_the_seniority(analyzer: Analyzer) -> None:
    profile = analyzer.job("Quarrymill\nSenior Data Engineer, Kafka" + BODY).profile
    alone = analyzer.job("Senior Data Engineer, Kafka" + BODY).profile
    assert profile.facts.seniority == "senior"
    assert profile.role == "data_engineer"
    assert {(r.skill, r.level) for r in profile.requirements} == {
        (r.skill, r.level) for r in alone.requirements
    }


def test_a_name_above_the_title_is_the_employer(analyzer: Analyzer) -> None:
    profile = analyzer.job("Databricks\nData Engineer" + BODY).profile
    assert profile.blocks[0].section == "company"
    assert "databricks" not in {r.skill for r in profile.requirements}
