"""Names that are everyday words too ("Go", "Excel"): what on their line speaks for them."""

from __future__ import annotations

from collections.abc import Sequence

from skillgap.extraction.guards import line_bounds
from skillgap.extraction.settling import Candidate
from skillgap.extraction.tokens import COMMA, CONNECTORS, INLINE, PLUS, SLASH, Tokens
from skillgap.taxonomy.runtime import Taxonomy

_ROUNDS = 6  # how far support is handed on along a list
_NEAR = 6  # words between an ambiguous name and a sure one that speaks for it
_LABEL = 3  # words that can stand before a colon and name what follows
_NO_ANCHORS = frozenset({"soft", "domain", "human_language"})  # kinds that speak for no name
_SEPARATORS = frozenset({SLASH, PLUS, COMMA, INLINE})

Supported = tuple[Candidate, str]  # with the reason why it counts


class Support:
    """Finds what speaks for ambiguous names; holds no state between texts."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        words = taxonomy.words
        self._introducers = frozenset(map(taxonomy.fold, words["introducers"]))
        self._words = frozenset(map(taxonomy.fold, words["support"]))
        self._of_tongues = self._words | frozenset(map(taxonomy.fold, words["tongue_support"]))

    def of(self, tokens: Tokens, sure: Sequence[Candidate], unsure: Sequence[Candidate]) -> list[Supported]:
        """Those of the unsure names that something on their line speaks for."""
        if not unsure:
            return []
        anchors = {word for c in sure for word in (c.first, c.last) if _is_anchor(c)}
        tongues = {word for c in (*sure, *unsure) for word in (c.first, c.last) if _is_tongue(c)}
        result: list[Supported] = []
        pending = list(unsure)
        for _ in range(_ROUNDS):  # a name that was just supported supports its neighbours in the list
            kept = [
                (c, reason)
                for c in pending
                if (reason := self._reason(tokens, c, tongues - {c.first} if _is_tongue(c) else anchors))
            ]
            if not kept:
                break
            result += kept
            anchors.update(word for c, _ in kept for word in (c.first, c.last))
            found = {id(candidate) for candidate, _ in kept}
            pending = [c for c in pending if id(c) not in found]
        return result

    def _reason(self, tokens: Tokens, candidate: Candidate, anchors: set[int]) -> str:
        """Why an ambiguous name counts here; empty if nothing speaks for it."""
        first, last = candidate.first, candidate.last
        begin, end = line_bounds(tokens, first, last)
        before, after = first - 1, last + 1
        listed = _goes_on(tokens, before) or _goes_on(tokens, last)
        for neighbour in (before, after, before - 1, after + 1):
            if begin <= neighbour < end and neighbour in anchors and listed:
                return f"listed with {tokens.words[neighbour]}"
        support = self._of_tongues if _is_tongue(candidate) else self._words
        for position in range(begin, end):
            if not first <= position <= last and tokens.keys[position] in candidate.form.near:
                return f"near {tokens.words[position]!r}"
        for position in range(max(begin, first - 3), min(end, last + 4)):
            if not first <= position <= last and tokens.keys[position] in support:
                return f"near {tokens.words[position]!r}"
        if (begin == first or _is_labelled(tokens, begin, first)) and end == last + 1:
            return "alone on its line" if len(anchors) > 1 else ""
        close = [p for p in range(max(begin, first - _NEAR), min(end, last + _NEAR + 1)) if p in anchors]
        introduced = first > begin and tokens.keys[before] in self._introducers
        if close and (listed or introduced):
            return f"near {tokens.words[min(close)]!r}"
        return ""


def _is_anchor(candidate: Candidate) -> bool:
    return candidate.form.kind not in _NO_ANCHORS


def _is_tongue(candidate: Candidate) -> bool:
    """Human languages speak for one another: "Mandarin, Malay or Vietnamese"."""
    return candidate.form.kind == "human_language"


def _goes_on(tokens: Tokens, position: int) -> bool:
    """Whether a list goes on between word ``position`` and the next."""
    if not 0 <= position < len(tokens):
        return False
    if tokens.joints[position] in _SEPARATORS:
        return True
    following = tokens.keys[position + 1] if position + 1 < len(tokens) else ""
    return tokens.keys[position] in CONNECTORS or following in CONNECTORS


def _is_labelled(tokens: Tokens, begin: int, first: int) -> bool:
    """Whether all that stands before a name on its line is a short label and a colon: "Nice: Rust"."""
    between = tokens.text[tokens.ends[first - 1] : tokens.starts[first]]
    return first - begin <= _LABEL and ":" in between
