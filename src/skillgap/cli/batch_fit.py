"""``skillgap batch --resume``: every saved listing against one resume or a folder of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from skillgap.overrides import NONE, Overrides

if TYPE_CHECKING:
    from fractions import Fraction

    from skillgap.cli.batch_people import Person
    from skillgap.cli.batch_print import Saved
    from skillgap.market.answers import Unlock
    from skillgap.market.must_haves import Listings
    from skillgap.market.people import PeopleUnlock
    from skillgap.market.ranking import Ranking
    from skillgap.market.role_gaps import RoleGap

_IDENTITY = ("source", "row", "title", "company", "url")
FIT_COLUMNS = (
    *_IDENTITY,
    "client",
    "rank",
    "met_strict",
    "met_lenient",
    "of",
    "over",
    "open",
    "apart",
    "reasons",
)
ROLE_COLUMNS = (
    "client",
    "role",
    "name",
    "listings",
    "over",
    "skills_to_nearest",
    "skills_to_half",
    "missing",
)
TABLES = ("fit", "role_fit")
MATRICES = ("clients", "client_roles")  # a column for each resume: for a spreadsheet, so CSV only
_FEW, _SMALL = 8, 2_000  # people and listings whose grid is a help on a page


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person asked about their resumes: which, how high the line is, what they would learn."""

    resumes: tuple[str, ...] = ()
    line: Fraction | None = None
    skills: int | None = None
    hours: int | None = None
    with_years: bool = False
    anonymise: bool = False
    overrides: Overrides = NONE


class Fits:
    """What the saved listings are to these people; each part is worked out when it is first asked for."""

    def __init__(self, saved: Saved, people: Sequence[Person], wanted: Wanted) -> None:
        self._saved = saved
        self.people = people
        self.wanted = wanted
        self._line: Fraction | int = wanted.line if wanted.line is not None else 1

    @cached_property
    def listings(self) -> Listings:
        from skillgap.market.must_haves import read_listings

        found = read_listings(
            self._saved.records(),
            marks=self._saved.store.marks(),
            as_of=self._saved.request.as_of,
            families=self._saved.families,
            overrides=self.wanted.overrides,
        )
        masks = self._saved.masks
        if masks is None:
            return found
        masked = (replace(item, **masks.reference(item.role, item.digest)) for item in found.items)
        return replace(found, items=tuple(masked))

    def ranking(self, person: Person) -> Ranking:
        from skillgap.market.ranking import rank

        return rank(self.listings, person.shown, self._saved.taxonomy)

    def unlock(self, person: Person) -> Unlock:
        from skillgap.market.unlock import unlock

        return unlock(
            self.listings,
            person.shown,
            self._saved.taxonomy,
            line=self._line,
            skills=self.wanted.skills,
            hours=self.wanted.hours,
            years=person.years if self.wanted.with_years else None,
        )

    def roles(self, person: Person) -> tuple[RoleGap, ...]:
        from skillgap.market.role_gaps import role_gaps

        return role_gaps(self.listings, person.shown, self._saved.taxonomy, line=self._line)

    @cached_property
    def together(self) -> PeopleUnlock:
        """Which steps bring the most of the people over the line."""
        from skillgap.market.people import unlock_people

        named = [(person.label, person.shown) for person in self.people]
        return unlock_people(self.listings, named, self._saved.taxonomy, line=self._line)

    @cached_property
    def grid(self) -> tuple[Ranking, ...]:
        """The rankings of few people, for a grid of listings and people; none where it would not fit."""
        if len(self.people) > _FEW or len(self.listings.items) > _SMALL:
            return ()
        return tuple(self.ranking(person) for person in self.people)

    # -- records and tables -----------------------------------------------------------------

    def records(self) -> dict[str, Any]:
        """The parts of the JSON report that are about the resumes."""
        if len(self.people) == 1:
            return self._of(self.people[0])
        return {
            "people": [{"person": person.label, **self._of(person)} for person in self.people],
            "people_unlock": self.together.to_dict(),
        }

    def _of(self, person: Person) -> dict[str, Any]:
        return {
            "ranking": self.ranking(person).to_dict(),
            "unlock": self.unlock(person).to_dict(),
            "role_gaps": [gap.to_dict() for gap in self.roles(person)],
        }

    def rows(self, table: str) -> Iterator[Sequence[object]]:
        """The table of people against listings, or against the roles of the listings."""
        yield ROLE_COLUMNS if table == "role_fit" else FIT_COLUMNS
        for person in self.people:
            if table == "role_fit":
                for gap in self.roles(person):
                    record = gap.to_dict()
                    missing = "; ".join(skill["id"] for skill in record["missing"])
                    yield (person.label, *(record[name] for name in ROLE_COLUMNS[1:-1]), missing)
            else:
                yield from self._fit_rows(person)

    def matrix(self, table: str) -> Iterator[Sequence[object]]:
        """Listings, or roles of the listings, against people: a row for each, a column for each person."""
        labels = [person.label for person in self.people]
        if table == "client_roles":
            gaps = [{gap.role: gap for gap in self.roles(person)} for person in self.people]
            yield ("role", "name", "listings", *labels)
            for role, first in sorted(gaps[0].items()):
                yield role, first.name, first.listings, *(theirs[role].half for theirs in gaps)
            return
        yield (*_IDENTITY, "apart", "of", *labels)
        rankings = [self.ranking(person) for person in self.people]
        met = [{fit.listing.key: fit.lenient for fit in ranking.fits} for ranking in rankings]
        known = {fit.listing.key: fit for fit in rankings[0].fits}
        for listing in sorted(self.listings.items, key=lambda item: item.key):
            record = listing.to_dict()
            named = [record[name] for name in _IDENTITY]
            if listing.key in known:
                yield *named, None, known[listing.key].of, *(counts[listing.key] for counts in met)
            else:
                yield *named, listing.apart, None, *(None for _ in labels)

    def _fit_rows(self, person: Person) -> Iterator[Sequence[object]]:
        from fractions import Fraction

        ranking = self.ranking(person)
        for number, fit in enumerate(ranking.fits, 1):
            record = fit.to_dict()
            unmet = "; ".join("|".join(members) for members in record["open"])
            counts = (record["met_strict"], record["met_lenient"], record["of"])
            over = fit.over(Fraction(self._line))
            yield (
                *(record[name] for name in _IDENTITY),
                person.label,
                number,
                *counts,
                over,
                unmet,
                None,
                None,
            )
        for listing in ranking.apart:
            record = listing.to_dict()
            reasons = "; ".join(listing.reasons)
            empty = (None,) * 6
            yield (*(record[name] for name in _IDENTITY), person.label, *empty, listing.apart, reasons)


def _line(_ctx: click.Context, _param: click.Parameter, value: str | None) -> Fraction | None:
    from skillgap.market.limits import a_line

    return None if value is None else a_line(value)


def fit_options(command: Any) -> Any:
    """--resume and what is asked about it."""
    options = (
        click.option(
            "--resume",
            "resumes",
            multiple=True,
            metavar="CV",
            help="Rank the listings for a resume, or for each in a folder of them.",
        ),
        click.option(
            "--line",
            metavar="SHARE",
            callback=_line,
            help="The share of a listing's must-haves that is enough, such as 0.8 (1 by default).",
        ),
        click.option(
            "--skills",
            type=click.IntRange(1, 12),
            help="Find the best sets of up to this many skills to learn.",
        ),
        click.option(
            "--hours", type=click.IntRange(1), help="Find what to learn within so many hours instead."
        ),
        click.option(
            "--with-years", is_flag=True, help="Count only listings that ask for no more years than you show."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command
