"""The report on one comparison, for a person: what to check, counts, what to lead with, what is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from skillgap.analysis.actions import Action, next_actions, says_not_yet
from skillgap.analysis.coverage import counts, facts_of, thin_reasons
from skillgap.analysis.gap import COUNTED_LEVELS, is_hard
from skillgap.model import Gap, Mention, SkillMatch
from skillgap.rendering.quotes import brief, line_number
from skillgap.rendering.report import JobReport
from skillgap.taxonomy import Taxonomy

LEVEL_NAMES = {"required": "Must have", "preferred": "Good to have", "responsibility": "In the work"}
_DEGREES = {"bachelor": "bachelor's", "master": "master's", "phd": "PhD", None: "none found"}
_SENIORITY = {
    "intern": "intern",
    "entry": "entry",
    "mid": "mid",
    "senior": "senior",
    "staff_principal": "staff or principal",
    "lead_manager": "lead or manager",
}
_WHEN = {"today": "Today", "story": "Today", "study": "", "job": "At work"}
_STRENGTH = {"required": 0, "preferred": 1, "responsibility": 2}
_LEADS, _IMPLIED, _RELATED, _NAMES = 3, 4, 4, 9
_WIDEST_BAR = 20
_UNDATED = {"matched": "shown without dates", "implied": "taken as known, no dates of its own"}


@dataclass(frozen=True, slots=True)
class Count:
    """One line of the table: groups shown in work, listed or implied, still open, asked."""

    name: str
    strict: int
    lenient: int
    of: int

    @property
    def bar(self) -> str:
        """``###++....``: one sign a group, or in proportion where there are too many."""
        width = min(self.of, _WIDEST_BAR)
        strict = round(self.strict * width / self.of)
        lenient = max(round(self.lenient * width / self.of), strict)
        return "#" * strict + "+" * (lenient - strict) + "." * (width - lenient)


@dataclass(frozen=True, slots=True)
class Lead:
    """An asked skill with the resume's words beside the ad's."""

    name: str
    note: str
    you: str
    your_line: int
    ad: str
    ad_line: int


