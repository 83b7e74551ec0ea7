"""Document -> JobProfile: puts matcher, blocks, context, groups and facts together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skillgap.errors import NotAnAdError
from skillgap.extraction.alternatives import Alternatives, AlternativesFinder
from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.context import ContextReader, Sentence, Verdict, sentences
from skillgap.extraction.cues import CueFinder, CuesByPlace, flatten
from skillgap.extraction.facts import Reading, read_facts, years_at, years_words
from skillgap.extraction.language import is_english
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.roles import RoleReader
from skillgap.extraction.shadow import Shadow, cast
from skillgap.extraction.tokens import Tokens, tokenize
from skillgap.extraction.unknown import UnknownFinder
from skillgap.model import (
    LEVELS,
    Condition,
    Document,
    Facts,
    Group,
    JobProfile,
    Match,
    Mention,
    Requirement,
    UnknownTerm,
)
from skillgap.taxonomy.runtime import Taxonomy

_CUE_LISTS = (
    "levels", "negation", "alternatives", "boilerplate", "requirement", "seniority", "degree",
    "years", "work_mode", "conditions", "unknown",
)  # fmt: skip
_STRENGTH = {level: number for number, level in enumerate(LEVELS)}
_FIELD_KINDS = frozenset({"language", "framework", "tool", "platform", "database", "model", "concept", "math"})
_FEWEST_FIELD_SKILLS = 2


@dataclass(frozen=True, slots=True)
class _Placed:
    """A match in its sentence, with what the context said of it."""

    match: Match
    sentence: Sentence
    verdict: Verdict


class JobReader:
    """Reads job ads with one taxonomy; holds no state between ads."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._fold = taxonomy.fold
        self._matcher = SkillMatcher(taxonomy)
        self._sectioner = Sectioner(taxonomy.headings, self._fold)
        lists = flatten(taxonomy.cues, _CUE_LISTS)
        lists.pop("unknown.stop")
        lists.pop("years.numbers")
        self._cues = CueFinder(lists, self._fold)
        self._roles = RoleReader(taxonomy)
        self._unknown_stop = frozenset(self._fold(w) for w in taxonomy.cues["unknown"]["stop"])
        self._gap_stop = frozenset(self._fold(w) for w in taxonomy.words["gap_stop"])
        self._numbers = years_words(taxonomy.cues)

    def read(self, document: Document) -> JobProfile:
        """Read one ad; raises NotAnAdError where nothing in the text looks like one."""
        if not document.text.strip():
            raise NotAnAdError(f"{document.source}: the text is empty; paste or save the ad's text")
        shadow = cast(document.text)
        layout = lay_out(shadow.text, self._sectioner)
        tokens = tokenize(layout.flat, self._fold, self.taxonomy.compounds)
        cues = CuesByPlace(self._cues.find(tokens))
        spans = list(sentences(tokens, layout.blocks))
        reading = Reading(tokens, cues, layout.blocks, spans, self._numbers)
        english = is_english(tokens, self.taxonomy.cues["languages"])
        rejected: list[Match] = []
        matches = self._matcher.match(tokens, rejected)
        if not matches and not cues.within("requirement", 0, len(tokens)):
            raise NotAnAdError(
                f"{document.source}: no skill and no requirement was found in it, so it does not look "
                "like a job ad; paste the ad's own text, with its requirements"
            )
        placed = self._placed(tokens, cues, spans, matches, english=english)
        requirements, groups = self._requirements(tokens, cues, placed, reading, shadow)
        lines, understood = _understood(cues, spans, placed)
        facts = _on_document(read_facts(reading), shadow, document.text)
        title = _title(document, layout.flat, layout.blocks)
        asked = [(r.skill, r.level) for r in requirements]
        return JobProfile(
            document=document,
            title=title,
            role=self._roles.read(title or "", asked),
            facts=facts,
            requirements=requirements,
            groups=groups,
            unknown_terms=self._unknown(tokens, cues, placed, spans, shadow, document.text),
            understood=round(understood / lines, 4) if lines else None,
            asking_lines=lines,
            understood_lines=understood,
            english=english,
            in_field=self._in_field(requirements),
            blocks=layout.blocks,
            negated=tuple(self._mention(p, shadow, None) for p in placed if p.verdict.negated),
            ignored=self._ignored(placed, rejected, spans, shadow),
        )

    def _ignored(
        self, placed: Sequence[_Placed], rejected: Sequence[Match], spans: Sequence[Sentence], shadow: Shadow
    ) -> tuple[Mention, ...]:
        """What was seen and left out: text that asks for nothing, names that nothing spoke for."""
        unsupported = Verdict(None, negated=False, rules=("guard: nothing nearby shows that the skill is meant",))
        left = [p for p in placed if p.verdict.level is None]
        left += [_Placed(match, sentence, unsupported) for match, sentence in _with_sentence(rejected, spans)]
        return tuple(self._mention(p, shadow, None) for p in left)

    def _in_field(self, requirements: Sequence[Requirement]) -> bool:
        kinds = (self.taxonomy.kind(r.skill) for r in requirements)
        return sum(kind in _FIELD_KINDS for kind in kinds) >= _FEWEST_FIELD_SKILLS

    # -- matches in their context -----------------------------------------------------------

    def _placed(
        self, tokens: Tokens, cues: CuesByPlace, spans: Sequence[Sentence], matches: Sequence[Match], *, english: bool
    ) -> list[_Placed]:
        headed = any(s.block.level is not None for s in spans)
        context = ContextReader(tokens, cues, headed=headed)
        placed = []
        for match, sentence in _with_sentence(matches, spans):
            verdict = context.verdict(match, sentence)
            if not english and verdict.level is not None:
                verdict = replace(verdict, level="context", rules=(*verdict.rules, "not English: level unknown"))
            placed.append(_Placed(match, sentence, verdict))
        return placed

    def _requirements(
        self, tokens: Tokens, cues: CuesByPlace, placed: Sequence[_Placed], reading: Reading, shadow: Shadow
    ) -> tuple[tuple[Requirement, ...], tuple[Group, ...]]:
        counted = [p for p in placed if p.verdict.level is not None and not p.verdict.negated]
        grouping = _Grouping(AlternativesFinder(tokens, cues), counted)
        by_skill: dict[str, list[Mention]] = defaultdict(list)
        years: dict[str, int] = {}
        for item in counted:
            mention = self._mention(item, shadow, grouping.of(item.match))
            by_skill[item.match.skill].append(mention)
            figure = _years_for(item, reading)
            if figure is not None:
                years[item.match.skill] = max(figure, years.get(item.match.skill, 0))
        chosen = {skill: _strongest(mentions) for skill, mentions in by_skill.items()}
        groups, renamed = grouping.groups({s: m.group for s, m in chosen.items()}, {s: m.level for s, m in chosen.items()})
        requirements = tuple(
            Requirement(
                skill=skill,
                level=chosen[skill].level,
                group=renamed.get(chosen[skill].group or ""),
                mentions=tuple(replace(m, group=renamed.get(m.group or "")) for m in mentions),
                years=years.get(skill),
            )
            for skill, mentions in sorted(by_skill.items(), key=lambda kv: (_STRENGTH[chosen[kv[0]].level], kv[1][0].start, kv[0]))
        )
        return requirements, groups

    def _mention(self, item: _Placed, shadow: Shadow, group: str | None) -> Mention:
        start, end = shadow.span(item.match.start, item.match.end)
        rules = [f"alias: {item.match.alias} ({item.match.how})"]
        if item.match.support:
            rules.append(f"guard: {item.match.support}")
        return Mention(
            skill=item.match.skill,
            start=start,
            end=end,
            section=item.sentence.block.section,
            level=item.verdict.level or "context",
            negated=item.verdict.negated,
            group=group,
            rules=(*rules, *item.verdict.rules),
        )

    def _unknown(
        self, tokens: Tokens, cues: CuesByPlace, placed: Sequence[_Placed], spans: Sequence[Sentence], shadow: Shadow, text: str
    ) -> tuple[UnknownTerm, ...]:
        by_sentence: dict[int, list[Match]] = defaultdict(list)
        for item in placed:
            by_sentence[item.sentence.begin].append(item.match)
        asking = [(s, by_sentence[s.begin]) for s in spans if _asks(cues, s) and s.block.section in ("requirements", "preferred")]
        finder = UnknownFinder(tokens, cues, self._unknown_stop, self._gap_stop)
        terms = []
        for term in finder.find(asking):
            start, end = shadow.span(term.start, term.end)
            terms.append(UnknownTerm(text[start:end], start, end))
        return tuple(terms)


