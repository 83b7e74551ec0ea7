"""The store: saved listings and what was read out of them, in one SQLite file.

Listings are known by where they stand (source and row), analyses by what they are made of (the text
and what its page states, and the taxonomy), so that running again does only what is new and a moved file
is not read twice. Each chunk is one transaction: a run that is killed loses nothing that it had saved.

A file that is not ours is never written to: it is told by the application id in its first bytes,
before SQLite opens it.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.errors import UnreadableError, UsageError
from skillgap.market.database import Database, damaged
from skillgap.market.duplicates import FOLDING, families
from skillgap.model import Document

_STATED = (
    "title",
    "company",
    "place",
    "url",
    "posted",
    "closes",
    "salary",
    "remote",
)  # what an analysis reads
_MARKS = ("applied", "skip")


@dataclass(frozen=True, slots=True)
class Analysed:
    """What was read out of one content: its record, packed, and its requirements (skill, level, group)."""

    record: bytes
    requirements: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """One listing to be saved: its document, or the sentence that says why there is none.

    ``analysed`` is None where the store has the analysis of this content already; ``content`` is the key of
    the document where it is known.
    """

    source: str
    row: str | None
    number: int
    document: Document | None
    failure: str | None = None
    analysed: Analysed | None = None
    content: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A listing as the store names it, without its text."""

    source: str
    row: str | None
    digest: str
    title: str | None
    company: str | None
    url: str | None
    posted: str | None


