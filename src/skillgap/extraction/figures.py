"""Small whole numbers as ads write them, in digits or in words."""

from __future__ import annotations

from collections.abc import Mapping

from skillgap.extraction.tokens import BREAK, Tokens

_REACH = 5  # words before a unit in which its figures stand
_FILLERS = frozenset({"to", "or", "more", "plus", "and", "s", "full", "minimum", "least"})


def number_of(word: str, numbers: Mapping[str, int]) -> int | None:
    """``5+`` -> 5, ``five`` -> 5 by ``numbers``."""
    bare = word.rstrip("+").lower()
    if bare.isascii() and bare.isdigit() and len(bare) <= 2:
        return int(bare)
    return numbers.get(bare)


def figure_before(tokens: Tokens, numbers: Mapping[str, int], unit: int, begin: int) -> int | None:
    """The lower figure before the unit at a word: "5", "3-5", "five or more", "6 to 7"."""
    figures: list[int] = []
    position = unit - 1
    while position >= begin and unit - position <= _REACH:
        figure = number_of(tokens.words[position], numbers)
        if figure is not None:
            figures.append(figure)
        elif tokens.words[position].lower() not in _FILLERS:
            break
        if tokens.joints[position - 1] == BREAK and position > begin:
            break
        position -= 1
    return figures[-1] if figures else None
