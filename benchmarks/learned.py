"""Our rules against learned classifiers, on labelled ads of companies that these have not seen.

    python benchmarks/learned.py LABELS.jsonl ... --texts TEXTS.jsonl [--folds 5]

TEXTS holds an ad per line: id, text, company. Needs scikit-learn, which nothing else here does.
Two questions are answered by cross-validation with whole companies left out:

- levels: of the skills that rules and labels agree on, how many get the labelled level, by our
  rules, by a logistic regression on the lines that name the skill (TF-IDF), their headings,
  sections and places, and by one that is told the rules' level too;
- ambiguous names (``~Go``): how often it is right to count one, or not to, by our guards and by
  logistic regressions on the neighbouring words. Wanted are the names that are labelled at that
  place. Places that are labelled optional, in the title or part of a longer label are left out.
  Names that before, after or not_line turn down never become candidates and are not counted.

The rules were written with sight of such ads, the regressions were not: the rules' own figures are
those of ads they know. Intervals are of the difference from the rules, by bootstrap over companies.
"""

from __future__ import annotations

import argparse
import json
import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline

from skillgap import Analyzer, Document
from skillgap.analysis.scoring import likeness, occurrences, pair
from skillgap.errors import NotAnAdError
from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.context import Sentence, sentences
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.shadow import Shadow, cast
from skillgap.extraction.tokens import Tokens, tokenize
from skillgap.model import Match

REACH = 5  # words on either side of an ambiguous name
TENTHS = 10  # places are told apart by tenths of the ad
SAMPLES = 1000
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Case:
    """One decision: what it is made from, what the rules said, and what the label says."""

    company: str
    text: str
    heading: str
    marks: Mapping[str, float]
    rules: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Page:
    """A text as the extraction sees it."""

    shadow: Shadow
    tokens: Tokens
    spans: Sequence[Sentence]
    starts: Sequence[int]  # of the sentences, in the document

    def at(self, place: int) -> Sentence:
        """The sentence that a place of the document is in."""
        return self.spans[max(0, bisect_right(self.starts, place) - 1)]

    def words(self, sentence: Sentence) -> str:
        tokens = self.tokens
        return tokens.text[tokens.starts[sentence.begin] : tokens.ends[sentence.end - 1]]


class Cases:
    """Turns labelled ads into cases."""

    def __init__(self) -> None:
        self._analyzer = Analyzer()
        taxonomy = self._taxonomy = self._analyzer.taxonomy
        self._sectioner = Sectioner(taxonomy)
        self._matcher = SkillMatcher(taxonomy)

    def page(self, text: str) -> Page:
        """Lay out and tokenize as the job reader does."""
        shadow = cast(text)
        layout = lay_out(shadow.text, self._sectioner)
        tokens = tokenize(layout.flat, self._taxonomy.fold, self._taxonomy.compounds)
        spans = list(sentences(tokens, layout.blocks))
        starts = [shadow.span(tokens.starts[s.begin], tokens.ends[s.begin])[0] for s in spans]
        return Page(shadow, tokens, spans, starts)

    def levels(self, label: Mapping[str, Any], text: str, company: str) -> Iterator[Case]:
        """A case for each skill that was both labelled and found: all lines that name it."""
        try:
            found = self._analyzer.job(Document(str(label["id"]), text)).to_dict()
        except NotAnAdError:
            return
        page = self.page(text)
        for wanted, given in pair(label, found, text).matched.items():
            skill, level = found["skills"][given], label["skills"][wanted].get("level")
            if not level:
                continue
            places = [mention["start"] for mention in skill["mentions"]]
            lines = {sentence.begin: sentence for sentence in map(page.at, places)}.values()
            marks = {f"kind {skill['kind']}": 1.0}
            for sentence in lines:
                marks[f"section {sentence.block.section}"] = 1.0
                marks[f"bullet {sentence.block.bullet}"] = 1.0
            for place in places:
                marks[f"tenth {place * TENTHS // len(text)}"] = 1.0
            yield Case(
                company=company,
                text="\n".join(page.words(sentence) for sentence in lines),
                heading="\n".join(sentence.block.heading or "" for sentence in lines),
                marks=marks,
                rules=skill["level"],
                wanted=level,
            )

    def names(self, label: Mapping[str, Any], text: str, company: str) -> Iterator[Case]:
        """A case for each ambiguous name that is clearly labelled or clearly not."""
        page = self.page(text)
        rejected: list[Match] = []
        accepted = [m for m in self._matcher.match(page.tokens, rejected) if m.how == "supported"]
        wanted = set[Span]().union(*(occurrences(text, skill["surfaces"]) for skill in label["skills"]))
        neutral = wanted | occurrences(text, label.get("optional", [])) | {(0, max(0, text.find("\n")))}
        for matches, verdict in ((accepted, "count"), (rejected, "leave")):
            for match in matches:
                span = page.shadow.span(match.start, match.end)
                own = _words(page, span)
                if any(likeness(_words(page, other), own) for other in wanted if _touch(span, other)):
                    right = "count"
                elif any(_touch(span, other) for other in neutral):
                    continue
                else:
                    right = "leave"
                marks = _neighbours(page.tokens, match)
                marks[f"section {page.at(span[0]).block.section}"] = 1.0
                yield Case(company, "", "", marks, verdict, right)


