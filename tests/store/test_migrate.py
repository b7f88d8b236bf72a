"""An older book comes up to date whole: a verified backup first, no row lost, and old or new at every moment."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, journal, migrate
from csm_tui.store.connection import APPLICATION_ID, SCHEMA_VERSION, BookFile, Busy, Outdated, reading
from csm_tui.store.transaction import undo
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY
from tests.store.test_every_action import AT, FILL, rows

OPERATION = f"INSERT INTO operation (kind, label, origin, at, open) VALUES ('do', 'Old work', 'shell', '{AT}', 1);"


def old(path: str, version: int = 1) -> str:
    """A book of an older version, as the program of that day left it: rows and an operation in every table."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for number, script in migrate.scripts():
            if number <= version:
                connection.executescript(Path(script).read_text(encoding="utf-8"))
        for statement in journal.triggers(connection):
            connection.execute(statement)
        there = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        fill = ";\n".join(part for part in FILL.split(";\n") if part.strip() and part.split()[2] in there)
        connection.executescript(
            f"{OPERATION}\n{fill};\nUPDATE operation SET open = 0;\nPRAGMA user_version = {version};"
        )
    Path(path).chmod(0o600)
    return path


@pytest.fixture
def v1(tmp_path: Path) -> str:
    """A book of the first version."""
    return old(str(tmp_path / "old.db"))


