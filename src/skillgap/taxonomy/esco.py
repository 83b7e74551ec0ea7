"""ESCO's official table of skills -> an overlay folder for ``--taxonomy``.

ESCO (the European classification of skills) is published as CSV; conceptUri, preferredLabel, altLabels (one a
line) and skillType are read. What the taxonomy knows already, under any of its names, stays as it is; names
that two skills would own are left out, so that the overlay passes the taxonomy's own check.
"""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillgap.errors import UnreadableError, UsageError
from skillgap.taxonomy.checking import keys_of
from skillgap.taxonomy.compiler import is_named
from skillgap.taxonomy.patterns import PatternError, parse
from skillgap.taxonomy.runtime import Taxonomy

_COLUMNS = ("conceptUri", "preferredLabel", "altLabels", "skillType")
_KINDS = {"knowledge": "concept", "skill/competence": "practice"}
_STEP = "esco.other"
_ROADMAP = f"""\
steps:
  - id: {_STEP}
    title: Skills named by ESCO
    summary: Skills of the European classification that this roadmap has no step for.
    how: on_the_job
"""
_IN_A_FILE = 4_000  # skills; larger files are refused as hostile
_LONGEST, _SHORT = 100, 3  # characters of a name
_NOTATION = re.compile(
    r"[<>|?\x00-\x1f\x7f-\x9f]|\.\.|^[=~]"
)  # would mean something to the notation of aliases
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")  # "Python (computer programming)"
_HOW = "download the skills as CSV (skills_en.csv) from ESCO's page and give that file"

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: skills ``written``, rows ``known`` already, names ``left_out``."""

    written: int
    known: int
    left_out: int


def import_esco(file: Path, folder: Path, taxonomy: Taxonomy) -> Imported:
    """Write the skills of ESCO's table that the taxonomy lacks into a new folder.

    Raises UnreadableError where the file is not that table, UsageError where the folder holds something.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder}: is there already and not empty; name a new folder")
    names = _Names(taxonomy)
    rows = list(_rows(file))
    skills = [skill for row in rows if (skill := names.skill(row)) is not None]
    if not rows:
        raise UnreadableError(f"{file}: holds no skills; {_HOW}")
    try:
        _write(skills, folder)
    except OSError as error:
        raise UsageError(f"{folder}: can't be written ({error.strerror}); choose another place") from error
    return Imported(len(skills), len(rows) - len(skills), names.left_out)


def _rows(file: Path) -> Iterator[Mapping[str, str]]:
    """The rows of skills that are in force."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise UnreadableError(
                    f"{file}: has no column {missing[0]}, so it is not ESCO's table; {_HOW}"
                )
            for row in reader:
                if row["preferredLabel"] and (row.get("status") or "released") == "released":
                    yield {name: row[name] or "" for name in _COLUMNS}
    except FileNotFoundError as error:
        raise UnreadableError(f"{file}: there is no such file; check the name and the folder") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{file}: is not UTF-8 text as ESCO writes it; {_HOW}") from error
    except csv.Error as error:
        raise UnreadableError(f"{file}: is a damaged table ({error}); {_HOW}") from error
    except OSError as error:
        raise UnreadableError(f"{file}: can't be opened ({error.strerror}); check its permissions") from error


class _Names:
    """Which names are taken, by the taxonomy and by the rows so far."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._words = taxonomy.words
        self._fold = taxonomy.fold
        self._ordinary = frozenset(taxonomy.words["ordinary"])
        self._ids = set(taxonomy.ids)
        self._taken: set[Key] = set()
        self.left_out = 0
        for entry in taxonomy.entries:
            named = is_named(entry["kind"])
            for form in dict.fromkeys([entry["name"], *entry["aliases"]]):
                self._taken.update(self._form_keys(form.lstrip("~="), named=named))

    def _form_keys(self, form: str, *, named: bool = False) -> list[Key]:
        try:
            pattern = parse(form, self._words, named=named)
        except PatternError:
            return []
        return [key for key, _ in keys_of(pattern.runs, self._fold, exact=pattern.exact, named=named)]

    def skill(self, row: Mapping[str, str]) -> dict[str, Any] | None:
        """The entry of a row, or None where its name is known or can't be a name."""
        label = _clean(row["preferredLabel"])
        keys = self._form_keys(label) if label else []
        if not label or not keys or any(key in self._taken for key in keys):
            return None
        self._taken.update(keys)
        aliases = [self._marked(label)] if self._marked(label) != label else []
        for other in row["altLabels"].split("\n"):
            alias = _clean(other)
            keys = self._form_keys(alias) if alias else []
            if not keys or any(key in self._taken for key in keys):
                self.left_out += bool(other.strip())
                continue
            self._taken.update(keys)
            aliases.append(self._marked(alias))
        kind = _KINDS.get(row["skillType"].strip().lower(), "practice")
        return {"id": self._id(label), "name": label, "kind": kind, "aliases": aliases, "steps": [_STEP]}

    def _marked(self, name: str) -> str:
        """A name that is an ordinary word, or very short, counts only where something speaks for it."""
        return f"~{name}" if len(name) <= _SHORT or name.lower() in self._ordinary else name

    def _id(self, label: str) -> str:
        plain = re.sub(r"[^a-z0-9]+", "_", label.lower()).strip("_") or "skill"
        numbered = (f"{plain}_esco_{number}" for number in itertools.count(2))
        candidates = itertools.chain((plain, f"{plain}_esco"), numbered)
        found = next(candidate for candidate in candidates if candidate not in self._ids)
        self._ids.add(found)
        return found


def _clean(label: str) -> str:
    """A label as an alias: without what is said about it in brackets; "" where it can't be one."""
    text = _ASIDE.sub("", " ".join(label.split()))
    return "" if _NOTATION.search(text) or len(text) > _LONGEST else text


def _write(skills: Sequence[Mapping[str, Any]], folder: Path) -> None:
    (folder / "skills").mkdir(parents=True, exist_ok=True)
    (folder / "roadmap.yaml").write_text(_ROADMAP, "utf-8")
    for number, start in enumerate(range(0, len(skills), _IN_A_FILE), 1):
        lines = [f"theme: esco_{number}", "title: Skills named by ESCO", "skills:"]
        # JSON is YAML, and written a hundred times as quickly
        lines += (
            f"  - {json.dumps(skill, ensure_ascii=False)}" for skill in skills[start : start + _IN_A_FILE]
        )
        (folder / "skills" / f"esco_{number}.yaml").write_text("\n".join(lines) + "\n", "utf-8")
