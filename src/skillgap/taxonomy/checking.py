"""Validate the taxonomy whole: every fault of every file at once, as ``file:line: cause``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from skillgap.inflection import Folder
from skillgap.taxonomy.compiler import is_named, written_forms
from skillgap.taxonomy.patterns import PatternError, parse
from skillgap.taxonomy.schema import FILES, SkillEntry, SkillFile
from skillgap.taxonomy.source import Place, SourceFile, is_skill_file, read_file, yaml_files

# File -> (its list, the field in which an entry names skills).
_NAMED_SKILLS = {
    "roadmap.yaml": ("steps", "teaches"),
    "roles.yaml": ("roles", "skills"),
    "projects.yaml": ("projects", "proves"),
    "industries.yaml": ("industries", "skills"),
}
_LISTS = ("skills", "steps", "roles", "projects", "industries", "documents", "sections")


class _Skill:
    """A skill entry together with where it stands."""

    def __init__(self, entry: dict[str, Any], file: SourceFile, place: Place) -> None:
        self.entry, self.file, self.place = entry, file, place

    def at(self, cause: str, *inside: str | int) -> str:
        return self.file.at((*self.place, *inside), f"{self.entry.get('id')}: {cause}")


def _schema_faults(model: type[BaseModel], data: Any, file: SourceFile, place: Place) -> list[str]:
    try:
        model.model_validate(data, strict=None)
    except ValidationError as error:
        return [
            file.at((*place, *fault["loc"]), f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}")
            for fault in error.errors()
        ]
    return []


def _tupled(data: Any) -> Any:
    """YAML has no tuples: ranges such as ``hours: [5, 10]`` become what the schema wants."""
    if isinstance(data, dict):
        return {
            key: tuple(value) if key in ("hours", "years") and isinstance(value, list) else _tupled(value)
            for key, value in data.items()
        }
    return [_tupled(item) for item in data] if isinstance(data, list) else data


def _filled(model: type[BaseModel], data: Any) -> dict[str, Any]:
    """The validated data as plain values with every default spelled out."""
    return model.model_validate(_tupled(data)).model_dump(mode="json")


def _merge_skill(base: dict[str, Any], overlay: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**base, **overlay}
    for key in ("aliases", "steps", "implies", "broader", "related", "sources"):
        added = overlay.get(key, [])
        if isinstance(added, list) and all(isinstance(item, str) for item in added):
            merged[key] = list(dict.fromkeys([*base.get(key, []), *added]))
    return merged


class _Collector:
    """Reads the files of a taxonomy and its overlays into one set of values."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.skills: dict[str, _Skill] = {}
        self.files: dict[str, dict[str, Any]] = {}
        self.sources: dict[str, SourceFile] = {}

    def read(self, folder: Path, *, overlay: bool) -> None:
        for path in yaml_files(folder):
            file = read_file(path, folder, self.faults)
            if file is None:
                continue
            if is_skill_file(path):
                self._add_skills(file, overlay=overlay)
            elif path.name in FILES:
                self._add_file(path.name, file)
            else:
                self.faults.append(f"{file.name}:1: unknown file; known are {', '.join(FILES)}")

    def _add_file(self, name: str, file: SourceFile) -> None:
        faults = _schema_faults(FILES[name], _tupled(file.data), file, ())
        self.faults += faults
        if faults:
            return
        data = _filled(FILES[name], file.data)
        known = self.files.get(name)
        if known is not None:
            data = _overlaid(known, data)
        self.files[name] = data
        self.sources.setdefault(name, file)

    def _add_skills(self, file: SourceFile, *, overlay: bool) -> None:
        head = {**file.data, "skills": []} if isinstance(file.data, dict) else file.data
        faults = _schema_faults(SkillFile, head, file, ())
        self.faults += faults
        entries = file.data.get("skills") if isinstance(file.data, dict) else None
        if not faults and not isinstance(entries, list):
            self.faults.append(file.at(("skills",), "skills: a list of skills belongs here"))
        if faults or not isinstance(entries, list):
            return
        for number, raw in enumerate(entries):
            self._add_skill(raw, file, ("skills", number), file.data["theme"], overlay=overlay)

    def _add_skill(self, raw: Any, file: SourceFile, place: Place, theme: str, *, overlay: bool) -> None:
        skill_id = raw.get("id") if isinstance(raw, dict) else None
        known = self.skills.get(skill_id) if isinstance(skill_id, str) else None
        entry = raw
        if known is not None and overlay:
            base = {k: v for k, v in known.entry.items() if k != "theme" and v is not None}
            entry = _merge_skill(base, raw)
        elif known is not None:
            self.faults.append(file.at(place, f"the skill id {skill_id} stands twice"))
            return
        faults = _schema_faults(SkillEntry, entry, file, place)
        self.faults += faults
        if not faults:
            kept = known.entry["theme"] if known is not None else theme
            filled = {**_filled(SkillEntry, entry), "theme": kept}
            self.skills[filled["id"]] = _Skill(filled, file, place)


