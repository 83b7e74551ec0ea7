"""Score records against labelled ads: precision, recall and F1 per band, levels, groups, facts.

How a skill is scored:

- A mention counts if it lies on word boundaries, inside one paragraph, and has at most 80
  characters. A predicted skill without such a mention is wrong.
- A predicted skill can stand for a labelled one if a mention of it has the words of an
  occurrence: the same words, more than half of them, or all of them and at most four more.
  Skills are matched one to one, best first.
- An unmatched prediction is neutral only if each of its mentions lies mostly on words labelled
  optional, in the title, or inside a labelled skill that was matched; and only up to a quarter
  of the ad's matches. Every other unmatched prediction is wrong.

Bands are named technology, concepts and soft skills. Matches and misses count in the label's
band, wrong finds in the band they claim.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from skillgap.taxonomy.compiler import is_named

BANDS = ("named", "concept", "soft")
FACTS = ("role", "seniority", "years_min", "degree", "salary", "work_mode")
ASKED = frozenset({"required", "preferred", "responsibility"})
_LONGEST_MENTION = 80
_MOST_EXTRA_WORDS = 4
_NEUTRAL_SHARE = 4  # one neutral find for four matches
_WORD = re.compile(r"\w+(?:[+#]+)?")

Span = tuple[int, int]
Words = frozenset[Span]


def band(kind: str | None) -> str:
    """The band of a kind."""
    if kind == "soft":
        return "soft"
    return "named" if kind is not None and is_named(kind) else "concept"


def occurrences(text: str, surfaces: Iterable[str]) -> set[Span]:
    """Every verbatim place of the surfaces, on word boundaries where there are any such."""
    spans: set[Span] = set()
    for surface in surfaces:
        left = r"(?<!\w)" if surface[:1].isalnum() else ""
        right = r"(?!\w)" if surface[-1:].isalnum() else ""
        bounded = [m.span() for m in re.finditer(left + re.escape(surface) + right, text)]
        spans.update(bounded or [m.span() for m in re.finditer(re.escape(surface), text)])
    return spans


def _words(text: str, span: Span) -> Words:
    return frozenset(m.span() for m in _WORD.finditer(text, *span)) or frozenset([span])


def _counts(text: str, span: Span) -> bool:
    """Whether a mention is one: on word boundaries, in one paragraph, and short."""
    start, end = span
    if not (0 <= start < end <= len(text)) or end - start > _LONGEST_MENTION or "\n\n" in text[start:end]:
        return False

    def inside_word(place: int) -> bool:
        return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()

    return not inside_word(start) and not inside_word(end)


def likeness(label: Words, found: Words) -> float:
    """1 for the same words, down to just over a half; 0 if they are not the same thing."""
    both = len(label & found)
    if both and label <= found:
        extra = len(found - label)
        return 1 / (1 + 0.1 * extra) if extra <= _MOST_EXTRA_WORDS else 0.0
    value = both / len(label | found)
    return value if value > 0.5 else 0.0


def _mostly_inside(span: Span, spans: Iterable[Span]) -> bool:
    start, end = span
    covered: set[int] = set()
    for first, last in spans:
        covered.update(range(max(start, first), min(end, last)))
    return len(covered) * 2 >= end - start


@dataclass(frozen=True, slots=True)
class Pairing:
    """One ad: label number -> prediction number, and what was left on either side."""

    matched: Mapping[int, int]
    missed: tuple[int, ...]
    wrong: tuple[int, ...]


def pair(gold: Mapping[str, Any], found: Mapping[str, Any], text: str) -> Pairing:
    """Match the skills of a labelled ad with those of a record."""
    labels = [occurrences(text, skill["surfaces"]) for skill in gold["skills"]]
    mentions = [
        {s for m in skill["mentions"] if _counts(text, s := (m["start"], m["end"]))}
        for skill in found["skills"]
    ]
    label_words = [{_words(text, span) for span in spans} for spans in labels]
    found_words = [{_words(text, span) for span in spans} for spans in mentions]
    ranked = sorted(
        (
            (max((likeness(a, b) for a in left for b in right), default=0.0), -i, -j)
            for i, left in enumerate(label_words)
            for j, right in enumerate(found_words)
        ),
        reverse=True,
    )
    matched: dict[int, int] = {}
    used: set[int] = set()
    for value, i, j in ranked:
        if value and -i not in matched and -j not in used:
            matched[-i] = -j
            used.add(-j)
    missed = tuple(i for i in range(len(labels)) if i not in matched)
    return Pairing(matched, missed, _wrong(gold, text, labels, mentions, matched))


def _wrong(
    gold: Mapping[str, Any],
    text: str,
    labels: Sequence[set[Span]],
    mentions: Sequence[set[Span]],
    matched: Mapping[int, int],
) -> tuple[int, ...]:
    title_end = text.find("\n")
    neutral = occurrences(text, gold.get("optional", [])) | {(0, max(title_end, 0))}
    neutral = neutral.union(*(labels[i] for i in matched))
    used, allowed, wrong = set(matched.values()), len(matched) // _NEUTRAL_SHARE, []
    for number, spans in enumerate(mentions):
        if number in used:
            continue
        if spans and allowed and all(_mostly_inside(span, neutral) for span in spans):
            allowed -= 1
        else:
            wrong.append(number)
    return tuple(wrong)


@dataclass(slots=True)
class Tally:
    """The counts of some ads; tallies add up, which the bootstrap uses."""

    skills: Counter[tuple[str, str]] = field(default_factory=Counter)  # (tp | fn | fp, band)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)  # (tp | fn | fp, kind)
    levels: Counter[tuple[str, str | None]] = field(default_factory=Counter)  # (label's, found)
    group_precision: list[float] = field(default_factory=list)
    group_recall: list[float] = field(default_factory=list)
    ids: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    facts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: Counter[tuple[str, str]] = field(default_factory=Counter)
    errors: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)  # missed, covered, terms, sensible
    ads: int = 0

    def add(self, other: Tally) -> None:
        self.ads += other.ads
        for name in ("skills", "kinds", "levels", "misses", "errors", "unknown"):
            getattr(self, name).update(getattr(other, name))
        self.group_precision += other.group_precision
        self.group_recall += other.group_recall
        for mine, theirs in ((self.ids, other.ids), (self.facts, other.facts)):
            for key, counts in theirs.items():
                mine[key].update(counts)


def tally(gold: Mapping[str, Any], found: Mapping[str, Any], text: str) -> Tally:
    """The counts of one ad."""
    result = Tally(ads=1)
    pairing = pair(gold, found, text)
    for i, j in pairing.matched.items():
        label, skill = gold["skills"][i], found["skills"][j]
        result.skills["tp", band(label["kind"])] += 1
        result.kinds["tp", label["kind"]] += 1
        result.ids[label["name"].lower()][skill.get("id", skill["name"])] += 1
        if label.get("level"):
            result.levels[label["level"], skill.get("level")] += 1
    for i in pairing.missed:
        label = gold["skills"][i]
        result.skills["fn", band(label["kind"])] += 1
        result.kinds["fn", label["kind"]] += 1
        result.misses[label["kind"], label["name"]] += 1
    for j in pairing.wrong:
        skill = found["skills"][j]
        result.skills["fp", band(skill.get("kind"))] += 1
        result.kinds["fp", skill.get("kind", "concept")] += 1
        first = (skill["mentions"] or [{}])[0]
        result.errors[skill.get("kind", ""), skill["name"], first.get("text", "")] += 1
    _tally_groups(result, gold, found, pairing)
    _tally_unknown(result.unknown, gold, found, text, pairing)
    for name in FACTS:
        if name in gold:
            _tally_fact(result.facts[name], _fact(gold, name), _fact(found, name))
    return result


def _tally_groups(result: Tally, gold: Mapping[str, Any], found: Mapping[str, Any], pairing: Pairing) -> None:
    """B-cubed without self, over matched skills."""
    disputed = {frozenset(pair_) for pair_ in gold.get("disputed", [])}
    wanted = {i: gold["skills"][i].get("group") for i in pairing.matched}
    given = {i: found["skills"][j].get("group") for i, j in pairing.matched.items()}

    def together(groups: Mapping[int, str | None], i: int) -> set[int]:
        return {
            k
            for k in groups
            if k != i
            and groups[i] is not None
            and groups[k] == groups[i]
            and frozenset((i, k)) not in disputed
        }

    for i in pairing.matched:
        right, said = together(wanted, i), together(given, i)
        if right:
            result.group_recall.append(len(right & said) / len(right))
        if said:
            result.group_precision.append(len(right & said) / len(said))


def _tally_unknown(
    counts: Counter[str], gold: Mapping[str, Any], found: Mapping[str, Any], text: str, pairing: Pairing
) -> None:
    """How many missed labels stand among the unknown terms, and how many of these are labelled at all."""
    terms = [(term["start"], term["end"]) for term in found.get("unknown_terms", [])]
    spans = [occurrences(text, skill["surfaces"]) for skill in gold["skills"]]
    labelled = set().union(*spans) | occurrences(text, gold.get("optional", []))
    counts["missed"] += len(pairing.missed)
    known = [(mention["start"], mention["end"]) for skill in found["skills"] for mention in skill["mentions"]]
    for number in pairing.missed:
        covered = any(_touch(span, term) for span in spans[number] for term in terms)
        shared = any(_touch(span, mention) for span in spans[number] for mention in known)
        counts["covered"] += covered
        counts["blank"] += covered or not shared
    counts["terms"] += len(terms)
    counts["sensible"] += sum(any(_touch(t, s) for s in labelled) for t in terms)


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _fact(record: Mapping[str, Any], name: str) -> Any:
    value = record.get(name)
    if isinstance(value, Mapping):
        if name == "degree":
            return (value["level"], bool(value.get("required"))) if value.get("level") else None
        if name == "salary":
            return (value.get("min"), value.get("max"), value.get("currency"), value.get("period"))
        value = value.get("id")
    return None if value == "unspecified" else value


def _tally_fact(counts: Counter[str], wanted: Any, given: Any) -> None:
    counts.update(
        ads=1,
        same=wanted == given,
        stated=wanted is not None,
        said=given is not None,
        right=wanted is not None and wanted == given,
    )


def rates(hits: int, missed: int, wrong: int) -> dict[str, float]:
    """Precision, recall, F1 and the number of labels, rounded to four places."""
    precision = hits / (hits + wrong) if hits + wrong else 0.0
    recall = hits / (hits + missed) if hits + missed else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "n": hits + missed,
    }


def summary(counts: Tally) -> dict[str, Any]:
    """The figures of a tally, by the names that the labelled set's own scorer uses."""
    skills = counts.skills
    everything = [sum(skills[what, name] for name in BANDS) for what in ("tp", "fn", "fp")]
    total = sum(counts.levels.values()) or 1
    right = sum(n for (want, got), n in counts.levels.items() if want == got)
    asked = sum(n for (want, got), n in counts.levels.items() if (want in ASKED) == (got in ASKED))
    several = [c for c in counts.ids.values() if sum(c.values()) > 1]
    return {
        "ads": counts.ads,
        **{name: rates(*(skills[what, name] for what in ("tp", "fn", "fp"))) for name in BANDS},
        "all": rates(*everything),
        "level_accuracy": round(right / total, 4),
        "asked_accuracy": round(asked / total, 4),
        "alternatives": _alternatives(counts),
        "identity": round(
            sum(max(c.values()) for c in several) / max(1, sum(sum(c.values()) for c in several)), 4
        ),
        "facts": {name: _fact_rate(name, c) for name, c in counts.facts.items()},
        "unknown": {
            "missed_skills_among_them": round(
                counts.unknown["covered"] / max(1, counts.unknown["missed"]), 4
            ),
            "missed_where_nothing_was_read_among_them": round(
                counts.unknown["covered"] / max(1, counts.unknown["blank"]), 4
            ),
            "labelled_as_skill_or_optional": round(
                counts.unknown["sensible"] / max(1, counts.unknown["terms"]), 4
            ),
            "terms": counts.unknown["terms"],
        },
    }


