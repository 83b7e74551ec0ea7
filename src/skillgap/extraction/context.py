"""What a match means where it stands: level, negation, and the sentence it belongs to.

Heading first, then the words of the clause: "Bonus points: Rust" under *Requirements* is a wish,
"the ideal candidate knows Rust" under *The opportunity* is a demand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from skillgap.extraction.cues import Cue, CuesByPlace
from skillgap.extraction.tokens import BREAK, COMMA, Tokens
from skillgap.model import Block, Match
from skillgap.taxonomy.compiler import is_named

_SILENT_SECTIONS = frozenset({"eeo", "benefits", "application", "logistics", "company", "team", "title"})
_LONG = 120  # words after which a sentence without a full stop is cut at its next comma
_DENIAL = 10  # words on either side that can hold a denial
_DEEPEST = 4  # nested brackets that are kept apart
_NEGATION_REACH = 3  # words between "no" and what it denies
# Cues that say something only of the matches before, behind or near them.
_TURNING = frozenset({"levels.preferred", "levels.preferred_after", "negation.before", "negation.after"})
_ASKING_SECTIONS = frozenset({"requirements", "preferred", "responsibilities", "stack"})


class Sentence(NamedTuple):
    """Words ``begin..end-1`` of a block: a bullet, a sentence or a part of one between semicolons."""

    block: Block
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level of one match, whether it is denied, and the rules that said so.

    ``level`` is None where the text asks the candidate for nothing (benefits, law).
    """

    level: str | None
    negated: bool
    rules: tuple[str, ...]


def sentences(tokens: Tokens, blocks: Sequence[Block]) -> Iterator[Sentence]:
    """The sentences of all blocks, headings included, in text order."""
    for block in blocks:
        begin = bisect_left(tokens.starts, block.start)
        stop = bisect_left(tokens.starts, block.end)
        while begin < stop:
            end = _end_of_sentence(tokens.joints, begin, stop)
            yield Sentence(block, begin, end)
            begin = end


def _end_of_sentence(joints: Sequence[int], begin: int, stop: int) -> int:
    """The word after the last one of the sentence that begins at a word; before ``stop`` in any case."""
    farthest = min(stop, begin + 2 * _LONG + 1)
    try:
        end = joints.index(BREAK, begin, farthest) + 1
    except ValueError:
        end = farthest
    for position in range(begin + _LONG, min(end, begin + 2 * _LONG)):
        if joints[position] >= COMMA:
            return position + 1
    return end


def asks(cues: CuesByPlace, sentence: Sentence) -> bool:
    """Whether a sentence asks the candidate for something."""
    block = sentence.block
    if block.is_heading or block.section in _SILENT_SECTIONS:
        return False
    if block.level in ("required", "preferred"):
        return True
    return "requirement" in cues.labels(sentence.begin)


def with_sentence(matches: Sequence[Match], spans: Sequence[Sentence]) -> Iterator[tuple[Match, Sentence]]:
    """Each match with the sentence that its first word stands in."""
    begins = [sentence.begin for sentence in spans]
    for match in matches:
        number = bisect_right(begins, match.first) - 1
        if number >= 0 and match.first < spans[number].end:
            yield match, spans[number]


def parentheses(tokens: Tokens, begin: int, end: int) -> dict[int, tuple[int, int]]:
    """Word -> (first, last) of the innermost bracket around it, within ``begin..end-1``."""
    between = tokens.text[tokens.starts[begin] : tokens.starts[end - 1]] if begin < end else ""
    if "(" not in between and "[" not in between:
        return {}
    opened: list[int] = []
    owner: dict[int, int] = {}  # word -> first word of its innermost bracket
    last: dict[int, int] = {}
    for position in range(begin, end):
        since = tokens.ends[position - 1] if position > begin else tokens.starts[position]
        for char in tokens.text[since : tokens.starts[position]]:
            if char in "([":
                opened.append(position)
            elif char in ")]" and opened:
                opened.pop()
        if opened:
            owner[position] = opened[-1]
            for first in opened[-_DEEPEST:]:
                last[first] = position
    return {word: (first, last.get(first, word)) for word, first in owner.items()}


