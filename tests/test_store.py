"""The store: what it keeps, what it forgets, and every way in which a database can refuse."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from skillgap.errors import SkillgapError, UnreadableError, UsageError
from skillgap.market import database
from skillgap.market.store import Saved, Store, content_key, pack
from skillgap.model import Document

TAXONOMY = "t1"


def record(text: str) -> dict[str, Any]:
    return {"source": "?", "row": None, "digest": Document("", text).digest, "skills": [
        {"id": "python", "level": "required", "group": None}, {"id": "sql", "level": "preferred", "group": "g1"},
    ]}  # fmt: skip


def saved(source: str, text: str, row: str | None = None, number: int = 0, **meta: object) -> Saved:
    document = Document(source, text, row=row, meta=meta)
    return Saved(source, row, number, document, None, pack(record(text)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.sqlite"


def sources(store: Store) -> list[tuple[str, str | None]]:
    return [(r["source"], r["row"]) for r in store.records(TAXONOMY)]


def test_records_come_back_by_source_and_place(path: Path) -> None:
    with Store(path) as store:
        store.save([saved("b.csv", "x", "10", 2), saved("b.csv", "y", "9", 1), saved("a.txt", "z")], TAXONOMY)
        assert sources(store) == [("a.txt", None), ("b.csv", "9"), ("b.csv", "10")]
    with Store(path) as store:
        assert store.count() == 3
        assert [r["text"] for r in store.records(TAXONOMY, with_text=True)] == ["z", "y", "x"]
        assert next(store.records(TAXONOMY))["skills"] == record("z")["skills"]


def test_the_schema_is_there_for_other_programs(path: Path) -> None:
    with Store(path) as store:
        store.save([saved("a.txt", "z", title="Engineer", posted="2026-02-01")], TAXONOMY)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("SELECT title, posted, text FROM listing").fetchall() == [
            ("Engineer", "2026-02-01", "z")
        ]
        rows = db.execute("SELECT skill, level, grp FROM requirement ORDER BY skill").fetchall()
    assert rows == [("python", "required", None), ("sql", "preferred", "g1")]


def test_what_is_known_is_known_by_content_and_taxonomy(path: Path) -> None:
    with Store(path) as store:
        item = saved("a.txt", "z", title="A")
        store.save([item], TAXONOMY)
        assert item.document is not None
        same = content_key(Document("elsewhere.txt", "z", meta={"title": "A", "notes": ["of the reader"]}))
        other = content_key(Document("a.txt", "z", meta={"title": "B"}))
        assert store.known([same, other], TAXONOMY) == {same}
        assert store.known([same], "t2") == set()
        assert [s.source for s in store.stale("t2")] == ["a.txt"]
        assert list(store.stale(TAXONOMY)) == []


def test_a_changed_listing_replaces_the_old_one_with_its_analysis(path: Path) -> None:
    with Store(path) as store:
        store.save([saved("a.txt", "old")], TAXONOMY)
        store.save([saved("a.txt", "new")], TAXONOMY)
        assert [r["digest"] for r in store.records(TAXONOMY)] == [Document("", "new").digest]
        assert store.db.execute("SELECT count(*) FROM analysis").fetchone() == (1,)
        assert store.db.execute("SELECT count(*) FROM requirement").fetchone() == (2,)


def test_a_failure_is_kept_until_the_listing_succeeds(path: Path) -> None:
    document = Document("a.txt", "z")
    with Store(path) as store:
        store.save([Saved("a.txt", None, 0, document, "a.txt: is no ad")], TAXONOMY)
        assert store.failed_before("a.txt", None, content_key(document), TAXONOMY) == "a.txt: is no ad"
        assert store.failed_before("a.txt", None, content_key(document), "t2") is None
        store.save([saved("a.txt", "z")], TAXONOMY)
        assert store.failed_before("a.txt", None, content_key(document), TAXONOMY) is None


def test_forgetting_a_source_leaves_nothing_of_it_in_the_file(path: Path) -> None:
    with Store(path) as store:
        items = [
            saved("ads/a.txt", "a very secret text"),
            saved("ads/b.csv", "shared", "1"),
            saved("c.txt", "shared"),
        ]
        store.save([*items, saved("ads2/d.txt", "other")], TAXONOMY)
        assert store.mark("ads/a.txt", None, "applied") == 1
        assert store.forget("ads") == 2
        assert sources(store) == [("ads2/d.txt", None), ("c.txt", None)]
        assert store.marks() == {}
        assert store.forget("ads") == 0
    files = [file.read_bytes() for file in path.parent.iterdir()]
    assert not any(b"a very secret text" in content for content in files)


def test_marks_belong_to_the_text_wherever_it_stands(path: Path) -> None:
    with Store(path) as store:
        store.save([saved("jobs.csv", "x", "1", 1), saved("jobs.csv", "y", "2", 2)], TAXONOMY)
        digest = Document("", "y").digest
        assert store.mark("jobs.csv", "2", "skip") == 1
        assert store.marks() == {digest: "skip"}
        assert store.mark("jobs.csv", None, None) == 2
        assert store.marks() == {}
        with pytest.raises(UsageError, match="is no mark"):
            store.mark("jobs.csv", None, "loved")


def test_families_are_kept_until_the_listings_change(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Requirements: Python, SQL, dbt, Airflow and Docker in production, with tests and reviews. " * 3
    with Store(path) as store:
        store.save([saved("a.txt", text + "One."), saved("b.txt", text + "Two.")], TAXONOMY)
        first = store.families()
        assert len(set(first.values())) == 1
        monkeypatch.setattr("skillgap.market.store.families", lambda *_: pytest.fail("worked out again"))
        assert store.families() == first
        monkeypatch.undo()
        store.save(
            [saved("c.txt", "Something else entirely, about gardens and the people who keep them.")], TAXONOMY
        )
        assert len(set(store.families().values())) == 2


# -- every way to refuse ----------------------------------------------------------------------------


def refusal(path: Path) -> SkillgapError:
    with pytest.raises(SkillgapError) as caught:
        Store(path).close()
    assert re.fullmatch(rf"{re.escape(str(path))}: [^\n]+", str(caught.value))
    return caught.value


@pytest.mark.parametrize("content", [b"name,text\n1,x\n", b"SQLite format 3\x00" + bytes(200), b"\x00" * 10])
def test_a_file_that_is_not_ours_is_left_as_it_is(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert "was left as it is" in str(refusal(path))
    assert path.read_bytes() == content
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_another_programs_database_is_left_as_it_is(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE listing (id INTEGER)")
        db.execute("PRAGMA journal_mode = WAL")
    db.close()
    content = path.read_bytes()
    assert "is no store of saved listings" in str(refusal(path))
    assert path.read_bytes() == content


def test_an_empty_file_becomes_a_store(path: Path) -> None:
    path.touch()
    with Store(path) as store:
        assert store.count() == 0


def test_a_damaged_store_ends_in_a_sentence(path: Path) -> None:
    with Store(path) as store:
        store.save([saved(f"{n}.txt", f"text {n}" * 500) for n in range(50)], TAXONOMY)
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 8_000 + content[8_100:])
    assert "is damaged" in str(refusal(path))
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(UnreadableError, match="is damaged"), Store(path) as store:
        list(store.records(TAXONOMY))


def test_a_newer_store_ends_in_a_sentence(path: Path) -> None:
    Store(path).close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE meta SET value = '99' WHERE key = 'schema_version'")
    db.close()
    assert "was written by a newer skillgap" in str(refusal(path))


def test_an_older_store_is_brought_up_to_date(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(path) as store:
        store.save([saved("a.txt", "z")], TAXONOMY)
    newer = (*database.MIGRATIONS, "ALTER TABLE listing ADD COLUMN colour TEXT DEFAULT 'blue'")
    monkeypatch.setattr(database, "MIGRATIONS", newer)
    for _ in range(2):
        with Store(path) as store:
            assert store.db.execute("SELECT colour FROM listing").fetchall() == [("blue",)]
            assert sources(store) == [("a.txt", None)]


def test_a_migration_that_fails_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    broken = (*database.MIGRATIONS, "CREATE TABLE extra (id); CREATE TABLE listing (id)")
    with monkeypatch.context() as patch:
        patch.setattr(database, "MIGRATIONS", broken)
        refusal(path)
    with Store(path) as store:
        assert not store.db.execute("SELECT 1 FROM sqlite_master WHERE name = 'extra'").fetchall()


def test_a_locked_store_ends_in_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_WAIT", 0.05)
    with Store(path) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UsageError, match=r"jobs\.sqlite: another program is writing to it"):
            store.save([saved("a.txt", "z")], TAXONOMY)
        other.execute("ROLLBACK")
        other.close()
        store.save([saved("a.txt", "z")], TAXONOMY)
        assert store.count() == 1


def test_a_read_only_store_ends_in_a_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Store(path).close()
    connect = sqlite3.connect

    def read_only(*_: object, **options: Any) -> sqlite3.Connection:
        return connect(f"file:{path}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    with Store(path) as store, pytest.raises(UsageError, match="can't be written; check its permissions"):
        store.save([saved("a.txt", "z")], TAXONOMY)


@pytest.mark.parametrize("name", ["", "no/such/folder/jobs.sqlite"])
def test_a_place_where_no_store_can_be(tmp_path: Path, name: str) -> None:
    assert isinstance(refusal(tmp_path / name), UsageError)


def test_a_chunk_is_saved_whole_or_not_at_all(path: Path) -> None:
    with Store(path) as store:
        good, bad = saved("a.txt", "z"), saved("b.txt", "y")
        assert bad.analysed is not None
        object.__setattr__(
            bad.analysed, "requirements", (("python", None, None),)
        )  # level may not be missing
        with pytest.raises(SkillgapError):
            store.save([good, bad], TAXONOMY)
        assert store.count() == 0
