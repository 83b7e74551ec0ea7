"""Saved listings in the shape that ranking and unlocking need: who they are and what they must have.

Requirement groups are those of ``analysis.gap``: sets of alternatives restricted to hard skills, and
each lone hard skill as a group of one. Listings that no count can speak for are marked, not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from sys import intern
from typing import Any

from skillgap.analysis.coverage import FEWEST_GROUPS, LEAST_UNDERSTOOD
from skillgap.analysis.gap import COUNTED_LEVELS, UNCOUNTED_KINDS, Shown
from skillgap.overrides import NONE, Correction, Overrides

MUST = COUNTED_LEVELS[0]
APART = ("skip", "applied", "closed", "thin")  # why a listing is not ranked, strongest reason first
_MARKS = frozenset(APART[:2])


@dataclass(frozen=True, slots=True)
class Group:
    """A must-have: ``minimum`` of ``members`` (skill ids) meet it."""

    minimum: int
    members: tuple[str, ...]

    def lacking(self, have: frozenset[str]) -> int:
        """How many more members would meet it; 0 if it is met."""
        return max(0, self.minimum - sum(member in have for member in self.members))


@dataclass(frozen=True, slots=True)
class Listing:
    """One saved listing. ``apart`` says why it is not ranked (None if it is), ``reasons`` in words.

    ``copies`` counts near copies that were folded into it. ``word`` are skills that the person knows by
    their own word where this listing is concerned, ``known`` those with what they include, of one person.
    """

    digest: str
    source: str
    row: str | None
    title: str | None
    company: str | None
    place: str | None
    url: str | None
    posted: str | None
    closes: str | None
    role: str | None
    years_min: int | None
    groups: tuple[Group, ...]
    apart: str | None = None
    reasons: tuple[str, ...] = ()
    copies: int = 0
    word: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()

    def having(self, have: frozenset[str]) -> frozenset[str]:
        """What counts as there before this listing."""
        return have | self.known if self.known else have

    def unmet(self, have: frozenset[str]) -> list[Group]:
        """The must-haves that are not met by what is there."""
        there = self.having(have)
        return [group for group in self.groups if group.lacking(there)]

    def open(self, have: frozenset[str]) -> tuple[tuple[str, ...], ...]:
        """The skills of must-haves that are not met, without those that are there."""
        there = self.having(have)
        return tuple(tuple(m for m in group.members if m not in there) for group in self.unmet(have))

    @property
    def key(self) -> tuple[str, str, str]:
        """What orders listings wherever nothing else does."""
        return self.source, self.row or "", self.digest

    def to_dict(self) -> dict[str, Any]:
        """What identifies the listing, for records and tables."""
        return {
            "source": self.source,
            "row": self.row,
            "title": self.title,
            "company": self.company,
            "url": self.url,
            "place": self.place,
            "posted": self.posted,
            "closes": self.closes,
            "digest": self.digest,
            "copies": self.copies,
        }


@dataclass(frozen=True, slots=True)
class Listings:
    """Many listings in a settled order, with what their records say of the skills they name."""

    items: tuple[Listing, ...]
    kinds: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    steps: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def counted(self) -> tuple[Listing, ...]:
        """The listings that can be ranked."""
        return tuple(listing for listing in self.items if listing.apart is None)

    def apart(self) -> Counter[str]:
        """How many are not, by why."""
        return Counter(listing.apart for listing in self.items if listing.apart is not None)


Records = Iterable[Mapping[str, Any]] | Listings


def read_listings(
    records: Records,
    *,
    marks: Mapping[str, str] | None = None,
    as_of: date | None = None,
    families: Mapping[str, str] | None = None,
    overrides: Overrides = NONE,
) -> Listings:
    """Listings out of ``skillgap/job@1`` records, whatever their order; Listings pass as they are.

    ``marks`` maps the digest of a listing to ``applied`` or ``skip``, ``families`` that of a near copy to
    the digest that stands for all of them. What closed before ``as_of`` is marked closed; without a day
    nothing is. ``overrides`` are the person's corrections; of near copies one that they speak of stands for
    all.
    """
    if isinstance(records, Listings):
        return records
    reader = _Reader()
    found: dict[str, list[Listing]] = {}
    said = {digest: {mark} for digest, mark in (marks or {}).items()}
    corrected = set()
    for record in records:
        own = overrides.for_ad(str(record["source"]), _row(record))
        listing = reader.read(record, own, own.know - overrides.everywhere.know)
        if own is not overrides.everywhere:
            corrected.add(listing.key)
        if own.status is not None:
            said.setdefault(listing.digest, set()).add(own.status)
        found.setdefault((families or {}).get(listing.digest, listing.digest), []).append(listing)
    heads = (_folded(name, family, corrected) for name, family in found.items())
    listings = sorted(heads, key=lambda item: item.key)
    marked = _family_marks(found, said)
    day = as_of.isoformat() if as_of else ""
    return Listings(
        tuple(_set_apart(listing, marked.get(listing.digest), day) for listing in listings),
        reader.kinds,
        reader.names,
        reader.steps,
    )


def known_to(listings: Listings, shown: Shown) -> Listings:
    """The listings with all that a person knows, by their own word, where single ones are concerned."""
    words = {listing.word for listing in listings.items if listing.word}
    if not words:
        return listings
    there = shown.shown | frozenset(shown.implied)
    more = {word: shown.also(word) for word in words}
    known = {word: (also.shown | frozenset(also.implied)) - there for word, also in more.items()}
    items = (replace(item, known=known[item.word]) if item.word else item for item in listings.items)
    return replace(listings, items=tuple(items))


class _Reader:
    """Reads records one by one; equal ids and groups are one object, which keeps 100,000 listings small."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.steps: dict[str, tuple[str, ...]] = {}
        self._ids: dict[str, str] = {}
        self._same: dict[Group, Group] = {}

    def read(self, record: Mapping[str, Any], own: Correction, word: frozenset[str]) -> Listing:
        groups = tuple(self._same.setdefault(group, group) for group in self._groups(record, own))
        reasons = tuple(_thin(record, len(groups)))
        return Listing(
            digest=str(record.get("digest") or f"{record['source']}#{record.get('row')}"),
            source=intern(str(record["source"])),
            row=_row(record),
            title=record.get("title"),
            company=_shared(record.get("company")),
            place=_shared(record.get("place")),
            url=record.get("url"),
            posted=_shared(record.get("posted")),
            closes=_shared(record.get("closes")),
            role=_shared((record.get("role") or {}).get("id")),
            years_min=record.get("years_min"),
            groups=groups,
            apart="thin" if reasons else None,
            reasons=reasons,
            word=word,
        )

    def _groups(self, record: Mapping[str, Any], own: Correction) -> Iterator[Group]:
        """The must-have groups of one record, as ``analysis.gap.requirement_groups`` counts them.

        Corrected as ``Correction.correct`` corrects an ad.
        """
        hard = {}
        for skill in record["skills"]:
            name = self._ids.setdefault(skill["id"], skill["id"])
            level = MUST if name in own.required else skill["level"]
            if name in own.ignore or skill["kind"] in UNCOUNTED_KINDS or level not in COUNTED_LEVELS:
                continue
            hard[name] = level
            self.kinds.setdefault(name, skill["kind"])
            self.names.setdefault(name, str(skill.get("name") or name))
            self.steps.setdefault(name, tuple(step["id"] for step in skill.get("steps", ())))
        grouped: set[str] = set()
        for group in record["groups"]:
            members = tuple(self._ids[m] for m in group["members"] if m in hard)
            raised = not own.required.isdisjoint(set(group["members"]) - own.ignore)
            level = MUST if raised else group["level"]
            if members and level in COUNTED_LEVELS:
                grouped.update(members)
                grouped.update(skill for skill in group.get("of", ()) if skill not in own.required)
                if level == MUST:
                    yield Group(min(group["min"], len(members)), members)
        for name, level in hard.items():
            if level == MUST and name not in grouped:
                yield Group(1, (name,))


