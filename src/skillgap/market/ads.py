"""Records of listings as the market report needs them: small, and each distinct ad once.

A record is a ``skillgap/job@1`` as a plain dict. Near copies come folded from elsewhere, as a
mapping from each digest to the digest that stands for its family.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, combinations
from sys import intern
from typing import Any

from skillgap.analysis.coverage import LEAST_UNDERSTOOD
from skillgap.analysis.gap import COUNTED_LEVELS, UNCOUNTED_KINDS
from skillgap.taxonomy import Skill, Taxonomy

Pair = tuple[str, str]
_SHORTEST = 3  # letters of initials that need no name beside them
_LEVELS = len(COUNTED_LEVELS)
_PARTS = _LEVELS + 3  # of the numbers of an ad: levels, what is in sets, pairs, terms
_NEVER = "9999-99-99"  # sorts after every date


@dataclass(frozen=True, slots=True)
class Pay:
    """A stated salary; either end may be open."""

    low: float | None
    high: float | None
    currency: str
    period: str

    @property
    def middle(self) -> float:
        ends = [end for end in (self.low, self.high) if end is not None]
        return sum(ends) / len(ends)


@dataclass(frozen=True, slots=True)
class Ad:
    """One distinct ad: what the report counts, and what names it to a person.

    ``degree`` is the lowest that will do, and whether it is a must; ``units`` counts the tools, a set of
    alternatives once. Skills and terms are kept as ``numbers``, places in ``words``, which all ads share:
    first the ends of the parts, then the parts, so that 100,000 ads stay small.
    """

    digest: str
    source: str
    row: str | None
    title: str | None
    company: str | None
    url: str | None
    place: str | None
    posted: str | None
    closes: str | None
    work_mode: str | None
    role: str | None
    seniority: str | None
    years: int | None
    degree: tuple[str, bool] | None
    pay: Pay | None
    units: int
    understood: float | None
    english: bool
    in_field: bool
    numbers: array[int]
    words: Sequence[str]

    def _part(self, number: int) -> Iterator[str]:
        start = self.numbers[number - 1] if number else _PARTS
        return map(self.words.__getitem__, self.numbers[start : self.numbers[number]])

    @property
    def levels(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the skills at each of required, preferred, responsibility."""
        return tuple(tuple(self._part(level)) for level in range(_LEVELS))

    @property
    def in_sets(self) -> tuple[str, ...]:
        """Those required skills for which another would do."""
        return tuple(self._part(_LEVELS))

    @property
    def entangled(self) -> Iterator[Pair]:
        """Pairs of skills that say nothing by standing together.

        They are alternatives of one set, or read from the same words.
        """
        skills = self._part(_LEVELS + 1)
        return zip(skills, skills, strict=True)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Terms that the taxonomy lacks."""
        return tuple(self._part(_LEVELS + 2))

    @property
    def employer(self) -> str:
        """The company's name without case and trailing signs; empty if it is not stated."""
        return (self.company or "").casefold().strip(" .,;")

    def asked(self) -> Iterator[str]:
        """Every skill at any level that asks for it."""
        return map(self.words.__getitem__, self.numbers[_PARTS : self.numbers[_LEVELS - 1]])

    def reference(self) -> dict[str, Any]:
        """How lists of the report name this ad."""
        return {
            "source": self.source,
            "row": self.row,
            "digest": self.digest,
            "title": self.title,
            "company": self.company,
            "url": self.url,
        }


