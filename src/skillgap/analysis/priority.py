"""Where to start: the asked hard skills in the order in which they are worth learning.

Level decides first, then whether a skill stands alone or in a set where another will do. Ties go
to what more of the career guides name, then to what they name more
often, then to what stands earlier on the roadmap, then to the id. Soft skills and human
languages are not ranked: a plan can't schedule them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from skillgap.model import LEVELS, JobProfile, Priority, Requirement
from skillgap.taxonomy import Skill, Taxonomy

_UNRANKED_KINDS = frozenset({"soft", "human_language"})
_WORDS = {"required": "must have", "preferred": "good to have", "responsibility": "part of the work"}
_STRENGTH = {level: number for number, level in enumerate(LEVELS)}


def guides_naming(skill: Skill) -> int:
    """How many of the source documents name the skill."""
    return len({source.document for source in skill.sources})


def first_step(skill: Skill, taxonomy: Taxonomy) -> str | None:
    """The earliest roadmap step that teaches the skill."""
    order = taxonomy.step_order
    return min((s for s in skill.steps if s in order), key=order.__getitem__, default=None)


def prioritize(profile: JobProfile, taxonomy: Taxonomy) -> tuple[Priority, ...]:
    """All ranked skills of an ad, best first, each with its reasons."""
    ranked = [
        (requirement, taxonomy.skill(requirement.skill))
        for requirement in profile.requirements
        if requirement.level in _WORDS
    ]
    ranked = [(r, s) for r, s in ranked if s.kind not in _UNRANKED_KINDS]
    steps = {skill.id: first_step(skill, taxonomy) for _, skill in ranked}
    guides = {skill.id: guides_naming(skill) for _, skill in ranked}
    shared = Counter((requirement.level, steps[skill.id]) for requirement, skill in ranked)

    def key(pair: tuple[Requirement, Skill]) -> tuple[int, bool, int, int, int, str]:
        requirement, skill = pair
        place = taxonomy.step_order.get(steps[skill.id] or "", len(taxonomy.step_order))
        level = _STRENGTH[requirement.level]
        alone = requirement.group is None
        return level, not alone, -guides[skill.id], -len(skill.sources), place, skill.id

    ranked.sort(key=key)
    ranked = _followable(ranked, steps, taxonomy)
    documents = len(taxonomy.documents)
    return tuple(
        Priority(
            rank=number,
            skill=skill.id,
            reasons=_reasons(
                requirement, guides[skill.id], documents, shared[requirement.level, steps[skill.id]]
            ),
            step=steps[skill.id],
        )
        for number, (requirement, skill) in enumerate(ranked, 1)
    )


def _followable(
    ranked: Sequence[tuple[Requirement, Skill]], steps: Mapping[str, str | None], taxonomy: Taxonomy
) -> list[tuple[Requirement, Skill]]:
    """The same order, but no skill before one of its level whose step its own step builds on."""
    result: list[tuple[Requirement, Skill]] = []
    for _, peers in groupby(ranked, key=lambda pair: pair[0].level):
        waiting = list(peers)
        left = Counter(steps[skill.id] or "" for _, skill in waiting)  # step -> how many still wait for it
        while waiting:
            number = next(
                n
                for n, (_, skill) in enumerate(waiting)
                if left.keys().isdisjoint(taxonomy.before(steps[skill.id] or ""))
            )
            chosen = waiting.pop(number)
            step = steps[chosen[1].id] or ""
            left[step] -= 1
            if not left[step]:
                del left[step]
            result.append(chosen)
    return result


def _reasons(requirement: Requirement, guides: int, documents: int, sharing: int) -> tuple[str, ...]:
    word = _WORDS[requirement.level]
    reasons = [word if requirement.group is None else f"{word}, one of a set where any one will do"]
    if guides == documents:
        reasons.append(f"named by all {documents} career guides")
    elif guides:
        reasons.append(f"named by {guides} of the {documents} career guides")
    if sharing > 1:
        reasons.append(f"{sharing - 1} more taught in the same step")
    return tuple(reasons)
