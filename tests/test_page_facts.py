"""What a page's own data states against what its text says: the text wins, a difference is shown."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer
from skillgap.extraction.page_facts import with_page_facts
from skillgap.model import Conflict, Document, Facts, Salary
from skillgap.reading.places import country_name, may_agree, whereabouts
from skillgap.rendering.draw import draw_job
from skillgap.rendering.report import JobReport
from skillgap.rendering.terminal import render

AD = """Machine Learning Engineer

Location: Madrid, Spain
Hybrid: two days a week in the office
Salary: €60,000 to €70,000 a year
Apply by 15 March 2026

Requirements
- Python and SQL
"""
PAGE = {
    "company": "Quarry Lane",
    "place": "Bengaluru, Karnataka, India",
    "closes": "2026-03-27",
    "remote": True,
    "salary": {"min": 80000, "max": 90000, "currency": "EUR", "period": "year"},
}


def test_the_text_wins_and_each_difference_is_a_conflict(analyzer: Analyzer) -> None:
    facts = analyzer.job(Document("ad.html", AD, "html", meta=PAGE)).profile.facts
    assert (facts.place, facts.work_mode, facts.closes) == ("Madrid, Spain", "hybrid", "2026-03-15")
    assert facts.salary == Salary(60000, 70000, "EUR", "year")
    assert set(facts.conflicts) == {
        Conflict("place", "Madrid, Spain", "Bengaluru, Karnataka, India"),
        Conflict("work_mode", "hybrid", "remote"),
        Conflict("closes", "2026-03-15", "2026-03-27"),
        Conflict("salary", "EUR 60,000-70,000 a year", "EUR 80,000-90,000 a year"),
    }


def test_the_page_fills_in_what_the_text_leaves_open(analyzer: Analyzer) -> None:
    text = "Machine Learning Engineer\n\nRequirements\n- Python and SQL\n"
    facts = analyzer.job(Document("ad.html", text, "html", meta=PAGE)).profile.facts
    assert (facts.place, facts.work_mode, facts.closes) == (PAGE["place"], "remote", "2026-03-27")
    assert facts.salary == Salary(80000, 90000, "EUR", "year")
    assert not facts.conflicts
    assert facts.years_min is None
    assert facts.degree is None


def test_conflicts_are_shown_once_with_what_to_do(analyzer: Analyzer) -> None:
    report = analyzer.job(Document("ad.html", AD, "html", meta={**PAGE, "notes": ["some words were hidden"]}))
    page = JobReport(report.profile, report.taxonomy, report.priorities)
    shown = render(lambda console: draw_job(console, page), color=False, width=80)
    flat = " ".join(shown.split())
    assert "CHECK BEFORE YOU SPEND TIME" in flat
    assert "Place the text says Madrid, Spain, the page data Bengaluru, Karnataka, India: ask" in flat
    assert "Work mode the text says hybrid, the page data remote: ask" in flat
    assert flat.count("Madrid, Spain") == 1
    assert "Some words were hidden." in flat


@pytest.mark.parametrize(
    ("text", "page", "agree"),
    [
        ("Madrid, Spain", "Bengaluru, Karnataka, India", False),
        ("Bengaluru", "Pune, Maharashtra, India", False),
        ("Bangalore", "Bengaluru, Karnataka, IND", True),
        ("India", "Hyderabad, Telangana, India", True),
        ("India, Hybrid", "Hyderabad, Telangana, IND", True),
        ("Germany", "Porto, Portugal", False),
        ("Remote", "India", True),
        ("Chennai/Bangalore/Pune/ Fully Remote", "Chennai, Tamil Nadu, India", True),
        ("Austin, TX", "Austin, Texas, United States", True),
        ("Dallas, TX", "Texas, United States", True),
        ("San Francisco", "California, United States", True),
        ("NYC", "New York, United States", True),
        ("Munich", "München, Deutschland", True),
        ("Zürich", "Zurich, Switzerland", True),
        ("London or Manchester (hybrid)", "Manchester, England, GBR", True),
        ("Greater London", "London, England, United Kingdom", True),
        ("Leeds", "Leeds LS1", True),
        ("Paris, France", "Paris, Texas, United States", False),
    ],
)
def test_places_that_may_be_one(text: str, page: str, *, agree: bool) -> None:
    assert may_agree(whereabouts(text), whereabouts(page)) is agree
    assert may_agree(whereabouts(page), whereabouts(text)) is agree


def test_countries() -> None:
    assert [country_name(c) for c in ("IND", "in", "UK", "Deutschland", "Atlantis")] == [
        "India",
        "India",
        "United Kingdom",
        "Germany",
        "Atlantis",
    ]


@pytest.mark.parametrize(
    ("text", "page", "conflict"),
    [
        (Salary(100, 200, "USD", "year"), {"min": 100, "max": 200}, False),
        (Salary(100_000, 200_000, "USD", "year"), {"min": 100_500, "max": 200_000}, False),
        (Salary(100, 200, "USD", "year"), {"min": 100, "max": 250}, True),
        (Salary(None, 200, "USD", "year"), {"min": 100, "max": 200}, False),
        (Salary(100, 200, "CAD", "year"), {"min": 100, "max": 200}, True),
        (Salary(50, 50, "USD", "hour"), {"min": 104_000, "max": 104_000}, False),
        (Salary(20, 20, "USD", "hour"), {"min": 104_000, "max": 104_000}, True),
        (Salary(100, 200, "USD", "year"), {"min": "100", "max": None}, False),
        (Salary(100, 200, "USD", "year"), {}, False),
    ],
)
def test_pay_that_differs(text: Salary, page: dict[str, object], *, conflict: bool) -> None:
    stated = {"currency": "USD", "period": "year", **page}
    merged = with_page_facts(Facts(salary=text), {"salary": stated})
    assert merged.salary == text
    assert bool(merged.conflicts) is conflict


@pytest.mark.parametrize(
    ("mode", "remote", "merged", "conflict"),
    [
        ("remote", True, "remote", False),
        ("onsite", True, "onsite", True),
        ("remote", False, "remote", True),
        ("hybrid", None, "hybrid", False),
        (None, True, "remote", False),
        (None, False, None, False),
        (None, "yes", None, False),
    ],
)
def test_work_mode(mode: str | None, remote: object, merged: str | None, *, conflict: bool) -> None:
    facts = with_page_facts(Facts(work_mode=mode), {"remote": remote})
    assert facts.work_mode == merged
    assert bool(facts.conflicts) is conflict


def test_words_that_are_no_place_give_way() -> None:
    facts = with_page_facts(Facts(place="based market rate for the role"), {"place": "Leeds"})
    assert facts.place == "Leeds"
    assert not facts.conflicts


def test_unknown_shapes_are_ignored() -> None:
    meta = {"salary": "much", "place": 7, "closes": None, "remote": [], "posted": {}}
    assert with_page_facts(Facts(), meta) == Facts()
