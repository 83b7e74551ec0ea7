"""Lines -> blocks: titles, headings and the sections that lines stand in.

Sentences are the wrong unit in ads: bullets rarely end in a full stop, and headings never do.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from skillgap.extraction.cues import Cue, CueFinder
from skillgap.extraction.lines import END_OF_SENTENCE, Line, logical_lines
from skillgap.extraction.roles import RoleReader
from skillgap.extraction.titles import LINES_ABOVE, TitleFinder, TopLine, stated_title, without_marks
from skillgap.extraction.tokens import tokenize
from skillgap.model import Block
from skillgap.taxonomy.runtime import Taxonomy

_PINS = "^$"  # "^" pins a phrase to the start of its heading, "$" to its end
HARD_END = "\x00"  # stands for a line end that nothing crosses

_MARKS = re.compile(r"^[\s#*_=>\u2022\W]+|[\s*_#=]+$")
_INLINE_HEADING = re.compile(r"([^:\n.;,()]{3,60}):(?=\s*\S)")
_FACT = re.compile(r"([^:\n.;,]{2,60}):(?!//)(?=.*\w)")  # "Location(s): Berlin"
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")  # "SKILLS (years in brackets)"
_MAX_HEADING_CHARACTERS, _MAX_HEADING_WORDS = 80, 11
_MAX_TITLE_CHARACTERS = 140
_TELLING = frozenset({"title", "intro", "company", "team"})  # sections that ask for nothing
_OF_FACTS = frozenset({"logistics", "benefits", "application", "team"})
_ABOVE_TITLES = _OF_FACTS - {"team"}
_LONGEST_FACT = 12  # words of a line that gives a place, a date or a kind of contract
_LONGEST_UNMARKED = 6  # words of a heading that only its list shows to be one
_OF_ENTRIES = frozenset({"experience", "projects", "volunteering"})
_OF_LISTS = frozenset({"skills", "languages", "certificates", "experience", "projects"})
_SHORTEST_CAPITALS = 4  # letters: "SQL" is no heading
_HEADING = 0.5  # share of a line's words that a heading has to own
_WHOLLY = 0.99  # share of a line's words that a heading of a resume has to own
_FEWEST_ITEMS, _MOST_ITEMS = 2, 12  # of a list that is judged by what it says
_ASKING = frozenset({"requirements", "preferred", "responsibilities", "stack"})


@dataclass(frozen=True, slots=True)
class Layout:
    """``flat``: the shadow's text with HARD_END at every real line end; blocks in text order."""

    flat: str
    blocks: tuple[Block, ...]


class _Opened(NamedTuple):
    """The section that lines stand in. ``before``: what goes on below a heading of short facts."""

    section: str
    level: str | None
    heading: str | None
    empty: bool = True  # no line of text has followed yet
    before: _Opened | None = None


class _Fact(NamedTuple):
    section: str
    label: str
    leaves: _Opened  # what is open after it


