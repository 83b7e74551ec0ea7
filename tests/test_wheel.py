"""A wheel built from the tree works outside of it, with the taxonomy compiled and the samples inside."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        str(ROOT),
        "--no-deps",
        "--no-build-isolation",
        "-q",
        "-w",
    ]
    subprocess.run([*command, str(folder)], check=True)
    return next(folder.glob("skillgap-*.whl"))


def test_it_carries_taxonomy_index_samples_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "skillgap/_data/taxonomy.index",
        "skillgap/_data/taxonomy/roadmap.yaml",
        "skillgap/_data/taxonomy/skills/llm.yaml",
        "skillgap/_data/samples/ads/northwind-health.txt",
        "skillgap/py.typed",
    } <= names


def test_it_runs_from_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(home)
    work = tmp_path / "work"
    work.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(home), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    def run(*command: str) -> str:
        return subprocess.run(
            [sys.executable, *command],
            cwd=work,
            env=environment,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout

    assert str(home) in run("-c", "import skillgap; print(skillgap.__file__)")
    assert "MUST HAVE" in run("-m", "skillgap", "demo")
    assert "no faults" in run("-m", "skillgap", "taxonomy", "check")
    assert not (tmp_path / "cache").exists(), "the shipped index must do; nothing has to be compiled"
