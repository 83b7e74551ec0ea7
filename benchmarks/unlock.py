"""How long ranking and unlocking take over many listings, and whether the answers are proved.

    python benchmarks/unlock.py [FOLDER of .txt ads] [--listings 1500] [--resume FILE] [--line 1 0.8 0.6]

The listings are perturbed copies of the analysed ads (of the samples by default): of each copy about one
skill in six is dropped, and a few that other ads name are added, so that hardly two of them lack the same.
Without a resume it is a beginner's. Nothing here is a claim about a market.
"""

from __future__ import annotations

import argparse
import platform
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import scipy

from skillgap import Analyzer, Document, read
from skillgap.analysis.gap import Shown
from skillgap.errors import InputError
from skillgap.market.must_haves import read_listings
from skillgap.market.ranking import rank
from skillgap.market.unlock import unlock

ROOT = Path(__file__).resolve().parent.parent / "samples"
BEGINNER = """Robin Vale
Experience
Shop assistant, Corner Goods, 2021 - 2025
- kept the stock list in Excel, and the shop's web page in HTML with Git
Skills: Excel, HTML, Git
"""
T = TypeVar("T")


def analysed(paths: Sequence[Path], analyzer: Analyzer) -> list[dict[str, Any]]:
    """The records of these ads; what is no ad is left out."""
    found = []
    for path in paths:
        try:
            found.append(analyzer.job(Document(path.name, path.read_text("utf-8"))).to_dict())
        except InputError:
            continue
    return found


def perturbed(record: dict[str, Any], pool: Sequence[dict[str, Any]], seed: int) -> dict[str, Any]:
    """A copy that lacks some skills and names some others."""
    chance = random.Random(seed)  # noqa: S311 - a benchmark
    kept = [skill for skill in record["skills"] if chance.random() > 1 / 6]
    named = {skill["id"] for skill in kept}
    for extra in chance.sample(pool, chance.randint(0, 3)):
        if extra["id"] not in named:
            kept.append({**extra, "group": None})
            named.add(extra["id"])
    groups = []
    for group in record["groups"]:
        members = [member for member in group["members"] if member in named]
        if members:
            groups.append({**group, "members": members})
    return {**record, "digest": f"{seed:064x}", "row": str(seed), "skills": kept, "groups": groups}


def timed(run: Callable[[], T]) -> tuple[float, T]:
    """Seconds of one run, and what it gave."""
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def main() -> None:
    """Print the times, and of each answer whether it is proved."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--listings", type=int, default=1500)
    parser.add_argument("--resume")
    parser.add_argument("--line", nargs="+", default=["1", "0.8", "0.6"])
    parser.add_argument("--skills", type=int, default=3)
    parser.add_argument("--hours", type=int, nargs="*", default=[100, 300])
    given = parser.parse_args()
    analyzer = Analyzer()
    folders = [given.folder] if given.folder else [ROOT / "gold", ROOT / "ads"]
    records = analysed([path for folder in folders for path in sorted(folder.glob("*.txt"))], analyzer)
    pool = [skill for record in records for skill in record["skills"]]
    copies = [perturbed(records[n % len(records)], pool, n) for n in range(given.listings)]
    document = read(given.resume) if given.resume else Document("beginner", BEGINNER)
    shown = Shown(analyzer.resume(document).profile, analyzer.taxonomy)
    system = f"{platform.machine()}, Python {platform.python_version()}, SciPy {scipy.__version__}"
    print(f"{system}, one process; {len(copies)} listings out of {len(records)} ads")
    seconds, listings = timed(lambda: read_listings(copies))
    print(f"{'reading the records':34}{seconds:8.2f} s  {len(listings.counted)} can be ranked")
    seconds, ranking = timed(lambda: rank(listings, shown, analyzer.taxonomy))
    best = ranking.fits[0] if ranking.fits else None
    print(f"{'ranking':34}{seconds:8.2f} s" + (f"  best {best.lenient} of {best.of}" if best else ""))
    for line in given.line:
        limits: list[dict[str, int]] = [{"skills": given.skills}, *({"hours": h} for h in given.hours)]
        for limit in limits:
            seconds, found = timed(
                lambda limit=limit, line=line: unlock(listings, shown, analyzer.taxonomy, line=line, **limit)
            )
            last = found.sets[-1]
            name = f"line {line}, " + " ".join(f"{value} {key}" for key, value in limit.items())
            sure = "proved" if not last.short else f"at most {last.short} more"
            print(f"{name:34}{seconds:8.2f} s  opens {last.gain} ({sure})")


if __name__ == "__main__":
    main()
