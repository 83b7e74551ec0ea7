"""The role type of an ad: what its title names, weighed against what it asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skillgap.extraction.cues import CueFinder
from skillgap.extraction.tokens import tokenize
from skillgap.taxonomy.runtime import Taxonomy

_STRENGTHS = ("titles", "broad_titles", "topics")
_HOW_FAR = ("", ", which says little", ", a subject and no trade")  # by strength
_TOPIC = _STRENGTHS.index("topics")
_OTHER = "other"
Asked = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Named:
    """Words ``first..last`` of a title and the roles that go by them; ``strength`` is the list's place."""

    strength: int
    first: int
    last: int
    words: str
    roles: Sequence[str]


class RoleReader:
    """Names the role type by the titles, weights and points of ``roles.yaml``.

    A title that settles the role decides. Any other gives the roles it names a lead, and the role
    with the most points for what is asked wins.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._fold = taxonomy.fold
        self._theme = taxonomy.theme
        self._judging = taxonomy.judging
        self._order = {role_id: number for number, role_id in enumerate(taxonomy.roles)}
        self._labels: dict[str, tuple[int, str]] = {}
        phrases: dict[str, Sequence[str]] = {}
        self._by_skill: dict[str, dict[str, int]] = {}
        self._by_theme: dict[str, dict[str, int]] = {}
        for role_id, role in taxonomy.roles.items():
            for strength, field in enumerate(_STRENGTHS):
                label = f"{field} {role_id}"
                self._labels[label] = strength, role_id
                phrases[label] = role[field]
            for skill, weight in role["skills"].items():
                self._by_skill.setdefault(skill, {})[role_id] = weight
            for theme, weight in role["themes"].items():
                self._by_theme.setdefault(theme, {})[role_id] = weight
        self._finder = CueFinder(phrases, self._fold)
        self._known: dict[str, Mapping[str, int]] = {}

    def read(self, title: str, asked: Asked) -> str:
        """The role id; ``asked`` holds (skill, level). ``other`` where nothing speaks for any."""
        return self.judge(title, asked)[0]

    def judge(self, title: str, asked: Asked, called: str = "") -> tuple[str, tuple[str, ...]]:
        """The role id and why, in short: what the title names, and the skills that weighed most.

        ``called`` is what the text calls the job; it stands in for a title that names nothing.
        """
        named, asked, where = self._named(title), tuple(asked), "title"
        if not named:
            named, where = self._named(called), "text"
        said = tuple(f"{where}: {n.words}{_HOW_FAR[n.strength]}" for n in named)
        settling = _settling(named)
        if len(settling) == 1:
            return settling[0], said
        points = self._points(asked)
        role = self._best(points, settling) if settling else self._contest(named, points)
        weights = {skill: self._weights(skill).get(role, 0) * self._judging[level] for skill, level in asked}
        most = sorted((skill for skill in weights if weights[skill]), key=lambda skill: -weights[skill])[:3]
        return role, (*said, f"asked: {', '.join(most)}") if most else said

    def _named(self, title: str) -> list[_Named]:
        """What the title names, the longest phrases first, of equally long ones those that settle more.

        Where phrases overlap the first of these counts. A phrase may stand under several roles.
        """
        tokens = tokenize(title, self._fold)
        spans: dict[tuple[int, int, int], list[str]] = {}
        for cue in self._finder.find(tokens) if len(tokens) else ():
            strength, role = self._labels[cue.label]
            spans.setdefault((cue.first - cue.last, strength, cue.first), []).append(role)
        named: list[_Named] = []
        for (less, strength, first), roles in sorted(spans.items()):
            last = first - less
            if all(last < other.first or other.last < first for other in named):
                words = " ".join(tokens.words[first : last + 1])
                named.append(_Named(strength, first, last, words, sorted(roles, key=self._order.__getitem__)))
        return named

    def trades(self, words: str) -> frozenset[str]:
        """The roles that the words name by more than a subject."""
        return frozenset(role for n in self._named(words) if n.strength != _TOPIC for role in n.roles)

    def names_trade(self, words: str) -> bool:
        """Whether the words name more than a subject."""
        return bool(self.trades(words))

    def _weights(self, skill: str) -> Mapping[str, int]:
        """What a skill weighs in each role: by itself where the role lists it, else by its theme."""
        known = self._known.get(skill)
        if known is None:
            of_theme = self._by_theme.get(self._theme(skill), {})
            known = self._known[skill] = {**of_theme, **self._by_skill.get(skill, {})}
        return known

    def _points(self, asked: Asked) -> dict[str, tuple[float, int]]:
        """(points, skills that count) of each role."""
        points = dict.fromkeys(self._order, 0.0)
        skills = dict.fromkeys(self._order, 0)
        for skill, level in asked:
            level_points = self._judging[level]
            for role, weight in self._weights(skill).items():
                points[role] += level_points * weight
                skills[role] += 1
        return {role: (points[role], skills[role]) for role in points}

    def _best(self, points: Mapping[str, tuple[float, int]], roles: Iterable[str]) -> str:
        """The role with the most points; of equal ones the first of ``roles``."""
        return max(roles, key=lambda role: points[role][0])

    def _contest(self, named: Sequence[_Named], points: Mapping[str, tuple[float, int]]) -> str:
        """The role with the most points after the title's lead; of equal ones what it names first."""
        leading = dict.fromkeys(role for name in named for role in name.roles)
        slack, lead = self._judging["slack"], self._judging["named"]
        led = {
            role: ((points[role][0] + slack) * (lead if role in leading else 1), points[role][1])
            for role in (*leading, *points)
        }
        best = self._best(led, led)
        if any(name.strength != _TOPIC for name in named):
            return best
        return best if led[best][1] >= self._judging["fewest"] else _OTHER


def _settling(named: Sequence[_Named]) -> Sequence[str]:
    """The roles of the longest phrase that settles the role."""
    return next((name.roles for name in named if not name.strength), ())
