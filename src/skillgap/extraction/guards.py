"""Whether a form that the trie led to really stands in the text: spelling, joints, guards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from skillgap.extraction.tokens import BREAK, SOFT, Tokens

_LONGEST_LINE = 80  # words looked at on either side: a text without any full stop is no line


class Guard:
    """The guard of one skill, folded: what may not stand before, after, or on the line."""

    __slots__ = ("_after", "_before", "_line_words", "_not_line", "forbids", "near")

    def __init__(self, guard: Mapping[str, Any] | None, fold: Any) -> None:
        rules: Mapping[str, Any] = guard or {}

        def phrases(key: str) -> list[tuple[str, ...]]:
            return [tuple(fold(word) for word in _words(phrase)) for phrase in rules.get(key) or ()]

        self.near = frozenset(words[0] for words in phrases("near") if len(words) == 1)
        self._before = _by_word(phrases("before"), -1)
        self._after = _by_word(phrases("after"), 0)
        self._not_line = phrases("not_line")
        self._line_words = frozenset(words[0] for words in self._not_line)
        self.forbids = bool(self._before or self._after or self._not_line)

    def allows(self, tokens: Tokens, first: int, last: int) -> bool:
        keys, joints = tokens.keys, tokens.joints
        if first and joints[first - 1] == SOFT:
            for words in self._before.get(keys[first - 1], ()):
                begin = first - len(words)
                if begin >= 0 and tuple(keys[begin:first]) == words:
                    return False
        if joints[last] == SOFT:
            for words in self._after.get(keys[last + 1], ()):
                if tuple(keys[last + 1 : last + 1 + len(words)]) == words:
                    return False
        if not self._line_words.isdisjoint(tokens.present):
            begin, end = line_bounds(tokens, first, last)
            line = keys[begin:end]
            present = set(line)
            return not any(present.issuperset(words) and _contains(line, words) for words in self._not_line)
        return True


def _by_word(phrases: Sequence[tuple[str, ...]], place: int) -> dict[str, list[tuple[str, ...]]]:
    """Phrases by the word that stands next to the skill."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for words in phrases:
        found.setdefault(words[place], []).append(words)
    return found


def _words(phrase: str) -> list[str]:
    return [word.lower() for word in phrase.replace("-", " ").replace("'", " ").split()]


def _contains(line: Sequence[str], words: tuple[str, ...]) -> bool:
    size = len(words)
    return any(tuple(line[i : i + size]) == words for i in range(len(line) - size + 1))


def joints_agree(tokens: Tokens, first: int, last: int, wanted: Sequence[str] | None) -> bool:
    """Each joint inside the words is soft, or the character that the alias has there."""
    for offset, position in enumerate(range(first, last)):
        char = wanted[offset] if wanted else ""
        joint = tokens.joints[position]
        if char:
            if char not in tokens.text[tokens.ends[position] : tokens.starts[position + 1]]:
                return False
        elif joint != SOFT:
            return False
    return True


def spelled(words: Sequence[str], raw: Sequence[str], *, exact: bool) -> bool:
    """Whether the words are spelled as the alias has them; a capital name may take a plural s."""
    for position, (word, wanted) in enumerate(zip(words, raw, strict=False)):
        if word == wanted or (not exact and word.lower() == wanted.lower()):
            continue
        plural = position == len(raw) - 1 and word[-1:] == "s" and wanted[-1:].isupper()
        stem = word[:-1]
        if plural and (stem == wanted or (not exact and stem.lower() == wanted.lower())):
            continue
        return False
    return True


def line_bounds(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Words ``begin..end-1`` of the sentence or line around ``first..last``."""
    begin, floor = first, max(0, first - _LONGEST_LINE)
    while begin > floor and tokens.joints[begin - 1] != BREAK:
        begin -= 1
    end, ceiling = last, min(len(tokens) - 1, last + _LONGEST_LINE)
    while end < ceiling and tokens.joints[end] != BREAK:
        end += 1
    return begin, end + 1
