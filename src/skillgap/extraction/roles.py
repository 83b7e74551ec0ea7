"""The role type of an ad: its title first, then what it asks for."""

from __future__ import annotations

from collections.abc import Iterable

from skillgap.extraction.cues import CueFinder
from skillgap.extraction.tokens import tokenize
from skillgap.taxonomy.runtime import Taxonomy

_LEVEL_WEIGHT = {"required": 3, "preferred": 1, "responsibility": 2, "context": 0}
_FEWEST_SKILLS = 4


class RoleReader:
    """Names the role type by the title patterns and skill weights of ``roles.yaml``."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._fold = taxonomy.fold
        self._order = {role_id: number for number, role_id in enumerate(taxonomy.roles)}
        self._weights = {role_id: role["skills"] for role_id, role in taxonomy.roles.items()}
        self._finder = CueFinder(
            {role_id: role["titles"] for role_id, role in taxonomy.roles.items()}, self._fold
        )

    def read(self, title: str, asked: Iterable[tuple[str, str]]) -> str:
        """The role id; ``asked`` holds (skill, level). ``other`` where nothing speaks for any."""
        named = self._by_title(title)
        if named:
            return named
        return self._by_skills(asked)

    def _by_title(self, title: str) -> str | None:
        """The longest title pattern; of equally long ones the one that stands first."""
        tokens = tokenize(title, self._fold)
        cues = self._finder.find(tokens) if len(tokens) else []
        if not cues:
            return None
        best = min(cues, key=lambda c: (c.first - c.last, c.first, self._order[c.label]))
        return best.label

    def _by_skills(self, asked: Iterable[tuple[str, str]]) -> str:
        levels = dict(asked)
        scores = {
            role: sum(
                weight * _LEVEL_WEIGHT[levels[skill]] for skill, weight in weights.items() if skill in levels
            )
            for role, weights in self._weights.items()
        }
        found = {role: sum(skill in levels for skill in weights) for role, weights in self._weights.items()}
        best = max(scores, key=lambda role: (scores[role], -self._order[role]), default="other")
        return best if found.get(best, 0) >= _FEWEST_SKILLS else "other"
