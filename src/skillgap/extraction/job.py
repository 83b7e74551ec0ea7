"""Document -> JobProfile: puts matcher, blocks, context, groups and facts together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from skillgap.errors import NotAnAdError
from skillgap.extraction.blocks import Layout, Sectioner, lay_out
from skillgap.extraction.callings import Calling, called_seniority, callings
from skillgap.extraction.context import ContextReader, Sentence, Verdict, asks, sentences, with_sentence
from skillgap.extraction.cues import CueFinder, CuesByPlace, flatten
from skillgap.extraction.employer import EmployerReader
from skillgap.extraction.facts import read_facts, years_words
from skillgap.extraction.language import is_english
from skillgap.extraction.logistics import LogisticsReader
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.page_facts import with_page_facts
from skillgap.extraction.reading_state import Reading
from skillgap.extraction.requirements import Placed, mention_of, read_requirements, with_classes
from skillgap.extraction.roles import RoleReader
from skillgap.extraction.salary import PayWords
from skillgap.extraction.shadow import Shadow, cast
from skillgap.extraction.tokens import tokenize
from skillgap.extraction.unknown import UnknownFinder, UnknownWords
from skillgap.model import (
    Condition,
    Document,
    Facts,
    JobProfile,
    Match,
    Mention,
    Requirement,
    UnknownTerm,
)
from skillgap.taxonomy.compiler import is_named
from skillgap.taxonomy.runtime import Taxonomy

_CUE_LISTS = (
    "levels", "negation", "alternatives", "boilerplate", "requirement", "seniority", "degree",
    "years", "work_mode", "conditions", "calling", "unknown",
)  # fmt: skip
_ENGLISH_ONLY = frozenset({"soft", "practice", "domain"})  # kinds whose words mean little elsewhere
_FEWEST_FIELD_SKILLS = 3
_NAMED_DEGREES = frozenset({"degree.bachelor", "degree.master", "degree.phd"})
_OWN_SECTIONS = frozenset({"company", "intro", "benefits", "team", "eeo", "application", "logistics"})
_NAMING_SECTIONS = frozenset({"requirements", "preferred", "responsibilities", "stack"})


class JobReader:
    """Reads job ads with one taxonomy; holds no state between ads."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self.taxonomy = taxonomy
        self._fold = taxonomy.fold
        self.matcher = SkillMatcher(taxonomy)
        lists = flatten(taxonomy.cues, _CUE_LISTS)
        lists.pop("unknown.stop")
        lists.pop("years.numbers")
        self._calling_ends = frozenset(self._fold(w) for w in lists.pop("calling.ends"))
        self._cues = CueFinder(lists, self._fold)
        self._roles = RoleReader(taxonomy)
        self.sectioner = Sectioner(taxonomy, self._roles)
        self._employer = EmployerReader(taxonomy.cues["employer"], self._fold)
        self._unknown_stop = frozenset(self._fold(w) for w in taxonomy.cues["unknown"]["stop"])
        words = taxonomy.words
        self._verbs = frozenset(verb for name in words["duties"] for verb in words["classes"][name])
        self._duties = frozenset(map(self._fold, self._verbs))
        self._class_words = frozenset(self._fold(w) for w in taxonomy.words["class_words"])
        self._gap_stop = frozenset(self._fold(w) for w in taxonomy.words["gap_stop"])
        self._numbers = years_words(taxonomy.cues)
        self._logistics = LogisticsReader(taxonomy.cues["logistics"])
        self._field_themes = frozenset(taxonomy.words["field_themes"])
        self._pay = PayWords(taxonomy.cues["pay"])

    def read(self, document: Document) -> JobProfile:
        """Read one ad; raises NotAnAdError where nothing in the text looks like one."""
        if not document.text.strip():
            raise NotAnAdError(f"{document.source}: the text is empty; paste or save the ad's text")
        shadow = cast(document.text)
        layout = lay_out(shadow.text, self.sectioner)
        reading = self._reading(layout)
        tokens, cues, spans = reading.tokens, reading.cues, reading.sentences
        english = is_english(tokens, self.taxonomy.cues["languages"])
        rejected: list[Match] = []
        matches = self.matcher.match(tokens, rejected)
        if not matches and not cues.within("requirement", 0, len(tokens)):
            raise NotAnAdError(
                f"{document.source}: no skill and no requirement was found in it, so it does not look "
                "like a job ad; paste the ad's own text, with its requirements"
            )
        placed = self._placed(reading, matches, document.meta.get("company"), english=english)
        requirements, groups = read_requirements(reading, placed, shadow)
        lines, understood = _understood(cues, spans, placed)
        title = _title(document, self.sectioner)
        called = self._called(reading, title or "")
        stated = read_facts(reading)
        facts = replace(
            _on_document(stated, shadow, document.text),
            seniority=stated.seniority or (called and called_seniority(reading, called)),
            place=self._logistics.place(layout.flat, layout.blocks),
            closes=self._logistics.closes(layout.flat, layout.blocks),
        )
        facts = with_page_facts(facts, document.meta)
        asked = [(r.skill, r.level) for r in requirements]
        role, role_why = self._roles.judge(title or "", asked, called.words if called else "")
        return JobProfile(
            document=document,
            title=title,
            role=role,
            facts=facts,
            requirements=requirements,
            groups=with_classes(groups, self.taxonomy),
            unknown_terms=self._unknown(reading, placed, shadow, document.text) if english else (),
            understood=round(understood / lines, 4) if lines else None,
            asking_lines=lines,
            understood_lines=understood,
            english=english,
            in_field=self._in_field(requirements),
            blocks=layout.blocks,
            negated=tuple(mention_of(p, shadow, None) for p in placed if p.verdict.negated),
            ignored=self._ignored(placed, rejected, spans, shadow),
            role_why=role_why,
        )

    def _reading(self, layout: Layout) -> Reading:
        """The words of an ad with its sentences and cues."""
        tokens = tokenize(layout.flat, self._fold, self.taxonomy.compounds)
        spans = list(sentences(tokens, layout.blocks))
        return Reading(
            tokens=tokens,
            cues=CuesByPlace(self._cues.find(tokens), ((s.begin, s.end) for s in spans)),
            blocks=layout.blocks,
            sentences=spans,
            years_words=self._numbers,
            pay=self._pay,
            small_words=self._gap_stop,
            block_ends={span.block.start: span.end for span in spans},
            class_words=self._class_words,
        )

    def _ignored(
        self, placed: Sequence[Placed], rejected: Sequence[Match], spans: Sequence[Sentence], shadow: Shadow
    ) -> tuple[Mention, ...]:
        """What was seen and left out: text that asks for nothing, names that nothing spoke for."""
        unsupported = Verdict(
            None, negated=False, rules=("guard: nothing nearby shows that the skill is meant",)
        )
        left = [p for p in placed if p.verdict.level is None]
        left += [Placed(match, sentence, unsupported) for match, sentence in with_sentence(rejected, spans)]
        return tuple(mention_of(p, shadow, None) for p in left)

    def _in_field(self, requirements: Sequence[Requirement]) -> bool:
        """Whether the ad asks for enough of the field: one skill in three, and three or more of many."""
        hard = [r for r in requirements if self.taxonomy.kind(r.skill) not in ("soft", "human_language")]
        inside = sum(self.taxonomy.theme(r.skill) in self._field_themes for r in hard)
        return inside >= min(_FEWEST_FIELD_SKILLS, max(1, len(hard))) and 3 * inside >= len(hard)

    # -- matches in their context -----------------------------------------------------------

    def _placed(
        self, reading: Reading, matches: Sequence[Match], company: object, *, english: bool
    ) -> list[Placed]:
        headed = any(s.block.level not in (None, "none") for s in reading.sentences)
        context = ContextReader(reading.tokens, reading.cues, self._verbs, headed=headed)
        found = list(with_sentence(matches, reading.sentences))
        stated = {m.skill for m in self.matcher(company)} if isinstance(company, str) else set()
        names = [(m, s) for m, s in found if is_named(m.kind)]
        own = self._employer.own_names(reading.tokens, reading.cues, names, stated)
        placed = []
        for match, sentence in found:
            verdict = context.verdict(match, sentence)
            if match in own:
                verdict = replace(verdict, level=None, rules=(*verdict.rules, "the employer's own name"))
            if not english and match.kind not in _ENGLISH_ONLY:
                verdict = replace(
                    verdict, level="context", rules=(*verdict.rules, "not English: level unknown")
                )
            placed.append(Placed(match, sentence, verdict))
        return placed

    def _called(self, reading: Reading, title: str) -> Calling | None:
        """What the text first calls the job: by a trade of the title's role, else by any trade."""
        named = self._roles.trades(title)
        called = [(c, self._roles.trades(c.words)) for c in callings(reading, self._calling_ends)]
        same = (calling for calling, trades in called if trades & named)
        return next(same, next((calling for calling, trades in called if trades), None))

    def _unknown(
        self, reading: Reading, placed: Sequence[Placed], shadow: Shadow, text: str
    ) -> tuple[UnknownTerm, ...]:
        by_sentence: dict[int, list[Match]] = defaultdict(list)
        for item in placed:
            by_sentence[item.sentence.begin].append(item.match)
        asking = [(s, by_sentence[s.begin]) for s in reading.sentences if _may_name_skills(reading.cues, s)]
        words = UnknownWords(self._unknown_stop, self._gap_stop, self._duties)
        finder = UnknownFinder(reading.tokens, reading.cues, words, _told(reading))
        terms = []
        for term in finder.find(asking):
            start, end = shadow.span(term.start, term.end)
            terms.append(UnknownTerm(text[start:end], start, end))
        return tuple(terms)


