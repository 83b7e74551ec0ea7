"""Build hook: compile the taxonomy into the package, so that an installed skillgap starts fast."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTaxonomy(BuildHookInterface):
    """Writes ``skillgap/_data/taxonomy.index``; a faulty taxonomy fails the build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return  # a checkout compiles its own files and caches them
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from skillgap.taxonomy.loading import compile_folders, write_index

        target = root / "build" / "taxonomy.index"
        write_index(compile_folders([root / "taxonomy"]), target)
        build_data["force_include"][str(target)] = "skillgap/_data/taxonomy.index"
