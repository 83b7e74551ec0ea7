"""taxonomy/*.yaml -> plain values that remember their line.

PyYAML reads ``no`` as False, ``3.10`` as 3.1 and lets a key stand twice, so files are composed
to nodes first: every value keeps its line, and a repeated key is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]

_SKILLS_FOLDER = "skills"
_SUFFIXES = (".yaml", ".yml")


@dataclass(slots=True)
class SourceFile:
    """One parsed file: its values, and the line of every place in them (1-based)."""

    path: Path
    name: str
    data: Any
    lines: dict[Place, int] = field(default_factory=dict)

    def line(self, place: Iterable[str | int]) -> int:
        """The line of the nearest known place at or above ``place``."""
        parts = tuple(place)
        while parts and parts not in self.lines:
            parts = parts[:-1]
        return self.lines.get(parts, 1)

    def at(self, place: Iterable[str | int], cause: str) -> str:
        return f"{self.name}:{self.line(place)}: {cause}"


_TAG = "tag:yaml.org,2002:"
_FLOAT = re.compile(r"[-+]?[0-9]{1,15}(?:\.[0-9]{1,15})?")
_LONGEST_NUMBER = 18
_MOST_NODES = 400_000
_DEEPEST = 12


def _scalar(node: yaml.ScalarNode) -> Any:
    """The value as YAML means it; what is no clean number stays text, and the schema judges it."""
    kind = node.tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind == "int" and len(node.value) < _LONGEST_NUMBER and node.value.lstrip("+-").isdigit():
        return int(node.value)
    if kind == "float" and _FLOAT.fullmatch(node.value):
        return float(node.value)
    return node.value


class _Reader:
    """Turns the nodes of one file into values; bounds what aliases can blow up and nesting can hide."""

    def __init__(self, file: SourceFile, faults: list[str]) -> None:
        self.file, self.faults = file, faults
        self._left = _MOST_NODES

    def value(self, node: yaml.Node, place: Place = ()) -> Any:
        line = node.start_mark.line + 1
        self._left -= 1
        if self._left < 0 or len(place) > _DEEPEST:
            raise _TooMuchError(line)
        self.file.lines[place] = line
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(n, (*place, i)) for i, n in enumerate(node.value)]
        return _scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _mapping(self, node: yaml.MappingNode, place: Place) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node.tag)
            line = key_node.start_mark.line + 1
            if key in result:
                self.faults.append(f"{self.file.name}:{line}: the key {key!r} stands twice")
            result[key] = self.value(value_node, (*place, key))
            self.file.lines[(*place, key)] = line
        return result


class _TooMuchError(Exception):
    """A file that nests too deep, or whose aliases stand for too much; holds the line."""


def read_file(path: Path, root: Path, faults: list[str]) -> SourceFile | None:
    """Parse one file; what is wrong with it is appended to ``faults``."""
    name = f"{root.name}/{path.relative_to(root).as_posix()}"
    file = SourceFile(path, name, None)
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        node = yaml.compose(text, Loader=loader)
    except (OSError, UnicodeDecodeError) as error:
        faults.append(f"{name}:1: can't be read ({error})")
        return None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        faults.append(f"{name}:{line}: not valid YAML ({error.problem})")
        return None
    except (yaml.YAMLError, RecursionError) as error:
        faults.append(f"{name}:1: not valid YAML ({error})")
        return None
    if node is None:
        faults.append(f"{name}:1: the file is empty")
        return None
    try:
        file.data = _Reader(file, faults).value(node)
    except _TooMuchError as error:
        faults.append(f"{name}:{error.args[0]}: nests too deep, or its aliases stand for too much")
        return None
    return file


def yaml_files(root: Path) -> list[Path]:
    """All taxonomy files below ``root``, in a fixed order."""
    top = sorted(p for p in root.glob("*") if p.suffix in _SUFFIXES)
    return top + sorted(p for p in (root / _SKILLS_FOLDER).glob("*") if p.suffix in _SUFFIXES)


def is_skill_file(path: Path) -> bool:
    return path.parent.name == _SKILLS_FOLDER
