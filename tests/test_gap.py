"""The gap: laws over generated profiles, and what counts as shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analysis.actions import next_actions
from skillgap.analysis.coverage import counts, thin_reasons
from skillgap.analysis.gap import COUNTED_LEVELS, compare
from skillgap.analyzer import Analyzer
from skillgap.model import (
    Document,
    Evidence,
    Facts,
    Gap,
    Group,
    JobProfile,
    Mention,
    Requirement,
    ResumeProfile,
)
from skillgap.reading import read
from skillgap.rendering.gap_report import GapReport
from skillgap.rendering.gap_schemas import GapRecord
from skillgap.rendering.report import JobReport
from skillgap.taxonomy import Taxonomy, load_taxonomy

TODAY = date(2026, 11, 22)
SAMPLES = Path(__file__).resolve().parent.parent / "samples"
TAXONOMY = load_taxonomy()
POOL = sorted(
    skill_id
    for skill_id, kind in zip(TAXONOMY.ids, TAXONOMY.kinds, strict=True)
    if kind not in ("soft", "human_language")
)[::97]


def job_of(asked: list[tuple[str, str]], groups: list[list[str]]) -> JobProfile:
    names: dict[str, str] = {}
    made = []
    for number, members in enumerate(groups):
        free = [m for m in members if m in dict(asked) and m not in names]
        if len(free) > 1:
            names.update(dict.fromkeys(free, f"g{number}"))
            made.append(Group(f"g{number}", dict(asked)[free[0]], 1, tuple(free)))
    text = "ad"
    requirements = tuple(
        Requirement(skill, level, names.get(skill), (Mention(skill, 0, 2, "requirements", level),))
        for skill, level in dict(asked).items()
    )
    return JobProfile(Document("ad", text), None, "other", Facts(), requirements, tuple(made), (), 1.0, 1, 1)


def resume_of(shown: list[tuple[str, str]]) -> ResumeProfile:
    evidence = tuple(Evidence(skill, grade, 0, 2, "experience") for skill, grade in shown)
    return ResumeProfile(Document("cv", "cv"), evidence, (), None, {}, None, None, 2026 * 12)


skills = st.sampled_from(POOL)
asked_lists = st.lists(st.tuples(skills, st.sampled_from(COUNTED_LEVELS)), min_size=1, max_size=12)
group_lists = st.lists(st.lists(skills, min_size=2, max_size=4, unique=True), max_size=3)
shown_lists = st.lists(
    st.tuples(skills, st.sampled_from(["used", "listed", "learning", "denied"])), max_size=12
)


def missing(gap: Gap) -> set[str]:
    return {m.requirement.skill for m in gap.matches if m.status in ("missing", "related")}


def unmet(gap: Gap) -> set[str]:
    return {group.id for group in gap.groups if not group.lenient}


@settings(max_examples=150, deadline=None)
@given(asked_lists, group_lists, shown_lists, skills, st.sampled_from(["used", "listed"]))
def test_more_evidence_never_adds_a_gap(asked, groups, shown, skill, grade) -> None:
    shown = [(s, g) for s, g in shown if not (s == skill and g == "denied")]
    job = job_of(asked, groups)
    before = compare(job, resume_of(shown), TAXONOMY)
    after = compare(job, resume_of([*shown, (skill, grade)]), TAXONOMY)
    assert missing(after) <= missing(before)
    assert unmet(after) <= unmet(before)


@settings(max_examples=150, deadline=None)
@given(asked_lists, group_lists, shown_lists, st.data())
def test_removing_a_group_moves_the_share_the_right_way(asked, groups, shown, data) -> None:
    job, resume = job_of(asked, groups), resume_of(shown)
    gap = compare(job, resume, TAXONOMY)
    target = data.draw(st.sampled_from(gap.groups))
    gone = set(target.members)
    rest = replace(
        job,
        requirements=tuple(r for r in job.requirements if r.skill not in gone),
        groups=tuple(g for g in job.groups if g.id != target.id),
    )
    _, met, of = counts(gap, target.level)
    _, met_after, of_after = counts(compare(rest, resume, TAXONOMY), target.level)
    assert of_after == of - 1
    if of_after:
        if target.lenient:
            assert met_after * of <= met * of_after
        else:
            assert met_after * of >= met * of_after


@settings(max_examples=100, deadline=None)
@given(asked_lists, group_lists, shown_lists, st.randoms(use_true_random=False))
def test_order_of_evidence_never_matters(asked, groups, shown, random) -> None:
    job = job_of(asked, groups)
    mixed = list(shown)
    random.shuffle(mixed)
    one, other = compare(job, resume_of(shown), TAXONOMY), compare(job, resume_of(mixed), TAXONOMY)
    assert [(m.requirement.skill, m.status, m.via) for m in one.matches] == [
        (m.requirement.skill, m.status, m.via) for m in other.matches
    ]
    assert one.groups == other.groups
    assert one.priorities == other.priorities


@settings(max_examples=150, deadline=None)
@given(asked_lists, group_lists, shown_lists)
def test_strict_is_at_most_lenient_is_at_most_asked(asked, groups, shown) -> None:
    gap = compare(job_of(asked, groups), resume_of(shown), TAXONOMY)
    for level in COUNTED_LEVELS:
        strict, lenient, of = counts(gap, level)
        assert 0 <= strict <= lenient <= of
    assert sum(counts(gap, level)[2] for level in COUNTED_LEVELS) == len(gap.groups)


@settings(max_examples=100, deadline=None)
@given(asked_lists, group_lists)
def test_used_evidence_for_everything_leaves_nothing_missing(asked, groups) -> None:
    job = job_of(asked, groups)
    gap = compare(job, resume_of([(r.skill, "used") for r in job.requirements]), TAXONOMY)
    assert not missing(gap)
    assert not unmet(gap)
    assert gap.priorities == ()
    assert all(group.strict for group in gap.groups)


@pytest.mark.parametrize(
    ("line", "skill", "status"),
    [
        ("- Tuned PyTorch models", "pytorch", "matched"),
        ("- Tuned PyTorch models", "deep_learning", "implied"),
        ("- Tuned MySQL queries", "postgresql", "related"),
        ("- Managed a team that used Spark", "apache_spark", "related"),
        ("- No experience with Tableau yet", "tableau", "missing"),
        ("- Currently learning Rust", "rust", "missing"),
    ],
)
def test_status(analyzer: Analyzer, line: str, skill: str, status: str) -> None:
    cv = f"Jo Ellery\n\nExperience\nEngineer, Acme, 2019 - 2022\n- Docker\n{line}\n"
    ad = "Engineer\n\nRequirements\n- PyTorch, deep learning, PostgreSQL, Apache Spark, Tableau and Rust\n- Docker\n"
    gap = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).gap
    assert {m.requirement.skill: m.status for m in gap.matches}[skill] == status


def test_a_denial_outweighs_a_list_and_work_outweighs_a_denial(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- Experience with Tableau and Docker\n"
    listed = "Jo\n\nSkills\nTableau, Docker\n\nNo experience with Tableau yet.\n"
    used = "Jo\n\nExperience\nEngineer, Acme, 2019 - 2022\n- Built Tableau reports\n\nSkills\nDocker\n\nNo experience with Tableau yet.\n"
    for cv, status in ((listed, "missing"), (used, "matched")):
        gap = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).gap
        assert {m.requirement.skill: m.status for m in gap.matches}["tableau"] == status


def test_nothing_asked_is_not_met(analyzer: Analyzer) -> None:
    ad = "Office helper\n\nRequirements\n- You communicate clearly and work well in a team\n"
    gap = analyzer.compare(analyzer.resume("Jo\n\nSkills\nPython\n", as_of=TODAY), ad).gap
    assert counts(gap, "required") == (0, 0, 0)
    assert any("0 hard must-haves" in reason for reason in thin_reasons(gap))


def test_terms_outside_the_taxonomy_are_matched_word_for_word(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- Experience with Python, Zorblatt and Quuxify\n"
    cv = "Jo\n\nSkills\nPython, ZORBLATT\n"
    record = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).to_dict()
    assert {t["text"]: t["in_resume"] for t in record["unknown_terms"]} == {
        "Zorblatt": True,
        "Quuxify": False,
    }


def test_every_quote_is_found_at_its_offsets(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- Python, “K8s” and PyTorch or TensorFlow\n"
    cv = "Jo\n\nExperience\nEngineer, Acme, 2019 - 2022\n- Python services on “K8s”\n"
    record = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).to_dict(with_text=True)
    GapRecord.model_validate(record)
    for match in record["matches"]:
        for mention in match["mentions"]:
            assert record["job"]["text"][mention["start"] : mention["end"]] == mention["text"]
        for evidence in match["evidence"]:
            assert record["resume"]["text"][evidence["start"] : evidence["end"]] == evidence["text"]
            assert evidence["text"] in evidence["quote"]


def test_actions_count_up_and_never_past_what_is_asked(analyzer: Analyzer, taxonomy: Taxonomy) -> None:
    ad = "AI Engineer\n\nRequirements\n- RAG, LangChain, vector databases, Docker, Terraform, LLM evaluation\n- PostgreSQL\n"
    cv = "Jo\n\nExperience\nEngineer, Acme, 2019 - 2022\n- MySQL and Python\n\nSkills\nDocker\n"
    record = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).to_dict()
    met = record["coverage"]["required"]["met_lenient"]
    for action in record["actions"]:
        assert action["met_before"] == met
        assert action["met_after"] >= met
        met = action["met_after"]
    assert met <= record["coverage"]["required"]["of"]
    assert not any(a["when"] == "today" and "postgresql" in a["skills"] for a in record["actions"])
    assert all(a["step"] in taxonomy.steps for a in record["actions"] if a["when"] == "study")


def test_the_hours_of_an_action_hold_what_comes_before_it_and_say_so(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- Retrieval-augmented generation\n"
    cv = "Jo\n\nExperience\nEngineer, Acme, 2019 - 2022\n- Python and SQL\n"
    result = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad)
    step = next(action for action in next_actions(result.gap, TAXONOMY) if action.step == "llm.rag")
    assert set(step.first) >= {"foundations.apis", "llm.apis", "llm.vector_search"}
    taken = [TAXONOMY.steps[name].hours for name in (*step.first, "llm.rag")]
    assert step.hours == tuple(sum(each[end] for each in taken) for end in (0, 1))
    rows = {when: what for when, what, _ in GapReport(result.gap, TAXONOMY).next_steps()}
    assert f"after {step.first[0]}" in rows[f"{step.hours[0]}-{step.hours[1]} h"]


def test_years_of_what_is_taken_as_known_are_not_called_missing(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- 4+ years of DevOps\n- 3+ years of Kafka\n"
    cv = "Jo\n\nExperience\nEngineer, Acme, 2019 - 2022\n- Deployed with Argo CD and Terraform\n"
    report = GapReport(analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).gap, TAXONOMY)
    assert any(line.startswith("DevOps, since") for line in report.implied())
    years = dict(report.facts())["Years"]
    assert "DevOps taken as known, no dates of its own (asked 4+)" in years
    assert "Apache Kafka not shown (asked 3+)" in years


def test_rewording_is_offered_for_practices_only_and_never_against_the_resumes_own_word(
    analyzer: Analyzer,
) -> None:
    ad = "Engineer\n\nRequirements\n- PostgreSQL, Docker, Tableau, Terraform, Kafka\n- Data governance and user research\n"
    cv = "Jo\n\nExperience\nAnalyst, Acme, 2019 - 2022\n- MySQL; data quality rules; customer interviews\n"
    record = analyzer.compare(analyzer.resume(cv, as_of=TODAY), ad).to_dict()
    related = {m["id"] for m in record["matches"] if m["status"] == "related"}
    offered = {s for a in record["actions"] if a["when"] == "today" for s in a["skills"]}
    assert "postgresql" in related
    assert offered
    assert "postgresql" not in offered


def test_a_class_and_the_set_of_it_count_once() -> None:
    analyzer = Analyzer(TAXONOMY)
    ad = "Engineer\n\nRequirements\n- Python\n- A cloud platform (AWS, GCP or Azure)\n"
    for skills, met in (("Python", 1), ("Python, AWS", 2)):
        cv = f"Jane Roe\n\nSkills\n{skills}\n\nExperience\nDeveloper, Quillmark, 2019 - 2023\n- Kept the shop running\n"
        gap = analyzer.compare(cv, ad, as_of=TODAY)
        assert counts(gap.gap, "required")[1:] == (met, 2)
        listed = {member for group in gap.to_dict()["groups"] for member in group["members"]}
        assert listed == {"python", "aws", "gcp", "azure"}


def test_analyze_and_compare_count_the_same_must_haves() -> None:
    analyzer = Analyzer(TAXONOMY)
    ads = [*SAMPLES.glob("ads/*.txt"), *SAMPLES.glob("gold/*.txt")]
    assert len(ads) > 10
    for path in sorted(ads):
        job = analyzer.job(read(path))
        gap = compare(job.profile, resume_of([]), TAXONOMY)
        for level in COUNTED_LEVELS:
            assert JobReport(job.profile, TAXONOMY, ()).count(level) == counts(gap, level)[2], path.name
