"""The report on one ad, for a person: what to check, what counts, where to start (80 columns)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from skillgap.model import Condition, Group, JobProfile, Priority, Requirement
from skillgap.taxonomy import Skill, Taxonomy

LEVEL_TITLES = {
    "required": "MUST HAVE",
    "preferred": "GOOD TO HAVE",
    "responsibility": "IN THE WORK ONLY",
    "context": "NAMED IN PASSING",
}
SETS = "Sets"  # of alternatives with different labels
_SET = 2  # alternatives that make one
LANGUAGES = "Languages"  # shown beside the count, like people's skills
SENIORITY: dict[str | None, str] = {
    "intern": "internship",
    "entry": "entry level",
    "mid": "mid level",
    "senior": "senior",
    "staff_principal": "staff or principal",
    "lead_manager": "lead or manager",
}
_DEGREES = {"bachelor": "Bachelor's", "master": "Master's", "phd": "PhD"}
_CONDITIONS = {
    "work_permit": "Permit",
    "clearance": "Clearance",
    "licence": "Licence",
    "travel": "Travel",
    "time_zone": "Hours",
    "contract": "Contract",
}
_MANY = 9  # skills of a lower level shown before "more with --all"
_STARTS = 3  # steps shown under WHERE TO START
_UNKNOWN = 8
_QUOTE = 56


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a level: a label, skills (or a set of alternatives), where they stand."""

    label: str
    items: tuple[str, ...]
    lines: str
    any_of: int = 0  # 0: all of them; otherwise how many will do
    of: str = ""  # what the set of alternatives is of

    def choice(self, *, loud: bool = False) -> str:
        """A set of alternatives: "any one of: AWS, Azure (Cloud computing)"; ``loud`` in capitals."""
        lead = f"any {count_word(self.any_of)} of"
        what = f" ({self.of})" if self.of else ""
        return f"{lead.upper() if loud else lead}: {', '.join(self.items)}{what}"


