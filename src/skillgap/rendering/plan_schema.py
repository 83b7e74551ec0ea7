"""The shape of a plan (``skillgap/plan@1``), and what a plan reads of a gap record."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

from skillgap.rendering.schema_base import Record

Level = Literal["required", "preferred", "responsibility"]
Hours = tuple[NonNegativeInt, NonNegativeInt]


class PlanResume(Record):
    """The resume that the plan is for."""

    source: str


class RequiredCount(Record):
    """Must-have groups: met by the resume, with the steps done, after the plan, of how many."""

    shown: int
    now: int
    after: int
    of: int


class PlanJob(Record):
    """One ad that the plan is for."""

    source: str
    title: str | None
    company: str | None
    url: str | None
    required: RequiredCount


class UndatedStep(Record):
    """A step that does not fit; ``hours`` is what is left to take of ``full_hours`` (estimates)."""

    id: str
    title: str
    how: Literal["study", "build"]
    level: Level
    hours: Hours
    full_hours: Hours
    teaches_missing: list[str]
    because: str
    url: str | None


class DatedStep(UndatedStep):
    """A step with its first and last day; ``required_met``: [before, after] for each of the jobs."""

    from_: str = Field(alias="from")
    to: str
    required_met: list[tuple[int, int]]


class PlanProject(Record):
    """A portfolio project; ``groups`` more missing must-haves are proved once it stands."""

    id: str
    title: str
    summary: str
    hours: Hours
    proves: list[str]
    groups: int


class JobStep(Record):
    """What only the job teaches."""

    id: str
    title: str
    url: str | None
    teaches_missing: list[str]
    level: Level


class PlanCredential(Record):
    """A certificate that is asked for; ``options`` names current ones where it is not current itself."""

    id: str
    name: str
    level: Level
    status: Literal["current", "retiring", "retired", "unknown"] | None
    as_of: str | None
    issuer: str | None
    code: str | None
    hours: None
    options: list[str]


class DoneRecord(Record):
    """A finished step and the hours that it was planned with."""

    id: str
    title: str
    hours: int


class KnownStep(Record):
    """A step that the plan builds on and leaves out, and why."""

    id: str
    title: str
    because: str


class LevelTotal(Record):
    """The steps of one level together."""

    steps: PositiveInt
    hours: Hours
    finish: str


class PlanTotals(Record):
    """Sums over the plan."""

    steps: int
    hours: Hours
    finish: str | None
    levels: dict[Level, LevelTotal]
    steps_done: int
    hours_done: int
    missing_required_groups: int
    groups_proved_by_projects: int


class PlanRecord(Record):
    """A learning plan, as ``skillgap plan --format json`` prints it."""

    schema_: Literal["skillgap/plan@1"] = Field(alias="schema")
    resume: PlanResume
    jobs: list[PlanJob] = Field(min_length=1)
    start: str
    hours_per_week: float
    weeks: int | None
    steps: list[DatedStep]
    not_fitting: list[UndatedStep]
    projects: list[PlanProject]
    on_the_job: list[JobStep]
    credentials: list[PlanCredential]
    unplaced: list[str]
    done: list[DoneRecord]
    taken_as_known: list[KnownStep]
    totals: PlanTotals
    skill_names: dict[str, str]


class _Read(BaseModel):
    """A record that is read: what is not named here is left alone."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class _Named(_Read):
    id: str


class _GapJob(_Read):
    source: str
    title: str | None = None
    company: str | None = None
    url: str | None = None


class _GapResume(_Read):
    source: str
    shown: list[str] = []


class _GapMatch(_Read):
    id: str
    name: str
    kind: str
    level: Literal["required", "preferred", "responsibility", "context"]
    status: Literal["matched", "implied", "related", "missing"]
    via: list[_Named | str] = []
    steps: list[_Named] = []


class _GapGroup(_Read):
    level: Literal["required", "preferred", "responsibility", "context"]
    min: PositiveInt
    members: list[str] = Field(min_length=1)
    satisfied: bool | None = None


class GapInput(_Read):
    """What a plan needs of a ``skillgap/gap@1`` record."""

    schema_: Literal["skillgap/gap@1"] = Field(alias="schema")
    job: _GapJob
    resume: _GapResume
    matches: list[_GapMatch]
    groups: list[_GapGroup]
