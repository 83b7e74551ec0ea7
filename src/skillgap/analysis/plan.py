"""A dated learning plan out of gap records: pure, the same records give the same plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from skillgap.analysis.apart import Credential, OnTheJob, credentials, nowhere, on_the_job
from skillgap.analysis.choosing import Choice, Course, choose_what_to_learn, strongest_levels
from skillgap.analysis.needs import LEVELS, Job, Needs, Standing, read_needs, standing
from skillgap.analysis.projects import ProjectChoice, choose_projects
from skillgap.analysis.schedule import calendar, in_order, met_after, that_fit
from skillgap.taxonomy import Taxonomy

PLAN_SCHEMA = "skillgap/plan@1"
_NAMED = 4  # skills that a reason names
_DEPENDENTS = 2
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One step of the roadmap in the plan; ``hours`` are what is left of ``full_hours`` to take.

    ``met`` holds (before, after) for each ad: how many of its must-have groups are met. ``begin`` and
    ``finish`` are the first and last day; None for a step that does not fit.
    """

    id: str
    title: str
    how: str
    level: str
    hours: tuple[int, int]
    full_hours: tuple[int, int]
    teaches: tuple[str, ...]
    because: str
    url: str | None
    begin: date | None = None
    finish: date | None = None
    met: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        record: dict[str, Any] = {
            "id": self.id,
            "title": self.title,
            "how": self.how,
            "level": self.level,
            "hours": list(self.hours),
            "full_hours": list(self.full_hours),
            "teaches_missing": list(self.teaches),
            "because": self.because,
            "url": self.url,
        }
        if self.begin and self.finish:
            record["from"] = self.begin.isoformat()
            record["to"] = self.finish.isoformat()
            record["required_met"] = [list(pair) for pair in self.met]
        return record


@dataclass(frozen=True, slots=True)
class DoneStep:
    """A finished step; ``hours`` is the upper bound of what it was planned with, 0 if it has none."""

    id: str
    title: str
    hours: int


@dataclass(frozen=True, slots=True)
class JobOutlook:
    """An ad's must-have groups: met by the resume, with the steps done, after the plan, of how many."""

    job: Job
    shown: int
    now: int
    after: int
    of: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "source": self.job.source,
            "title": self.job.title,
            "company": self.job.company,
            "url": self.job.url,
            "required": {"shown": self.shown, "now": self.now, "after": self.after, "of": self.of},
        }


@dataclass(frozen=True, slots=True)
class Plan:
    """What to learn, in which order, from when to when, and what to build to show it."""

    resume: str
    jobs: tuple[JobOutlook, ...]
    start: date
    hours_per_week: Fraction
    weeks: int | None
    steps: tuple[PlannedStep, ...]
    not_fitting: tuple[PlannedStep, ...]
    projects: tuple[ProjectChoice, ...]
    unproven: int
    on_the_job: tuple[OnTheJob, ...]
    credentials: tuple[Credential, ...]
    unplaced: tuple[str, ...]
    done: tuple[DoneStep, ...]
    taken_as_known: Mapping[str, tuple[str, str]]
    names: Mapping[str, str]

    @property
    def hours(self) -> tuple[int, int]:
        """Lowest and highest sum of the planned steps' hours."""
        return sum(s.hours[0] for s in self.steps), sum(s.hours[1] for s in self.steps)

    def phases(self) -> dict[str, tuple[int, tuple[int, int], date]]:
        """For each level that has steps: how many, the sum of their hours, the last day."""
        found = {}
        for level in LEVELS:
            steps = [step for step in self.steps if step.level == level]
            days = [step.finish for step in steps if step.finish]
            if days:
                low, high = sum(s.hours[0] for s in steps), sum(s.hours[1] for s in steps)
                found[level] = len(steps), (low, high), max(days)
        return found

    @property
    def finish(self) -> date | None:
        """The last day of the last step; None if nothing is planned."""
        return self.steps[-1].finish if self.steps else None

    def to_dict(self) -> dict[str, Any]:
        """The ``skillgap/plan@1`` record."""
        per_week = float(self.hours_per_week)
        low, high = self.hours
        return {
            "schema": PLAN_SCHEMA,
            "resume": {"source": self.resume},
            "jobs": [outlook.to_dict() for outlook in self.jobs],
            "start": self.start.isoformat(),
            "hours_per_week": int(per_week) if per_week.is_integer() else per_week,
            "weeks": self.weeks,
            "steps": [step.to_dict() for step in self.steps],
            "not_fitting": [step.to_dict() for step in self.not_fitting],
            "projects": [project.to_dict() for project in self.projects],
            "on_the_job": [step.to_dict() for step in self.on_the_job],
            "credentials": [credential.to_dict() for credential in self.credentials],
            "unplaced": list(self.unplaced),
            "done": [{"id": s.id, "title": s.title, "hours": s.hours} for s in self.done],
            "taken_as_known": [
                {"id": step, "title": title, "because": why}
                for step, (title, why) in self.taken_as_known.items()
            ],
            "totals": {
                "steps": len(self.steps),
                "hours": [low, high],
                "finish": self.finish.isoformat() if self.finish else None,
                "levels": {
                    level: {"steps": count, "hours": list(hours), "finish": last.isoformat()}
                    for level, (count, hours, last) in self.phases().items()
                },
                "steps_done": len(self.done),
                "hours_done": sum(step.hours for step in self.done),
                "missing_required_groups": self.unproven,
                "groups_proved_by_projects": sum(project.groups for project in self.projects),
            },
            "skill_names": dict(self.names),
        }


