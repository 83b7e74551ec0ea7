"""Saved comparisons (``skillgap/gap@1``) as inputs: one object, an array of them, or one per line."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from skillgap.errors import UnreadableError, UsageError

GAP_SCHEMA = "skillgap/gap@1"
_OURS = "skillgap/"  # opens the schema of every record of ours
_HEAD = 4_096  # bytes of standard input that are looked at; a record names its schema first
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
    if _OURS not in text:
        return None
    value = _parsed(text, name)
    records = value if isinstance(value, list) else [value]
    first = records[0] if records else None
    schema = first.get("schema") if isinstance(first, dict) else None
    if isinstance(schema, str) and schema.startswith("skillgap/") and schema != GAP_SCHEMA:
        raise UnreadableError(f"{name}: is a {schema} record; a plan needs a comparison: {_NEXT}")
    return records if schema == GAP_SCHEMA else None


def _parsed(text: str, name: str) -> Any:
    """One JSON value, or one per line."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = [line for line in text.splitlines() if line.strip()]
        try:
            return [json.loads(line) for line in lines]
        except (ValueError, RecursionError):
            cause = str(error).partition(":")[0].lower()
            raise UnreadableError(f"{name}: is a damaged saved comparison ({cause}); {_NEXT}") from error


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
    """What stands on standard input if it is ours; anything else stays there for the readers."""
    stream = sys.stdin.buffer
    if hasattr(stream, "peek"):
        head = stream.peek(_HEAD)
    elif stream.seekable():
        head = stream.read(_HEAD)
        stream.seek(-len(head), os.SEEK_CUR)
    else:
        return None
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] not in (b"{", b"[") or _OURS.encode() not in start:
        return None
    return stream.read().decode("utf-8-sig", "replace")


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
