"""How well the matcher agrees with the spans that people marked in SkillSpan.

    python benchmarks/skillspan.py DEV.json [--source tech] [--errors 40]

SkillSpan (Zhang et al., 2022) marks knowledge and skill spans in sentences of job ads. Its file is
a JSON array, or one object per line, of ``{tokens, tags_skill, tags_knowledge, source}`` with BIO
tags. Two figures count: of the marked knowledge spans the share that a mention touches, and of the
mentions the share that touches a marked span. Touching is sharing a character: SkillSpan cuts its
spans differently from ours ("Python programming" against "Python").
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.shadow import cast
from skillgap.taxonomy import load_taxonomy

KNOWLEDGE_AIM, MENTION_AIM = 0.75, 0.70
LEFT = re.compile(r"[,.;:!?%)\]}]+|'\w*|n't")  # stands right behind the word before it
RIGHT = frozenset("([{")  # stands right before the word after it

Span = tuple[int, int]
Find = Callable[[str], list[tuple[str, Span]]]


@dataclass
class Tally:
    """What was counted, and what went wrong how often."""

    sentences: int = 0
    spans: int = 0
    spans_touched: int = 0
    mentions: int = 0
    mentions_touching: int = 0
    untouched: Counter[str] = field(default_factory=Counter)
    stray: Counter[tuple[str, str]] = field(default_factory=Counter)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The sentences of a file that is a JSON array or has one object per line."""
    text = path.read_text("utf-8")
    if text.lstrip().startswith("["):
        return list(json.loads(text))
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def joined(tokens: Iterable[str]) -> tuple[str, list[Span]]:
    """The tokens as a sentence is written, and where each of them stands in it."""
    text, places = "", []
    for token in tokens:
        if text and text[-1] not in RIGHT and not LEFT.fullmatch(token):
            text += " "
        places.append((len(text), len(text) + len(token)))
        text += token
    return text, places


def marked(tags: Sequence[str], places: Sequence[Span]) -> list[Span]:
    """The spans of BIO tags; an I that follows no B opens a span too."""
    spans: list[Span] = []
    inside = False
    for tag, (start, end) in zip(tags, places, strict=True):
        if tag.startswith("I") and inside:
            spans[-1] = (spans[-1][0], end)
        elif tag != "O":
            spans.append((start, end))
        inside = tag != "O"
    return spans


def touches(span: Span, others: Iterable[Span]) -> bool:
    """Whether a span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def finder() -> Find:
    """The matcher as a function from a sentence to skills and their places."""
    taxonomy = load_taxonomy()
    matcher = SkillMatcher(taxonomy)
    sectioner = Sectioner(taxonomy)

    def find(text: str) -> list[tuple[str, Span]]:
        shadow = cast(text)
        matches = matcher(lay_out(shadow.text, sectioner).flat)
        return [(match.skill, shadow.span(match.start, match.end)) for match in matches]

    return find


def count(tally: Tally, row: dict[str, Any], find: Find) -> None:
    """Add one sentence to the tally."""
    text, places = joined(row["tokens"])
    knowledge = marked(row["tags_knowledge"], places)
    either = knowledge + marked(row["tags_skill"], places)
    mentions = find(text)
    found = [span for _, span in mentions]
    missed = [span for span in knowledge if not touches(span, found)]
    stray = [(skill, span) for skill, span in mentions if not touches(span, either)]
    tally.sentences += 1
    tally.spans += len(knowledge)
    tally.spans_touched += len(knowledge) - len(missed)
    tally.mentions += len(mentions)
    tally.mentions_touching += len(mentions) - len(stray)
    tally.untouched.update(text[start:end].lower() for start, end in missed)
    tally.stray.update((skill, text[start:end].lower()) for skill, (start, end) in stray)


def line(name: str, part: int, whole: int, aim: float) -> str:
    """One figure with its counts and its aim."""
    share = part / whole if whole else 0.0
    return f"{name:44} {share:.3f}  ({part} of {whole}; aim {aim:.2f})"


def show(tally: Tally, errors: int) -> None:
    """Print the figures, and the most frequent errors if asked for."""
    print(f"{tally.sentences} sentences")
    print(line("marked knowledge touched by a mention", tally.spans_touched, tally.spans, KNOWLEDGE_AIM))
    print(line("mentions touching a marked span", tally.mentions_touching, tally.mentions, MENTION_AIM))
    if errors <= 0:
        return
    print(f"\nknowledge spans that no mention touches ({tally.untouched.total()})")
    for text, number in tally.untouched.most_common(errors):
        print(f"{number:5}  {text}")
    print(f"\nmentions that touch no marked span ({tally.stray.total()})")
    for (skill, text), number in tally.stray.most_common(errors):
        print(f"{number:5}  {skill:32} {text}")


def main() -> None:
    """Read the sentences of one source and print how they compare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path, metavar="DEV.json")
    parser.add_argument("--source", default="tech", help="sentences of this source only (default: tech)")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show the N most frequent errors")
    arguments = parser.parse_args()
    rows = [row for row in rows_of(arguments.file) if row["source"] == arguments.source]
    if not rows:
        parser.error(f"{arguments.file} has no sentence of source {arguments.source!r}")
    tally, find = Tally(), finder()
    for row in rows:
        count(tally, row, find)
    show(tally, arguments.errors)


if __name__ == "__main__":
    main()
