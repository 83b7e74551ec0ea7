"""A gap as a plain record (``skillgap/gap@1``)."""

from __future__ import annotations

from typing import Any

from skillgap.analysis.actions import Action
from skillgap.analysis.coverage import coverage_of, facts_of, thin_reasons
from skillgap.analysis.gap import Shown
from skillgap.model import MAX_LISTED_MENTIONS, Gap, SkillMatch
from skillgap.rendering.records import step_records
from skillgap.rendering.resume_records import evidence_record
from skillgap.taxonomy import Taxonomy

GAP_SCHEMA = "skillgap/gap@1"


def _match(match: SkillMatch, gap: Gap, taxonomy: Taxonomy) -> dict[str, Any]:
    requirement = match.requirement
    skill = taxonomy.skill(requirement.skill)
    text = gap.job.document.text
    return {
        "id": skill.id,
        "name": skill.name,
        "kind": skill.kind,
        "level": requirement.level,
        "group": requirement.group,
        "status": match.status,
        "strict": match.strict,
        "via": [{"id": via, "name": taxonomy.skill(via).name} for via in match.via],
        "years": {"asked": requirement.years, "shown": gap.resume.years.get(skill.id)},
        "mentions": [
            {"start": m.start, "end": m.end, "text": text[m.start : m.end]}
            for m in requirement.mentions[:MAX_LISTED_MENTIONS]
        ],
        "evidence": [
            evidence_record(e, gap.resume.document.text) for e in match.evidence[:MAX_LISTED_MENTIONS]
        ],
        "steps": step_records(skill, taxonomy),
    }


def gap_record(
    gap: Gap, taxonomy: Taxonomy, actions: tuple[Action, ...], *, with_text: bool = False
) -> dict[str, Any]:
    """One ad against one resume as ``skillgap/gap@1``."""
    record: dict[str, Any] = {
        "schema": GAP_SCHEMA,
        "taxonomy": taxonomy.digest,
        "job": _job(gap),
        "resume": _resume(gap, taxonomy),
        "coverage": coverage_of(gap, taxonomy),
        "thin": thin_reasons(gap),
        "facts": facts_of(gap),
        "matches": [_match(match, gap, taxonomy) for match in gap.matches],
        "groups": [
            {
                "id": group.id,
                "level": group.level,
                "min": group.minimum,
                "members": list(group.members),
                "of": list(group.of),
                "satisfied": group.lenient,
                "strict": group.strict,
            }
            for group in gap.groups
        ],
        "priorities": [
            {
                "rank": p.rank,
                "id": p.skill,
                "name": taxonomy.skill(p.skill).name,
                "reasons": list(p.reasons),
                "steps": step_records(taxonomy.skill(p.skill), taxonomy),
            }
            for p in gap.priorities
        ],
        "actions": [
            {
                "when": action.when,
                "what": action.what,
                "skills": list(action.skills),
                "step": action.step,
                "first": list(action.first),
                "hours": list(action.hours) if action.hours else None,
                "met_before": action.before,
                "met_after": action.after,
            }
            for action in actions
        ],
        "unknown_terms": [
            {"text": t.text, "start": t.start, "end": t.end, "in_resume": t in gap.literal}
            for t in gap.job.unknown_terms
        ],
    }
    if with_text:
        record["job"]["text"] = gap.job.document.text
        record["resume"]["text"] = gap.resume.document.text
    return record


def _job(gap: Gap) -> dict[str, Any]:
    job = gap.job
    return {
        "source": job.document.source,
        "row": job.document.row,
        "title": job.title,
        "company": job.document.meta.get("company"),
        "url": job.document.meta.get("url"),
        "role": job.role,
        "understood": job.understood,
        "in_field": job.in_field,
    }


def _resume(gap: Gap, taxonomy: Taxonomy) -> dict[str, Any]:
    return {
        "source": gap.resume.document.source,
        "shown": sorted(Shown(gap.resume, taxonomy).shown),
        "hidden": list(_hidden(gap)),
    }


def _hidden(gap: Gap) -> tuple[str, ...]:
    hidden = gap.resume.document.meta.get("hidden") or ()
    return tuple(hidden) if isinstance(hidden, list | tuple) else ()
