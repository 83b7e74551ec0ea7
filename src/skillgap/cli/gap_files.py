"""Saved comparisons (``skillgap/gap@1``) as inputs: one object, an array of them, or one per line."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skillgap.errors import UnreadableError, UsageError

GAP_SCHEMA = "skillgap/gap@1"
_NEXT = "save one with: skillgap compare CV AD --format json -o gap.json"


def read_gap_files(names: Sequence[str]) -> list[Mapping[str, Any]] | None:
    """The gap records in these files, checked; None if the first input holds none.

    Raises UnreadableError where a record is damaged or a later file holds none, and UsageError where the
    records are of more than one resume.
    """
    found: list[Mapping[str, Any]] = []
    for number, name in enumerate(names):
        records = _records(name)
        if records is None:
            if number == 0:
                return None
            raise UnreadableError(f"{name}: is no saved comparison like {names[0]}; {_NEXT}")
        found += [_checked(record, name) for record in records]
    resumes = sorted({record["resume"]["source"] for record in found})
    if len(resumes) > 1:
        raise UsageError(
            f"the comparisons are of {len(resumes)} resumes ({', '.join(resumes)}); plan for one"
        )
    return found or None


def _records(name: str) -> list[Any] | None:
    """The JSON records of a file if the first of them says that it is ours; None if not."""
    text = _text(name)
    if text is None or text.lstrip()[:1] not in ("{", "["):
        return None
    if GAP_SCHEMA not in text and not (name == "-" or '"skillgap/' in text):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = _by_line(text, name)
    records = value if isinstance(value, list) else [value]
    first = records[0] if records else None
    schema = first.get("schema") if isinstance(first, dict) else None
    if isinstance(schema, str) and schema.startswith("skillgap/") and schema != GAP_SCHEMA:
        raise UnreadableError(f"{name}: is a {schema} record; a plan needs a comparison: {_NEXT}")
    return records if schema == GAP_SCHEMA else None


def _by_line(text: str, name: str) -> list[Any]:
    try:
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name}: is a damaged saved comparison ({error}); {_NEXT}") from error


def _text(name: str) -> str | None:
    """A file's text if it may hold JSON; the readers tell what is wrong with any other."""
    if name == "-":
        return None if sys.stdin is None or sys.stdin.isatty() else _peeked()
    try:
        with Path(name).open("rb") as file:
            if file.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
                return None
            file.seek(0)
            return file.read().decode("utf-8-sig", "replace")
    except (OSError, ValueError):
        return None


def _peeked() -> str | None:
    """What stands on standard input if it is JSON; anything else stays there for the readers."""
    buffer = sys.stdin.buffer
    head = buffer.peek(64) if hasattr(buffer, "peek") else b""
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] not in (b"{", b"["):
        return None
    return buffer.read().decode("utf-8-sig", "replace")


def _checked(record: Any, name: str) -> Mapping[str, Any]:
    from pydantic import ValidationError

    from skillgap.rendering.plan_schema import GapInput

    try:
        GapInput.model_validate(record)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"]) or "record"
        raise UnreadableError(
            f"{name}: is a damaged saved comparison ({place}: {fault['msg'].lower()}); {_NEXT}"
        ) from error
    return record  # type: ignore[no-any-return]
