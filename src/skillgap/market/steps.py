"""Which roadmap steps the most listings ask for: where to begin before any resume is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum
from typing import Any

from skillgap.market.ads import Ad, Lexicon
from skillgap.market.figures import Base, Weights
from skillgap.taxonomy import Skill, Taxonomy

_LEARNED = ("study", "build")  # the job or an exam is no step to begin with
_NAMED = 4  # skills that a step is asked for with


def home_step(skill: Skill, taxonomy: Taxonomy) -> str | None:
    """The step at which a skill is learned: the first course that teaches it by name, or its main step."""
    known = [step for step in skill.steps if step in taxonomy.steps]
    by_name = [s for s in known if _is_course(s, taxonomy) and skill.id in taxonomy.steps[s].teaches]
    return next(iter(by_name or known), None)


def _is_course(step: str, taxonomy: Taxonomy) -> bool:
    return taxonomy.steps[step].how in _LEARNED


def steps(ads: Sequence[Ad], weights: Weights, lexicon: Lexicon) -> list[dict[str, Any]]:
    """Courses of the roadmap by the number of ads with a must-have that is learned there."""
    base = Base.of(ads, weights)
    home: dict[str, str | None] = {}
    asking: dict[str, list[float]] = {}
    skills: dict[str, Counter[str]] = {}
    for ad in ads:
        here: set[str] = set()
        for skill in ad.levels[0]:
            if skill not in home:
                home[skill] = _course(skill, lexicon)
            step = home[skill]
            if step:
                here.add(step)
                skills.setdefault(step, Counter())[skill] += 1
        for step in here:
            asking.setdefault(step, []).append(weights.get(ad.digest, 1.0))
    order = lexicon.taxonomy.step_order
    weight = {step: fsum(each) for step, each in asking.items()}
    return [
        _row(step, base.figure(len(asking[step]), weight[step]), skills[step], lexicon)
        for step in sorted(weight, key=lambda step: (-round(weight[step], 6), order[step]))
    ]


def _course(skill: str, lexicon: Lexicon) -> str | None:
    """The course at which a hard skill is learned, if it is learned at one."""
    entry = lexicon.skill(skill) if lexicon.is_hard(skill) else None
    step = home_step(entry, lexicon.taxonomy) if entry else None
    return step if step and _is_course(step, lexicon.taxonomy) else None


def _row(step_id: str, figure: dict[str, Any], asked: Counter[str], lexicon: Lexicon) -> dict[str, Any]:
    step = lexicon.taxonomy.steps[step_id]
    named = sorted(asked, key=lambda skill: (-asked[skill], skill))[:_NAMED]
    return {
        "id": step.id,
        "title": step.title,
        "how": step.how,
        "hours": list(step.hours) if step.hours else None,
        "url": step.url,
        "after": list(step.after),
        "required": figure,
        "skills": [{"id": skill, "name": lexicon.name(skill), "ads": asked[skill]} for skill in named],
    }
