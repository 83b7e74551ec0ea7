"""The shape of the records that commands print (pydantic), for ``skillgap schema`` and the tests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from skillgap.rendering.schema_base import Record

Level = Literal["required", "preferred", "responsibility", "context"]


class RoleRef(Record):
    """The role type of an ad, and why: what the title names, the skills that weighed most."""

    id: str | None
    name: str | None
    why: list[str]


class DegreeRecord(Record):
    """The lowest degree that satisfies the ad."""

    level: Literal["bachelor", "master", "phd"]
    required: bool


class SalaryRecord(Record):
    """A pay range in whole units of ``currency`` per ``period``."""

    min: float | None
    max: float | None
    currency: str
    period: Literal["hour", "day", "week", "month", "year"]


class ConditionRecord(Record):
    """Something to check before applying."""

    kind: Literal["work_permit", "clearance", "licence", "travel", "time_zone", "contract"]
    text: str
    start: int
    end: int


class ConflictRecord(Record):
    """A fact on which text and page data differ."""

    fact: str
    text: str
    page: str


class MentionRecord(Record):
    """One place where a skill is named: ``text == document[start:end]``."""

    start: int
    end: int
    text: str
    section: str
    level: Level


class StepRecord(Record):
    """A roadmap step; ``url`` is its first learning link."""

    id: str
    title: str
    url: str | None


class SkillRecord(Record):
    """A skill that the ad names."""

    id: str
    name: str
    kind: str
    level: Level
    group: str | None
    years: float | None
    mentions: list[MentionRecord] = Field(max_length=50)
    mention_count: int
    steps: list[StepRecord] = Field(min_length=1)
    why: list[str]


class GroupRecord(Record):
    """Alternatives: ``min`` of ``members`` will do; ``of`` names what the set is of and says already."""

    id: str
    level: Level
    min: int
    members: list[str] = Field(min_length=2)
    of: list[str]


class PriorityRecord(Record):
    """One place to start."""

    rank: int
    id: str
    name: str
    reasons: list[str]
    steps: list[StepRecord]


class UnknownTermRecord(Record):
    """A phrase that is asked for and not in the taxonomy."""

    text: str
    start: int
    end: int


class JobRecord(Record):
    """One ad, as ``skillgap analyze --format json`` prints it."""

    schema_: Literal["skillgap/job@1"] = Field(alias="schema")
    source: str
    row: str | None
    digest: str
    taxonomy: str
    title: str | None
    company: str | None
    place: str | None
    url: str | None
    posted: str | None
    closes: str | None
    role: RoleRef
    seniority: Literal["intern", "entry", "mid", "senior", "staff_principal", "lead_manager"] | None
    years_min: int | None
    degree: DegreeRecord | None
    salary: SalaryRecord | None
    work_mode: Literal["remote", "hybrid", "onsite"] | None
    conditions: list[ConditionRecord]
    conflicts: list[ConflictRecord]
    skills: list[SkillRecord]
    groups: list[GroupRecord]
    priorities: list[PriorityRecord]
    unknown_terms: list[UnknownTermRecord]
    understood: float | None
    english: bool
    in_field: bool
    text: str | None = None
