"""How quickly many listings go into the store, with one worker and with two, and in how much memory.

    python benchmarks/batch.py [FOLDER of .txt ads] [--sizes 50 100 200 400 1000] [--taxonomy DIR]

The listings are copies of the ads with a tenth of their words changed, as JSONL. Each run is a whole process
of its own (``skillgap batch --db``, records thrown away), so that start-up counts. Runs with one and two
workers take turns; the median of their ratios counts.
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
_PEAK = (
    "import resource, runpy, sys; sys.argv = sys.argv[1:];\n"
    "try: runpy.run_module('skillgap', run_name='__main__')\n"
    "finally:\n"
    "  who = [resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN]\n"
    "  print(*[resource.getrusage(w).ru_maxrss for w in who], file=sys.stderr)"
)


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


def seconds(source: Path, db: Path, *options: str) -> tuple[float, float]:
    """(wall seconds, megabytes at most in one process) of a run into ``db``."""
    command = [sys.executable, "-c", _PEAK, "skillgap", "batch", str(source), "--db", str(db), "-q", *options]
    begin = time.perf_counter()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    took = time.perf_counter() - begin
    if done.returncode not in (0, 4):
        raise SystemExit(done.stderr)
    return took, max(map(int, done.stderr.split("\n")[-2].split())) / 1_000


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[50, 100, 200, 400, 1_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--taxonomy", metavar="DIR")
    arguments = parser.parse_args()
    ads = [path.read_text("utf-8") for path in sorted((arguments.folder or SAMPLES).glob("*.txt"))]
    overlay = ["--taxonomy", arguments.taxonomy] if arguments.taxonomy else []
    print(f"{platform.machine()}, Python {platform.python_version()}, copies of {len(ads)} ads")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for size in arguments.sizes:
            source = folder / f"{size}.jsonl"
            write_listings(ads, size, source)
            options = ["--format", "jsonl", "-o", str(folder / "records"), *overlay]
            times: dict[str, list[float]] = {"1": [], "2": []}
            peak = 0.0
            for number in range(arguments.rounds):
                for workers, found in times.items():
                    run = seconds(
                        source, folder / f"{size}-{workers}-{number}", *options, "--workers", workers
                    )
                    found.append(run[0])
                    peak = max(peak, run[1])
            again, _ = seconds(source, folder / f"{size}-1-0", *options)
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
