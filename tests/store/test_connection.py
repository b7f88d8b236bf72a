"""All connections to a book keep the same rules: how they are opened, who waits, and what is said of errors."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.store import connection as connections
from csm_tui.store import migrate
from csm_tui.store.connection import BookFile, Busy, opened, reading, uri
from csm_tui.store.journal import Operation
from csm_tui.store.transaction import redo, transaction, undo
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, do, dump, filled, full, full_once, rows

__all__ = ["full", "full_once"]

WORK = Operation("Work", "shell", AT)


def read(path: str) -> None:
    with reading(path, TODAY, 0.05) as book:
        book.rows("SELECT * FROM account")


def write_lightly(path: str) -> None:
    with write_light(path, WORK, TODAY, 0.05) as writing:
        writing.change("account", 1, name="Other")


def write_models(path: str) -> None:
    with write(path, WORK, TODAY, 0.05) as writing:
        writing.change("account", 1, name="Other")


DOORS: dict[str, Callable[[str], object]] = {
    "read": read,
    "write lightly": write_lightly,
    "write models": write_models,
    "bring up to date": lambda path: migrate.ready(path, 0.05),
    "undo": lambda path: undo(path, "shell", AT, 0.05),
    "redo": lambda path: redo(path, "shell", AT, 0.05),
}


def beside_it(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def test_a_book_that_was_put_in_place_anew_takes_no_write_that_was_begun_before(book: str, tmp_path: Path) -> None:
    with closing(opened(book, 1, write=True)) as writer:
        writer.execute("SELECT count(*) FROM account").fetchone()
        shutil.copy(book, tmp_path / "other.db")
        (tmp_path / "other.db").replace(book)
        with pytest.raises(sqlite3.OperationalError) as raised:
            writer.execute("INSERT INTO account (name, added_on) VALUES ('a', '2026-11-21')")
    assert "was put in place anew in the meantime: nothing was changed" in str(connections.said(raised.value, book))


def pragmas(connection: sqlite3.Connection) -> dict[str, object]:
    names = ("foreign_keys", "synchronous", "query_only", "journal_mode", "cell_size_check", "trusted_schema")
    return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names}


def test_a_reader_may_not_write_and_keeps_references(full: str) -> None:
    with closing(opened(full, 1, write=False)) as connection:
        found = pragmas(connection)
        assert (found["foreign_keys"], found["query_only"], found["trusted_schema"]) == (1, 1, 0)
        assert found["journal_mode"] == "delete"
        with pytest.raises(sqlite3.OperationalError):
            connection.execute("DELETE FROM snooze")


def test_a_writer_syncs_all_and_keeps_references(full: str) -> None:
    with closing(opened(full, 1, write=True)) as connection:
        found = pragmas(connection)
        assert (found["foreign_keys"], found["query_only"], found["cell_size_check"]) == (1, 0, 1)
        assert (found["synchronous"], found["journal_mode"]) == (3, "delete")  # EXTRA


def test_every_connection_that_acts_on_a_book_is_one_of_these(full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever door, before its first statement that reads or writes a row."""
    real, seen = sqlite3.connect, []

    class Watched(sqlite3.Connection):
        def close(self) -> None:
            seen.append(pragmas(self))
            super().close()

    def watched(*given: object, **named: object) -> sqlite3.Connection:
        return real(*given, **{**named, "factory": Watched})  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(sqlite3, "connect", watched)
    for door in ("read", "write lightly", "write models", "undo", "redo"):
        seen.clear()
        DOORS[door](full)
        assert len(seen) == 1, door
        assert (seen[0]["foreign_keys"], seen[0]["journal_mode"]) == (1, "delete"), door
        assert seen[0]["query_only"] == (door == "read"), door
        assert door == "read" or seen[0]["synchronous"] == 3, door


def test_a_write_holds_the_book_from_its_first_look(full: str) -> None:
    """BEGIN IMMEDIATE: who reads in order to write has the lock already, so that no update is lost."""
    with (
        write_light(full, WORK, TODAY) as writing,
        pytest.raises(Busy),
        write_light(full, WORK, TODAY, 0.01),
    ):
        pytest.fail("two writers at once")
    del writing


@pytest.mark.parametrize("door", ["write lightly", "write models", "undo", "redo"])
@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_held_book_is_busy_and_nothing_is_changed(full: str, door: str, lock: str) -> None:
    do(full, DEEDS["edit an account"])
    before = dump(full)
    with closing(sqlite3.connect(full, isolation_level=None)) as other:
        other.execute(f"BEGIN {lock}")
        with pytest.raises(Busy, match=r"^Another csm is writing"):
            DOORS[door](full)
        other.rollback()
    assert dump(full) == before
    assert rows(full, "SELECT label FROM operation") == [("Edit Northwind",)]


