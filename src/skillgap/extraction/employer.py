"""The employer's own name among the skills: "Join Acme", "At Acme, we", "Acme is hiring"."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from skillgap.extraction.context import Sentence, asks
from skillgap.extraction.cues import CuesByPlace
from skillgap.extraction.tokens import COMMA, SOFT, Tokens
from skillgap.model import Match
from skillgap.taxonomy.patterns import TOKEN

_EMPLOYER_SECTIONS = frozenset({"company", "benefits", "team"})
_REACH = 6  # words before a name in which it is asked for
_Phrases = Mapping[int, frozenset[tuple[str, ...]]]  # by their number of words


class EmployerReader:
    """Tells by the words around a name whether an ad calls its employer so; lists of ``cues.yaml``."""

    def __init__(self, lists: Mapping[str, Sequence[str]], fold: Callable[[str], str]) -> None:
        def phrases(label: str) -> _Phrases:
            found = {tuple(fold(w) for w in TOKEN.findall(phrase.lower())) for phrase in lists[label]}
            return {n: frozenset(f for f in found if len(f) == n) for n in sorted(map(len, found))}

        self._before, self._after = phrases("before"), phrases("after")
        self._opening, self._follow = phrases("opening"), phrases("follow")

    def own_names(
        self,
        tokens: Tokens,
        cues: CuesByPlace,
        found: Sequence[tuple[Match, Sentence]],
        stated: AbstractSet[str],
    ) -> frozenset[Match]:
        """Of the names found those that mean the employer, not a skill that is asked for.

        ``stated`` are the skills that go by the name that the page gives. Where an ad calls its
        employer so, every other mention counts only where it is asked for by itself. What the job is
        called by ("Salesforce developer") is no employer, whatever the ad says.
        """
        titled = {match.skill for match, sentence in found if sentence.block.section == "title"}
        spoken = frozenset(
            match for match, s in found if match.skill not in titled and self._speaks(tokens, match, s)
        )
        skills = {match.skill for match in spoken} | stated
        skills |= {match.skill for match, sentence in found if _heads_the_company(sentence)} - titled
        return spoken | {m for m, s in found if m.skill in skills and not _asked_for(cues, m, s)}

    def _speaks(self, tokens: Tokens, match: Match, sentence: Sentence) -> bool:
        """Whether this mention names the employer; a demand never does ("join SQL tables")."""
        if sentence.block.level in ("required", "preferred"):
            return False
        if _ends(tokens, sentence.begin, match.first, self._before):
            return True
        if _opens(tokens, match.last, sentence.end, self._after, SOFT):
            return True
        opening = tuple(tokens.keys[sentence.begin : match.first])
        if opening not in self._opening.get(len(opening), ()):
            return False
        return match.last + 1 == sentence.end or _opens(tokens, match.last, sentence.end, self._follow, COMMA)


def _ends(tokens: Tokens, begin: int, first: int, phrases: _Phrases) -> bool:
    """Whether one of the phrases stands right before a word."""
    return any(
        tuple(tokens.keys[first - length : first]) in found and tokens.joints[first - 1] == SOFT
        for length, found in phrases.items()
        if first - length >= begin
    )


def _opens(tokens: Tokens, last: int, end: int, phrases: _Phrases, joint: int) -> bool:
    """Whether one of the phrases stands behind a word, with nothing stronger than ``joint`` between."""
    return any(
        tuple(tokens.keys[last + 1 : last + 1 + length]) in found and tokens.joints[last] <= joint
        for length, found in phrases.items()
        if last + length < end
    )


def _asked_for(cues: CuesByPlace, match: Match, sentence: Sentence) -> bool:
    """Whether a list asks for the name, or words right beside it: "experience with our Acme API"."""
    if not asks(cues, sentence):
        return False
    if _is_demand(sentence):
        return True
    before = cues.within("requirement", max(sentence.begin, match.first - _REACH), match.first)
    return bool(before or cues.within("requirement", match.last + 1, min(sentence.end, match.last + 2)))


def _is_demand(sentence: Sentence) -> bool:
    return sentence.block.bullet and sentence.block.level in ("required", "preferred")


def _heads_the_company(sentence: Sentence) -> bool:
    """Whether it is a heading such as "About Databricks"."""
    return sentence.block.is_heading and sentence.block.section in _EMPLOYER_SECTIONS
