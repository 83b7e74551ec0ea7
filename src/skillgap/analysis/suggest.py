"""Terms that a corpus of ads keeps asking for and the taxonomy does not know.

Known skills teach what a place for a skill looks like ("experience with …, …"), the other words
of the same lines what it does not. A logistic regression on those places, never on the words
themselves, then rates the places of each unknown term: mean probability times the log of the ads.
The order of the ads changes nothing, and nothing is drawn at random.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillgap.extraction.cues import CueFinder, flatten
from skillgap.extraction.shadow import Shadow, cast
from skillgap.extraction.tokens import BREAK, CONNECTORS, SOFT, Tokens, tokenize
from skillgap.model import Block, JobProfile
from skillgap.taxonomy import Taxonomy

_ASKING_SECTIONS = frozenset({"requirements", "preferred", "responsibilities", "stack"})
_ASKING_LEVELS = frozenset({"required", "preferred", "responsibility"})
_UNTAUGHT_KINDS = frozenset({"soft", "human_language"})  # their places would speak for any quality
_MAX_WORDS = 3
_WINDOW = 3
_SAME = 0.5  # a longer term in this share of the shorter one's ads tells of the same thing
_LONG_LINE = 12  # words; a longer one that comes again is an employer's boilerplate, not news
_DIGITS = 4  # of a score; more would differ between machines
_DEGREES = ("degree.bachelor", "degree.any", "degree.master", "degree.phd")
_CUE_LISTS = ("levels", "requirement", "seniority", "unknown", "degree")
_SHORTEST_DEGREE = 3  # letters; "be" and "ms" are too much else
_SKILL = "\x01"  # stands for any known skill in a context, which no word can do


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A term worth a look: in how many ads it stands, how skill-like its places are, and one of them."""

    term: str
    ads: int
    score: float
    example: str


@dataclass(frozen=True, slots=True)
class _Unit:
    """A word, or all words of a known mention; ``joint`` tells what follows it."""

    text: str
    key: str
    joint: int
    taught: bool = False  # a known mention that is an example of a place for skills

    @property
    def known(self) -> bool:
        return self.key == _SKILL


@dataclass(frozen=True, slots=True)
class _Place:
    """One occurrence of a term."""

    ad: int
    term: str
    features: tuple[str, ...]
    line: str


def suggest(
    profiles: Iterable[JobProfile], taxonomy: Taxonomy, *, min_ads: int = 3, top: int | None = None
) -> tuple[Suggestion, ...]:
    """Unknown terms of at least ``min_ads`` different ads, the most skill-like first."""
    corpus = _Corpus(taxonomy)
    texts = {profile.document.digest: profile for profile in profiles}
    for number, digest in enumerate(sorted(texts)):
        corpus.add(number, texts[digest])
    frequent = {
        key: places
        for key, places in sorted(corpus.places.items())
        if len({place.ad for place in places}) >= min_ads and not corpus.is_known(places)
    }
    chances = _chances(corpus, frequent)
    found = {key: _suggestion(places, chances[key]) for key, places in frequent.items()}
    ranked = sorted(found, key=lambda key: (-found[key].score, -found[key].ads, key))
    kept: list[tuple[str, ...]] = []
    for key in ranked:
        if len(kept) == top:
            break
        if not any(_same(key, other, found) for other in kept):
            kept.append(key)
    return tuple(found[key] for key in kept)


def _suggestion(places: Sequence[_Place], chances: Sequence[float]) -> Suggestion:
    """The places of one term as one suggestion, written as most ads write it."""
    ads = len({place.ad for place in places})
    spellings = Counter(place.term for place in places)
    best = max(range(len(places)), key=lambda i: (chances[i], -len(places[i].line), places[i].line))
    return Suggestion(
        term=min(spellings, key=lambda text: (-spellings[text], text)),
        ads=ads,
        score=round(sum(chances) / len(chances) * math.log1p(ads), _DIGITS),
        example=places[best].line,
    )


def _same(key: tuple[str, ...], other: tuple[str, ...], found: Mapping[tuple[str, ...], Suggestion]) -> bool:
    """Whether one holds the words of the other and stands in about the same ads."""
    short, long = sorted((key, other), key=len)
    starts = range(len(long) - len(short) + 1)
    inside = any(long[start : start + len(short)] == short for start in starts)
    return inside and found[long].ads >= _SAME * found[short].ads


