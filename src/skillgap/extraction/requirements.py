"""Matches in their context -> requirements: one per skill, with its level, group and years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from skillgap.extraction.alternatives import Alternatives, AlternativesFinder
from skillgap.extraction.context import Sentence, Verdict
from skillgap.extraction.facts import years_at
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.shadow import Shadow
from skillgap.extraction.tokens import COMMA
from skillgap.model import LEVELS, Group, Match, Mention, Requirement
from skillgap.taxonomy.runtime import Taxonomy

_STRENGTH = {level: number for number, level in enumerate(LEVELS)}
_YEARS_REACH = 6  # words between "years" and the skill: "years of hands-on experience with X"


class Placed(NamedTuple):
    """A match in its sentence, with what the context said of it."""

    match: Match
    sentence: Sentence
    verdict: Verdict


def read_requirements(
    reading: Reading, placed: Sequence[Placed], shadow: Shadow
) -> tuple[tuple[Requirement, ...], tuple[Group, ...]]:
    """Requirements, strongest level first and then by place, and the any-of groups among them."""
    counted = [p for p in placed if p.verdict.level is not None and not p.verdict.negated]
    grouping = _Grouping(AlternativesFinder(reading.tokens, reading.cues, reading.class_words), counted)
    by_skill: dict[str, list[Mention]] = defaultdict(list)
    years: dict[str, int] = {}
    for item in counted:
        skill = item.match.skill
        by_skill[skill].append(mention_of(item, shadow, grouping.of(item.match)))
        figure = _years_for(item, reading)
        if figure is not None:
            years[skill] = max(figure, years.get(skill, 0))
    chosen = {skill: _strongest(mentions) for skill, mentions in by_skill.items()}
    groups, renamed = grouping.groups(chosen)
    requirements = [
        Requirement(
            skill=skill,
            level=chosen[skill].level,
            group=renamed.get(chosen[skill].group or ""),
            mentions=tuple(
                m if m.group is None else replace(m, group=renamed.get(m.group)) for m in mentions
            ),
            years=years.get(skill),
        )
        for skill, mentions in by_skill.items()
    ]
    requirements.sort(key=lambda r: (_STRENGTH[r.level], r.mentions[0].start, r.skill))
    return tuple(requirements), groups


def with_classes(groups: Sequence[Group], taxonomy: Taxonomy) -> tuple[Group, ...]:
    """Each set of alternatives with what it is of, where that is what every member includes."""
    return tuple(replace(group, of=_shared(group, taxonomy)) if group.of else group for group in groups)


def _shared(group: Group, taxonomy: Taxonomy) -> tuple[str, ...]:
    included = [taxonomy.included(member) for member in group.members]
    return tuple(skill for skill in group.of if all(skill in skills for skills in included))


def mention_of(item: Placed, shadow: Shadow, group: str | None = None) -> Mention:
    """A placed match as a mention of the document, with the rules that decided."""
    start, end = shadow.span(item.match.start, item.match.end)
    rules = [f"alias: {item.match.alias} ({item.match.how})"]
    if item.match.support:
        rules.append(f"guard: {item.match.support}")
    return Mention(
        skill=item.match.skill,
        start=start,
        end=end,
        section=item.sentence.block.section,
        level=item.verdict.level or "context",
        negated=item.verdict.negated,
        group=group,
        rules=(*rules, *item.verdict.rules),
    )


class _Grouping:
    """Any-of groups of one ad: which match belongs to which, and their final names."""

    def __init__(self, finder: AlternativesFinder, placed: Sequence[Placed]) -> None:
        by_sentence: dict[int, list[Placed]] = defaultdict(list)
        for item in placed:
            by_sentence[item.sentence.begin].append(item)
        self._found: list[Alternatives] = []
        self._of: dict[int, str] = {}
        for items in by_sentence.values():
            for alternatives in finder.find(items[0].sentence, [i.match for i in items]):
                name = f"#{len(self._found)}"
                self._found.append(alternatives)
                for match in alternatives.matches:
                    self._of[id(match)] = name

    def of(self, match: Match) -> str | None:
        return self._of.get(id(match))

    def groups(self, chosen: dict[str, Mention]) -> tuple[tuple[Group, ...], dict[str, str]]:
        """Groups that at least two skills still belong to, numbered in text order."""
        renamed: dict[str, str] = {}
        groups: list[Group] = []
        for number, alternatives in enumerate(self._found):
            name = f"#{number}"
            skills = dict.fromkeys(match.skill for match in alternatives.matches)
            members = [skill for skill in skills if chosen[skill].group == name]
            if len(members) < 2:  # one alone is no choice
                continue
            renamed[name] = f"g{len(groups) + 1}"
            level = min((chosen[m].level for m in members), key=_STRENGTH.__getitem__)
            minimum = min(alternatives.minimum, len(members))
            groups.append(
                Group(renamed[name], level, minimum, tuple(members), _classes(alternatives, level, chosen))
            )
        return tuple(groups), renamed


def _classes(alternatives: Alternatives, level: str, chosen: Mapping[str, Mention]) -> tuple[str, ...]:
    """What the set is of, where the ad asks it for itself no more strongly and in no other set."""
    skills = dict.fromkeys(match.skill for match in alternatives.of if match.skill in chosen)
    return tuple(
        skill
        for skill in skills
        if chosen[skill].group is None and _STRENGTH[chosen[skill].level] >= _STRENGTH[level]
    )


def _strongest(mentions: Sequence[Mention]) -> Mention:
    """The mention that decides: strongest level, then standing alone, then first in the text."""
    if len(mentions) == 1:
        return mentions[0]
    return min(mentions, key=lambda m: (_STRENGTH[m.level], m.group is not None, m.start))


def _years_for(item: Placed, reading: Reading) -> int | None:
    """The years that a sentence asks of just this skill: "3+ years of Python"."""
    if "years.units" not in reading.cues.labels(item.sentence.begin):
        return None
    nearest = max(item.sentence.begin, item.match.first - _YEARS_REACH - 2)
    for unit in reading.cues.within("years.units", nearest, item.match.first):
        between = reading.tokens.joints[unit.last : item.match.first]
        if 0 < len(between) <= _YEARS_REACH and COMMA not in between:
            return years_at(reading.tokens, reading.years_words, unit, item.sentence.begin)
    return None
