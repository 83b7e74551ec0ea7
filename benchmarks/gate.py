"""Raise the floors of the evaluation gate to what is measured now; a floor is never lowered.

    python benchmarks/gate.py            show figures and floors
    python benchmarks/gate.py --raise    write the floors that can be raised

The labelled ads in samples/gold are our own writing. A small margin is left below each figure,
so that a gain elsewhere is not blocked by one label.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "tests" / "data" / "floors.json"
MARGIN = 0.01
NAMES = (
    "named.f1", "concept.f1", "soft.f1", "all.f1", "level_accuracy", "alternatives.f1", "identity",
    "facts.role", "facts.seniority", "facts.years_min", "facts.degree", "facts.salary", "facts.work_mode",
)  # fmt: skip


def measured() -> dict[str, float]:
    """The figures of ``skillgap evaluate`` on our own labelled ads."""
    labels = ROOT / "samples" / "gold" / "labels.jsonl"
    command = [
        sys.executable,
        "-m",
        "skillgap",
        "evaluate",
        str(labels),
        "--samples",
        "0",
        "--format",
        "json",
    ]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    result = {}
    for name in NAMES:
        value = figures
        for key in name.split("."):
            value = value[key]
        result[name] = float(value)
    return result


def main() -> None:
    """Print, and with --raise write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="write", action="store_true")
    write = parser.parse_args().write
    floors = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    now = measured()
    for name, value in now.items():
        floor = max(floors.get(name, 0.0), math.floor((value - MARGIN) * 1000) / 1000)
        print(
            f"{name:18} {value:.3f}   floor {floors.get(name, 0.0):.3f}"
            + (f" -> {floor:.3f}" if write else "")
        )
        floors[name] = floor if write else floors.get(name, 0.0)
    if write:
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")


if __name__ == "__main__":
    main()