def _touch(left: Span, right: Span) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def _words(page: Page, span: Span) -> frozenset[Span]:
    """The words of a span, by their place in the document."""
    tokens = page.tokens
    if page.shadow.origin is None:
        first = max(0, bisect_right(tokens.starts, span[0]) - 1)
        places: Iterable[int] = range(first, bisect_right(tokens.starts, span[1] - 1))
    else:
        places = range(len(tokens))
    spans = (page.shadow.span(tokens.starts[i], tokens.ends[i]) for i in places)
    return frozenset(word for word in spans if _touch(word, span)) or frozenset([span])


def _neighbours(tokens: Tokens, match: Match) -> dict[str, float]:
    """The name, the words around it with and without their place, and what joins them."""
    marks = {f"name {match.alias}": 1.0}
    for step in range(1, REACH + 1):
        for side, position in (("before", match.first - step), ("after", match.last + step)):
            if 0 <= position < len(tokens):
                marks[f"near {tokens.keys[position]}"] = 1.0
                if step <= 2:
                    marks[f"{side} {step} {tokens.keys[position]}"] = 1.0
                    marks[f"{side} {step} capital {tokens.words[position][0].isupper()}"] = 1.0
    if match.first:
        marks[f"joint before {tokens.joints[match.first - 1]}"] = 1.0
    marks[f"joint after {tokens.joints[match.last]}"] = 1.0
    return marks


def learned(cases: Sequence[Case], folds: int, *, texts: bool, told: bool) -> list[str]:
    """What a logistic regression says of each case, trained on the other companies' cases."""
    rows = np.empty((len(cases), 3), dtype=object)
    for row, case in zip(rows, cases, strict=True):
        rules = {f"rules {case.rules}": 1.0} if told else {}
        row[:] = case.text, case.heading, {**case.marks, **rules}
    columns: list[tuple[str, Any, int]] = [("marks", DictVectorizer(), 2)]
    if texts:
        columns.append(("text", TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), 0))
        columns.append(("heading", TfidfVectorizer(ngram_range=(1, 2)), 1))
    model = make_pipeline(ColumnTransformer(columns), LogisticRegression(C=3.0, max_iter=3000))
    answers = np.array([case.wanted for case in cases])
    groups = [case.company for case in cases]
    return list(cross_val_predict(model, rows, answers, groups=groups, cv=GroupKFold(folds), n_jobs=-1))


def interval(cases: Sequence[Case], said: Sequence[str]) -> tuple[float, float]:
    """95 % interval of the accuracy gained over the rules, companies drawn with replacement."""
    source = random.Random(7)  # noqa: S311 - resampling, not secrets
    by_company: dict[str, list[int]] = defaultdict(list)
    for case, answer in zip(cases, said, strict=True):
        by_company[case.company].append((answer == case.wanted) - (case.rules == case.wanted))
    sums = [(sum(gains), len(gains)) for gains in by_company.values()]
    drawn = []
    for _ in range(SAMPLES):
        sample = source.choices(sums, k=len(sums))
        drawn.append(sum(gain for gain, _ in sample) / sum(size for _, size in sample))
    drawn.sort()
    return drawn[int(SAMPLES * 0.025)], drawn[int(SAMPLES * 0.975) - 1]


def table(title: str, cases: Sequence[Case], folds: int, *, texts: bool) -> Iterator[str]:
    """The lines of one question."""
    rules = [case.rules for case in cases]
    answers = [case.wanted for case in cases]
    usual = max(sorted(set(answers)), key=answers.count)
    sayings = {
        f"always {usual!r}": [usual] * len(cases),
        "rules": rules,
        "regression": learned(cases, folds, texts=texts, told=False),
        "regression, told the rules' answer": learned(cases, folds, texts=texts, told=True),
    }
    for name, said in sayings.items():
        right = sum(a == b for a, b in zip(said, answers, strict=True))
        line = f"{title:16} {name:36} {len(cases):6} {right / len(cases):9.3f}"
        if said is not rules:
            low, high = interval(cases, said)
            line += f"   {low:+.3f} to {high:+.3f}"
        yield line


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("labels", nargs="+", type=Path)
    parser.add_argument("--texts", required=True, type=Path)
    parser.add_argument("--folds", type=int, default=5)
    arguments = parser.parse_args()
    labels = {str(row["id"]): row for path in arguments.labels for row in _rows(path)}
    ads = {name: row for row in _rows(arguments.texts) if (name := str(row["id"])) in labels}
    missing = sorted(labels.keys() - ads.keys())
    if missing:
        parser.error(f"{arguments.texts} has no text of {', '.join(missing)}")
    cases = Cases()
    given = [(label, ads[name]["text"], ads[name].get("company") or name) for name, label in labels.items()]
    levels = [case for one in given for case in cases.levels(*one)]
    names = [case for one in given for case in cases.names(*one)]
    companies = len({company for *_, company in given})
    print(f"{len(labels)} ads of {companies} companies, {arguments.folds} folds over companies")
    print(f"{'question':16} {'answered by':36} {'n':>6} {'accuracy':>9}   gain over the rules, 95 %")
    for line in (
        *table("levels", levels, arguments.folds, texts=True),
        *table("ambiguous names", names, arguments.folds, texts=False),
    ):
        print(line)


if __name__ == "__main__":
    main()
