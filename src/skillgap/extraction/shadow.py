"""The shadow of a document: normalised text, and for each of its characters the original place.

Matching happens on the shadow, quoting on the original. Most texts keep their length (NBSP to
space, curly to straight quotes), so the map is the identity and costs nothing; characters that
vanish (zero-width, soft hyphen) make a real map.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SAME_LENGTH = {
    **dict.fromkeys("\u00a0\u202f\u205f\u3000\t\v\f", " "),
    **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
    **dict.fromkeys("\u2028\u2029\u0085\r", "\n"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\ufe63\uff0d\u2212", "-"),
    "\u2044": "/",
    "\uff0f": "/",
    "\uff0c": ",",
    "\uff1a": ":",
}
_VANISH = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f"), None)
_LIGATURES = {
    0xFB00: "ff",
    0xFB01: "fi",
    0xFB02: "fl",
    0xFB03: "ffi",
    0xFB04: "ffl",
    0xFB05: "st",
    0xFB06: "st",
}
_RARE = re.compile(f"[{''.join(map(chr, [*_VANISH, *_LIGATURES]))}]")
_ODD = re.compile(f"[{re.escape(''.join(_SAME_LENGTH))}]")


@dataclass(frozen=True, slots=True)
class Shadow:
    """``text`` is normalised; ``origin[i]`` is where its character i stands in the document.

    ``origin`` is None where the two have the same length throughout.
    """

    text: str
    origin: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the shadow -> offsets in the document (``start < end``)."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1] + 1


def cast(text: str) -> Shadow:
    """Make the shadow of a text."""
    if not _RARE.search(text):
        return Shadow(_evened(text))
    characters: list[str] = []
    origin: list[int] = []
    for position, char in enumerate(text):
        code = ord(char)
        if code in _VANISH:
            continue
        for piece in _LIGATURES.get(code, char):
            characters.append(piece)
            origin.append(position)
    return Shadow(_evened("".join(characters)), origin)


def _evened(text: str) -> str:
    """The plain signs for their many cousins: few in most texts, so they are sought, not all mapped."""
    return _ODD.sub(lambda match: _SAME_LENGTH[match[0]], text)
