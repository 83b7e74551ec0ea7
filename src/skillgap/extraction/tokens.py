"""Words of a text, folded, each with what stands between it and the next.

Names keep what makes them names (``C++``, ``C#``); everything between two words becomes one
joint code, so that the matcher can tell "machine learning" from "machine. Learning".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from skillgap.taxonomy.patterns import TOKEN

# Joints, weakest first. Literal matches cross SOFT, SLASH and PLUS; gaps cross up to COMMA.
SOFT, SLASH, PLUS, COMMA, INLINE, BREAK = range(6)

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


_ABBREVIATIONS = frozenset({"e", "g", "i", "eg", "ie", "vs", "incl", "approx", "etc", "no", "sr", "jr"})
_ABBREVIATED = re.compile(r"\.[\s,:(\"']*")
_COMMON = {
    text: _joint(text)
    for text in (" ", "\n", "-", ".", ", ", "/", " & ", ". ", "; ", ": ", " (", ") ", "), ")
}


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

    def __len__(self) -> int:
        return len(self.words)


def tokenize(
    text: str, fold: Callable[[str], str], compounds: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> Tokens:
    """Split normalised text; a NUL character marks a line end that nothing crosses.

    Pairs in ``compounds`` become one word, as they do in the aliases ("back-end" is "backend").
    """
    found = list(TOKEN.finditer(text))
    words = [match[0] for match in found]
    starts = [match.start() for match in found]
    ends = [match.end() for match in found]
    cache = dict(_COMMON)
    joints: list[int] = []
    for word, end, start in zip(words, ends, starts[1:], strict=False):
        between = text[end:start]
        code = cache.get(between)
        if code is None:
            code = cache[between] = _joint(between)
        if code == BREAK and word.lower() in _ABBREVIATIONS and _ABBREVIATED.fullmatch(between):
            code = INLINE
        joints.append(code)
    joints.append(BREAK)
    if compounds:
        words, starts, ends, joints = _joined(words, starts, ends, joints, compounds)
    return Tokens(text, words, [fold(word.lower()) for word in words], starts, ends, joints)


def _joined(
    words: list[str],
    starts: list[int],
    ends: list[int],
    joints: list[int],
    compounds: Mapping[str, frozenset[str]],
) -> tuple[list[str], list[int], list[int], list[int]]:
    """Put the parts of compounds together."""
    drop: list[int] = []
    for position in range(len(words) - 1):
        seconds = compounds.get(words[position].lower())
        if seconds and joints[position] == SOFT and words[position + 1].lower() in seconds:
            if drop and drop[-1] == position:
                continue  # its first part already ended another compound
            words[position] += words[position + 1]
            ends[position], joints[position] = ends[position + 1], joints[position + 1]
            drop.append(position + 1)
    if not drop:
        return words, starts, ends, joints
    gone = set(drop)
    keep = [position for position in range(len(words)) if position not in gone]
    return tuple([column[i] for i in keep] for column in (words, starts, ends, joints))  # type: ignore[return-value]
