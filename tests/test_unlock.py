"""Unlocking agrees with trying everything: sets of skills, steps within hours, fewest skills, runner-up."""

from __future__ import annotations

import itertools
import json
import random
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analysis.choosing import Course
from skillgap.analysis.gap import Shown
from skillgap.analysis.needs import read_needs
from skillgap.errors import UsageError
from skillgap.market.branch import Courses, best_steps
from skillgap.market.deficits import Deficits, deficits
from skillgap.market.learning import Learning
from skillgap.market.must_haves import Group, Listing, read_listings
from skillgap.market.people import unlock_people
from skillgap.market.ranking import rank
from skillgap.market.role_gaps import role_gaps
from skillgap.market.search import Search
from skillgap.market.solve import Question, solve
from skillgap.market.unlock import unlock
from skillgap.rendering.fit_report import FitReport
from skillgap.rendering.market_fit import draw_fit, draw_people, fit_markdown, people_markdown
from skillgap.rendering.terminal import render
from skillgap.taxonomy import load_taxonomy
from tests.test_ranking import listing

TAXONOMY = load_taxonomy()
SKILLS = ["sql", "git", "docker", "react", "pytorch", "deep_learning", "statistics", "unit_testing", "python"]
LINES = st.sampled_from([Fraction(1), Fraction(4, 5), Fraction(1, 2), Fraction(2, 7)])


def little(*groups):
    """A listing of these groups, (minimum, members), without anything else."""
    made = tuple(Group(least, members) for least, members in groups)
    return Listing("d", "s", None, None, None, None, None, None, None, None, None, made)


def subsets(options, most):
    return (frozenset(s) for size in range(most + 1) for s in itertools.combinations(options, size))


def over(listings, have, line):
    """How many listings are over the line, straight from the definition."""
    met = [sum(len(have.intersection(g.members)) >= g.minimum for g in x.groups) for x in listings]
    return sum(len(x.groups) > 0 and m >= line * len(x.groups) for m, x in zip(met, listings, strict=True))


@st.composite
def little_worlds(draw):
    """Listings over ten letters, what somebody has, and options that bring letters."""
    letters = "abcdefghij"
    members = st.lists(st.sampled_from(letters), min_size=1, max_size=3, unique=True).map(tuple)
    group = members.flatmap(lambda m: st.integers(1, len(m)).map(lambda least: (least, m)))
    listings = draw(st.lists(st.lists(group, max_size=6).map(lambda g: little(*g)), min_size=1, max_size=9))
    have = draw(st.frozensets(st.sampled_from(letters), max_size=3))
    covers = draw(
        st.lists(st.frozensets(st.sampled_from(letters), min_size=1, max_size=3), min_size=1, max_size=8)
    )
    return listings, have, covers


def brought(have, covers, chosen):
    return have.union(*(covers[option] for option in chosen))


def weights(chosen):
    return (sum(option * 7 % 5 for option in chosen),)


@settings(max_examples=250, deadline=None)
@given(little_worlds(), LINES)
def test_a_deficit_is_met_exactly_where_the_line_is_reached(world, line) -> None:
    listings, have, covers = world
    found = deficits(listings, have, line, covers)
    now = over(listings, have, line)
    assert len(found.over) == now
    for chosen in subsets(range(len(covers)), 3):
        assert now + found.value(chosen) == over(listings, brought(have, covers, chosen), line)
        assert len(found.opened(chosen)) == found.value(chosen)


@settings(max_examples=200, deadline=None)
@given(little_worlds(), LINES)
def test_the_fewest_options_are_the_fewest(world, line) -> None:
    listings, have, covers = world
    for deficit in deficits(listings, have, line, covers).reach:
        true = min((len(s) for s in subsets(range(len(covers)), len(covers)) if deficit.met(s)), default=99)
        assert (deficit.fewest(9).count, deficit.fewest(9).exact) == (min(true, 10), True)
        assert deficit.fewest(1).count == min(true, 2)


def best_by_trying(found: Deficits, options, most, without=frozenset()):
    """The best set of up to ``most``: listings, then fewer options, then lighter, then earlier."""
    allowed = (s for s in subsets(options, most) if not (without and without <= s))
    return min(allowed, key=lambda s: (-found.value(s), len(s), weights(s), sorted(s)))


