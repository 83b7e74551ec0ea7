"""Ads a second on one core: the full analysis against spaCy's own parts, in one run.

    python benchmarks/speed.py [FOLDER of .txt ads] [--rounds 3]

Without a folder the sample ads are repeated. Compared are, on the same ads with the same written
forms: (a) spacy.blank("en").make_doc + PhraseMatcher + filter_spans; (b) PhraseMatcher on a
whitespace tokenizer; (c) our matcher alone; (d) our full analysis to records.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.util import filter_spans

from skillgap import Analyzer, Document
from skillgap.extraction.matcher import SkillMatcher

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "ads"


def spacy_reader(forms: list[str], *, whitespace: bool) -> Callable[[str], object]:
    """SpaCy's tokenizer and PhraseMatcher over the written forms."""
    nlp = spacy.blank("en")
    if whitespace:
        nlp.tokenizer = Tokenizer(nlp.vocab)
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("skill", [nlp.make_doc(form) for form in forms])

    def read(text: str) -> object:
        doc = nlp.make_doc(text)
        return filter_spans(matcher(doc, as_spans=True))

    return read


def rate(read: Callable[[str], object], texts: list[str]) -> float:
    """Texts a second."""
    start = time.process_time()
    for text in texts:
        read(text)
    return len(texts) / (time.process_time() - start)


def main() -> None:
    """Print the rates and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    paths = sorted((arguments.folder or SAMPLES).glob("*.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    texts *= max(1, 60 // len(texts))
    analyzer = Analyzer()
    forms = sorted(
        {a.text for s in analyzer.taxonomy.skills.values() for a in s.aliases if "…" not in a.text}
    )
    start = time.process_time()
    plain = spacy_reader(forms, whitespace=False)
    built = time.process_time() - start
    readers: dict[str, Callable[[str], object]] = {
        "spaCy tokenizer + PhraseMatcher": plain,
        "whitespace tokenizer + PhraseMatcher": spacy_reader(forms, whitespace=True),
        "skillgap matcher alone": SkillMatcher(analyzer.taxonomy),
        "skillgap, full analysis to records": lambda text: analyzer.job(Document("ad", text)).to_dict(),
    }
    rates: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(arguments.rounds):
        for name, read in readers.items():
            rates[name].append(rate(read, texts))
    base = rates["spaCy tokenizer + PhraseMatcher"]
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}, {len(texts)} ads, {len(forms)} forms, one core")
    print(f"building the PhraseMatcher from these forms took {built:.1f} s")
    for name, values in rates.items():
        ratio = statistics.median(a / b for a, b in zip(values, base, strict=True))
        print(f"{name:38} {statistics.median(values):7.0f} ads/s  {ratio:5.2f} times")


if __name__ == "__main__":
    main()
