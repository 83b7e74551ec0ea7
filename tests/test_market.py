"""The report over saved listings: what is counted, how, and what is not claimed."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.market.ads import Lexicon
from skillgap.market.figures import highest_believed, wilson
from skillgap.market.report import market
from skillgap.rendering.listing_rows import csv_text
from skillgap.rendering.market_pages import draw_market, market_markdown
from skillgap.rendering.market_report import MarketReport
from skillgap.rendering.market_rows import TABLES, cell, market_rows
from skillgap.rendering.market_schema import MarketRecord
from skillgap.rendering.terminal import render

KINDS = {"python": "language", "sql": "language", "communication": "soft", "docker": "tool"}
DATA = ("sql", "etl", "snowflake", "data_modeling", "apache_airflow", "data_quality", "bigquery", "dbt")
WEB = ("react", "javascript", "typescript", "html", "css", "nodejs", "rest_apis", "unit_testing")


def skill(
    skill_id: str, level: str = "required", group: str | None = None, at: int = 0, **more: Any
) -> dict[str, Any]:
    mention = {"start": at, "end": at + 5, "text": "words", "section": "requirements", "level": level}
    return {"id": skill_id, "name": skill_id, "kind": KINDS.get(skill_id, "concept"), "level": level, "group": group,
            "mentions": [mention] if at else [], **more}  # fmt: skip


def record(number: int, *skills: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    listed = [skill(s) if isinstance(s, str) else s for s in skills]
    return {
        "schema": "skillgap/job@1", "source": f"ad-{number:04}.txt", "row": None, "digest": f"{number * 7919 % 100_003:064x}",
        "title": f"Engineer {number}", "company": f"Company {number}", "place": None, "url": None, "posted": None, "closes": None,
        "role": {"id": "ai_engineer", "name": "AI engineer"}, "seniority": None, "years_min": None, "degree": None,
        "salary": None, "work_mode": None, "skills": listed, "groups": [], "unknown_terms": [],
        "understood": 0.9, "english": True, "in_field": True, **more,
    }  # fmt: skip


def salary(low: float, high: float, currency: str = "EUR", period: str = "year") -> dict[str, Any]:
    return {"min": low, "max": high, "currency": currency, "period": period}


def row_of(report: dict[str, Any], skill_id: str) -> dict[str, Any]:
    return next(row for row in report["demand"] if row["id"] == skill_id)


def text_of(report: dict[str, Any], *, full: bool = False, width: int = 80) -> str:
    return render(lambda console: draw_market(console, report, full=full), color=False, width=width)


def asked(*ids: str) -> list[dict[str, Any]]:
    return [skill(i) for i in ids]


def mixed(number: int, seed: int = 1) -> list[dict[str, Any]]:
    """Records of two kinds, with everything a record may state."""
    draw = random.Random(seed)  # noqa: S311
    made = []
    for i in range(number):
        pool = DATA if i % 2 else WEB
        names = draw.sample(pool, 5) + ["python"] * (i % 3 > 0) + ["communication"]
        made.append(
            record(
                i,
                *names,
                skill("docker", "preferred"),
                company=f"Company {i % 17}",
                posted=f"2031-03-{1 + i % 28:02}",
                closes=f"2031-04-{1 + i % 28:02}",
                place=draw.choice(["Porto, Portugal", "Leeds, United Kingdom", None]),
                work_mode=draw.choice(["remote", "hybrid", None]),
                seniority=draw.choice(["senior", "entry", None]),
                years_min=draw.choice([2, 5, None]),
                salary=salary(50_000 + 1_000 * i, 60_000 + 1_000 * i) if i % 3 else None,
                unknown_terms=[{"text": "Zorblax", "start": 0, "end": 7}] if i % 4 == 0 else [],
            )
        )
    return made


# -- what is counted --------------------------------------------------------------------------


def test_each_distinct_ad_counts_once(taxonomy) -> None:
    ads = [record(i, "python") for i in range(6)]
    again = {**ads[0], "source": "another-folder/ad.txt"}
    report = market([*ads, again], families={ads[1]["digest"]: ads[2]["digest"]}, taxonomy=taxonomy)
    assert report["counted"]["listings"] == 7
    assert report["counted"]["distinct"] == report["counted"]["ads"] == 5
    assert report["counted"]["copies"] == 2
    assert row_of(report, "python")["required"]["ads"] == 5


def test_a_family_is_counted_as_its_head_reads_it(taxonomy) -> None:
    head, copy = record(1, "python", posted="2031-02-02"), record(2, "python", "sql", posted="2031-01-01")
    report = market([copy, head], families={copy["digest"]: head["digest"]}, taxonomy=taxonomy)
    assert [row["id"] for row in report["demand"]] == ["python"]


def test_a_family_whose_head_is_gone_is_still_counted_once(taxonomy) -> None:
    late, early = record(1, "python", posted="2031-02-02"), record(2, "sql", posted="2031-01-01")
    heads = {late["digest"]: "f" * 64, early["digest"]: "f" * 64}
    for order in ([late, early], [early, late]):
        report = market(order, families=heads, taxonomy=taxonomy)
        assert [row["id"] for row in report["demand"]] == ["sql"], "the earliest stands for it"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"english": False}, "not in English"),
        ({"in_field": False}, "outside the field"),
        ({"understood": 0.4}, "40%"),
        ({"skills": [skill("communication")]}, "no hard skill"),
    ],
)
def test_what_cannot_be_judged_is_left_out_with_its_reason(taxonomy, more, reason) -> None:
    report = market([record(1, "python"), record(2, "python", **more)], taxonomy=taxonomy)
    assert report["counted"]["ads"] == 1
    assert [reason in ad["reason"] for ad in report["left_out"]] == [True]
    assert row_of(report, "python")["asked"]["ads"] == 1


def test_levels_are_counted_apart_and_together(taxonomy) -> None:
    levels = ["required", "required", "preferred", "responsibility", "context"]
    report = market(
        [record(i, "sql", skill("python", level)) for i, level in enumerate(levels)], taxonomy=taxonomy
    )
    row = row_of(report, "python")
    assert [row[level]["ads"] for level in ("required", "preferred", "responsibility", "asked")] == [
        2,
        1,
        1,
        4,
    ]


def test_alternatives_are_told_from_what_stands_alone(taxonomy) -> None:
    group = {"id": "g1", "level": "required", "min": 1, "members": ["aws", "azure"]}
    either = [skill("aws", group="g1"), skill("azure", group="g1"), skill("python")]
    report = market([record(1, *either, groups=[group]), record(2, "aws", "python")], taxonomy=taxonomy)
    assert row_of(report, "aws")["in_sets"] == 1
    assert row_of(report, "aws")["required"]["ads"] == 2
    assert row_of(report, "python")["in_sets"] == 0


def test_nothing_saved_is_no_fault(taxonomy) -> None:
    report = market([], taxonomy=taxonomy)
    MarketRecord.model_validate(report)
    assert "Nothing could be counted" in text_of(report)
    assert market_markdown(report)


def test_a_skill_that_the_taxonomy_lacks_is_taken_as_its_record_has_it(taxonomy) -> None:
    odd = {**skill("no_such_skill_here"), "name": "Zorblax", "kind": "tool"}
    row = row_of(market([record(1, odd)], taxonomy=taxonomy), "no_such_skill_here")
    assert (row["name"], row["kind"], row["hard"], row["step"]) == ("Zorblax", "tool", True, None)


# -- few and many -----------------------------------------------------------------------------


def test_few_ads_give_plain_counts_and_no_claims(taxonomy) -> None:
    report = market(mixed(29), taxonomy=taxonomy)
    figures = [row[level] for row in report["demand"] for level in ("required", "preferred", "asked")]
    assert all(f["share"] is f["low"] is f["high"] is None for f in figures)
    assert report["stability"] is None
    assert report["together"] == report["kinds"] == report["changes"] == report["stuffed"] == []
    text = text_of(report, full=True)
    assert "Fewer than 30 listings" in text
    assert "%" not in text.replace("--", "")


def test_enough_ads_give_shares_with_intervals(taxonomy) -> None:
    report = market(mixed(30), taxonomy=taxonomy)
    row = row_of(report, "python")["required"]
    assert row["ads"] == 20
    assert row["low"] < row["share"] < row["high"]
    assert abs(row["share"] - 20 / 30) < 0.05, "but for the ads that count less"
    assert report["stability"] is not None


def test_a_small_role_gets_counts_in_a_large_report(taxonomy) -> None:
    ads = [*mixed(40), record(900, "python", role={"id": "data_engineer", "name": "Data engineer"})]
    small = next(role for role in market(ads, taxonomy=taxonomy)["roles"] if role["id"] == "data_engineer")
    assert small["ads"] == 1
    assert small["skills"][0]["required"] == {"ads": 1, "share": None, "low": None, "high": None}


def test_wilson_agrees_with_the_textbook() -> None:
    assert wilson(0.5, 100) == (0.4038, 0.5962)
    assert wilson(0.0, 10) == (0.0, 0.2775)
    assert wilson(1.0, 10) == (0.7225, 1.0)


def test_benjamini_and_hochberg_step_up() -> None:
    assert highest_believed([0.01, 0.02, 0.03, 0.5], 0.05) == 0.03
    assert highest_believed([0.2, 0.5], 0.05) == -1
    assert highest_believed([], 0.05) == -1


# -- the same in any order --------------------------------------------------------------------


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), number=st.integers(1, 45))
def test_the_order_of_records_changes_nothing(taxonomy, seed, number) -> None:
    ads = mixed(number, seed)
    heads = {ads[-1]["digest"]: ads[0]["digest"]}
    shuffled = list(ads)
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    day = date(2031, 4, 10)
    one, other = (
        json.dumps(market(iter(some), families=heads, as_of=day, home="Porto", taxonomy=taxonomy))
        for some in (ads, shuffled)
    )
    assert one == other


def test_resamples_are_the_same_every_time_and_speak_of_the_leaders(taxonomy) -> None:
    ads = [record(i, "python", *random.Random(i).sample(DATA, 3)) for i in range(60)]  # noqa: S311
    first, again = (market(ads, taxonomy=taxonomy)["stability"] for _ in range(2))
    assert first == again
    assert first["skills"][0]["id"] == "python"
    assert first["skills"][0]["first_3"] == 1.0
    for row in first["skills"]:
        assert 0 <= row["first_3"] <= row["first_5"] <= row["first_10"] <= 1


# -- what goes together -----------------------------------------------------------------------


def pairs_of(ads: list[dict[str, Any]], taxonomy: Any) -> set[tuple[str, str]]:
    return {(pair["a"], pair["b"]) for pair in market(ads, taxonomy=taxonomy)["together"]}


def test_what_goes_together_is_found_by_lift(taxonomy) -> None:
    ads = [record(i, "python", *(["snowflake", "react"] if i < 15 else ["sql"])) for i in range(60)]
    found = {(p["a"], p["b"]): p for p in market(ads, taxonomy=taxonomy)["together"]}
    assert found["react", "snowflake"]["ads"] == 15
    assert found["react", "snowflake"]["lift"] == 4.0
    assert not any("python" in pair for pair in found), "what all ask for goes with nothing"


def test_what_goes_without_saying_is_no_finding(taxonomy) -> None:
    lexicon = Lexicon(taxonomy)
    skills = (s for s in taxonomy.skills.values() if s.broader and lexicon.is_hard(s.id))
    narrow = next(s for s in skills if lexicon.is_hard(s.broader[0]))
    pair = (narrow.id, narrow.broader[0])
    assert not pairs_of([record(i, "python", *(pair if i < 15 else ())) for i in range(60)], taxonomy)
    assert pairs_of(
        [record(i, "python", *((narrow.id, "react") if i < 15 else ())) for i in range(60)], taxonomy
    )


def test_alternatives_and_shared_words_are_no_finding(taxonomy) -> None:
    group = {"id": "g1", "level": "required", "min": 1, "members": ["aws", "react"]}
    either = [skill("aws", group="g1"), skill("react", group="g1")]
    ads = [
        record(i, "python", *(either if i < 15 else ()), groups=[group] if i < 15 else []) for i in range(60)
    ]
    assert not pairs_of(ads, taxonomy)
    same_words = [skill("snowflake", at=10), skill("react", at=12)]
    assert not pairs_of([record(i, "python", *(same_words if i < 15 else ())) for i in range(60)], taxonomy)


def test_the_template_of_one_employer_is_no_finding(taxonomy) -> None:
    ads = [record(i, "python", *(["snowflake", "react"] if i < 15 else ["sql"])) for i in range(60)]
    assert pairs_of(ads, taxonomy)
    for ad in ads[:15]:
        ad["company"] = "One Employer"
    assert not pairs_of(ads, taxonomy)


# -- kinds ------------------------------------------------------------------------------------


def test_kinds_of_listings_are_found_and_named_by_what_sets_them_apart(taxonomy) -> None:
    report = market(mixed(60), taxonomy=taxonomy)
    assert report["kinds_agreement"] >= 0.9
    assert [kind["ads"] for kind in report["kinds"]] == [30, 30]
    for kind, pool in zip(
        sorted(report["kinds"], key=lambda k: k["apart"][0]["id"] in WEB), (DATA, WEB), strict=True
    ):
        assert {trait["id"] for trait in kind["apart"]} <= set(pool)
        assert len(kind["members"]) == kind["ads"]
        assert kind["examples"][0]["digest"] in kind["members"]


def test_no_kinds_are_claimed_where_there_are_none(taxonomy) -> None:
    for number in (40, 80, 160):
        draw = random.Random(number)  # noqa: S311
        report = market([record(i, *draw.sample(DATA + WEB, 6)) for i in range(number)], taxonomy=taxonomy)
        assert report["kinds"] == []
    assert "KINDS OF LISTINGS" not in text_of(report)


# -- stuffed, pay, terms, marks ---------------------------------------------------------------


def test_stuffed_ads_count_less_and_are_named(taxonomy) -> None:
    tools = [s.id for s in taxonomy.skills.values() if s.kind == "tool"][:40]
    ads = [record(i, *tools[: 2 + i % 4]) for i in range(40)]
    ads.append(record(900, *tools, "sql"))
    report = market(ads, taxonomy=taxonomy)
    (odd,) = report["stuffed"]
    assert odd["source"] == "ad-0900.txt"
    assert odd["weight"] < 0.3
    assert "names 41 tools" in odd["reasons"][0]
    only_there = row_of(report, tools[30])["required"]
    assert only_there["ads"] == 1
    assert only_there["share"] < 1 / 41
    assert "COUNTED LESS" in text_of(report, full=True)


def test_a_set_of_many_alternatives_is_no_stuffing(taxonomy) -> None:
    tools = [s.id for s in taxonomy.skills.values() if s.kind == "tool"][:40]
    ads = [record(i, *tools[: 2 + i % 4]) for i in range(40)]
    group = {"id": "g1", "level": "required", "min": 1, "members": tools}
    ads.append(record(900, *(skill(tool, group="g1") for tool in tools), groups=[group]))
    assert market(ads, taxonomy=taxonomy)["stuffed"] == []


def test_a_beginner_with_eight_years_counts_less(taxonomy) -> None:
    ads = [record(i, "python") for i in range(40)]
    ads.append(record(900, "python", seniority="entry", years_min=8))
    (odd,) = market(ads, taxonomy=taxonomy)["stuffed"]
    assert (odd["weight"], odd["reasons"]) == (0.5, ["is called entry level and asks for 8 years"])


def test_pay_is_by_currency_and_year_and_from_five_ads(taxonomy) -> None:
    ads = [record(i, "python", salary=salary(40_000 + 10_000 * i, 60_000 + 10_000 * i)) for i in range(5)]
    ads += [record(10 + i, "sql", salary=salary(90, 110, "USD")) for i in range(4)]
    ads += [record(20, "sql", salary=salary(90, 110, "EUR", "hour")), record(21, "sql")]
    pay = market(ads, taxonomy=taxonomy)["pay"]
    assert (pay["stated"], pay["of"], pay["other_periods"]) == (10, 11, {"hour": 1})
    euro, dollar = pay["currencies"]
    assert (euro["ads"], euro["q1"], euro["median"], euro["q3"]) == (5, 60_000, 70_000, 80_000)
    assert [row["id"] for row in euro["skills"]] == ["python"]
    assert (dollar["ads"], dollar["median"]) == (4, None)
    assert "USD" not in text_of(market(ads, taxonomy=taxonomy))


def test_a_skill_that_pays_differently_stands_out_and_chance_does_not(taxonomy) -> None:
    high = [record(i, "python", "sql", salary=salary(100_000 + i, 120_000 + i)) for i in range(20)]
    low = [record(40 + i, "python", "react", salary=salary(50_000 + i, 60_000 + i)) for i in range(20)]
    (euro,) = market([*high, *low], taxonomy=taxonomy)["pay"]["currencies"]
    assert {row["id"] for row in euro["stands_out"]} == {"sql", "react"}
    flat = [record(i, "python", DATA[i % 8], salary=salary(50_000 + i // 8, 60_000)) for i in range(48)]
    (euro,) = market(flat, taxonomy=taxonomy)["pay"]["currencies"]
    assert euro["stands_out"] == []


def test_unknown_terms_are_counted_by_ads_and_not_by_one_firms_template(taxonomy) -> None:
    def named(*terms: str) -> list[dict[str, Any]]:
        return [{"text": term, "start": 0, "end": 1} for term in terms]

    ads = [record(i, "python", unknown_terms=named("Zorblax", "zorblaxes")) for i in range(3)]
    ads += [
        record(10 + i, "python", unknown_terms=named("Frobnicate"), company="One Employer") for i in range(5)
    ]
    ads += [record(20 + i, "python", unknown_terms=named("PyTorch")) for i in range(3)]
    (term,) = market(ads, taxonomy=taxonomy)["unknown_terms"]
    assert (term["text"], term["ads"], term["employers"]) == ("zorblaxes", 3, 3), "one term, in lower case"


def test_closed_and_far_listings_are_marked(taxonomy) -> None:
    ads = [
        record(1, "python", closes="2031-03-01", place="Porto, Portugal"),
        record(2, "python", closes="2031-03-20", place="Leeds, United Kingdom"),
        record(3, "python", closes="2031-05-20", place="Leeds, United Kingdom", work_mode="remote"),
        record(4, "python", place="Lisboa, Portugal", work_mode="remote"),
        record(5, "python", place="Braga, Portugal", closes="soon"),
    ]
    report = market(ads, as_of=date(2031, 3, 15), home="Porto, Portugal", taxonomy=taxonomy)
    assert [ad["source"] for ad in report["closed"]] == ["ad-0001.txt"]
    still = report["open"]
    assert (still["ads"], still["of"], still["soon"]) == (2, 3, 1)
    assert {ad["source"]: ad["reason"] for ad in report["far"]} == {
        "ad-0002.txt": "in another country",
        "ad-0003.txt": "remote, but in another country",
        "ad-0005.txt": "in another place",
    }
    unasked = market(ads, taxonomy=taxonomy)
    assert unasked["closed"] == unasked["far"] == []


def test_steps_are_counted_once_per_ad(taxonomy) -> None:
    report = market([record(1, "aws", "azure", "gcp"), record(2, "aws")], taxonomy=taxonomy)
    step = next(step for step in report["steps"] if step["id"] == "production.cloud")
    assert step["required"]["ads"] == 2
    assert step["skills"][0] == {"id": "aws", "name": taxonomy.skill("aws").name, "ads": 2}


def test_weeks_are_told_apart_and_change_is_claimed_only_beyond_the_intervals(taxonomy) -> None:
    first = [record(i, "python", "sql", posted="2031-03-03") for i in range(40)]
    last = [record(100 + i, "python", "react", posted="2031-03-12T08:00:00Z") for i in range(40)]
    report = market([*first, *last, record(500, "sql", posted="lately")], taxonomy=taxonomy)
    assert [(week["week"], week["from"], week["ads"]) for week in report["weeks"]] == [
        ("2031-W10", "2031-03-03", 40),
        ("2031-W11", "2031-03-10", 40),
    ]
    assert {change["id"] for change in report["changes"]} == {"sql", "react"}


# -- how it leaves ----------------------------------------------------------------------------


def test_the_record_is_of_its_schema_and_the_page_fits(taxonomy) -> None:
    report = market(mixed(90), as_of=date(2031, 4, 10), home="Porto", taxonomy=taxonomy)
    MarketRecord.model_validate(report)
    text = text_of(report)
    assert text.startswith("Your saved listings: 90 read")
    assert "they are not the market" in text
    assert max(map(len, text.split("\n"))) <= 80
    assert text.rstrip("\n").count("\n") < 48
    titles = [line.split("  ")[0] for line in text.split("\n") if line[:3].isupper() and line[0] != " "]
    order = [
        "WHAT THEY ASK MOST",
        "WHAT GOES TOGETHER",
        "KINDS OF LISTINGS",
        "PAY",
        "NOT IN MY TAXONOMY, NOT COUNTED",
        "WHAT TO DO NEXT",
    ]
    assert titles == [title for title in order if title in titles]
    assert len(titles) >= 5
    assert max(map(len, text_of(report, full=True, width=60).split("\n"))) <= 60
    for title in titles:
        assert f"## {title.capitalize()}" in market_markdown(report)


def test_segments_without_a_repeated_skill_share_a_row(taxonomy) -> None:
    lone = [record(200 + i, "sql", role={"id": role, "name": role}) for i, role in enumerate(("lone", "odd"))]
    page = MarketReport(market([*mixed(60), *lone], taxonomy=taxonomy), full=True)
    (roles,) = [section for section in page.sections() if section.title == "BY ROLE"]
    assert all(text for _, text, _ in roles.rows)
    assert roles.rows[-1][:2] == ("the others", "no skill in two of them: lone 1 · odd 1")


def test_few_ads_are_shown_as_counts(taxonomy) -> None:
    report = market([record(i, "sql", *(["python"] if i < 7 else [])) for i in range(10)], taxonomy=taxonomy)
    assert "of 10" in text_of(report)
    assert MarketReport(report).counted(row_of(report, "python")["required"]) == "7 of 10"


@pytest.mark.parametrize("evil", ["=cmd()", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_becomes_a_formula(taxonomy, evil) -> None:
    odd = {**skill("no_such_skill_here"), "name": evil, "kind": "tool"}
    ads = [
        record(i, odd, title=evil, company=f"{evil} {i}", unknown_terms=[{"text": evil, "start": 0, "end": 1}], closes="2031-01-01")
        for i in range(3)
    ]  # fmt: skip
    report = market(ads, as_of=date(2031, 2, 1), taxonomy=taxonomy)
    for table in TABLES:
        rows = list(csv.reader(io.StringIO("".join(csv_text(market_rows(report, table))), newline="")))
        assert len({len(row) for row in rows}) == 1
        assert not [value for row in rows for value in row if value.startswith(tuple("=+-@\t\r"))]
    assert cell(-3) == "-3", "a number is no formula"
    head, first = csv.reader(io.StringIO("".join(list(csv_text(market_rows(report)))[:2]), newline=""))
    assert head[:5] == ["skill", "id", "kind", "required", "preferred"]
    assert first[0] == f"'{evil}"


def test_an_ad_steers_neither_terminal_nor_markdown(taxonomy) -> None:
    ads = [record(1, "python", title="\x1b[31m[bold]x[/bold] <script>|", in_field=False), record(2, "python")]
    report = market(ads, taxonomy=taxonomy)
    assert "\x1b" not in text_of(report, full=True)
    assert "[bold]x[/bold]" in text_of(report, full=True)
    assert "<script>" not in market_markdown(report)


def test_one_near_copy_is_one_and_only_named_employers_are_counted(taxonomy) -> None:
    report = market(mixed(60), taxonomy=taxonomy)
    report["counted"] |= {"copies": 1, "employers": 4, "employer_not_stated": 6}
    text = text_of(report)
    assert "1 near copy, counted once" in text
    assert "from 4 named employers" in text
    report["counted"] |= {"copies": 2, "employer_not_stated": 0}
    assert "2 near copies, counted once" in text_of(report)
    assert "from 4 employers" in text_of(report)
