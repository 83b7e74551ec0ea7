"""How far a resume is from each role type: its weighty skills met, no ad needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from skillgap.analysis.gap import Shown
from skillgap.model import Requirement, SkillMatch
from skillgap.taxonomy import Taxonomy

OTHER = "other"  # the role of what fits no type
LEAST_WEIGHT = 3  # of 5: what stands at the centre of a role, not at its edge


@dataclass(frozen=True, slots=True)
class RoleFit:
    """Skills of one role by status; ``strict`` and ``lenient`` count those of weight 3 and more."""

    role: str
    strict: int
    lenient: int
    of: int
    matches: tuple[tuple[int, SkillMatch], ...]

    @property
    def open(self) -> tuple[str, ...]:
        """Skills that are not there, weightiest first."""
        return tuple(m.requirement.skill for _, m in self.matches if m.status in ("related", "missing"))


def role_fit(shown: Shown, role: Mapping[str, Any]) -> RoleFit:
    """The distance of a resume to one role type."""
    weights = sorted(role["skills"].items(), key=lambda item: (-item[1], item[0]))
    matches = tuple((w, shown.match(Requirement(skill, "required", None, ()))) for skill, w in weights)
    central = [match for weight, match in matches if weight >= LEAST_WEIGHT]
    return RoleFit(
        role=role["id"],
        strict=sum(m.strict for m in central),
        lenient=sum(m.status in ("matched", "implied") for m in central),
        of=len(central),
        matches=matches,
    )


def role_fits(shown: Shown, taxonomy: Taxonomy) -> list[RoleFit]:
    """All role types that name skills, nearest first; ties in the order of the file."""
    fits = [
        role_fit(shown, role) for role in taxonomy.roles.values() if role["titles"] and role["id"] != OTHER
    ]
    return sorted(fits, key=lambda fit: (-fit.lenient / max(1, fit.of), -fit.strict / max(1, fit.of)))
