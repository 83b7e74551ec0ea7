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
_HANDS_ON = frozenset({"language", "framework", "tool", "platform", "database"})
_SHOWN = frozenset({"matched", "implied"})


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

    ``missing`` holds the skills that an ad names and that neither resume nor steps done cover, without
    those for which another member of their group will do. ``names`` and ``kinds`` cover every skill of
    the records; ``close`` holds the best near substitute that the resume shows of a skill.
    """

    jobs: tuple[Job, ...]
    groups: tuple[Group, ...]
    shown: frozenset[str]
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
    shown = _shown(gaps)
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


def _shown(gaps: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """What the resume shows: matched or implied skills, what stands for others, what else it lists."""
    shown: set[str] = set()
    absent: set[str] = set()
    for gap in gaps:
        shown.update(gap["resume"].get("shown", ()))
        for match in gap["matches"]:
            (shown if match["status"] in _SHOWN else absent).add(match["id"])
            shown.update(via_ids(match))
    return frozenset(shown - absent)


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

    ``behind``: steps that need no time any more. ``proof``: begun steps, behind or not, with the shown
    skill that speaks for each.
    """

    behind: frozenset[str]
    proof: Mapping[str, str]


def standing(needs: Needs, taxonomy: Taxonomy, done: frozenset[str]) -> Standing:
    """Which steps the resume and the steps done leave behind.

    A step is begun if something that it teaches is shown, or a near substitute of it. So is what comes
    before a step of which something hands-on is shown: who shows a framework has programmed, but who
    shows a practice may have it from elsewhere. A near substitute vouches for the step just before only.
    A begun step is behind unless something that an ad names is missing and learned there.
    """
    direct: dict[str, str] = {}
    before: dict[str, str] = {}
    for skill, substitute in needs.close.items():
        for step_id in needs.homes[skill].steps:
            direct.setdefault(step_id, substitute)
            if _is_hands_on(substitute, needs, taxonomy):
                before.update(dict.fromkeys(taxonomy.steps[step_id].after, substitute))
    handy: dict[str, str] = {}
    for step_id, step in taxonomy.steps.items():
        taught = [skill for skill in step.teaches if skill in needs.shown]
        if taught:
            direct[step_id] = taught[0]
        useful = [skill for skill in taught if _is_hands_on(skill, needs, taxonomy)]
        if useful:
            handy[step_id] = useful[0]
    proof = {**before, **_handed_down(handy, taxonomy), **direct}
    finished = done | frozenset[str]().union(*(taxonomy.before(step) for step in done))
    still_to_learn = {
        step
        for skill in needs.missing
        for step in needs.homes[skill].steps
        if skill in taxonomy.steps[step].teaches
    }
    return Standing(frozenset(((proof.keys() | finished) - still_to_learn) | done), proof)


def _is_hands_on(skill: str, needs: Needs, taxonomy: Taxonomy) -> bool:
    kind = needs.kinds.get(skill) or (taxonomy.kind(skill) if skill in taxonomy.positions else "")
    return kind in _HANDS_ON


def _handed_down(direct: Mapping[str, str], taxonomy: Taxonomy) -> dict[str, str]:
    """The steps before those begun, each with what proves the begun step that is nearest to it."""
    nearest: dict[str, tuple[int, int, str]] = {}
    for step_id, skill in direct.items():
        for earlier in taxonomy.before(step_id):
            distance = len(taxonomy.before(step_id) - taxonomy.before(earlier))
            rank = (distance, taxonomy.step_order[step_id], skill)
            nearest[earlier] = min(nearest.get(earlier, rank), rank)
    return {step: skill for step, (_, _, skill) in nearest.items()}
