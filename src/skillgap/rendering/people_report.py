"""The report on saved listings for many resumes: which steps bring the most people over the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillgap.market.people import PeopleUnlock, StepsForPeople
from skillgap.rendering.fit_report import line_words
from skillgap.rendering.market_words import Section, plural


class PeopleReport:
    """For many resumes: which step, and which two, bring the most people over the line."""

    def __init__(self, people: PeopleUnlock, *, full: bool = False) -> None:
        self.people = people
        self.full = full

    def headline(self) -> str:
        """How many people and listings."""
        count = plural(len(self.people.over), "resume")
        return f"{count} and {plural(self.people.counted, 'saved listing')} that can be ranked"

    def frame(self) -> Iterator[str]:
        """Who is over the line somewhere already."""
        there = sum(count > 0 for _, count in self.people.over)
        line = line_words(self.people.line)
        yield f"{there} of {len(self.people.over)} show {line} of at least one listing."

    def sections(self) -> list[Section]:
        """Now, by one step, by two."""
        now = [(label, "", str(count)) for label, count in self.people.over]
        parts = [
            Section("OPEN NOW", now, "", "listings", first=50, last=8),
            self._steps("ONE STEP", self.people.single),
            self._steps("TWO STEPS", self.people.pairs),
        ]
        return [section for section in parts if section.rows]

    def _steps(self, title: str, found: Sequence[StepsForPeople]) -> Section:
        rows = []
        for steps in found if self.full else found[:3]:
            first = f", the first one for {len(steps.first)}" if steps.first else ""
            low, high = steps.hours
            spent = f"{low}-{high} h" if low != high else f"{high} h"
            words = f"{' + '.join(steps.titles)}: {plural(steps.listings, 'listing')} more{first}, {spent}"
            rows.append((str(len(steps.people)), words, ""))
            if self.full:
                rows.append(("", ", ".join(steps.people), ""))
        return Section(title, rows, "people who get at least one more listing", first=4, last=0)

    def foot(self) -> list[str]:
        """How sure that is."""
        lines = ["Every step and every pair was looked at. Hours are estimates, upper bounds."]
        return lines if self.full else [*lines, "Who they are, and each resume by itself: --all"]
