"""What the readers of facts share: the words of one ad, its cues and its layout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import CuesByPlace
from skillgap.extraction.salary import PayWords
from skillgap.extraction.tokens import Tokens
from skillgap.model import Block

_SILENT_SECTIONS = frozenset({"eeo", "benefits", "company"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything the fact readers look at."""

    tokens: Tokens
    cues: CuesByPlace
    blocks: Sequence[Block]
    sentences: Sequence[Sentence]
    years_words: Mapping[str, int]
    pay: PayWords
    small_words: frozenset[str]  # folded words with no meaning of their own
    block_ends: Mapping[int, int]  # start of a block -> the word after its last
    class_words: frozenset[str] = frozenset()  # folded words that end the name of a class of products

    def saying(self, *labels: str) -> list[Sentence]:
        """The sentences with a cue of one of the labels, in text order."""
        wanted = frozenset(labels)
        return [s for s in self.sentences if not wanted.isdisjoint(self.cues.labels(s.begin))]

    def silent(self, sentence: Sentence) -> bool:
        return sentence.block.section in _SILENT_SECTIONS