class _Corpus:
    """The places of unknown terms, and the examples that teach what a place for a skill is."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        words = taxonomy.cues["unknown"]["stop"]
        self._stop = frozenset(taxonomy.fold(word) for word in words) | CONNECTORS
        self._gap_stop = frozenset(taxonomy.fold(word) for word in taxonomy.words["gap_stop"])
        cues = flatten(taxonomy.cues, _CUE_LISTS)
        self._cue_words = frozenset(taxonomy.fold(cue) for phrases in cues.values() for cue in phrases)
        degrees = [cue for name in _DEGREES for cue in cues[name] if len(cue) >= _SHORTEST_DEGREE]
        self._degrees = CueFinder({"degree": degrees}, taxonomy.fold)
        self._seen: set[str] = set()
        self.places: dict[tuple[str, ...], list[_Place]] = defaultdict(list)
        self.positive: list[tuple[str, ...]] = []
        self.negative: list[tuple[str, ...]] = []

    def add(self, number: int, profile: JobProfile) -> None:
        """Take in one ad."""
        shadow = cast(profile.document.text)
        spans = _known_spans(profile, self._taxonomy)
        suspects = {
            self._taxonomy.fold(word.lower())
            for term in profile.unknown_terms
            for word in term.text.split()
            if not word.islower()
        }
        for block in profile.blocks:
            asking = block.section in _ASKING_SECTIONS or block.level in _ASKING_LEVELS
            if block.is_heading or not asking:
                continue
            line = " ".join(shadow.text[block.start : block.end].split())
            if line in self._seen and line.count(" ") >= _LONG_LINE:
                continue
            self._seen.add(line)
            for units in self._sentences(block, shadow, spans):
                self._learn(units, suspects)
                self._collect(units, number, line)

    def is_known(self, places: Sequence[_Place]) -> bool:
        """Whether the taxonomy has the term after all, where no guard let it count."""
        return any(self._taxonomy.find(term) for term in sorted({place.term for place in places}))

    def _sentences(
        self, block: Block, shadow: Shadow, spans: Sequence[tuple[int, int, bool]]
    ) -> Iterator[list[_Unit]]:
        """The sentences of a block, each known mention put together to one unit."""
        text = shadow.text[block.start : block.end].replace("\n", " ")
        tokens = tokenize(text, self._taxonomy.fold, self._taxonomy.compounds)
        degrees = {cue.first for cue in self._degrees.find(tokens)}
        units: list[_Unit] = []
        owner: tuple[int, int, bool] | None = None
        opened = 0
        for i in range(len(tokens)):
            start, end = shadow.span(block.start + tokens.starts[i], block.start + tokens.ends[i])
            span = next((s for s in spans if s[0] < end and start < s[1]), None)
            if span is not None and span == owner and units:
                units.pop()
            owner = span
            units.append(_unit(tokens, i, span))
            if tokens.joints[i] == BREAK:
                if degrees.isdisjoint(range(opened, i + 1)):  # else it lists subjects, no skills
                    yield units
                units, owner, opened = [], None, i + 1

    def _free(self, unit: _Unit) -> bool:
        """Whether a term may begin or end with this word."""
        return (
            not unit.known
            and len(unit.key) > 1
            and not unit.key[0].isdigit()
            and unit.key not in self._stop
            and unit.key not in self._gap_stop
        )

    def _learn(self, units: Sequence[_Unit], suspects: set[str]) -> None:
        """Known skills speak for their places, words that nobody suspects against theirs."""
        for i, unit in enumerate(units):
            if unit.taught:
                self.positive.append(_features(units, i, i))
            elif self._free(unit) and unit.key not in suspects:
                self.negative.append(_features(units, i, i))

    def _collect(self, units: Sequence[_Unit], number: int, line: str) -> None:
        for first, unit in enumerate(units):
            if not self._free(unit):
                continue
            for last in range(first, min(first + _MAX_WORDS, len(units))):
                inner = units[first : last + 1]
                if any(u.joint != SOFT for u in inner[:-1]) or not all(map(self._free, inner)):
                    break
                if all(u.key in self._cue_words for u in inner):
                    continue
                place = _Place(number, " ".join(u.text for u in inner), _features(units, first, last), line)
                self.places[tuple(u.key for u in inner)].append(place)


def _known_spans(profile: JobProfile, taxonomy: Taxonomy) -> list[tuple[int, int, bool]]:
    """(start, end, whether it teaches) of all that was recognised, in text order."""
    counted = [mention for requirement in profile.requirements for mention in requirement.mentions]
    spans = [(m.start, m.end, taxonomy.kind(m.skill) not in _UNTAUGHT_KINDS) for m in counted]
    spans += [(m.start, m.end, False) for m in (*profile.negated, *profile.ignored)]
    return sorted(spans, key=lambda span: (span[0], -span[1], not span[2]))


def _unit(tokens: Tokens, i: int, span: tuple[int, int, bool] | None) -> _Unit:
    if span is None:
        return _Unit(tokens.words[i], tokens.keys[i], tokens.joints[i])
    return _Unit(tokens.words[i], _SKILL, tokens.joints[i], taught=span[2])


def _features(units: Sequence[_Unit], first: int, last: int) -> tuple[str, ...]:
    """The place of ``first..last``: words around it, position in a list, and capitals."""
    features = [
        f"before joint {units[first - 1].joint}" if first else "opens the sentence",
        f"after joint {units[last].joint}",
    ]
    for distance in range(1, _WINDOW + 1):
        for side, i in (("left", first - distance), ("right", last + distance)):
            if 0 <= i < len(units):
                features += [f"{side}{distance} {units[i].key}", f"{side} {units[i].key}"]
    words = [unit.text for unit in units[first : last + 1]]
    if any(word[0].isupper() for word in words) and first:
        features.append("capital")
    if any(char.isupper() for word in words for char in word[1:]):
        features.append("inner capital")
    if any(char.isdigit() for word in words for char in word):
        features.append("digit")
    return tuple(features)


def _as_is(features: tuple[str, ...]) -> tuple[str, ...]:
    return features


def _chances(
    corpus: _Corpus, frequent: Mapping[tuple[str, ...], Sequence[_Place]]
) -> dict[tuple[str, ...], list[float]]:
    """For each term, how likely each of its places is one for a skill."""
    if not frequent or not corpus.positive or not corpus.negative:
        return {key: [0.5] * len(places) for key, places in frequent.items()}
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=_as_is, binary=True)
    examples = vectorizer.fit_transform([*corpus.positive, *corpus.negative])
    labels = [1] * len(corpus.positive) + [0] * len(corpus.negative)
    model = LogisticRegression(solver="liblinear", max_iter=1_000).fit(examples, labels)
    every = [place.features for places in frequent.values() for place in places]
    rated = iter(model.predict_proba(vectorizer.transform(every))[:, 1].tolist())
    return {key: [next(rated) for _ in places] for key, places in frequent.items()}
