"""The database file under the store: opened, brought up to date, and never one that is not ours.

A file is told by the application id in its first bytes, before SQLite opens it, so that nothing is ever
written to another program's database. SQLite's errors become sentences.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from skillgap.errors import UnreadableError, UsageError

APPLICATION_ID = 0x736B676A  # "skgj"
_MAGIC = b"SQLite format 3\x00"
_WAIT = 5.0  # seconds for another writer to finish
# Each brings a store to the next version; the first makes one.
MIGRATIONS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE listing (
        id INTEGER PRIMARY KEY, source TEXT NOT NULL, row TEXT NOT NULL, number INTEGER NOT NULL,
        digest TEXT NOT NULL, content TEXT NOT NULL, kind TEXT NOT NULL, title TEXT, company TEXT, place TEXT,
        url TEXT, posted TEXT, closes TEXT, meta TEXT NOT NULL, text TEXT NOT NULL, UNIQUE (source, row));
    CREATE INDEX listing_order ON listing (source, number, row);
    CREATE INDEX listing_content ON listing (content);
    CREATE INDEX listing_digest ON listing (digest);
    CREATE TABLE analysis (
        id INTEGER PRIMARY KEY, content TEXT NOT NULL, taxonomy_digest TEXT NOT NULL, record BLOB NOT NULL,
        UNIQUE (content, taxonomy_digest));
    CREATE TABLE requirement (
        analysis INTEGER NOT NULL REFERENCES analysis (id) ON DELETE CASCADE, skill TEXT NOT NULL,
        level TEXT NOT NULL, grp TEXT, PRIMARY KEY (analysis, skill)) WITHOUT ROWID;
    CREATE TABLE failure (
        source TEXT NOT NULL, row TEXT NOT NULL, number INTEGER NOT NULL, content TEXT, taxonomy_digest TEXT,
        sentence TEXT NOT NULL, PRIMARY KEY (source, row)) WITHOUT ROWID;
    CREATE TABLE mark (digest TEXT PRIMARY KEY, status TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE family (digest TEXT PRIMARY KEY, head TEXT NOT NULL) WITHOUT ROWID;
    """,
)


class Database:
    """A SQLite file of ours; ``path`` None is a temporary one that ends with the process.

    Every way in which it can refuse ends in one sentence: UnreadableError where it can't be read (damaged,
    not ours, written by a newer skillgap), UsageError where it can't be written (locked, read-only, full).
    """

    def __init__(self, path: str | Path | None = None) -> None:
        self.name = str(path) if path is not None else "the temporary store"
        is_new = path is None or _check(Path(path), self.name)
        with self.sentences():
            self.db = sqlite3.connect("" if path is None else path, timeout=_WAIT, isolation_level=None)
            try:
                self._prepare(new=is_new, kept=path is not None)
            except BaseException:
                self.db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what is saved stays."""
        with contextlib.suppress(sqlite3.Error):  # what was to be kept is kept by now
            self.db.close()

    def _prepare(self, *, new: bool, kept: bool) -> None:
        self.db.execute("PRAGMA foreign_keys = ON")
        self.db.execute("PRAGMA secure_delete = ON")  # what is forgotten is gone
        version = 0 if new else self._version()
        if version > len(MIGRATIONS):
            raise UnreadableError(
                f"{self.name}: was written by a newer skillgap (its version is {version}, this one knows "
                f"{len(MIGRATIONS)}); update skillgap, or name another file with --db"
            )
        if version < len(MIGRATIONS):
            with self.transaction():
                self._migrate(self._version())  # another run may have been quicker
        if kept:
            self.db.execute("PRAGMA journal_mode = WAL")
            self.db.execute("PRAGMA synchronous = NORMAL")

    def _version(self) -> int:
        if not self.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone():
            return 0
        found = self.db.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
        if found is None or not found[0].isdecimal():
            raise UnreadableError(damaged(self.name))
        return int(found[0])

    def _migrate(self, version: int) -> None:
        for number, migration in enumerate(MIGRATIONS[version:], version + 1):
            for statement in migration.split(";"):
                if statement.strip():
                    self.db.execute(statement)
            self.db.execute("INSERT OR REPLACE INTO meta VALUES ('schema_version', ?)", (str(number),))
        self.db.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing; waits some seconds for another writer."""
        with self.sentences():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self.db.in_transaction:  # a full disk ends it, too
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    @contextlib.contextmanager
    def sentences(self) -> Iterator[None]:
        """SQLite's errors as sentences of ours."""
        try:
            yield
        except sqlite3.Error as error:
            raise _sentence(error, self.name) from error


def _check(path: Path, name: str) -> bool:
    """Whether a store has to be made here; raises, without touching it, where the file is not ours."""
    try:
        if not path.exists():
            if not path.resolve().parent.is_dir():
                raise UsageError(f"{name}: there is no such folder; make it, or name another place with --db")
            return True
        if not path.is_file():
            raise UsageError(f"{name}: is no file; name a file for the store with --db")
        with path.open("rb") as file:
            head = file.read(100)
    except OSError as error:
        cause = error.strerror or str(error)
        raise UnreadableError(f"{name}: can't be opened ({cause}); check its permissions") from error
    if not head:
        return True
    if not head.startswith(_MAGIC) or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise UnreadableError(
            f"{name}: is no store of saved listings and was left as it is; name another file with --db"
        )
    return False


def damaged(name: str) -> str:
    """The sentence for a file whose content can't be made out."""
    return (
        f"{name}: is damaged; take it from a backup, or name a new file with --db and read the listings again"
    )


def _sentence(error: sqlite3.Error, name: str) -> UnreadableError | UsageError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return UsageError(f"{name}: another program is writing to it; wait until it has ended, and try again")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN):
        return UsageError(f"{name}: can't be written; check its permissions and those of its folder")
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return UsageError(f"{name}: can't be written ({error}); is the disk full?")
    return UnreadableError(damaged(name))