def plan(  # noqa: PLR0913 - each is a question that the person answers
    gaps: Sequence[Mapping[str, Any]],
    taxonomy: Taxonomy,
    *,
    hours_per_week: Fraction | float,
    start: date,
    weeks: int | None = None,
    done: frozenset[str] = frozenset(),
    down_to: str = LEVELS[-1],
) -> Plan:
    """Plan for one resume and one or more ads.

    ``gaps`` are ``skillgap/gap@1`` records of the same resume, ``done`` ids of finished steps. What is
    asked for at a weaker level than ``down_to`` is left out.
    ``hours_per_week`` and ``weeks`` must be above 0; without ``weeks`` everything is scheduled.
    Raises UsageError if the calendar ends before the plan does.
    """
    per_week = Fraction(str(hours_per_week))
    done &= taxonomy.steps.keys()
    needs = read_needs(gaps, taxonomy, done)
    stands = standing(needs, taxonomy, done)
    levels = LEVELS[: LEVELS.index(down_to) + 1]
    choice = choose_what_to_learn(needs, stands, taxonomy, levels)
    drafts = _drafts(choice, needs, taxonomy)
    high = {step: draft.hours[1] for step, draft in drafts.items()}
    full = in_order(high, choice.serves, stands)
    order = that_fit(high, per_week * weeks, choice.serves, stands) if weeks is not None else full
    steps = _dated([drafts[step] for step in order], choice, needs, start, per_week)
    required = [group for group in needs.groups if group.level == LEVELS[0]]
    return Plan(
        resume=str(gaps[0]["resume"]["source"]),
        jobs=_outlooks(needs, steps),
        start=start,
        hours_per_week=per_week,
        weeks=weeks,
        steps=steps,
        not_fitting=tuple(drafts[step] for step in full if step not in set(order)),
        projects=choose_projects(required, taxonomy),
        unproven=sum(group.unproven > 0 for group in required),
        on_the_job=on_the_job(choice, needs, taxonomy),
        credentials=credentials(choice, needs, taxonomy),
        unplaced=nowhere(choice),
        done=_done(done, choice.course),
        taken_as_known=_known(choice, stands, needs, taxonomy),
        names=_names(choice, needs, taxonomy),
    )


def course(gaps: Sequence[Mapping[str, Any]], taxonomy: Taxonomy) -> list[tuple[PlannedStep, frozenset[str]]]:
    """The steps of study for the must-haves of these gaps, in order, without dates.

    Each with the ids of those that have to come before it.
    """
    needs = read_needs(gaps, taxonomy, frozenset())
    stands = standing(needs, taxonomy, frozenset())
    choice = choose_what_to_learn(needs, stands, taxonomy, LEVELS[:1])
    drafts = _drafts(choice, needs, taxonomy)
    high = {step: draft.hours[1] for step, draft in drafts.items()}
    return [(drafts[step], stands.before(step)) for step in in_order(high, choice.serves, stands)]


def _drafts(choice: Choice, needs: Needs, taxonomy: Taxonomy) -> dict[str, PlannedStep]:
    levels = strongest_levels(choice)
    drafts = {}
    for step_id, hours in choice.hours().items():
        step = taxonomy.steps[step_id]
        drafts[step_id] = PlannedStep(
            id=step_id,
            title=step.title,
            how=step.how,
            level=levels[step_id],
            hours=hours,
            full_hours=step.hours or hours,
            teaches=tuple(choice.steps[step_id]),
            because=_because(step_id, levels, choice, needs, taxonomy),
            url=step.url,
        )
    return drafts


