"""The exact choices of a plan against trying out every one: what fits, and which projects to build."""

from __future__ import annotations

import itertools
from fractions import Fraction
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from skillgap.analysis.needs import LEVELS, Group
from skillgap.analysis.projects import choose_projects, groups_proved, proves
from skillgap.analysis.schedule import Serves, in_order, that_fit


class Roadmap(SimpleNamespace):
    """A little roadmap: step -> the steps it builds on, all of them."""

    def before(self, step):
        return self.earlier[step]


@st.composite
def little_roadmaps(draw):
    count = draw(st.integers(1, 7))
    earlier: dict[str, frozenset[str]] = {}
    for number in range(count):
        direct = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else set()
        names = {f"s{n}" for n in direct}
        earlier[f"s{number}"] = frozenset(names).union(*(earlier[n] for n in names))
    hours = {step: draw(st.integers(1, 30)) for step in earlier}
    serves = draw(
        st.lists(
            st.builds(
                Serves,
                st.just(0),
                st.sampled_from(LEVELS),
                st.frozensets(st.sampled_from(sorted(earlier)), min_size=1, max_size=2),
            ),
            max_size=6,
        )
    )
    return Roadmap(earlier=earlier, step_order={s: n for n, s in enumerate(earlier)}), hours, serves


@settings(max_examples=80, deadline=None)
@given(little_roadmaps(), st.integers(0, 90))
def test_what_fits_is_the_best_that_fits(world, budget) -> None:
    roadmap, hours, serves = world

    def worth(steps):
        return tuple(sum(g.steps <= set(steps) for g in serves if g.level == level) for level in LEVELS)

    chosen = that_fit(hours, Fraction(budget), serves, roadmap)
    assert sum(hours[step] for step in chosen) <= budget
    assert all(roadmap.before(step) <= set(chosen[:n]) for n, step in enumerate(chosen))
    possible = (
        subset
        for size in range(len(hours) + 1)
        for subset in itertools.combinations(hours, size)
        if sum(hours[s] for s in subset) <= budget and all(roadmap.before(s) <= set(subset) for s in subset)
    )
    assert worth(chosen) == max(map(worth, possible))


def test_the_order_takes_the_most_must_haves_per_hour_first() -> None:
    roadmap = Roadmap(earlier={s: frozenset() for s in "abc"}, step_order={"a": 0, "b": 1, "c": 2})
    serves = [
        Serves(0, "required", frozenset("a")),
        Serves(0, "preferred", frozenset("b")),
        Serves(0, "required", frozenset("c")),
    ]
    assert in_order({"a": 50, "b": 1, "c": 10}, serves, roadmap) == ["c", "a", "b"]


# -- projects -------------------------------------------------------------------------------


@st.composite
def little_portfolios(draw):
    skills = [f"k{n}" for n in range(6)]
    projects = {
        f"p{n}": {
            "id": f"p{n}",
            "title": f"Project {n}",
            "summary": "",
            "proves": sorted(draw(st.sets(st.sampled_from(skills), min_size=1, max_size=3))),
            "hours": [1, draw(st.sampled_from([10, 20, 100]))],
        }
        for n in range(draw(st.integers(1, 6)))
    }
    groups = []
    for _ in range(draw(st.integers(0, 6))):
        members = tuple(sorted(draw(st.sets(st.sampled_from(skills), min_size=1, max_size=3))))
        lacking = draw(st.integers(1, len(members)))
        groups.append(Group(0, "required", members, members, lacking, members, lacking))
    implies = dict.fromkeys(skills, ()) | {"k0": ("k5",)}
    taxonomy = SimpleNamespace(
        projects=projects,
        positions=dict.fromkeys(skills),
        skill=lambda s: SimpleNamespace(implies=implies[s], broader=()),
    )
    return taxonomy, groups


@settings(max_examples=150, deadline=None)
@given(little_portfolios())
def test_projects_are_the_best_of_all_sets(world) -> None:
    taxonomy, groups = world

    def key(chosen):
        skills = frozenset().union(*(proves(taxonomy, p) for p in chosen))
        cost = sum(taxonomy.projects[p]["hours"][1] for p in chosen)
        return (
            -groups_proved(groups, skills),
            len(chosen),
            cost,
            [p not in chosen for p in sorted(taxonomy.projects)],
        )

    every = (
        set(c)
        for size in range(len(taxonomy.projects) + 1)
        for c in itertools.combinations(taxonomy.projects, size)
    )
    chosen = choose_projects(groups, taxonomy)
    assert {project.id for project in chosen} == min(every, key=key)
    assert sum(project.groups for project in chosen) == -key({project.id for project in chosen})[0]


def test_one_long_project_beats_two_short_ones_that_prove_the_same() -> None:
    projects = {
        name: {"id": name, "title": name, "summary": "", "proves": skills, "hours": [1, hours]}
        for name, skills, hours in (("long", ["a", "b"], 90), ("one", ["a"], 10), ("two", ["b"], 10))
    }
    entry = SimpleNamespace(implies=(), broader=())
    taxonomy = SimpleNamespace(projects=projects, positions={"a": 0, "b": 1}, skill=lambda _: entry)
    groups = [Group(0, "required", (s,), (s,), 1, (s,), 1) for s in "ab"]
    assert [(p.id, p.groups) for p in choose_projects(groups, taxonomy)] == [("long", 2)]
