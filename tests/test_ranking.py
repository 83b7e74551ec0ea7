"""Saved listings against one resume: counted as a comparison counts them, in any order, thin ones apart."""

from __future__ import annotations

import random
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analysis.coverage import counts, thin_reasons
from skillgap.analysis.gap import Shown, compare
from skillgap.market.must_haves import read_listings
from skillgap.market.people import unlock_people
from skillgap.market.ranking import rank
from skillgap.market.role_gaps import role_gaps

ASKED = ["python", "sql", "git", "docker", "kubernetes", "pytorch"]


def listing(name, required=ASKED, groups=(), **facts):
    """A ``skillgap/job@1`` record; ``groups`` are (level, minimum, members)."""
    from skillgap.taxonomy import load_taxonomy

    taxonomy = load_taxonomy() if not hasattr(listing, "taxonomy") else listing.taxonomy
    listing.taxonomy = taxonomy
    members = [m for _, _, names in groups for m in names]
    skills = dict.fromkeys([*required, *members], "required")
    skills |= {m: level for level, _, names in groups for m in names if m not in required}
    return {
        "schema": "skillgap/job@1",
        "source": name,
        "row": None,
        "digest": f"digest of {name}",
        "title": f"Engineer {name}",
        "company": None,
        "place": None,
        "url": None,
        "posted": None,
        "closes": None,
        "role": {"id": "ai_engineer", "name": "AI engineer"},
        "years_min": None,
        "skills": [
            {"id": s, "name": taxonomy.skill(s).name, "kind": taxonomy.kind(s), "level": level, "steps": []}
            for s, level in skills.items()
        ],
        "groups": [
            {"id": f"g{n}", "level": level, "min": least, "members": list(names)}
            for n, (level, least, names) in enumerate(groups, 1)
        ],
        "understood": 0.9,
        "english": True,
        "in_field": True,
    } | facts


@pytest.fixture(scope="module")
def knows(analyzer):
    """Somebody who knows these skills by their own word."""
    profile = analyzer.resume(
        "Experience\n2020 - 2024 Baker, Corner Oven\n- counted loaves in Excel\n"
    ).profile

    def made(*skills):
        return Shown(profile, analyzer.taxonomy, frozenset(skills))

    return made


def test_counts_are_those_of_a_comparison(analyzer, sample_ads) -> None:
    resume = analyzer.resume(
        "Experience\nMar 2020 - Feb 2024 Developer, Tide Works\n"
        "- built REST services in Python with Docker on AWS\n"
        "- trained a churn model with scikit-learn\nSkills: SQL, PyTorch, Git\n"
    )
    reports = [(name, analyzer.job(text)) for name, text in sample_ads.items()]
    gaps = {name: compare(r.profile, resume.profile, analyzer.taxonomy) for name, r in reports}
    records = [r.to_dict() | {"source": name} for name, r in reports]
    ranking = rank(records, Shown(resume.profile, analyzer.taxonomy), analyzer.taxonomy)
    assert len(ranking.fits) + len(ranking.apart) == len(sample_ads)
    for fit in ranking.fits:
        gap = gaps[fit.listing.source]
        assert (fit.strict, fit.lenient, fit.of) == counts(gap, "required")
        assert not thin_reasons(gap)
        unmet = [g.members for g in gap.groups if g.level == "required" and not g.lenient]
        assert len(unmet) == len(fit.open)
    for apart in ranking.apart:
        assert list(apart.reasons) == thin_reasons(gaps[apart.source])


def test_best_share_first_then_work_then_the_longer_list(knows, taxonomy) -> None:
    records = [
        listing("a", ["sql", "git", "docker", "kubernetes", "pytorch"]),
        listing("b", ["sql", "git", "docker", "kubernetes", "pytorch", "terraform"]),
        listing("c", ["sql", "git", "docker", "kubernetes", "react"]),
    ]
    ranking = rank(records, knows("sql", "git", "docker", "kubernetes", "pytorch"), taxonomy)
    assert [fit.listing.source for fit in ranking.fits] == ["a", "b", "c"]
    assert [fit.lenient for fit in ranking.fits] == [5, 5, 4]
    assert [fit.strict for fit in ranking.fits] == [0, 0, 0]  # their own word is no work
    assert ranking.fits[1].open == (("terraform",),)


def test_alternatives_and_minimum_and_soft_skills(knows, taxonomy) -> None:
    soft = next(i for i, kind in zip(taxonomy.ids, taxonomy.kinds, strict=True) if kind == "soft")
    groups = [
        ("required", 1, ("aws", "azure")),
        ("required", 2, ("java", "scala", "go")),
        ("preferred", 1, ("react", "rust")),
    ]
    record = listing("a", ["python", "sql", "git", soft], groups)
    fit = rank([record], knows("azure", "java"), taxonomy).fits[0]
    assert (fit.lenient, fit.of) == (1, 5)
    assert rank([record], knows("azure", "java", "go"), taxonomy).fits[0].lenient == 2


