"""The nouns: what is read, what is found, what is concluded. Frozen, and importing nothing of ours.

Offsets are code points into ``Document.text``; ``text[start:end]`` is what the reader sees.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

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


@dataclass(frozen=True, slots=True)
class Match:
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
    """Alternatives: ``minimum`` of ``members`` will do."""

    id: str
    level: str
    minimum: int
    members: tuple[str, ...]


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