def content_key(document: Document) -> str:
    """SHA-256 of all that an analysis depends on: the text and what the page states."""
    stated = {key: document.meta[key] for key in _STATED if document.meta.get(key) is not None}
    text = json.dumps([document.text, stated], sort_keys=True, ensure_ascii=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def pack(record: Mapping[str, Any]) -> Analysed:
    """A ``skillgap/job@1`` record as the store keeps it: a seventh of its size."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    requirements = tuple((s["id"], s["level"], s["group"]) for s in record["skills"])
    return Analysed(zlib.compress(text.encode("utf-8", "replace"), 1), requirements)


class Store(Database):
    """Saved listings and their analyses; see Database for ``path`` and for what can go wrong."""

    # -- saving -----------------------------------------------------------------------------

    def known(self, contents: Iterable[str], taxonomy_digest: str) -> set[str]:
        """Those of the contents that have been analysed with this taxonomy."""
        with self.sentences():
            return {content for content in contents if self._analysed(content, taxonomy_digest)}

    def _analysed(self, content: str, taxonomy_digest: str) -> bool:
        query = "SELECT 1 FROM analysis WHERE content = ? AND taxonomy_digest = ?"
        return self.db.execute(query, (content, taxonomy_digest)).fetchone() is not None

    def failed_before(self, source: str, row: str | None, content: str, taxonomy_digest: str) -> str | None:
        """The sentence with which this very content failed with this taxonomy, if it did."""
        query = (
            "SELECT sentence FROM failure WHERE source = ? AND row = ? AND content = ?"
            " AND taxonomy_digest = ?"
        )
        with self.sentences():
            found = self.db.execute(query, (source, row or "", content, taxonomy_digest)).fetchone()
        return found[0] if found else None

    def has(self, source: str, row: str | None, content: str) -> bool:
        """Whether the listing is saved with just this content."""
        query = "SELECT 1 FROM listing WHERE source = ? AND row = ? AND content = ?"
        with self.sentences():
            return self.db.execute(query, (source, row or "", content)).fetchone() is not None

    def save(self, chunk: Sequence[Saved], taxonomy_digest: str) -> None:
        """Save listings, analyses and failures in one transaction."""
        with self.transaction():
            for item in chunk:
                if item.failure is None and item.document is not None:
                    self._save_listing(item, item.document, taxonomy_digest)
                elif item.failure is not None:
                    content = item.content or (content_key(item.document) if item.document else None)
                    digest = taxonomy_digest if item.document else None
                    self.db.execute(
                        "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?, ?)",
                        (item.source, item.row or "", item.number, content, digest, item.failure),
                    )

    def _save_listing(self, item: Saved, document: Document, taxonomy_digest: str) -> None:
        content = item.content or content_key(document)
        place = (item.source, item.row or "")
        self.db.execute("DELETE FROM failure WHERE source = ? AND row = ?", place)
        old = self.db.execute("SELECT content FROM listing WHERE source = ? AND row = ?", place).fetchone()
        meta = document.meta
        stated = [_text(meta.get(key)) for key in ("title", "company", "place", "url", "posted", "closes")]
        full = json.dumps(dict(meta), sort_keys=True, ensure_ascii=False, default=str)
        self.db.execute(
            "INSERT INTO listing (source, row, number, digest, content, kind, title, company, place, url,"
            " posted, closes, meta, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source, row) DO UPDATE SET number = excluded.number, digest = excluded.digest,"
            " content = excluded.content, kind = excluded.kind, title = excluded.title,"
            " company = excluded.company, place = excluded.place, url = excluded.url,"
            " posted = excluded.posted, closes = excluded.closes, meta = excluded.meta, text = excluded.text",
            (*place, item.number, document.digest, content, document.kind, *stated, full, document.text),
        )
        if old and old[0] != content:
            self._drop_unused([old[0]])
        if item.analysed is not None:
            self._save_analysis(content, taxonomy_digest, item.analysed)

    def _save_analysis(self, content: str, taxonomy_digest: str, analysed: Analysed) -> None:
        if self._analysed(content, taxonomy_digest):
            return
        cursor = self.db.execute(
            "INSERT INTO analysis (content, taxonomy_digest, record) VALUES (?, ?, ?)",
            (content, taxonomy_digest, analysed.record),
        )
        rows = ((cursor.lastrowid, *requirement) for requirement in analysed.requirements)
        self.db.executemany("INSERT INTO requirement VALUES (?, ?, ?, ?)", rows)

    def save_analyses(self, chunk: Iterable[tuple[str, Analysed]], taxonomy_digest: str) -> None:
        """Save analyses of contents that are here already: after a change of the taxonomy."""
        with self.transaction():
            for content, analysed in chunk:
                self._save_analysis(content, taxonomy_digest, analysed)

    def stale(self, taxonomy_digest: str) -> Iterator[Saved]:
        """A listing for each content that this taxonomy has not read yet."""
        query = (
            "SELECT min(id) FROM listing WHERE NOT EXISTS (SELECT 1 FROM analysis WHERE"
            " analysis.content = listing.content AND taxonomy_digest = ?) GROUP BY content ORDER BY min(id)"
        )
        with self.sentences():
            for (number,) in self.db.execute(query, (taxonomy_digest,)).fetchall():
                source, row, place, kind, meta, text = self.db.execute(
                    "SELECT source, row, number, kind, meta, text FROM listing WHERE id = ?", (number,)
                ).fetchone()
                document = Document(source, text, kind, row or None, json.loads(meta))
                yield Saved(source, row or None, place, document)

    # -- reading ----------------------------------------------------------------------------

    def records(self, taxonomy_digest: str, *, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """The ``skillgap/job@1`` record of every listing, by source and place in it."""
        query = (
            "SELECT source, row, record, CASE WHEN ? THEN text END FROM listing JOIN analysis"
            " ON analysis.content = listing.content AND taxonomy_digest = ? ORDER BY source, number, row"
        )
        with self.sentences():
            for source, row, packed, text in self.db.execute(query, (with_text, taxonomy_digest)):
                try:
                    record: dict[str, Any] = json.loads(zlib.decompress(packed))
                except (zlib.error, ValueError) as error:
                    raise UnreadableError(damaged(self.name)) from error
                record["source"], record["row"] = source, row or None
                if with_text:
                    record["text"] = text
                yield record

    def entries(self) -> Iterator[Entry]:
        """Every listing, by source and place in it."""
        query = (
            "SELECT source, row, digest, title, company, url, posted FROM listing"
            " ORDER BY source, number, row"
        )
        with self.sentences():
            for source, row, *rest in self.db.execute(query):
                yield Entry(source, row or None, *rest)

    def posted(self) -> dict[str, str | None]:
        """The digest of every text, with the earliest day on which it was posted."""
        with self.sentences():
            return dict(self.db.execute("SELECT digest, min(posted) FROM listing GROUP BY digest"))

    def text(self, digest: str) -> str:
        """The text of this digest; KeyError if there is none."""
        with self.sentences():
            found = self.db.execute("SELECT text FROM listing WHERE digest = ? LIMIT 1", (digest,)).fetchone()
        if found is None:
            raise KeyError(digest)
        return str(found[0])

    def families(self) -> dict[str, str]:
        """Each digest -> that of the near copy that stands for its family; kept until the listings change."""
        posted = self.posted()
        key = hashlib.sha256(json.dumps([FOLDING, sorted(posted.items())]).encode()).hexdigest()
        with self.sentences():
            kept = self.db.execute("SELECT value FROM meta WHERE key = 'families_of'").fetchone()
            if kept and kept[0] == key:
                return dict(self.db.execute("SELECT digest, head FROM family"))
        found = families(posted, self.text)
        with self.transaction():
            self.db.execute("DELETE FROM family")
            self.db.executemany("INSERT INTO family VALUES (?, ?)", sorted(found.items()))
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('families_of', ?)", (key,))
        return found

    def count(self) -> int:
        """How many listings there are."""
        with self.sentences():
            return int(self.db.execute("SELECT count(*) FROM listing").fetchone()[0])

    # -- what the person says ---------------------------------------------------------------

    def forget(self, source: str) -> int:
        """Delete the listings of a source, or of all sources in a folder; returns how many there were."""
        folder = source.rstrip("/\\")
        inside = [f"{folder}{sign}" for sign in "/\\"]
        where = "source = ? OR substr(source, 1, ?) = ? OR substr(source, 1, ?) = ?"
        values = (source, len(inside[0]), inside[0], len(inside[1]), inside[1])
        with self.transaction():
            query = f"SELECT DISTINCT content, digest FROM listing WHERE {where}"  # noqa: S608
            gone = self.db.execute(query, values).fetchall()
            count = self.db.execute(f"DELETE FROM listing WHERE {where}", values).rowcount  # noqa: S608
            failed = self.db.execute(f"DELETE FROM failure WHERE {where}", values).rowcount  # noqa: S608
            self._drop_unused([content for content, _ in gone])
            self.db.execute("DELETE FROM family")
            self.db.execute("DELETE FROM meta WHERE key = 'families_of'")
            self.db.executemany(
                "DELETE FROM mark WHERE digest = ? AND NOT EXISTS"
                " (SELECT 1 FROM listing WHERE listing.digest = mark.digest)",
                [(digest,) for _, digest in gone],
            )
        with self.sentences():
            self.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # or the text stays in the journal
        return count + failed

    def _drop_unused(self, contents: Sequence[str]) -> None:
        """Delete analyses of contents that no listing has any more."""
        self.db.executemany(
            "DELETE FROM analysis WHERE content = ? AND NOT EXISTS"
            " (SELECT 1 FROM listing WHERE listing.content = analysis.content)",
            [(content,) for content in contents],
        )

    def mark(self, source: str, row: str | None, status: str | None) -> int:
        """Mark the listings of a source (or one row of it) as applied or skip; None takes marks away.

        Returns how many texts were marked. A mark belongs to the text: it holds wherever that stands.
        """
        if status is not None and status not in _MARKS:
            raise UsageError(f"{status!r} is no mark; use applied or skip")
        query = "SELECT DISTINCT digest FROM listing WHERE source = ? AND (? IS NULL OR row = ?)"
        with self.transaction():
            digests = [digest for (digest,) in self.db.execute(query, (source, row, row)).fetchall()]
            self.db.executemany("DELETE FROM mark WHERE digest = ?", [(digest,) for digest in digests])
            if status is not None:
                self.db.executemany("INSERT INTO mark VALUES (?, ?)", [(d, status) for d in digests])
        return len(digests)

    def marks(self) -> dict[str, str]:
        """The digest of every marked text, with its mark."""
        with self.sentences():
            return dict(self.db.execute("SELECT digest, status FROM mark ORDER BY digest"))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
