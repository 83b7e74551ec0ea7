"""How many near copies are found, how many different ads are folded, and how quickly.

    python benchmarks/duplicates.py [FOLDER of .txt ads] [--many 20000]

Copies are made from each ad as reposts and staffing agencies make them: another company name, other
figures of pay, bullets in another order, a share of the words changed, passages added before and after, and
the lines broken anew or not at all. Different ads are made to share most of their words: two ads of the
folder, each cut short, with the same third ad before them. Without a folder the sample ads are taken. Where
datasketch is installed, its MinHash is compared with the one that is used.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import platform
import random
import re
import statistics
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from skillgap.market.duplicates import Words, families, found_in, is_copy, sketch_of

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
BEFORE = """\
We are a recruitment partner that works for technology employers only. Our client has asked us to find the
right person for the role below. We treat your application in confidence and answer within days."""
AFTER = """\
All qualified applicants will receive consideration without regard to origin, age, religion, sex or any other
status protected by law. If you need an adjustment while hiring goes on, let us know about it in good time.

Benefits include private medical cover, a pension plan with matched contributions, twenty five days of leave,
a learning budget and equipment of your choice. The whole company meets twice a year in a place by the sea."""
LAYOUTS: dict[str, Callable[[str], str]] = {
    "as it was": lambda text: text,
    "wrapped": lambda text: "\n".join(textwrap.fill(line, 78) for line in text.split("\n")),
    "run on": lambda text: " ".join(text.split()),
}


def reordered(lines: Sequence[str], rng: random.Random) -> list[str]:
    """The bullets of each list in another order."""
    result: list[str] = []
    run: list[str] = []
    for line in [*lines, ""]:
        if line.lstrip().startswith(("-", "•", "*")):
            run.append(line)
            continue
        rng.shuffle(run)
        result += [*run, line]
        run = []
    return result[:-1]


def copied(text: str, share: float, words: Sequence[str], rng: random.Random) -> str:
    """A near copy: ``share`` of the words replaced, dropped or joined by others."""
    name = next(iter(re.findall(r"\b(?:About|At|Join) ([A-Z][\w&]+)", text)), "")
    text = re.sub(rf"\b{re.escape(name)}\b", "Quillmark", text) if name else text
    text = re.sub(r"\d[\d,]{4,}", lambda _: str(rng.randrange(60, 200) * 1000), text)
    lines = []
    for line in reordered(text.split("\n"), rng):
        out: list[str] = []
        for word in line.split(" "):
            if not word or rng.random() >= share:
                out.append(word)
                continue
            out += rng.choice(([rng.choice(words)], [rng.choice(words)], [], [word, rng.choice(words)]))
        lines.append(" ".join(out))
    return "\n\n".join((BEFORE, "\n".join(lines), AFTER))


def shortened(text: str, words: int) -> str:
    """The first lines, up to a number of words."""
    lines: list[str] = []
    for line in text.split("\n"):
        if words <= 0:
            break
        lines.append(line)
        words -= len(line.split())
    return "\n".join(lines)


def folded(texts: dict[str, str]) -> dict[str, str]:
    """Families of texts by name."""
    return families(dict.fromkeys(texts), texts.__getitem__)


def print_recall(ads: Sequence[str], words: Sequence[str]) -> None:
    """Copies in the family of their original, by what was changed."""
    for layout, lay_out in LAYOUTS.items():
        found = []
        for share in (0.05, 0.10, 0.15, 0.20):
            rng = random.Random(f"{layout}{share}")  # noqa: S311
            texts = {f"a{n:05}": ad for n, ad in enumerate(ads)}
            texts |= {f"b{n:05}": lay_out(copied(ad, share, words, rng)) for n, ad in enumerate(ads)}
            family = folded(texts)
            hits = sum(family[f"a{n:05}"] == family[f"b{n:05}"] for n in range(len(ads)))
            found.append(f"{share:.0%} {hits / len(ads):.3f}")
        print(f"copies found, {layout:10} words changed: {'  '.join(found)}")


def print_false(ads: Sequence[str]) -> None:
    """Different ads folded, by the share of their words that they have in common."""
    rng = random.Random(7)  # noqa: S311
    family = folded({f"a{n:05}": ad for n, ad in enumerate(ads)})
    print(f"the folder itself: {len(ads)} ads, {len(set(family.values()))} families")
    heads = [ads[int(head[1:])] for head in sorted(set(family.values()))]
    own_words = [ad for ad in heads if len(ad.split()) >= 200]
    for share in (0.3, 0.5, 0.6, 0.7):
        wrong = 0
        for _ in range(300):
            first, second, common = rng.sample(own_words, 3)
            own = int(len(common.split()) / share * (1 - share))
            pair = [Words(f"{common}\n{shortened(ad, own)}") for ad in (first, second)]
            wrong += is_copy(*pair)
        print(f"different ads that share {share:.0%} of their words: {wrong} of 300 pairs folded")


def print_speed(ads: Sequence[str], words: Sequence[str], many: int) -> None:
    """Texts a second, and a comparison of two."""
    apart = [Words(ad) for ad in ads]
    begin = time.process_time()
    for one, other in itertools.pairwise(apart):
        found_in(one, other)
    print(f"looking at a pair from one side: {(time.process_time() - begin) / (len(ads) - 1) * 1e3:.2f} ms")
    rng = random.Random(9)  # noqa: S311
    texts = {}
    for n in range(many):
        text = copied(ads[n % len(ads)], 0.1, words, rng)
        texts[hashlib.sha256(text.encode()).hexdigest()] = text
    begin = time.process_time()
    family = folded(texts)
    seconds = time.process_time() - begin
    print(
        f"{many} copies of {len(ads)} ads: {seconds:.1f} s, {many / seconds:.0f} a second, "
        f"{len(set(family.values()))} families"
    )


def print_libraries(ads: Sequence[str], words: Sequence[str]) -> None:
    """MinHash by rensa and by datasketch: time for a text, error of the estimate, start-up."""
    rng = random.Random(3)  # noqa: S311
    pairs = [(pairs_of(ad), pairs_of(copied(ad, 0.15, words, rng))) for ad in ads]
    true = [len(set(a) & set(b)) / len(set(a) | set(b)) for a, b in pairs]
    makers: dict[str, Callable[[list[str]], object]] = {"rensa": lambda pieces: sketch_of(" ".join(pieces))}
    with contextlib.suppress(ImportError):
        from datasketch import MinHash  # type: ignore[import-not-found]

        def datasketch(pieces: list[str]) -> object:
            sketch = MinHash(num_perm=64, seed=42)
            sketch.update_batch([piece.encode() for piece in pieces])
            return sketch

        makers["datasketch"] = datasketch
    if "rensa" in makers:
        from rensa import RMinHash  # type: ignore[import-untyped]

        def rensa(pieces: list[str]) -> object:
            sketch = RMinHash(num_perm=64, seed=42)
            sketch.update(pieces)
            return sketch

        makers["rensa"] = rensa
    for name, make in makers.items():
        begin = time.process_time()
        first = [make(a) for a, _ in pairs]
        each = (time.process_time() - begin) / len(pairs) * 1e3
        guessed = [a.jaccard(make(b)) for a, (_, b) in zip(first, pairs, strict=True)]  # type: ignore[attr-defined]
        error = statistics.mean((g - t) ** 2 for g, t in zip(guessed, true, strict=True)) ** 0.5
        code = f"import time; t = time.process_time(); import {name}; print(time.process_time() - t)"
        start = float(
            subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
        )
        print(
            f"{name:10} {each:.3f} ms a text, error of likeness {error:.3f}, "
            f"import {start * 1e3:.0f} ms of computing"
        )


def pairs_of(text: str) -> list[str]:
    """The pairs of neighbouring words."""
    words = re.findall(r"\w{3,}", text.lower())
    return [f"{one} {two}" for one, two in itertools.pairwise(words)]


def main() -> None:
    """Print it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--many", type=int, default=20_000)
    arguments = parser.parse_args()
    folder = arguments.folder or SAMPLES
    ads = [path.read_text("utf-8") for path in sorted(folder.glob("**/*.txt"))]
    words = sorted({word for ad in ads for word in re.findall(r"[a-z]{4,}", ad)})
    print(f"{platform.machine()}, Python {platform.python_version()}, {len(ads)} ads")
    print_recall(ads, words)
    print_false(ads)
    print_speed(ads, words, arguments.many)
    print_libraries(ads, words)


if __name__ == "__main__":
    main()
