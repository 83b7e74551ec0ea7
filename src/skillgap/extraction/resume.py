"""Document -> ResumeProfile: what a resume shows of each skill, with the line it stands in."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from skillgap.errors import NotAResumeError
from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.context import Sentence, sentences, with_sentence
from skillgap.extraction.cues import CueFinder, CuesByPlace, flatten
from skillgap.extraction.dates import PeriodFinder, years_of
from skillgap.extraction.entries import Outline, outline
from skillgap.extraction.evidence import Grader, Grading
from skillgap.extraction.facts import years_at, years_words
from skillgap.extraction.language import is_english
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.schooling import highest_degree, seniority_of
from skillgap.extraction.shadow import Shadow, cast
from skillgap.extraction.tokens import Tokens, tokenize
from skillgap.model import GRADES, Document, Entry, Evidence, Match, ResumeProfile
from skillgap.taxonomy.runtime import Taxonomy

_CUE_LISTS = ("resume", "degree", "seniority", "years")
_SEPARATOR = re.compile(r"[,;|)]")
_OF = re.compile(r"\s*(?:'|\u2019)?\s*(?:of|in|with|using|writing|working with|experience)\b", re.IGNORECASE)
_REACH = 7  # words between a skill and the years that are stated of it
_WORK_SECTIONS = frozenset({"experience"})
_SHOWING_SECTIONS = frozenset({"experience", "projects", "volunteering"})
_HOLDING = frozenset({"certificates", "education", "skills"})  # where a named certificate is one that is held
_STRENGTH = {grade: number for number, grade in enumerate(GRADES)}


class ResumeReader:
    """Reads resumes with one taxonomy; holds no state between resumes."""

    def __init__(self, taxonomy: Taxonomy, matcher: SkillMatcher, sectioner: Sectioner) -> None:
        self.taxonomy = taxonomy
        self._matcher = matcher
        self._sectioner = sectioner
        lists = flatten(taxonomy.cues, _CUE_LISTS)
        present = lists.pop("resume.present")
        self._present = present
        lists.pop("years.numbers")
        self._numbers = years_words(taxonomy.cues)
        self._cues = CueFinder(lists, taxonomy.fold)
        self._grades = {section["id"]: section["level"] for section in taxonomy.resume_headings}

    def read(self, document: Document, as_of: int) -> ResumeProfile:
        """Read one resume; ``as_of`` is the month that "present" stands for, since year 0.

        Raises NotAResumeError where the text holds neither a skill nor a dated entry.
        """
        if not document.text.strip():
            raise NotAResumeError(f"{document.source}: the text is empty; give the resume's text")
        shadow = cast(document.text)
        layout = lay_out(shadow.text, self._sectioner)
        tokens = tokenize(layout.flat, self.taxonomy.fold, self.taxonomy.compounds)
        spans = list(sentences(tokens, layout.blocks))
        cues = CuesByPlace(self._cues.find(tokens), ((s.begin, s.end) for s in spans))
        matches = self._matches(tokens, spans)
        words = frozenset(word for m in matches for word in range(m.first, m.last + 1))
        parts = outline(tokens, cues, layout.blocks, PeriodFinder(self._present, as_of), words)
        grader = Grader(tokens, cues, self._grades)
        graded = [
            (match, sentence, grading)
            for match, sentence in with_sentence(matches, spans)
            if parts.names.isdisjoint(range(match.first, match.last + 1))
            and (grading := grader.grade(match, sentence, _section(match, sentence, parts.entries)))
            is not None
        ]
        if not graded and not parts.entries:
            raise NotAResumeError(
                f"{document.source}: no skill and no dated entry was found in it, so it does not look like "
                "a resume; give the resume's own text, as a PDF, DOCX or text file"
            )
        evidence = tuple(self._evidence(graded, parts.entries, shadow))
        return ResumeProfile(
            document=document,
            evidence=evidence,
            entries=tuple(_on_document(parts, shadow)),
            years_total=_years_total(parts.entries),
            years=self._years(graded, parts.entries, tokens, cues),
            degree=highest_degree(cues, spans),
            seniority=seniority_of(cues, parts.titles),
            as_of=as_of,
            english=is_english(tokens, self.taxonomy.cues["languages"]),
            blocks=layout.blocks,
        )

    def _years(
        self,
        graded: Sequence[tuple[Match, Sentence, Grading]],
        entries: Sequence[Entry],
        tokens: Tokens,
        cues: CuesByPlace,
    ) -> dict[str, float]:
        """Years of each skill: of the entries that used it, overlaps once, or what the text states."""
        periods: dict[str, list[tuple[int, int]]] = defaultdict(list)
        stated: dict[str, int] = {}
        for match, sentence, grading in graded:
            entry = _entry_of(match, entries)
            if grading.grade == "used" and entry is not None and entry.section in _SHOWING_SECTIONS:
                periods[match.skill].append((entry.begin, entry.finish))
            if grading.grade in ("used", "listed") and grading.direct:
                said = self._stated(match, sentence, tokens, cues)
                stated[match.skill] = max(said or 0, stated.get(match.skill, 0))
        years = {skill: years_of(found) for skill, found in periods.items()}
        return {
            skill: figure
            for skill in sorted({*years, *stated})
            if (figure := max(years.get(skill, 0), stated.get(skill, 0)))
        }

    def _stated(self, match: Match, sentence: Sentence, tokens: Tokens, cues: CuesByPlace) -> int | None:
        """The figure that the text itself gives: "7 years of Python", "Python (5 years)"."""
        text = tokens.text
        for unit in cues.within("years.units", match.last + 1, min(sentence.end, match.last + _REACH)):
            gap = text[tokens.ends[match.last] : tokens.starts[unit.first]]
            ago = tokens.keys[unit.last + 1 : unit.last + 2] == ["ago"]
            if unit.first - match.last <= 3 and not _SEPARATOR.search(gap) and not ago:
                return years_at(tokens, self._numbers, unit, match.last + 1)
        for unit in reversed(
            cues.within("years.units", max(sentence.begin, match.first - _REACH), match.first)
        ):
            gap = text[tokens.ends[unit.last] : tokens.starts[match.first]]
            if _OF.match(gap) and not _SEPARATOR.search(gap):
                return years_at(tokens, self._numbers, unit, sentence.begin)
        return None

    def _matches(self, tokens: Tokens, spans: Sequence[Sentence]) -> list[Match]:
        """All matches; under a heading of skills an ambiguous name needs nothing else to speak for it."""
        rejected: list[Match] = []
        matches = self._matcher.match(tokens, rejected, inner=True)
        for match, sentence in with_sentence(rejected, spans):
            spoken = match.kind == "human_language"
            if sentence.block.section == ("languages" if spoken else "skills"):
                matches.append(match)
        return sorted(matches, key=lambda m: (m.start, m.end, m.skill))

    def _evidence(
        self,
        graded: Sequence[tuple[Match, Sentence, Grading]],
        entries: Sequence[Entry],
        shadow: Shadow,
    ) -> Iterable[Evidence]:
        """Evidence in order of strength for each skill, and by place."""
        found = []
        for match, sentence, grading in graded:
            start, end = shadow.span(match.start, match.end)
            entry = _entry_of(match, entries)
            held = (
                match.kind == "certification"
                and sentence.block.section in _HOLDING
                and grading.grade == "listed"
            )
            found.append(
                Evidence(
                    skill=match.skill,
                    grade="used" if held else grading.grade,
                    start=start,
                    end=end,
                    section=sentence.block.section,
                    direct=grading.direct,
                    last_used=max(entry.begin, entry.finish - 1) if entry else None,
                    rules=(f"alias: {match.alias} ({match.how})", *grading.rules),
                )
            )
        return sorted(found, key=lambda e: (e.skill, _STRENGTH[e.grade], not e.direct, e.start))


def _section(match: Match, sentence: Sentence, entries: Sequence[Entry]) -> str:
    """Where a match stands: in a job that no heading announces, or in its line's own section."""
    entry = _entry_of(match, entries)
    unheaded = sentence.block.section in ("intro", "summary", "title")
    return entry.section if entry is not None and unheaded else sentence.block.section


def _entry_of(match: Match, entries: Sequence[Entry]) -> Entry | None:
    """The dated entry that a match stands in; the innermost, if several do."""
    around = [e for e in entries if e.start <= match.start < e.end]
    return min(around, key=lambda e: e.end - e.start, default=None)


def _years_total(entries: Sequence[Entry]) -> float | None:
    periods = [(e.begin, e.finish) for e in entries if e.section in _WORK_SECTIONS]
    return years_of(periods) if periods else None


def _on_document(parts: Outline, shadow: Shadow) -> Iterable[Entry]:
    for entry in parts.entries:
        start, end = shadow.span(entry.start, entry.end)
        yield Entry(start, end, entry.section, entry.begin, entry.finish)
