"""Where an ad says the work is done: modes by name, by the days of a place, and denied."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer


def mode_of(analyzer: Analyzer, line: str) -> str | None:
    return analyzer.job(f"Engineer\n\nRequirements\n- Python\n- {line}\n").profile.facts.work_mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("This is a fully remote position.", "remote"),
        ("#LI-Remote", "remote"),
        ("Hybrid: three days a week in the office", "hybrid"),
        ("Location: Berlin (on-site)", "onsite"),
        ("Experience with hybrid search", None),
        ("You support remote teams of customers", None),
        ("Many of our roles are performed on-site", None),
        ("Retrieval pipelines, agents or hybrid patterns based on the problem", None),
        ("Proven success in cross-functional, hybrid and virtual teams", None),
        ("This position is hybrid and requires two days on site", "hybrid"),
        ("Work from home every Monday and Friday, on the other days we meet in the office", "hybrid"),
        ("On-site, 5 days a week", "onsite"),
        ("A remote-first team with flexible structure", "remote"),
        ("We follow a hybrid collaboration model with 3+ days per week in-office", "hybrid"),
    ],
)
def test_work_mode(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("3 days/week in office.", "hybrid"),
        ("Min. 2 days/week onsite", "hybrid"),
        ("This role is in the office 3 days a week.", "hybrid"),
        ("We would like all of us to come into the office three days a week", "hybrid"),
        ("Three days per week in our Lyon office, two from home.", "hybrid"),
        ("4 days in our New York City office", "hybrid"),
        ("(in office 4x/week)", "hybrid"),
        ("Twice a week in our Oslo office", "hybrid"),
        ("Up to 2 days remote per week.", "hybrid"),
        ("Home office: 2 days a week.", "hybrid"),
        ("2 days of remote per week.", "hybrid"),
        ("1 day WFH.", "hybrid"),
        ("Onsite 4 days, 1 day remote.", "hybrid"),
        ("A few days a week from our office", "hybrid"),
        ("On-site in Leeds, 3 days a week", "hybrid"),
        ("You are in the office at least 3 of 5 days", "hybrid"),
        ("No more than 2 days per week in the office", "hybrid"),
        ("Office days per week: 3", "hybrid"),
        ("Work from our Lisbon office two days a week.", "hybrid"),
        ("50% remote.", "hybrid"),
        ("40% of the time in the office", "hybrid"),
    ],
)
def test_some_days_of_a_place_are_hybrid(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Anchor days: Mondays and Thursdays in the office", "hybrid"),
        ("onsite Tue-Thu, remote Mon/Fri", "hybrid"),
        ("Mondays are WFH", "hybrid"),
        ("On-site Monday through Thursday, home on Fridays", "hybrid"),
        ("Monday to Friday, in office", "onsite"),
        ("On-site Mon-Fri", "onsite"),
        ("Free lunch on Fridays in the office", None),
    ],
)
def test_named_weekdays_count_as_days(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Five days on site in our Lyon office.", "onsite"),
        ("fully on-site role, 5 days per week in office in Graz", "onsite"),
        ("five days a week onsite", "onsite"),
        ("Days in office: 5", "onsite"),
        ("5 days a week (WFO)", "onsite"),
        ("Every day in the office", "onsite"),
        ("5 days a week in our Lyon office", "onsite"),
    ],
)
def test_every_day_of_a_place_is_its_own_mode(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("Remote role, 4 days per week, 32 hours.", "remote"),
        ("Remote (part-time, 3 days a week)", "remote"),
        ("Fully remote (4 days per week)", "remote"),
        ("Fully remote 4-day work week", "remote"),
        ("Onsite role, part-time, 3 days a week", "onsite"),
        ("Remote, but you will travel to customer sites 3 days a month.", "remote"),
        ("100% remote, with occasional on-site meetings (2 days per month).", "remote"),
        ("You can work remotely from anywhere in Spain, with one day a month in our Vigo office.", "remote"),
        ("In office 2 days a month, otherwise fully remote.", "remote"),
        ("We get together in person every quarter for 3 days; otherwise remote", "remote"),
        ("Work from anywhere 4 weeks a year", None),
        ("Work from anywhere for up to 30 days per year", None),
        ("25 days holiday, work from home budget", "remote"),
        ("Remote position with 20% travel", "remote"),
        (
            "If you live within an hour of Graz, three days a week in the office; others work fully remote",
            "remote",
        ),
        ("Train staff of the back office for 5 days", None),
        ("Microsoft Office, 3 days a week", None),
        ("Respond within 2 days to the office", None),
        ("Our team is in 3 offices with 5 days of training", None),
        ("ship releases 3 times a week with remote teams", None),
    ],
)
def test_days_of_something_else_say_nothing(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("No remote work.", None),
        ("This is not a remote position.", None),
        ("Remote work is not possible.", None),
        ("Remote: no", None),
        ("This role is on-site only; remote is not available.", "onsite"),
        ("This role is on-site only, remote is not available.", "onsite"),
        ("We do not offer hybrid or remote work.", None),
        ("We cannot offer remote work.", None),
        ("On-site presence is not required.", None),
        ("work from our Graz office full time; no hybrid option.", "onsite"),
        ("This is a fully remote position; no office days.", "remote"),
        ("Remote (visa sponsorship not available)", "remote"),
        ("This is not just a remote job.", "remote"),
    ],
)
def test_a_denied_mode_does_not_count(analyzer: Analyzer, line: str, mode: str | None) -> None:
    assert mode_of(analyzer, line) == mode


def test_a_perk_of_some_days_leaves_the_office(analyzer: Analyzer) -> None:
    perk = "Work from anywhere for up to 30 days per year\n- This role is based in our Graz office."
    assert mode_of(analyzer, perk) == "onsite"
