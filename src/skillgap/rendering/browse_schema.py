"""The shape of what ``taxonomy show``, ``roadmap STEP`` and ``roles ROLE`` print as JSON."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from skillgap.rendering.schema_base import Record

Status = Literal["matched", "implied", "related", "missing"]


class SourceRecord(Record):
    """A document that says so, and where in it."""

    document: str
    section: str


class CertificationRecord(Record):
    """Whether a certificate can still be earned, and when that was last known."""

    status: Literal["current", "retiring", "retired", "unknown"]
    as_of: str
    issuer: str
    code: str | None = None


class KnownSkill(Record):
    """A skill of the taxonomy, as ``skillgap taxonomy show`` and ``list`` print it."""

    id: str
    name: str
    kind: str
    theme: str
    aliases: list[str]
    implies: list[str]
    broader: list[str]
    related: list[str]
    steps: list[str] = Field(min_length=1)
    sources: list[SourceRecord]
    certification: CertificationRecord | None = None


class LinkRecord(Record):
    """A free page to learn from, last known good in the month given."""

    title: str
    url: str
    as_of: str


class RoadmapStep(Record):
    """A step as ``skillgap roadmap`` prints it; ``skills``, of one step by itself, are all that name it."""

    id: str
    title: str
    summary: str
    how: Literal["study", "build", "on_the_job", "credential"]
    hours: tuple[NonNegativeInt, NonNegativeInt] | None
    after: list[str]
    teaches: list[str]
    sources: list[SourceRecord]
    links: list[LinkRecord]
    skills: list[str] | None = None


class WeighedSkill(Record):
    """A skill of a role type; 5 is at its centre."""

    id: str
    name: str
    weight: PositiveInt


class PayClaim(Record):
    """Pay as one document states it; ``max`` is null where it names no top."""

    country: str
    currency: str
    level: str
    years: tuple[int, int | None] | None
    min: int
    max: int | None
    open_top: bool
    unit: Literal["year", "lakh_per_year"]
    source: SourceRecord
    year: int


class GrowthClaim(Record):
    """A claim about demand, as one document states it."""

    text: str
    percent: float | None
    source: SourceRecord
    year: int


class SaidOfRole(Record):
    """What a document says of a role: what its interviews test, what is good to know."""

    text: str
    source: SourceRecord


class RoleType(Record):
    """A role type, as ``skillgap roles`` prints it."""

    id: str
    name: str
    summary: str
    skills: list[WeighedSkill]
    levels: list[str]
    pay: list[PayClaim]
    growth: list[GrowthClaim]
    assessments: list[SaidOfRole]
    notes: list[SaidOfRole]
    sources: list[SourceRecord]


class RoleMatch(WeighedSkill):
    """What a resume shows of a skill of a role type; ``via`` says through what."""

    status: Status
    via: list[str]


class RoleFitRecord(RoleType):
    """How far a resume is from a role type, as ``skillgap roles --resume CV`` prints it.

    Of the ``of`` skills that weigh ``least_weight`` or more, those shown in work and those shown in all.
    """

    met_strict: NonNegativeInt
    met_lenient: NonNegativeInt
    of: NonNegativeInt
    least_weight: PositiveInt
    matches: list[RoleMatch]