def _may_name_skills(cues: CuesByPlace, sentence: Sentence) -> bool:
    """Whether unknown words of a sentence may be skills: an item of the right lists, or a line that asks."""
    if sentence.block.is_heading or sentence.block.section not in _NAMING_SECTIONS:
        return False
    return sentence.block.bullet or "requirement" in cues.labels(sentence.begin)


def _told(reading: Reading) -> frozenset[str]:
    """The words, as written, of the parts in which an ad speaks of itself."""
    words = reading.tokens.words
    own = [s for s in reading.sentences if s.block.section in _OWN_SECTIONS]
    return frozenset(words[i] for sentence in own for i in range(sentence.begin, sentence.end))


def _understood(cues: CuesByPlace, spans: Sequence[Sentence], placed: Sequence[Placed]) -> tuple[int, int]:
    """(lines that ask for something, those of them in which something was recognised)."""
    asking = {s.block.start for s in spans if asks(cues, s)}
    recognised = {p.sentence.block.start for p in placed}
    recognised |= {s.block.start for s in spans if not _NAMED_DEGREES.isdisjoint(cues.labels(s.begin))}
    return len(asking), len(asking & recognised)


def _on_document(facts: Facts, shadow: Shadow, text: str) -> Facts:
    conditions = []
    for condition in facts.conditions:
        start, end = shadow.span(condition.start, condition.end)
        conditions.append(Condition(condition.kind, text[start:end], start, end))
    return replace(facts, conditions=tuple(conditions))


def _title(document: Document, sectioner: Sectioner) -> str | None:
    stated = document.meta.get("title")
    return stated.strip() if isinstance(stated, str) and stated.strip() else sectioner.title(document.text)