class GapReport:
    """Everything the text and markdown reports of one comparison show, ready to lay out."""

    def __init__(
        self, gap: Gap, taxonomy: Taxonomy, *, full: bool = False, label: str = "", status: str | None = None
    ) -> None:
        self.gap = gap
        self.label = label  # stands for every name, file and quote in an anonymous report
        self.status = status
        self.taxonomy = taxonomy
        self.full = full
        self.job = JobReport(gap.job, taxonomy, gap.priorities, full=full)
        self.actions: tuple[Action, ...] = next_actions(gap, taxonomy)
        self._minimum = {group.id: group.minimum for group in gap.groups}

    def headline(self) -> str:
        """Title and company; of an anonymous report the role type."""
        mark = f" ({self.status})" if self.status else ""
        if not self.label:
            return self.job.headline() + mark
        role = self.taxonomy.roles.get(self.gap.job.role or "")
        return f"{self.label}: {role['name'] if role else 'other role'}{mark}"

    def source(self) -> str:
        return self.label or self.gap.job.document.source

    def checks(self) -> list[tuple[str, str]]:
        return [] if self.label else self.job.checks()

    # -- facts and counts -------------------------------------------------------------------

    def facts(self) -> list[tuple[str, str]]:
        """(fact, shown and asked)."""
        facts = facts_of(self.gap)
        lines = [("Years", self._years(facts["years"]["asked"], facts["years"]["shown"]))]
        degree = facts["degree"]
        if degree["asked"]:
            must = "" if degree["required"] else " or equivalent"
            lines.append(("Degree", f"{_DEGREES[degree['shown']]} (asked {_DEGREES[degree['asked']]}{must})"))
        asked, shown = facts["seniority"]["asked"], facts["seniority"]["shown"]
        if asked and asked != shown:
            level = _SENIORITY[shown] if shown else "no level in the latest title"
            lines.append(("Level", f"{level} (asked {_SENIORITY[asked]})"))
        return lines

    def _years(self, asked: int | None, shown: float | None) -> str:
        mine = f"about {shown:g}" if shown is not None else "no dated work found"
        text = f"{mine} (asked {asked}+)" if asked is not None else f"{mine} (none asked)"
        for match in self.gap.matches:
            wanted = match.requirement.years
            if wanted:
                have = self.gap.resume.years.get(match.requirement.skill)
                dated = f"up to {have:g}" if have else _UNDATED.get(match.status, "not shown")
                text += f"; {self.name(match)} {dated} (asked {wanted:g}+)"
        return text

    def counts(self) -> list[Count]:
        found = [(level, *counts(self.gap, level)) for level in COUNTED_LEVELS]
        return [Count(LEVEL_NAMES[level], strict, lenient, of) for level, strict, lenient, of in found if of]

    def languages(self) -> str:
        """Languages to speak, which decide and are never counted."""
        spoken = [m for m in self.gap.matches if self.taxonomy.kind(m.requirement.skill) == "human_language"]
        words = {"required": "", "preferred": " (a plus)", "responsibility": " (in the work)"}
        parts = [
            f"{self.name(m)}{words[m.requirement.level]}: {'named' if m.status == 'matched' else 'not found'}"
            for m in spoken
        ]
        return f"Languages asked: {', '.join(parts)} in your resume." if parts else ""

    def people(self) -> str:
        """What is asked of people, which nothing here can judge."""
        soft = [m for m in self.gap.matches if self.taxonomy.kind(m.requirement.skill) == "soft"]
        if not soft:
            return ""
        if len(soft) == 1:
            return "One soft skill is asked as well. A scan cannot judge it."
        return f"{len(soft)} soft skills are asked as well. A scan cannot judge them."

    def warnings(self) -> list[str]:
        reasons = thin_reasons(self.gap)
        notes = [f"Read these counts with care: {', and '.join(reasons)}."] if reasons else []
        hidden = self.gap.resume.document.meta.get("hidden")
        if hidden:
            notes.append("The resume holds hidden text; it was left out, as a recruiter cannot see it.")
        return notes

    # -- what to show -----------------------------------------------------------------------

    def leads(self) -> list[Lead]:
        """Asked skills that work or projects show, must-haves first."""
        shown = [m for m in self._hard("matched") if m.strict]
        return [self._lead(m) for m in self._cut(shown, _LEADS)]

    def listed(self) -> list[str]:
        """Must-haves that are named in the resume but not shown in work."""
        return [
            self.name(m) for m in self._hard("matched") if not m.strict and m.requirement.level == "required"
        ]

    def _lead(self, match: SkillMatch) -> Lead:
        evidence, mention = match.evidence[0], self._decisive(match)
        resume, ad = self.gap.resume.document.text, self.gap.job.document.text
        width = 1_000 if self.full else 38
        if self.label:
            resume, ad = "", ""
        note = "fills an any-one set" if match.requirement.group else ""
        return Lead(
            name=self.name(match),
            note=note,
            you=brief(resume, evidence.start, evidence.end, width),
            your_line=line_number(self.gap.resume.document.text, evidence.start),
            ad=brief(ad, mention.start, mention.end, width),
            ad_line=line_number(self.gap.job.document.text, mention.start),
        )

    def implied(self) -> list[str]:
        """What is taken as known, and why: "Machine learning, since you used gradient boosting"."""
        return [
            f"{self.name(match)}, since {self._shown_how(match.via[0])}"
            for match in self._cut(self._hard("implied"), _IMPLIED)
        ]

    def related(self) -> list[tuple[str, str, str]]:
        """(asked skill, what is shown instead, its line); no line for what only the person's word shows."""
        text = self.gap.resume.document.text
        close = [m for m in self._hard("related") if not says_not_yet(m)]
        result = []
        for match in self._cut(close, _RELATED):
            places = [e.start for e in self.gap.resume.evidence if e.skill == match.via[0]]
            line = str(line_number(text, places[0])) if places else ""
            result.append((self.name(match), self._shown_how(match.via[0]), line))
        return result

    def _shown_how(self, skill: str) -> str:
        """In words: "you used Docker", or by their own word alone "you say you know Docker"."""
        grades = {e.grade for e in self.gap.resume.evidence if e.skill == skill}
        verb = "used" if "used" in grades else "list" if grades else "say you know"
        return f"you {verb} {self.taxonomy.skill(skill).name}"

    def missing(self) -> list[tuple[str, list[str]]]:
        """(how it is learned, names): by study, on the job, by exam."""
        ways: dict[str, list[str]] = {"by study": [], "on the job": [], "by exam": []}
        for match in self._cut([m for m in self._hard("missing") if not says_not_yet(m)], _NAMES):
            ways[self._way(match.requirement.skill)].append(self.name(match))
        return [(way, names) for way, names in ways.items() if names]

    def denied(self) -> list[str]:
        """Asked skills that the resume says are not there, or still being learned."""
        return [
            self.name(m)
            for m in self.gap.matches
            if says_not_yet(m) and any(e.grade in ("denied", "learning") for e in m.evidence)
        ]

    def by_others(self) -> list[str]:
        """Asked skills that the resume says others used."""
        return [
            self.name(m)
            for m in self.gap.matches
            if says_not_yet(m) and not any(e.grade in ("denied", "learning") for e in m.evidence)
        ]

    def more(self) -> int:
        """How many names were left out for want of room."""
        left = len([m for m in self._hard("missing") if not says_not_yet(m)]) - _NAMES
        return 0 if self.full else max(0, left)

    def literal(self) -> list[str]:
        return [] if self.label else [" ".join(term.text.split()) for term in self.gap.literal]

    def next_steps(self) -> list[tuple[str, str, str]]:
        """(when, what, must-haves met before -> after)."""
        result = []
        for action in self.actions:
            when = _WHEN[action.when] or (f"{action.hours[0]}-{action.hours[1]} h" if action.hours else "")
            change = f"{action.before} -> {action.after}" if action.after > action.before else ""
            result.append((when, self._what(action), change))
        return result

    def _what(self, action: Action) -> str:
        names = self._joined([self.taxonomy.skill(skill).name for skill in action.skills])
        if action.when == "today":
            return f"where it is true, say {names} in those words"
        if action.when == "story":
            return f"listed but not shown in work: prepare a story of using {names}"
        if action.when == "study":
            first = f", after {self._joined(action.first)}" if action.first else ""
            return f"step {action.step}{first}: {names}"
        return f"take on {names}: only the job teaches it"

    def _joined(self, names: Sequence[str]) -> str:
        shown = list(names if self.full else names[: _NAMES // 2])
        left = len(names) - len(shown)
        if left:
            return f"{', '.join(shown)} and {left} more"
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"

    # -- lookups ----------------------------------------------------------------------------

    def name(self, match: SkillMatch) -> str:
        return self.taxonomy.skill(match.requirement.skill).name

    def _hard(self, status: str) -> list[SkillMatch]:
        found = [
            m for m in self.gap.matches if m.status == status and is_hard(m.requirement.skill, self.taxonomy)
        ]
        if status in ("missing", "related"):
            open_groups = {s for g in self.gap.groups if not g.lenient for s in g.members}
            found = [m for m in found if m.requirement.skill in open_groups]
        return sorted(found, key=lambda m: _STRENGTH[m.requirement.level])

    def _cut(self, matches: list[SkillMatch], most: int) -> list[SkillMatch]:
        return matches if self.full else matches[:most]

    def _decisive(self, match: SkillMatch) -> Mention:
        level = match.requirement.level
        return min(match.requirement.mentions, key=lambda m: (m.level != level, m.start))

    def _way(self, skill: str) -> str:
        steps = [self.taxonomy.steps[s] for s in self.taxonomy.skill(skill).steps[:1]]
        how = steps[0].how if steps else "study"
        return {"on_the_job": "on the job", "credential": "by exam"}.get(how, "by study")


def thin(report: GapReport) -> list[str]:
    """Why an ad can't be ranked by its counts; empty if it can."""
    return thin_reasons(report.gap)


def ranked(reports: Sequence[GapReport]) -> tuple[list[GapReport], list[GapReport]]:
    """(ads that can be ranked, best first; the others by name)."""

    def key(report: GapReport) -> tuple[float, float, int, str]:
        strict, lenient, of = counts(report.gap, "required")
        return -lenient / of, -strict / of, -of, report.gap.job.document.source

    apart = [report for report in reports if thin(report)]
    apart.sort(key=lambda report: report.gap.job.document.source)
    return sorted((r for r in reports if not thin(r)), key=key), apart
