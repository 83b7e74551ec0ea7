"""What a plan holds: order, hours, dates, cheapest alternatives, what is shown or done, exact choices."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analysis.needs import LEVELS, read_needs, standing
from skillgap.analysis.plan import plan
from skillgap.analysis.schedule import calendar
from skillgap.errors import UsageError
from skillgap.rendering.plan_schema import GapInput, PlanRecord
from skillgap.taxonomy import load_taxonomy

START = date(2026, 11, 23)
TAXONOMY = load_taxonomy()
TAUGHT = sorted({s for step in TAXONOMY.steps.values() for s in step.teaches} & set(TAXONOMY.ids))


def gap(matches=(), groups=(), shown=(), source="ad.txt"):
    """A record as ``skillgap compare`` prints it; a match is (skill, status[, level[, close to]])."""
    entries = []
    for skill, status, *rest in matches:
        level = rest[0] if rest else "required"
        entry = TAXONOMY.skill(skill)
        via = [{"id": rest[1], "name": TAXONOMY.skill(rest[1]).name}] if len(rest) > 1 else []
        entries.append(
            {
                "id": skill,
                "name": entry.name,
                "kind": entry.kind,
                "level": level,
                "group": None,
                "status": status,
                "via": via,
                "steps": [],
            }
        )
    return {
        "schema": "skillgap/gap@1",
        "job": {"source": source, "title": "Engineer", "company": "Halden Bay", "url": None},
        "resume": {"source": "cv.txt", "shown": list(shown)},
        "matches": entries,
        "groups": [
            {"id": f"g{n}", "level": level, "min": least, "members": list(members), "satisfied": None}
            for n, (level, least, members) in enumerate(groups, 1)
        ],
    }


def made(*gaps, done=(), **options):
    return plan(gaps, TAXONOMY, **{"hours_per_week": 8, "start": START, "done": frozenset(done), **options})


def ids(steps):
    return [step.id for step in steps]


def by_id(result):
    return {step.id: step for step in result.steps}


# -- what is planned ------------------------------------------------------------------------


def test_a_missing_skill_brings_its_step_and_what_comes_before_it() -> None:
    result = made(gap([("retrieval_augmented_generation", "missing"), ("python", "matched")]))
    assert ids(result.steps)[-1] == "llm.rag"
    assert {"llm.apis", "llm.vector_search", "llm.prompting", "llm.foundations"} < set(ids(result.steps))
    assert by_id(result)["llm.rag"].because.startswith("1 missing: Retrieval-augmented generation")
    assert "needed before llm.rag" in by_id(result)["llm.apis"].because


def test_what_stands_behind_a_known_step_is_not_asked_for_its_sake() -> None:
    result = made(gap([("retrieval_augmented_generation", "missing"), ("python", "matched")]))
    assert not {"foundations.python", "foundations.cli"} & set(ids(result.steps))
    assert result.taken_as_known == {"foundations.python": ("Python", "you show Python")}


def test_a_step_is_known_by_what_a_shown_skill_includes_and_says_so() -> None:
    result = made(gap([("retrieval_augmented_generation", "missing")], shown=["fastapi"]))
    assert result.taken_as_known["foundations.python"] == ("Python", "you show Python by FastAPI")


@pytest.mark.parametrize(
    ("shown", "wanted", "kept"),
    [
        ("fastapi", "machine_learning", "math.statistics"),  # taught before serving models, where FastAPI is
        ("fastapi", "machine_learning", "math.linear_algebra"),
        ("apache_kafka", "machine_learning", "data.analysis"),
        ("typescript", "system_design", "foundations.programming"),
        ("fastapi", "mlops", "production.serving"),  # taught there too, but learned at back-end services
    ],
)
def test_a_neighbour_is_no_proof(shown, wanted, kept) -> None:
    step = by_id(made(gap([(wanted, "missing")], shown=[shown])))[kept]
    taught = TAXONOMY.steps[kept].teaches
    assert shown in taught or step.hours == step.full_hours


def test_a_near_substitute_takes_nothing_off_the_steps_before() -> None:
    step = by_id(made(gap([("python", "missing"), ("github_copilot", "related", "required", "chatgpt")])))
    assert step["foundations.python"].hours == TAXONOMY.steps["foundations.python"].hours


@pytest.mark.parametrize(
    "skill",
    ["eu_ai_act", "responsible_ai", "data_governance", "power_bi", "prompt_engineering", "data_labeling"],
)
def test_understanding_governing_and_reporting_bring_no_programming(skill) -> None:
    programming = {"foundations.cli", "foundations.python", "foundations.programming"}
    assert not programming & set(ids(made(gap([(skill, "missing")])).steps))


def test_a_nurse_is_not_asked_for_a_shell_before_sql_and_the_ai_act() -> None:
    record = gap(
        [
            ("eu_ai_act", "missing"),
            ("sql", "missing"),
            ("gdpr", "matched"),
            ("python", "missing", "preferred"),
        ],
        shown=["chatgpt"],
    )
    result = made(record, weeks=12, hours_per_week=6, down_to="required")
    assert ids(result.steps) == ["responsible.regulation", "foundations.sql"]
    assert result.jobs[0].after == 3


def test_a_shown_practice_does_not_vouch_for_the_steps_before_it() -> None:
    result = made(gap([("data_visualization", "matched"), ("python", "missing")]))
    assert by_id(result)["foundations.python"].hours == TAXONOMY.steps["foundations.python"].hours


def test_a_step_that_is_partly_shown_takes_the_share_that_is_left() -> None:
    full = TAXONOMY.steps["data.engineering"].hours
    result = made(
        gap(
            [
                ("apache_airflow", "missing"),
                ("data_modeling", "matched"),
                ("python", "matched"),
                ("sql", "matched"),
            ]
        )
    )
    step = by_id(result)["data.engineering"]
    assert step.hours == (full[0] * 7 // 8, ceil(full[1] * 7 / 8))
    assert step.full_hours == full
    assert "you show 1 of its 8 skills (Data modeling)" in step.because


def test_a_step_costs_the_same_whichever_ads_it_is_taken_for() -> None:
    shown = ["langchain", "chroma", "pgvector", "python", "sql"]
    one = gap([("elasticsearch", "missing")], shown=shown)
    other = gap([("vector_databases", "implied", "required", "chroma"), ("qdrant", "missing")], shown=shown)
    alone, both = (by_id(made(*gaps))["llm.vector_search"] for gaps in ((one,), (one, other)))
    assert alone.hours == both.hours
    assert alone.hours < alone.full_hours


def test_more_shown_never_makes_the_plan_longer() -> None:
    matches = [("retrieval_augmented_generation", "missing"), ("kubernetes", "missing")]
    known = ["python", "git", "docker", "openai_api"]
    totals = [
        made(gap(matches, shown=[s for s in known[:n] if s in TAXONOMY.positions])).hours[1] for n in range(5)
    ]
    assert totals == sorted(totals, reverse=True)
    assert totals[0] > totals[-1]


def test_of_alternatives_the_cheapest_is_taken_and_counted_once() -> None:
    members = ("deep_learning", "sql")
    result = made(gap([(m, "missing") for m in members], [("required", 1, members)]))
    assert by_id(result)["foundations.sql"].teaches == ("sql",)
    assert "one of 2 that will do" in by_id(result)["foundations.sql"].because
    assert "dl.foundations" not in by_id(result)
    assert (result.jobs[0].now, result.jobs[0].after, result.jobs[0].of) == (0, 1, 1)


def test_two_of_three_take_the_two_cheapest() -> None:
    members = ("deep_learning", "sql", "git")
    result = made(gap([(m, "missing") for m in members], [("required", 2, members)]))
    assert sorted(s for step in result.steps for s in step.teaches) == ["git", "sql"]


def test_a_set_that_one_member_meets_asks_for_nothing() -> None:
    result = made(gap([("aws", "matched"), ("azure", "missing")], [("required", 1, ("aws", "azure"))]))
    assert result.steps == ()
    assert result.jobs[0].now == result.jobs[0].of == 1


def test_soft_skills_and_languages_are_not_planned() -> None:
    soft = next(i for i, kind in zip(TAXONOMY.ids, TAXONOMY.kinds, strict=True) if kind == "soft")
    result = made(gap([(soft, "missing")]))
    assert result.steps == () == result.on_the_job
    assert result.jobs[0].of == 0


def test_must_haves_come_before_the_rest_and_down_to_cuts() -> None:
    record = gap(
        [("sql", "missing", "responsibility"), ("git", "missing", "preferred"), ("statistics", "missing")]
    )
    result = made(record)
    assert [step.level for step in result.steps if step.teaches] == list(LEVELS)
    assert {step.level for step in made(record, down_to="preferred").steps} == {"required", "preferred"}


def test_what_only_work_teaches_is_listed_without_hours() -> None:
    skill = TAXONOMY.steps["domain.finance"].teaches[0]
    result = made(gap([(skill, "missing")]))
    assert [(entry.id, entry.skills) for entry in result.on_the_job] == [("domain.finance", (skill,))]
    assert result.hours == (0, 0)


def test_only_current_certificates_are_offered() -> None:
    certificates = {s.id: s.certification["status"] for s in TAXONOMY.skills.values() if s.certification}
    current = next(i for i, status in sorted(certificates.items()) if status == "current")
    result = made(
        gap([("aws_certification", "missing"), ("cloud_certification", "missing"), (current, "missing")])
    )
    assert result.credentials[0].status == "current"
    for credential in result.credentials:
        assert credential.status == certificates[credential.id]
        names = {TAXONOMY.find(name).id for name in credential.options}
        assert all(certificates[name] == "current" for name in names)
    assert next(c for c in result.credentials if c.id == "cloud_certification").options
    assert result.steps == ()


def test_a_near_substitute_is_named_and_takes_nothing_off() -> None:
    result = made(gap([("deep_learning", "related", "required", "data_science")]))
    step = by_id(result)["dl.foundations"]
    assert step.hours == step.full_hours
    assert "close: Data science" in step.because


def test_a_skill_that_the_taxonomy_lacks_is_planned_by_the_steps_of_the_record() -> None:
    record = gap([("sql", "missing")])
    record["matches"][0] |= {"id": "zorblatt", "name": "Zorblatt", "steps": [{"id": "foundations.sql"}]}
    assert by_id(made(record))["foundations.sql"].teaches == ("zorblatt",)
    record["matches"][0]["steps"] = []
    assert made(record).unplaced == ("zorblatt",)


def test_several_ads_are_planned_together_and_counted_apart() -> None:
    result = made(
        gap([("sql", "missing")], source="a"), gap([("sql", "missing"), ("git", "missing")], source="b")
    )
    assert [step.id for step in result.steps if step.teaches] == ["foundations.sql", "foundations.git"]
    assert [(o.job.source, o.after, o.of) for o in result.jobs] == [("a", 1, 1), ("b", 2, 2)]
    assert result.steps[-1].met == ((1, 1), (1, 2))


# -- done -----------------------------------------------------------------------------------


def test_done_steps_are_left_out_and_counted() -> None:
    record = gap([("sql", "missing"), ("git", "missing")])
    before, after = made(record), made(record, done=["foundations.sql"])
    assert "foundations.sql" in ids(before.steps)
    assert "foundations.sql" not in ids(after.steps)
    assert [(step.id, step.hours) for step in after.done] == [("foundations.sql", 50)]
    assert (after.jobs[0].shown, after.jobs[0].now, after.jobs[0].after) == (0, 1, 2)
    assert after.to_dict()["totals"]["hours_done"] == 50


def test_a_done_step_leaves_what_comes_before_it_behind() -> None:
    result = made(gap([("pandas", "missing")]), done=["foundations.python"])
    assert ids(result.steps) == ["data.analysis"]


# -- order, dates, weeks --------------------------------------------------------------------


@st.composite
def gaps_of_all_kinds(draw):
    skills = draw(st.lists(st.sampled_from(TAUGHT), min_size=1, max_size=14, unique=True))
    matches = [
        (
            skill,
            draw(st.sampled_from(["matched", "implied", "missing", "missing"])),
            draw(st.sampled_from([*LEVELS, "context"])),
        )
        for skill in skills
    ]
    size = draw(st.integers(0, min(4, len(skills))))
    groups = (
        [(draw(st.sampled_from(LEVELS)), draw(st.integers(1, 2)), tuple(skills[:size]))] if size > 1 else []
    )
    return gap(matches, groups)


@settings(max_examples=60, deadline=None)
@given(
    record=gaps_of_all_kinds(),
    weeks=st.none() | st.integers(1, 60),
    done=st.sets(st.sampled_from(sorted(TAXONOMY.steps)), max_size=3),
)
def test_laws_of_every_plan(record, weeks, done) -> None:
    GapInput.model_validate(record)
    result = made(record, weeks=weeks, done=done)
    PlanRecord.model_validate(result.to_dict())
    needs = read_needs([record], TAXONOMY, frozenset(done))
    stands = standing(needs, TAXONOMY, frozenset(done))
    seen: set[str] = set()
    for step in result.steps:
        planned = {*ids(result.steps), *ids(result.not_fitting)}
        assert stands.before(step.id) <= seen, f"{step.id} comes too early"
        direct = {s for s in TAXONOMY.steps[step.id].after if TAXONOMY.steps[s].hours}
        assert direct <= planned | stands.behind
        assert step.id not in done
        assert step.because
        seen.add(step.id)
    assert result.hours == tuple(sum(step.hours[end] for step in result.steps) for end in (0, 1))
    spent = 0
    for step in result.steps:
        spent += step.hours[1]
        assert step.finish == START + timedelta(max(0, ceil(spent * 7 / 8) - 1))
        assert START <= step.begin <= step.finish
    if weeks:
        assert result.hours[1] <= 8 * weeks
        assert all(step.finish < START + timedelta(weeks=weeks) for step in result.steps)
    else:
        assert not result.not_fitting
    assert result.to_dict() == made(record, weeks=weeks, done=done).to_dict()


def test_the_calendar_counts_seven_days_a_week() -> None:
    days = calendar([16, 4, 1, 60], START, Fraction(8))
    assert days[0] == (date(2026, 11, 23), date(2026, 12, 6))
    assert days[1] == (date(2026, 12, 7), date(2026, 12, 10))
    assert days[2] == (date(2026, 12, 11), date(2026, 12, 11))
    assert days[3][1] == START + timedelta(ceil(81 * 7 / 8) - 1)


def test_many_short_steps_share_a_day_and_the_end_does_not_drift() -> None:
    days = calendar([1] * 80, START, Fraction(40))
    assert days[-1][1] == START + timedelta(13)


def test_a_calendar_without_end_is_refused() -> None:
    with pytest.raises(UsageError, match="after the year 9999"):
        calendar([100], START, Fraction(1, 100_000))


def test_what_does_not_fit_is_named_and_the_time_left_is_used() -> None:
    record = gap([("sql", "missing"), ("deep_learning", "missing"), ("python", "matched")])
    result = made(record, weeks=8)
    assert "foundations.sql" in ids(result.steps)
    assert "dl.foundations" in ids(result.not_fitting)
    assert set(ids(result.steps)) | set(ids(result.not_fitting)) == set(ids(made(record).steps))


def test_a_begun_step_holds_up_nothing_that_comes_later() -> None:
    shown = ["python", "large_language_models", "rest_apis", "openai_api"]
    matches = [("guardrails", "missing"), ("prompt_injection_defense", "missing")]
    lone = gap(matches, shown=shown, source="a")
    begun = gap([("grpc", "missing"), ("transformer_architecture", "missing")], shown=shown, source="b")
    result = made(lone, begun, weeks=5)
    assert ids(result.steps) == ["llm.safety"]  # 40 h for two must-haves, not 35 h for one
    assert sum(outlook.after for outlook in result.jobs) == 2


def test_a_project_proves_missing_must_haves_only() -> None:
    record = gap(
        [
            ("retrieval_augmented_generation", "missing"),
            ("pandas", "missing", "preferred"),
            ("python", "matched"),
        ]
    )
    result = made(record)
    assert [project.proves for project in result.projects] == [("retrieval_augmented_generation",)]
    assert made(gap([("python", "matched")])).projects == ()
