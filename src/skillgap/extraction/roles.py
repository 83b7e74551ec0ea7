"""The role type of an ad: its title first, then what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

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
        if len(named) == 1:
            return named[0]
        if named:
            return self._closest(named, dict(asked))
        return self._by_skills(asked)

    def _by_title(self, title: str) -> list[str]:
        """The roles of the longest title pattern; of equally long patterns the one that stands first.

        A title that goes by several roles ("AI/ML engineer") stands under each of them.
        """
        tokens = tokenize(title, self._fold)
        cues = self._finder.find(tokens) if len(tokens) else []
        if not cues:
            return []
        best = min(cues, key=lambda c: (c.first - c.last, c.first))
        named = [c.label for c in cues if (c.first, c.last) == (best.first, best.last)]
        return sorted(named, key=self._order.__getitem__)

    def _closest(self, roles: Sequence[str], levels: Mapping[str, str]) -> str:
        """The role of which the ad asks the largest share, by weight; of equal ones the first."""
        return max(roles, key=lambda role: self._score(role, levels) / sum(self._weights[role].values()))

    def _score(self, role: str, levels: Mapping[str, str]) -> int:
        weights = self._weights[role]
        return sum(
            weight * _LEVEL_WEIGHT[levels[skill]] for skill, weight in weights.items() if skill in levels
        )

    def _by_skills(self, asked: Iterable[tuple[str, str]]) -> str:
        levels = dict(asked)
        scores = {role: self._score(role, levels) for role in self._weights}
        found = {role: sum(skill in levels for skill in weights) for role, weights in self._weights.items()}
        best = max(scores, key=lambda role: (scores[role], -self._order[role]), default="other")
        return best if found.get(best, 0) >= _FEWEST_SKILLS else "other"
