"""Saved listings in the shape that ranking and unlocking need: who they are and what they must have.

Requirement groups are those of ``analysis.gap``: sets of alternatives restricted to hard skills, and
each lone hard skill as a group of one. Listings that no count can speak for are marked, not dropped.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from sys import intern
from typing import Any

from skillgap.analysis.coverage import FEWEST_GROUPS, LEAST_UNDERSTOOD
from skillgap.analysis.gap import COUNTED_LEVELS, UNCOUNTED_KINDS

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

    ``copies`` counts near copies that were folded into it.
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
) -> Listings:
    """Listings out of ``skillgap/job@1`` records, whatever their order; Listings pass as they are.

    ``marks`` maps the digest of a listing to ``applied`` or ``skip``, ``families`` that of a near copy to
    the digest that stands for all of them. What closed before ``as_of`` is marked closed; without a day
    nothing is.
    """
    if isinstance(records, Listings):
        return records
    reader = _Reader()
    found: dict[str, list[Listing]] = {}
    for record in records:
        listing = reader.read(record)
        found.setdefault((families or {}).get(listing.digest, listing.digest), []).append(listing)
    listings = sorted((_folded(name, family) for name, family in found.items()), key=lambda item: item.key)
    marked = _family_marks(found, marks or {})
    day = as_of.isoformat() if as_of else ""
    return Listings(
        tuple(_set_apart(listing, marked.get(listing.digest), day) for listing in listings),
        reader.kinds,
        reader.names,
        reader.steps,
    )


class _Reader:
    """Reads records one by one; equal ids and groups are one object, which keeps 100,000 listings small."""

    def __init__(self) -> None:
        self.kinds: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.steps: dict[str, tuple[str, ...]] = {}
        self._ids: dict[str, str] = {}
        self._same: dict[Group, Group] = {}

    def read(self, record: Mapping[str, Any]) -> Listing:
        groups = tuple(self._same.setdefault(group, group) for group in self._groups(record))
        reasons = tuple(_thin(record, len(groups)))
        return Listing(
            digest=str(record.get("digest") or f"{record['source']}#{record.get('row')}"),
            source=intern(str(record["source"])),
            row=None if record.get("row") is None else str(record["row"]),
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
        )

    def _groups(self, record: Mapping[str, Any]) -> Iterator[Group]:
        """The must-have groups of one record, as ``analysis.gap.requirement_groups`` counts them."""
        hard = {}
        for skill in record["skills"]:
            name = self._ids.setdefault(skill["id"], skill["id"])
            if skill["kind"] in UNCOUNTED_KINDS or skill["level"] not in COUNTED_LEVELS:
                continue
            hard[name] = skill["level"]
            self.kinds.setdefault(name, skill["kind"])
            self.names.setdefault(name, str(skill.get("name") or name))
            self.steps.setdefault(name, tuple(step["id"] for step in skill.get("steps", ())))
        grouped: set[str] = set()
        for group in record["groups"]:
            members = tuple(self._ids[m] for m in group["members"] if m in hard)
            if members and group["level"] in COUNTED_LEVELS:
                grouped.update(members)
                if group["level"] == MUST:
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


def _folded(name: str, family: list[Listing]) -> Listing:
    """The listing that stands for its near copies: the one named, or else the earliest posted."""
    best = min(family, key=lambda item: (item.digest != name, item.posted or "9999", item.key))
    return replace(best, copies=len(family) - 1)


def _family_marks(families: Mapping[str, list[Listing]], marks: Mapping[str, str]) -> dict[str, str]:
    """Every digest with the strongest mark that it or a copy of it carries."""
    found = {}
    for name, family in families.items():
        digests = {name, *(listing.digest for listing in family)}
        own = sorted({marks[d] for d in digests if marks.get(d) in _MARKS}, key=APART.index)
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