@settings(max_examples=250, deadline=None)
@given(little_worlds(), LINES, st.integers(1, 3))
def test_looking_at_every_set_finds_the_best_and_the_runner_up(world, line, most) -> None:
    listings, have, covers = world
    found = deficits(listings, have, line, covers)
    search = Search(found.within(most).reach, weights)

    def best(without=frozenset()):
        chosen, floor = frozenset(), 1
        for size in range(1, most + 1):
            better = search.best(size, floor, without)
            if better:
                chosen, floor = frozenset(better), search.value(better) + 1
        return chosen

    chosen = best()
    assert chosen == best_by_trying(found, range(len(covers)), most)
    if chosen:
        assert best(chosen) == best_by_trying(found, range(len(covers)), most, chosen)


@settings(max_examples=150, deadline=None)
@given(little_worlds(), LINES)
def test_pairs_that_help_only_together_do(world, line) -> None:
    listings, have, covers = world
    found = deficits(listings, have, line, covers)
    pairs = {
        (a, b): found.value({a, b})
        for a, b in itertools.combinations(range(len(covers)), 2)
        if found.value({a, b}) and not found.value({a}) and not found.value({b})
    }
    assert {(a, b): count for count, a, b in Search(found.reach, weights).only_together()} == pairs


@settings(max_examples=80, deadline=None)
@given(little_worlds(), LINES, st.integers(1, 6), st.booleans())
def test_the_integer_programme_finds_as_much(world, line, most, again) -> None:
    listings, have, covers = world
    found = deficits(listings, have, line, covers)
    without = best_by_trying(found, range(len(covers)), most) if again else frozenset()
    answer = solve(Question(found.within(most).reach, most, weights, without))
    true = found.value(best_by_trying(found, range(len(covers)), most, without))
    assert (answer.value, answer.bound) == (true, true)
    assert found.value(answer.chosen) == true
    assert len(answer.chosen) <= most
    assert not (without and without <= answer.chosen)


@st.composite
def little_roadmaps(draw, count):
    earlier: dict[int, frozenset[int]] = {}
    for number in range(count):
        direct = draw(st.frozensets(st.integers(0, number - 1), max_size=2)) if number else frozenset()
        earlier[number] = direct.union(*(earlier[step] for step in direct))
    return Courses([draw(st.integers(1, 30)) for _ in range(count)], earlier)


@settings(max_examples=250, deadline=None)
@given(little_worlds(), LINES, st.integers(1, 90), st.booleans(), st.data())
def test_steps_within_hours_are_the_best_that_fit(world, line, budget, again, data) -> None:
    listings, have, covers = world
    courses = data.draw(little_roadmaps(len(covers)))
    found = deficits(listings, have, line, covers)
    fitting = [
        s
        for s in subsets(range(len(covers)), len(covers))
        if sum(courses.hours[o] for o in s) <= budget and all(courses.earlier[o] <= s for o in s)
    ]

    def key(chosen):
        return -found.value(chosen), sum(courses.hours[o] for o in chosen), sorted(chosen)

    best = min(fitting, key=key)
    answer = best_steps(found.reach, courses, budget)
    assert (answer.chosen, answer.value, answer.bound) == (best, found.value(best), found.value(best))
    if best and again:
        rival = min((s for s in fitting if not best <= s), key=key)
        other = best_steps(found.reach, courses, budget, without=best)
        assert (other.chosen, other.value) == (rival, found.value(rival))


@settings(max_examples=100, deadline=None)
@given(little_worlds(), LINES, st.integers(0, 8), st.data())
def test_where_the_work_is_cut_short_the_bound_holds(world, line, nodes, data) -> None:
    listings, have, covers = world
    courses = data.draw(little_roadmaps(len(covers)))
    found = deficits(listings, have, line, covers)
    whole = best_steps(found.reach, courses, 60)
    short = best_steps(found.reach, courses, 60, node_limit=nodes)
    assert short.value == found.value(short.chosen) <= whole.value <= short.bound


def test_a_listing_of_more_than_64_groups_is_counted_to_its_end() -> None:
    letters = [f"s{n}" for n in range(90)]
    wide = little(*((1, (letter,)) for letter in letters), (2, ("x", "y", "z")))
    covers = [frozenset(letters[:45]), frozenset(letters[45:]), frozenset("xy"), frozenset("z")]
    found = deficits([wide], frozenset(), Fraction(1), covers)
    assert Search(found.reach, weights).best(3, 1) == (0, 1, 2)
    assert Search(found.reach, weights).best(2, 1) is None
    courses = Courses([1] * 4, {n: frozenset() for n in range(4)})
    assert best_steps(found.reach, courses, 4).chosen == {0, 1, 2}


