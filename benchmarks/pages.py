"""Whether saved pages say the same as the text of their ads, and what reading them costs.

    python benchmarks/pages.py PAGES TEXTS [--errors 20]

PAGES holds NAME.html, TEXTS holds NAME.txt: the ad's title, an empty line, its text. Each page is
read as it is; without its posting data (JSON-LD), by its main text alone; and without posting data,
classes and ids, as if nothing in the page named the part that is the ad. Printed are words against
the text (precision, recall), skills and levels of both (shared over all), the time a page takes,
and what importing the reader adds to starting Python.

Skills are compared twice: by the text alone, and with the page facts. The latter tell the
employer's name, which is then no skill, so that fewer are found where a product is called like it.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from skillgap import Analyzer, Document
from skillgap.errors import NotAnAdError
from skillgap.reading.html import read_html

GOAL = 0.98
AS_SAVED, PLAIN, UNMARKED = "as saved", "without posting data", "without posting data, classes and ids"
_POSTING_DATA = re.compile(rb"<script[^>]*ld(?:\+|&#x2b;|&#43;)json.*?</script>", re.DOTALL | re.IGNORECASE)
_MARKS = re.compile(rb"(<[a-z][^<>]*?)\s(?:class|id|x-ref)=(?:\"[^\"]*\"|'[^']*')", re.IGNORECASE)
_STARTS = 9

Levels = dict[str, str]


@dataclass(frozen=True)
class Result:
    """One page against its text."""

    name: str
    precision: float
    recall: float
    seconds: float
    found: Levels
    with_facts: Levels
    wanted: Levels


def levels_of(analyzer: Analyzer, document: Document) -> Levels:
    """Skill ids and levels; none where the text is refused as no ad."""
    try:
        requirements = analyzer.job(document).profile.requirements
    except NotAnAdError:
        return {}
    return {requirement.skill: requirement.level for requirement in requirements}


def stripped(data: bytes, *, marks: bool) -> bytes:
    """A page without its posting data, and without classes and ids."""
    data = _POSTING_DATA.sub(b"", data)
    while marks:
        data, number = _MARKS.subn(rb"\1", data)
        if not number:
            break
    return data


def compared(analyzer: Analyzer, page: Path, text: Path, how: str) -> Result:
    """Read a page and compare it with its text."""
    data = page.read_bytes()
    if how != AS_SAVED:
        data = stripped(data, marks=how == UNMARKED)
    start = time.perf_counter()
    document = read_html(data, page.name)
    seconds = time.perf_counter() - start
    wanted = text.read_text("utf-8")
    got, want = (Counter(re.findall(r"\w+", words.lower())) for words in (document.text, wanted))
    common = (got & want).total()
    return Result(
        page.stem,
        common / max(1, got.total()),
        common / max(1, want.total()),
        seconds,
        levels_of(analyzer, replace(document, meta={})),
        levels_of(analyzer, document),
        levels_of(analyzer, Document(text.name, wanted)),
    )


def jaccard(pairs: Sequence[tuple[Levels, Levels]], *, levels: bool = False) -> float:
    """The mean share of common skills (with their levels) in all skills of both."""
    shares = []
    for one, other in pairs:
        a, b = (set(one.items()), set(other.items())) if levels else (set(one), set(other))
        shares.append(len(a & b) / len(a | b) if a | b else 1.0)
    return sum(shares) / len(shares)


def show(title: str, results: Sequence[Result], errors: int) -> float:
    """Print the figures of all pages; returns the agreement of skills by the text alone."""
    number = len(results)
    alone = [(result.found, result.wanted) for result in results]
    facts = [(result.with_facts, result.wanted) for result in results]
    print(f"\n{title}")
    print(f"  words: precision             {sum(r.precision for r in results) / number:.4f}")
    print(f"  words: recall                {sum(r.recall for r in results) / number:.4f}")
    for name, pairs in (("by the text alone", alone), ("with page facts", facts)):
        same = sum(set(one) == set(other) for one, other in pairs)
        print(f"  {name}")
        print(f"    pages with the same skills {same / number:.4f}  ({same} of {number})")
        print(f"    skills in both, of all     {jaccard(pairs):.4f}")
        print(f"    skills and levels in both  {jaccard(pairs, levels=True):.4f}")
    times = sorted(result.seconds * 1000 for result in results)
    print(f"  ms a page: median {times[number // 2]:.1f}, slowest {times[-1]:.1f}")
    worst = sorted(results, key=lambda r: min(r.precision, r.recall))
    for result in worst[:errors]:
        changes = sorted(set(result.found.items()) ^ set(result.wanted.items()))
        print(f"    {result.name}: precision {result.precision:.3f}, recall {result.recall:.3f}, {changes}")
    return jaccard(alone)


def start_up(code: str) -> float:
    """The quickest of several starts of Python with this code, in milliseconds."""
    times = []
    for _ in range(_STARTS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def main() -> None:
    """Print all figures; ends with 1 if the agreement is below the goal."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pages", type=Path, metavar="PAGES", help="folder of .html pages")
    parser.add_argument("texts", type=Path, metavar="TEXTS", help="folder of .txt ads of the same names")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N worst pages")
    arguments = parser.parse_args()
    pairs = [(page, arguments.texts / f"{page.stem}.txt") for page in sorted(arguments.pages.glob("*.html"))]
    pairs = [(page, text) for page, text in pairs if text.is_file()]
    if not pairs:
        parser.error(f"{arguments.pages} holds no .html page with a .txt of the same name beside it")
    analyzer = Analyzer()
    compared(analyzer, *pairs[0], PLAIN)  # so that the first page does not pay for imports
    print(f"{len(pairs)} pages")
    agreements = [
        show(how, [compared(analyzer, *pair, how) for pair in pairs], arguments.errors)
        for how in (AS_SAVED, PLAIN, UNMARKED)
    ]
    bare, model = start_up("pass"), start_up("import skillgap.model")
    reader = start_up("import skillgap.reading.html, skillgap.reading.furniture, selectolax.lexbor")
    print(f"\nstart-up: Python {bare:.0f} ms, with our model {model:.0f} ms, with the reader {reader:.0f} ms")
    print(f"goal {GOAL} as saved: {'met' if agreements[0] >= GOAL else 'MISSED'}")
    sys.exit(agreements[0] < GOAL)


if __name__ == "__main__":
    main()
