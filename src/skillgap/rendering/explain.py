"""``--explain SKILL``: which alias, guard, cue and heading decided, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillgap.errors import NotFoundError
from skillgap.model import Evidence, Gap, JobProfile, Mention
from skillgap.rendering.report import LEVEL_TITLES
from skillgap.rendering.terminal import harmless
from skillgap.taxonomy import Skill, Taxonomy

_AROUND = 44  # characters of context on each side of a quote


def explain_skill(profile: JobProfile, taxonomy: Taxonomy, name: str) -> str:
    """The reasoning about one skill in one ad, as text."""
    skill = taxonomy.find(name)
    if skill is None:
        raise NotFoundError(
            f"{name!r} is not in the taxonomy; look for its spelling with: "
            f"skillgap taxonomy list --search {name!r}"
        )
    return "\n".join(_lines(profile, skill)) + "\n"


def explain_match(gap: Gap, taxonomy: Taxonomy, name: str) -> str:
    """The reasoning about one skill in one comparison: the ad's side, then the resume's."""
    text = explain_skill(gap.job, taxonomy, name)
    skill = taxonomy.find(name)
    lines = ["", f"In {gap.resume.document.source}"]
    for match in gap.matches:
        if skill is not None and match.requirement.skill == skill.id:
            via = ", ".join(taxonomy.skill(other).name for other in match.via)
            own = match.status == "matched" and not any(e.grade in ("used", "listed") for e in match.evidence)
            why = ", by your own word (--override)" if own else f", by {via}" if via else ""
            lines.append(f"Status: {match.status}{why}")
    resume = gap.resume.document.text
    for evidence in gap.resume.evidence:
        if skill is None or evidence.skill != skill.id:
            continue
        line = resume.count("\n", 0, evidence.start) + 1
        lines += ["", f"{evidence.grade.capitalize()} on line {line}: …{_words(resume, evidence)}…"]
        lines += [f"  {rule}" for rule in evidence.rules]
    return text + "\n".join(lines) + "\n"


def _lines(profile: JobProfile, skill: Skill) -> Iterator[str]:
    yield f"{skill.name} ({skill.kind}, id {skill.id}) in {profile.document.source}"
    requirement = next((r for r in profile.requirements if r.skill == skill.id), None)
    if requirement is not None:
        verdict = LEVEL_TITLES[requirement.level].lower()
        members = next((g.members for g in profile.groups if g.id == requirement.group), ())
        yield f"Verdict: {verdict}" + (f", any one of {', '.join(members)}" if members else "")
        yield from _places("Found", requirement.mentions, profile)
    else:
        yield "Verdict: not asked for"
    yield from _places("Denied", [m for m in profile.negated if m.skill == skill.id], profile)
    yield from _places("Left out", [m for m in profile.ignored if m.skill == skill.id], profile)
    if requirement is None:
        forms = [alias.text for alias in skill.aliases]
        shown = ", ".join(forms[:12])
        yield f"It is looked for as: {shown}" + (
            f" and {len(forms) - 12} more forms" if len(forms) > 12 else ""
        )


def _places(title: str, mentions: Sequence[Mention], profile: JobProfile) -> Iterator[str]:
    text = profile.document.text
    for mention in mentions:
        line = text.count("\n", 0, mention.start) + 1
        yield ""
        yield f"{title} on line {line}: …{_words(text, mention)}…"
        yield from (f"  {rule}" for rule in mention.rules)
        if title == "Found":
            yield f"  so it counts as: {LEVEL_TITLES[mention.level].lower()}"


def _words(text: str, mention: Mention | Evidence) -> str:
    before = " ".join(text[max(0, mention.start - _AROUND) : mention.start].split())
    after = " ".join(text[mention.end : mention.end + _AROUND].split())
    quote = " ".join(text[mention.start : mention.end].split())
    return harmless(f"{before} [{quote}] {after}".strip())
