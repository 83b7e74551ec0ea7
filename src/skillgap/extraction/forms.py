"""Written forms as the matcher needs them: taken out of the index when a text first leads to them."""

from __future__ import annotations

from typing import NamedTuple

from skillgap.extraction.guards import Guard, joints_agree, spelled
from skillgap.extraction.tokens import Tokens
from skillgap.taxonomy.compiler import AMBIGUOUS, DECOY, EXACT, is_named
from skillgap.taxonomy.runtime import Taxonomy

_MAX_CHARACTERS = 80  # a mention longer than this quotes a sentence, not a skill


class Form(NamedTuple):
    """One written form of a skill, or of something that only looks like one (a decoy)."""

    number: int  # in the index: forms without other differences keep this order
    skill: int  # number of the skill; DECOY for none
    id: str  # of the skill
    kind: str
    alias: str  # as the taxonomy writes it
    mode: int  # LITERAL, INFLECTED, EXACT or AMBIGUOUS
    raw: tuple[str, ...] | None  # the spelling, where it counts
    joints: tuple[str, ...] | None  # the signs that must stand between the words, if any must
    prefix: str  # the sign that must stand before the first word
    named: bool  # a name or a decoy: nothing else may stand on its words
    strength: tuple[int, str]  # of equally long forms the lowest stays
    guard: Guard | None  # what may not stand around it, if anything may not
    near: frozenset[str]  # words that speak for it when they stand on its line

    @property
    def ambiguous(self) -> bool:
        """Whether something near it has to speak for it."""
        return self.mode == AMBIGUOUS

    @property
    def decoy(self) -> bool:
        """Whether it is there to keep other forms off its words."""
        return self.skill == DECOY

    def stands(self, tokens: Tokens, first: int, last: int, *, whole: bool) -> bool:
        """Whether the words are this form; ``whole`` if they follow one another, without a gap."""
        start = tokens.starts[first]
        if tokens.ends[last] - start > _MAX_CHARACTERS:
            return False
        if whole:
            if self.prefix and tokens.text[max(0, start - 1) : start] != self.prefix:
                return False
            if last > first and not joints_agree(tokens, first, last, self.joints):
                return False
        words = tokens.words[first : last + 1]
        if self.raw is not None and not spelled(words, self.raw, exact=self.mode >= EXACT):
            return False
        if self.guard is None or (self.named and last > first and self.mode != AMBIGUOUS):
            return True  # "Microsoft Excel at ..." needs no guard
        return self.guard.allows(tokens, first, last)

    def bends(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether the words are this form but for their case, and stand where it may stand."""
        if (
            self.raw is None
            or self.prefix
            or (last > first and not joints_agree(tokens, first, last, self.joints))
        ):
            return False
        words = tokens.words[first : last + 1]
        if any(word.lower() != own.lower() for word, own in zip(words, self.raw, strict=True)):
            return False
        return self.guard is None or self.guard.allows(tokens, first, last)


class Forms(dict[int, Form]):
    """Number of a form -> the form; fills itself from the taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        super().__init__()
        self._taxonomy = taxonomy
        self._guards: dict[int, Guard] = {}

    def __missing__(self, number: int) -> Form:
        skill, alias, mode, raw, joints, prefix = self._taxonomy.forms[number]
        kind = "" if skill == DECOY else self._taxonomy.kinds[skill]
        guard = self._guard(skill)
        rank = 0 if mode == EXACT else 1 if mode != AMBIGUOUS else 2
        form = self[number] = Form(
            number=number,
            skill=skill,
            id="" if skill == DECOY else self._taxonomy.ids[skill],
            kind=kind,
            alias=alias,
            mode=mode,
            raw=None if raw is None else tuple(raw),
            joints=tuple(joints) if joints and any(joints) else None,
            prefix=prefix,
            named=skill == DECOY or is_named(kind),
            strength=(3, "") if skill == DECOY else (rank, self._taxonomy.ids[skill]),
            guard=guard if guard.forbids else None,
            near=guard.near,
        )
        return form

    def _guard(self, skill: int) -> Guard:
        guard = self._guards.get(skill)
        if guard is None:
            rules = self._taxonomy.guards.get(skill)
            guard = self._guards[skill] = Guard(rules, self._taxonomy.fold)
        return guard
