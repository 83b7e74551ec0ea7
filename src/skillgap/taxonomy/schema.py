"""The shape of every file in ``taxonomy/`` (pydantic); ``skillgap taxonomy schema`` prints it.

Fields are strict: a number where a name belongs is a fault, and so is an unknown key.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
StepId = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z0-9_]+$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=False)]
SourceRef = Annotated[str, StringConstraints(pattern=r"^\d{3}:[a-z0-9_-]+$")]
Month = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
Kind = Literal[
    "language", "framework", "tool", "platform", "database", "model", "concept",
    "practice", "math", "domain", "soft", "certification", "human_language",
]  # fmt: skip
Judging = Literal["required", "responsibility", "preferred", "context", "named", "slack", "fewest"]
How = Literal["study", "build", "on_the_job", "credential"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Guard(_Strict):
    """What must or must not stand around an alias for it to count."""

    near: list[Text] = []
    before: list[Text] = []
    after: list[Text] = []
    not_line: list[Text] = []


class Certification(_Strict):
    """Whether a certificate can still be earned, and when that was last known."""

    status: Literal["current", "retiring", "retired", "unknown"]
    as_of: Month
    issuer: Text
    code: Text | None = None


class SkillEntry(_Strict):
    """One skill: its names, what it implies, where it is learned and which document names it."""

    id: Identifier
    name: Text
    kind: Kind
    aliases: list[Text] = []
    steps: list[StepId] = Field(min_length=1)
    implies: list[Identifier] = []
    broader: list[Identifier] = []
    related: list[Identifier] = []
    sources: list[SourceRef] = []
    guard: Guard | None = None
    certification: Certification | None = None


class SkillFile(_Strict):
    """``skills/<theme>.yaml``."""

    theme: Identifier
    title: Text
    skills: list[SkillEntry]


class Link(_Strict):
    """A free page to learn from, with the month it was last known good."""

    title: Text
    url: Annotated[str, StringConstraints(pattern=r"^https://\S+$")]
    as_of: Month


class StepEntry(_Strict):
    """One step of the roadmap; ``hours`` is an estimate of ours, lowest to highest."""

    id: StepId
    title: Text
    summary: Text
    how: How
    hours: tuple[int, int] | None = None
    after: list[StepId] = []
    teaches: list[Identifier] = []
    sources: list[SourceRef] = []
    links: list[Link] = []


class RoadmapFile(_Strict):
    """``roadmap.yaml``."""

    steps: list[StepEntry]


class Pay(_Strict):
    """A salary range as one document states it; ``max`` is null where the top is open."""

    country: Text
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
    level: Text
    years: tuple[int, int | None] | None = None
    min: int
    max: int | None = None
    open_top: bool = False
    unit: Literal["year", "lakh_per_year"] = "year"
    source: SourceRef
    year: int


class Growth(_Strict):
    """A claim about demand, as one document states it."""

    text: Text
    percent: float | None = None
    source: SourceRef
    year: int


class Assessment(_Strict):
    """What an interview for the role tests."""

    text: Text
    source: SourceRef


class RoleEntry(_Strict):
    """A role type: how its titles read, which skills and themes weigh in it, what it pays and tests."""

    id: Identifier
    name: Text
    summary: Text
    titles: list[Text] = []
    broad_titles: list[Text] = []
    topics: list[Text] = []
    skills: dict[Identifier, int] = {}
    themes: dict[Identifier, int] = {}
    levels: list[Text] = []
    pay: list[Pay] = []
    growth: list[Growth] = []
    assessments: list[Assessment] = []
    notes: list[Assessment] = []
    sources: list[SourceRef] = []


class RolesFile(_Strict):
    """``roles.yaml``; ``judging`` holds the points of the levels and what a title counts."""

    judging: dict[Judging, float] = {}
    roles: list[RoleEntry]


class ProjectEntry(_Strict):
    """A portfolio project and the skills that it proves."""

    id: Identifier
    title: Text
    summary: Text
    proves: list[Identifier] = Field(min_length=1)
    steps: list[StepId] = []
    hours: tuple[int, int]
    sources: list[SourceRef] = []


class ProjectsFile(_Strict):
    """``projects.yaml``."""

    projects: list[ProjectEntry]


class IndustryEntry(_Strict):
    """An industry that hires, and the domain skills that belong to it."""

    id: Identifier
    name: Text
    skills: list[Identifier] = []
    sources: list[SourceRef] = []


class IndustriesFile(_Strict):
    """``industries.yaml``."""

    industries: list[IndustryEntry]


class Fact(_Strict):
    """A figure or claim of one document, in our words."""

    key: Identifier
    text: Text
    section: Text | None = None


class DocumentEntry(_Strict):
    """One of the documents the taxonomy is built from."""

    key: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    file: Text
    about: Text
    year: int
    sections: list[Text] = []
    facts: list[Fact] = []


class SourcesFile(_Strict):
    """``sources.yaml``."""

    documents: list[DocumentEntry]


class WordsFile(_Strict):
    """``words.yaml``: inflection exceptions, classes, compounds, decoys, words no gap may hold."""

    irregular: dict[str, list[Text]]
    keep: list[Text]
    gap_stop: list[Text]
    openers: list[Text]
    class_words: list[Text]
    compounds: list[Annotated[str, StringConstraints(pattern=r"^[a-z]+ [a-z]+$")]]
    decoys: list[Text]
    introducers: list[Text]
    classes: dict[Identifier, list[Text]]
    light: list[Identifier]
    ordinary: list[Text]
    support: list[Text]
    tongue_support: list[Text]
    duties: list[Text]
    heading_filler: list[Text]
    field_themes: list[Identifier]
    labels: dict[Text, list[Identifier]]


class SectionEntry(_Strict):
    """Headings of one section of an ad; patterns are tried in file order."""

    id: Identifier
    level: Literal["required", "preferred", "responsibility", "context", "none"] | None
    headings: list[Text]


class ResumeSectionEntry(_Strict):
    """Headings of one section of a resume, and how what stands there is evidenced."""

    id: Identifier
    level: Literal["used", "listed", "learning", "denied", "none"]
    headings: list[Text]


class HeadingsFile(_Strict):
    """``headings.yaml``."""

    sections: list[SectionEntry]
    resume: list[ResumeSectionEntry]


class CuesFile(_Strict):
    """``cues.yaml``: the words that decide level, negation, alternatives and facts."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    levels: dict[str, list[Text]]
    negation: dict[str, list[Text]]
    alternatives: dict[str, list[Text]]
    boilerplate: list[Text]
    requirement: list[Text]
    seniority: dict[str, list[Text]]
    degree: dict[str, list[Text]]
    years: dict[str, list[Text]]
    pay: dict[str, list[Text]]
    work_mode: dict[str, list[Text]]
    logistics: dict[str, list[Text]]
    conditions: dict[str, list[Text]]
    unknown: dict[str, list[Text]]
    employer: dict[str, list[Text]]
    calling: dict[str, list[Text]]
    languages: dict[str, list[Text]]
    resume: dict[str, list[Text]]


FILES: dict[str, type[_Strict]] = {
    "roadmap.yaml": RoadmapFile,
    "roles.yaml": RolesFile,
    "projects.yaml": ProjectsFile,
    "industries.yaml": IndustriesFile,
    "sources.yaml": SourcesFile,
    "words.yaml": WordsFile,
    "headings.yaml": HeadingsFile,
    "cues.yaml": CuesFile,
}
