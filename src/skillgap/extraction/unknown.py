"""Phrases that a requirement line asks for and the taxonomy does not know.

They are shown apart and never counted: a reader sees what was not understood, and the editor of
the taxonomy what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import CuesByPlace
from skillgap.extraction.tokens import COMMA, CONNECTORS, INLINE, SLASH, SOFT, Tokens
from skillgap.model import Match, UnknownTerm

_MAX_WORDS = 4
_MAX_TERMS = 40
_MAX_DIRECT = 3  # words right after "experience with" that are taken without a list around them
_LONGEST_LABEL = 6
_OTHER_READERS = frozenset({
    "boilerplate", "degree.bachelor", "degree.master", "degree.phd", "degree.any",
    "conditions.work_permit", "conditions.travel", "conditions.time_zone", "conditions.clearance",
})  # fmt: skip
_SEPARATORS = frozenset({SLASH, COMMA, INLINE})


class UnknownWords(NamedTuple):
    """Folded words: no part of a term at its ends; between terms; verbs that open a duty."""

    stop: frozenset[str]
    gap_stop: frozenset[str]
    duties: frozenset[str]


class UnknownFinder:
    """Collects unknown terms of asking sentences."""

    def __init__(
        self, tokens: Tokens, cues: CuesByPlace, words: UnknownWords, told: AbstractSet[str]
    ) -> None:
        """``told`` are the words that the ad uses of itself, as written: no capital of theirs is a skill."""
        self._tokens = tokens
        self._cues = cues
        self._stop = words.stop
        self._gap_stop = words.gap_stop
        self._duties = words.duties
        self._told = told

    def find(self, asking: Sequence[tuple[Sentence, Sequence[Match]]]) -> tuple[UnknownTerm, ...]:
        """Unknown terms, each once (by its words, without case), in text order."""
        terms: dict[str, UnknownTerm] = {}
        for sentence, matches in asking:
            if self._is_other(sentence):
                continue
            covered = {i for m in matches for i in range(m.first, m.last + 1)}
            for first, last in self._candidates(sentence, covered):
                start, end = self._tokens.starts[first], self._tokens.ends[last]
                text = self._tokens.text[start:end]
                key = " ".join(self._tokens.keys[first : last + 1])
                if "\x00" not in text and key not in terms and len(terms) < _MAX_TERMS:
                    terms[key] = UnknownTerm(text, start, end)
        return tuple(terms.values())

    def _is_other(self, sentence: Sentence) -> bool:
        """Degrees, permits, travel and the law have readers of their own."""
        return not _OTHER_READERS.isdisjoint(self._cues.labels(sentence.begin))

    def _candidates(self, sentence: Sentence, covered: set[int]) -> Iterator[tuple[int, int]]:
        openers = self._cues.within("unknown.opener", sentence.begin, sentence.end)
        after = min((cue.last for cue in openers), default=sentence.end)
        direct = {cue.last + 1 for cue in openers}
        for first, last in self._segments(sentence, covered):
            begin, end = self._trimmed(first, last)
            if begin > end or end - begin + 1 > _MAX_WORDS or self._is_label(sentence, end):
                continue
            if self._is_doing(begin, end):
                continue
            if self._is_name(begin, end, sentence):
                if begin > after or not self._is_told(begin, end):
                    yield begin, end
            elif self._leans(first, last, begin, end, covered):
                continue
            elif (
                (begin > after or self._beside_known(first, last, covered)) and self._in_list(begin, end)
            ) or (not direct.isdisjoint(range(first, begin + 1)) and end - begin < _MAX_DIRECT):
                yield begin, end

    def _is_label(self, sentence: Sentence, end: int) -> bool:
        """Whether the words only name what follows: "Technical stack: ...", "Why us?"."""
        after = self._tokens.ends[end]
        following = self._tokens.text[after : after + 1]
        return following == "?" or (following == ":" and end - sentence.begin < _LONGEST_LABEL)

    def _leans(self, first: int, last: int, begin: int, end: int, covered: set[int]) -> bool:
        """Whether the words only lean on a known skill: "utilizing [Kafka]", "[Gemini] ecosystem"."""
        joints = self._tokens.joints
        left = first - 1 in covered and joints[first - 1] == SOFT and first == begin
        right = last + 1 in covered and joints[last] == SOFT and last == end
        return left or right

    def _beside_known(self, first: int, last: int, covered: set[int]) -> bool:
        """Whether the neighbour in the list is a known skill."""
        keys = self._tokens.keys

        def known(place: int, step: int) -> bool:
            while 0 <= place < len(keys) and keys[place] in CONNECTORS:
                place += step
            return place in covered

        return known(first - 1, -1) or known(last + 1, 1)

    def _segments(self, sentence: Sentence, covered: set[int]) -> Iterator[tuple[int, int]]:
        begin: int | None = None
        for position in range(sentence.begin, sentence.end):
            key = self._tokens.keys[position]
            cut = position in covered or key in CONNECTORS or key in self._gap_stop
            if cut:
                if begin is not None:
                    yield begin, position - 1
                begin = None
                continue
            if begin is None:
                begin = position
            if self._tokens.joints[position] in _SEPARATORS:
                yield begin, position
                begin = None
        if begin is not None:
            yield begin, sentence.end - 1

    def _is_doing(self, first: int, last: int) -> bool:
        """Whether it is only a verb that goes on: "[adhering] to", "[maintain] a suite"."""
        word, key = self._tokens.words[first], self._tokens.keys[first]
        if first != last or not word.islower():
            return False
        goes_on = self._tokens.joints[last] == SOFT and self._tokens.keys[last + 1] not in CONNECTORS
        return key in self._duties or (goes_on and word.endswith(("ing", "ed")))

    def _is_told(self, first: int, last: int) -> bool:
        """Whether the ad uses all the words of itself: its own name, its products, its places."""
        return all(word in self._told for word in self._tokens.words[first : last + 1])

    def _trimmed(self, first: int, last: int) -> tuple[int, int]:
        keys, words = self._tokens.keys, self._tokens.words
        while first <= last and (keys[first] in self._stop or keys[first].rstrip("+").isdigit()):
            first += 1
        if first < last and keys[first] in self._duties and words[first + 1].islower():
            first += 1  # "track consumer state"
        while first <= last and (keys[last] in self._stop or len(keys[last]) < 2):
            last -= 1
        return first, last

    def _is_name(self, first: int, last: int, sentence: Sentence) -> bool:
        """Capitals inside a sentence, or letters mixed with digits: a product nobody told us of."""
        for position in range(first, last + 1):
            word = self._tokens.words[position]
            inner_capital = any(char.isupper() for char in word[1:])
            opens = position == sentence.begin or self._opens_clause(position)
            if len(word) > 1 and (inner_capital or (word[0].isupper() and not opens)):
                return True
        return False

    def _opens_clause(self, position: int) -> bool:
        """After a colon or a dash a capital is that of a new clause."""
        between = self._tokens.text[self._tokens.ends[position - 1] : self._tokens.starts[position]]
        return any(char in between for char in ":?!\u2013\u2014") or " - " in between

    def _in_list(self, first: int, last: int) -> bool:
        """An item between separators, of at most three words."""
        if last - first + 1 > _MAX_WORDS - 1:
            return False
        joints, keys = self._tokens.joints, self._tokens.keys
        left = first > 0 and (joints[first - 1] in _SEPARATORS or keys[first - 1] in CONNECTORS)
        right = joints[last] in _SEPARATORS or (last + 1 < len(keys) and keys[last + 1] in CONNECTORS)
        return left or right
