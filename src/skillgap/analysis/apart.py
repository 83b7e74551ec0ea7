"""What a plan names without course hours: work to do on the job, and certificates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillgap.analysis.choosing import Choice
from skillgap.analysis.needs import CREDENTIAL, NOWHERE, ON_THE_JOB, Needs
from skillgap.taxonomy import Skill, Taxonomy

_OPTIONS = 3  # current certificates named where the one asked for is none


@dataclass(frozen=True, slots=True)
class OnTheJob:
    """A step that work teaches, and the missing skills of it."""

    id: str
    title: str
    url: str | None
    skills: tuple[str, ...]
    level: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "url": self.url,
            "teaches_missing": list(self.skills),
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Credential:
    """A certificate that an ad asks for.

    ``status`` as of the month ``as_of``: current, retiring, retired or unknown; None if the taxonomy does
    not know it. Only a current one is worth planning; for another, ``options`` names current ones that
    stand for it. What a certificate takes in hours is not known, so none are given.
    """

    id: str
    name: str
    level: str
    status: str | None
    as_of: str | None
    issuer: str | None
    code: str | None
    options: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "level": self.level,
            "status": self.status,
            "as_of": self.as_of,
            "issuer": self.issuer,
            "code": self.code,
            "hours": None,
            "options": list(self.options),
        }


def on_the_job(choice: Choice, needs: Needs, taxonomy: Taxonomy) -> tuple[OnTheJob, ...]:
    """The chosen skills that no course teaches, by the step that does, strongest level first."""
    found: dict[str, list[str]] = {}
    for skill, where in choice.apart.items():
        if where == ON_THE_JOB:
            found.setdefault(needs.homes[skill].steps[0], []).append(skill)
    return tuple(
        OnTheJob(
            step,
            taxonomy.steps[step].title,
            taxonomy.steps[step].url,
            tuple(skills),
            choice.targets[skills[0]].level,
        )
        for step, skills in found.items()
    )


def nowhere(choice: Choice) -> tuple[str, ...]:
    """The chosen skills that no step of the roadmap teaches."""
    return tuple(skill for skill, where in choice.apart.items() if where == NOWHERE)


def credentials(choice: Choice, needs: Needs, taxonomy: Taxonomy) -> tuple[Credential, ...]:
    """The chosen certificates, current ones first."""
    asked = [skill for skill, where in choice.apart.items() if where == CREDENTIAL]
    found = [_credential(skill, choice.targets[skill].level, needs, taxonomy) for skill in asked]
    return tuple(sorted(found, key=lambda c: c.status != "current"))


def _credential(skill_id: str, level: str, needs: Needs, taxonomy: Taxonomy) -> Credential:
    skill = taxonomy.skill(skill_id) if skill_id in taxonomy.positions else None
    facts: Mapping[str, Any] = (skill.certification if skill else None) or {}
    return Credential(
        skill_id,
        needs.names[skill_id],
        level,
        facts.get("status"),
        facts.get("as_of"),
        facts.get("issuer"),
        facts.get("code"),
        _options(skill, taxonomy) if skill and facts.get("status") != "current" else (),
    )


def _options(skill: Skill, taxonomy: Taxonomy) -> tuple[str, ...]:
    """Names of current certificates that include the one asked for, or stand near it."""
    near = {skill.id, *skill.related}
    current = [
        other
        for other_id, kind in zip(taxonomy.ids, taxonomy.kinds, strict=True)
        if kind == "certification" and _is_current(other := taxonomy.skill(other_id))
    ]
    fitting = [other for other in current if other.id in near or skill.id in (*other.implies, *other.broader)]
    fitting.sort(key=lambda other: (-len({source.document for source in other.sources}), other.id))
    return tuple(other.name for other in fitting[:_OPTIONS])


def _is_current(skill: Skill) -> bool:
    return bool(skill.certification) and (skill.certification or {}).get("status") == "current"
