"""The report on saved listings for many resumes: which steps bring the most people over the line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from skillgap.market.people import PeopleUnlock, StepsForPeople
from skillgap.market.ranking import Fit, Ranking
from skillgap.rendering.fit_report import line_words, listing_words
from skillgap.rendering.market_words import Section, plural

_CLIENT = "client "  # opens the label of a person who is not named
_GRID = "LISTING BY LISTING"
_LISTINGS = 12  # of the grid in brief


class PeopleReport:
    """For many resumes: which step, and which two, bring the most people over the line."""

    def __init__(self, people: PeopleUnlock, rankings: Sequence[Ranking] = (), *, full: bool = False) -> None:
        """``rankings`` of the same people in their order, for the grid; without them there is none."""
        self.people = people
        self.rankings = rankings
        self.full = full
        labels = [label for label, _ in people.over]
        masked = [label.removeprefix(_CLIENT) for label in labels if label.startswith(_CLIENT)]
        self.tags = masked if len(masked) == len(labels) else [str(n) for n in range(1, len(labels) + 1)]

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
        """Now, listing by listing, by one step, by two."""
        now = [
            (label if label.endswith(f" {tag}") else f"{tag} {label}", "", str(count))
            for tag, (label, count) in zip(self.tags, self.people.over, strict=True)
        ]
        parts = [
            Section("OPEN NOW", now, "", "listings", first=50, last=8),
            self._grid(),
            self._steps("ONE STEP", self.people.single),
            self._steps("TWO STEPS", self.people.pairs),
        ]
        return [section for section in parts if section.rows]

    def _grid(self) -> Section:
        """Listings against people: how many must-haves each of them meets, the likeliest listings first."""
        fits: dict[tuple[str, str, str], dict[int, Fit]] = {}
        for number, ranking in enumerate(self.rankings):
            for fit in ranking.fits:
                fits.setdefault(fit.listing.key, {})[number] = fit
        rows = []
        for key in sorted(fits, key=lambda key: (min(fit.rank_key for fit in fits[key].values()), key)):
            met = [fits[key][number] for number in range(len(self.rankings))]
            told = listing_words(met[0].listing)
            rows.append((told, str(met[0].of), *(str(fit.lenient) for fit in met)))
        shown = rows if self.full else rows[:_LISTINGS]
        more = f", {len(rows) - len(shown)} more with --all" if len(rows) > len(shown) else ""
        return Section(_GRID, shown, f"must-haves met{more}", head=("of", *self.tags))

    def _steps(self, title: str, found: Sequence[StepsForPeople]) -> Section:
        rows = []
        for steps in found if self.full else found[:3]:
            first = f", the first one for {len(steps.first)}" if steps.first else ""
            low, high = steps.hours
            spent = f"{low} to {high} h" if low != high else f"{high} h"
            gained = f"{plural(steps.listings, 'listing')} more{' in all' if len(steps.people) > 1 else ''}"
            words = f"{' + '.join(steps.titles)}: {gained}{first}, {spent}"
            rows.append((str(len(steps.people)), words, ""))
            if self.full:
                rows.append(("", ", ".join(steps.people), ""))
        return Section(title, rows, "people who get at least one more listing by it", first=4, last=0)

    def foot(self) -> list[str]:
        """How sure that is."""
        lines = [
            "Every step and every pair was looked at. Hours are estimates, upper bounds with",
            "all steps that come before; two figures where they differ between people.",
        ]
        masked = any(label.startswith(_CLIENT) for label, _ in self.people.over)
        if masked:
            lines.append("Clients are numbered by file name; --key FILE keeps who is who, for you.")
        return lines if self.full else [*lines, "Who gains by a step, and each resume by itself: --all"]