# -- from records to the answer -------------------------------------------------------------


@pytest.fixture(scope="module")
def nobody(analyzer):
    return analyzer.resume(
        "Experience\n2020 - 2024 Baker, Corner Oven\n- baked bread\n- kept a rota in Excel\n"
    ).profile


@st.composite
def saved(draw):
    """Records over a few skills, and what somebody knows."""
    some = st.lists(st.sampled_from(SKILLS), min_size=5, max_size=7, unique=True)  # fewer are thin
    choice = st.lists(st.sampled_from(["aws", "azure", "gcp"]), min_size=2, max_size=3, unique=True)
    records = []
    for number in range(draw(st.integers(1, 6))):
        groups = [("required", draw(st.integers(1, 2)), tuple(draw(choice)))] if draw(st.booleans()) else []
        records.append(listing(f"ad{number}", draw(some), groups))
    return records, draw(st.frozensets(st.sampled_from(SKILLS), min_size=2, max_size=6))


@settings(max_examples=30, deadline=None)
@given(saved(), LINES, st.integers(1, 4))
def test_skills_agree_with_a_comparison_after_learning_them(nobody, case, line, most) -> None:
    records, known = case
    shown = Shown(nobody, TAXONOMY, known)
    listings = read_listings(records)
    learning = Learning(listings, shown, TAXONOMY)
    now = over(listings.counted, learning.have, line)
    found = unlock(listings, shown, TAXONOMY, line=line, skills=most)
    assert len(found.over) == now
    for answer in found.sets:
        values = [
            over(listings.counted, learning.have.union(*map(learning.covers, s)), line) - now
            for s in subsets(learning.studied, answer.limit)
        ]
        assert answer.gain == answer.bound == max(values)
        after = Shown(nobody, TAXONOMY, known | {pick.id for pick in answer.picks})
        everything = after.shown | frozenset(after.implied)
        for opened in answer.opened:
            assert over([opened.listing], everything, line) == 1
            assert set(opened.by) <= {pick.id for pick in answer.picks}


@settings(max_examples=30, deadline=None)
@given(saved(), LINES, st.integers(10, 400))
def test_steps_agree_with_trying_all_that_fit(nobody, case, line, hours) -> None:
    records, known = case
    shown = Shown(nobody, TAXONOMY, known)
    listings = read_listings(records)
    learning = Learning(listings, shown, TAXONOMY)
    answer = unlock(listings, shown, TAXONOMY, line=line, hours=hours).sets[0]
    now = over(listings.counted, learning.have, line)
    ends = {step for step, skills in learning.taught.items() if skills}
    values = []
    for chosen in subsets(sorted(ends), min(len(ends), 5)):
        steps = chosen.union(*map(learning.earlier, chosen))
        if sum(map(learning.step_hours, steps)) <= hours:
            skills = {s for step in steps for s in learning.taught.get(step, ())}
            values.append(
                over(listings.counted, learning.have.union(*map(learning.covers, skills)), line) - now
            )
    if len(ends) <= 5:
        assert answer.gain == max(values)
    assert max(values) <= answer.gain == answer.bound
    assert answer.hours <= hours
    ids = {pick.id for pick in answer.picks}
    assert all(learning.earlier(step) <= ids for step in ids)


@pytest.fixture
def small(nobody):
    """Two listings by Docker alone, three by SQL and Git together, one out of reach."""
    base = ["react", "pytorch", "statistics"]
    records = [
        *(listing(f"d{n}", [*base, "python", "docker"]) for n in range(2)),
        *(listing(f"s{n}", [*base, "sql", "git"]) for n in range(3)),
        listing(
            "far", ["java", "scala", "rust", "kafka" if "kafka" in TAXONOMY.positions else "go", "terraform"]
        ),
    ]
    return records, Shown(nobody, TAXONOMY, frozenset([*base, "python"]))


