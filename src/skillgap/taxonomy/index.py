"""The compiled taxonomy as a file: plain lines of JSON, parsed only where they are needed.

Line 1 is a header with everything small and the counts of what follows: a line per skill, a line
per written form, and a line per first word of the trie (``word<TAB>branch``). Reading it is one
``split``; an ad touches a few hundred lines of tens of thousands.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

INDEX_VERSION = 3
# Words without a branch that are remembered: how many, how long. A hostile text has no end of them.
_MAX_ABSENT, _LONGEST_ABSENT = 200_000, 60


class IndexFormatError(ValueError):
    """The text is not an index of this version."""


class Lines(Sequence[Any]):
    """JSON values, one a line, each parsed when it is first asked for."""

    def __init__(self, raw: Sequence[str]) -> None:
        self._raw = raw
        self._parsed: dict[int, Any] = {}

    def __len__(self) -> int:
        return len(self._raw)

    def __getitem__(self, number: Any) -> Any:
        value = self._parsed.get(number)
        if value is None:
            value = self._parsed[number] = json.loads(self._raw[number])
        return value

    def __iter__(self) -> Iterator[Any]:
        return (self[number] for number in range(len(self._raw)))


class Branches(dict[str, "Mapping[str, Any] | None"]):
    """First word -> branch of the trie, or None where no form starts with the word.

    Look-ups go through ``branches[word]``: a dict's own speed for every word but a new one.
    """

    def __init__(self, raw: Mapping[str, str]) -> None:
        super().__init__()
        self._raw = raw

    def __missing__(self, word: str) -> Mapping[str, Any] | None:
        text = self._raw.get(word)
        branch = json.loads(text) if text is not None else None
        if branch is not None or (len(self) < _MAX_ABSENT and len(word) <= _LONGEST_ABSENT):
            self[word] = branch
        return branch


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def dump_index(
    header: Mapping[str, Any], skills: Sequence[Any], forms: Sequence[Any], trie: Mapping[str, Any]
) -> str:
    """The index as text; ``load_index`` reads it back."""
    counts = {"skills": len(skills), "forms": len(forms), "branches": len(trie)}
    branches = (f"{word}\t{_compact(branch)}" for word, branch in sorted(trie.items()))
    body = "\n".join([*map(_compact, skills), *map(_compact, forms), *branches])
    first = {**header, "version": INDEX_VERSION, "counts": counts, "checksum": zlib.crc32(body.encode())}
    return f"{_compact(first)}\n{body}"


def load_index(text: str) -> tuple[dict[str, Any], Lines, Lines, Branches]:
    """(header, skills, forms, trie); raises IndexFormatError for anything but a whole index."""
    head, _, body = text.partition("\n")
    lines = body.split("\n")
    try:
        header = json.loads(head)
        counts, version, checksum = header["counts"], header["version"], header["checksum"]
    except (ValueError, KeyError, TypeError) as error:
        raise IndexFormatError("no header") from error
    skills_end = counts["skills"]
    forms_end = skills_end + counts["forms"]
    whole = len(lines) == forms_end + counts["branches"] and checksum == zlib.crc32(body.encode())
    if version != INDEX_VERSION or not whole:
        raise IndexFormatError(f"version {version}, {len(lines)} lines, or damaged")
    raw = dict(line.split("\t", 1) for line in lines[forms_end:])
    return header, Lines(lines[:skills_end]), Lines(lines[skills_end:forms_end]), Branches(raw)
