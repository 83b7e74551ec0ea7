"""Near copies: reposts and staffing copies of one ad, folded into families and counted once.

Two steps. MinHash (rensa) of word pairs finds the texts that may be copies; then each pair is looked at:
the shorter text must be found in the other nearly line for line. Ads of one company share long passages, so
that likeness alone would fold them; what tells them apart is that the rest of both is different.
``benchmarks/duplicates.py`` prints how many copies are found and how many different ads are folded.
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache

FOLDING = 1  # raised when what counts as a copy changes: stores keep what was found
_WORD = re.compile(r"\w{3,}")
_SENTENCE = re.compile(r"\n|(?<=[.!?;])\s+|•")
_LONGEST_UNIT = 12  # words; text without line ends is cut into pieces
_SHORTEST_UNIT = 4  # words; fewer stand anywhere
_FEWEST_WORDS = 12  # of a text; a shorter one is a copy only of the very same words
_PERMUTATIONS, _BANDS, _SEED = 64, 32, 42
_LEAST_LIKE = 0.18  # estimated share of word pairs in common; unrelated ads have 0.01 to 0.06
_MOST_FAMILIES, _OF_FAMILY = 50, 2  # a text is compared with the likest two of the likest families
_LEAST_WORDS = 0.6  # of the words of one text that the other uses, too; a quick look before the long one
_SAME = 0.97  # from here on two texts need no closer look
_HALF = 0.55  # of a unit's words close together, and the unit is found in the other text
_LEAST_FOUND = 0.92  # of the words of one text stand in units that the other has, too
_LEAST_OTHER = 0.2  # of the other's words; a page of many ads is no copy of each
_SHIFT = 6  # words by which a unit's words may stand apart
_OFTEN = 40  # places of one word that are looked at
_IN_INDEX = 8  # members of a family that later texts are compared with
_KEPT = 300  # texts taken apart that are kept at hand


class Words:
    """A text taken apart: its words, ``units`` of them (lines, sentences or pieces), and where each stands.

    Units and places are made when they are first asked for: most texts are told apart by their words.
    """

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        words = _WORD.findall(self._text)
        self.length = len(words)
        self.vocabulary = frozenset(words)

    @cached_property
    def units(self) -> list[list[str]]:
        units = []
        for line in _SENTENCE.split(self._text):
            words = _WORD.findall(line)
            units += [words[start : start + _LONGEST_UNIT] for start in range(0, len(words), _LONGEST_UNIT)]
        return units

    @cached_property
    def places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {}
        for number, word in enumerate(itertools.chain.from_iterable(self.units)):
            places.setdefault(word, []).append(number)
        return places


def found_in(text: Words, other: Words, least: float = 0.0) -> float:
    """The share of the text's words that stand in units which the other text has, too; word order counts.

    0 as soon as it is sure that the share is below ``least``.
    """
    units = [unit for unit in text.units if len(unit) >= _SHORTEST_UNIT]
    total = sum(map(len, units))
    spare = (1 - least) * total
    missed = 0
    for unit in units:
        if not _stands_in(unit, other):
            missed += len(unit)
            if missed > spare:
                return 0.0
    return (total - missed) / total if total else 0.0


def _stands_in(unit: list[str], other: Words) -> bool:
    """Whether enough of the unit's words stand close together in a text."""
    needed = _HALF * len(unit)
    if sum(word in other.places for word in unit) < needed:
        return False
    votes: dict[int, int] = {}  # how far the unit is shifted in the other text -> words that say so
    for place, word in enumerate(unit):
        shifts = {(there - place) // _SHIFT for there in other.places.get(word, ())[:_OFTEN]}
        for shift in shifts:
            votes[shift] = votes.get(shift, 0) + 1
    return any(count + votes.get(shift + 1, 0) >= needed for shift, count in votes.items())


def is_copy(one: Words, other: Words) -> bool:
    """Whether one of two texts is a near copy of the other, or holds it with something added."""
    if min(one.length, other.length) < _FEWEST_WORDS:
        return one.units == other.units
    fewest = min(len(one.vocabulary), len(other.vocabulary))
    if len(one.vocabulary & other.vocabulary) < _LEAST_WORDS * fewest:
        return False
    for inner, outer in ((one, other), (other, one)):
        if found_in(inner, outer, _LEAST_FOUND):
            return found_in(outer, inner, _LEAST_OTHER) > 0
    return False


def families(posted: Mapping[str, str | None], text_of: Callable[[str], str]) -> dict[str, str]:
    """Each digest -> the digest that stands for its family: the earliest posted, then the smallest.

    ``posted`` maps the digest of every text to its day (ISO) or None; ``text_of`` gives a text by digest.
    The same texts give the same families, in whatever order they come.
    """
    order = sorted(posted, key=lambda digest: (posted[digest] or "9999", digest))
    words = lru_cache(_KEPT)(lambda number: Words(text_of(order[number])))
    index = _Index((sketch_of(text_of(digest)) for digest in order), len(order))
    family = _Families(len(order))
    for number in range(len(order)):
        looked_at: Counter[int] = Counter()  # members of each family
        for other, likeness in index.alike(number):
            head = family.of(other)
            if head == family.of(number) or looked_at[head] >= _OF_FAMILY or len(looked_at) > _MOST_FAMILIES:
                continue
            looked_at[head] += 1
            if likeness >= _SAME or is_copy(words(number), words(other)):
                family.unite(number, other)
        if family.admits(number):
            index.add(number)
    return {digest: order[family.of(number)] for number, digest in enumerate(order)}


def sketch_of(text: str) -> array[int]:
    """The MinHash of a text's pairs of neighbouring words."""
    from rensa import RMinHash  # type: ignore[import-untyped]

    words = _WORD.findall(text.lower())
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update([f"{one} {two}" for one, two in itertools.pairwise(words)] or words)
    return array("I", sketch.digest())


class _Index:
    """Finds those of the texts added so far that are like another (LSH over bands of their sketches).

    All sketches are known beforehand, so that each band gives every group of equal texts its room in one
    array: half a kilobyte a text, where a hash table for each band takes several.
    """

    def __init__(self, sketches: Iterable[array[int]], number: int) -> None:
        import numpy as np

        self._bands = np.arange(_BANDS)
        self._sketches = np.empty((number, _PERMUTATIONS), dtype=np.uint32)
        for row, sketch in zip(self._sketches, sketches, strict=True):
            row[:] = sketch
        # (band, place): the texts of each group side by side; how many there are stands at its first place
        self._members = np.zeros((_BANDS, number), dtype=np.int32)
        self._filled = np.zeros_like(self._members)
        self._first = np.empty_like(self._members)  # (band, text): the first place of its group
        for band, part in enumerate(np.split(self._sketches, _BANDS, axis=1)):
            keys = np.ascontiguousarray(part).view(np.dtype((np.void, part.itemsize * part.shape[1]))).ravel()
            _, group, sizes = np.unique(keys, return_inverse=True, return_counts=True)
            self._first[band] = (np.cumsum(sizes) - sizes)[group]

    def add(self, number: int) -> None:
        """Let later texts find this one."""
        first = self._first[:, number]
        self._members[self._bands, first + self._filled[self._bands, first]] = number
        self._filled[self._bands, first] += 1

    def alike(self, number: int) -> list[tuple[int, float]]:
        """The texts that are alike enough to be looked at with their likeness, likest first."""
        import numpy as np

        first = self._first[:, number]
        filled = self._filled[self._bands, first]
        groups = [
            self._members[band, first[band] : first[band] + filled[band]] for band in np.flatnonzero(filled)
        ]
        if not groups:
            return []
        candidates = np.unique(np.concatenate(groups))
        likeness = (self._sketches[candidates] == self._sketches[number]).mean(axis=1)
        near = np.flatnonzero(likeness >= _LEAST_LIKE)
        near = near[np.argsort(-likeness[near], kind="stable")]
        return list(zip(candidates[near].tolist(), likeness[near].tolist(), strict=True))


class _Families:
    """Union-find over numbers; the smallest number stands for its family."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))
        self._indexed: dict[int, int] = {}

    def of(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = self._above[self._above[number]]
            number = self._above[number]
        return number

    def unite(self, one: int, other: int) -> None:
        first, second = sorted((self.of(one), self.of(other)))
        self._above[second] = first
        self._indexed[first] = self._indexed.get(first, 0) + self._indexed.pop(second, 0)

    def admits(self, number: int) -> bool:
        """Whether a member is to be found by later ones; of a large family the first few are enough."""
        head = self.of(number)
        self._indexed[head] = self._indexed.get(head, 0) + 1
        return self._indexed[head] <= _IN_INDEX