class _Grouping:
    """Any-of groups of one ad: which match belongs to which, and their final names."""

    def __init__(self, finder: AlternativesFinder, placed: Sequence[_Placed]) -> None:
        by_sentence: dict[int, list[_Placed]] = defaultdict(list)
        for item in placed:
            by_sentence[item.sentence.begin].append(item)
        self._found: list[Alternatives] = []
        self._of: dict[int, str] = {}
        for items in by_sentence.values():
            for alternatives in finder.find(items[0].sentence, [i.match for i in items]):
                name = f"#{len(self._found)}"
                self._found.append(alternatives)
                for match in alternatives.matches:
                    self._of[id(match)] = name

    def of(self, match: Match) -> str | None:
        return self._of.get(id(match))

    def groups(
        self, group_of: dict[str, str | None], level_of: dict[str, str]
    ) -> tuple[tuple[Group, ...], dict[str, str]]:
        """Groups that at least two skills still belong to, numbered in text order."""
        renamed: dict[str, str] = {}
        groups: list[Group] = []
        for number, alternatives in enumerate(self._found):
            name = f"#{number}"
            members = list(dict.fromkeys(m.skill for m in alternatives.matches if group_of.get(m.skill) == name))
            if len(members) < 2:  # noqa: PLR2004 - one alone is no choice
                continue
            renamed[name] = f"g{len(groups) + 1}"
            level = min((level_of[m] for m in members), key=_STRENGTH.__getitem__)
            groups.append(Group(renamed[name], level, min(alternatives.minimum, len(members)), tuple(members)))
        return tuple(groups), renamed


