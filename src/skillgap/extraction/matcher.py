"""Text -> matches: the trie walk, the verification of each form, the choice among overlaps.

One walk serves all: folded words lead through the trie; what ends there is a candidate. Names
are then verified letter by letter, ambiguous names need support on their line, and overlapping
literal candidates are settled longest first. See docs/ARCHITECTURE.md for the measurements
that chose this over spaCy's PhraseMatcher.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from skillgap.extraction.forms import Forms
from skillgap.extraction.one_case import listed
from skillgap.extraction.settling import Candidate, Settler
from skillgap.extraction.support import Support
from skillgap.extraction.tokens import COMMA, CONNECTORS, PLUS, SLASH, SOFT, Tokens, tokenize
from skillgap.model import Match
from skillgap.taxonomy.compiler import AMBIGUOUS, COORDINATION, END, EXACT, GAP_KEY, INFLECTED, LITERAL
from skillgap.taxonomy.runtime import Taxonomy

_MAX_GAP = 4  # words inside "deploy .. model"
_MAX_COORDINATED = 7  # words between a head and its shared rest
_NEVER = 10**9  # a place that no list reaches
_MAX_ITEM = 2  # words of one listed item
_LIST_JOINTS = frozenset({SLASH, PLUS, COMMA})
_HOW = {LITERAL: "literal", INFLECTED: "inflected", EXACT: "exact", AMBIGUOUS: "supported"}

Node = Mapping[str, Any]


class SkillMatcher:
    """Finds every skill of a taxonomy in a text.

    The matcher holds no state between texts: the same text gives the same matches, whatever
    was read before.
    """

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._fold = taxonomy.fold
        self._compounds = taxonomy.compounds
        self._trie = taxonomy.trie
        self._forms = Forms(taxonomy)
        self._stop = frozenset(self._fold(word) for word in taxonomy.words["gap_stop"])
        joined = frozenset(self._fold(a + b) for a, seconds in self._compounds.items() for b in seconds)
        self._settler = Settler(taxonomy, joined)
        self._support = Support(taxonomy)

    def __call__(self, text: str) -> list[Match]:
        """All matches in normalised text, by place; offsets refer to ``text``."""
        return self.match(tokenize(text, self._fold, self._compounds))

    def match(
        self, tokens: Tokens, rejected: list[Match] | None = None, *, inner: bool = False
    ) -> list[Match]:
        """All matches among ready tokens; ``rejected`` collects names that guards turned down.

        With ``inner`` a skill named inside a longer one counts too: who built a "RAG assistant" knows RAG.
        """
        literal, stretched, bent = self._walk(tokens)
        nested: list[Candidate] | None = [] if inner else None
        sure, unsure = self._settler.settle(literal, nested)
        blocked = [word for c in sure if c.form.decoy for word in range(c.first, c.last + 1)]
        sure = [c for c in sure if not c.form.decoy]
        sure, stretched = self._settler.resolve(tokens, sure, stretched)
        supported = self._support.of(tokens, sure, unsure)
        if bent:
            supported += listed(tokens, [*sure, *(c for c, _ in supported)], blocked, bent)
        if rejected is not None:
            counted = {(candidate.first, candidate.form.id) for candidate, _ in supported}
            turned_down = [c for c in unsure if (c.first, c.form.id) not in counted]
            rejected += [self._match(tokens, candidate) for candidate in turned_down]
        matches = [self._match(tokens, c) for c in sure]
        matches += [self._match(tokens, c, reason) for c, reason in supported]
        matches += [self._match(tokens, c) for c in stretched]
        matches += [self._match(tokens, c) for c in nested or ()]
        return _without_repeats(matches)

    # -- the walk ---------------------------------------------------------------------------

    def _walk(  # noqa: C901 - one loop over the words, what can follow each side by side
        self, tokens: Tokens
    ) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
        """Every form that stands in the text, overlaps included.

        (word after word, with other words in between, names whose case has to be right and is not)
        """
        keys, joints, forms = tokens.keys, tokens.joints, self._forms
        literal: list[Candidate] = []
        stretched: list[Candidate] = []
        bent: list[Candidate] = []
        count = len(keys)
        links = _next_links(tokens)
        for first, branch in enumerate(map(self._trie.__getitem__, keys)):
            node, position = branch, first
            while node is not None:
                if END in node:
                    for number in node[END]:
                        form = forms[number]
                        if form.stands(tokens, first, position, whole=True):
                            literal.append(Candidate(first, position, form))
                        elif (
                            form.mode >= EXACT
                            and _is_item(tokens, first, position)
                            and form.bends(tokens, first, position)
                        ):
                            bent.append(Candidate(first, position, form))
                if GAP_KEY in node:
                    stretched += self._gaps(tokens, first, position, node[GAP_KEY])
                if COORDINATION in node and links[position] - position <= _MAX_COORDINATED:
                    shared = node[COORDINATION]
                    reach = keys[position + 2 : position + 2 + _MAX_COORDINATED]
                    if not shared.keys().isdisjoint(reach):
                        stretched += self._coordinated(tokens, first, position, shared)
                if joints[position] > PLUS:
                    break
                position += 1
                if position == count:
                    break
                node = node.get(keys[position])
        stretched = [c for c in stretched if c.form.stands(tokens, c.first, c.last, whole=False)]
        return literal, stretched, bent

    def _gaps(self, tokens: Tokens, first: int, position: int, tail: Node) -> Iterator[Candidate]:
        """Continue in ``tail`` after up to four words; no function word, no sentence end."""
        keys, joints = tokens.keys, tokens.joints
        for start in range(position + 1, min(position + 2 + _MAX_GAP, len(keys))):
            if joints[start - 1] > COMMA:
                return
            found = False
            for candidate in self._tail(tokens, first, position, start, tail):
                found = True
                yield candidate
            if found or keys[start] in self._stop:
                return

    def _tail(self, tokens: Tokens, first: int, inner: int, start: int, tail: Node) -> Iterator[Candidate]:
        keys, joints = tokens.keys, tokens.joints
        node = tail.get(keys[start])
        position = start
        while node is not None:
            for form in node.get(END, ()):
                yield Candidate(first, position, self._forms[form], "gap", inner, start)
            if GAP_KEY in node:
                yield from self._gaps(tokens, first, position, node[GAP_KEY])
            if joints[position] > PLUS or position + 1 == len(keys):
                return
            position += 1
            node = node.get(keys[position])

    def _coordinated(  # noqa: C901 - one pass over the list, its states side by side
        self, tokens: Tokens, first: int, position: int, tail: Node
    ) -> Iterator[Candidate]:
        """A shared rest: "unit, [integration and end-to-end] testing", "model [training and] drift".

        Either the list opens right after the first part and an "and", "or" or slash stands before
        its last item; or such a connector stands right before the shared rest. Listed
        items have at most two words, so that no clause is mistaken for one.
        """
        keys, joints = tokens.keys, tokens.joints
        item, items, joined = 0, 0, False
        opens = False
        for start in range(position + 1, min(position + 2 + _MAX_COORDINATED, len(keys))):
            joint, key = joints[start - 1], keys[start]
            if joint > COMMA or item > _MAX_ITEM:
                return
            separated = joint != SOFT or keys[start - 1] in CONNECTORS
            if start == position + 1:
                opens = separated or key in CONNECTORS
            if separated and item:
                items, item = items + 1, 0
            joined = joined or joint in (SLASH, PLUS) or keys[start - 1] in CONNECTORS
            if key in tail and (items or item):
                head_shared = opens and joined and not separated
                linked = joint in (SLASH, PLUS) or keys[start - 1] in CONNECTORS
                modifier_shared = not opens and linked and self._ends_item(tokens, start)
                if head_shared or modifier_shared:
                    for form in tail[key].get(END, ()):
                        yield Candidate(first, start, self._forms[form], "coordination", position, start)
                if head_shared:
                    return
            if key in CONNECTORS or _hyphenated(tokens, start):  # "end-to-end" is one word here
                continue
            if key in self._stop:
                return
            item += 1

    def _ends_item(self, tokens: Tokens, position: int) -> bool:
        """Whether a listed item ends with this word: "drift" does in "model training and drift"."""
        if tokens.joints[position] != SOFT or position + 1 == len(tokens):
            return True
        following = tokens.keys[position + 1]
        return following in self._stop or following in CONNECTORS

    # -- results ----------------------------------------------------------------------------

    def _match(self, tokens: Tokens, candidate: Candidate, support: str = "") -> Match:
        first, last, form, how = candidate[:4]
        return Match(
            skill=form.id,
            kind=form.kind,
            start=tokens.starts[first] - (1 if form.prefix else 0),
            end=tokens.ends[last],
            alias=form.alias,
            first=first,
            last=last,
            how=how or _HOW[form.mode],
            support=support,
        )


def _is_item(tokens: Tokens, first: int, last: int) -> bool:
    """Whether words may be a whole item of a list: nothing but signs, "and" or "or" stands beside them."""
    keys, joints = tokens.keys, tokens.joints
    if first and joints[first - 1] == SOFT and keys[first - 1] not in CONNECTORS:
        return False
    return joints[last] != SOFT or keys[last + 1] in CONNECTORS


def _hyphenated(tokens: Tokens, position: int) -> bool:
    """Whether a hyphen ties word ``position`` to the word before it."""
    return tokens.text[tokens.ends[position - 1] : tokens.starts[position]] == "-"


def _next_links(tokens: Tokens) -> list[int]:
    """For each word the next place at which a list can go on: a comma, slash, "and" or "or"."""
    pairs = zip(tokens.keys, tokens.joints, strict=True)
    places = [i for i, (key, joint) in enumerate(pairs) if joint in _LIST_JOINTS or key in CONNECTORS]
    links: list[int] = []
    for place in places:
        links += [place] * (place + 1 - len(links))
    return links + [_NEVER] * (len(tokens) - len(links))


def _without_repeats(matches: list[Match]) -> list[Match]:
    """Sort by place; of overlapping matches of the same skill the longer stays."""
    result: list[Match] = []
    latest: dict[str, Match] = {}
    for match in sorted(matches, key=lambda m: (m.start, -m.end, m.skill, m.alias)):
        earlier = latest.get(match.skill)
        if earlier is not None and match.start < earlier.end:
            continue
        latest[match.skill] = match
        result.append(match)
    return result
