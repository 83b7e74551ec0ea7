"""The highest degree of a resume and the level of its latest job."""

from __future__ import annotations

from collections.abc import Sequence

from skillgap.extraction.context import Sentence
from skillgap.extraction.cues import CuesByPlace
from skillgap.model import Degree

_DEGREES = ("phd", "master", "bachelor")  # highest first
_SECTIONS = frozenset({"education", "certificates", "summary", "intro", "title"})
_BEHIND = 12  # words after a degree that can take it back
_SENIORITIES = ("lead_manager", "staff_principal", "senior", "intern", "entry", "mid")


def highest_degree(cues: CuesByPlace, spans: Sequence[Sentence]) -> Degree | None:
    """The highest degree that the resume names as finished."""
    for level in _DEGREES:
        for sentence in spans:
            if sentence.block.section not in _SECTIONS:
                continue
            named = cues.within(f"degree.{level}", sentence.begin, sentence.end)
            if sentence.block.section == "education":  # an LLM is a degree there, and nowhere else
                named = named or cues.within(f"resume.{level}", sentence.begin, sentence.end)
            if not named:
                continue
            end = max(s.end for s in spans if s.block is sentence.block)  # "B.Eng. ..., left without it"
            if not cues.within("degree.student", sentence.begin, min(end, sentence.end + _BEHIND)):
                return Degree(level, required=False)
    return None


def seniority_of(cues: CuesByPlace, titles: Sequence[tuple[int, int]]) -> str | None:
    """The level that the latest job title names."""
    for first, last in titles[:1]:
        for level in _SENIORITIES:
            plain = cues.within("seniority.role_words", first, last)
            held = {word for cue in plain for word in range(cue.first, cue.last + 1)}
            if any(cue.last not in held for cue in cues.within(f"seniority.{level}", first, last)):
                return level
    return None
