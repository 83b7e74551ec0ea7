"""What a comparison comes to in counts: groups met of asked, strict to lenient, and the facts."""

from __future__ import annotations

from typing import Any

from skillgap.analysis.gap import COUNTED_LEVELS
from skillgap.model import Gap
from skillgap.taxonomy import Taxonomy

FEWEST_GROUPS = 5  # hard required groups below which a count says little
LEAST_UNDERSTOOD = 0.6  # share of the asking lines below which a reading is weak
_DEGREES = {"bachelor": 1, "master": 2, "phd": 3}


def counts(gap: Gap, level: str) -> tuple[int, int, int]:
    """(met strictly, met leniently, asked) over the groups of one level; strict <= lenient <= asked."""
    groups = [group for group in gap.groups if group.level == level]
    return (
        sum(group.strict for group in groups),
        sum(group.lenient for group in groups),
        len(groups),
    )


def coverage_of(gap: Gap, taxonomy: Taxonomy) -> dict[str, Any]:
    """Counts per level, and the soft skills and languages beside them."""
    result: dict[str, Any] = {}
    for level in COUNTED_LEVELS:
        strict, lenient, of = counts(gap, level)
        result[level] = {"met_strict": strict, "met_lenient": lenient, "of": of}
    soft = [m for m in gap.matches if taxonomy.kind(m.requirement.skill) == "soft"]
    spoken = [m for m in gap.matches if taxonomy.kind(m.requirement.skill) == "human_language"]
    result["soft"] = {"asked": len(soft), "shown": sum(m.status == "matched" for m in soft)}
    result["human_languages"] = {
        "asked": len(spoken),
        "shown": sum(m.status == "matched" for m in spoken),
    }
    return result


def facts_of(gap: Gap) -> dict[str, Any]:
    """Years, degree and seniority: asked and shown."""
    asked, resume = gap.job.facts, gap.resume
    degree = asked.degree
    shown = resume.degree.level if resume.degree else None
    met = None
    if degree is not None:
        met = shown is not None and _DEGREES[shown] >= _DEGREES[degree.level]
    return {
        "years": {"asked": asked.years_min, "shown": resume.years_total},
        "degree": {
            "asked": degree.level if degree else None,
            "required": degree.required if degree else None,
            "shown": shown,
            "met": met,
        },
        "seniority": {"asked": asked.seniority, "shown": resume.seniority},
    }


def thin_reasons(gap: Gap) -> list[str]:
    """Why an ad can't be ranked by its counts; empty if it can."""
    reasons = []
    _, _, of = counts(gap, "required")
    if of < FEWEST_GROUPS:
        reasons.append(f"it names only {of} hard must-have{'s' if of != 1 else ''}")
    understood = gap.job.understood
    if understood is not None and understood < LEAST_UNDERSTOOD:
        reasons.append(f"only {understood:.0%} of its lines were understood")
    if not gap.job.english:
        reasons.append("it is mostly not in English")
    if not gap.job.in_field:
        reasons.append("it is from outside the field")
    return reasons
