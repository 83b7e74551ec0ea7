"""What the listings ask for and the taxonomy lacks, by the number of distinct ads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from skillgap.market.ads import Ad
from skillgap.taxonomy import Taxonomy

LEAST_ADS = 2
LEAST_EMPLOYERS = 2  # a word of one firm's template is no news; asked only of ads that name their employer
_NAME = 0.5  # share of its places that write a term like a name
_MOST = 200


def terms(ads: Sequence[Ad], taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Unknown terms, inflected forms together, the most common first; those in fewer ads are left out."""
    folded: dict[str, str] = {}
    number: Counter[str] = Counter()  # most terms stand in one ad only: these are not looked at further
    for ad in ads:
        for text in ad.unknown:
            if text not in folded:
                key = " ".join(taxonomy.fold(word) for word in text.lower().split())
                folded[text] = text if key == text else key
        number.update({folded[text] for text in ad.unknown})
    found = {key: _Term() for key, count in number.items() if count >= LEAST_ADS}
    for _, theirs in groupby(sorted(ads, key=_employer), key=_employer):
        _add(list(theirs), found, folded)
    rows: list[dict[str, Any]] = [
        {
            "text": term.text,
            "ads": term.ads,
            "employers": term.employers,
            "name": term.is_name,
        }
        for term in found.values()
        if term.employers >= LEAST_EMPLOYERS and not any(taxonomy.find(text) for text in sorted(term.texts))
    ]
    return sorted(rows, key=lambda row: (-row["ads"], row["text"]))[:_MOST]


def _employer(ad: Ad) -> str:
    return ad.employer or ad.digest


def _add(theirs: Sequence[Ad], found: Mapping[str, _Term], folded: Mapping[str, str]) -> None:
    """Count the ads of one employer."""
    for ad in theirs:
        for text in ad.unknown:
            if (key := folded[text]) in found:
                found[key].texts[text] += 1
        for key in {folded[text] for text in ad.unknown} & found.keys():
            found[key].ads += 1
    for key in {folded[text] for ad in theirs for text in ad.unknown} & found.keys():
        found[key].employers += 1


class _Term:
    """One term in all its spellings, with the number of ads and of employers that use it."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.ads = 0
        self.employers = 0

    @property
    def text(self) -> str:
        """As most ads write it, of equally many in lower case."""
        return min(self.texts, key=lambda text: (-self.texts[text], text != text.lower(), text))

    @property
    def is_name(self) -> bool:
        """Whether it is mostly written like a name: capitals or digits within, or capitals in front."""
        names = sum(number for text, number in self.texts.items() if _like_a_name(text))
        return names > _NAME * self.texts.total()


def _like_a_name(text: str) -> bool:
    inner = any(char.isupper() or char.isdigit() for word in text.split() for char in word[1:])
    return inner or all(word[:1].isupper() for word in text.split())
