"""``skillgap evaluate``: how right the reading is, on ads labelled by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from skillgap.cli.common import Output, format_option, output_options, taxonomy_option
from skillgap.errors import NotAnAdError, UnreadableError, UsageError


@click.command()
@click.argument("gold")
@click.option(
    "--texts",
    metavar="FILE",
    help="JSONL with id and text; else the text stands in GOLD or beside it as ID.txt.",
)
@click.option("--pred", metavar="FILE", help="Score these records instead of reading the ads.")
@click.option(
    "--errors", type=click.IntRange(0), default=0, help="Show the N most frequent misses and wrong finds."
)
@click.option(
    "--samples",
    type=click.IntRange(0),
    default=500,
    show_default=True,
    help="Bootstrap samples for the intervals.",
)
@format_option()
@taxonomy_option
@output_options
def evaluate(
    *, gold: str, texts: str | None, pred: str | None, errors: int, samples: int, layout: str,
    overlays: tuple[str, ...], output: str | None, no_color: bool,
) -> None:  # fmt: skip
    """Compare what is read with labelled ads: precision, recall, F1 per kind, levels, groups, facts.

    GOLD holds one labelled ad per line: id, skills (name, surfaces, kind, level, group), optional,
    and the facts.
    """
    from skillgap.analysis import scoring

    labels = list(_lines(gold))
    known = {str(row["id"]): row["text"] for row in _lines(texts or gold) if "text" in row}
    found = _records(labels, known, gold, pred, overlays)
    tallies = [scoring.tally(label, found[str(label["id"])], known[str(label["id"])]) for label in labels]
    total = scoring.Tally()
    for one in tallies:
        total.add(one)
    result = scoring.summary(total)
    result["kinds"] = scoring.kind_table(total)
    if samples and len(tallies) > 1:
        result["intervals"] = scoring.intervals(tallies, samples)
    out = Output(output, no_color=no_color)
    out.write(
        json.dumps(result, indent=2) + "\n"
        if layout == "json"
        else "\n".join(_page(result, total, errors)) + "\n"
    )


def _lines(path: str) -> Iterator[dict[str, Any]]:
    try:
        lines = Path(path).read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableError(f"{path}: can't be read ({error}); give a JSONL file in UTF-8") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(
                f"{path}:{number}: is no JSON ({error}); one object per line is needed"
            ) from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}:{number}: is no JSON object; one object per line is needed")
        yield row


def _records(
    labels: list[dict[str, Any]],
    known: dict[str, str],
    gold: str,
    pred: str | None,
    overlays: tuple[str, ...],
) -> dict[str, Mapping[str, Any]]:
    """A record for each labelled ad; texts that stand beside GOLD are added to ``known``."""
    for label in labels:
        for name in ("id", "skills"):
            if name not in label:
                raise UsageError(f"{gold}: a labelled ad has no {name!r}; see samples/gold for the form")
        beside = Path(gold).parent / f"{label['id']}.txt"
        if str(label["id"]) not in known:
            if not beside.is_file():
                raise UnreadableError(
                    f"{gold}: there is no text of ad {label['id']}; give --texts, or {beside}"
                )
            known[str(label["id"])] = beside.read_text("utf-8-sig")
    nothing: dict[str, Any] = {"skills": []}
    if pred is not None:
        given = {str(row.get("id") or Path(row["source"]).stem): row for row in _lines(pred)}
        return {str(label["id"]): given.get(str(label["id"]), nothing) for label in labels}
    from skillgap.analyzer import Analyzer
    from skillgap.model import Document
    from skillgap.taxonomy import load_taxonomy

    analyzer = Analyzer(load_taxonomy(*overlays))
    found: dict[str, Mapping[str, Any]] = {}
    for label in labels:
        name = str(label["id"])
        try:
            found[name] = analyzer.job(Document(name, known[name])).to_dict()
        except NotAnAdError:
            found[name] = nothing
    return found


def _page(result: dict[str, Any], total: Any, errors: int) -> Iterator[str]:
    ranges = result.get("intervals", {})
    yield f"{result['ads']} labelled ads"
    yield ""
    yield f"{'':14}{'precision':>10}{'recall':>8}{'F1':>8}{'labels':>8}   95 % interval of F1"
    for name in ("named", "concept", "soft", "all", "alternatives"):
        row = result[name]
        spread = f"   {ranges[name][0]:.3f} to {ranges[name][1]:.3f}" if name in ranges else ""
        yield f"{name:14}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}{row['n']:>8}{spread}"
    yield ""
    for name, key in (
        ("level", "level_accuracy"),
        ("asked or not", "asked_accuracy"),
        ("identity", "identity"),
    ):
        spread = f"   {ranges[name][0]:.3f} to {ranges[name][1]:.3f}" if name in ranges else ""
        yield f"{name:14}{result[key]:>26.3f}{'':8}{spread}".rstrip()
    for name, value in result["facts"].items():
        yield f"{name:14}{value:>26.3f}"
    unknown = result["unknown"]
    yield ""
    yield f"{unknown['terms']} unknown terms"
    yield f"  {unknown['missed_skills_among_them']:.3f} of the missed skills stand among them"
    yield (
        f"  {unknown['missed_where_nothing_was_read_among_them']:.3f} of those on whose words no other "
        "skill was read"
    )
    yield f"  {unknown['labelled_as_skill_or_optional']:.3f} of them touch a word that is labelled at all"
    yield ""
    yield f"{'by kind':14}{'precision':>10}{'recall':>8}{'F1':>8}{'labels':>8}"
    for kind, row in result["kinds"].items():
        yield f"{kind:14}{row['precision']:>10.3f}{row['recall']:>8.3f}{row['f1']:>8.3f}{row['n']:>8}"
    if errors:
        yield "\nmost missed"
        yield from (
            f"{count:4}  {kind:12} {name}" for (kind, name), count in total.misses.most_common(errors)
        )
        yield "\nmost wrong"
        yield from (
            f"{count:4}  {kind:12} {name}  “{' '.join(text.split())}”"
            for (kind, name, text), count in total.errors.most_common(errors)
        )