class Sectioner:
    """Names the section of every line by the headings of ``headings.yaml``: of ads, or of resumes."""

    def __init__(self, taxonomy: Taxonomy, roles: RoleReader | None = None, *, resume: bool = False) -> None:
        """``roles`` knows the trades of titles; without it one is made."""
        self._fold = fold = taxonomy.fold
        sections, words = taxonomy.resume_headings if resume else taxonomy.headings, taxonomy.words
        self._of_ads = not resume
        self._levels = {section["id"]: section["level"] for section in sections}
        self._order = {section["id"]: number for number, section in enumerate(sections)}
        self._finder = CueFinder(_by_pins(sections), fold)
        self._openers = frozenset(words["openers"])
        self._filler = frozenset(fold(word) for word in words["heading_filler"])
        asking = {"asks": taxonomy.cues["requirement"], "law": taxonomy.cues["boilerplate"]}
        self._item_finder = CueFinder(asking, fold)
        verbs = (verb for name in words["duties"] for verb in words["classes"][name])
        self._duties = frozenset(fold(verb) for verb in verbs)
        self._titles = None if resume else _title_finder(taxonomy, roles or RoleReader(taxonomy))

    def classify(self, heading: str) -> tuple[str | None, float]:
        """The section a heading names, and the share of its words that say so."""
        tokens = tokenize(_camel_split(heading), self._fold)
        if not len(tokens):
            return None, 0.0
        cues = [cue for cue in self._finder.find(tokens) if self._where_pinned(cue, tokens.keys)]
        if not cues:
            return None, 0.0
        widest: dict[str, int] = {}
        for cue in cues:
            label = cue.label.strip(_PINS)
            widest[label] = max(widest.get(label, 0), cue.last - cue.first + 1)
        section = min(widest, key=lambda label: (self._rank(label, widest), self._order[label]))
        named = {i for cue in cues for i in range(cue.first, cue.last + 1)}
        weighty = [i for i, key in enumerate(tokens.keys) if key not in self._filler or i in named]
        share = sum(i in named for i in weighty) / len(weighty) if weighty else 0.0
        return section, share

    def _where_pinned(self, cue: Cue, keys: Sequence[str]) -> bool:
        """Whether a phrase that is pinned to an end of its heading stands there, but for filler."""
        before = keys[: cue.first] if cue.label.startswith("^") else ()
        after = keys[cue.last + 1 :] if cue.label.endswith("$") else ()
        return self._filler.issuperset(before) and self._filler.issuperset(after)

    def _rank(self, label: str, widest: Mapping[str, int]) -> int:
        """Wishes beat demands whatever their length; otherwise the longer phrase decides."""
        if label in ("eeo", "preferred"):
            return -10
        return -widest[label]

    def level(self, section: str) -> str | None:
        return self._levels.get(section)

    def blocks(self, text: str) -> Iterator[Block]:
        """All lines of a text as blocks, headings among them."""
        lines = list(logical_lines(text, self._openers))
        title = self._title_number(text, lines)
        yield from self._above_title(text, lines[:title])
        opened = _Opened("intro", None, None)
        listed = ""  # what a list without any heading shows itself to be
        for number, line in enumerate(lines[title:], title):
            content = text[line.start : line.end]
            alone = len(lines) == 1
            if number == title and self._is_title(content, bullet=line.bullet, alone=alone):
                yield Block(line.start, line.end, "title", None, is_heading=True)
                continue
            fact = None if line.bullet or not self._of_ads else self._fact(text, lines, number, opened)
            if fact is not None:
                opened = fact.leaves
                yield Block(line.start, line.end, fact.section, self.level(fact.section), fact.label)
                continue
            new = self._opened(text, lines, number, opened)
            if new is not None:
                opened = new
                yield Block(
                    line.start, line.end, new.section, new.level, " ".join(content.split()), is_heading=True
                )
                continue
            if opened.before is not None and not self._is_fact_alone(text, lines, number):
                opened = opened.before
            listed = self._without_heading(text, lines, number, listed) if opened.heading is None else ""
            block, opened = self._plain(content, line, opened, listed)
            yield block

    def _plain(self, content: str, line: Line, opened: _Opened, listed: str) -> tuple[Block, _Opened]:
        """The block of a line that is no heading, and what is open after it."""
        here = (listed, self.level(listed)) if listed else (opened.section, opened.level)
        block = Block(line.start, line.end, *here, opened.heading, line.bullet)
        opened = opened._replace(empty=False)
        inside = not self._of_ads and opened.section in _OF_ENTRIES  # "Tech stack: ..." is of its job
        inline = None if inside else self._inline(content, bullet=line.bullet)
        if inline is None:
            return block, opened
        named, length = inline
        block = replace(block, section=named, level=self.level(named), heading=content[:length])
        if named in _ASKING and not line.bullet:
            opened = _Opened(named, block.level, block.heading, empty=False)
        return block, opened

    def _opened(self, text: str, lines: Sequence[Line], number: int, opened: _Opened) -> _Opened | None:
        """What a line opens as the heading that it is; None for any other line."""
        line = lines[number]
        content = text[line.start : line.end]
        found = self._heading(content, bullet=line.bullet)
        if not self._of_ads:  # in a resume "ACME LTD:" opens no section
            if not found or not self._opens(text, lines, number, opened.section, content):
                return None
        elif not found and opened.section in _TELLING:
            if found is None:
                found = self._unmarked(content, line, lines[number + 1 : number + 2])
            if found is not None:
                found = self._by_items(text, lines[number + 1 : number + 1 + _MOST_ITEMS])
        if found is None:
            return None
        level = self.level(found) if found else opened.level
        new = _Opened(found or opened.section, level, " ".join(content.split()))
        if found == "logistics" and self._of_ads:
            before = opened.before or (opened if opened.section in _TELLING else None)
            new = new._replace(before=before)
        return new

    def _fact(self, text: str, lines: Sequence[Line], number: int, opened: _Opened) -> _Fact | None:
        """A line that states a fact of the job behind its label, "Location: Berlin": it heads nothing.

        Among the lines of an asking section only a place, a date and the like are known to be meant;
        what a new paragraph says after them is no longer part of that section.
        """
        line = lines[number]
        match = _FACT.match(text, line.start, line.end)
        if match is None:
            return None
        found = self._heading(text[line.start : line.end], bullet=False)
        label, share = self.classify(match[1])
        section = label if label is not None and share >= _HEADING else found
        if not found or section not in _OF_FACTS or (section != label and label in _ASKING):
            return None
        if found in _ASKING and _GLUED.search(text, match.end(), line.end):  # "Full-timeRole Overview"
            return None
        telling = opened.section in _TELLING
        following = lines[number + 1 : number + 2]
        if section != "logistics" and (not telling or any(below.bullet for below in following)):
            return None
        goes_on = opened.section not in _ASKING or opened.empty or not following or following[0].bullet
        if goes_on or text.count("\n", line.end, following[0].start) == 1:
            return _Fact(section, match[0], opened)
        return _Fact(section, match[0], _Opened("intro", None, opened.heading))

    def _is_fact_alone(self, text: str, lines: Sequence[Line], number: int) -> bool:
        """Whether a line can be what a heading such as "Location" is followed by; the ad's text cannot."""
        line = lines[number]
        if line.bullet:
            return not self._by_items(text, lines[number : number + _MOST_ITEMS])
        content = text[line.start : line.end]
        return len(content.split()) <= _LONGEST_FACT and not content.endswith(END_OF_SENTENCE)

    # -- the title ----------------------------------------------------------------------------

    def title(self, text: str) -> str | None:
        """The title that an ad's text opens with, or None."""
        lines = list(itertools.islice(logical_lines(text, self._openers), LINES_ABOVE))
        number = self._title_number(text, lines)
        if number:
            return stated_title(text[lines[number].start : lines[number].end])
        return stated_title(next(filter(without_marks, text.split("\n")), ""))

    def _title_number(self, text: str, lines: Sequence[Line]) -> int:
        """The place of the title's line; 0 where nothing is known of a title."""
        if self._titles is None or len(lines) < _FEWEST_ITEMS:
            return 0
        top = []
        for line in lines[:LINES_ABOVE]:
            content = text[line.start : line.end]
            section = self._heading(content, bullet=line.bullet)
            top.append(TopLine(content, line.bullet, bool(section), section in _ABOVE_TITLES))
        return self._titles.number(top)

    def _above_title(self, text: str, lines: Sequence[Line]) -> Iterator[Block]:
        """What stands above the title: the employer's name, unless it is a heading or a button."""
        for line in lines:
            section = self._heading(text[line.start : line.end], bullet=False) or "company"
            yield Block(line.start, line.end, section, None, is_heading=True)

    def _without_heading(self, text: str, lines: Sequence[Line], number: int, listed: str) -> str:
        """The section of a bulleted line above all headings, by what its whole list says; or ""."""
        if not (self._of_ads and lines[number].bullet):
            return ""
        goes_on = number > 0 and lines[number - 1].bullet
        return listed if goes_on else self._by_items(text, lines[number : number + _MOST_ITEMS])

    def _opens(self, text: str, lines: Sequence[Line], number: int, section: str, content: str) -> bool:
        """Whether a line that could head a section of a resume does: it stands apart, or is marked.

        In a list of skills "Open source" is one of them; under a job "Technologies used:" is part of it.
        """
        bare = _MARKS.sub("", content).rstrip(": ")
        if content.startswith(("#", "**", "__")) or (bare.isupper() and len(bare) > _SHORTEST_CAPITALS):
            return True
        before = text[lines[number - 1].end : lines[number].start] if number else "\n\n"
        if self.classify(bare)[1] < _WHOLLY:
            return False
        return before.count("\n") > 1 or (section not in _OF_LISTS and not content.rstrip().endswith(":"))

    def _unmarked(self, content: str, line: Line, following: Sequence[Line]) -> str | None:
        """The heading of no known section ("") that a short line right above a list is: "Your day"."""
        words = content.split()
        short = len(words) <= _LONGEST_UNMARKED and not content.rstrip().endswith((".", ",", ";", "!"))
        return "" if short and not line.bullet and following and following[0].bullet else None

    def _by_items(self, text: str, following: Sequence[Line]) -> str:
        """The section that a list shows itself to be, under a heading that nobody foresaw; or ""."""
        items = list(itertools.takewhile(lambda line: line.bullet, following))
        if len(items) < _FEWEST_ITEMS:
            return ""
        asking = doing = 0
        for item in items:
            tokens = tokenize(text[item.start : item.end], self._fold)
            cues = {cue.label for cue in self._item_finder.find(tokens)} if len(tokens) else set()
            if "law" in cues:
                return ""
            asking += "asks" in cues
            doing += bool(len(tokens)) and tokens.keys[0] in self._duties
        if 2 * asking >= len(items):
            return "requirements"
        return "responsibilities" if 2 * (doing + asking) >= len(items) else ""

    def _is_title(self, content: str, *, bullet: bool, alone: bool) -> bool:
        """The first line is the ad's title, unless it is a sentence, an item or a section's heading."""
        if not self._of_ads and self._heading(content, bullet=False):
            return False
        if bullet or alone or len(content) > _MAX_TITLE_CHARACTERS or content.endswith((".", ",", ";")):
            return False
        section = self._heading(content, bullet=False)
        return not (section in _ASKING and content.rstrip().endswith(":"))

    def _heading(self, content: str, *, bullet: bool) -> str | None:
        """The section that a line names as its heading; "" for a heading of no known section."""
        if len(content) > _MAX_HEADING_CHARACTERS:
            return None
        bare = _ASIDE.sub("", _MARKS.sub("", content)) or content
        colon = bare.endswith(":")
        bare = bare.rstrip(": ")
        words = bare.split()
        if not self._may_head(bare, words, bullet and not colon):
            return None
        section, share = self.classify(bare)
        marked = colon or content.startswith(("#", "**", "__")) or bare.isupper()
        if section is not None and share >= (0.3 if marked else _HEADING):
            return section
        if marked and not bullet and (colon or len(words) <= 6):
            return ""
        return None

    def _may_head(self, bare: str, words: Sequence[str], item: bool) -> bool:  # noqa: FBT001
        """Whether a line is made like a heading: short, with words in it, and no sentence or item."""
        if item or not words or len(words) > _MAX_HEADING_WORDS:
            return False
        if not self._of_ads and ": " in bare:  # "Not yet: cloud" says what it is about itself
            return False
        return not bare.endswith((".", ",", ";")) and any(char.isalpha() for char in bare)

    def _inline(self, content: str, *, bullet: bool) -> tuple[str, int] | None:
        """(section, length) of a heading that opens a line: "Requirements: five years of ..."."""
        match = _INLINE_HEADING.match(content)
        if match is None:
            return None
        section, share = self.classify(match[1])
        if (
            section is None
            or share < (_HEADING if self._of_ads else _WHOLLY)
            or section == "experience"
            or (bullet and section in ("responsibilities", "company", "team", "benefits"))
        ):
            return None
        return section, match.end()


