"""Which of overlapping candidates stay: longest first, and by the words that carry a meaning."""

from __future__ import annotations

from dataclasses import dataclass

from skillgap.extraction.tokens import Tokens
from skillgap.taxonomy.compiler import AMBIGUOUS, DECOY, EXACT, is_named
from skillgap.taxonomy.runtime import Taxonomy


@dataclass(frozen=True, slots=True)
class Candidate:
    """Words ``first..last`` that may be a form; ``how`` names the kind of walk.

    In a stretched form the words after ``inner`` and before ``tail`` are not its own.
    """

    first: int
    last: int
    form: int
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
        self._forms = taxonomy.forms
        self._ids, self._kinds = taxonomy.ids, taxonomy.kinds
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
        order = sorted(
            candidates, key=lambda c: (c.first - c.last, self._is_soft(c), c.first, self._strength(c))
        )
        for candidate in order:
            words = range(candidate.first, candidate.last + 1)
            skill, _, mode, *_ = self._forms[candidate.form]
            named = skill == DECOY or is_named(self._kinds[skill])
            if not taken.isdisjoint(words) or not (
                phrased.isdisjoint(words) or (named and mode != AMBIGUOUS)
            ):
                clear = mode != AMBIGUOUS and skill != DECOY and taken.isdisjoint(words)
                if inner is not None and clear and phrased.issuperset(words):
                    inner.append(candidate)
                continue
            (unsure if mode == AMBIGUOUS else sure).append(candidate)
            (taken if named else phrased).update(words)
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
        weighty = {id(c): self._weighty(tokens, c) for c in (*literal, *stretched)}
        weight = {
            key: sum(2 if tokens.keys[w] in self._joined else 1 for w in own) for key, own in weighty.items()
        }
        order = sorted(
            (*literal, *stretched),
            key=lambda c: (_turn(c, weight[id(c)]), -weight[id(c)], c.how != "", c.first, c.form),
        )
        covered: dict[int, int] = {}
        kept: set[int] = set()
        phrase = {word: c for c in literal if c.last > c.first for word in range(c.first, c.last + 1)}
        for candidate in order:
            skill = self._forms[candidate.form][0]
            words = weighty[id(candidate)]
            named = is_named(self._kinds[skill])
            taken = all(covered.get(word, skill) != skill for word in words)
            across = phrase.get(candidate.last) if candidate.how else None
            cut = across is not None and across.last > candidate.last and across.first > candidate.first
            if named or not (taken or cut):
                kept.add(id(candidate))
                for word in words:
                    covered.setdefault(word, skill)
        return [c for c in literal if id(c) in kept], [c for c in stretched if id(c) in kept]

    def _weighty(self, tokens: Tokens, candidate: Candidate) -> list[int]:
        """The form's own words without those that any duty may have ("build", "manage")."""
        own = candidate.own()
        return [word for word in own if tokens.keys[word] not in self._light] or own

    def _is_soft(self, candidate: Candidate) -> bool:
        """Soft skills yield to others of their length: "own system prompts" speaks of system prompts."""
        skill = self._forms[candidate.form][0]
        return bool(skill != DECOY and self._kinds[skill] == "soft")

    def _strength(self, candidate: Candidate) -> tuple[int, str]:
        skill, _, mode, *_ = self._forms[candidate.form]
        rank = 0 if mode == EXACT else 1 if mode != AMBIGUOUS else 2
        return (3, "") if skill == DECOY else (rank, self._ids[skill])


def _turn(candidate: Candidate, weight: int) -> int:
    """Phrases settle before what lists share, and that before lone words."""
    if candidate.how == "coordination":
        return 1
    return 0 if weight > 1 else 2


def _place(candidate: Candidate) -> tuple[int, int, int]:
    return candidate.first, candidate.last, candidate.form
