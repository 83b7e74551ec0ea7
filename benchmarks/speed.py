"""Ads a second on one core: the full analysis against spaCy's own parts, in one run.

    python benchmarks/speed.py [FOLDER of .txt ads] [--rounds 3]

Without a folder the sample ads are repeated. Compared are, on the same ads with the same written
forms: (a) spacy.blank("en").make_doc + PhraseMatcher + filter_spans; (b) PhraseMatcher on a
whitespace tokenizer; (c) our matcher alone; (d) our full analysis to records. Then a profile tells which
part of the full analysis takes which share of its time.
"""

from __future__ import annotations

import argparse
import cProfile
import platform
import pstats
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.tokenizer import Tokenizer
from spacy.util import filter_spans

from skillgap import Analyzer, Document
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.tokens import tokenize

LEAST_SHARE = 0.01  # of the time, for a part to be listed
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


def profile(analyze: Callable[[str], object], texts: list[str]) -> list[tuple[float, str]]:
    """(share of the time, part) of the full analysis: what its own steps call, largest first."""
    profiler = cProfile.Profile()
    profiler.enable()
    for text in texts:
        analyze(text)
    profiler.disable()
    stats = pstats.Stats(profiler)
    stats.calc_callees()
    steps = [key for key in stats.stats if key[2] in ("read", "job") and "skillgap" in key[0]]  # type: ignore[attr-defined]
    inner = {("job.py", "read"), ("analyzer.py", "job"), ("analyzer.py", "<lambda>")}
    steps = [key for key in steps if (Path(key[0]).name, key[2]) in inner]
    spent: Counter[str] = Counter()
    for key in steps:
        for (file, _, name), (_, _, _, taken) in stats.all_callees[key].items():  # type: ignore[attr-defined]
            if (Path(file).name, name) not in inner:
                spent[f"{Path(file).stem}.{name}" if file != "~" else "other"] += taken
    whole = stats.total_tt  # type: ignore[attr-defined]
    spent["writing the record"] = sum(
        values[3]
        for key, values in stats.stats.items()
        if key[2] == "to_dict"  # type: ignore[attr-defined]
    )
    return sorted(((taken / whole, part) for part, taken in spent.items()), reverse=True)


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
        "skillgap's tokens alone": lambda text: tokenize(
            text, analyzer.taxonomy.fold, analyzer.taxonomy.compounds
        ),
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
    print("where the full analysis spends its time (under a profiler):")
    for share, part in profile(readers["skillgap, full analysis to records"], texts):
        if share >= LEAST_SHARE:
            print(f"  {part:36} {share:7.0%}")


if __name__ == "__main__":
    main()
