"""Names that are everyday words too ("Go", "Excel"): what on their line speaks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from skillgap.extraction.guards import line_bounds
from skillgap.extraction.settling import Candidate
from skillgap.extraction.tokens import COMMA, INLINE, PLUS, SLASH, Tokens
from skillgap.taxonomy.runtime import Taxonomy

_ROUNDS = 6  # how far support is handed on along a list
_NEAR = 6  # words between an ambiguous name and a sure one that speaks for it
_NO_ANCHORS = frozenset({"soft", "domain", "human_language"})  # kinds that speak for no name
_CONNECTORS = frozenset({"and", "or"})
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

    def listed(
        self,
        tokens: Tokens,
        sure: Sequence[Candidate],
        supported: Sequence[Candidate],
        bent: Sequence[Candidate],
    ) -> list[Supported]:
        """Names in the wrong case that a list in that very case holds: "python, sql, spark", "GO, RUST".

        ``bent`` are whole items of a list. Those count that stand beside a known name, where a sure name
        shows that the line is written so.
        """
        if not bent:
            return []
        known = [c for c in (*sure, *supported) if _is_anchor(c)]
        taken = {word for c in (*sure, *supported) for word in range(c.first, c.last + 1)}
        anchors = {word for c in known for word in (c.first, c.last)}
        styles = _styles(tokens, sure)
        result: list[Supported] = []
        pending = sorted(bent, key=lambda c: (c.first - c.last, _turned(tokens, c), c.form.number))
        for _ in range(_ROUNDS):
            known_before = len(result)
            for candidate in pending:
                words = range(candidate.first, candidate.last + 1)
                neighbour = _item_beside(tokens, candidate, anchors) if taken.isdisjoint(words) else -1
                begin, end = line_bounds(tokens, candidate.first, candidate.last)
                alike = styles.get(_style(tokens, candidate), ())
                if neighbour >= 0 and any(begin <= word < end for word in alike):
                    result.append((candidate, f"listed with {tokens.words[neighbour]}, in the same case"))
                    taken.update(words)
                    anchors.update((candidate.first, candidate.last))
            if len(result) == known_before:
                break
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
        if begin == first and end == last + 1:
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
    return tokens.keys[position] in _CONNECTORS or following in _CONNECTORS


def _style(tokens: Tokens, candidate: Candidate) -> str:
    """How the words are written: "lower", "upper" or ""."""
    text = tokens.text[tokens.starts[candidate.first] : tokens.ends[candidate.last]]
    return "lower" if text.islower() else "upper" if text.isupper() else ""


def _turned(tokens: Tokens, candidate: Candidate) -> int:
    """How many letters are in another case than the name's own: "react" is React rather than ReAct."""
    written = "".join(tokens.words[candidate.first : candidate.last + 1])
    return sum(a != b for a, b in zip(written, "".join(candidate.form.raw or ()), strict=False))


def _styles(tokens: Tokens, sure: Iterable[Candidate]) -> dict[str, list[int]]:
    """The places of sure names that are written in another case than their own, by the case."""
    places: dict[str, list[int]] = {}
    for candidate in sure:
        form = candidate.form
        own = "".join(form.raw or (form.alias,))  # of a concept too: "nosql" shows how a list is written
        if form.decoy or not (form.named or any(char.isupper() for char in own[1:])):
            continue
        style = _style(tokens, candidate)
        if (style == "lower" and not own.islower()) or (style == "upper" and not own.isupper()):
            places.setdefault(style, []).append(candidate.first)
    return places


def _item_beside(tokens: Tokens, candidate: Candidate, anchors: set[int]) -> int:
    """The known neighbour in the list of a name that is a whole item of it; -1 if there is none."""
    first, last = candidate.first, candidate.last
    begin, end = line_bounds(tokens, first, last)
    before = first - 2 if first > begin and tokens.keys[first - 1] in _CONNECTORS else first - 1
    after = last + 2 if last + 1 < end and tokens.keys[last + 1] in _CONNECTORS else last + 1
    return next((word for word in (before, after) if begin <= word < end and word in anchors), -1)