def test_a_reader_waits_for_a_commit_only_so_long(full: str) -> None:
    with closing(sqlite3.connect(full, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match="Another csm is writing"):
            read(full)
        other.rollback()
        other.execute("BEGIN IMMEDIATE")
        read(full)
        other.rollback()


def test_a_commit_that_a_reader_holds_up_for_too_long_is_refused_and_rolled_back(full: str) -> None:
    before = dump(full)
    with reading(full, TODAY) as book:
        book.rows("SELECT 1 FROM account")
        with pytest.raises(Busy, match="nothing was changed"):
            write_lightly(full)
    assert dump(full) == before
    write_lightly(full)
    assert dump(full) != before


def test_a_reading_sees_one_book_while_another_writes(full: str) -> None:
    def work() -> None:
        with write_light(full, WORK, TODAY, 60) as writing:
            writing.add("account", name="Late", added_on="2026-11-21")
            holding.set()

    holding = threading.Event()
    writer = threading.Thread(target=work)
    with reading(full, TODAY) as book:
        first = book.rows("SELECT * FROM account")
        writer.start()
        assert holding.wait(60)
        assert book.rows("SELECT * FROM account") == first
        assert book.row("SELECT count(*) FROM operation") == (0,)
    writer.join(60)
    with reading(full, TODAY) as book:
        assert len(book.rows("SELECT * FROM account")) == len(first) + 1


def test_a_reading_counts_its_statements_and_answers_none_for_nothing(full: str) -> None:
    with reading(full, TODAY) as book:
        assert book.row("SELECT 1 FROM account WHERE id = 99") is None
        assert book.row("SELECT name FROM account WHERE id = ?", (1,)) == ("Northwind",)
        assert book.statements == 2
        assert book.today == TODAY


def test_an_error_in_our_own_sql_is_a_bug_and_shows_as_one(full: str) -> None:
    with reading(full, TODAY) as book, pytest.raises(sqlite3.OperationalError):
        book.rows("SELECT nonsense FROM account")
    with pytest.raises(sqlite3.IntegrityError), write_light(full, WORK, TODAY) as writing:
        writing.add("pulse", account_id=1, value=9, given_on="2026-11-21")
    with pytest.raises(sqlite3.IntegrityError) as told, write(full, WORK, TODAY) as models:
        models.add("promise", account_id=1, side="ours", what="SECRET CUSTOMER", made_on="never")
    assert "SECRET" not in str(told.value)


@pytest.mark.parametrize(
    "name", ["a b.db", "what?.db", "100%.db", "50%25.db", "#1.db", "ü 😀.db", "'\".db", "a\nb.db", "a&mode=memory.db"]
)
def test_a_book_may_have_any_name(tmp_path: Path, name: str) -> None:
    path = str(tmp_path / name)
    filled(path)
    read(path)
    write_lightly(path)
    assert beside_it(tmp_path) == [name]


def test_an_address_escapes_what_sqlite_would_read_as_its_own() -> None:
    assert uri("/a?b#c%d", "ro") == "file:/a%3fb%23c%25d?mode=ro"


def test_a_crashed_writer_s_journal_is_rolled_back_by_the_next_reader(full: str) -> None:
    before = dump(full)
    child = os.fork()
    if child == 0:  # dies in the middle, with half its pages in the file
        crashing = opened(full, 1, write=True)
        crashing.execute("PRAGMA cache_size=1")
        crashing.execute("BEGIN IMMEDIATE")
        for number in range(400):
            crashing.execute("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", (f"{number}" * 50,))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert Path(f"{full}-journal").stat().st_size > 512
    read(full)
    assert dump(full) == before
    assert not Path(f"{full}-journal").exists()


def test_a_full_disk_is_said_and_nothing_is_half_done(full: str) -> None:
    before = dump(full)

    def too_much() -> None:
        with transaction(full, WORK) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
            for number in range(5000):
                connection.execute("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", (f"{number}" * 90,))

    with pytest.raises(BookFile, match="could not be written"):
        too_much()
    assert dump(full) == before


def test_what_sqlite_says_becomes_a_sentence_of_ours_or_stays_a_bug() -> None:
    told = {
        "database is locked": Busy, "database is busy": Busy, "database or disk is full": BookFile,
        "disk I/O error": BookFile, "attempt to write a readonly database": BookFile,
        "unable to open database file": BookFile, "database disk image is malformed": BookFile,
        "file is not a database": BookFile,
    }  # fmt: skip
    for text, kind in told.items():
        refusal = connections.said(sqlite3.OperationalError(text), "/x")
        assert isinstance(refusal, kind), text
    assert connections.said(sqlite3.OperationalError("no such table: x"), "/x") is None
