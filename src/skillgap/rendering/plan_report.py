"""The words of a learning plan, for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from skillgap.analysis.apart import Credential
from skillgap.analysis.needs import LEVELS
from skillgap.analysis.plan import Plan, PlannedStep
from skillgap.rendering.report import LEVEL_TITLES

HOW = {"study": "study", "build": "build"}
KNOWN_NOTE = "you show a skill learned there; if it is not so, begin there"


class PlanReport:
    """What a plan says, in sentences and cells; ``full`` says all of it."""

    def __init__(self, plan: Plan, *, full: bool = False) -> None:
        self.plan = plan
        self.full = full

    def headline(self) -> str:
        jobs = self.plan.jobs
        return f"Plan for {jobs[0].job.label}" if len(jobs) == 1 else f"Plan for {len(jobs)} ads"

    def frame(self) -> str:
        """What the dates are reckoned with."""
        per_week = f"{float(self.plan.hours_per_week):g} h a week from {self.plan.start}"
        weeks = f" for {self.weeks()}" if self.plan.weeks else ""
        return f"{per_week}{weeks}; estimates, dated by the upper bound"

    def weeks(self) -> str:
        """How long the plan may take."""
        return f"{self.plan.weeks} week{'s' if self.plan.weeks != 1 else ''}"

    def outlooks(self) -> list[str]:
        """One sentence per ad on its must-haves, and one on all steps."""
        found = []
        for number, outlook in enumerate(self.plan.jobs):
            name = f"{outlook.job.label}: " if len(self.plan.jobs) > 1 else "Must-haves: "
            if not outlook.of:
                found.append(f"{name}the ad names no hard one")
                continue
            learned = outlook.now - outlook.shown
            by_done = f" ({learned} by steps done)" if learned else ""
            day = self._reached(number, outlook.after)
            then = f", {outlook.after} by {day}" if day else ""
            left = outlook.of - outlook.after
            rest = f", {left} not by a course" if left and not self.plan.weeks else ""
            found.append(f"{name}{outlook.now} of {outlook.of} met today{by_done}{then}{rest}")
        if self.plan.steps:
            count, span = len(self.plan.steps), hours(self.plan.hours)
            found.append(f"Everything below: {_steps(count)}, {span}, until {self.plan.finish}")
        return found

    def _reached(self, job: int, count: int) -> date | None:
        """The day on which so many must-haves of an ad are met; None if no step changes them."""
        return next((s.finish for s in self.plan.steps if s.met[job][0] < count == s.met[job][1]), None)

    def nothing(self) -> str | None:
        """Why there is no step, where there is none."""
        plan = self.plan
        if plan.steps:
            return None
        if plan.not_fitting and plan.weeks:
            first, room = plan.not_fitting[0], float(plan.hours_per_week * plan.weeks)
            return (
                f"No step can be finished in {room:g} h. The first, {first.title}, takes up to "
                f"{first.hours[1]} h: give it more weeks or more hours."
            )
        return "Nothing is left that a course teaches."

    def levels(self) -> list[tuple[str, str, list[PlannedStep]]]:
        """(title, how much, steps) of each level that has steps."""
        phases = self.plan.phases()
        found = []
        for level in LEVELS:
            if level in phases:
                count, span, last = phases[level]
                steps = [step for step in self.plan.steps if step.level == level]
                found.append((LEVEL_TITLES[level], f"{_steps(count)}, {hours(span)}, until {last}", steps))
        return found

    def number(self, step: PlannedStep) -> int:
        """A step's place in the plan, from 1."""
        return self.plan.steps.index(step) + 1

    def change(self, step: PlannedStep) -> str:
        """Must-haves met before and after a step, of all ads together."""
        before, after = (sum(pair[end] for pair in step.met) for end in (0, 1))
        return f"{before} -> {after}" if before != after else f"{after}"

    def on_the_job(self) -> list[tuple[str, str]]:
        return [(entry.title, self.names(entry.skills)) for entry in self.plan.on_the_job]

    def credentials(self) -> list[tuple[str, str]]:
        return [(credential.name, _credential(credential)) for credential in self.plan.credentials]

    def projects(self) -> list[tuple[str, str, str]]:
        """(title, hours, what it proves) of each project."""
        return [(p.title, hours(p.hours), f"proves {self.names(p.proves)}") for p in self.plan.projects]

    def projects_note(self) -> str:
        proved = sum(project.groups for project in self.plan.projects)
        return f"proves {proved} of the {self.plan.unproven} must-haves not shown; hours not in the plan"

    def known(self) -> list[str]:
        return [f"{title} ({because})" for title, because in self.plan.taken_as_known.values()]

    def done(self) -> str | None:
        steps = self.plan.done
        if not steps:
            return None
        total = sum(step.hours for step in steps)
        return f"{_steps(len(steps))} done, {total} h: {', '.join(step.title for step in steps)}"

    def not_fitting_note(self) -> str:
        left = self.plan.not_fitting
        span = (sum(step.hours[0] for step in left), sum(step.hours[1] for step in left))
        return f"{_steps(len(left))}, {hours(span)}"

    def unplaced(self) -> str | None:
        return self.names(self.plan.unplaced) if self.plan.unplaced else None

    def names(self, skills: Sequence[str]) -> str:
        return ", ".join(self.plan.names.get(skill, skill) for skill in skills)


def hours(span: tuple[int, int]) -> str:
    """A range of hours: 20-50 h."""
    return f"{span[0]}-{span[1]} h" if span[0] != span[1] else f"{span[0]} h"


def _steps(count: int) -> str:
    return f"{count} step{'s' if count != 1 else ''}"


def _credential(credential: Credential) -> str:
    issuer = f", {credential.issuer}" if credential.issuer and credential.issuer != "various" else ""
    if credential.status == "current":
        code = f" ({credential.code})" if credential.code else ""
        return f"current as of {credential.as_of}{issuer}{code}"
    state = {
        "retired": f"retired as of {credential.as_of}, not planned",
        "retiring": f"being retired as of {credential.as_of}, not planned",
    }.get(credential.status or "", "no one certificate; which will do, the ad's people know")
    if credential.options:
        state += f"; current: {', '.join(credential.options)}"
    return state