def _with_sentence(
    matches: Sequence[Match], spans: Sequence[Sentence]
) -> Iterator[tuple[Match, Sentence]]:
    """Each match with the sentence that its first word stands in."""
    by_word = {word: s for s in spans for word in range(s.begin, s.end)}
    for match in matches:
        sentence = by_word.get(match.first)
        if sentence is not None:
            yield match, sentence


def _strongest(mentions: Sequence[Mention]) -> Mention:
    """The mention that decides: strongest level, then standing alone, then first in the text."""
    return min(mentions, key=lambda m: (_STRENGTH[m.level], m.group is not None, m.start))


def _asks(cues: CuesByPlace, sentence: Sentence) -> bool:
    """Whether a sentence asks the candidate for something."""
    block = sentence.block
    if block.is_heading or block.section in ("eeo", "benefits", "application", "logistics", "company", "team", "title"):
        return False
    if block.level in ("required", "preferred"):
        return True
    return bool(cues.within("requirement", sentence.begin, sentence.end))


def _understood(
    cues: CuesByPlace, spans: Sequence[Sentence], placed: Sequence[_Placed]
) -> tuple[int, int]:
    """(lines that ask for something, those of them in which something was recognised)."""
    asking = {s.block.start for s in spans if _asks(cues, s)}
    recognised = {p.sentence.block.start for p in placed}
    recognised |= {
        s.block.start
        for s in spans
        if any(cues.within(f"degree.{d}", s.begin, s.end) for d in ("bachelor", "master", "phd"))
    }
    return len(asking), len(asking & recognised)


def _years_for(item: _Placed, reading: Reading) -> int | None:
    """The years that a sentence asks of just this skill: "3+ years of Python"."""
    for unit in reading.cues.within("years.units", item.sentence.begin, item.sentence.end):
        distance = item.match.first - unit.last
        if 0 < distance <= 6:  # noqa: PLR2004 - "years of hands-on experience with X"
            return years_at(reading, unit, item.sentence.begin)
    return None


def _on_document(facts: Facts, shadow: Shadow, text: str) -> Facts:
    conditions = []
    for condition in facts.conditions:
        start, end = shadow.span(condition.start, condition.end)
        conditions.append(Condition(condition.kind, " ".join(text[start:end].split()), start, end))
    return replace(facts, conditions=tuple(conditions))


def _title(document: Document, flat: str, blocks: Sequence[object]) -> str | None:
    stated = document.meta.get("title")
    if isinstance(stated, str) and stated.strip():
        return stated.strip()
    for line in document.text.split("\n"):
        bare = " ".join(line.split())
        if bare:
            return bare if len(bare) <= 140 and not bare.endswith(".") else None  # noqa: PLR2004
    return None
