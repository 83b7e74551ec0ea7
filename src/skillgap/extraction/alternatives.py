"""Any-of groups: "PyTorch or TensorFlow", "AWS/GCP/Azure", "such as LangChain, LlamaIndex".

Matches that follow one another in a list make a chain; an "or", a slash, an opener ("such as",
"e.g."), a chooser ("at least one of") or a closer ("or similar") makes a chain a set of
alternatives. A plain "and" does not.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from skillgap.extraction.context import Sentence, parentheses
from skillgap.extraction.cues import CuesByPlace
from skillgap.extraction.tokens import COMMA, INLINE, SLASH, SOFT, Tokens
from skillgap.model import Match
from skillgap.taxonomy.compiler import is_named

_MARKS = frozenset({"alternatives.opener", "alternatives.one_of"})
_NEW_CHAIN = ("alternatives.opener", "unknown.opener")  # between two items: "such as", "experience with"
_MAX_STRANGERS = 4  # words of an unknown item between two known ones of a list
_OPENER_REACH = 4  # words between "such as" and the first known item
_CHOOSER_REACH = 9  # words between "at least one" and the first item


class Slot(NamedTuple):
    """Overlapping matches: one place of a list."""

    first: int
    last: int
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Matches of which ``minimum`` will do, and the words that said so; ``of`` is the class named before."""

    matches: tuple[Match, ...]
    minimum: int
    rule: str
    of: tuple[Match, ...] = ()


def _slots(matches: Iterable[Match]) -> list[Slot]:
    slots: list[Slot] = []
    for match in sorted(matches, key=lambda m: (m.first, -m.last)):
        if slots and match.first <= slots[-1].last:
            top = slots[-1]
            slots[-1] = Slot(top.first, max(top.last, match.last), (*top.matches, match))
        else:
            slots.append(Slot(match.first, match.last, (match,)))
    return slots


