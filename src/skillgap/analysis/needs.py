"""What gap records leave to be learned: unmet requirement groups, what is shown, what stands behind.

Everything here reads ``skillgap/gap@1`` records, so that a saved comparison and a live one are one path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.taxonomy import Step, Taxonomy

LEVELS = ("required", "preferred", "responsibility")  # strongest first; "context" asks for nothing
COURSE, ON_THE_JOB, CREDENTIAL, NOWHERE = "course", "on_the_job", "credential", "nowhere"
_CERTIFICATION = "certification"
_UNPLANNED_KINDS = frozenset({"soft", "human_language"})  # no course and no scan can judge them
_MATCHED = "matched"
_SHOWN = frozenset({_MATCHED, "implied"})


@dataclass(frozen=True, slots=True)
class Job:
    """One ad that the plan is for, as its gap record names it."""

    source: str
    title: str | None
    company: str | None
    url: str | None

    @property
    def label(self) -> str:
        """Title and company, or else the source."""
        return " · ".join(part for part in (self.title or self.source, self.company) if part)


@dataclass(frozen=True, slots=True)
class Group:
    """One requirement group of one ad (a lone skill is a group of one); hard skills only.

    ``lacking`` more of ``open`` (members that are neither shown nor learned) would meet it; 0 if it is
    met. ``unproven`` is the same against the resume alone, not counting steps done; ``unshown`` holds
    the members for that.
    """

    job: int
    level: str
    members: tuple[str, ...]
    open: tuple[str, ...]
    lacking: int
    unshown: tuple[str, ...]
    unproven: int


@dataclass(frozen=True, slots=True)
class Home:
    """Where a skill is learned: ``how`` (course, on_the_job, credential, nowhere), by which of ``steps``."""

    how: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needs:
    """All ads together: groups, what the resume shows, what steps done have taught.

    ``shown`` is the same whatever the ads ask for; ``included_in`` holds, for what is shown only as a
    part of something, that something (Python of FastAPI).
    ``missing`` holds the skills that an ad names and that neither resume nor steps done cover, without
    those for which another member of their group will do. ``names`` and ``kinds`` cover every skill of
    the records; ``close`` holds the best near substitute that the resume shows of a skill.
    """

    jobs: tuple[Job, ...]
    groups: tuple[Group, ...]
    shown: frozenset[str]
    included_in: Mapping[str, str]
    learned: frozenset[str]
    missing: frozenset[str]
    names: Mapping[str, str]
    kinds: Mapping[str, str]
    close: Mapping[str, str]
    homes: Mapping[str, Home]

    def name(self, skill: str, taxonomy: Taxonomy) -> str:
        """A skill's name, also of one that the records only point to."""
        known = self.names.get(skill)
        return known or (taxonomy.skill(skill).name if skill in taxonomy.positions else skill)

    def open_groups(self, level: str) -> list[Group]:
        """The groups of a level that are not met yet."""
        return [group for group in self.groups if group.level == level and group.lacking]


def is_course(step: Step) -> bool:
    """Whether a step takes hours that a calendar can hold."""
    return step.how in ("study", "build") and step.hours is not None


def read_needs(gaps: Sequence[Mapping[str, Any]], taxonomy: Taxonomy, done: frozenset[str]) -> Needs:
    """Put gap records together; ``done`` are ids of roadmap steps, each counts for all it teaches."""
    matches = {m["id"]: m for gap in reversed(gaps) for m in reversed(gap["matches"])}
    homes = {skill: _home(match, taxonomy) for skill, match in matches.items()}
    named, absent = _shown(gaps)
    included_in = _included(named, absent, taxonomy)
    shown = named | included_in.keys()
    learned = frozenset(skill for skill in matches if not done.isdisjoint(homes[skill].steps)) - shown
    groups = tuple(
        group
        for number, gap in enumerate(gaps)
        for group in _groups(gap, number, shown=shown, learned=learned)
    )
    grouped = frozenset(skill for group in groups for skill in group.members)
    needed = frozenset(s for group in groups if group.lacking == len(group.open) for s in group.open)
    missing = frozenset(matches) - shown - learned - (grouped - needed)
    names = {skill: str(match.get("name") or skill) for skill, match in matches.items()}
    return Needs(
        jobs=tuple(_job(gap["job"]) for gap in gaps),
        groups=groups,
        shown=shown,
        included_in=included_in,
        learned=learned,
        missing=missing,
        names=names,
        kinds={skill: str(match["kind"]) for skill, match in matches.items()},
        close={skill: near for skill, match in matches.items() if (near := _substitute(match))},
        homes=homes,
    )


def _job(job: Mapping[str, Any]) -> Job:
    return Job(str(job["source"]), job.get("title"), job.get("company"), job.get("url"))


def via_ids(match: Mapping[str, Any]) -> list[str]:
    """The skills that stand for a match, given as ids or as records with an id."""
    return [via["id"] if isinstance(via, Mapping) else str(via) for via in match.get("via", ())]


def _substitute(match: Mapping[str, Any]) -> str | None:
    """The best near substitute of a related match; never the skill itself, known from others' work."""
    others = (skill for skill in via_ids(match) if skill != match["id"])
    return next(others, None) if match["status"] == "related" else None


