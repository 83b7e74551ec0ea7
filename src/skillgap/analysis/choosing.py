"""Which skills to learn, and by which steps: one set of members and steps per open requirement group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from skillgap.analysis.needs import (
    COURSE,
    CREDENTIAL,
    LEVELS,
    NOWHERE,
    ON_THE_JOB,
    Group,
    Needs,
    Standing,
)
from skillgap.analysis.schedule import Serves
from skillgap.taxonomy import Taxonomy

_RANK = {COURSE: 0, ON_THE_JOB: 1, CREDENTIAL: 2, NOWHERE: 3}


@dataclass(frozen=True, slots=True)
class Target:
    """A skill to learn for groups of ``level``; ``out_of`` counts the alternatives, 1 if there are none."""

    skill: str
    level: str
    out_of: int


class Course:
    """What a step costs somebody who may know part of it.

    A step's hours are shared equally among the skills that it teaches; the shares of those that the
    resume shows are left out. So a step costs the same whichever ads it is taken for.
    """

    def __init__(self, needs: Needs, taxonomy: Taxonomy) -> None:
        self.needs = needs
        self.taxonomy = taxonomy

    def shown(self, step: str) -> list[str]:
        """What the resume shows of the skills that a step teaches."""
        teaches = dict.fromkeys(self.taxonomy.steps[step].teaches)
        return [skill for skill in teaches if skill in self.needs.shown]

    def share(self, step: str) -> tuple[int, int]:
        """(skills of a step to learn, skills that it teaches); at least one is to be learned."""
        whole = max(1, len(set(self.taxonomy.steps[step].teaches)))
        return max(1, whole - len(self.shown(step))), whole

    def hours(self, step: str) -> tuple[int, int]:
        """The range of hours, whole numbers."""
        low, high = self.taxonomy.steps[step].hours or (0, 0)
        part, whole = self.share(step)
        return max(1, low * part // whole), max(1, ceil(high * part / whole))


class Choice:
    """The skills and steps chosen so far; ``take`` adds what one more group needs."""

    def __init__(self, needs: Needs, stands: Standing, taxonomy: Taxonomy) -> None:
        self.needs = needs
        self.stands = stands
        self.taxonomy = taxonomy
        self.course = Course(needs, taxonomy)
        self.targets: dict[str, Target] = {}
        self.steps: dict[str, list[str]] = {}  # course step -> the chosen skills that it is taken for
        self.apart: dict[str, str] = {}  # skill without a course -> credential, on_the_job or nowhere
        self.serves: list[Serves] = []

    def take(self, group: Group) -> None:
        """Choose the cheapest members that meet a group; those already chosen cost nothing."""
        ranked = sorted(group.open, key=lambda skill: (skill not in self.targets, *self._cost(skill)))
        chosen = ranked[: group.lacking]
        for skill in chosen:
            if skill not in self.targets:
                self._add(skill, group)
        steps = {self._home(skill) for skill in chosen if skill not in self.apart}
        if steps and not self.apart.keys() & set(chosen):
            self.serves.append(Serves(group.job, group.level, frozenset(steps)))

    def hours(self) -> dict[str, tuple[int, int]]:
        """The hours of every chosen step, prerequisites included."""
        return {step: self.course.hours(step) for step in self.steps}

    def _add(self, skill: str, group: Group) -> None:
        alternatives = len(group.open) if len(group.open) > group.lacking else 1
        self.targets[skill] = Target(skill, group.level, alternatives)
        where, step = self._place(skill)
        if step is None:
            self.apart[skill] = where
            return
        for earlier in self._prerequisites(step):
            self.steps.setdefault(earlier, [])
        self.steps.setdefault(step, []).append(skill)

    def _home(self, skill: str) -> str:
        return next(step for step, skills in self.steps.items() if skill in skills)

    def _cost(self, skill: str) -> tuple[int, int, int, str]:
        """How dear a skill is: kind of learning, hours that it adds, place on the roadmap, id."""
        where, step = self._place(skill)
        if step is None:
            return _RANK[where], 0, 0, skill
        return _RANK[where], self._added(step), self.taxonomy.step_order[step], skill

    def _place(self, skill: str) -> tuple[str, str | None]:
        """How a skill is learned, and the course step that adds the fewest hours if it is a course."""
        home = self.needs.homes[skill]
        if home.how != COURSE:
            return home.how, None
        order = self.taxonomy.step_order
        return COURSE, min(home.steps, key=lambda step: (self._added(step), order[step]))

    def _prerequisites(self, step: str) -> list[str]:
        """What else has to be taken before a step, in order."""
        needed = self.stands.before(step) - self.steps.keys()
        return sorted(needed, key=self.taxonomy.step_order.__getitem__)

    def _added(self, step: str) -> int:
        """Hours (upper bound) that a step adds to what is chosen, with what has to come before it."""
        new = {step, *self._prerequisites(step)} - self.steps.keys()
        return sum(self.course.hours(each)[1] for each in new)


def choose_what_to_learn(
    needs: Needs, stands: Standing, taxonomy: Taxonomy, levels: Sequence[str] = LEVELS
) -> Choice:
    """Go through the open groups: must-haves first, lone skills before sets where any one will do."""
    choice = Choice(needs, stands, taxonomy)
    for level in levels:
        groups: Sequence[Group] = needs.open_groups(level)
        for group in sorted(groups, key=lambda g: len(g.open) > g.lacking):
            choice.take(group)
    return choice


def strongest_levels(choice: Choice) -> Mapping[str, str]:
    """For each chosen step the strongest level that it serves, by itself or by what builds on it."""
    own = {
        step: min((LEVELS.index(choice.targets[skill].level) for skill in skills), default=len(LEVELS) - 1)
        for step, skills in choice.steps.items()
    }
    best = dict(own)
    for step, rank in own.items():
        for earlier in choice.stands.before(step) & own.keys():
            best[earlier] = min(best[earlier], rank)
    return {step: LEVELS[rank] for step, rank in best.items()}