class Lexicon:
    """Names, kinds and relations of skills; an id that the taxonomy lacks is taken as its record has it."""

    TOOLS = frozenset({"language", "framework", "tool", "platform", "database", "model"})

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._foreign: dict[str, tuple[str, str]] = {}
        self._above: dict[str, frozenset[str]] = {}
        self._words: list[str] = []
        self._numbers: dict[str, int] = {}

    def learn(self, skill: Mapping[str, Any]) -> None:
        """Remember how a record names a skill."""
        skill_id = skill["id"]
        if skill_id not in self.taxonomy.positions:
            written = (skill["name"], skill["kind"])
            self._foreign[intern(skill_id)] = min(self._foreign.get(skill_id, written), written)

    def skill(self, skill_id: str) -> Skill | None:
        """The taxonomy's entry, if it has one."""
        return self.taxonomy.skill(skill_id) if skill_id in self.taxonomy.positions else None

    def name(self, skill_id: str) -> str:
        entry = self.skill(skill_id)
        return entry.name if entry else self._foreign[skill_id][0]

    def short(self, skill_id: str) -> str | None:
        """The initials under which a skill of several words is known, such as RAG; None if there are none."""
        entry = self.skill(skill_id)
        if entry is None:
            return None
        initials = "".join(word[0] for word in re.split(r"[\s-]+", entry.name) if word).casefold()
        written = [alias.text for alias in entry.aliases if alias.text.casefold() == initials]
        return written[0] if len(initials) >= _SHORTEST and written else None

    def kind(self, skill_id: str) -> str:
        known = skill_id in self.taxonomy.positions
        return self.taxonomy.kind(skill_id) if known else self._foreign[skill_id][1]

    def is_hard(self, skill_id: str) -> bool:
        """Whether a skill is counted: people's skills and languages are shown beside the count."""
        return self.kind(skill_id) not in UNCOUNTED_KINDS

    def pair(self, one: str, other: str) -> Pair:
        """The two in order."""
        return (one, other) if one < other else (other, one)

    def packed(self, parts: Sequence[Sequence[str]]) -> tuple[array[int], Sequence[str]]:
        """Words as an ad keeps them: numbers, and the words that they stand for."""
        numbers = array("I", accumulate(map(len, parts), initial=len(parts)))[1:]
        for word in chain.from_iterable(parts):
            number = self._numbers.setdefault(word, len(self._words))
            if number == len(self._words):
                self._words.append(word)
            numbers.append(number)
        return numbers, self._words

    def above(self, skill_id: str) -> frozenset[str]:
        """All that a skill implies or is a kind of, to the end."""
        known = self._above.get(skill_id)
        if known is None:
            seen: set[str] = set()
            waiting = [skill_id]
            while waiting:
                entry = self.skill(waiting.pop())
                new = {*entry.implies, *entry.broader} - seen if entry else set()
                seen |= new
                waiting.extend(new)
            known = self._above[skill_id] = frozenset(seen)
        return known

    def follows(self, one: str, other: str) -> bool:
        """Whether one of two skills goes without saying where the other stands."""
        return one in self.above(other) or other in self.above(one)


@dataclass(frozen=True)
class Saved:
    """Everything that was saved: ``ads`` are distinct and in the order of their digests."""

    ads: Sequence[Ad]
    records: int
    lexicon: Lexicon

    @cached_property
    def counted(self) -> tuple[Ad, ...]:
        """The ads that the report counts."""
        return tuple(ad for ad in self.ads if not self.reason(ad))

    def reason(self, ad: Ad) -> str | None:
        """Why an ad is left out of every count; None if it is not."""
        if not ad.english:
            return "it is mostly not in English"
        if not ad.in_field:
            return "it is from outside the field"
        if ad.understood is not None and ad.understood < LEAST_UNDERSTOOD:
            return f"only {ad.understood:.0%} of its lines were understood"
        if not any(self.lexicon.is_hard(skill) for skill in ad.asked()):
            return "it asks for no hard skill"
        return None


def saved(
    records: Iterable[Mapping[str, Any]], families: Mapping[str, str] | None, taxonomy: Taxonomy
) -> Saved:
    """Read records one by one and keep one ad per family: its head, or else the earliest that is there.

    Which one is kept does not depend on the order of the records.
    """
    lexicon, heads = Lexicon(taxonomy), families or {}
    best: dict[str, tuple[tuple[bool, str, str, str, str], Ad]] = {}
    number = 0
    for record in records:
        number += 1
        digest = record["digest"]
        family = heads.get(digest, digest)
        place = (record.get("source") or "", str(record.get("row") or ""))
        key = (digest != family, record.get("posted") or _NEVER, digest, *place)
        if family not in best or key < best[family][0]:
            best[family] = (key, read(record, lexicon))
    ads = sorted((ad for _, ad in best.values()), key=lambda ad: ad.digest)
    return Saved(ads, number, lexicon)


