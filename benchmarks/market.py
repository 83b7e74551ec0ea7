"""Time and memory of the market report, per 1,000 records.

    python benchmarks/market.py [RECORDS.jsonl | FOLDER of .txt ads] [--sizes 1000 10000]

Without an argument the sample ads are read. There are fewer ads than records, so they are repeated with
about a tenth of the skills of each left out, another digest and employer: as many distinct ads as records.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import time
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from skillgap import Analyzer, Document, load_taxonomy
from skillgap.market.report import market
from skillgap.taxonomy import Taxonomy

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
LEFT_OUT = 0.1
DAY = date(2031, 1, 31)


def load(given: Path | None, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    """Job records from a JSONL file, or of the ads of a folder."""
    if given and given.is_file():
        return [json.loads(line) for line in given.read_text("utf-8").splitlines()]
    paths = (
        sorted(given.glob("*.txt")) if given else [*SAMPLES.glob("ads/*.txt"), *SAMPLES.glob("gold/*.txt")]
    )
    analyzer = Analyzer(taxonomy)
    return [analyzer.job(Document(path.name, path.read_text("utf-8"))).to_dict() for path in sorted(paths)]


def perturbed(records: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    """As many distinct records as wanted, one at a time."""
    for i in range(number):
        draw = random.Random(i)  # noqa: S311 - the same records in every run
        record = records[i % len(records)]
        kept = [skill for skill in record["skills"] if draw.random() >= LEFT_OUT]
        yield {
            **record,
            "digest": f"{draw.getrandbits(256):064x}",
            "row": str(i),
            "company": f"Company {draw.randrange(1 + number // 2)}",
            "posted": f"2031-01-{draw.randrange(1, 29):02}",
            "skills": kept,
        }


def main() -> None:
    """Print seconds per 1,000 records, and the memory that the largest report takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("given", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[1_000, 10_000])
    arguments = parser.parse_args()
    taxonomy = load_taxonomy()
    records = load(arguments.given, taxonomy)
    print(f"{platform.machine()}, Python {platform.python_version()}, one core; {len(records)} ads repeated")
    market(perturbed(records, 100), taxonomy=taxonomy, as_of=DAY)  # what is imported once is not timed
    for size in arguments.sizes:
        begun = time.process_time()
        for _ in perturbed(records, size):
            pass
        making = time.process_time() - begun
        begun = time.process_time()
        report = market(perturbed(records, size), taxonomy=taxonomy, as_of=DAY)
        seconds = time.process_time() - begun - making
        counted = report["counted"]["ads"]
        each = 1_000 * seconds / size
        print(f"{size:7} records ({counted} counted)  {seconds:6.1f} s  {each:6.2f} s per 1,000")
    size = max(arguments.sizes)
    tracemalloc.start()
    market(perturbed(records, size), taxonomy=taxonomy, as_of=DAY)
    peak = tracemalloc.get_traced_memory()[1]
    print(f"{size:7} records  peak {peak / 2**20:.0f} MB, {peak / size / 1024:.1f} KB per record")


if __name__ == "__main__":
    main()
