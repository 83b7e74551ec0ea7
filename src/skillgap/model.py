"""The nouns: what is read, what is found, what is concluded. Frozen, and importing nothing of ours.

Offsets are code points into ``Document.text``; ``text[start:end]`` is what the reader sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

LEVELS = ("required", "preferred", "responsibility", "context")  # strongest first
MAX_LISTED_MENTIONS = 50  # per skill in a record; ``mention_count`` tells how many there are


@dataclass(frozen=True)
class Document:
    """A decoded text and where it came from.

    ``source`` is what the user typed; ``kind`` names the format (``text``, ``html`` …);
    ``meta`` holds what the page itself states (title, company, place, url, dates, salary).
    """

    source: str
    text: str
    kind: str = "text"
    row: str | None = None
    meta: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the text as UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Block:
    """One line, paragraph or bullet item, with the section and heading that it stands under."""

    start: int
    end: int
    section: str
    level: str | None
    heading: str | None = None
    bullet: bool = False
    is_heading: bool = False


class Match(NamedTuple):
    """One place where an alias of a skill matched: ``start:end``, before any context is read."""

    skill: str
    kind: str
    start: int
    end: int
    alias: str
    first: int  # index of its first token
    last: int  # index of its last token
    how: str  # literal, inflected, exact, supported, gap, coordination
    support: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A match in its context; ``rules`` names the alias, guard, cue and heading that decided."""

    skill: str
    start: int
    end: int
    section: str
    level: str
    negated: bool = False
    group: str | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """A skill that an ad names; ``level`` and ``group`` are those of its strongest mention."""

    skill: str
    level: str
    group: str | None
    mentions: tuple[Mention, ...]
    years: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Alternatives: ``minimum`` of ``members`` will do.

    ``of`` names the skills that all members include and that the ad asks no more strongly: "a cloud
    platform (AWS, GCP or Azure)" is one requirement, not two.
    """

    id: str
    level: str
    minimum: int
    members: tuple[str, ...]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Something to check before spending time: permit, clearance, licence, travel, time zone."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of the same fact that differ."""

    fact: str
    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Salary:
    """``minimum`` and ``maximum`` in whole units of ``currency`` per ``period``."""

    minimum: float | None
    maximum: float | None
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class Degree:
    """The lowest degree that satisfies the ad; not required if experience will do instead."""

    level: str
    required: bool


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A phrase that a requirement line asks for and the taxonomy does not know."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ad states about itself; absent facts are ``None`` or empty, never guessed."""

    seniority: str | None = None
    years_min: int | None = None
    degree: Degree | None = None
    salary: Salary | None = None
    work_mode: str | None = None
    conditions: tuple[Condition, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    place: str | None = None
    closes: str | None = None


@dataclass(frozen=True, slots=True)
class Priority:
    """One place to start: ``rank`` from 1, and why."""

    rank: int
    skill: str
    reasons: tuple[str, ...]
    step: str | None = None


@dataclass(frozen=True, slots=True)
class JobProfile:
    """All that was read out of one ad."""

    document: Document
    title: str | None
    role: str | None
    facts: Facts
    requirements: tuple[Requirement, ...]
    groups: tuple[Group, ...]
    unknown_terms: tuple[UnknownTerm, ...]
    understood: float | None
    asking_lines: int
    understood_lines: int
    english: bool = True
    in_field: bool = True
    blocks: tuple[Block, ...] = ()
    negated: tuple[Mention, ...] = ()
    ignored: tuple[Mention, ...] = ()
    role_why: tuple[str, ...] = ()


GRADES = ("used", "listed", "learning", "denied")  # strongest first


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated entry of a resume: a job, a project, a course of study.

    ``start:end`` is its text. ``begin`` and ``finish`` count months since year 0 (year * 12 + month - 1);
    ``finish`` is exclusive, so that adjacent entries do not overlap.
    """

    start: int
    end: int
    section: str
    begin: int
    finish: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place of a resume that speaks of a skill, and how strongly.

    ``grade``: used in work or projects > listed > learning > denied. ``direct`` is False where somebody
    else used it ("managed a team that used Spark"). ``last_used`` is the last month of the dated entry
    that it stands in, in months since year 0; None where nothing is dated.
    """

    skill: str
    grade: str
    start: int
    end: int
    section: str
    direct: bool = True
    last_used: int | None = None
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResumeProfile:
    """All that was read out of one resume.

    ``years`` holds the years per skill in dated entries, overlaps counted once; ``years_total`` those
    of all dated work. ``months`` since year 0 of the day that "present" stands for: ``as_of``.
    """

    document: Document
    evidence: tuple[Evidence, ...]
    entries: tuple[Entry, ...]
    years_total: float | None
    years: Mapping[str, float]
    degree: Degree | None
    seniority: str | None
    as_of: int
    english: bool = True
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class SkillMatch:
    """One asked skill against one resume.

    ``status``: matched (the resume shows it) > implied (something shown includes it) > related (a near
    substitute is shown) > missing. ``via`` names what stands for it; ``strict`` is True only where work
    or projects show it (grade used).
    """

    requirement: Requirement
    status: str
    evidence: tuple[Evidence, ...]
    via: tuple[str, ...] = ()
    strict: bool = False


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """One requirement group (a lone skill is a group of one) and whether the resume meets it.

    ``strict``: by used evidence alone; ``lenient``: listed and implied count too.
    """

    id: str
    level: str
    minimum: int
    members: tuple[str, ...]
    strict: bool
    lenient: bool
    of: tuple[str, ...] = ()  # as in Group


@dataclass(frozen=True, slots=True)
class Gap:
    """One ad against one resume.

    ``matches`` holds every asked skill, ``groups`` the groups of hard skills that coverage counts,
    ``priorities`` what is worth learning first, ``literal`` the ad's unknown terms that stand word for
    word in the resume.
    """

    job: JobProfile
    resume: ResumeProfile
    matches: tuple[SkillMatch, ...]
    groups: tuple[GroupMatch, ...]
    priorities: tuple[Priority, ...]
    literal: tuple[UnknownTerm, ...] = ()
