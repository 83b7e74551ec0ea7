"""Records without names, contacts, employers, file names and quotes, to be shown to others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

_WORDS = frozenset({"text", "quote"})  # the person's or the ad's own words
_EMPTIED = frozenset({"unknown_terms", "hidden", "conditions", "conflicts"})
_NAMES = frozenset({"company", "url", "place", "row", "digest"})
_UNNAMED = dict.fromkeys(("row", "company", "url", "place"))
# Our own sentences have these words, whatever a file is called.
_OURS = frozenset({
    "blank", "broken", "column", "columns", "content", "copy", "damaged", "document", "documents",
    "empty", "encoding", "file", "files", "folder", "form", "format", "hold", "holds", "html",
    "image", "json", "kind", "listing", "listings", "looks", "mail", "name", "nothing", "office",
    "only", "open", "page", "pages", "paste", "password", "picture", "protected", "reader",
    "readable", "resume", "resumes", "save", "saved", "scan", "scanned", "sheet", "size", "table",
    "text", "that", "this", "word", "words", "works",
})  # fmt: skip
_TELLING = 4  # letters from which a part of a file's name can be a person's


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


class Masks:
    """Names of saved listings that tell nothing: "listing 07", the seventh of all by where they stand.

    The order of the labels is that of the listings, so that ties fall as they do without masks.
    """

    def __init__(self, places: Iterable[tuple[str, str | None, str]], roles: Mapping[str, Any]) -> None:
        """``places`` are (source, row, digest) of every listing, ``roles`` the taxonomy's."""
        order = sorted((source, row or "", digest) for source, row, digest in places)
        digests = dict.fromkeys(digest for _, _, digest in order)
        width = len(str(len(digests)))
        self._labels = {digest: f"listing {n:0{width}}" for n, digest in enumerate(digests, 1)}
        self._roles = roles

    def label(self, digest: str) -> str:
        """What a listing of this digest is called."""
        return self._labels.get(digest, "listing")

    def record(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A ``skillgap/job@1`` record."""
        label = self.label(record["digest"])
        return {**anonymous(record, label), "digest": label, "title": None}

    def reference(self, role: str | None, digest: str) -> dict[str, Any]:
        """The fields that name a listing, for its fit to a resume: its type of role stands for the title."""
        label = self.label(digest)
        known = self._roles.get(role or "")
        title = f"{known['name']}, {label}" if known else None
        return {**_UNNAMED, "source": label, "digest": label, "title": title}

    def named(self, digest: str) -> dict[str, Any]:
        """The fields that name a listing in the list of near copies."""
        label = self.label(digest)
        return {"source": label, "digest": label, "row": None, "title": None, "company": None, "url": None}

    def report(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """A ``skillgap/market@1`` record: the figures stay, words of ads and names go."""
        shown = {key: self._masked(value) for key, value in record.items()}
        shown["counted"] = {**shown["counted"], "most_listings": []}
        shown["kinds"] = [
            {**kind, "members": [self.label(digest) for digest in kind["members"]]} for kind in shown["kinds"]
        ]
        home = "home" if record["home"] else None
        return {**shown, "unknown_terms": [], "home": home}

    def _masked(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._masked(item) for item in value]
        if not isinstance(value, Mapping):
            return value
        inner = {key: self._masked(item) for key, item in value.items()}
        if "digest" in inner and "source" in inner:
            inner |= self.named(value["digest"])
            if "place" in inner:
                inner["place"] = "not shown"
        return inner


def masked_sentence(sentence: str, source: str, row: str | None, label: str) -> str:
    """A sentence about a file or a row of it without its name; if parts of that stay, without the cause."""
    name = re.split(r"[/\\]", source)[-1]
    text = sentence.replace(f"{source}, row {row}:", f"{label}:").replace(source, label).replace(name, label)
    told = f"{name.rpartition('.')[0] or name} {row or ''}".casefold()
    parts = [part for part in re.split(r"[\W_]+", told) if len(part) >= _TELLING and part not in _OURS]
    left = text.casefold().replace(label, "")
    if any(part in left for part in parts):
        return f"{label}: can't be used, and why would tell its name; see --key FILE"
    return text
