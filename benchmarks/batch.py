"""How quickly many listings go into the store, with one worker and with two, and in how much memory.

    python benchmarks/batch.py [FOLDER of .txt ads] [--sizes 50 100 200 400 1000] [--taxonomy DIR]

The listings are copies of the ads with a tenth of their words changed, as JSONL. Each run is a whole process
of its own that fills a new store, so that start-up counts; what is printed afterwards does not, for that is
one process whatever the number of workers. Runs with one and two workers take turns; the median of their
ratios counts. Where others use the machine, the processors are shared and the ratio is lower.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SAMPLES = Path(__file__).resolve().parent.parent / "samples" / "ads"
_RUN = """
import resource, sys
from skillgap.cli.batch_run import AdReader
from skillgap.market.batch import run
from skillgap.market.store import Store
from skillgap.reading.listings import Listings
from skillgap.taxonomy import load_taxonomy

source, db, workers, *overlays = sys.argv[1:]
with Store(db) as store:
    digest = load_taxonomy(*overlays).digest
    run(Listings([source], unread=True), store, AdReader(tuple(overlays)), digest, workers=int(workers))
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def write_listings(ads: list[str], count: int, path: Path) -> None:
    """Copies of the ads, all different."""
    rng = random.Random(count)  # noqa: S311
    words = sorted({word for ad in ads for word in re.findall(r"[a-z]{4,}", ad)})
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            lines = [
                " ".join(rng.choice(words) if rng.random() < 0.1 else word for word in line.split(" "))
                for line in ads[number % len(ads)].split("\n")
            ]
            row = {"id": number, "title": lines[0], "description": "\n".join(lines)}
            file.write(json.dumps(row) + "\n")


def seconds(source: Path, db: Path, workers: str, *overlays: str) -> tuple[float, float]:
    """(wall seconds, megabytes at most in one process) of a run into ``db``."""
    command = [sys.executable, "-c", _RUN, str(source), str(db), workers, *overlays]
    begin = time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - begin, int(done.stdout) / 1_000


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[50, 100, 200, 400, 1_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--taxonomy", metavar="DIR")
    arguments = parser.parse_args()
    ads = [path.read_text("utf-8") for path in sorted((arguments.folder or SAMPLES).glob("*.txt"))]
    overlays = [arguments.taxonomy] if arguments.taxonomy else []
    print(f"{platform.machine()}, Python {platform.python_version()}, copies of {len(ads)} ads")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for size in arguments.sizes:
            source = folder / f"{size}.jsonl"
            write_listings(ads, size, source)
            times: dict[str, list[float]] = {"1": [], "2": []}
            peak = 0.0
            for number in range(arguments.rounds):
                for workers, found in times.items():
                    run = seconds(source, folder / f"{size}-{workers}-{number}", workers, *overlays)
                    found.append(run[0])
                    peak = max(peak, run[1])
            again, _ = seconds(source, folder / f"{size}-1-0", "1", *overlays)
            one, two = (statistics.median(times[workers]) for workers in "12")
            ratio = statistics.median(a / b for a, b in zip(times["1"], times["2"], strict=True))
            print(
                f"{size:7} listings: {one:6.1f} s, {one / size * 1e3:5.1f} ms each; two workers {ratio:.2f} "
                f"times as quick ({two:.1f} s); known already {again / size * 1e3:.1f} ms each; "
                f"{peak:.0f} MB at most",
                flush=True,
            )


if __name__ == "__main__":
    main()
