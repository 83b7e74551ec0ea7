"""The role type of ads against labels: our rules, their numbers chosen elsewhere, and a regression.

    python benchmarks/roles.py LABELS.jsonl ... --texts TEXTS.jsonl

LABELS holds an ad per line and reader: id, role. Where several readers labelled an ad, the score of
the ad is the share of them that agree. TEXTS holds an ad per line: id, text, company, maybe title.
Three answers are compared, whole companies left out for all but the first:

- rules: taxonomy/roles.yaml as it is;
- rules, numbers chosen: `named` and `slack` are those that did best on the other companies' ads;
- regression: logistic, on the words of the title and the shares of themes asked for, without and
  with the rules' answer (needs scikit-learn).

The weights of roles.yaml were written with sight of such ads, the regression was not.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.pipeline import make_pipeline

from skillgap import Analyzer, Document
from skillgap.extraction.roles import RoleReader
from skillgap.taxonomy.runtime import Taxonomy

NAMED = (1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.2)
SLACK = (5, 10, 15, 20, 30, 45)
FOLDS = 10


@dataclass(frozen=True, slots=True)
class Ad:
    """A labelled ad as the role reader sees it."""

    file: str
    company: str
    title: str
    asked: Sequence[tuple[str, str]]
    roles: Sequence[str]  # one of each reader

    def score(self, role: str) -> float:
        return sum(label == role for label in self.roles) / len(self.roles)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


def labelled(paths: Sequence[Path], texts: Path) -> list[Ad]:
    """The labelled ads; an ad belongs to the first file that labels it."""
    labels: dict[str, tuple[str, list[str]]] = {}
    for path in paths:
        for row in _rows(path):
            file, roles = labels.setdefault(str(row["id"]), (path.stem, []))
            if file == path.stem:
                roles.append(row["role"])
    analyzer = Analyzer()
    ads = []
    for row in _rows(texts):
        if (name := str(row["id"])) not in labels:
            continue
        meta = {"title": row["title"]} if row.get("title") else {}
        profile = analyzer.job(Document(name, row["text"], meta=meta)).profile
        asked = tuple((r.skill, r.level) for r in profile.requirements)
        file, roles = labels[name]
        ads.append(Ad(file, row["company"], profile.title or "", asked, tuple(roles)))
    return ads


def judged(ads: Sequence[Ad], taxonomy: Taxonomy, numbers: Mapping[str, float]) -> list[str]:
    """The rules' answers with some numbers changed."""
    kept = taxonomy.judging
    taxonomy.judging = {**kept, **numbers}
    reader = RoleReader(taxonomy)
    taxonomy.judging = kept
    return [reader.read(ad.title, ad.asked) for ad in ads]


def chosen(ads: Sequence[Ad], taxonomy: Taxonomy) -> np.ndarray:
    """The score of each ad by the numbers that do best on the other companies; the mean of equals."""
    trials = [judged(ads, taxonomy, {"named": n, "slack": s}) for n, s in product(NAMED, SLACK)]
    scores = np.array([[ad.score(r) for ad, r in zip(ads, roles, strict=True)] for roles in trials])
    companies = np.array([ad.company for ad in ads])
    result = np.zeros(len(ads))
    for company in set(companies):
        out = companies == company
        others = scores[:, ~out].sum(axis=1)
        result[out] = scores[others >= others.max() - 1e-9][:, out].mean(axis=0)
    return result


def learned(ads: Sequence[Ad], taxonomy: Taxonomy, *, told: bool) -> np.ndarray:
    """The score of each ad by a regression on the other companies' ads, a case for each reader."""
    rules = judged(ads, taxonomy, {})
    marks = []
    for ad, role in zip(ads, rules, strict=True):
        themes: Counter[str] = Counter()
        for skill, level in ad.asked:
            themes[taxonomy.theme(skill)] += taxonomy.judging[level]
        asked = sum(themes.values()) or 1
        shares = {f"theme {theme}": 5 * points / asked for theme, points in themes.items()}
        words = dict.fromkeys((f"word {word}" for word in ad.title.lower().replace("/", " ").split()), 1.0)
        marks.append({**shares, **words, **({f"rules {role}": 2.0} if told else {})})
    cases = [(i, role) for i, ad in enumerate(ads) for role in ad.roles]
    rows = [marks[i] for i, _ in cases]
    answers = np.array([role for _, role in cases])
    readers = np.array([1 / len(ads[i].roles) for i, _ in cases])
    result = np.zeros(len(ads))
    for train, test in GroupKFold(FOLDS).split(rows, answers, [ads[i].company for i, _ in cases]):
        model = make_pipeline(DictVectorizer(), LogisticRegression(max_iter=1000))
        model.fit([rows[i] for i in train], answers[train], logisticregression__sample_weight=readers[train])
        for place, role in zip(test, model.predict([rows[i] for i in test]), strict=True):
            result[cases[place][0]] = ads[cases[place][0]].score(role)
    return result


def main() -> None:
    """Print one table: a line per answer, a column per file of labels."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("labels", nargs="+", type=Path)
    parser.add_argument("--texts", required=True, type=Path)
    arguments = parser.parse_args()
    taxonomy = Analyzer().taxonomy
    ads = labelled(arguments.labels, arguments.texts)
    rules = judged(ads, taxonomy, {})
    table = {
        "rules": np.array([ad.score(role) for ad, role in zip(ads, rules, strict=True)]),
        "rules, numbers chosen": chosen(ads, taxonomy),
        "regression": learned(ads, taxonomy, told=False),
        "regression, told the rules' answer": learned(ads, taxonomy, told=True),
    }
    files = list(dict.fromkeys(ad.file for ad in ads))
    print(f"{'':36} {'all':>7}" + "".join(f" {file:>20}" for file in files))
    for name, scores in table.items():
        parts = [np.mean([s for s, ad in zip(scores, ads, strict=True) if ad.file == f]) for f in files]
        print(f"{name:36} {scores.mean():7.3f}" + "".join(f" {part:20.3f}" for part in parts))


if __name__ == "__main__":
    main()
