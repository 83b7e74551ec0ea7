"""The dated entries of a resume, and which words of it are names of employers, schools and streets.

An entry opens with a head: the line with its dates and the short lines of names around it (title,
employer, place). An employer's name is no skill, whatever it is called; a skill in the title is one.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skillgap.extraction.cues import CuesByPlace
from skillgap.extraction.dates import Period, PeriodFinder
from skillgap.extraction.tokens import Tokens
from skillgap.model import Block, Entry

_DATED_SECTIONS = frozenset({"experience", "projects", "volunteering", "education", "certificates"})
_EMPLOYING = frozenset({"experience", "education", "volunteering", "intro", "summary"})  # who is named there
_UNHEADED = frozenset({"intro", "summary"})  # a job may stand here where nothing is headed
_PRIVATE_SECTIONS = frozenset({"contact", "references"})
_LONGEST_HEAD = 110  # characters of a line that may open an entry
_SHORTEST_LEAD = 2  # characters before the dates of a job that is written as a bullet
_LONGEST_CONTACT = 220
_HEAD_REACH = 2  # lines before and after the dated line that may belong to its head
_FEW_SEGMENTS = 2  # "Acme, Berlin" is a name and a place; a longer list is one of tools
_SMALL_WORD = 3  # letters: "of", "and", "der" may be lower case in a name
_SEGMENT = re.compile(
    r"\s+(?:at|@|for|with|bei)\s+|\s*[,;|\u2022\u00b7\t(){}\[\]*_]\s*|\s+[-\u2013\u2014]+\s+|: |  +"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s)")
_CONTACT = re.compile(
    r"@|https?:|www\.|linkedin|github\.com|gitlab|\+?\d[\d ()/.-]{7,}\d|\b\d{5}\b"
    r"|\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b",
    re.IGNORECASE,
)

Dated = tuple[Block, list[Period]]
Segment = tuple[int, int]  # numbers of words, the second exclusive


@dataclass(frozen=True, slots=True)
class Outline:
    """Dated entries in text order, the words that are names, the titles of jobs (latest first)."""

    entries: tuple[Entry, ...]
    names: frozenset[int]
    titles: tuple[Segment, ...]


def outline(
    tokens: Tokens,
    cues: CuesByPlace,
    blocks: Sequence[Block],
    finder: PeriodFinder,
    skills: frozenset[int] = frozenset(),
) -> Outline:
    """Entries, names and titles of one resume; ``blocks`` are its lines in text order.

    ``skills`` are the words of everything that was recognised: a line of nothing else names tools.
    """
    found = [(block, list(finder.find(tokens.text, block.start, block.end))) for block in blocks]
    names = _Names(tokens, cues, skills)
    entries: list[tuple[Entry, Segment | None]] = []
    opens = [bool(d) and (_may_open(b, d) or names.is_dated_by_year(b, d[0])) for b, d in found]
    for number, (block, dates) in enumerate(found):
        if not opens[number]:
            continue
        section = block.section
        if section in _UNHEADED and not names.is_job(block, dates[0]):
            continue
        head = list(_head(found, number, tokens.text))
        title = names.read_head(head, block, dates[0])
        start = min(b.start for b in head)
        named = "experience" if section in _UNHEADED else section
        if names.is_pause(block):
            named = "pause"
        end = _end_of(found, opens, number)
        entries += [(Entry(start, end, named, p.begin, p.finish), title) for p in dates if _counts(p, dates)]
    names.read_contact(blocks)
    jobs = [(entry, title) for entry, title in entries if title and entry.section == "experience"]
    jobs.sort(key=lambda pair: (-pair[0].finish, pair[0].start))
    return Outline(_apart([entry for entry, _ in entries]), names.all(), tuple(title for _, title in jobs))


def _apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Entries that end where the head of the next one begins."""
    starts = sorted({entry.start for entry in entries})
    following = dict(itertools.pairwise(starts))
    return tuple(replace(e, end=min(e.end, following.get(e.start, e.end))) for e in entries)