def _alternatives(counts: Tally) -> dict[str, float]:
    precision, recall = _mean(counts.group_precision), _mean(counts.group_recall)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "n": len(counts.group_recall),
    }


def _fact_rate(name: str, counts: Counter[str]) -> float:
    if name == "role":
        return round(counts["same"] / counts["ads"], 4)
    return rates(counts["right"], counts["stated"] - counts["right"], counts["said"] - counts["right"])["f1"]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def kind_table(counts: Tally) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by kind; misses by the label's kind, wrong finds by the claimed one."""
    kinds = sorted({kind for _, kind in counts.kinds})
    return {kind: rates(*(counts.kinds[what, kind] for what in ("tp", "fn", "fp"))) for kind in kinds}


def headline(figures: Mapping[str, Any]) -> dict[str, float]:
    """The figures that matter as one flat row: bands, all, level, alternatives, identity."""
    flat = {name: figures[name]["f1"] for name in (*BANDS, "all", "alternatives")}
    return {**flat, "level": figures["level_accuracy"], "identity": figures["identity"]}


def intervals(tallies: Sequence[Tally], samples: int = 500, seed: int = 7) -> dict[str, tuple[float, float]]:
    """95 % intervals of the headline figures by bootstrap over ads (the seed makes them repeatable)."""
    import random

    source = random.Random(seed)  # noqa: S311 - resampling, not secrets
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(samples):
        total = Tally()
        for one in source.choices(tallies, k=len(tallies)):
            total.add(one)
        for name, value in headline(summary(total)).items():
            drawn[name].append(value)
    low, high = int(samples * 0.025), int(samples * 0.975) - 1
    drawn.pop("identity", None)  # an ad drawn twice agrees with itself
    return {name: (sorted(values)[low], sorted(values)[high]) for name, values in drawn.items()}