def _overlaid(base: dict[str, Any], overlay: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in overlay.items():
        if key in _LISTS and isinstance(value, list):
            by_id = {entry.get("id", entry.get("key")): entry for entry in base.get(key, [])}
            by_id.update({entry.get("id", entry.get("key")): entry for entry in value})
            merged[key] = list(by_id.values())
        elif isinstance(value, dict):
            merged[key] = {**base.get(key, {}), **value}
        else:
            merged[key] = list(dict.fromkeys([*base.get(key, []), *value]))
    return merged


def _circles(graph: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Each circle once, as the path that closes it."""
    done: set[str] = set()
    for start in graph:
        path: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(graph[start]))] if start not in done else []
        while stack:
            node, following = stack[-1]
            if not path or path[-1] != node:
                path.append(node)
            for nxt in following:
                if nxt in path:
                    yield [*path[path.index(nxt) :], nxt]
                elif nxt in graph and nxt not in done:
                    stack.append((nxt, iter(graph[nxt])))
                    break
            else:
                done.add(node)
                path.pop()
                stack.pop()


class _Checker:
    """Rules that hold across files."""

    def __init__(self, collected: _Collector) -> None:
        self.skills = collected.skills
        self.files = collected.files
        self.sources = collected.sources
        self.words = collected.files.get("words.yaml", {})
        self.steps = {s["id"]: s for s in collected.files.get("roadmap.yaml", {}).get("steps", [])}
        self.documents = {
            d["key"]: set(d["sections"]) for d in collected.files.get("sources.yaml", {}).get("documents", [])
        }

    def faults(self) -> Iterator[str]:
        for name in FILES:
            if name not in self.files and name not in self.sources:
                yield f"taxonomy/{name}:1: the file is missing or has faults of its own"
        if "words.yaml" not in self.files:
            return
        for skill in self.skills.values():
            yield from self._skill_faults(skill)
        yield from self._alias_faults()
        for key in ("implies", "broader"):
            yield from self._circle_faults(key)
        yield from self._roadmap_faults()
        yield from self._reference_faults()

    def _bad_source(self, ref: str) -> str | None:
        key, _, section = ref.partition(":")
        if key not in self.documents:
            return f"unknown document {key!r} in source {ref!r}"
        if section not in self.documents[key]:
            return f"document {key} has no section {section!r}"
        return None

    def _skill_faults(self, skill: _Skill) -> Iterator[str]:
        entry = skill.entry
        for step in entry["steps"]:
            if step not in self.steps:
                yield skill.at(f"unknown step {step!r}", "steps")
        for key in ("implies", "broader", "related"):
            for other in entry[key]:
                if other not in self.skills:
                    yield skill.at(f"{key} names an unknown skill {other!r}", key)
                elif other == entry["id"]:
                    yield skill.at(f"{key} names the skill itself", key)
        for ref in entry["sources"]:
            cause = self._bad_source(ref)
            if cause:
                yield skill.at(cause, "sources")
        if (entry["kind"] == "certification") != (entry["certification"] is not None):
            yield skill.at("a certification needs its status, and only a certification has one")

    def _alias_faults(self) -> Iterator[str]:
        """Faulty notation, names that are ordinary words, forms owned by two skills."""
        fold = Folder(self.words["irregular"], self.words["keep"])
        ordinary = set(self.words["ordinary"])
        owners: dict[tuple[object, ...], list[tuple[_Skill, tuple[str, ...] | None]]] = {}
        for skill in self.skills.values():
            named = is_named(skill.entry["kind"])
            for alias in written_forms(skill.entry):
                try:
                    pattern = parse(alias, self.words, named=named)
                except PatternError as error:
                    yield skill.at(f"alias {alias!r}: {error}", "aliases")
                    continue
                if named and not pattern.exact and alias.lower() in ordinary:
                    yield skill.at(f"{alias!r} is also an ordinary word: mark it ~ or =", "aliases")
                if pattern.ambiguous:
                    continue
                for key, spelling in keys_of(pattern.runs, fold, exact=pattern.exact, named=named):
                    known = owners.setdefault(key, [])
                    owner = next(
                        (o for o, other in known if o is not skill and _clash(spelling, other)), None
                    )
                    known.append((skill, spelling))
                    if owner is not None:
                        where = f"{owner.file.name}:{owner.file.line(owner.place)}"
                        yield skill.at(
                            f"the form {alias!r} belongs to {owner.entry['id']} ({where}) too", "aliases"
                        )
                        break

    def _circle_faults(self, key: str) -> Iterator[str]:
        for circle in _circles({i: s.entry[key] for i, s in self.skills.items()}):
            yield self.skills[circle[0]].at(f"{key} goes in a circle: {' > '.join(circle)}", key)

    def _roadmap_faults(self) -> Iterator[str]:
        file = self.sources.get("roadmap.yaml")
        if file is None:
            return
        for number, step in enumerate(self.files["roadmap.yaml"]["steps"]):
            place: Place = ("steps", number)
            for other in step["after"]:
                if other not in self.steps:
                    yield file.at(place, f"{step['id']}: unknown step {other!r} in after")
            for ref in step["sources"]:
                if cause := self._bad_source(ref):
                    yield file.at(place, f"{step['id']}: {cause}")
            if step["how"] in ("study", "build") and not step["hours"]:
                yield file.at(place, f"{step['id']}: a step of study or building needs hours")
            if step["hours"] and not 0 < step["hours"][0] <= step["hours"][1]:
                yield file.at(place, f"{step['id']}: hours go from low to high")
        for circle in _circles({i: s["after"] for i, s in self.steps.items()}):
            yield file.at((), f"after goes in a circle: {' > '.join(circle)}")

    def _reference_faults(self) -> Iterator[str]:
        """Skills, steps and documents that the other files name but nobody defines."""
        for name, (key, field) in _NAMED_SKILLS.items():
            entries = self.files.get(name, {}).get(key, [])
            for skill_id in sorted({i for entry in entries for i in entry[field]} - set(self.skills)):
                yield self.sources[name].at((), f"unknown skill {skill_id!r}")
        themes = {skill.entry["theme"] for skill in self.skills.values()}
        for role in self.files.get("roles.yaml", {}).get("roles", []):
            for theme in sorted(set(role["themes"]) - themes):
                yield self.sources["roles.yaml"].at((), f"{role['id']}: unknown theme {theme!r}")
        for name, key in (
            ("roles.yaml", "roles"),
            ("projects.yaml", "projects"),
            ("industries.yaml", "industries"),
        ):
            for number, entry in enumerate(self.files.get(name, {}).get(key, [])):
                yield from self._entry_faults(self.sources[name], (key, number), entry)

    def _entry_faults(self, file: SourceFile, place: Place, entry: Mapping[str, Any]) -> Iterator[str]:
        for ref in _source_refs(entry):
            if cause := self._bad_source(ref):
                yield file.at(place, f"{entry['id']}: {cause}")
        for step in entry.get("steps", []):
            if step not in self.steps:
                yield file.at(place, f"{entry['id']}: unknown step {step!r}")


def _source_refs(entry: Mapping[str, Any]) -> Iterator[str]:
    yield from entry["sources"]
    for key in ("pay", "growth", "assessments", "notes"):
        for item in entry.get(key, []):
            yield item["source"]


def keys_of(
    runs: Any, fold: Folder, *, exact: bool, named: bool
) -> Iterator[tuple[tuple[object, ...], tuple[str, ...] | None]]:
    """(key, spelling) of each form: equal keys clash unless both are read literally and differ."""
    folded = [[tuple(fold(raw.lower()) for raw in words.raw) for words in run] for run in runs]
    if len(folded) > 1:
        yield tuple(tuple(sorted(run)) for run in folded), None
        return
    for words, key in zip(runs[0], folded[0], strict=True):
        spelling = words.raw if exact else tuple(raw.lower() for raw in words.raw)
        yield (key, words.joints, words.prefix), spelling if exact or named else None


def _clash(one: tuple[str, ...] | None, other: tuple[str, ...] | None) -> bool:
    return one is None or other is None or one == other


def check_folders(folders: Sequence[Path]) -> tuple[dict[str, Any], list[str]]:
    """Read and validate; returns the values by file name (skills merged) and all faults."""
    collected = _Collector()
    for number, folder in enumerate(folders):
        collected.read(folder, overlay=number > 0)
    faults = sorted(dict.fromkeys([*collected.faults, *_Checker(collected).faults()]), key=_by_line)
    skills = [skill.entry for skill in collected.skills.values()]
    return {**collected.files, "skills": skills}, faults


def _by_line(fault: str) -> tuple[str, int, str]:
    name, line, *rest = fault.split(":", 2)
    return name, int(line) if line.isdigit() else 0, ":".join(rest)
