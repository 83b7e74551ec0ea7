"""JSON -> rows, as they come: a line each, an array, or arrays inside an object.

The file is read in pieces, so that memory holds one listing, not the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from skillgap.errors import UnreadableError
from skillgap.reading.fields import Row
from skillgap.reading.tables import Progress, encoding_of

_BLOCK = 1 << 18
_LONGEST = 20_000_000  # characters of one value; no listing comes near it
_CUT = 12  # characters before the end of what is held: an escape, a number or a word may be cut there
_DEEPEST = 3  # levels of objects whose fields become columns with dotted names
_MOST_BROKEN = 100  # lines one after the other; then it is no file of lines
_SHORTEST_AD = 200  # characters
_FILLED = re.compile(r"[^\s,]")
_DECODER = json.JSONDecoder(strict=False)


def json_rows(path: Path, source: str, progress: Progress) -> Iterator[Row]:
    """The objects of a JSON or JSONL file, numbered from 1.

    A line that is no JSON is a Row with a fault. Raises UnreadableError where the file as a whole is none.
    """
    with path.open(encoding=encoding_of(path), errors="replace") as file:
        text = _Text(file, progress)
        opening = text.peek()
        if opening == "[":
            text.at += 1
            values = _array(text, source)
        elif opening == "{":
            values = _lines(text, source)
        else:
            raise UnreadableError(f"{source}: is no JSON of listings; it must begin with {{ or [")
        for number, (value, fault) in enumerate(values, 1):
            if fault:
                yield Row(number, {}, fault)
            elif isinstance(value, dict):
                yield Row(number, flat(value))
            else:
                yield Row(number, {}, "is no object with the listing's fields")


class _Text:
    """The file's text from ``at`` on; more is read when it is asked for."""

    def __init__(self, file: IO[str], progress: Progress) -> None:
        self._file, self._progress = file, progress
        self._seen = 0
        self.held = ""
        self.at = 0

    def more(self) -> bool:
        """Read on, twice as much as is held; False at the end of the file."""
        block = self._file.read(max(_BLOCK, len(self.held) - self.at))
        self.held = self.held[self.at :] + block
        self.at = 0
        self._seen += len(block)
        self._progress(self._seen)
        return bool(block)

    def peek(self) -> str:
        """The next sign that is neither blank nor comma; "" at the end."""
        while True:
            filled = _FILLED.search(self.held, self.at)
            if filled:
                self.at = filled.start()
                return filled[0]
            self.at = len(self.held)
            if not self.more():
                return ""

    def value(self) -> Any:
        """The next JSON value; ValueError where there is none."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.held, self.at)
            except json.JSONDecodeError as error:
                cut = len(self.held) - error.pos < _CUT or error.msg.startswith("Unterminated")
                if not cut or len(self.held) - self.at > _LONGEST or not self.more():
                    raise
                continue
            self.at = end
            return value

    def line(self) -> str:
        """What is held of the line that begins here."""
        return self.held[self.at :].partition("\n")[0]

    def skip_line(self) -> None:
        """Go on after the end of this line."""
        while (end := self.held.find("\n", self.at)) < 0:
            self.at = len(self.held)
            if not self.more():
                return
        self.at = end + 1


def _array(text: _Text, source: str) -> Iterator[tuple[Any, str | None]]:
    while text.peek() not in ("]", ""):
        try:
            yield text.value(), None
        except (ValueError, RecursionError):
            yield None, f"is no valid JSON, so {source} can't be read from there on; write it once more"
            return
    if text.peek() == "":
        yield None, "the file breaks off here; download or write it once more"


def _lines(text: _Text, source: str) -> Iterator[tuple[Any, str | None]]:
    """Objects one after the other; one that holds an array of objects stands for those."""
    first = True
    broken = 0  # lines in a row
    while text.peek():
        try:
            value = text.value()
        except (ValueError, RecursionError) as error:
            broken += 1
            if broken > _MOST_BROKEN or (first and not text.line().rstrip().endswith("}")):
                raise UnreadableError(f"{source}: is damaged JSON; download or write it once more") from error
            yield None, "is no valid JSON; mend the line or write the file once more"
            text.skip_line()
            continue
        listed = _listed(value) if first else None
        first, broken = False, 0
        if listed is None:
            yield value, None
        else:
            yield from ((item, None) for item in listed)


def _listed(value: Any) -> list[Any] | None:
    """The listings in an object such as ``{"count": 2, "jobs": [...]}``; None where it is one itself."""
    if not isinstance(value, dict):
        return None
    lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(x, dict) for x in v)]
    longest = max((len(v) for v in value.values() if isinstance(v, str)), default=0)
    return max(lists, key=len) if lists and longest < _SHORTEST_AD else None


def flat(value: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, Any]:
    """The fields of an object, those of objects in it under dotted names beside them."""
    fields: dict[str, Any] = {}
    for key, inner in value.items():
        fields[prefix + key] = inner
        if isinstance(inner, dict) and depth < _DEEPEST:
            fields |= flat(inner, f"{prefix}{key}.", depth + 1)
    return fields
