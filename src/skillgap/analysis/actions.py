"""What to do next, each action with the must-haves met before and after it.

Honest wording first, for it costs an afternoon: what is close may be the same thing in other words.
Then the steps of study that a plan would open with, then what only the job teaches.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from skillgap.analysis.coverage import counts
from skillgap.analysis.gap import Shown
from skillgap.analysis.plan import PlannedStep, course
from skillgap.model import Gap, GroupMatch, SkillMatch
from skillgap.taxonomy import Taxonomy
from skillgap.taxonomy.compiler import is_named

_MOST_STEPS = 3
_MOST_WORDINGS = 4


@dataclass(frozen=True, slots=True)
class Action:
    """``when``: today, story, study or job; ``before`` and ``after`` count must-have groups met.

    ``hours`` are those of ``step`` and of the steps ``first``, which have to be taken before it.
    """

    when: str
    what: str
    skills: tuple[str, ...]
    before: int
    after: int
    step: str | None = None
    hours: tuple[int, int] | None = None
    first: tuple[str, ...] = ()


def next_actions(gap: Gap, taxonomy: Taxonomy) -> tuple[Action, ...]:
    """Actions in the order in which they pay: words, stories, steps, the job itself."""
    state = _State(gap, taxonomy)
    actions: list[Action] = []
    reworded = state.rewordable()[:_MOST_WORDINGS]
    if reworded:
        actions.append(state.close("today", "say it in these words", reworded))
    stories = tuple(
        m.requirement.skill
        for m in gap.matches
        if m.requirement.level == "required"
        and m.status == "matched"
        and not m.strict
        and state.hard(m.requirement.skill)
        and m.evidence
    )
    if stories:
        actions.append(Action("story", "prepare a story of using it", stories, state.met, state.met))
    actions += _study(gap, state, taxonomy)
    at_work = state.closable({"missing", "related"}, "on_the_job")
    if at_work:
        actions.append(state.close("job", "take it on at work", at_work))
    return tuple(actions)


def _study(gap: Gap, state: _State, taxonomy: Taxonomy) -> list[Action]:
    """The first steps of study that meet something, each with those before it that meet nothing."""
    actions: list[Action] = []
    open_steps: dict[str, PlannedStep] = {}
    for step, before in course([_as_record(gap, taxonomy)], taxonomy):
        if len(actions) == _MOST_STEPS:
            break
        open_steps[step.id] = step
        if state.gain(step.teaches):
            first = [earlier for earlier in open_steps if earlier in before]
            taken = [open_steps.pop(each) for each in (*first, step.id)]
            hours = sum(each.hours[0] for each in taken), sum(each.hours[1] for each in taken)
            action = state.close("study", step.title, step.teaches, step.id, hours)
            actions.append(replace(action, first=tuple(first)))
    return actions


def says_not_yet(match: SkillMatch) -> bool:
    """Whether the resume itself says that a skill is not there, still being learned, or others' work."""
    return match.status != "matched" and any(
        e.grade in ("denied", "learning") or not e.direct for e in match.evidence
    )


def _as_record(gap: Gap, taxonomy: Taxonomy) -> dict[str, Any]:
    """What a plan reads of a gap record, so that both name the same steps and hours."""
    return {
        "job": {"source": gap.job.document.source},
        "resume": {"source": gap.resume.document.source, "shown": sorted(Shown(gap.resume, taxonomy).shown)},
        "matches": [
            {
                "id": m.requirement.skill,
                "kind": taxonomy.kind(m.requirement.skill),
                "level": m.requirement.level,
                "status": m.status,
                "via": list(m.via),
                "steps": [{"id": step} for step in taxonomy.skill(m.requirement.skill).steps],
            }
            for m in gap.matches
        ],
        "groups": [
            {"level": g.level, "members": list(g.members), "min": g.minimum, "satisfied": g.lenient}
            for g in gap.groups
        ],
    }


class _State:
    """The must-have groups still open while actions are taken one after another."""

    def __init__(self, gap: Gap, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._status = {m.requirement.skill: m.status for m in gap.matches}
        self._have = {s for s, status in self._status.items() if status in ("matched", "implied")}
        self._open = [g for g in gap.groups if g.level == "required" and not g.lenient]
        self.met = counts(gap, "required")[1]
        self._not_yet = {m.requirement.skill for m in gap.matches if says_not_yet(m)}

    def hard(self, skill: str) -> bool:
        return self._taxonomy.kind(skill) not in ("soft", "human_language")

    def closable(self, statuses: set[str], how: str | None) -> tuple[str, ...]:
        """Open skills of these statuses whose every step is learned in this way."""
        return tuple(
            skill
            for group in self._open
            for skill in group.members
            if skill not in self._have
            and self._status[skill] in statuses
            and (how is None or self._only(skill, how))
        )

    def rewordable(self) -> tuple[str, ...]:
        """Open concepts and practices that something close is shown of: they may be the same in other words.

        Never a product (MySQL is not PostgreSQL), nor what the resume denies or is still learning.
        """
        return tuple(
            skill
            for skill in self.closable({"related"}, None)
            if not is_named(self._taxonomy.kind(skill)) and skill not in self._not_yet
        )

    def _only(self, skill: str, how: str) -> bool:
        steps = [self._taxonomy.steps[s] for s in self._taxonomy.skill(skill).steps]
        return bool(steps) and all(step.how == how for step in steps)

    def close(
        self,
        when: str,
        what: str,
        skills: Sequence[str],
        step: str | None = None,
        hours: tuple[int, int] | None = None,
    ) -> Action:
        """Take an action: its skills count as met from here on."""
        before = self.met
        self._have.update(skills)
        closed = [g for g in self._open if self._is_met(g)]
        self._open = [g for g in self._open if not self._is_met(g)]
        self.met += len(closed)
        return Action(when, what, tuple(skills), before, self.met, step, hours)

    def gain(self, skills: Sequence[str]) -> int:
        """How many more groups are met with these skills."""
        have = self._have | set(skills)
        return sum(self._is_met(g, have) for g in self._open)

    def _is_met(self, group: GroupMatch, have: set[str] | None = None) -> bool:
        known = self._have if have is None else have
        return sum(skill in known for skill in group.members) >= group.minimum
