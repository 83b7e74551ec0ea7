"""A resume as a plain record (``skillgap/resume@1``)."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from skillgap.analysis.gap import standing
from skillgap.extraction.dates import as_text
from skillgap.model import MAX_LISTED_MENTIONS, Evidence, ResumeProfile
from skillgap.rendering.quotes import line_around
from skillgap.rendering.records import step_records
from skillgap.taxonomy import Taxonomy

RESUME_SCHEMA = "skillgap/resume@1"


def evidence_record(evidence: Evidence, text: str) -> dict[str, Any]:
    """One piece of evidence with the line that it stands in."""
    start, end = line_around(text, evidence.start, evidence.end)
    return {
        "grade": evidence.grade,
        "start": evidence.start,
        "end": evidence.end,
        "text": text[evidence.start : evidence.end],
        "quote": " ".join(text[start:end].split()),
        "section": evidence.section,
        "direct": evidence.direct,
        "last_used": as_text(evidence.last_used) if evidence.last_used is not None else None,
        "why": list(evidence.rules),
    }


def _skill(
    skill_id: str, found: list[Evidence], profile: ResumeProfile, taxonomy: Taxonomy
) -> dict[str, Any]:
    skill = taxonomy.skill(skill_id)
    dated = [e.last_used for e in found if e.grade == "used" and e.last_used is not None]
    return {
        "id": skill.id,
        "name": skill.name,
        "kind": skill.kind,
        "grade": standing(found),
        "years": profile.years.get(skill_id),
        "last_used": as_text(max(dated)) if dated else None,
        "evidence": [evidence_record(e, profile.document.text) for e in found[:MAX_LISTED_MENTIONS]],
        "evidence_count": len(found),
        "steps": step_records(skill, taxonomy),
    }


def resume_record(profile: ResumeProfile, taxonomy: Taxonomy, *, with_text: bool = False) -> dict[str, Any]:
    """One resume as ``skillgap/resume@1``: strongest grade first, then by name."""
    document = profile.document
    order = {"used": 0, "listed": 1, "others": 2, "learning": 3, "denied": 4}
    skills = [
        _skill(skill_id, list(found), profile, taxonomy)
        for skill_id, found in groupby(profile.evidence, key=lambda e: e.skill)
    ]
    skills.sort(key=lambda s: (order[s["grade"]], -(s["years"] or 0), s["id"]))
    record: dict[str, Any] = {
        "schema": RESUME_SCHEMA,
        "source": document.source,
        "digest": document.digest,
        "taxonomy": taxonomy.digest,
        "as_of": as_text(profile.as_of),
        "years_total": profile.years_total,
        "degree": profile.degree.level if profile.degree else None,
        "seniority": profile.seniority,
        "skills": skills,
        "entries": [
            {
                "section": e.section,
                "from": as_text(e.begin),
                "to": as_text(max(e.begin, e.finish - 1)),
                "start": e.start,
                "end": e.end,
            }
            for e in profile.entries
        ],
        "hidden": list(document.meta.get("hidden") or ()),  # type: ignore[call-overload]
        "english": profile.english,
    }
    if with_text:
        record["text"] = document.text
    return record