def _because(step: str, levels: Mapping[str, str], choice: Choice, needs: Needs, taxonomy: Taxonomy) -> str:
    """Why a step is in the plan: what it teaches that is missing, what builds on it, what is shown of it."""
    skills = choice.steps[step]
    reasons = []
    if skills:
        named = [_naming(skill, choice, needs, taxonomy) for skill in skills[:_NAMED]]
        more = f" and {len(skills) - _NAMED} more" if len(skills) > _NAMED else ""
        reasons.append(f"{len(skills)} missing: {', '.join(named)}{more}")
    own = min((LEVELS.index(choice.targets[skill].level) for skill in skills), default=len(LEVELS))
    if own > LEVELS.index(levels[step]):
        reasons.append(f"needed before {' and '.join(_dependents(step, levels, choice, taxonomy))}")
    part, whole = choice.course.share(step)
    if part < whole:
        low, high = taxonomy.steps[step].hours or (0, 0)
        known = [needs.name(skill, taxonomy) for skill in choice.course.shown(step)]
        some = ", ".join(known[:_SHOWN])
        reasons.append(f"cut from {low}-{high} h: you show {len(known)} of its {whole} skills ({some})")
    return "; ".join(reasons)


def _naming(skill: str, choice: Choice, needs: Needs, taxonomy: Taxonomy) -> str:
    name, target = needs.names[skill], choice.targets[skill]
    remarks = []
    if target.out_of > 1:
        remarks.append(f"one of {target.out_of} that will do")
    if skill in needs.close:
        remarks.append(f"close: {needs.name(needs.close[skill], taxonomy)}")
    return f"{name} ({'; '.join(remarks)})" if remarks else name


def _dependents(step: str, levels: Mapping[str, str], choice: Choice, taxonomy: Taxonomy) -> list[str]:
    """The planned steps of the same level that build on a step, direct ones first."""
    later = [s for s in choice.steps if step in choice.stands.before(s) and levels[s] == levels[step]]
    later.sort(key=lambda s: (step not in taxonomy.steps[s].after, taxonomy.step_order[s]))
    direct = [s for s in later if step in taxonomy.steps[s].after]
    return (direct or later)[:_DEPENDENTS]


def _dated(
    drafts: Sequence[PlannedStep], choice: Choice, needs: Needs, start: date, per_week: Fraction
) -> tuple[PlannedStep, ...]:
    days = calendar([draft.hours[1] for draft in drafts], start, per_week)
    order = [draft.id for draft in drafts]
    met = [
        met_after(order, choice.serves, job, LEVELS[0], _met(needs, job)) for job in range(len(needs.jobs))
    ]
    return tuple(
        replace(draft, begin=begin, finish=finish, met=tuple(counts[number] for counts in met))
        for number, (draft, (begin, finish)) in enumerate(zip(drafts, days, strict=True))
    )


def _met(needs: Needs, job: int) -> int:
    return sum(g.job == job and g.level == LEVELS[0] and not g.lacking for g in needs.groups)


def _outlooks(needs: Needs, steps: Sequence[PlannedStep]) -> tuple[JobOutlook, ...]:
    found = []
    for number, job in enumerate(needs.jobs):
        groups = [g for g in needs.groups if g.job == number and g.level == LEVELS[0]]
        now = _met(needs, number)
        after = steps[-1].met[number][1] if steps else now
        found.append(JobOutlook(job, sum(not g.unproven for g in groups), now, after, len(groups)))
    return tuple(found)


def _done(done: frozenset[str], course: Course) -> tuple[DoneStep, ...]:
    steps = course.taxonomy.steps
    found = []
    for step_id in sorted(done, key=course.taxonomy.step_order.__getitem__):
        hours = course.hours(step_id)[1] if steps[step_id].hours else 0
        found.append(DoneStep(step_id, steps[step_id].title, hours))
    return tuple(found)


def _known(choice: Choice, stands: Standing, needs: Needs, taxonomy: Taxonomy) -> dict[str, tuple[str, str]]:
    """The steps that the plan builds on and leaves out: title, and what is shown of each."""
    used = {earlier for step in choice.steps for earlier in taxonomy.steps[step].after} & stands.proof.keys()
    order = sorted(used - choice.steps.keys(), key=taxonomy.step_order.__getitem__)
    found = {}
    for step in order:
        skill = stands.proof[step]
        why = f"you show {needs.name(skill, taxonomy)}"
        if skill in needs.included_in:
            why += f" by {needs.name(needs.included_in[skill], taxonomy)}"
        found[step] = taxonomy.steps[step].title, why
    return found


def _names(choice: Choice, needs: Needs, taxonomy: Taxonomy) -> dict[str, str]:
    ids = {*choice.targets, *(skill for group in needs.groups for skill in group.unshown)}
    return {skill: needs.name(skill, taxonomy) for skill in sorted(ids)}