def read(record: Mapping[str, Any], lexicon: Lexicon) -> Ad:
    """One record as an ad."""
    skills = record["skills"]
    for skill in skills:
        lexicon.learn(skill)
    levels = [[skill["id"] for skill in skills if skill["level"] == level] for level in COUNTED_LEVELS]
    sets = _sets(record, lexicon)
    in_sets = {s["id"] for s in skills if s["level"] == COUNTED_LEVELS[0] and s.get("group") in sets}
    pairs = {lexicon.pair(*two) for members in sets.values() for two in combinations(members, 2)}
    pairs.update(lexicon.pair(*two) for two in _overlapping(skills))
    unknown = [" ".join(term["text"].split()) for term in record.get("unknown_terms") or ()]
    numbers, words = lexicon.packed([*levels, sorted(in_sets), list(chain(*sorted(pairs))), unknown])
    return Ad(
        digest=record["digest"],
        source=intern(record.get("source") or ""),
        row=record.get("row"),
        title=record.get("title"),
        company=_interned(record.get("company")),
        url=record.get("url"),
        place=_interned(record.get("place")),
        posted=_interned(record.get("posted")),
        closes=_interned(record.get("closes")),
        work_mode=_interned(record.get("work_mode")),
        role=_interned((record.get("role") or {}).get("id")),
        seniority=_interned(record.get("seniority")),
        years=record.get("years_min"),
        degree=_degree(record.get("degree")),
        pay=_pay(record.get("salary")),
        units=_units(levels, list(sets.values()), lexicon),
        understood=record.get("understood"),
        english=record.get("english", True),
        in_field=record.get("in_field", True),
        numbers=numbers,
        words=words,
    )


def _interned(text: str | None) -> str | None:
    return intern(text) if text else None


def _degree(degree: Mapping[str, Any] | None) -> tuple[str, bool] | None:
    return (intern(degree["level"]), bool(degree["required"])) if degree else None


def _pay(salary: Mapping[str, Any] | None) -> Pay | None:
    if not salary:
        return None
    pay = Pay(salary["min"], salary["max"], intern(salary["currency"]), intern(salary["period"]))
    return pay if any(end for end in (pay.low, pay.high)) else None


def _sets(record: Mapping[str, Any], lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """The any-of groups of at least two hard skills, of levels that ask, by their id in the record."""
    named = {skill["id"] for skill in record["skills"]}
    result = {}
    for group in record.get("groups") or ():
        members = sorted({m for m in group["members"] if m in named and lexicon.is_hard(m)})
        if len(members) > 1 and group["level"] in COUNTED_LEVELS:
            result[group["id"]] = tuple(members)
    return result


def _units(levels: Sequence[Sequence[str]], sets: Sequence[tuple[str, ...]], lexicon: Lexicon) -> int:
    """How many tools and products the ad asks for, a set of alternatives counted once."""
    tools = {skill for skills in levels for skill in skills if lexicon.kind(skill) in lexicon.TOOLS}
    grouped = {skill for members in sets for skill in members}
    return len(tools - grouped) + sum(not tools.isdisjoint(members) for members in sets)


def _overlapping(skills: Sequence[Mapping[str, Any]]) -> Iterable[Pair]:
    """Pairs of skills that were read from overlapping words."""
    spans = sorted(
        (mention["start"], mention["end"], skill["id"])
        for skill in skills
        for mention in skill.get("mentions") or ()
    )
    for number, (_, end, skill) in enumerate(spans):
        for start, _, other in spans[number + 1 :]:
            if start >= end:
                break
            if other != skill:
                yield skill, other