class AlternativesFinder:
    """Finds the any-of groups of one sentence after another."""

    def __init__(self, tokens: Tokens, cues: CuesByPlace, class_words: frozenset[str] = frozenset()) -> None:
        self._tokens = tokens
        self._cues = cues
        self._class_words = class_words  # folded: "platform", "database"; a field is no class of products

    def find(self, sentence: Sentence, matches: Sequence[Match]) -> list[Alternatives]:
        """The groups among the matches of a sentence, in text order."""
        if len(matches) < 2:  # one alone is no choice
            return []
        slots = _slots(matches)
        brackets = parentheses(self._tokens, sentence.begin, sentence.end)
        named = {m.last for m in matches if is_named(m.kind)}
        groups: list[Alternatives] = []
        breaks = [label for label in _NEW_CHAIN if label in self._cues.labels(sentence.begin)]
        for chain in self._chains(slots, brackets, breaks):
            found = self._judge(chain, sentence, brackets)
            if not found and self._fills_bracket(chain, brackets, named):
                found = [_group(chain, 1, "a list in brackets")]
            groups.extend(found or self._shared_heads(chain))
        return [replace(group, of=self._of(group, matches)) for group in groups]

    def _of(self, group: Alternatives, matches: Sequence[Match]) -> tuple[Match, ...]:
        """The class right before its examples: "cloud platforms (AWS, GCP)", "a database such as ..."."""
        first = min(match.first for match in group.matches)
        return tuple(
            match
            for match in matches
            if match.last < first and self._is_class(match) and self._leads(match.last, first)
        )

    def _is_class(self, match: Match) -> bool:
        return not is_named(match.kind) and self._tokens.keys[match.last] in self._class_words

    def _leads(self, before: int, first: int) -> bool:
        """Whether nothing but a bracket or colon, "such as", "e.g." or the like stands between two words."""
        if before + 1 == first:
            return self._tokens.joints[before] == INLINE
        openers = self._cues.within("alternatives.opener", before + 1, first)
        opening = {word for cue in openers for word in range(cue.first, cue.last + 1)}
        return opening.issuperset(range(before + 1, first))

    def _shared_heads(self, chain: Sequence[Slot]) -> list[Alternatives]:
        """One place of the list and yet a choice: "NoSQL or relational databases"."""
        groups = []
        for slot in chain:
            shared = [m for m in slot.matches if m.how == "coordination"]
            inside = [m for m in slot.matches if any(m.last == s.last and m is not s for s in shared)]
            words = {self._tokens.keys[i] for m in shared for i in range(m.first, m.last)}
            if shared and inside and "or" in words and "and" not in words:
                groups.append(Alternatives(tuple(dict.fromkeys((*shared, *inside))), 1, "or"))
        return groups

    def _fills_bracket(
        self, chain: Sequence[Slot], brackets: dict[int, tuple[int, int]], named: set[int]
    ) -> bool:
        """Names in brackets that stand for a class: "orchestration tools (Airflow, Prefect)".

        Behind a name ("AWS (S3, Lambda)") a bracket lists parts, and all of them count.
        """
        around = brackets.get(chain[0].first)
        if around is None or len(chain) < 2 or not _all_named(chain):
            return False
        if around[0] - 1 in named:
            return False
        words = self._tokens.keys[around[0] : around[1] + 1]
        return chain[0].first == around[0] and "and" not in words and around[1] - chain[-1].last <= 2

    def _chains(
        self, slots: Sequence[Slot], brackets: Mapping[int, tuple[int, int]], breaks: Sequence[str]
    ) -> list[list[Slot]]:
        chains: list[list[Slot]] = [[slots[0]]]
        for left, right in itertools.pairwise(slots):
            same_bracket = brackets.get(left.last) == brackets.get(right.first)
            new = any(self._cues.within(label, left.last + 1, right.first) for label in breaks)
            if same_bracket and not new and self._listed(left.last, right.first):
                chains[-1].append(right)
            else:
                chains.append([right])
        return chains

    def _separators(self, left: int, right: int) -> tuple[set[str], int]:
        """(kinds of separators, number of other words) between words ``left`` and ``right``."""
        kinds: set[str] = set()
        strangers = 0
        for position in range(left, right):
            joint = self._tokens.joints[position]
            if joint == SLASH:
                kinds.add("/")
            elif joint == COMMA:
                kinds.add(",")
            elif joint != SOFT:
                kinds.add("(" if joint == INLINE else "&")
            if position > left:
                word = self._tokens.words[position].lower()
                if word in ("or", "and"):
                    kinds.add(word)
                else:
                    strangers += 1
        return kinds, strangers

    def _listed(self, left: int, right: int) -> bool:
        kinds, strangers = self._separators(left, right)
        most = 1 if "and" in kinds and not kinds & {",", "or"} else _MAX_STRANGERS
        return bool(kinds & {",", "/", "&", "or", "and"}) and strangers <= most

    def _judge(
        self, chain: Sequence[Slot], sentence: Sentence, brackets: dict[int, tuple[int, int]]
    ) -> list[Alternatives]:
        if len(chain) < 2:
            return []
        rule, minimum = self._marked(chain, sentence, brackets)
        if rule:
            return [_group(chain, minimum, rule)]
        closed = self._closed(chain, sentence)
        if closed:
            return closed
        between = [self._separators(a.last, b.first)[0] for a, b in itertools.pairwise(chain)]
        with_or = any("or" in kinds for kinds in between)
        with_and = any("and" in kinds for kinds in between)
        if "or" in between[-1] and not with_and:  # "A, B or C"; in "A, B or C, D" only B and C are a choice
            return [_group(chain, 1, "or")]
        groups: list[Alternatives] = []
        run = [chain[0]]
        for slot, kinds in zip(chain[1:], between, strict=True):
            slash = "/" in kinds and "and" not in kinds and _interchangeable(run[-1], slot)
            if "or" in kinds or slash:
                run.append(slot)
                continue
            if len(run) > 1:
                groups.append(_group(run, 1, "or" if with_or else "slash"))
            run = [slot]
        if len(run) > 1:
            groups.append(_group(run, 1, "or" if with_or else "slash"))
        return groups

    def _marked(
        self, chain: Sequence[Slot], sentence: Sentence, brackets: dict[int, tuple[int, int]]
    ) -> tuple[str, int]:
        """The opener or chooser that makes the whole chain a set of alternatives."""
        first = chain[0].first
        if _MARKS.isdisjoint(self._cues.labels(sentence.begin)):
            return "", 1
        floor = max(sentence.begin, first - _CHOOSER_REACH)
        two = self._cues.within("alternatives.minimum_two", floor, first)
        minimum = min(2, len(chain)) if two else 1
        for cue in self._cues.within(
            "alternatives.opener", max(sentence.begin, first - _OPENER_REACH - 2), first
        ):
            if first - cue.last - 1 <= _OPENER_REACH and brackets.get(cue.last) == brackets.get(first):
                return cue.text, minimum
        for cue in self._cues.within("alternatives.one_of", floor, first):
            return cue.text, minimum
        return "", 1

    def _closed(self, chain: Sequence[Slot], sentence: Sentence) -> list[Alternatives]:
        """The items before "or similar"; "A and B, and work with C or other" closes C alone."""
        if "alternatives.closer" not in self._cues.labels(sentence.begin):
            return []
        last = chain[-1].last
        closers = self._cues.within("alternatives.closer", last + 1, min(sentence.end, last + 5))
        if not closers:
            return []
        run = [chain[-1]]
        for left, right in reversed(list(itertools.pairwise(chain))):
            kinds, strangers = self._separators(left.last, right.first)
            if "and" in kinds and strangers:
                break
            run.insert(0, left)
        return [_group(run, 1, closers[0].text)] if len(run) > 1 else []


def _all_named(slots: Sequence[Slot]) -> bool:
    return all(is_named(match.kind) for slot in slots for match in slot.matches)


def _interchangeable(left: Slot, right: Slot) -> bool:
    """Whether a slash means "or": AWS/GCP does, Docker/Kubernetes and ETL/ELT mean both."""
    kinds = {match.kind for slot in (left, right) for match in slot.matches}
    return len(kinds) == 1 and is_named(*kinds) and "tool" not in kinds


def _group(slots: Sequence[Slot], minimum: int, rule: str) -> Alternatives:
    matches = tuple(match for slot in slots for match in slot.matches)
    return Alternatives(matches, minimum, rule)
