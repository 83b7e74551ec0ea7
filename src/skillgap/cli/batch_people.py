"""The resumes of ``skillgap batch --resume``: which files are some, and what they are called."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from skillgap.analysis.gap import Shown
from skillgap.cli.common import Output, note
from skillgap.errors import InputError, UnreadableError
from skillgap.market.batch import Failure

if TYPE_CHECKING:
    from datetime import date

    from skillgap.overrides import Overrides
    from skillgap.taxonomy import Taxonomy

# What resumes in a folder come as; one that is named is read whatever it is called. A few of these are
# not read: their reader says what to do, and the person is not lost without a word.
_RESUMES = frozenset({
    "", ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".mhtml", ".mht", ".webarchive",
    ".eml", ".pdf", ".docx", ".odt", ".rtf", ".json", ".doc", ".pages", ".wps",
})  # fmt: skip
_NAMED = 5  # files left out that are named


@dataclass(frozen=True, slots=True)
class Person:
    """One resume: how it is called in the output, its file, what it shows, and its years of work."""

    label: str
    shown: Shown
    years: float | None
    source: str


@dataclass(slots=True)
class Resumes:
    """The files among paths and in the folders among them; ``left_out`` are no resumes by their names."""

    paths: Sequence[str]
    besides: Sequence[str] = ()
    left_out: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        others = {os.path.realpath(name) for name in self.besides}
        for path in self.paths:
            if not os.path.isdir(path):  # noqa: PTH112 - names stay as they were given
                yield path
                continue
            inside = sorted(str(f) for f in Path(path).rglob("*") if f.is_file() and not _hidden(f, path))
            found = [f for f in inside if _may_be_one(f) and os.path.realpath(f) not in others]
            self.left_out += [file for file in inside if file not in found]
            if not found:
                raise UnreadableError(f"{path}: the folder holds no resumes; put some into it")
            yield from found

    def remark(self, *, anonymise: bool) -> str:
        """What was left out; empty if nothing was."""
        if not self.left_out:
            return ""
        count = len(self.left_out)
        what = f"{count} file{'' if count == 1 else 's'} beside the resumes left out"
        if anonymise:
            return what
        names = ", ".join(self.left_out[:_NAMED])
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        return f"{what}, being of other kinds: {names}{more}"


@dataclass(slots=True)
class Key:
    """Which label stands for which file: for the person who made an anonymous report, and nobody else."""

    out: Output | None = None
    rows: list[tuple[str, str, str | None]] = field(default_factory=list)

    def add(self, label: str, source: str, row: str | None = None) -> str:
        """Note a label; returns it."""
        self.rows.append((label, source, row))
        return label

    def save(self, listings: Iterable[tuple[str, str, str | None]]) -> None:
        """Write it as CSV where it is wanted: resumes, what could not be read, and listings."""
        from skillgap.rendering.listing_rows import csv_text

        if self.out is not None:
            self.out.write_pieces(csv_text([("label", "source", "row"), *self.rows, *listings]))


def _may_be_one(file: str) -> bool:
    return Path(file).suffix.lower() in _RESUMES


def _hidden(file: Path, folder: str) -> bool:
    parts = file.relative_to(folder).parts
    return any(part.startswith((".", "~$")) or part.endswith("_files") for part in parts)


def read_people(
    resumes: Resumes,
    taxonomy: Taxonomy,
    overrides: Overrides,
    as_of: date | None,
    *,
    key: Key | None,
    quiet: bool,
) -> tuple[tuple[Person, ...], list[Failure]]:
    """The resumes in these files and folders, and those that could not be read.

    With a ``key`` they are called client 1, 2, 3 … in the order of the files, and it notes which is which.
    """
    if not resumes.paths:
        return (), []
    from skillgap.analyzer import Analyzer
    from skillgap.reading import read

    analyzer = Analyzer(taxonomy)
    people: list[Person] = []
    failed: list[Failure] = []
    for number, path in enumerate(resumes, 1):
        label = path if key is None else key.add(f"client {number}", path)
        try:
            profile = analyzer.resume(read(path), as_of=as_of).profile
        except InputError as error:
            failure = Failure(path, None, str(error))
            failed.append(failure if key is None else masked(failure, label))
            continue
        shown = Shown(profile, taxonomy, overrides.everywhere.know)
        people.append(Person(label, shown, profile.years_total, path))
    if resumes.left_out:
        note(f"skillgap: {resumes.remark(anonymise=key is not None)}", quiet=quiet)
    if not people and failed:
        raise UnreadableError(failed[0].sentence)
    return tuple(people), failed


def masked(failure: Failure, label: str) -> Failure:
    """A failure that tells no name of a file."""
    from skillgap.rendering.anonymous import masked_sentence

    sentence = masked_sentence(failure.sentence, failure.source, failure.row, label)
    return Failure(label, None, sentence)
