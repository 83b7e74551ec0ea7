"""The shape of resume and gap records (pydantic), for ``skillgap schema`` and the tests."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from skillgap.rendering.schema_base import Record

Level = Literal["required", "preferred", "responsibility"]
Grade = Literal["used", "listed", "learning", "denied"]


class StepRef(Record):
    """A roadmap step and its first learning link."""

    id: str
    title: str
    url: str | None


class EvidenceRecord(Record):
    """One place of a resume; ``quote`` is the line that holds it, ``direct`` is false for others' work."""

    grade: Grade
    start: int
    end: int
    text: str
    quote: str
    section: str
    direct: bool
    last_used: str | None
    why: list[str]


class ResumeSkillRecord(Record):
    """What a resume shows of one skill, strongest evidence first."""

    id: str
    name: str
    kind: str
    grade: Literal["used", "listed", "learning", "denied", "others"]
    years: float | None
    last_used: str | None
    evidence: list[EvidenceRecord]
    evidence_count: int
    steps: list[StepRef]


class EntryRecord(Record):
    """A dated entry; ``from`` and ``to`` are months."""

    section: str
    begin: str = Field(alias="from")
    finish: str = Field(alias="to")
    start: int
    end: int


class ResumeRecord(Record):
    """``skillgap/resume@1``; ``known`` are skills by the person's own word (``--override``)."""

    schema_: Literal["skillgap/resume@1"] = Field(alias="schema")
    source: str
    digest: str | None
    taxonomy: str
    as_of: str
    years_total: float | None
    degree: Literal["bachelor", "master", "phd"] | None
    seniority: str | None
    skills: list[ResumeSkillRecord]
    entries: list[EntryRecord]
    hidden: list[str]
    english: bool
    text: str | None = None
    known: list[str] | None = None


class JobRef(Record):
    """The ad of a comparison."""

    source: str
    row: str | None
    title: str | None
    company: str | None
    url: str | None
    role: str | None
    understood: float | None
    in_field: bool
    text: str | None = None


class ResumeRef(Record):
    """The resume of a comparison: skills it shows; ``hidden`` is text that a reader of it cannot see."""

    source: str
    shown: list[str]
    hidden: list[str]
    text: str | None = None


class CountRecord(Record):
    """Groups of hard skills: met strictly <= met leniently <= asked."""

    met_strict: int
    met_lenient: int
    of: int


class BesideRecord(Record):
    """Skills that are shown beside the count."""

    asked: int
    shown: int


class CoverageRecord(Record):
    """Counts per level."""

    required: CountRecord
    preferred: CountRecord
    responsibility: CountRecord
    soft: BesideRecord
    human_languages: BesideRecord


class YearsRecord(Record):
    """Years asked and shown."""

    asked: float | None
    shown: float | None


class DegreeFact(Record):
    """The degree asked and the highest one found."""

    asked: str | None
    required: bool | None
    shown: str | None
    met: bool | None


class SeniorityFact(Record):
    """Seniority of the ad's title and of the latest job title."""

    asked: str | None
    shown: str | None


class FactsRecord(Record):
    """Facts compared."""

    years: YearsRecord
    degree: DegreeFact
    seniority: SeniorityFact


class ViaRecord(Record):
    """A shown skill that stands for the asked one."""

    id: str
    name: str


class MentionRef(Record):
    """A place in the ad."""

    start: int
    end: int
    text: str


class MatchRecord(Record):
    """One asked skill against the resume."""

    id: str
    name: str
    kind: str
    level: Level
    group: str | None
    status: Literal["matched", "implied", "related", "missing"]
    strict: bool
    via: list[ViaRecord]
    years: YearsRecord
    mentions: list[MentionRef]
    evidence: list[EvidenceRecord]
    steps: list[StepRef]


class GapGroupRecord(Record):
    """One counted group; ``satisfied`` leniently, ``strict`` by work alone.

    ``of``: what a set of alternatives is of, which is not counted again.
    """

    id: str
    level: Level
    min: int
    members: list[str]
    of: list[str]
    satisfied: bool
    strict: bool


class GapPriority(Record):
    """One place to start."""

    rank: int
    id: str
    name: str
    reasons: list[str]
    steps: list[StepRef]


class ActionRecord(Record):
    """One thing to do, with the must-haves met before and after it.

    ``hours`` are those of ``step`` and of the steps ``first`` that come before it.
    """

    when: Literal["today", "story", "study", "job"]
    what: str
    skills: list[str]
    step: str | None
    first: list[str]
    hours: list[int] | None
    met_before: int
    met_after: int


class UnknownRecord(Record):
    """A term outside the taxonomy, and whether it stands in the resume word for word."""

    text: str
    start: int
    end: int
    in_resume: bool


class GapRecord(Record):
    """``skillgap/gap@1``."""

    schema_: Literal["skillgap/gap@1"] = Field(alias="schema")
    taxonomy: str
    job: JobRef
    resume: ResumeRef
    coverage: CoverageRecord
    thin: list[str]
    facts: FactsRecord
    matches: list[MatchRecord]
    groups: list[GapGroupRecord]
    priorities: list[GapPriority]
    actions: list[ActionRecord]
    unknown_terms: list[UnknownRecord]