class JobReport:
    """Everything the text and markdown reports of one ad show, ready to lay out."""

    def __init__(
        self, profile: JobProfile, taxonomy: Taxonomy, priorities: Sequence[Priority], *, full: bool = False
    ) -> None:
        self.profile = profile
        self.taxonomy = taxonomy
        self.priorities = priorities
        self.full = full
        self._line_ends = list(accumulate(len(line) + 1 for line in profile.document.text.split("\n")))
        self._groups = {group.id: group for group in profile.groups}
        self._said = {skill for group in profile.groups for skill in group.of}  # by a set of alternatives

    # -- facts ------------------------------------------------------------------------------

    def headline(self) -> str:
        company = self.profile.document.meta.get("company")
        title = self.profile.title or "Untitled ad"
        return f"{title} · {company}" if company else title

    def facts(self) -> list[str]:
        """Two lines: what the job is, and what it asks on paper."""
        facts = self.profile.facts
        role = self.taxonomy.roles.get(self.profile.role or "")
        first = [role["name"] if role and self.profile.role != "other" else "Role type not recognised"]
        if facts.seniority:
            first[0] += f", {SENIORITY[facts.seniority]}"
        first.append(facts.work_mode or "work mode not stated")
        first.append(f"{facts.years_min}+ years" if facts.years_min is not None else self._no_years())
        second = [self._degree(), self._salary()]
        posted = self.profile.document.meta.get("posted")
        if isinstance(posted, str):
            second.append(f"posted {posted}")
        return [" · ".join(first), " · ".join(second)]

    def _no_years(self) -> str:
        return "no years stated" if self.profile.english else "years not readable in this language"

    def _degree(self) -> str:
        degree = self.profile.facts.degree
        if degree is None:
            return "no degree asked" if self.profile.english else "degree not readable in this language"
        name = _DEGREES[degree.level]
        return f"{name} degree" if degree.required else f"{name} or equivalent, not a must"

    def _salary(self) -> str:
        salary = self.profile.facts.salary
        if salary is None:
            return "no salary stated"
        ends = [f"{end:,.0f}" for end in (salary.minimum, salary.maximum) if end is not None]
        if salary.minimum is None:
            ends = [f"up to {ends[0]}"]
        elif salary.maximum is None:
            ends = [f"from {ends[0]}"]
        return f"{salary.currency} {'–'.join(ends)} a {salary.period}"

    def checks(self) -> list[tuple[str, str]]:
        """(what, why) to check before spending time on the ad."""
        facts, checks = self.profile.facts, []
        checks += [
            (c.fact.replace("_", " ").capitalize(), f"the text says {c.text}, the page data {c.page}: ask")
            for c in facts.conflicts
        ]
        checks += [
            (_CONDITIONS[c.kind], f"{_quoted(c)} (line {self.line(c.start)})") for c in facts.conditions
        ]
        disputed = {conflict.fact for conflict in facts.conflicts}
        if facts.closes and "closes" not in disputed:
            checks.append(("Closes", facts.closes))
        if facts.place and "place" not in disputed:
            checks.append(("Place", facts.place))
        return checks

    def warnings(self) -> list[str]:
        """What makes this reading weaker than usual."""
        profile, notes = self.profile, []
        if not profile.english:
            notes.append("Mostly not in English: names are read, levels can't be.")
        if not profile.in_field:
            notes.append("This ad is from outside the field: few of its terms are in the taxonomy.")
        if profile.english and profile.understood is not None and profile.understood < 0.6:
            notes.append("Weak reading: less than 60 % of the lines that ask for something were understood.")
        said = profile.document.meta.get("notes")
        notes += [f"{note[:1].upper()}{note[1:]}." for note in said] if isinstance(said, list) else []
        return notes

    # -- skills -----------------------------------------------------------------------------

    def line(self, offset: int) -> int:
        """The 1-based line of an offset."""
        return bisect_left(self._line_ends, offset + 1) + 1

    def of_level(self, level: str) -> list[Requirement]:
        return [r for r in self.profile.requirements if r.level == level]

    def count(self, level: str) -> int:
        """Hard skills of a level, a set of alternatives counted once."""
        hard = [r for r in self.of_level(level) if self._skill(r).kind not in ("soft", "human_language")]
        return len({r.group or r.skill for r in hard if r.skill not in self._said})

    def rows(self, level: str) -> list[Row]:
        """The skills of a level by theme, each with its sets of alternatives; the unscored come last."""
        rows = [self._row(label, members) for label, members in self._lone(level).items()]
        rows += [self._row(label, members, group) for label, members, group in self._sets(level)]
        order = [*self.taxonomy.labels[:-1], SETS, *self.unscored]
        return sorted(rows, key=lambda row: (order.index(row.label), bool(row.any_of)))

    @property
    def unscored(self) -> tuple[str, str]:
        """The labels of what is shown and never scored."""
        return LANGUAGES, self.taxonomy.labels[-1]

    def _lone(self, level: str) -> dict[str, list[Requirement]]:
        """Skills by label that stand in no set of alternatives, or alone in what the ad leaves of one."""
        members = self._members(level)
        lone: dict[str, list[Requirement]] = {}
        for requirement in self.of_level(level):
            said = requirement.skill in self._said
            if not said and len(members.get(str(requirement.group), ())) < _SET:
                lone.setdefault(self._label(requirement), []).append(requirement)
        return lone

    def _sets(self, level: str) -> Iterator[tuple[str, list[Requirement], Group]]:
        """(label, alternatives, how many will do and what they are of) of each set."""
        for group, members in self._members(level).items():
            if len(members) >= _SET:
                labels = {self._label(requirement) for requirement in members}
                yield labels.pop() if len(labels) == 1 else SETS, members, self._groups[group]

    def _members(self, level: str) -> dict[str, list[Requirement]]:
        sets: dict[str, list[Requirement]] = {}
        for requirement in self.of_level(level):
            if requirement.group in self._groups:
                sets.setdefault(str(requirement.group), []).append(requirement)
        return sets

    def _label(self, requirement: Requirement) -> str:
        spoken = self._skill(requirement).kind == "human_language"
        return LANGUAGES if spoken else self.taxonomy.label(requirement.skill)

    def _row(self, label: str, requirements: Sequence[Requirement], group: Group | None = None) -> Row:
        items = tuple(self._name(r) for r in requirements)
        lines = sorted({self.line(self._decisive(r)) for r in requirements})
        span = str(lines[0]) if len(lines) == 1 else f"{lines[0]}-{lines[-1]}"
        if group is None:
            return Row(label, items, span)
        return Row(label, items, span, group.minimum, self._of(group))

    def _of(self, group: Group) -> str:
        return ", ".join(self.taxonomy.skill(skill).name for skill in group.of)

    def _name(self, requirement: Requirement) -> str:
        name = self._skill(requirement).name
        return f"{name} ({requirement.years:g}+ years)" if requirement.years else name

    def _decisive(self, requirement: Requirement) -> int:
        return min(requirement.mentions, key=lambda m: (m.level != requirement.level, m.start)).start

    def _skill(self, requirement: Requirement) -> Skill:
        return self.taxonomy.skill(requirement.skill)

    def evidence(self, level: str) -> list[tuple[str, list[tuple[str, str, int]]]]:
        """Every skill of a level for ``--all``, in parts: what the part is, and (skill, words, line) of each.

        What counts one by one is the first part, without a name; then come the sets, then what is not scored.
        """
        parts: dict[str, list[Requirement]] = {"": []}
        parts |= {label: [] for label in self.unscored}
        for label, members in self._lone(level).items():
            parts[label if label in self.unscored else ""] += members
        named = [("", parts.pop(""))]
        for label, members, group in self._sets(level):
            counted = "shown, never scored" if label in self.unscored else "counted once"
            what = f" ({self._of(group)})" if group.of else ""
            named.append((f"Any {count_word(group.minimum)} of these{what}, {counted}", members))
        named += [(f"{label}, shown, never scored", members) for label, members in parts.items()]
        return [(name, [self._words(r) for r in members]) for name, members in named if members]

    def _words(self, requirement: Requirement) -> tuple[str, str, int]:
        """(skill, the ad's own words, line)."""
        text = self.profile.document.text
        best = min(requirement.mentions, key=lambda m: (m.level != requirement.level, m.start))
        words = " ".join(text[best.start : best.end].split())
        return self._name(requirement), words, self.line(best.start)

    def brief(self, level: str) -> tuple[list[str], int]:
        """(names in short, how many were left out) of what counts at a lower level."""
        parts = []
        for row in sorted(self.rows(level), key=lambda row: bool(row.any_of)):
            if row.label in self.unscored:
                continue
            if row.any_of:
                parts.append(row.choice())
            else:
                parts.extend(row.items)
        shown = parts if self.full else parts[:_MANY]
        return shown, len(parts) - len(shown)

    def beside(self, level: str) -> list[tuple[str, list[str]]]:
        """(label, names) of the languages and soft skills of a level."""
        found = [
            (label, [name for row in self.rows(level) if row.label == label for name in row.items])
            for label in self.unscored
        ]
        return [(label, names) for label, names in found if names]

    # -- where to start ---------------------------------------------------------------------

    def starts(self) -> list[tuple[Priority, str, str]]:
        """(priority, what it is, how it is learned), one per roadmap step, best first."""
        if not self.profile.in_field:
            return []
        seen: set[str] = set()
        result = []
        for priority in self.priorities:
            if priority.step is None or priority.step in seen:
                continue
            seen.add(priority.step)
            step = self.taxonomy.steps[priority.step]
            hours = f"{step.hours[0]}-{step.hours[1]} h (est.)" if step.hours else "no course hours"
            how = {
                "study": "study",
                "build": "study and build",
                "on_the_job": "learned on the job",
                "credential": "exam",
            }
            result.append((priority, self.taxonomy.skill(priority.skill).name, f"{how[step.how]}, {hours}"))
            if len(result) == (10 if self.full else _STARTS):
                break
        return result

    def unknown(self) -> tuple[list[str], int]:
        terms = [" ".join(term.text.split()) for term in self.profile.unknown_terms]
        shown = terms if self.full else terms[:_UNKNOWN]
        return shown, len(terms) - len(shown)


def understood(profile: JobProfile) -> str:
    """How much of what the ad asks for was recognised."""
    if profile.asking_lines == 1:
        verdict = "" if profile.understood_lines else "not "
        return f"The one line that asks for something was {verdict}understood."
    share = f"{profile.understood_lines} of the {profile.asking_lines}"
    return f"{share} lines that ask for something were understood."


def _quoted(condition: Condition) -> str:
    text = " ".join(condition.text.split())
    return f"“{text}”" if len(text) <= _QUOTE else f"“{text[:_QUOTE].rsplit(' ', 1)[0]} …”"


def count_word(number: int) -> str:
    return {1: "one", 2: "two", 3: "three"}.get(number, str(number))