def _counts(period: Period, dates: Sequence[Period]) -> bool:
    """Every period of a line that names several, "2019-2020, 2022-2024"; of single dates the first."""
    return period.finish > period.begin or period is dates[0]


def _may_open(block: Block, dates: Sequence[Period]) -> bool:
    """A line that is mostly dates and names; in a long sentence a year opens nothing."""
    if block.section not in _DATED_SECTIONS | _UNHEADED or block.is_heading:
        return False
    lasting = dates[0].finish > dates[0].begin
    if block.bullet and dates[0].start - block.start > _SHORTEST_LEAD and block.section == "experience":
        return False  # "Cut cost from 2019 to 2021" is told of a job, and is none
    if block.end - block.start > _LONGEST_HEAD:  # a paragraph may open with its dates
        return lasting and not block.bullet and dates[0].end - block.start <= _LONGEST_HEAD
    return lasting or block.section in ("education", "certificates", "projects")


def _head(found: Sequence[Dated], number: int, text: str) -> Iterator[Block]:
    """The dated line, and the undated lines of names right around it."""
    block = found[number][0]
    yield block
    if block.bullet:
        return
    for step in (-1, 1):
        for place in range(number + step, number + step * (_HEAD_REACH + 1), step):
            if not 0 <= place < len(found):
                break
            other, dates = found[place]
            if dates or other.section != block.section or not _is_line_of_names(other, text):
                break
            yield other


def _is_line_of_names(block: Block, text: str) -> bool:
    line = text[block.start : block.end]
    if block.bullet or block.is_heading or len(line) > _LONGEST_HEAD or line.rstrip().endswith((".", ";")):
        return False
    if line.lstrip().startswith(("#", "**")):
        return True
    words = [word.strip("*_#|,()") for word in line.split()]
    return all(not word[:1].islower() for word in words if len(word) > _SMALL_WORD)


def _end_of(found: Sequence[Dated], opens: Sequence[bool], number: int) -> int:
    """Where an entry ends: before the next dated line of its section, or with the section."""
    block = found[number][0]
    end = block.end
    for (other, _), opening in zip(found[number + 1 :], opens[number + 1 :], strict=True):
        if other.section != block.section or opening:
            break
        end = other.end
    return end


