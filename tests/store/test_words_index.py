"""The index of words always says what the touchpoints say, whoever wrote, undid or brought a book up to date."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.store import migrate
from csm_tui.store.migrate import NEEDS
from csm_tui.store.transaction import undo
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, attempt, full, full_once, rows, run
from tests.store.test_migrate import old

__all__ = ["full", "full_once"]

Words = list[tuple[str, int, str, int]]


def words(connection: sqlite3.Connection, table: str) -> Words:
    """Every word of an index with its row, column and place."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, {table}, instance)")
    found = connection.execute("SELECT term, doc, col, offset FROM temp.words ORDER BY 1, 2, 3, 4").fetchall()
    connection.execute("DROP TABLE temp.words")
    return found


def indexed(path: str) -> Words:
    """What the index of a book holds."""
    with closing(sqlite3.connect(path)) as connection:
        return words(connection, "touchpoint_find")


def told(path: str) -> Words:
    """What an index made this moment holds, in a copy of the book that is forgotten."""
    with closing(sqlite3.connect(path, isolation_level=None)) as book, closing(sqlite3.connect(":memory:")) as copy:
        book.backup(copy)
        made = copy.execute("SELECT sql FROM sqlite_master WHERE name = 'touchpoint_find'").fetchone()[0]
        copy.execute(made.replace("touchpoint_find", "anew"))
        copy.execute(
            "INSERT INTO anew (rowid, summary, notes, mark) SELECT place, summary, notes, mark FROM touchpoint_words"
        )
        return words(copy, "anew")


def test_the_comparison_sees_a_word_that_the_index_lacks(full: str) -> None:
    assert indexed(full) == told(full) != []
    run(full, "DROP TRIGGER touchpoint_insert_find")
    run(full, "INSERT INTO touchpoint (account_id, day, kind, direction) VALUES (1, '2026-01-01', 'note', 'internal')")
    assert indexed(full) != told(full)


@pytest.mark.parametrize("name", sorted(DEEDS))
def test_after_every_deed_and_its_undo_the_index_says_what_the_touchpoints_say(full: str, name: str) -> None:
    attempt(full, DEEDS[name])
    assert indexed(full) == told(full)
    undo(full, "shell", AT)
    assert indexed(full) == told(full)


@pytest.mark.parametrize(
    "change",
    ["UPDATE touchpoint SET summary = 'anders', notes = NULL", "UPDATE touchpoint SET day = '2026-01-02'",
     "UPDATE touchpoint SET id = id + 100 WHERE id > 2", "UPDATE touchpoint SET account_id = 2, minutes = 5",
     "DELETE FROM touchpoint WHERE id = 1", "DELETE FROM account", "UPDATE touchpoint SET notes = '会议 notes'"],
)  # fmt: skip
def test_another_program_cannot_forget_the_index(full: str, change: str) -> None:
    run(full, change)
    assert indexed(full) == told(full)


def test_a_statement_that_the_file_refuses_leaves_the_index_as_it_was(full: str) -> None:
    before = indexed(full)
    with closing(sqlite3.connect(full, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute("UPDATE touchpoint SET summary = 'x', day = '2026-02-30'")
        connection.execute("COMMIT")
    assert indexed(full) == before


def test_an_older_book_gets_the_index_of_all_it_holds(tmp_path: Path) -> None:
    path = old(str(tmp_path / "old.db"), 3)
    migrate.ready(path)
    assert indexed(path) == told(path) != []


def test_the_newest_day_comes_first_and_a_later_entry_before_an_earlier_one(full: str) -> None:
    by_place = rows(full, "SELECT id FROM touchpoint_words ORDER BY place DESC")
    assert by_place == rows(full, "SELECT id FROM touchpoint ORDER BY day DESC, id DESC")


def test_where_sqlite_has_no_such_module_the_book_is_made_without_the_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "NEEDS", dict.fromkeys(NEEDS, "no such module"))
    new, older = str(tmp_path / "new.db"), old(str(tmp_path / "old.db"), 3)
    for path in (new, older):
        migrate.ready(path)
        assert rows(path, "SELECT name FROM sqlite_master WHERE name LIKE '%find%'") == []
        assert rows(path, "PRAGMA user_version") == rows(new, "PRAGMA user_version") != [(0,)]
        run(path, "INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01')")


def test_a_book_whose_index_this_sqlite_cannot_keep_is_refused_in_a_sentence(full: str) -> None:
    from csm_tui.store.connection import said

    refusal = said(sqlite3.OperationalError("no such module: fts5"), full)
    assert isinstance(refusal, Refusal)
    assert "FTS5" in str(refusal)
