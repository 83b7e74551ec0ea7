"""How long commands take to start, as ratios against what they can't be quicker than.

    python benchmarks/startup.py [--runs 7]

Each pair runs in turn (A B A B ...), so that a machine that slows down slows both; the median of
the ratios counts, not single times.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

AD = Path(__file__).resolve().parent.parent / "samples" / "ads" / "northwind-health.txt"
PAIRS = {
    "skillgap --help, against importing click": (
        [sys.executable, "-m", "skillgap", "--help"],
        [sys.executable, "-c", "import click"],
        3.0,
    ),
    "skillgap analyze on one ad, against a blank spaCy pipeline": (
        [sys.executable, "-m", "skillgap", "analyze", str(AD), "--format", "json"],
        [sys.executable, "-c", "import spacy; spacy.blank('en')"],
        1.5,
    ),
    "skillgap analyze as text, against a blank spaCy pipeline": (
        [sys.executable, "-m", "skillgap", "analyze", str(AD)],
        [sys.executable, "-c", "import spacy; spacy.blank('en')"],
        1.5,
    ),
}


def seconds(command: list[str]) -> float:
    """Wall seconds of one whole process."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Print a line for each pair; exit 1 if one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    print(f"{platform.machine()}, Python {platform.python_version()}, {runs} runs each, medians")
    over = False
    for name, (ours, base, limit) in PAIRS.items():
        seconds(ours), seconds(base)  # warm the caches
        times = [(seconds(ours), seconds(base)) for _ in range(runs)]
        ratio = statistics.median(a / b for a, b in times)
        over = over or ratio > limit
        mine, theirs = (statistics.median(column) for column in zip(*times, strict=True))
        print(f"{name}: {ratio:.2f} times ({mine:.2f} s against {theirs:.2f} s; limit {limit})")
    sys.exit(over)


if __name__ == "__main__":
    main()
