"""One ad against one resume: what is shown, what follows from it, what is close, what is missing.

What counts as shown: evidence of grade used or listed. A denial weighs more than a list, and work
more than a denial. What a shown skill necessarily includes is implied; a near substitute is
related and never counted. Coverage counts groups of hard skills, a set of alternatives once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from skillgap.analysis.priority import prioritize
from skillgap.model import (
    Evidence,
    Gap,
    GroupMatch,
    JobProfile,
    Priority,
    Requirement,
    ResumeProfile,
    SkillMatch,
    UnknownTerm,
)
from skillgap.taxonomy import Taxonomy

COUNTED_LEVELS = ("required", "preferred", "responsibility")
UNCOUNTED_KINDS = frozenset({"soft", "human_language"})


def standing(found: Iterable[Evidence]) -> str:
    """What all evidence of one skill comes to: used, denied, listed, learning, or others (their work).

    Work weighs more than a denial, and a denial more than a list.
    """
    grades = {e.grade if e.direct else "others" for e in found}
    return next(g for g in ("used", "denied", "listed", "learning", "others") if g in grades)


class Shown:
    """What one resume shows, and what that implies; built once for many ads."""

    def __init__(
        self, resume: ResumeProfile, taxonomy: Taxonomy, known: frozenset[str] = frozenset()
    ) -> None:
        self._resume = resume
        self._taxonomy = taxonomy
        self._known = known  # by the person's own word
        self.by_skill: dict[str, list[Evidence]] = {}
        for evidence in resume.evidence:
            self.by_skill.setdefault(evidence.skill, []).append(evidence)

    def also(self, known: frozenset[str]) -> Shown:
        """The same resume, with more that is known by the person's own word."""
        return Shown(self._resume, self._taxonomy, self._known | known)

    @cached_property
    def used(self) -> frozenset[str]:
        """Skills that work or projects show."""
        return frozenset(skill for skill, found in self.by_skill.items() if standing(found) == "used")

    @cached_property
    def listed(self) -> frozenset[str]:
        """Skills that are named only, and not denied elsewhere."""
        return frozenset(skill for skill, found in self.by_skill.items() if standing(found) == "listed")

    @cached_property
    def shown(self) -> frozenset[str]:
        return self.used | self.listed | self._known

    @cached_property
    def denied(self) -> frozenset[str]:
        """Skills that the resume says are not there."""
        return frozenset(
            skill
            for skill, found in self.by_skill.items()
            if skill not in self.used | self._known and any(e.grade == "denied" for e in found)
        )

    @cached_property
    def implied(self) -> Mapping[str, tuple[str, ...]]:
        """What the shown skills necessarily include -> the shown skills that include it.

        Implication is followed a few steps, and never through what the resume denies.
        """
        reached: dict[str, set[str]] = {}
        for skill in sorted(self.shown):
            for target in self._taxonomy.included(skill, self.denied):
                reached.setdefault(target, set()).add(skill)
        return {
            target: tuple(sorted(via, key=lambda s: (s not in self.used, s)))
            for target, via in reached.items()
            if target not in self.shown
        }

    def related_to(self, skill: str) -> tuple[str, ...]:
        """Shown near substitutes of a skill: relations are read both ways."""
        neighbours = set(self._taxonomy.skill(skill).related) & self.shown
        neighbours |= self._neighbours.get(skill, set())
        return tuple(sorted(neighbours, key=lambda s: (s not in self.used, s)))

    @cached_property
    def _neighbours(self) -> dict[str, set[str]]:
        """Skill -> the shown skills that name it as a near substitute."""
        found: dict[str, set[str]] = {}
        for skill in self.shown:
            for other in self._taxonomy.skill(skill).related:
                found.setdefault(other, set()).add(skill)
        return found

    def match(self, requirement: Requirement) -> SkillMatch:
        """The status of one asked skill."""
        skill = requirement.skill
        evidence = tuple(self.by_skill.get(skill, ()))
        if skill in self.shown:
            return SkillMatch(requirement, "matched", evidence, strict=skill in self.used)
        if skill in self.implied and skill not in self.denied:
            return SkillMatch(requirement, "implied", evidence, self.implied[skill])
        related = self.related_to(skill)
        if not related and any(not e.direct for e in evidence):
            related = (skill,)  # others did it: close to the work, and no more
        return SkillMatch(requirement, "related" if related else "missing", evidence, related)


def compare(job: JobProfile, resume: ResumeProfile, taxonomy: Taxonomy, shown: Shown | None = None) -> Gap:
    """The gap between one ad and one resume."""
    known = shown or Shown(resume, taxonomy)
    matches = tuple(known.match(r) for r in job.requirements if r.level in COUNTED_LEVELS)
    groups = tuple(requirement_groups(job, matches, taxonomy))
    return Gap(
        job=job,
        resume=resume,
        matches=matches,
        groups=groups,
        priorities=_priorities(job, matches, groups, taxonomy),
        literal=tuple(_literal(job.unknown_terms, resume)),
    )


def requirement_groups(
    job: JobProfile, matches: Sequence[SkillMatch], taxonomy: Taxonomy
) -> Iterable[GroupMatch]:
    """The groups of hard skills that coverage counts; a lone skill is a group of one.

    What a set of alternatives is of ("a cloud platform (AWS, GCP)") is not counted a second time.
    """
    hard = {m.requirement.skill: m for m in matches if is_hard(m.requirement.skill, taxonomy)}
    grouped: set[str] = set()
    for group in job.groups:
        members = [hard[skill] for skill in group.members if skill in hard]
        if not members or group.level not in COUNTED_LEVELS:
            continue
        grouped.update(group.of)
        grouped.update(m.requirement.skill for m in members)
        yield _group(group.id, group.level, min(group.minimum, len(members)), members, group.of)
    for skill, match in hard.items():
        if skill not in grouped:
            yield _group(skill, match.requirement.level, 1, [match])


def _group(
    name: str, level: str, minimum: int, members: Sequence[SkillMatch], of: tuple[str, ...] = ()
) -> GroupMatch:
    strict = sum(m.strict for m in members)
    lenient = sum(m.status in ("matched", "implied") for m in members)
    names = tuple(m.requirement.skill for m in members)
    return GroupMatch(name, level, minimum, names, strict >= minimum, lenient >= minimum, of)


def is_hard(skill: str, taxonomy: Taxonomy) -> bool:
    """Whether a skill is counted: people's skills and languages are shown beside the count."""
    return taxonomy.kind(skill) not in UNCOUNTED_KINDS


def _priorities(
    job: JobProfile, matches: Sequence[SkillMatch], groups: Sequence[GroupMatch], taxonomy: Taxonomy
) -> tuple[Priority, ...]:
    """Where to start: the open skills of unmet groups, in the ad's own order of priority."""
    status = {m.requirement.skill: m.status for m in matches}
    wanted = {
        skill
        for group in groups
        if not group.lenient
        for skill in group.members
        if status[skill] in ("related", "missing")
    }
    left = [p for p in prioritize(job, taxonomy) if p.skill in wanted]
    return tuple(Priority(rank, p.skill, p.reasons, p.step) for rank, p in enumerate(left, 1))


def _literal(terms: Iterable[UnknownTerm], resume: ResumeProfile) -> Iterable[UnknownTerm]:
    """Terms outside the taxonomy that stand in the resume word for word, ignoring case."""
    text = f" {_plain(resume.document.text)} "
    return (term for term in terms if f" {_plain(term.text)} " in text)


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
