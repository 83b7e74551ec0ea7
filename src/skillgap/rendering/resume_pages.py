"""The report on one resume: what it shows of each skill, for a terminal and as markdown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skillgap.analysis.gap import standing
from skillgap.rendering.draw import draw_grid, draw_indented, draw_title, styled
from skillgap.rendering.quotes import brief, line_number
from skillgap.taxonomy import Taxonomy

if TYPE_CHECKING:
    from rich.console import Console

    from skillgap.model import Evidence, ResumeProfile

GRADES = {
    "used": ("SHOWN IN WORK, PROJECTS OR CERTIFICATES", "line"),
    "listed": ("LISTED ONLY", ""),
    "others": ("DONE BY OTHERS, BY YOUR OWN WORDS, NOT COUNTED", ""),
    "learning": ("STILL LEARNING, NOT COUNTED", ""),
    "denied": ("NOT YET, BY YOUR OWN WORDS", ""),
}
_DEGREES = {"bachelor": "bachelor's degree", "master": "master's degree", "phd": "PhD"}
_KNOWN = "KNOWN BY YOUR OWN WORD, COUNTED"
_MOST = 15


class ResumePage:
    """Everything the report on a resume shows, ready to lay out."""

    def __init__(
        self,
        profile: ResumeProfile,
        taxonomy: Taxonomy,
        *,
        full: bool = False,
        label: str = "",
        known: Sequence[str] = (),
    ) -> None:
        self.profile = profile
        self.known = [taxonomy.skill(skill).name for skill in known]  # by the person's own word
        self.label = label  # stands for the file's name and every quote in an anonymous report
        self.taxonomy = taxonomy
        self.full = full

    def source(self) -> str:
        return self.label or self.profile.document.source

    def headline(self) -> str:
        profile = self.profile
        parts = [
            f"about {profile.years_total:g} years of dated work"
            if profile.years_total is not None
            else "no dated work found",
            _DEGREES[profile.degree.level] if profile.degree else "no degree found",
        ]
        return " · ".join(parts)

    def warnings(self) -> list[str]:
        meta: dict[str, Any] = dict(self.profile.document.meta)
        notes = [] if self.label else [str(note) for note in meta.get("notes") or ()]
        if meta.get("hidden") and not self.label:
            words = "; ".join(str(text)[:60] for text in meta["hidden"][:3])
            notes.append(f"Hidden text was left out, as a recruiter cannot see it: “{words}”")
        if not self.profile.english:
            notes.append("Mostly not in English: names are read, denials may be missed.")
        return notes

    def of_grade(self, grade: str) -> list[tuple[str, str, str, str]]:
        """(name, years and last use, words, line) of the skills whose best evidence has this grade."""
        text = self.profile.document.text
        rows = []
        for found in self._best(grade):
            years = self.profile.years.get(found.skill)
            rows.append(
                (
                    self.taxonomy.skill(found.skill).name,
                    f"≤ {years:g} y" if years else "",
                    self._words(text, found),
                    str(line_number(text, found.start)),
                )
            )
        return rows

    def _words(self, text: str, found: Evidence) -> str:
        return "" if self.label else brief(text, found.start, found.end, 1_000 if self.full else 28)

    def _best(self, grade: str) -> list[Evidence]:
        found: dict[str, list[Evidence]] = {}
        for evidence in self.profile.evidence:
            found.setdefault(evidence.skill, []).append(evidence)
        years = self.profile.years
        chosen = [
            next(e for e in all_of_it if standing([e]) == grade)
            for all_of_it in found.values()
            if standing(all_of_it) == grade
        ]
        return sorted(chosen, key=lambda e: (-years.get(e.skill, 0), e.start, e.skill))


def draw_resume(console: Console, page: ResumePage) -> None:
    """Print the report on one resume."""
    console.print(styled(page.source(), style="bold"))
    console.print(styled(page.headline()))
    console.print(
        styled("≤ years: as long as the jobs and projects that used it; say less if it was less", style="dim")
    )
    for note in page.warnings():
        console.print(styled(note, style="yellow"))
    for grade, (title, right) in GRADES.items():
        rows = page.of_grade(grade)
        if not rows:
            continue
        shown = rows if page.full else rows[:_MOST]
        more = f"; {len(rows) - len(shown)} more with --all" if len(rows) > len(shown) else ""
        draw_title(console, title, str(len(rows)), right)
        if grade == "used" or page.full:
            draw_grid(
                console,
                [(name, f"{years:9}{words}", line) for name, years, words, line in shown],
                first=30,
                wrap=page.full,
            )
            if more:
                draw_indented(console, more.lstrip("; "), "")
        else:
            draw_indented(console, ", ".join(name for name, *_ in shown), more)
    if page.known:
        draw_title(console, _KNOWN, str(len(page.known)))
        draw_indented(console, ", ".join(page.known), "")
    console.print()
    hint = f"Compare it with an ad: skillgap compare {page.source()} AD"
    if len(hint) > console.width or "<" in hint or page.label:
        hint = "Compare it with an ad: skillgap compare CV AD"
    console.print(styled(hint, style="dim"))


def resume_markdown(page: ResumePage) -> str:
    """The report on one resume as markdown."""
    from skillgap.rendering.markdown import escape

    lines = [f"# {escape(page.source())}", "", page.headline(), ""]
    lines += [f"> {escape(note)}\n" for note in page.warnings()]
    for grade, (title, _) in GRADES.items():
        rows = page.of_grade(grade)
        if not rows:
            continue
        lines += [
            f"## {title.capitalize()} ({len(rows)})",
            "",
            "| Skill | Years | Words | Line |",
            "|---|---|---|---|",
        ]
        lines += [f"| {escape(n)} | {y} | {escape(w)} | {line} |" for n, y, w, line in rows]
        lines.append("")
    if page.known:
        lines += [f"## {_KNOWN.capitalize()} ({len(page.known)})", "", escape(", ".join(page.known)), ""]
    return "\n".join(lines)