def test_the_answer_names_listings_gains_and_what_only_works_together(small) -> None:
    records, shown = small
    found = unlock(records, shown, TAXONOMY, skills=3)
    one, two, three = found.sets
    assert [(len(x.picks), x.gain, x.short) for x in found.sets] == [(1, 2, 0), (2, 3, 0), (3, 5, 0)]
    assert [pick.id for pick in one.picks] == ["docker"]
    assert {opened.listing.source for opened in two.opened} == {"s0", "s1", "s2"}
    assert [(pick.alone, pick.lost) for pick in two.picks] == [(0, 3), (0, 3)]
    assert two.together == ((("git", "sql"), 3),)
    assert found.together == ((("git", "sql"), 3),)
    assert [pick.total for pick in three.picks] == sorted(pick.total for pick in three.picks)
    assert all(opened.after == len(opened.listing.groups) for opened in three.opened)
    assert [point.total for point in found.curve] == [2, 3, 5]
    assert [near.skills for near in found.nearest] == [1, 1, 2]
    assert (found.counted, len(found.over), found.beyond) == (6, 0, 0)


def test_what_would_flip_it_names_the_runner_up_and_its_margin(small) -> None:
    records, shown = small
    one, two, _ = unlock(records, shown, TAXONOMY, skills=3).sets
    assert one.flip is None  # no other single skill opens anything
    assert two.flip.ids == ("docker",)
    assert (two.flip.margin, two.flip.gain, two.flip.proved) == (1, 2, True)
    assert {x.source for x in two.flip.only_chosen} == {"s0", "s1", "s2"}
    assert {x.source for x in two.flip.only_other} == {"d0", "d1"}


def test_hours_buy_what_they_buy_and_the_curve_never_falls(small) -> None:
    records, shown = small
    found = unlock(records, shown, TAXONOMY, hours=200)
    totals = [point.total for point in found.curve]
    assert totals == sorted(totals)
    assert [point.limit for point in found.curve] == [ceil(200 * n / 8) for n in range(1, 9)]
    assert all(point.hours <= point.limit and point.proved for point in found.curve)
    best = found.sets[0]
    assert totals[-1] == best.gain == 5
    assert {"foundations.sql", "production.containers"} <= {pick.id for pick in best.picks}


def test_a_skill_costs_here_what_it_costs_in_a_plan(nobody) -> None:
    shown = Shown(nobody, TAXONOMY, frozenset(["observability", "prometheus", "python"]))
    records = [listing("a", ["site_reliability_engineering", "logging", "sql"])]
    learning = Learning(read_listings(records), shown, TAXONOMY)
    needs = read_needs([_gap_of("site_reliability_engineering", shown)], TAXONOMY, frozenset())
    price = learning.price("site_reliability_engineering")
    assert price.step == "production.monitoring"
    assert price.own == learning.step_hours(price.step) == Course(needs, TAXONOMY).hours(price.step)[1]
    assert price.own < TAXONOMY.steps[price.step].hours[1]
    alone = learning.hours(["site_reliability_engineering"])
    assert learning.hours(["site_reliability_engineering", "logging"]) == alone


def _gap_of(skill, shown):
    """What ``skillgap compare`` would print of one missing skill."""
    match = {"id": skill, "kind": TAXONOMY.kind(skill), "level": "required", "status": "missing", "via": []}
    return {
        "job": {"source": "a"},
        "resume": {"source": "r", "shown": sorted(shown.shown)},
        "matches": [match],
        "groups": [],
    }


def test_fewer_hours_never_open_more(small) -> None:
    records, shown = small
    gains = [unlock(records, shown, TAXONOMY, hours=h).sets[0].gain for h in (1, 30, 60, 120, 240)]
    assert gains == sorted(gains)
    assert gains[0] == 0


def test_the_line_any_of_sets_and_years(nobody) -> None:
    record = listing("a", ["sql", "git", "docker", "react"], [("required", 1, ("aws", "azure"))], years_min=5)
    shown = Shown(nobody, TAXONOMY, frozenset(["sql", "git", "docker"]))
    assert [x.gain for x in unlock([record], shown, TAXONOMY, skills=2).sets] == [0, 1]
    assert unlock([record], shown, TAXONOMY, skills=1, line="0.8").sets[0].gain == 1
    assert len(unlock([record], shown, TAXONOMY, line=0.6).over) == 1
    short = unlock([record], shown, TAXONOMY, skills=2, years=3.5)
    assert (short.years_short, short.sets[1].gain) == (1, 0)
    assert unlock([record], shown, TAXONOMY, skills=2, years=5).sets[1].gain == 1