class _Names:
    """Collects the words of names in one resume."""

    def __init__(self, tokens: Tokens, cues: CuesByPlace, skills: frozenset[int]) -> None:
        self._tokens = tokens
        self._skills = skills
        self._cues = cues
        self._words: set[int] = set()
        self._spelled: set[tuple[str, ...]] = set()
        self._heads: set[int] = set()

    def is_pause(self, block: Block) -> bool:
        """Whether a dated line is a break from work, told as one."""
        return self._cue("resume.idle", self._range(block.start, block.end))

    def is_job(self, block: Block, period: Period) -> bool:
        """Whether a dated line outside any section names a post that was held for a while."""
        first, last = self._range(block.start, min(block.end, block.start + _LONGEST_HEAD))
        return period.finish > period.begin and self._cue("resume.role_words", (first, last))

    def is_dated_by_year(self, block: Block, period: Period) -> bool:
        """Whether a line of names gives a job, who it was with and one date: "Intern, Moss Ltd, 2019"."""
        if block.section != "experience" or block.bullet or not _is_line_of_names(block, self._tokens.text):
            return False
        undated = [s for s in self._segments(block) if self._tokens.ends[s[1] - 1] <= period.start]
        roles = [s for s in undated if self._cue("resume.role_words", s)]
        return 0 < len(roles) < len(undated)

    def read_head(self, head: Sequence[Block], dated: Block, period: Period) -> Segment | None:
        """Take employer and place out of a head; return its title."""
        title: Segment | None = None
        for block in head:
            self._heads.add(block.start)
            segments = list(self._segments(block))
            if block is dated:  # its first sentence is the head
                stop = max(self._first_sentence(block), period.end)
                end = bisect_left(self._tokens.starts, stop)
                segments = [(first, min(last, end)) for first, last in segments if first < end]
            if block is not dated and self._is_line_of_tools(segments):
                continue
            if block is dated:
                segments = self._before_tools(segments, period)
            roles = [s for s in segments if self._cue("resume.role_words", s) or self._is_degree(s)]
            title = title or (roles[0] if roles else None)
            for segment in segments:
                few = block is dated or len(segments) <= _FEW_SEGMENTS
                plain = few and block.section in _EMPLOYING and not self._in_brackets(segment, block)
                if segment not in roles and (plain or self._cue("resume.organisation", segment)):
                    self._take(segment)
        return title

    def read_contact(self, blocks: Sequence[Block]) -> None:
        """Name, address and links at the top, and the people of the references."""
        for block in blocks:
            line = self._tokens.text[block.start : block.end]
            if block.start in self._heads:
                continue
            private = block.section in _PRIVATE_SECTIONS
            top = block.section in ("title", "intro") and len(line) <= _LONGEST_CONTACT
            if private or (top and (block.section == "title" or _CONTACT.search(line))):
                for segment in self._segments(block):
                    if private or not self._cue("resume.role_words", segment):
                        self._words.update(range(*segment))

    def all(self) -> frozenset[int]:
        """The words of all names, wherever a name of two or more words is written again."""
        words = self._tokens.words
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for spelled in sorted(self._spelled):
            by_first.setdefault(spelled[0], []).append(spelled)
        for position, word in enumerate(words):
            for spelled in by_first.get(word, ()):
                if tuple(words[position : position + len(spelled)]) == spelled:
                    self._words.update(range(position, position + len(spelled)))
        return frozenset(self._words)

    def _first_sentence(self, block: Block) -> int:
        stop = _SENTENCE_END.search(self._tokens.text, block.start, block.end)
        return stop.start() if stop else block.end

    def _range(self, start: int, end: int) -> Segment:
        return bisect_left(self._tokens.starts, start), bisect_left(self._tokens.starts, end)

    def _segments(self, block: Block) -> Iterator[Segment]:
        line = self._tokens.text[block.start : block.end]
        begin = 0
        for cut in (*_SEGMENT.finditer(line), None):
            stop = cut.start() if cut else len(line)
            first = bisect_left(self._tokens.starts, block.start + begin)
            last = bisect_left(self._tokens.starts, block.start + stop)
            if first < last:
                yield first, last
            begin = cut.end() if cut else stop

    def _is_line_of_tools(self, segments: Sequence[Segment]) -> bool:
        """Whether a line around the dates lists recognised skills and nothing else."""
        return len(segments) > 1 and all(self._skills.issuperset(range(*s)) for s in segments)

    def _before_tools(self, segments: Sequence[Segment], period: Period) -> list[Segment]:
        """A head without the tools behind its dates: "Developer, Moss Ltd, 2020 - 2022: Python, Docker"."""
        kept = []
        for segment in segments:
            behind = self._tokens.starts[segment[0]] >= period.end
            if behind and self._skills.issuperset(range(*segment)) and len(segments) > _FEW_SEGMENTS + 1:
                continue
            kept.append(segment)
        return kept

    def _in_brackets(self, segment: Segment, block: Block) -> bool:
        """Whether a segment stands in brackets: "(Python, Spark)" behind a title names tools."""
        before = self._tokens.text[block.start : self._tokens.starts[segment[0]]]
        return before.count("(") > before.count(")")

    def _is_degree(self, words: Segment) -> bool:
        """Whether a segment names what was studied ("BSc Operations Research"), and no school."""
        degree = any(self._cue(f"degree.{level}", words) for level in ("bachelor", "master", "phd"))
        return degree and not self._cue("resume.organisation", words)

    def _cue(self, label: str, words: Segment) -> bool:
        return bool(self._cues.within(label, *words))

    def _take(self, segment: Segment) -> None:
        self._words.update(range(*segment))
        spelled = tuple(self._tokens.words[slice(*segment)])
        if len(spelled) > 1 and all(word[:1].isupper() for word in spelled):
            self._spelled.add(spelled)
