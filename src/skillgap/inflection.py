"""Fold the inflected forms of an English word to one key.

Ads say "deploying", "deployed", "deploys" and "deployment of models"; a skill is written once
in the taxonomy. A key is opaque (``caching`` and ``cache`` both give ``cach``): it is compared,
never shown. Derivation is left alone on purpose (``deployment`` is not ``deploy``), since
stemmers that reach for it also join "integrity" to "integration" and "engine" to "engineer".
Exceptions are data (``taxonomy/words.yaml``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_VOWELS = frozenset("aeiouy")
_MAX_KNOWN, _LONGEST_KNOWN = 200_000, 60  # a hostile text must not grow the memory without end
_SIBILANT_ENDINGS = ("sses", "shes", "ches", "xes", "zes")


def _undouble(stem: str) -> str:
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        return stem[:-1]
    return stem


def _has_vowel(stem: str) -> bool:
    return any(letter in _VOWELS for letter in stem)


def _strip_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(_SIBILANT_ENDINGS):
        return word[:-2]
    if not word.endswith("s") or word.endswith("ss"):
        return word
    if len(word) > 4 and word.endswith(("us", "is")):  # status, basis; but apis, gpus
        return word
    return word[:-1]


def _strip_verbal(word: str) -> str:
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) > 2 and _has_vowel(stem):
            return stem
    return word


def _by_rule(word: str) -> str:
    """Strip one plural and one verbal ending, a final e and a doubled consonant."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    stem = _strip_verbal(_strip_plural(word))
    if stem.endswith(("isation", "ization")):
        return stem[:-7] + "ization"
    if stem.endswith("e") and len(stem) > 3:
        stem = stem[:-1]
    if stem.endswith(("is", "iz")) and len(stem) > 5 and not word.endswith("is"):
        return stem[:-2] + "iz"
    return _undouble(stem)


class Folder(dict[str, str]):
    """Folds words, with the irregular forms and the untouchable words of one taxonomy.

    Call it with a lower-case word. Results are kept, since a corpus repeats its words: it is a dict of
    word -> key that fills itself.
    """

    def __init__(self, irregular: Mapping[str, Iterable[str]], keep: Iterable[str]) -> None:
        super().__init__((word, word) for word in keep)
        for base, forms in irregular.items():
            key = _by_rule(base)
            self.update(dict.fromkeys((base, *forms), key))
        self._fixed = dict(self)

    def __call__(self, word: str) -> str:
        return self[word]

    def __missing__(self, word: str) -> str:
        key = self._fixed.get(_strip_plural(word)) or _by_rule(word)
        if len(self) < _MAX_KNOWN and len(word) <= _LONGEST_KNOWN:
            self[word] = key
        return key

    def all(self, words: Iterable[str]) -> list[str]:
        """The keys of many lower-case words, at the speed of a dict."""
        return list(map(self.__getitem__, words))