def test_four_fifths_of_five_are_four_and_seven_tenths_of_ten_are_seven(nobody) -> None:
    five = listing("a", ["sql", "git", "docker", "react", "java"])
    ten = listing(
        "b", ["sql", "git", "docker", "react", "java", "scala", "rust", "terraform", "pytorch", "kubernetes"]
    )
    knows = Shown(nobody, TAXONOMY, frozenset(["sql", "git", "docker", "react"]))
    assert len(unlock([five], knows, TAXONOMY, line=0.8).over) == 1
    more = Shown(nobody, TAXONOMY, frozenset(["sql", "git", "docker", "react", "java", "scala", "rust"]))
    assert len(unlock([ten], more, TAXONOMY, line=0.7).over) == 1


def test_what_only_work_teaches_is_no_advice_unless_asked(nobody) -> None:
    taught = next(s for s in TAXONOMY.steps["domain.finance"].teaches if TAXONOMY.kind(s) != "soft")
    record = listing("a", ["sql", "git", "docker", "react", taught])
    shown = Shown(nobody, TAXONOMY, frozenset(["sql", "git", "docker", "react"]))
    found = unlock([record], shown, TAXONOMY, skills=1)
    assert (found.beyond, found.sets[0].gain) == (1, 0)
    freely = unlock([record], shown, TAXONOMY, skills=1, any_skill=True)
    assert [(p.id, p.how, p.step) for p in freely.sets[0].picks] == [(taught, "on_the_job", None)]


def test_thin_marked_and_copied_listings_open_nothing(small) -> None:
    records, shown = small
    marks = {"digest of d0": "applied", "digest of s0": "skip"}
    families = {"digest of s2": "digest of s1"}
    found = unlock(records, shown, TAXONOMY, skills=2, marks=marks, families=families)
    assert [x.gain for x in found.sets] == [1, 1]
    assert found.apart == {"applied": 1, "skip": 1}
    assert found.counted == 3


def test_nothing_opens_where_nothing_can(nobody) -> None:
    shown = Shown(nobody, TAXONOMY)
    found = unlock([listing("a")], shown, TAXONOMY, skills=2)
    assert [(x.gain, x.picks, x.flip) for x in found.sets] == [(0, (), None)] * 2
    assert found.nearest[0].skills > 2
    empty = unlock([], shown, TAXONOMY)
    assert (empty.counted, empty.sets[-1].gain, empty.nearest) == (0, 0, ())
    assert unlock([], shown, TAXONOMY, hours=10).sets[0].gain == 0


@settings(max_examples=20, deadline=None)
@given(saved(), st.randoms())
def test_the_order_of_the_records_makes_no_difference(nobody, case, chance: random.Random) -> None:
    records, known = case
    shown = Shown(nobody, TAXONOMY, known)
    mixed = chance.sample(records, len(records))
    for limit in ({"skills": 4}, {"hours": 150}):
        first, second = (unlock(r, shown, TAXONOMY, line=0.8, **limit).to_dict() for r in (records, mixed))
        assert first == second


def test_steps_done_are_known(small) -> None:
    records, shown = small
    found = unlock(records, shown, TAXONOMY, skills=1, done=frozenset(["foundations.git"]))
    assert [pick.id for pick in found.sets[0].picks] == ["sql"]


@pytest.mark.parametrize("line", [0, -1, 1.01, "x", "1/0"])
def test_lines_out_of_range_are_refused(small, line) -> None:
    with pytest.raises(UsageError, match="--line"):
        unlock(*small, TAXONOMY, line=line)


@pytest.mark.parametrize("limit", [{"skills": 0}, {"skills": 13}, {"hours": 0}, {"skills": 2, "hours": 9}])
def test_limits_out_of_range_are_refused(small, limit) -> None:
    with pytest.raises(UsageError, match=r"skills|hour"):
        unlock(*small, TAXONOMY, **limit)


# -- what a person sees ---------------------------------------------------------------------


@pytest.fixture
def pages(small):
    records, shown = small
    records = [*records, listing("thin", ["sql"]), listing("odd", title="[bold]\x1b[31m 100 %"[:14])]

    def drawn(*, full=False, **limit):
        listings = read_listings(records)
        return FitReport(
            rank(listings, shown, TAXONOMY),
            unlock(listings, shown, TAXONOMY, **limit),
            role_gaps(listings, shown, TAXONOMY),
            label="cv.pdf",
            full=full,
        )

    return drawn


