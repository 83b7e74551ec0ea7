"""taxonomy/*.yaml -> plain values that remember their line.

PyYAML reads ``no`` as False, ``3.10`` as 3.1 and lets a key stand twice, so files are composed
to nodes first: every value keeps its line, and a repeated key is a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]

_SKILLS_FOLDER = "skills"


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


def _scalar(node: yaml.ScalarNode) -> Any:
    kind = node.tag.removeprefix(_TAG)
    if kind == "null":
        return None
    if kind == "bool":
        return node.value.lower() in ("true", "yes", "on")
    if kind == "int":
        return int(node.value.replace("_", "")) if node.value.lstrip("+-").isdigit() else node.value
    if kind == "float":
        return float(node.value)
    return node.value


def _value(node: yaml.Node, place: Place, file: SourceFile, faults: list[str]) -> Any:
    file.lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node) if isinstance(key_node, yaml.ScalarNode) else str(key_node)
            line = key_node.start_mark.line + 1
            if key in result:
                faults.append(f"{file.name}:{line}: the key {key!r} stands twice")
            result[key] = _value(value_node, (*place, key), file, faults)
            file.lines[(*place, key)] = line
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(n, (*place, i), file, faults) for i, n in enumerate(node.value)]
    return _scalar(node) if isinstance(node, yaml.ScalarNode) else None


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
    file.data = _value(node, (), file, faults)
    return file


def yaml_files(root: Path) -> list[Path]:
    """All taxonomy files below ``root``, in a fixed order."""
    top = sorted(root.glob("*.yaml"))
    return top + sorted((root / _SKILLS_FOLDER).glob("*.yaml"))


def is_skill_file(path: Path) -> bool:
    return path.parent.name == _SKILLS_FOLDER
