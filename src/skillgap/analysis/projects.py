"""Which portfolio projects prove the most missing must-haves with the fewest projects, exactly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.analysis.exact import Rule, choose
from skillgap.analysis.needs import Group
from skillgap.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class ProjectChoice:
    """One project worth building: ``groups`` more missing must-haves are proved once it stands.

    ``proves`` lists the ids of the missing skills that it proves and those before it do not.
    """

    id: str
    title: str
    summary: str
    hours: tuple[int, int]
    proves: tuple[str, ...]
    groups: int

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "summary": self.summary,
            "hours": list(self.hours),
            "proves": list(self.proves),
            "groups": self.groups,
        }


def choose_projects(groups: Sequence[Group], taxonomy: Taxonomy) -> tuple[ProjectChoice, ...]:
    """The projects that together prove as many of ``groups`` as any projects can.

    Among all such sets the one with the fewest projects, then the fewest hours (upper bounds), then the
    earliest ids. They come in the order that proves most soonest. Groups that need no proof are ignored.
    """
    wanted = [group for group in groups if group.unproven]
    projects = sorted(taxonomy.projects)
    proved = {project: proves(taxonomy, project) for project in projects}
    chosen = _best(wanted, projects, proved, taxonomy)
    return tuple(_in_order([projects[number] for number in sorted(chosen)], wanted, proved, taxonomy))


def proves(taxonomy: Taxonomy, project: str) -> frozenset[str]:
    """The skills that a project proves, with all that they include."""
    found: set[str] = set()
    waiting = [skill for skill in taxonomy.projects[project]["proves"] if skill in taxonomy.positions]
    while waiting:
        skill = waiting.pop()
        if skill not in found:
            found.add(skill)
            entry = taxonomy.skill(skill)
            waiting.extend((*entry.implies, *entry.broader))
    return frozenset(found)


def _best(
    wanted: Sequence[Group],
    projects: Sequence[str],
    proved: Mapping[str, frozenset[str]],
    taxonomy: Taxonomy,
) -> frozenset[int]:
    """Numbers of the chosen projects. Options are the projects, then the skills, then the groups."""
    provable = frozenset[str]().union(*proved.values())
    skills = sorted({s for group in wanted for s in group.unshown if s in provable})
    place = {skill: len(projects) + number for number, skill in enumerate(skills)}
    rules = [
        Rule({place[skill]: 1, **{n: -1 for n, p in enumerate(projects) if skill in proved[p]}})
        for skill in skills
    ]
    first = len(projects) + len(skills)
    alike = Counter((group.unproven, frozenset(group.unshown) & provable) for group in wanted)
    for number, (lacking, members) in enumerate(alike):
        rules.append(Rule({first + number: lacking, **{place[skill]: -1 for skill in sorted(members)}}))
    goals = [
        {first + number: times for number, times in enumerate(alike.values())},
        dict.fromkeys(range(len(projects)), -1),
        {number: -int(taxonomy.projects[p]["hours"][1]) for number, p in enumerate(projects)},
    ]
    if not skills:
        return frozenset()
    picked = choose(first + len(alike), rules, goals, prefer=range(len(projects)))
    return frozenset(number for number in picked if number < len(projects))


def _in_order(
    chosen: Sequence[str],
    wanted: Sequence[Group],
    proved: Mapping[str, frozenset[str]],
    taxonomy: Taxonomy,
) -> list[ProjectChoice]:
    result: list[ProjectChoice] = []
    have: frozenset[str] = frozenset()
    waiting = list(chosen)
    missing = {skill for group in wanted for skill in group.unshown}
    while waiting:
        before = groups_proved(wanted, have)
        gains = {p: groups_proved(wanted, have | proved[p]) - before for p in waiting}
        best = min(waiting, key=lambda p: (-gains[p], taxonomy.projects[p]["hours"][1], p))
        entry = taxonomy.projects[best]
        low, high = entry["hours"]
        new = tuple(sorted((proved[best] & missing) - have))
        result.append(ProjectChoice(best, entry["title"], entry["summary"], (low, high), new, gains[best]))
        have |= proved[best]
        waiting.remove(best)
    return result


def groups_proved(groups: Sequence[Group], skills: frozenset[str]) -> int:
    """How many groups these skills would prove."""
    return sum(len(skills.intersection(group.unshown)) >= group.unproven for group in groups)
