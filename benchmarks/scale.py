"""What a listing costs when there are 1,000, 10,000 or 100,000 of them, and in how much memory.

    python benchmarks/scale.py [FOLDER of .txt ads] [--sizes 250 1000] [--workers 1] [--keep DIR]

Each size is a file of listings of its own and three runs of the whole command: reading it all into a new
store with the market report, the report alone over what is stored, and the report with a resume. ``--keep``
is a folder for files and stores that a later run goes on with: then only the reports are measured.

A listing takes the lines of one ad, most of them replaced by lines of others and a word in twelve by another
word or by an invented name, so that the listings differ; every fifth is a near copy of an earlier one. CPU
time counts, for the machine may be shared; memory is the largest process, and the sum over all of a run's
processes at any one time.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from skillgap.market.store import Store

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RESUME = SAMPLES / "resumes" / "backend-developer.txt"
OTHER_LINES, OTHER_WORDS, COPIES = 0.7, 0.08, 0.2
INVENTED = 0.004  # of the words: names that no taxonomy has, few of them common
_SYLLABLES = re.findall(r"[a-z]+", "ba ce di fo gu ka le mi no pu ra se ti vo zu xa ny qui dro fle")
_WATCHED = 0.05  # seconds between two looks at the memory
_RUN = (
    "import resource, runpy, sys; sys.argv = sys.argv[1:];\n"
    "try: runpy.run_module('skillgap', run_name='__main__')\n"
    "finally:\n"
    "  both = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]\n"
    "  print(sum(u.ru_utime + u.ru_stime for u in both), max(u.ru_maxrss for u in both), file=sys.stderr)"
)


class Made:
    """Invented listings out of real lines; the same number gives the same listing."""

    def __init__(self, ads: Sequence[str]) -> None:
        self.ads = [ad.split("\n") for ad in ads]
        lines = {line for ad in self.ads for line in ad if len(line.split()) > 3}
        self.bullets = sorted(line for line in lines if line.lstrip().startswith(("-", "•", "*")))
        self.others = sorted(lines.difference(self.bullets))
        self.words = sorted({word for ad in ads for word in re.findall(r"[a-z]{4,}", ad)})

    def listings(self, count: int) -> Iterator[dict[str, object]]:
        """Rows of a table."""
        for number in range(count):
            rng = random.Random(f"copy {number}")  # noqa: S311 - the same listings in every run
            lines = self._lines(number)
            if number and rng.random() < COPIES:
                lines = self._changed(self._lines(rng.randrange(number)), rng)
            yield {
                "id": number,
                "title": lines[0],
                "company": f"{self._name(rng)} {rng.choice(('Labs', 'Systems', 'Group'))}",
                "posted": f"2031-0{rng.randrange(1, 4)}-{rng.randrange(1, 29):02}",
                "description": "\n".join(lines),
            }

    def _lines(self, number: int) -> list[str]:
        rng = random.Random(number)  # noqa: S311
        frame = self.ads[number % len(self.ads)]
        lines = [frame[0], *(self._line(line, rng) for line in frame[1:])]
        return self._changed(lines, rng)

    def _line(self, line: str, rng: random.Random) -> str:
        if len(line.split()) <= 3 or rng.random() >= OTHER_LINES:
            return line
        among = self.bullets if line.lstrip().startswith(("-", "•", "*")) else self.others
        return rng.choice(among or self.others)

    def _changed(self, lines: Sequence[str], rng: random.Random) -> list[str]:
        return [
            lines[0],
            *(" ".join(self._word(word, rng) for word in line.split(" ")) for line in lines[1:]),
        ]

    def _word(self, word: str, rng: random.Random) -> str:
        draw = rng.random()
        if not word or draw >= OTHER_WORDS + INVENTED:
            return word
        return rng.choice(self.words) if draw < OTHER_WORDS else self._name(rng)

    def _name(self, rng: random.Random) -> str:
        number = int(rng.paretovariate(0.6)) % len(_SYLLABLES) ** 4
        name = ""
        while number or len(name) < 4:
            number, syllable = divmod(number, len(_SYLLABLES))
            name += _SYLLABLES[syllable]
        return name.capitalize()


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took: CPU seconds, megabytes of the largest process and of all together."""

    seconds: float
    largest: float
    together: float


def cost(*arguments: str) -> Cost:
    """Run ``skillgap batch`` with these arguments."""
    command = [sys.executable, "-c", _RUN, "skillgap", "batch", *arguments, "-q", "--as-of", "2031-03-31"]
    with tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)
        together = [0.0]
        watcher = threading.Thread(target=_watch, args=(process, together), daemon=True)
        watcher.start()
        process.wait()
        watcher.join()
        errors.seek(0)
        said = errors.read().strip().split("\n")
    if process.returncode not in (0, 4):
        raise SystemExit("\n".join(said))
    seconds, largest = map(float, said[-1].split())
    return Cost(seconds, largest / 1_000, together[0])


def _watch(process: subprocess.Popen[bytes], together: list[float]) -> None:
    """Keep the largest sum of the memory of a process and its children, each page counted wherever it is."""
    while process.poll() is None:
        try:
            parent = psutil.Process(process.pid)
            every = [parent, *parent.children(recursive=True)]
            together[0] = max(together[0], sum(p.memory_info().rss for p in every) / 1e6)
        except psutil.Error:
            pass  # one has just ended
        time.sleep(_WATCHED)


def measure(made: Made, size: int, folder: Path, workers: str) -> None:
    """Print the lines of one size."""
    source, store, report = folder / f"{size}.jsonl", folder / f"{size}.sqlite", str(folder / "report.txt")
    if not source.exists():
        with source.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(listing) + "\n" for listing in made.listings(size))
    wanted = ["--db", str(store), "-o", report]
    first = None if store.exists() else cost(str(source), *wanted, "--workers", workers)
    alone = cost(*wanted)
    fitted = cost(*wanted, "--resume", str(RESUME))
    with Store(store) as saved:
        print(f"{saved.count():7} listings, {len(set(saved.families().values()))} without near copies")
    if first is not None:
        _print("read, analysed, stored and reported", first, size)
    _print("report over what is stored", alone, size)
    _print("report with a resume", fitted, size)


def _print(what: str, run: Cost, size: int) -> None:
    each = f"{run.seconds / size * 1e3:7.2f} ms a listing"
    print(f"    {what:36}{each}, {run.largest:4.0f} MB, {run.together:4.0f} MB together", flush=True)


def main() -> None:
    """Print the lines of each size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--sizes", nargs="+", type=int, default=[250, 1_000])
    parser.add_argument("--workers", default="1")
    parser.add_argument("--keep", type=Path, metavar="DIR")
    arguments = parser.parse_args()
    paths = sorted((arguments.folder or SAMPLES / "ads").glob("*.txt"))
    made = Made([path.read_text("utf-8") for path in paths])
    print(
        f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}; "
        f"lines of {len(paths)} ads"
    )
    with tempfile.TemporaryDirectory() as place:
        folder = arguments.keep or Path(place)
        folder.mkdir(exist_ok=True)
        for size in arguments.sizes:
            measure(made, size, folder, arguments.workers)


if __name__ == "__main__":
    main()
