"""Records without names, contacts, employers, file names and quotes, to be shown to others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WORDS = frozenset({"text", "quote"})  # the person's or the ad's own words
_EMPTIED = frozenset({"unknown_terms", "hidden", "conditions", "conflicts"})
_NAMES = frozenset({"company", "url", "place", "row", "digest"})


def anonymous(record: Any, label: str = "") -> Any:
    """The record with every word of the inputs blanked; ``label`` stands for the file's name."""
    if isinstance(record, Mapping):
        return {key: _value(str(key), value, label) for key, value in record.items()}
    if isinstance(record, list):
        return [anonymous(item, label) for item in record]
    return record


def _value(key: str, value: Any, label: str) -> Any:
    replaced: dict[str, Any] = {
        **dict.fromkeys(_WORDS, ""),
        **{name: [] for name in _EMPTIED},
        **dict.fromkeys(_NAMES),
        "source": label,
    }
    if key in replaced:
        return replaced[key]
    if key in ("job", "resume") and isinstance(value, Mapping):
        title = {"title": None} if key == "job" else {}
        return {**anonymous(value, f"{key} {label}".strip()), **title}
    if key == "why" and isinstance(value, list):
        return [rule for rule in value if not str(rule).startswith("heading:")]
    return anonymous(value, label)
