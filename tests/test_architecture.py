"""Imports run downwards only, heavy ones are lazy, and no skill is named in code."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parent.parent / "src" / "skillgap"
# Each layer may import from itself and from what stands after it.
LAYERS = [
    ("cli", "__main__"),
    ("analyzer",),
    ("rendering",),
    ("market",),
    ("analysis",),
    ("extraction",),
    ("reading",),
    ("overrides", "progress"),
    ("taxonomy",),
    ("inflection",),
    ("model", "errors", "__init__"),
]
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted(SRC.rglob("*.py"))


def layer_of(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def imported(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("skillgap"):
            parts = node.module.split(".")
            names.add(parts[1] if len(parts) > 1 else "__init__")
    return names


@pytest.mark.parametrize("path", [p for p in MODULES if p.name != "__init__.py" or p.parent != SRC], ids=str)
def test_imports_run_downwards(path: Path) -> None:
    mine = RANK[layer_of(path)]
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        assert RANK[name] >= mine, f"{path.name} imports {name}, which stands above it"


def test_model_and_errors_import_nothing_of_ours() -> None:
    for name in ("model.py", "errors.py", "inflection.py"):
        assert not imported(ast.parse((SRC / name).read_text(encoding="utf-8")))


def test_only_the_component_knows_spacy() -> None:
    users = [
        p.name
        for p in MODULES
        if "import spacy" in p.read_text("utf-8") or "from spacy" in p.read_text("utf-8")
    ]
    assert users == ["component.py"]


@pytest.mark.parametrize(
    "heavy",
    ["spacy", "sklearn", "scipy", "pydantic", "yaml", "rich", "lxml", "pypdfium2", "icalendar", "sqlite3"],
)
def test_starting_the_command_imports_nothing_heavy(heavy: str) -> None:
    code = f"import sys, skillgap.cli; sys.exit({heavy!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_code_names_no_skill(taxonomy) -> None:
    """A rule about one skill belongs in taxonomy/; strings in code must not be skill ids."""
    ids = {
        i
        for i, skill in taxonomy.skills.items()
        if skill.kind in ("language", "framework", "database", "model")
    }
    allowed = {"c", "csv", "html", "json", "jsonl", "markdown", "text", "yaml"}  # formats that we print
    allowed |= {"duckdb", "pyarrow"}  # one more of them, and the package that writes it
    allowed |= {"spring"}  # a season, in the dates of resumes
    judging = [path for path in MODULES if layer_of(path) != "reading"]  # readers name formats and packages
    for path in judging:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value not in ids - allowed or path.name == "component.py", (
                    f"{path.name}: {node.value!r}"
                )


def test_functions_fit_a_screen() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert node.end_lineno - node.lineno < 62, f"{path.name}: {node.name} is too long"
