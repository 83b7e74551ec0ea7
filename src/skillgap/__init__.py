"""skillgap: what AI-engineering job ads ask for, and where to start.

    >>> import skillgap
    >>> report = skillgap.Analyzer().job("We need Python and Kubernetes.")
    >>> [skill["name"] for skill in report.to_dict()["skills"]]
    ['Python', 'Kubernetes']

Nothing is imported until it is asked for, so ``import skillgap`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from skillgap.analyzer import Analyzer
    from skillgap.errors import SkillgapError
    from skillgap.model import Document
    from skillgap.reading import read
    from skillgap.taxonomy import Taxonomy, load_taxonomy

__all__ = ["Analyzer", "Document", "SkillgapError", "Taxonomy", "load_taxonomy", "read"]
__version__ = "0.1.0"

_HOMES = {
    "Analyzer": "skillgap.analyzer",
    "Document": "skillgap.model",
    "SkillgapError": "skillgap.errors",
    "Taxonomy": "skillgap.taxonomy",
    "load_taxonomy": "skillgap.taxonomy",
    "read": "skillgap.reading",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'skillgap' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(home), name)
