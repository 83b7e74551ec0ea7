"""What a loaded taxonomy consists of: skills, aliases, steps, roles, projects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Alias:
    """One written form; ``text`` as a person writes it, ``notation`` as the YAML has it."""

    text: str
    notation: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document names something: its file and the section's key."""

    document: str
    section: str

    def to_dict(self) -> dict[str, str]:
        return {"document": self.document, "section": self.section}


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a candidate can know or do."""

    id: str
    name: str
    kind: str
    theme: str
    aliases: tuple[Alias, ...]
    steps: tuple[str, ...]
    implies: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    certification: Mapping[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The record that ``skillgap taxonomy show --format json`` prints."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "theme": self.theme,
            "aliases": [alias.text for alias in self.aliases],
            "implies": list(self.implies),
            "broader": list(self.broader),
            "related": list(self.related),
            "steps": list(self.steps),
            "sources": [source.to_dict() for source in self.sources],
            **({"certification": dict(self.certification)} if self.certification else {}),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the roadmap; ``hours`` is an estimate, lowest to highest, or ``None``."""

    id: str
    title: str
    summary: str
    how: str
    hours: tuple[int, int] | None
    after: tuple[str, ...]
    teaches: tuple[str, ...]
    sources: tuple[Source, ...]
    links: tuple[Mapping[str, str], ...] = field(default=())

    @property
    def url(self) -> str | None:
        return self.links[0]["url"] if self.links else None

    def to_dict(self) -> dict[str, Any]:
        """The record that ``skillgap roadmap --format json`` prints."""
        return {
            "id": self.id,
            "title": self.title,
            "summary": self.summary,
            "how": self.how,
            "hours": list(self.hours) if self.hours else None,
            "after": list(self.after),
            "teaches": list(self.teaches),
            "sources": [source.to_dict() for source in self.sources],
            "links": [dict(link) for link in self.links],
        }
