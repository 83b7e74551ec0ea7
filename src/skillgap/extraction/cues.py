"""Find cue phrases of many kinds among tokens in one pass."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.extraction.tokens import BREAK, Tokens
from skillgap.taxonomy.patterns import TOKEN

_END = "."


@dataclass(frozen=True, slots=True)
class Cue:
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
        keys, joints, root = tokens.keys, tokens.joints, self._root
        count = len(keys)
        cues: list[Cue] = []
        for first, key in enumerate(keys):
            node = root.get(key)
            if node is None:
                continue
            best: dict[str, Cue] = {}
            position = first
            while node is not None:
                for label, phrase in node.get(_END, {}).items():
                    best[label] = Cue(label, first, position, phrase)
                if joints[position] == BREAK or position + 1 == count:
                    break
                position += 1
                node = node.get(keys[position])
            cues.extend(best.values())
        return cues


class CuesByPlace:
    """The cues of a text, looked up by label and range of words."""

    def __init__(self, cues: Sequence[Cue]) -> None:
        self._by_label: dict[str, list[Cue]] = {}
        for cue in cues:
            self._by_label.setdefault(cue.label, []).append(cue)
        self._firsts = {label: [cue.first for cue in found] for label, found in self._by_label.items()}

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
