"""What an ad costs with a small taxonomy and with a large one: the same ads, 500 to 15,000 skills.

    python benchmarks/breadth.py [FOLDER of .txt ads] [--sizes 500 2000 10000] [--widened 15000] [--rounds 5]

The taxonomy is cut in two ways: the skills that most of the ads name first, so that nearly the same is found
at every size, and by lot, so that what is found grows with the taxonomy. It is widened by invented skills of
two and three words, in the columns of ESCO's table and through ``skillgap taxonomy import esco``: words of
the ads, so that their beginnings are met again and again. CPU time of the full analysis to records; the sizes
take turns, and the median of the ratios to the smallest counts.
"""

from __future__ import annotations

import argparse
import csv
import platform
import random
import re
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

from skillgap import Analyzer, Document, load_taxonomy
from skillgap.taxonomy import Taxonomy
from skillgap.taxonomy.checking import check_folders
from skillgap.taxonomy.compiler import compile_index
from skillgap.taxonomy.esco import import_esco
from skillgap.taxonomy.loading import taxonomy_folder

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "ads"
_RELATIONS = ("implies", "broader", "related")


def cut(files: Mapping[str, Any], kept: Collection[str]) -> Taxonomy:
    """The taxonomy with these skills only."""
    skills = [
        {**skill, **{name: [s for s in skill[name] if s in kept] for name in _RELATIONS}}
        for skill in files["skills"]
        if skill["id"] in kept
    ]
    steps = [
        {**step, "teaches": [skill for skill in step["teaches"] if skill in kept]}
        for step in files["roadmap.yaml"]["steps"]
    ]
    roadmap = {**files["roadmap.yaml"], "steps": steps}
    return Taxonomy(compile_index({**files, "skills": skills, "roadmap.yaml": roadmap}, f"cut {len(kept)}"))


def widened(taxonomy: Taxonomy, size: int, ads: Sequence[str], folder: Path) -> Taxonomy:
    """The taxonomy with invented skills, up to at least ``size`` of them."""
    rng = random.Random(size)  # noqa: S311
    words = sorted({word for ad in ads for word in re.findall(r"[a-z]{5,}", ad)})
    table = folder / f"{size}.csv"
    names = {
        " ".join(rng.sample(words, rng.choice((2, 3)))) for _ in range((size - len(taxonomy.ids)) * 11 // 10)
    }
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["conceptUri", "preferredLabel", "altLabels", "skillType"])
        for number, name in enumerate(sorted(names)):
            other = f"{rng.choice(words)} {name.split()[-1]} {rng.choice(words)}"
            writer.writerow([f"invented/{number}", name, other, "skill/competence"])
    import_esco(table, folder / str(size), taxonomy)
    return load_taxonomy(folder / str(size))


def seconds(analyzer: Analyzer, documents: Sequence[Document]) -> float:
    """CPU time of the full analysis of these ads to records."""
    begin = time.process_time()
    for document in documents:
        analyzer.job(document).to_dict()
    return time.process_time() - begin


def found(analyzer: Analyzer, documents: Sequence[Document]) -> Counter[str]:
    """In how many ads each skill is found."""
    return Counter(skill["id"] for d in documents for skill in analyzer.job(d).to_dict()["skills"])


def measure(title: str, taxonomies: Sequence[Taxonomy], documents: Sequence[Document], rounds: int) -> None:
    """Print a line for each taxonomy."""
    analyzers = [Analyzer(taxonomy) for taxonomy in taxonomies]
    skills = [found(analyzer, documents).total() / len(documents) for analyzer in analyzers]  # warms up, too
    times = [[seconds(analyzer, documents) for analyzer in analyzers] for _ in range(rounds)]
    base = statistics.median(row[0] for row in times) / len(documents) * 1e3
    print(title)
    for place, taxonomy in enumerate(taxonomies):
        each = statistics.median(row[place] for row in times) / len(documents) * 1e3
        ratio = statistics.median(row[place] / row[0] for row in times)
        more = skills[place] - skills[0]
        print(
            f"{len(taxonomy.ids):8} skills  {each:6.2f} ms an ad, {ratio:5.2f} times; finds "
            f"{skills[place]:5.1f} an ad"
            + (f", {(each - base) / more:.2f} ms for each more" if more else ""),
            flush=True,
        )


def main() -> None:
    """Print the lines of both ways to cut."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[500, 2_000, 10_000])
    parser.add_argument("--widened", nargs="+", type=int, default=[15_000])
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    paths = sorted((arguments.folder or SAMPLES).glob("*.txt"))
    ads = [path.read_text("utf-8") for path in paths]
    documents = [Document(path.name, ad) for path, ad in zip(paths, ads, strict=True)]
    files, _ = check_folders([taxonomy_folder()])
    whole = load_taxonomy()
    asked = found(Analyzer(whole), documents)
    order = sorted(whole.ids, key=lambda skill: (-asked[skill], skill))
    lot = random.Random(0).sample(sorted(whole.ids), len(whole.ids))  # noqa: S311
    print(f"{platform.machine()}, Python {platform.python_version()}, {len(ads)} ads, one core")
    with tempfile.TemporaryDirectory() as place:
        wide = [widened(whole, size, ads, Path(place)) for size in arguments.widened]
        for title, ids in (("the most asked first, so that the same is found", order), ("by lot", lot)):
            cuts = [cut(files, frozenset(ids[:size])) for size in arguments.sizes]
            measure(title, [*cuts, *wide], documents, arguments.rounds)


if __name__ == "__main__":
    main()
