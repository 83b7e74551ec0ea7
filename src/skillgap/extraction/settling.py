"""Which of overlapping candidates stay: longest first, and by the words that carry a meaning."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from skillgap.extraction.forms import Form
from skillgap.extraction.tokens import Tokens
from skillgap.taxonomy.runtime import Taxonomy


class Candidate(NamedTuple):
    """Words ``first..last`` that may be a form; ``how`` names the kind of walk.

    In a stretched form the words after ``inner`` and before ``tail`` are not its own.
    """

    first: int
    last: int
    form: Form
    how: str = ""
    inner: int = -1
    tail: int = -1

    def own(self) -> list[int]:
        """The words that belong to the form itself."""
        if not self.how:
            return list(range(self.first, self.last + 1))
        return [*range(self.first, self.inner + 1), *range(self.tail, self.last + 1)]


class Settler:
    """Chooses among candidates; holds no state between texts."""

    def __init__(self, taxonomy: Taxonomy, joined: frozenset[str]) -> None:
        self._joined = joined
        classes = taxonomy.words["classes"]
        self._light = frozenset(
            taxonomy.fold(word) for name in taxonomy.words["light"] for word in classes[name]
        )

    def settle(
        self, candidates: list[Candidate], inner: list[Candidate] | None = None
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Longest first, without overlap; (certain, ambiguous) in text order.

        ``inner`` collects the sure ones that stand wholly inside a longer phrase: "RAG" in "RAG assistant".
        """
        taken: set[int] = set()  # words of names and decoys: nothing else may stand on them
        phrased: set[int] = set()  # words of concepts: a name inside a phrase still counts
        sure: list[Candidate] = []
        unsure: list[Candidate] = []
        for candidate in sorted(candidates, key=_by_length):
            first, last, form = candidate[:3]
            words = range(first, last + 1)
            free = taken.isdisjoint(words)
            if not free or not (phrased.isdisjoint(words) or (form.named and not form.ambiguous)):
                clear = free and not form.ambiguous and not form.decoy
                if inner is not None and clear and phrased.issuperset(words):
                    inner.append(candidate)
                continue
            (unsure if form.ambiguous else sure).append(candidate)
            (taken if form.named else phrased).update(words)
        return sorted(sure, key=_place), sorted(unsure, key=_place)

    def resolve(
        self, tokens: Tokens, literal: list[Candidate], stretched: list[Candidate]
    ) -> tuple[list[Candidate], list[Candidate]]:
        """Of forms that share their weighty words the one with more of them stays.

        "Build and maintain REST APIs" is REST APIs, not API development too; in "deploy the ML
        models" model deployment stays beside machine learning, and the lone "deploy" goes. Names
        of products always stay.
        """
        alone = {(c.first, c.last) for c in literal}
        stretched = [c for c in stretched if c.how != "coordination" or (c.first, c.inner) not in alone]
        overlapping = _overlapping((*literal, *stretched))
        gone = {id(c) for c in overlapping} - self._strongest(tokens, overlapping)
        return [c for c in literal if id(c) not in gone], [c for c in stretched if id(c) not in gone]

    def _strongest(self, tokens: Tokens, candidates: list[Candidate]) -> set[int]:
        """The identities of those that stay."""
        weighty = {id(c): self._weighty(tokens, c) for c in candidates}
        weight = {
            key: sum(2 if tokens.keys[w] in self._joined else 1 for w in own) for key, own in weighty.items()
        }
        order = sorted(
            candidates,
            key=lambda c: (_turn(c, weight[id(c)]), -weight[id(c)], c.how != "", c.first, c.form.number),
        )
        covered: dict[int, int] = {}
        kept: set[int] = set()
        phrase = {
            word: c
            for c in candidates
            if not c.how and c.last > c.first
            for word in range(c.first, c.last + 1)
        }
        for candidate in order:
            skill = candidate.form.skill
            words = weighty[id(candidate)]
            taken = all(covered.get(word, skill) != skill for word in words)
            across = phrase.get(candidate.last) if candidate.how else None
            cut = across is not None and across.last > candidate.last and across.first > candidate.first
            if candidate.form.named or not (taken or cut):
                kept.add(id(candidate))
                for word in words:
                    covered.setdefault(word, skill)
        return kept

    def _weighty(self, tokens: Tokens, candidate: Candidate) -> list[int]:
        """The form's own words without those that any duty may have ("build", "manage")."""
        own = candidate.own()
        return [word for word in own if tokens.keys[word] not in self._light] or own


def _overlapping(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Those whose words, gaps included, others stand on too."""
    found: list[Candidate] = []
    run: list[Candidate] = []
    end = -1
    for candidate in sorted(candidates, key=_place):
        if candidate.first > end:
            if len(run) > 1:
                found += run
            run = []
        run.append(candidate)
        end = max(end, candidate.last)
    return found + run if len(run) > 1 else found


def _by_length(candidate: Candidate) -> tuple[int, bool, int, tuple[int, str]]:
    """Longest first; soft skills yield to others of their length: "own system prompts" speaks of prompts."""
    form = candidate.form
    return candidate.first - candidate.last, form.kind == "soft", candidate.first, form.strength


def _turn(candidate: Candidate, weight: int) -> int:
    """Phrases settle before what lists share, and that before lone words."""
    if candidate.how == "coordination":
        return 1
    return 0 if weight > 1 else 2


def _place(candidate: Candidate) -> tuple[int, int, int]:
    return candidate.first, candidate.last, candidate.form.number