def test_what_is_implied_counts_leniently(knows, taxonomy) -> None:
    target = taxonomy.skill("pytorch").implies[0]
    record = listing("a", [target, "sql", "git", "docker", "terraform"])
    fit = rank([record], knows("pytorch"), taxonomy).fits[0]
    assert (fit.strict, fit.lenient) == (0, 1)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"skills": [], "groups": []}, "it names only 0 hard must-haves"),
        ({"understood": 0.5}, "only 50% of its lines were understood"),
        ({"english": False}, "it is mostly not in English"),
        ({"in_field": False}, "it is from outside the field"),
    ],
)
def test_thin_listings_are_apart_with_the_reason(knows, taxonomy, change, reason) -> None:
    ranking = rank([listing("a", **change), listing("b")], knows(*ASKED), taxonomy)
    assert [fit.listing.source for fit in ranking.fits] == ["b"]
    assert [(x.source, x.apart, x.reasons) for x in ranking.apart] == [("a", "thin", (reason,))]


def test_nothing_of_nothing_is_never_over_the_line(knows, taxonomy) -> None:
    empty = listing("a", skills=[], groups=[])
    ranking = rank([empty], knows(), taxonomy)
    assert not ranking.over(Fraction(1, 100))
    assert role_gaps([empty], knows(), taxonomy) == ()


def test_marks_and_closing_days_are_respected(knows, taxonomy) -> None:
    records = [listing(name) for name in "abcd"]
    records[2]["closes"] = "2026-11-20"
    records[3]["closes"] = "2026-11-22"
    marks = {"digest of a": "applied", "digest of b": "skip", "digest of d": "starred"}
    ranking = rank(records, knows(), taxonomy, marks=marks, as_of=date(2026, 11, 22))
    assert [fit.listing.source for fit in ranking.fits] == ["d"]
    assert {x.source: x.apart for x in ranking.apart} == {"a": "applied", "b": "skip", "c": "closed"}
    assert len(rank(records, knows(), taxonomy).fits) == 4  # without a day nothing is closed


def test_near_copies_count_once_and_share_their_mark(knows, taxonomy) -> None:
    records = [listing("a", posted="2026-10-02"), listing("b", posted="2026-10-01"), listing("c")]
    families = {"digest of a": "digest of b"}
    ranking = rank(records, knows(), taxonomy, families=families)
    assert [(fit.listing.source, fit.listing.copies) for fit in ranking.fits] == [("b", 1), ("c", 0)]
    marked = rank(records, knows(), taxonomy, families=families, marks={"digest of a": "applied"})
    assert [x.source for x in marked.apart] == ["b"]
    assert rank([records[0], records[0]], knows(), taxonomy).folded == 1  # the same text saved twice


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sets(st.sampled_from([*ASKED, "terraform", "react", "java"]), min_size=4), min_size=1, max_size=8
    ),
    st.randoms(),
)
def test_the_order_of_the_records_makes_no_difference(analyzer, asked, chance: random.Random) -> None:
    profile = analyzer.resume("Experience\n2020 - 2024 Baker, Corner Oven\n- used Git and SQL\n").profile
    shown = Shown(profile, analyzer.taxonomy)
    records = [listing(f"ad{n}", sorted(skills)) for n, skills in enumerate(asked)]
    mixed = chance.sample(records, len(records))
    first, second = (rank(r, shown, analyzer.taxonomy).to_dict() for r in (records, mixed))
    assert first == second


def test_listings_once_read_serve_many_resumes(knows, taxonomy) -> None:
    listings = read_listings(iter([listing("a"), listing("b", ["java", "react", "sql", "git", "docker"])]))
    assert rank(listings, knows("python"), taxonomy).fits[0].listing.source == "a"
    assert rank(listings, knows("java"), taxonomy).fits[0].listing.source == "b"


def test_distance_to_a_role_type_counts_the_fewest_skills(knows, taxonomy) -> None:
    records = [
        listing("a", ["python", "sql", "git", "docker", "terraform"]),
        listing("b", ["python", "sql", "git", "react", "java"], role={"id": "software_engineer", "name": ""}),
        listing("c", ["python", "sql", "git", "docker", "kubernetes"]),
    ]
    gaps = role_gaps(records, knows("python", "sql", "git", "docker"), taxonomy)
    assert [(g.role, g.listings, g.over, g.nearest, g.half) for g in gaps] == [
        ("ai_engineer", 2, 0, 1, 1),
        ("software_engineer", 1, 0, 2, 2),
    ]
    assert all(g.exact for g in gaps)
    near = role_gaps(records, knows("python", "sql", "git", "docker"), taxonomy, line="0.8")
    assert (near[0].over, near[0].half) == (2, 0)


def test_one_skill_that_brings_a_notion_along_is_one_skill(knows, taxonomy) -> None:
    brought = next(t for t in taxonomy.skill("pytorch").implies if taxonomy.kind(t) == "concept")
    record = listing("a", ["pytorch", brought, "python", "sql", "git"])
    assert role_gaps([record], knows("sql", "git"), taxonomy)[0].nearest == 2  # python and pytorch


def test_the_step_that_helps_the_most_people(knows, taxonomy) -> None:
    records = [
        listing("a", ["sql", "git", "docker", "python", "react"]),
        listing("b", ["sql", "git", "docker", "python", "java"]),
    ]
    base = ("git", "docker", "python")
    people = [("one", knows(*base, "react")), ("two", knows(*base, "java")), ("three", knows(*base))]
    found = unlock_people(records, people, taxonomy)
    best = found.single[0]
    assert best.steps == ("foundations.sql",)
    assert best.people == best.first == ("one", "two")
    assert best.listings == 2
    assert dict(found.over) == {"one": 0, "two": 0, "three": 0}
    pair = found.pairs[0]
    assert "foundations.sql" in pair.steps
    assert pair.people == ("one", "two", "three")
