"""The notation of an alias, taken apart.

``Kubernetes``             words, compared without case
``=RAG``                   exact case, no inflection
``~Go``                    exact case, and only with support nearby (see ``guards``)
``deploy .. model``        up to four words may stand in the gap
``build|create .. pipeline`` one of several words
``<build> .. pipeline``    a class of words from ``words.yaml``
``machine learning? model``  the word before ``?`` may be absent
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TOKEN = re.compile(r"[^\W_]+(?:\+\+|#|\+(?!\w))?")
GAP = ".."
_EXACT, _AMBIGUOUS = "=", "~"
_MAX_EXPANSIONS = 4_000
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z][a-z])")
_HARD_JOINTS = frozenset("/&+")
_SHORTEST_JOINED = 6  # letters of a two-word name that is also written as one word


class PatternError(ValueError):
    """An alias that can't be parsed; the message says why."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of words without a gap: raw spelling, and the joint before each but the first.

    A joint is ``""`` (space, hyphen, dot or line wrap) or the character that must stand there.
    """

    raw: tuple[str, ...]
    joints: tuple[str, ...]
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One alias: runs of words with a gap between each two, and how strictly it is read."""

    text: str
    exact: bool
    ambiguous: bool
    runs: tuple[tuple[Words, ...], ...]

    @property
    def gapped(self) -> bool:
        return len(self.runs) > 1


def display(alias: str) -> str:
    """The alias as a person would write it, without the marks of the notation."""
    text = alias[1:] if alias[:1] in (_EXACT, _AMBIGUOUS) else alias
    return text.replace(f" {GAP} ", " … ")


def _alternatives(word: str, classes: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], bool]:
    optional = word.endswith("?") and len(word) > 1
    if optional:
        word = word[:-1]
    if word.startswith("<") and word.endswith(">"):
        name = word[1:-1]
        if name not in classes:
            raise PatternError(f"unknown word class <{name}>; words.yaml defines the classes")
        return tuple(classes[name]), optional
    return tuple(part for part in word.split("|") if part), optional


def compound_parts(words: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """``{"back": {"end"}}`` from ``words.yaml``: pairs that are read as one word however written."""
    parts: dict[str, set[str]] = {}
    for pair in words["compounds"]:
        first, second = pair.split()
        parts.setdefault(first, set()).add(second)
    return {first: frozenset(seconds) for first, seconds in parts.items()}


def _run(text: str, compounds: Mapping[str, frozenset[str]]) -> Words:
    matches = list(TOKEN.finditer(text))
    if not matches:
        raise PatternError("there is no word in it")
    raw, joints = [matches[0].group()], []
    last = matches[0].group().lower()
    for left, right in itertools.pairwise(matches):
        between = text[left.end() : right.start()].strip()
        hard = [char for char in between if char in _HARD_JOINTS]
        word = right.group()
        if not hard and word.lower() in compounds.get(last, ()):
            raw[-1] += word
            last = ""
            continue
        raw.append(word)
        last = word.lower()
        joints.append(hard[0] if hard else "")
    prefix = text[: matches[0].start()].strip()
    return Words(tuple(raw), tuple(joints), prefix[-1:])


def _expand(segment: str, words: Mapping[str, Any]) -> tuple[Words, ...]:
    classes = words["classes"]
    choices: list[tuple[str, ...]] = []
    for word in segment.split():
        options, optional = _alternatives(word, classes)
        choices.append((*options, "") if optional else options)
    count = 1
    for options in choices:
        count *= len(options)
    if count > _MAX_EXPANSIONS:
        raise PatternError(f"it stands for {count} spellings; split it")
    spellings = (" ".join(part for part in combo if part) for combo in itertools.product(*choices))
    compounds = compound_parts(words)
    return tuple(_run(spelling, compounds) for spelling in dict.fromkeys(spellings) if spelling)


def parse(alias: str, words: Mapping[str, Any], *, named: bool) -> Pattern:
    """Take one alias apart; a named skill's alias is read literally (no classes, no gaps).

    ``words`` is what ``words.yaml`` holds: its classes and compounds are needed.
    """
    mark = alias[:1]
    exact, ambiguous = mark in (_EXACT, _AMBIGUOUS), mark == _AMBIGUOUS
    text = alias[1:] if exact else alias
    if not text.strip() or text != text.strip():
        raise PatternError("it is empty or has a space at its end")
    if named and (f" {GAP} " in text or "<" in text):
        raise PatternError("gaps and word classes are for concepts and practices, not for names")
    if named:
        return Pattern(alias, exact, ambiguous, ((_run(text, compound_parts(words)),),))
    segments = text.split(f" {GAP} ")
    runs = tuple(_expand(segment.strip(), words) for segment in segments)
    if not all(runs):
        raise PatternError("a side of the gap is empty")
    return Pattern(alias, exact, ambiguous, runs)


def name_variants(text: str) -> tuple[str, ...]:
    """Spellings of a product name that people use without thinking.

    ``LangChain`` is also split (Lang Chain); a two-word name is also joined (HuggingFace, NodeJS).
    """
    variants = []
    words = TOKEN.findall(text)
    if len(words) == 1 and text.isalnum():
        parts = _CAMEL.split(text)
        if len(parts) == 2 and min(map(len, parts)) > 2:
            variants.append(" ".join(parts))
    joinable = len(words) == 2 and all(word.isalpha() for word in words)
    if joinable and _HARD_JOINTS.isdisjoint(text) and sum(map(len, words)) >= _SHORTEST_JOINED:
        variants.append("".join(words))
    return tuple(variants)
