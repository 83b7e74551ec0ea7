"""Words of a text, folded, each with what stands between it and the next.

Names keep what makes them names (``C++``, ``C#``); everything between two words becomes one
joint code, so that the matcher can tell "machine learning" from "machine. Learning".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from types import MappingProxyType

from skillgap.inflection import Folder
from skillgap.taxonomy.patterns import TOKEN

# Joints, weakest first. Literal matches cross SOFT, SLASH and PLUS; gaps cross up to COMMA.
SOFT, SLASH, PLUS, COMMA, INLINE, BREAK = range(6)

CONNECTORS = frozenset({"and", "or"})  # the words that tie the items of a list

_SOFT = re.compile(r"[ \n]+|[ \n]?[-_][\n]?|\.|[ \n]*- ?\n|'")
_SLASH = re.compile(r"\s*[/|\\]\s*")
_PLUS = re.compile(r"\s*[&+]\s*")
_COMMA = re.compile(r"\s*,\s*")
_BREAK = re.compile(r"[.!?;\u2022\u25cf\u25aa\u00b7\u2026]|\n\s*\n|\x00")


def _joint(between: str) -> int:
    if _SOFT.fullmatch(between):
        return SOFT
    if _SLASH.fullmatch(between):
        return SLASH
    if _PLUS.fullmatch(between):
        return PLUS
    if _COMMA.fullmatch(between):
        return COMMA
    return BREAK if _BREAK.search(between) else INLINE


_WORDS = re.compile(f"({TOKEN.pattern})")
_ABBREVIATIONS = frozenset({"e", "g", "i", "eg", "ie", "vs", "incl", "approx", "etc", "no", "sr", "jr"})
_ABBREVIATED = re.compile(r"\.[\s,:(\"']*")
_MAX_KNOWN, _LONGEST_KNOWN = 10_000, 40  # a hostile text must not grow the memory without end


class _Joints(dict[str, int]):
    """What stands between two words -> its code; texts use a few dozen joints over and over."""

    def __missing__(self, between: str) -> int:
        code = _joint(between)
        if len(self) < _MAX_KNOWN and len(between) <= _LONGEST_KNOWN:
            self[between] = code
        return code


_JOINTS = _Joints()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists over the words of a text.

    ``joints[i]`` tells what stands between word i and word i+1; the last one is BREAK.
    """

    text: str
    words: Sequence[str]  # as written
    keys: Sequence[str]  # folded
    starts: Sequence[int]
    ends: Sequence[int]
    joints: Sequence[int]
    present: frozenset[str] = frozenset()  # the keys, to see quickly that something is not there

    def __len__(self) -> int:
        return len(self.words)


def tokenize(
    text: str, fold: Folder, compounds: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> Tokens:
    """Split normalised text; a NUL character marks a line end that nothing crosses.

    Pairs in ``compounds`` become one word, as they do in the aliases ("back-end" is "backend").
    """
    pieces = _WORDS.split(text)  # what stands before the first word, the word, what stands behind it, ...
    words = pieces[1::2]
    if not words:
        return Tokens(text, [], [], [], [], [])
    edges = list(accumulate(map(len, pieces)))
    starts, ends = edges[:-1:2], edges[1::2]
    joints = list(map(_JOINTS.__getitem__, pieces[2::2]))
    joints[-1] = BREAK
    lowered = list(map(str.lower, words))
    if not _ABBREVIATIONS.isdisjoint(lowered):
        for i, word in enumerate(lowered[:-1]):
            if word in _ABBREVIATIONS and joints[i] == BREAK and _ABBREVIATED.fullmatch(pieces[2 * i + 2]):
                joints[i] = INLINE
    drop = _join(words, lowered, joints, compounds) if compounds else []
    keys = fold.all(lowered)
    if drop:
        for position in drop:
            ends[position - 1] = ends[position]
        gone = set(drop)
        kept = [position for position in range(len(words)) if position not in gone]
        words, keys = [words[i] for i in kept], [keys[i] for i in kept]
        starts, ends, joints = [starts[i] for i in kept], [ends[i] for i in kept], [joints[i] for i in kept]
    return Tokens(text, words, keys, starts, ends, joints, frozenset(keys))


def _join(
    words: list[str], lowered: list[str], joints: list[int], compounds: Mapping[str, frozenset[str]]
) -> list[int]:
    """Put the second part of each compound to its first; the places of the second parts."""
    drop: list[int] = []
    for position in [i for i, word in enumerate(lowered[:-1]) if word in compounds]:
        if lowered[position + 1] not in compounds[lowered[position]] or joints[position] != SOFT:
            continue
        if drop and drop[-1] == position:
            continue  # its first part already ended another compound
        words[position] += words[position + 1]
        lowered[position] += lowered[position + 1]
        joints[position] = joints[position + 1]
        drop.append(position + 1)
    return drop