def _home(match: Mapping[str, Any], taxonomy: Taxonomy) -> Home:
    """Steps that teach a skill by name beat those that only list it.

    What the roadmap puts on the job first is learned there, unless a course teaches it by name. Taking
    the credentials step earns no particular certificate, so a certificate has no step.
    """
    skill, steps = match["id"], _steps_of(match, taxonomy)
    if match["kind"] == _CERTIFICATION:
        return Home(CREDENTIAL, ())
    if not steps:
        return Home(NOWHERE, ())
    courses = tuple(step for step in steps if is_course(taxonomy.steps[step]))
    teaching = tuple(step for step in courses if skill in taxonomy.steps[step].teaches)
    if teaching or steps[0] in courses:
        return Home(COURSE, teaching or courses)
    if taxonomy.steps[steps[0]].how == CREDENTIAL:
        return Home(CREDENTIAL, ())
    return Home(ON_THE_JOB, steps[:1])


def _steps_of(match: Mapping[str, Any], taxonomy: Taxonomy) -> tuple[str, ...]:
    """The taxonomy's steps of a skill; those of the record for a skill that the taxonomy lacks."""
    skill = match["id"]
    if skill in taxonomy.positions:
        named = taxonomy.skill(skill).steps
    else:
        named = tuple(step["id"] for step in match.get("steps", ()))
    return tuple(step for step in named if step in taxonomy.steps)


def _shown(gaps: Sequence[Mapping[str, Any]]) -> tuple[frozenset[str], frozenset[str]]:
    """(what the resume names: matched skills, what stands for others, what else it lists; what is absent).

    An implied skill is named here only if the record does not say by what it is implied.
    """
    shown: set[str] = set()
    absent: set[str] = set()
    for gap in gaps:
        shown.update(gap["resume"].get("shown", ()))
        for match in gap["matches"]:
            via = via_ids(match)
            if match["status"] not in _SHOWN:
                absent.add(match["id"])
            elif match["status"] == _MATCHED or not via:
                shown.add(match["id"])
            shown.update(via)
    return frozenset(shown - absent), frozenset(absent)


def _included(named: frozenset[str], absent: frozenset[str], taxonomy: Taxonomy) -> dict[str, str]:
    """What the named skills include and is not named itself -> the first skill by id that includes it."""
    found: dict[str, str] = {}
    for skill in sorted(named & taxonomy.positions.keys()):
        for part in taxonomy.included(skill, absent):
            if part not in named:
                found.setdefault(part, skill)
    return found


def _groups(
    gap: Mapping[str, Any], job: int, *, shown: frozenset[str], learned: frozenset[str]
) -> Iterator[Group]:
    """The groups of one record in its order; a lone skill that no group holds or is of is one of its own."""
    kinds = {match["id"]: match["kind"] for match in gap["matches"]}
    hard = {skill for skill, kind in kinds.items() if kind not in _UNPLANNED_KINDS}
    held = {skill for group in gap["groups"] for skill in (*group["members"], *group.get("of", ()))}
    raw = [(g["level"], tuple(g["members"]), g["min"], g.get("satisfied")) for g in gap["groups"]]
    raw += [(match["level"], (match["id"],), 1, None) for match in gap["matches"] if match["id"] not in held]
    for level, everyone, minimum, satisfied in raw:
        members = tuple(skill for skill in everyone if skill in hard)
        if level not in LEVELS or not members:
            continue
        unshown = tuple(skill for skill in members if skill not in shown)
        unproven = _lacking(minimum, members, unshown) if not satisfied else 0
        still = tuple(skill for skill in unshown if skill not in learned)
        lacking = min(unproven, _lacking(minimum, members, still))
        yield Group(job, level, members, still if lacking else (), lacking, unshown, unproven)


def _lacking(minimum: int, members: Sequence[str], still: Sequence[str]) -> int:
    return max(0, min(minimum, len(members)) - (len(members) - len(still)))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands on the roadmap.

    ``behind``: steps done or taken as known. ``proof``: each step taken as known, with the skill of it
    that is shown. ``ahead``: each step, with those that have to come before it and are not behind.
    """

    behind: frozenset[str]
    proof: Mapping[str, str]
    ahead: Mapping[str, frozenset[str]]
    step_order: Mapping[str, int]

    def before(self, step: str) -> frozenset[str]:
        """What has to be taken before a step."""
        return self.ahead[step]


def standing(needs: Needs, taxonomy: Taxonomy, done: frozenset[str]) -> Standing:
    """Which steps the resume and the steps done leave behind.

    A step is taken as known if the resume shows a skill that is learned there, by itself or as a part
    of another (FastAPI includes Python). Nothing else vouches for it: neither a near substitute nor a
    skill of a later step. What stands before a step that is behind is not asked for the sake of it.
    """
    proof: dict[str, str] = {}
    for step_id, step in taxonomy.steps.items():
        taught = [s for s in step.teaches if s in needs.shown and _own_step(s, taxonomy) == step_id]
        if taught:
            proof[step_id] = min(taught, key=lambda skill: skill in needs.included_in)
    behind = done | proof.keys()
    ahead = {step: _ahead(step, behind, taxonomy) for step in taxonomy.steps}
    return Standing(behind, proof, ahead, taxonomy.step_order)


def _own_step(skill: str, taxonomy: Taxonomy) -> str | None:
    """The one course at which a skill is learned: the first of its steps that teaches it by name."""
    if skill not in taxonomy.positions:
        return None
    known = (step for step in taxonomy.skill(skill).steps if step in taxonomy.steps)
    return next((s for s in known if skill in taxonomy.steps[s].teaches), None)


def _ahead(step: str, behind: frozenset[str], taxonomy: Taxonomy) -> frozenset[str]:
    """The courses before a step, looked for backwards and no farther than a step that is behind."""
    found: set[str] = set()
    waiting = [step]
    while waiting:
        new = set(taxonomy.steps[waiting.pop()].after) - behind - found
        found |= new
        waiting += new
    return frozenset(s for s in found if is_course(taxonomy.steps[s]))