def contents(path: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table there is, in a file of whatever version."""
    names = rows(
        path,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    return {name: rows(path, f"SELECT * FROM {name} ORDER BY id") for (name,) in names}


def as_before(before: dict[str, list[tuple[Any, ...]]], path: str) -> bool:
    """Whether every row of an older book stands in the file; a script may add columns, and adds them at the end."""
    after = contents(path)
    return all(
        [row[: len(kept[0])] for row in after[table]] == kept
        for table, kept in before.items()
        if table != "operation" and kept
    )


def schema(path: str) -> list[tuple[Any, ...]]:
    return rows(path, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


def version(path: str) -> int:
    return int(rows(path, "PRAGMA user_version")[0][0])


def whole(path: str) -> bool:
    found = rows(path, "PRAGMA integrity_check"), rows(path, "PRAGMA foreign_key_check")
    return found == ([("ok",)], [])


def test_a_new_book_keeps_rows_that_come_after_its_journal_and_none_before(tmp_path: Path) -> None:
    path = str(tmp_path / "made.db")
    Path(path).touch()

    def fill(connection: sqlite3.Connection) -> None:
        connection.executemany("INSERT INTO account (name, added_on) VALUES (?, '2026-01-01')", [("A",), ("B",)])

    migrate.build(path, fill)
    assert rows(path, "SELECT count(*) FROM account") == [(2,)]
    assert rows(path, "SELECT count(*) FROM change") == [(0,)]


def test_a_book_of_this_version_is_left_alone_and_not_backed_up(book: str) -> None:
    before = Path(book).read_bytes()
    migrate.ready(book)
    assert Path(book).read_bytes() == before
    assert backup.backups(book) == []


def test_where_no_backup_can_be_made_nothing_is_changed(v1: str) -> None:
    Path(paths.backups(v1)).write_text("in the way")
    before = Path(v1).read_bytes()
    with pytest.raises((BookFile, OSError)):
        migrate.ready(v1)
    assert Path(v1).read_bytes() == before


def test_where_no_backup_can_be_made_it_is_said_in_a_sentence(v1: str) -> None:
    Path(paths.backups(v1)).write_text("in the way")
    with pytest.raises(Refusal):
        migrate.ready(v1)


def test_the_history_before_a_migration_is_history_and_no_undo(v1: str) -> None:
    migrate.ready(v1)
    before = contents(v1)
    with pytest.raises(Refusal, match="There is nothing to undo"):
        undo(v1, "shell", AT)
    assert contents(v1) == before
    with reading(v1, TODAY) as book:
        [entry] = journal.history(book, 9)
    assert (entry.label, entry.closed, entry.changes > 0) == ("Old work", True, True)


def test_what_is_done_after_a_migration_can_be_undone(v1: str) -> None:
    migrate.ready(v1)
    before = contents(v1)["account"]
    with write_light(v1, journal.Operation("New work", "shell", AT), TODAY) as writing:
        writing.add("pulse", account_id=1, value=3, given_on="2026-11-21")
        writing.change("account", 1, name="Other")
    assert undo(v1, "shell", AT).label == "New work"
    assert contents(v1)["account"] == before
    assert contents(v1)["pulse"] == []


def test_an_older_book_is_not_read_as_if_it_were_of_this_version(v1: str) -> None:
    before = Path(v1).read_bytes()
    with pytest.raises(Outdated, match=f"a book of version 1; this csm reads version {SCHEMA_VERSION}"):
        reading(v1, TODAY)
    assert Path(v1).read_bytes() == before


STEPS = ["_counts", "_run", "_close_history", "_journal", "_whole"]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_leaves_the_old_book(
    v1: str, step: str, after: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old_schema = contents(v1), schema(v1)
    real: Callable[..., Any] = getattr(migrate, step)

    def breaks(*given: Any) -> Any:
        if after:
            real(*given)
        raise ZeroDivisionError

    monkeypatch.setattr(migrate, step, breaks)
    with pytest.raises(ZeroDivisionError):
        migrate.ready(v1)
    assert (contents(v1), schema(v1), version(v1), whole(v1)) == (before, old_schema, 1, True)
    monkeypatch.undo()
    migrate.ready(v1)
    assert version(v1) == SCHEMA_VERSION


def test_a_script_that_loses_rows_is_refused_and_rolled_back(
    v1: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing = tmp_path / "0002_losing.sql"
    losing.write_text("DELETE FROM contact WHERE id = 3;")
    monkeypatch.setattr(migrate, "scripts", lambda: [(1, ""), (2, str(losing))])
    before = contents(v1)
    with pytest.raises(BookFile, match="without losing rows; it was left as it was"):
        migrate.ready(v1)
    assert (contents(v1), version(v1)) == (before, 1)


def test_a_script_that_leaves_rows_pointing_nowhere_is_refused_and_rolled_back(
    v1: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    losing = tmp_path / "0002_losing.sql"
    losing.write_text("UPDATE contact SET account_id = 99 WHERE id = 3;")
    monkeypatch.setattr(migrate, "scripts", lambda: [(1, ""), (2, str(losing))])
    before = contents(v1)
    with pytest.raises(BookFile, match="it was left as it was"):
        migrate.ready(v1)
    assert (contents(v1), version(v1)) == (before, 1)


def test_a_process_that_was_quicker_is_no_error(v1: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have seen the old version; the second finds the work done, between its look and its lock."""
    real = migrate._climb

    def climb(connection: sqlite3.Connection, path: str) -> None:
        monkeypatch.setattr(migrate, "_climb", real)
        migrate.ready(path)
        assert version(path) == SCHEMA_VERSION
        real(connection, path)

    monkeypatch.setattr(migrate, "_climb", climb)
    migrate.ready(v1)
    assert (version(v1), whole(v1)) == (SCHEMA_VERSION, True)


def four_at_once(path: str) -> None:
    """Four processes that make a book ready in the same moment; none of them says a word."""
    code = "import sys; from csm_tui.store import migrate; input(); migrate.ready(sys.argv[1])"
    running = [
        subprocess.Popen([sys.executable, "-c", code, path], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for child in running:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    assert [child.communicate(timeout=60)[1] for child in running] == [""] * 4


def test_several_processes_bring_one_book_up_to_date_at_once(v1: str) -> None:
    before = contents(v1)
    four_at_once(v1)
    assert (version(v1), whole(v1)) == (SCHEMA_VERSION, True)
    assert as_before(before, v1)
    assert all(whole(kept) for kept in backup.backups(v1))


def test_several_processes_make_one_book_at_once(tmp_path: Path) -> None:
    path = str(tmp_path / "deep" / "er" / "book.db")
    four_at_once(path)
    assert (version(path), whole(path)) == (SCHEMA_VERSION, True)
    assert [found.name for found in Path(path).parent.iterdir()] == ["book.db"]


def test_a_held_book_says_that_another_csm_is_writing(v1: str) -> None:
    with closing(sqlite3.connect(v1, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match="Another csm is writing"):
            migrate.ready(v1, 0.05)
        other.rollback()
    assert version(v1) == 1


def test_a_book_that_is_there_is_never_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(b"mine")
    migrate.make(str(path))
    assert path.read_bytes() == b"mine"
    assert [found.name for found in tmp_path.iterdir()] == ["mine.db"]


@pytest.mark.parametrize("place", ["file/book.db", "file/deeper/book.db"])
def test_where_no_folder_can_be_made_it_is_said_in_a_sentence(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refusal):
        migrate.make(str(tmp_path / place))
    assert (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_another_process_has_just_made_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.mkdir

    def slower(path: str, mode: int = 0o777) -> None:
        real(path, mode)
        real(path, mode)

    monkeypatch.setattr(os, "mkdir", slower)
    migrate.make(str(tmp_path / "new" / "book.db"))
    assert (tmp_path / "new" / "book.db").exists()
