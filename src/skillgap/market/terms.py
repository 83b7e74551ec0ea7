"""What the listings ask for and the taxonomy lacks, by the number of distinct ads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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
    found: dict[str, _Term] = {}
    for ad in ads:
        for text in ad.unknown:
            key = folded.get(text)
            if key is None:
                key = folded[text] = " ".join(taxonomy.fold(word) for word in text.lower().split())
            found.setdefault(key, _Term()).add(text, ad)
    rows: list[dict[str, Any]] = [
        {
            "text": term.text,
            "ads": len(term.ads),
            "employers": len(term.employers),
            "name": term.is_name,
        }
        for term in found.values()
        if len(term.ads) >= LEAST_ADS
        and len(term.employers) >= LEAST_EMPLOYERS
        and not any(taxonomy.find(text) for text in sorted(term.texts))
    ]
    return sorted(rows, key=lambda row: (-row["ads"], row["text"]))[:_MOST]


class _Term:
    """One term in all its spellings."""

    def __init__(self) -> None:
        self.texts: Counter[str] = Counter()
        self.ads: set[str] = set()
        self.employers: set[str] = set()

    def add(self, text: str, ad: Ad) -> None:
        self.texts[text] += 1
        self.ads.add(ad.digest)
        self.employers.add(ad.employer or ad.digest)

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
