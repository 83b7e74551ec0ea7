"""Which skills the saved listings ask for: in how many ads, at which level, in which role and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import Any, TypeVar

from skillgap.analysis.gap import COUNTED_LEVELS
from skillgap.market.ads import Ad, Lexicon
from skillgap.market.figures import Base, Weights
from skillgap.market.steps import home_step

Key = TypeVar("Key", bound=Hashable)
_TOP = 15  # skills shown per role, seniority and week
_WATCHED = 40  # most asked skills whose share is compared between weeks
_SENIORITY = ("intern", "entry", "mid", "senior", "staff_principal", "lead_manager")


@dataclass
class _Count:
    ads: int = 0
    weight: float = 0.0

    def add(self, weight: float) -> None:
        self.ads += 1
        self.weight += weight


@dataclass
class _Skill:
    levels: tuple[_Count, ...] = field(default_factory=lambda: tuple(_Count() for _ in COUNTED_LEVELS))
    in_sets: int = 0

    @property
    def asked(self) -> _Count:
        return _Count(sum(c.ads for c in self.levels), sum(c.weight for c in self.levels))


class Demand:
    """The count of every skill over some distinct ads."""

    def __init__(self, ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> None:
        self.ads = ads
        self.base = Base.of(ads, weights)
        self._lexicon = lexicon
        self._skills: dict[str, _Skill] = {}
        for ad in ads:
            weight = weights.get(ad.digest, 1.0)
            for number, skills in enumerate(ad.levels):
                for skill in skills:
                    self._of(skill).levels[number].add(weight)
            for skill in ad.in_sets:
                self._of(skill).in_sets += 1

    def _of(self, skill: str) -> _Skill:
        found = self._skills.get(skill)
        if found is None:
            found = self._skills[skill] = _Skill()
        return found

    def ranked(self) -> list[str]:
        """Every skill, the most asked as a must-have first, then the most asked at all."""

        def key(skill: str) -> tuple[float, float, str]:
            count = self._skills[skill]
            return -round(count.levels[0].weight, 6), -round(count.asked.weight, 6), skill

        return sorted(self._skills, key=key)

    def hard(self) -> list[str]:
        """As ``ranked``, without people's skills and languages."""
        return [skill for skill in self.ranked() if self._lexicon.is_hard(skill)]

    def figures(self, skill: str) -> dict[str, Any]:
        """The figures of one skill: each level, all levels together, and how often another would do."""
        count = self._skills.get(skill) or _Skill()
        figures = {
            level: self.base.figure(c.ads, c.weight)
            for level, c in zip(COUNTED_LEVELS, count.levels, strict=True)
        }
        asked = count.asked
        return {**figures, "asked": self.base.figure(asked.ads, asked.weight), "in_sets": count.in_sets}


def demand(counts: Demand, lexicon: Lexicon) -> list[dict[str, Any]]:
    """One row per skill, must-haves first."""
    employers = _employers(counts.ads)
    rows = []
    for skill in counts.ranked():
        entry = lexicon.skill(skill)
        rows.append({
            "id": skill,
            "name": lexicon.name(skill),
            "kind": lexicon.kind(skill),
            "hard": lexicon.is_hard(skill),
            **counts.figures(skill),
            "employers": employers[skill] if employers is not None else None,
            "step": home_step(entry, lexicon.taxonomy) if entry else None,
        })  # fmt: skip
    return rows


def _employers(ads: Sequence[Ad]) -> Counter[str] | None:
    """Skill -> distinct employers that ask for it; None unless every ad names its employer."""
    if not all(ad.employer for ad in ads):
        return None
    number: Counter[str] = Counter()
    for _, theirs in groupby(sorted(ads, key=_employer), key=_employer):  # one employer in memory at a time
        number.update({skill for ad in theirs for skill in ad.asked()})
    return number


def _employer(ad: Ad) -> str:
    return ad.employer


def by_role(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Demand per role type, the most common first."""
    roles = lexicon.taxonomy.roles
    groups = _grouped(ads, lambda ad: ad.role or "other")
    order = sorted(groups, key=lambda role: (-len(groups[role]), role))
    return [
        {
            "id": role,
            "name": roles[role]["name"] if role in roles else role,
            **_segment(groups[role], weights, lexicon),
        }
        for role in order
    ]


def by_seniority(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Demand per stated level, from intern to lead; ads that state none come last, as null."""
    groups = _grouped(ads, lambda ad: ad.seniority)
    order = [*(level for level in _SENIORITY if level in groups), *([None] if None in groups else [])]
    return [{"id": level, **_segment(groups[level], weights, lexicon)} for level in order]


def by_week(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Demand per week of posting, in order; undated ads stand in none."""
    groups = _grouped([ad for ad in ads if day(ad.posted)], lambda ad: _week(ad.posted))
    return [
        {"week": week, "from": _monday(week), **_segment(groups[week], weights, lexicon)}
        for week in sorted(groups)
    ]


def changes(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Skills whose share of the first and the last week with enough ads differ beyond their intervals."""
    groups = _grouped([ad for ad in ads if day(ad.posted)], lambda ad: _week(ad.posted))
    weeks = [(week, Demand(groups[week], weights, lexicon)) for week in sorted(groups)]
    full = [(week, counts) for week, counts in weeks if counts.base.enough]
    if len(full) < 2:
        return []
    (first, before), (last, after) = full[0], full[-1]
    found = []
    for skill in Demand(ads, weights, lexicon).hard()[:_WATCHED]:
        old, new = before.figures(skill)["asked"], after.figures(skill)["asked"]
        if old["high"] < new["low"] or new["high"] < old["low"]:
            name = lexicon.name(skill)
            found.append({"id": skill, "name": name, "first": first, "last": last, "from": old, "to": new})
    return found


def _grouped(ads: Iterable[Ad], key: Callable[[Ad], Key]) -> dict[Key, list[Ad]]:
    groups: dict[Key, list[Ad]] = {}
    for ad in ads:
        groups.setdefault(key(ad), []).append(ad)
    return groups


def _segment(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> dict[str, Any]:
    counts = Demand(ads, weights, lexicon)
    top = [
        {
            "id": skill,
            "name": lexicon.name(skill),
            **{name: counts.figures(skill)[name] for name in ("required", "asked")},
        }
        for skill in counts.hard()[:_TOP]
    ]
    return {"ads": len(ads), "skills": top}


def day(written: str | None) -> date | None:
    """An ISO date, with or without a time behind it; None for anything else."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def _week(posted: str | None) -> str:
    year, week, _ = (day(posted) or date.min).isocalendar()
    return f"{year}-W{week:02}"


def _monday(week: str) -> str:
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1).isoformat()
