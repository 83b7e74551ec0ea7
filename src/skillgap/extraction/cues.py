"""Find cue phrases of many kinds among tokens in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from skillgap.extraction.tokens import BREAK, Tokens
from skillgap.taxonomy.patterns import TOKEN

_END = "."
_NONE: AbstractSet[str] = frozenset()


class Cue(NamedTuple):
    """A cue phrase on words ``first..last``; ``label`` is its list in cues.yaml (``levels.preferred``)."""

    label: str
    first: int
    last: int
    text: str


class CueFinder:
    """Cue phrases of all given lists; matching ignores case and inflection."""

    def __init__(self, lists: Mapping[str, Iterable[str]], fold: Callable[[str], str]) -> None:
        self._root: dict[str, Any] = {}
        self._fold = fold
        for label, phrases in lists.items():
            for phrase in phrases:
                node = self._root
                for word in TOKEN.findall(phrase.lower()):
                    node = node.setdefault(fold(word), {})
                ends = node.setdefault(_END, {})
                ends[label] = phrase

    def find(self, tokens: Tokens) -> list[Cue]:
        """All cues in text order; of each list the longest phrase at a place."""
        keys, joints = tokens.keys, tokens.joints
        count = len(keys)
        cues: list[Cue] = []
        for first, branch in enumerate(map(self._root.get, keys)):
            if branch is None:
                continue
            best: dict[str, Cue] = {}
            node, position = branch, first
            while node is not None:
                if _END in node:
                    for label, phrase in node[_END].items():
                        best[label] = Cue(label, first, position, phrase)
                if joints[position] == BREAK or position + 1 == count:
                    break
                position += 1
                node = node.get(keys[position])
            cues.extend(best.values())
        return cues


class CuesByPlace:
    """The cues of a text, looked up by label and range of words.

    ``spans`` are the (begin, end) of its sentences in text order: of each one knows which labels stand in
    it, so that the many sentences without any cost nothing.
    """

    def __init__(self, cues: Sequence[Cue], spans: Iterable[tuple[int, int]] = ()) -> None:
        self._in_span = _labels_by_span(cues, spans)
        self._by_label: dict[str, list[Cue]] = {}
        for cue in cues:
            self._by_label.setdefault(cue.label, []).append(cue)
        self._firsts = {label: [cue.first for cue in found] for label, found in self._by_label.items()}

    def labels(self, begin: int) -> AbstractSet[str]:
        """The labels of the cues that lie inside the sentence that begins at a word."""
        return self._in_span.get(begin, _NONE)

    def within(self, label: str, begin: int, end: int) -> list[Cue]:
        """Cues of one label that lie inside words ``begin..end-1``."""
        firsts = self._firsts.get(label)
        if firsts is None:
            return []
        start = bisect_left(firsts, begin)
        if start == len(firsts) or firsts[start] >= end:
            return []
        found = self._by_label[label]
        return [cue for cue in found[start : bisect_left(firsts, end, start)] if cue.last < end]


def _labels_by_span(cues: Sequence[Cue], spans: Iterable[tuple[int, int]]) -> dict[int, set[str]]:
    labels: dict[int, set[str]] = {}
    waiting = iter(cues)
    cue = next(waiting, None)
    for begin, end in spans:
        while cue is not None and cue.first < end:
            if cue.first >= begin and cue.last < end:
                labels.setdefault(begin, set()).add(cue.label)
            cue = next(waiting, None)
    return labels


def flatten(cues: Mapping[str, Any], names: Iterable[str]) -> dict[str, list[str]]:
    """``{"levels": {"preferred": [...]}}`` -> ``{"levels.preferred": [...]}`` for the named parts."""
    flat: dict[str, list[str]] = {}
    for name in names:
        value = cues[name]
        if isinstance(value, Mapping):
            flat.update({f"{name}.{key}": list(phrases) for key, phrases in value.items()})
        else:
            flat[name] = list(value)
    return flat
