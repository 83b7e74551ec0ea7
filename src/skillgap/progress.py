"""The small file in which somebody keeps which roadmap steps are done.

It is YAML that a person can read and edit: a step and the day on which it was finished, a line each.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from skillgap.errors import NotFoundError, UnreadableError, UsageError

DEFAULT_NAME = "skillgap-progress.yaml"
VARIABLE = "SKILLGAP_PROGRESS"
_SCHEMA = "skillgap/progress@1"
_HEAD = (
    "# Roadmap steps that are done, each with its day. `skillgap plan done STEP` adds a line,\n"
    f"# `skillgap plan` counts them.\nschema: {_SCHEMA}\ndone:\n"
)
_LARGEST = 1_000_000  # bytes; a file of this kind has a few hundred


def default_path() -> Path:
    """What SKILLGAP_PROGRESS names, else skillgap-progress.yaml in the current folder."""
    return Path(os.environ.get(VARIABLE) or DEFAULT_NAME)


def read_progress(path: Path) -> dict[str, date]:
    """Step id -> the day it was done; empty if there is no such file.

    Raises UnreadableError if the file is there and is not a progress file.
    """
    return _parse(_text(path), path)


def mark_done(path: Path, step: str, day: date) -> bool:
    """Note a step as done; False if it was noted already (its day stays)."""
    text = _text(path)
    done = _parse(text, path)
    if step in done:
        return False
    line = f"  {step}: {day.isoformat()}\n"
    _save(path, (text.rstrip("\n") + "\n" if text.strip() else _HEAD) + line, {**done, step: day})
    return True


def undo(path: Path, step: str) -> None:
    """Take a step out again; NotFoundError if it is not noted."""
    text = _text(path)
    done = _parse(text, path)
    if step not in done:
        known = f"it holds {', '.join(sorted(done))}" if done else "it holds none"
        raise NotFoundError(f"{path}: does not note {step} as done; {known}")
    line = re.compile(rf"^[ \t]+{re.escape(step)}[ \t]*:.*\n?", re.MULTILINE)
    _save(path, line.sub("", text), {other: day for other, day in done.items() if other != step})


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise UnreadableError(f"{path}: is too large for a progress file; name another with --progress")
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path}: is not a progress file (not UTF-8 text); name another") from error
    except OSError as error:
        raise UnreadableError(
            f"{path}: can't be opened ({error.strerror}); name another file with --progress"
        ) from error


def _parse(text: str, path: Path) -> dict[str, date]:
    """The content, checked in full: a file that is something else must never be written over."""
    if not text.strip():
        return {}
    import yaml

    def wrong(cause: str) -> UnreadableError:
        return UnreadableError(
            f"{path}: is not a progress file ({cause}); mend it, or name another with --progress"
        )

    try:
        content = yaml.load(text, yaml.BaseLoader)  # noqa: S506 - BaseLoader makes strings only
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise wrong(f"line {mark.line + 1} is no YAML" if mark else "no YAML") from error
    except RecursionError as error:
        raise wrong("nested too deeply") from error
    if not isinstance(content, dict) or content.get("schema") != _SCHEMA:
        raise wrong(f"it does not say 'schema: {_SCHEMA}'")
    unknown = sorted(str(key) for key in content.keys() - {"schema", "done"})
    if unknown:
        raise wrong(f"unknown key {unknown[0]}")
    noted = content.get("done") or {}
    if not isinstance(noted, dict):
        raise wrong("'done' must hold lines like 'llm.rag: 2026-11-22'")
    done = {}
    for step, day in noted.items():
        try:
            done[str(step)] = date.fromisoformat(day)
        except (TypeError, ValueError) as error:
            raise wrong(f"{day!r} of {step} is no day; write it as 2026-11-22") from error
    return done


def _save(path: Path, text: str, done: Mapping[str, date]) -> None:
    """Write ``text`` if it says what it should, else the same content laid out anew; whole or not at all."""
    try:
        kept = _parse(text, path) == done
    except UnreadableError:
        kept = False
    if not kept:  # somebody has laid the file out in another way: its comments go
        text = _HEAD + "".join(f"  {step}: {day.isoformat()}\n" for step, day in done.items())
    try:
        _write_whole(path.resolve(), text)
    except OSError as error:
        raise UsageError(
            f"{path}: can't be written ({error.strerror}); name another place with --progress"
        ) from error


def _write_whole(target: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".skillgap-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