def _title_finder(taxonomy: Taxonomy, roles: RoleReader) -> TitleFinder:
    """Knows trades as the roles do; a line with an article or that speaks to someone is no title."""
    cues = taxonomy.cues
    ranks = (word for name, words in cues["seniority"].items() if name != "role_words" for word in words)
    speaking = (*cues["employer"]["speaker"], *cues["resume"]["others_open"])
    return TitleFinder(roles.names_trade, frozenset(ranks), frozenset(speaking))


def _by_pins(sections: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """The phrases of each section, with those that are pinned apart: under ``^id``, ``id$`` or ``^id$``."""
    found: dict[str, list[str]] = {}
    for section in sections:
        for phrase in section["headings"]:
            label = "^" * phrase.startswith("^") + section["id"] + "$" * phrase.endswith("$")
            found.setdefault(label, []).append(phrase)
    return found


def _camel_split(heading: str) -> str:
    """Give a glued heading its space back: "Required QualificationsCore Experience"."""
    return _GLUED.sub(" ", heading)


def lay_out(text: str, sectioner: Sectioner) -> Layout:
    """Blocks of a normalised text, and the text with real line ends marked."""
    blocks = tuple(sectioner.blocks(text))
    plain = text.replace(HARD_END, " ")
    pieces: list[str] = []
    done = 0
    for block in blocks:  # a line end inside a block is a wrap, one between blocks is real
        between = plain[done : block.start].replace("\n", HARD_END)
        if between[-1:] in (" ", "\t"):  # the bullet before a block ends what stood before it on the line
            between = between[:-1] + HARD_END
        pieces += (between, plain[block.start : block.end])
        done = block.end
    pieces.append(plain[done:].replace("\n", HARD_END))
    return Layout("".join(pieces), blocks)
