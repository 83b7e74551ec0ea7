"""Is a text mostly English? Levels can only be read in English; names in any language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from skillgap.extraction.tokens import Tokens

_SAMPLE = 3_000  # words looked at
_FEWEST = 20  # words below which a script that is not Latin says nothing
_FEWEST_HITS = 3  # function words of another language below which nothing is claimed


def is_english(tokens: Tokens, languages: Mapping[str, Sequence[str]]) -> bool:
    """Whether English function words are at least as many as those of any other language.

    A text too short to tell, such as a list of names, counts as English.
    """
    counts = Counter(map(str.lower, tokens.words[:_SAMPLE]))
    hits = {code: sum(counts[word] for word in words if word in counts) for code, words in languages.items()}
    english = hits.get("en", 0)
    strongest = max(hits.values(), default=0)
    if not strongest and len(tokens) >= _FEWEST and not any(w.isascii() for w in tokens.words[:50]):
        return False
    return english >= strongest or strongest < _FEWEST_HITS