def _shared(text: str | None) -> str | None:
    return intern(text) if text else text


def _thin(record: Mapping[str, Any], of: int) -> Iterator[str]:
    """Why a listing can't be ranked by its counts, in the words of ``analysis.coverage``."""
    if of < FEWEST_GROUPS:
        yield f"it names only {of} hard must-have{'s' if of != 1 else ''}"
    understood = record.get("understood")
    if understood is not None and understood < LEAST_UNDERSTOOD:
        yield f"only {understood:.0%} of its lines were understood"
    if not record.get("english", True):
        yield "it is mostly not in English"
    if not record.get("in_field", True):
        yield "it is from outside the field"


def _row(record: Mapping[str, Any]) -> str | None:
    return None if record.get("row") is None else str(record["row"])


def _folded(name: str, family: list[Listing], corrected: Container[tuple[str, str, str]]) -> Listing:
    """The listing that stands for its near copies: a corrected one, the one named, the earliest posted."""
    best = min(
        family,
        key=lambda item: (item.key not in corrected, item.digest != name, item.posted or "9999", item.key),
    )
    return replace(best, copies=len(family) - 1)


def _family_marks(families: Mapping[str, list[Listing]], said: Mapping[str, set[str]]) -> dict[str, str]:
    """Every digest with the strongest mark that it or a copy of it carries."""
    found = {}
    for name, family in families.items():
        digests = {name, *(listing.digest for listing in family)}
        own = sorted({mark for d in digests for mark in said.get(d, ()) if mark in _MARKS}, key=APART.index)
        if own:
            found.update(dict.fromkeys(digests, own[0]))
    return found


def _set_apart(listing: Listing, mark: str | None, day: str) -> Listing:
    if mark is not None:
        why = "you marked it skip" if mark == "skip" else "you have applied"
        return replace(listing, apart=mark, reasons=(why,))
    if day and listing.closes and listing.closes[:10] < day:
        return replace(listing, apart="closed", reasons=(f"closed since {listing.closes[:10]}",))
    return listing
