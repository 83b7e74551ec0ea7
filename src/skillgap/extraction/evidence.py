"""How strongly one line of a resume speaks of a skill: used, listed, learning or denied.

The section gives the grade; the words of the clause can take it back. "No experience with
Kubernetes yet" denies it, "currently learning Rust" is on the way, and "managed a team that used
Spark" is somebody else's work: named, but not done.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from skillgap.extraction.context import Sentence, parentheses
from skillgap.extraction.cues import Cue, CuesByPlace
from skillgap.extraction.tokens import COMMA, INLINE, Tokens
from skillgap.model import Match

_AFTER_REACH = 3  # words between a skill and "in progress"
_PHRASE = 5  # more words between a skill and a cue of several words: "is from a webinar"
_NAMING = frozenset({"skills", "certificates", "languages"})  # lists name no doers
_AIMING = frozenset({"intro", "summary"})  # a profile may say what somebody wants to do
_NEAR = 4  # words between a negator, or a person, and what it is said of
_PAUSE = re.compile(r"[,;:()]|\bbut\b")
_SUBJECT = 5  # words in which a sentence names who did it


@dataclass(frozen=True, slots=True)
class Grading:
    """The grade of one match, whether the person did it, and the rules that said so."""

    grade: str
    rules: tuple[str, ...]
    direct: bool = True


class Grader:
    """Grades the matches of one resume; ``grades`` maps a section to its grade."""

    def __init__(self, tokens: Tokens, cues: CuesByPlace, grades: Mapping[str, str]) -> None:
        self._tokens = tokens
        self._cues = cues
        self._grades = grades

    def grade(self, match: Match, sentence: Sentence, section: str) -> Grading | None:
        """None where a section names nothing that a person can do (hobbies, references)."""
        base = self._grades.get(section, "listed")
        if base == "none":
            return None
        rules = [f"section: {section}"]
        denied = self._next(match, sentence) or self._negated(match, sentence)
        if denied is not None:
            return Grading("denied", (*rules, f"cue: {denied.text}"))
        for grade in ("denied", "learning"):
            cue = self._before(f"resume.{grade}", match, sentence) or self._after(
                f"resume.{grade}_after", match, sentence
            )
            if cue is not None:
                return Grading(grade, (*rules, f"cue: {cue.text}"))
        lead = self._lead_in(match, sentence) or (
            self._before("resume.aim", match, sentence) if section in _AIMING else None
        )
        if lead is not None:
            return Grading("learning", (*rules, f"cue: {lead.text}"))
        others = self._by_others(match, sentence) if section not in _NAMING else ""
        if others:
            return Grading("listed", (*rules, f"done by others: {others}"), direct=False)
        return Grading(base, tuple(rules))

    def _next(self, match: Match, sentence: Sentence) -> Cue | None:
        """A denial right before the match: "No SQL", "have not fine-tuned"."""
        for cue in self._cues.within("resume.denied_next", sentence.begin, match.first):
            lone = cue.first == cue.last and self._tokens.keys[cue.first] == "no"
            opens = cue.first == sentence.begin or self._tokens.joints[cue.first - 1] >= COMMA
            if cue.last + 1 == match.first and (opens or not lone):
                return cue
        return None

    def _negated(self, match: Match, sentence: Sentence) -> Cue | None:
        """A denial a few words away, in the same breath: "have yet to use Docker", "no Docker experience"."""
        known = self._cues.within(
            "resume.known_by", match.last + 1, min(sentence.end, match.last + 1 + _NEAR)
        )
        for cue in reversed(self._cues.within("resume.negator", sentence.begin, match.first)):
            gap = self._tokens.text[self._tokens.ends[cue.last] : self._tokens.starts[match.first]]
            if match.first - cue.last > _NEAR or _PAUSE.search(gap):
                return None
            sure = cue.last > cue.first  # "not a", "have yet to"; a lone "no" may speak of something else
            if sure or known:
                return cue
        return None

    def _by_others(self, match: Match, sentence: Sentence) -> str:
        """The words that show that somebody else did it; empty if nothing does."""
        cue = self._before("resume.others", match, sentence)
        behind = self._cues.within("resume.others_after", match.last + 1, sentence.end)
        if cue is not None or behind:
            return (cue or behind[0]).text
        served = self._served(match, sentence) or self._beside(match, sentence)
        if served is not None:
            return served.text
        for own in self._cues.within("resume.self", sentence.begin + 1, sentence.end):
            if own.first > match.last or self._tokens.keys[own.first - 1] == "and":
                return ""  # "the customer asked for it and I wrote it", "the team and I"
        for person in reversed(self._cues.within("resume.people", sentence.begin, match.first)):
            joined = self._cues.within("resume.joining", person.last + 1, match.first)
            if joined and joined[0].first - person.last <= _NEAR:
                return f"{person.text} {joined[0].text}"
        opens = self._cues.within("resume.others_open", sentence.begin, sentence.begin + 1)
        people = self._cues.within("resume.people", sentence.begin, sentence.begin + _SUBJECT)
        if opens and people and people[0].last < match.first:
            return f"{opens[0].text} {people[0].text}"
        return ""

    def _served(self, match: Match, sentence: Sentence) -> Cue | None:
        """Humble work for a thing that others make: "annotated 900 reports for a prediction model"."""
        for cue in reversed(self._cues.within("resume.served", sentence.begin, match.first)):
            between = self._tokens.keys[cue.last + 1 : match.first]
            if "for" in between and "and" not in between[between.index("for") :]:
                return cue
        return None

    def _beside(self, match: Match, sentence: Sentence) -> Cue | None:
        """The match names people ("data science team") and somebody worked next to them."""
        people = self._cues.within("resume.people", match.last + 1, min(sentence.end, match.last + 2))
        if not people:
            return None
        nearest = max(sentence.begin, match.first - _NEAR - 1)
        near = self._cues.within("resume.beside", nearest, match.first)
        return near[-1] if near and not self._comma(near[-1].last, match.first) else None

    def _comma(self, low: int, high: int) -> bool:
        return any(joint >= COMMA for joint in self._tokens.joints[low:high])

    def _before(self, label: str, match: Match, sentence: Sentence) -> Cue | None:
        """A cue whose clause reaches the match: no "but" between them, nor the end of its bracket."""
        for cue in reversed(self._cues.within(label, sentence.begin, match.first)):
            turned = self._cues.within("resume.but", cue.last + 1, match.first)
            brackets = parentheses(self._tokens, sentence.begin, sentence.end)
            around = brackets.get(cue.first)
            inside = around is None or match.first <= around[1]
            gap = self._tokens.text[self._tokens.ends[cue.last] : self._tokens.starts[match.first]]
            again = self._cues.within("resume.again", cue.last + 1, match.first)
            if not turned and inside and not (again and "," in gap):
                return cue
        return None

    def _after(self, label: str, match: Match, sentence: Sentence) -> Cue | None:
        """A cue right behind the match: "Rust (learning)", "Kubernetes: none yet"."""
        joints = self._tokens.joints
        last = min(sentence.end, match.last + 2 + _AFTER_REACH + _PHRASE)
        for cue in self._cues.within(label, match.last + 1, last):
            own = self._cues.within("resume.denied", cue.first, sentence.end)
            if own and own[0].first == cue.first and own[0].last > cue.last:
                return None  # "no experience with Python" speaks of what follows
            between = joints[match.last : cue.first]
            near = cue.first - match.last - 1 <= _AFTER_REACH
            gap = self._tokens.text[self._tokens.ends[match.last] : self._tokens.starts[cue.first]]
            if "," in gap or ";" in gap or COMMA in between or not (near or cue.last > cue.first):
                return None
            closed = cue.last + 1 >= sentence.end or joints[cue.last] >= COMMA or cue.last > cue.first
            if closed and (cue.last > cue.first or INLINE in between or cue.first == match.last + 1):
                return cue
        return None

    def _lead_in(self, match: Match, sentence: Sentence) -> Cue | None:
        """The cue in "Learning: Rust, Zig" and "Learning Rust", but not in "Learning platforms"."""
        for cue in self._cues.within("resume.learning_lead", sentence.begin, match.first):
            opens = cue.first == sentence.begin
            if opens and (self._tokens.joints[cue.last] == INLINE or match.first == cue.last + 1):
                return cue
        return None
