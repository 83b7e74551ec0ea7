"""Profiles as plain records: the fields that CONTRACT-minded scripts rely on (``skillgap/job@1``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from skillgap.model import MAX_LISTED_MENTIONS, Group, JobProfile, Mention, Priority, Requirement
from skillgap.taxonomy import Skill, Taxonomy

JOB_SCHEMA = "skillgap/job@1"


def step_records(skill: Skill, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """The roadmap steps that teach a skill, as id, title and first link."""
    steps = [taxonomy.steps[step] for step in skill.steps if step in taxonomy.steps]
    return [{"id": step.id, "title": step.title, "url": step.url} for step in steps]


def _mention(mention: Mention, text: str) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": text[mention.start : mention.end],
        "section": mention.section,
        "level": mention.level,
    }


def _why(requirement: Requirement) -> list[str]:
    decisive = min(
        requirement.mentions,
        key=lambda m: (m.level != requirement.level, m.group != requirement.group, m.start),
    )
    return list(decisive.rules)


def _skill(requirement: Requirement, profile: JobProfile, taxonomy: Taxonomy) -> dict[str, Any]:
    skill = taxonomy.skill(requirement.skill)
    listed = requirement.mentions[:MAX_LISTED_MENTIONS]
    return {
        "id": skill.id,
        "name": skill.name,
        "kind": skill.kind,
        "level": requirement.level,
        "group": requirement.group,
        "years": requirement.years,
        "mentions": [_mention(mention, profile.document.text) for mention in listed],
        "mention_count": len(requirement.mentions),
        "steps": step_records(skill, taxonomy),
        "why": _why(requirement),
    }


def _role(profile: JobProfile, taxonomy: Taxonomy) -> dict[str, Any]:
    role = taxonomy.roles.get(profile.role or "")
    name = role["name"] if role else profile.role
    return {"id": profile.role, "name": name, "why": list(profile.role_why)}


def _group(group: Group) -> dict[str, Any]:
    return {
        "id": group.id,
        "level": group.level,
        "min": group.minimum,
        "members": list(group.members),
        "of": list(group.of),
    }


def job_record(
    profile: JobProfile, taxonomy: Taxonomy, priorities: Sequence[Priority], *, with_text: bool = False
) -> dict[str, Any]:
    """One ad as ``skillgap/job@1``."""
    facts, meta, document = profile.facts, profile.document.meta, profile.document
    record: dict[str, Any] = {
        "schema": JOB_SCHEMA,
        "source": document.source,
        "row": document.row,
        "digest": document.digest,
        "taxonomy": taxonomy.digest,
        "title": profile.title,
        "company": meta.get("company"),
        "place": facts.place,
        "url": meta.get("url"),
        "posted": meta.get("posted"),
        "closes": facts.closes,
        "role": _role(profile, taxonomy),
        "seniority": facts.seniority,
        "years_min": facts.years_min,
        "degree": {"level": facts.degree.level, "required": facts.degree.required} if facts.degree else None,
        "salary": {
            "min": facts.salary.minimum,
            "max": facts.salary.maximum,
            "currency": facts.salary.currency,
            "period": facts.salary.period,
        }
        if facts.salary
        else None,
        "work_mode": facts.work_mode,
        "conditions": [
            {"kind": c.kind, "text": c.text, "start": c.start, "end": c.end} for c in facts.conditions
        ],
        "conflicts": [{"fact": c.fact, "text": c.text, "page": c.page} for c in facts.conflicts],
        "skills": [_skill(requirement, profile, taxonomy) for requirement in profile.requirements],
        "groups": [_group(group) for group in profile.groups],
        "priorities": [
            {
                "rank": p.rank,
                "id": p.skill,
                "name": taxonomy.skill(p.skill).name,
                "reasons": list(p.reasons),
                "steps": step_records(taxonomy.skill(p.skill), taxonomy),
            }
            for p in priorities
        ],
        "unknown_terms": [
            {"text": term.text, "start": term.start, "end": term.end} for term in profile.unknown_terms
        ],
        "understood": profile.understood,
        "english": profile.english,
        "in_field": profile.in_field,
    }
    if with_text:
        record["text"] = document.text
    return record