class ContextReader:
    """Decides the level of matches from section and cues."""

    def __init__(
        self,
        tokens: Tokens,
        cues: CuesByPlace,
        duties: AbstractSet[str],
        *,
        headed: bool,
    ) -> None:
        """``duties`` are verbs, not folded, that open a sentence of what is to be done."""
        self._tokens = tokens
        self._cues = cues
        self._duties = duties
        self._headed = headed
        self._plain: dict[tuple[int, bool], Verdict] = {}  # by sentence and whether it is a name
        self._bracketed: tuple[Sentence | None, Mapping[int, tuple[int, int]]] = (None, {})

    def verdict(self, match: Match, sentence: Sentence) -> Verdict:
        """How the ad asks for this match: one answer for a sentence in which no cue turns on the place."""
        if not _TURNING.isdisjoint(self._cues.labels(sentence.begin)):
            return self._read(match, sentence)
        key = sentence.begin, is_named(match.kind)
        verdict = self._plain.get(key)
        if verdict is None:
            verdict = self._plain[key] = self._read(match, sentence)
        return verdict

    def _read(self, match: Match, sentence: Sentence) -> Verdict:
        level, rules = self._level(match, sentence)
        negated, cue = self._negated(match, sentence)
        if cue:
            rules.append(f"negation: {cue}")
        return Verdict(level, negated, tuple(rules))

    # -- level ------------------------------------------------------------------------------

    def _level(  # noqa: PLR0911 - a ladder: the first rule that speaks decides
        self, match: Match, sentence: Sentence
    ) -> tuple[str | None, list[str]]:
        block = sentence.block
        rules = [f"section: {block.section}"]
        if block.heading:
            rules.append(f"heading: {block.heading}")
        if self._boilerplate(sentence):
            return None, [*rules, "boilerplate line"]
        base = block.level
        wish = self._wish(match, sentence)
        if wish is not None and base not in ("none", "context"):
            return "preferred", [*rules, f"cue: {wish.text}"]
        if base in ("required", "preferred"):
            return base, rules
        demand = self._first("levels.required", sentence)
        if demand is not None and base != "none":
            return "required", [*rules, f"cue: {demand.text}"]
        if base == "responsibility":
            return base, rules
        duty = self._duty(sentence)
        if duty and base != "none":
            return "responsibility", [*rules, duty]
        if base is None and not self._headed and self._first("levels.company", sentence) is None:
            return "responsibility", [*rules, "the ad has no headings"]
        if base == "none" or not is_named(match.kind):
            return None, rules
        return "context", rules

    def _duty(self, sentence: Sentence) -> str:
        """What makes a sentence one of duties: a cue, or a verb that opens it ("Own the roadmap")."""
        cue = self._first("levels.responsibility", sentence)
        if cue is not None:
            return f"cue: {cue.text}"
        opens = sentence.block.level is None and self._tokens.words[sentence.begin].lower() in self._duties
        return "opens with a duty" if opens and not self._advertises(sentence.block) else ""

    def _advertises(self, block: Block) -> bool:
        """Whether a paragraph speaks of the company or to its customers."""
        starts = self._tokens.starts
        begin, end = bisect_left(starts, block.start), bisect_left(starts, block.end)
        return any(self._cues.within(label, begin, end) for label in ("levels.company", "levels.slogan"))

    def _boilerplate(self, sentence: Sentence) -> bool:
        found = len(self._cues.within("boilerplate", sentence.begin, sentence.end))
        return found > (1 if sentence.block.section in _ASKING_SECTIONS else 0)

    def _first(self, label: str, sentence: Sentence) -> Cue | None:
        found = self._cues.within(label, sentence.begin, sentence.end)
        return found[0] if found else None

    def _wish(self, match: Match, sentence: Sentence) -> Cue | None:
        """The cue that makes this match a wish, or None."""
        for label in ("levels.preferred", "levels.preferred_after"):
            for cue in self._cues.within(label, sentence.begin, sentence.end):
                brackets = self._brackets(sentence)
                if label.endswith("after") and match.first < cue.first:
                    continue
                if self._reaches(cue, match, sentence, brackets):
                    return cue
        return None

    def _brackets(self, sentence: Sentence) -> Mapping[int, tuple[int, int]]:
        if sentence is not self._bracketed[0]:
            found = parentheses(self._tokens, sentence.begin, sentence.end)
            self._bracketed = (sentence, found)
        return self._bracketed[1]

    def _reaches(
        self, cue: Cue, match: Match, sentence: Sentence, brackets: Mapping[int, tuple[int, int]]
    ) -> bool:
        """Whether cue and match share a clause; a bracket is a clause of its own."""
        around = brackets.get(cue.first)
        if around is not None:
            first, last = around
            about_it_only = last - first <= cue.last - cue.first + 1
            return first <= match.first <= last or (about_it_only and match.last == first - 1)
        demand = self._first("levels.required", sentence)
        if demand is None or demand.first == cue.first or sentence.block.section == "preferred":
            return True
        low, high = sorted((cue.first, match.first))
        commas = sum(self._tokens.joints[p] == COMMA for p in range(low, high))
        if commas and low < demand.first < high:
            return False
        return not (demand.last < match.first < cue.first and self._with_demand(demand, match, cue, brackets))

    def _with_demand(
        self, demand: Cue, match: Match, cue: Cue, brackets: Mapping[int, tuple[int, int]]
    ) -> bool:
        """Whether a bracket behind a demand holds the match: "AWS is a must (Lambda), Go a plus"."""
        around = brackets.get(match.first)
        return around is not None and around[0] == demand.last + 1 and around[1] < cue.first

    # -- negation ---------------------------------------------------------------------------

    def _negated(self, match: Match, sentence: Sentence) -> tuple[bool, str]:
        excepted = self._cues.within("negation.except", sentence.begin, sentence.end)
        spared = {word for cue in excepted for word in range(cue.first, cue.last + 1)}
        for cue in self._cues.within(
            "negation.before", max(sentence.begin, match.first - _DENIAL), match.first
        ):
            if cue.first in spared:
                continue
            distance = match.first - cue.last - 1
            if distance <= _NEGATION_REACH and not self._comma_between(cue.last, match.first):
                return True, cue.text
        for cue in self._cues.within(
            "negation.after", match.last + 1, min(sentence.end, match.last + _DENIAL)
        ):
            wished = self._cues.within("levels.preferred", sentence.begin, cue.first)
            distance = cue.first - match.last - 1
            if distance <= _NEGATION_REACH and not wished and not self._comma_between(match.last, cue.first):
                return True, cue.text
        return False, ""

    def _comma_between(self, low: int, high: int) -> bool:
        return any(self._tokens.joints[position] >= COMMA for position in range(low, high))