@pytest.mark.parametrize("limit", [{"skills": 3}, {"hours": 200}, {"hours": 1}, {"skills": 1, "line": "0.9"}])
@pytest.mark.parametrize("full", [False, True])
def test_the_page_fits_80_columns_and_says_what_counts(pages, limit, full) -> None:
    report = pages(full=full, **limit)
    args = (report.ranking, report.unlock, report.roles)
    text = render(lambda console: draw_fit(console, *args, label="cv.pdf", full=full), color=False)
    lines = text.split("\n")
    assert max(map(len, lines)) <= 80
    assert full or len(lines) <= 60
    assert "\x1b" not in text
    assert "%" not in text  # counts, never a bare percentage
    assert lines[0] == "Your saved listings and cv.pdf"
    assert "7 listings can be ranked; none is over the line of" in text
    assert "1 that say too little or are of another field" in text or full
    assert ("NOT YET, BUT IN SIGHT" in text) == (report.unlock.sets[-1].gain == 0)
    assert ("WHAT WOULD FLIP THIS" in text) == (report.unlock.sets[-1].gain > 0)
    markdown = fit_markdown(*args, label="cv.pdf")
    assert markdown.startswith("# Your saved listings and cv.pdf\n")
    assert "\\[bold\\]" in markdown


def test_the_page_names_sets_margins_and_pairs(pages) -> None:
    report = pages(skills=2)
    text = render(lambda c: draw_fit(c, report.ranking, report.unlock, report.roles), color=False)
    assert "SQL and Git, up to" in text
    assert "ONLY TOGETHER" not in text  # the one such pair is what to learn, and stands above
    full = pages(skills=2, full=True)
    text_of_all = render(lambda c: draw_fit(c, full.ranking, full.unlock, full.roles, full=True), color=False)
    assert "Git and SQL   " in text_of_all[text_of_all.index("ONLY TOGETHER") :]
    hours = report.unlock.sets[-1].hours
    assert "Docker for SQL and Git: 1 listing fewer, up to" in text
    assert f"against {hours} h" in " ".join(text.split())
    assert "proved: no other choice of this size opens more" in text


def test_the_page_says_nothing_twice_and_nothing_of_nothing(pages) -> None:
    for limit in ({"skills": 3}, {"hours": 200}):
        report = pages(**limit)
        learn = next(s for s in report.sections() if s.title == "LEARN NEXT")
        assert all(middle.strip(" ,") and "up to 0 h" not in middle for _, middle, _ in learn.rows)
        curve = [section for section in report.sections() if section.title == "WHAT HOURS BUY"]
        totals = [part.split(": ")[1] for s in curve for part in s.rows[0][1].split(", ")]
        assert len(totals) == len(set(totals))
    lines = fit_markdown(report.ranking, report.unlock, report.roles).split("\n")
    opens = [line for line in lines if line.lstrip(" -").startswith("open: ")]
    assert opens
    assert all(line.startswith("  - ") for line in opens)


def test_the_page_counts_one_as_one(pages) -> None:
    report = pages(skills=3)
    never = replace(report.unlock.sets[-1], opened=(), picks=(), flip=None)
    found = replace(report.unlock, sets=(never,), beyond=1, years_short=1)
    gap = replace(report.roles[0], listings=4, over=0, nearest=1, half=1, exact=True)
    text = " ".join(render(lambda c: draw_fit(c, report.ranking, found, [gap]), color=False).split())
    assert "1 listing asks for what only work" in text
    assert "1 more listing asks for more years" in text
    assert "--hours N says what" in text
    assert "1 skill to the nearest and to half" in text


def test_everything_found_is_plain_data(pages, small) -> None:
    for limit in ({"skills": 4}, {"hours": 200}):
        report = pages(**limit)
        for record in (
            report.ranking.to_dict(),
            report.unlock.to_dict(),
            [g.to_dict() for g in report.roles],
        ):
            assert json.loads(json.dumps(record)) == record
    people = unlock_people(small[0], [("client 1", small[1])], TAXONOMY)
    assert json.loads(json.dumps(people.to_dict())) == people.to_dict()
    text = render(lambda console: draw_people(console, people, full=True), color=False)
    assert max(map(len, text.split("\n"))) <= 80
    assert "client 1" in people_markdown(people)


def test_nothing_to_rank_is_said_and_nothing_is_advised(nobody) -> None:
    shown = Shown(nobody, TAXONOMY)
    records = [listing("thin", ["sql"])]
    args = (rank(records, shown, TAXONOMY), unlock(records, shown, TAXONOMY), ())
    text = render(lambda console: draw_fit(console, *args), color=False)
    assert "None of them can be ranked" in text
    assert "LEARN" not in text
