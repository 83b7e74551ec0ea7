"""Whether an ad says the same when it is hard-wrapped: the skills of both readings compared.

    python benchmarks/agreement.py FOLDER [--width 60] [--errors 20]

Each .txt ad of the folder is read as it is and wrapped line by line, as mail programs and
terminals do: words break at their own hyphens only, and empty lines stay. Nothing was added or
taken away, so the same skills should be found, at the same levels.
"""

from __future__ import annotations

import argparse
import textwrap
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from skillgap import Analyzer, Document
from skillgap import read as read_document
from skillgap.errors import NotAnAdError

Levels = dict[str, str]


@dataclass(frozen=True)
class Pair:
    """One ad: its skills with their levels as written, and when wrapped."""

    name: str
    plain: Levels
    wrapped: Levels

    @property
    def common(self) -> set[str]:
        return set(self.plain) & set(self.wrapped)

    @property
    def union(self) -> set[str]:
        return set(self.plain) | set(self.wrapped)

    @property
    def same_level(self) -> int:
        return sum(self.plain[skill] == self.wrapped[skill] for skill in self.common)

    @property
    def changes(self) -> list[str]:
        """What differs: ``-lost``, ``+gained`` and ``skill old>new``."""
        lost = [f"-{skill}" for skill in sorted(set(self.plain) - set(self.wrapped))]
        gained = [f"+{skill}" for skill in sorted(set(self.wrapped) - set(self.plain))]
        moved = [
            f"{skill} {self.plain[skill]}>{self.wrapped[skill]}"
            for skill in sorted(self.common)
            if self.plain[skill] != self.wrapped[skill]
        ]
        return lost + gained + moved


def hard_wrapped(text: str, width: int) -> str:
    """Each line wrapped by itself; a word is broken at its own hyphens only."""
    wrapper = textwrap.TextWrapper(width, break_long_words=False)
    return "\n".join(wrapper.fill(line) if line.strip() else "" for line in text.split("\n"))


def levels_of(analyzer: Analyzer, document: Document) -> Levels:
    """Skill ids and levels; none where the text is refused as no ad."""
    try:
        requirements = analyzer.job(document).profile.requirements
    except NotAnAdError:
        return {}
    return {requirement.skill: requirement.level for requirement in requirements}


def compared(analyzer: Analyzer, path: Path, width: int) -> Pair:
    """Both readings of one ad."""
    document = read_document(path)
    wrapped = Document(document.source, hard_wrapped(document.text, width))
    return Pair(path.name, levels_of(analyzer, document), levels_of(analyzer, wrapped))


def line(name: str, part: int, whole: int) -> str:
    """One figure with its counts."""
    return f"{name:44} {part / whole if whole else 1.0:.4f}  ({part} of {whole})"


def show_errors(pairs: list[Pair], errors: int) -> None:
    """The ads and the skills that differ most."""
    differing = sorted((pair for pair in pairs if pair.changes), key=lambda pair: -len(pair.changes))
    print(f"\nads that differ ({len(differing)} of {len(pairs)})")
    for pair in differing[:errors]:
        print(f"{len(pair.changes):5}  {pair.name}: {', '.join(pair.changes)}")
    changes = Counter(change for pair in pairs for change in pair.changes)
    print(f"\nchanges of skills ({changes.total()}; - lost, + gained by wrapping, old>new level)")
    for change, number in changes.most_common(errors):
        print(f"{number:5}  {change}")


def main() -> None:
    """Print the agreement over all ads."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="folder of .txt ads")
    parser.add_argument("--width", type=int, default=60, help="columns to wrap at (default: 60)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N biggest differences")
    arguments = parser.parse_args()
    paths = sorted(arguments.folder.glob("*.txt"))
    if not paths:
        parser.error(f"{arguments.folder} holds no .txt files")
    analyzer = Analyzer()
    pairs = [compared(analyzer, path, arguments.width) for path in paths]
    common = sum(len(pair.common) for pair in pairs)
    print(f"{len(pairs)} ads, wrapped at {arguments.width} columns")
    print(line("skills found in both readings", common, sum(len(pair.union) for pair in pairs)))
    print(line("of these with the same level", sum(pair.same_level for pair in pairs), common))
    if arguments.errors > 0:
        show_errors(pairs, arguments.errors)


if __name__ == "__main__":
    main()
