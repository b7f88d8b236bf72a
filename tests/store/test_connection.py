"""A file that is no book of ours is refused in one sentence and left as it is; all connections keep the same rules."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import sqlite3
import tempfile
import threading
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from csm_tui import clock
from csm_tui.cli.main import main
from csm_tui.store import connection as connections
from csm_tui.store import migrate
from csm_tui.store.connection import APPLICATION_ID, SCHEMA_VERSION, BookFile, Busy, opened, reading, uri
from csm_tui.store.journal import Operation
from csm_tui.store.transaction import redo, transaction, undo
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY, soon
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, do, dump, filled, full, full_once, rows, run

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
COMMANDS = [["today"], ["log", "northwind", "call ok"], ["account", "add", "Bolt"], ["undo"], ["history"], ["backup"]]


def sqlite_file(path: Path, application_id: int, version: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.executescript(f"PRAGMA application_id={application_id}; PRAGMA user_version={version}; CREATE TABLE t (x)")


@cache
def sound() -> bytes:
    """The content of a whole book with rows in every table, of which the rules have been asked today."""
    with tempfile.TemporaryDirectory() as folder:
        path = filled(f"{folder}/book.db")
        run(path, f"UPDATE kept_up SET on_day = '{clock.today()}'")
        return Path(path).read_bytes()


def newer(path: Path) -> None:
    path.write_bytes(sound())
    with closing(sqlite3.connect(path, isolation_level=None)) as made:
        made.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")


def changed(path: Path, at: int, data: bytes) -> None:
    content = bytearray(sound())
    content[at : at + len(data)] = data
    path.write_bytes(content)


def truncated(path: Path, left: Callable[[int], int]) -> None:
    path.write_bytes(sound()[: left(len(sound()))])


RANDOM = random.Random(5)
STRANGERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "newer": (newer, "written by a newer csm"),
    "foreign": (lambda path: sqlite_file(path, 0x12345678, SCHEMA_VERSION), "is not a csm book"),
    "without an application id": (lambda path: sqlite_file(path, 0, SCHEMA_VERSION), "is not a csm book"),
    "ours without a version": (lambda path: sqlite_file(path, APPLICATION_ID, 0), "is not a csm book"),
    "text": (lambda path: path.write_text("name,arr\nAcme,48000\n" * 200), "is not a csm book"),
    "one byte": (lambda path: path.write_bytes(b"x"), "is not a csm book"),
    "random bytes": (lambda path: path.write_bytes(RANDOM.randbytes(9000)), "is not a csm book"),
    "the head of SQLite and random bytes": (
        lambda path: path.write_bytes(b"SQLite format 3\0" + RANDOM.randbytes(9000)), "is not a csm book|is damaged",
    ),
    "an overwritten head": (lambda path: changed(path, 0, RANDOM.randbytes(100)), "is not a csm book|is damaged"),
    "an impossible page size": (lambda path: changed(path, 16, b"\x00\x03"), "is damaged"),
    "an overwritten first page": (lambda path: changed(path, 100, RANDOM.randbytes(900)), "is damaged"),
    "cut to a page": (lambda path: truncated(path, lambda _: 4096), "is damaged"),
    "cut to a half": (lambda path: truncated(path, lambda length: length // 2), "is damaged"),
    "cut to a head": (lambda path: truncated(path, lambda _: 100), "is damaged|is not a csm book"),
    "empty": (lambda path: path.touch(), "is empty, so it is not a book"),
    "a folder": (lambda path: path.mkdir(), "is not a file"),
    "a pipe": (os.mkfifo, "is not a file"),
    "a symbolic link to itself": (lambda path: path.symlink_to(path), "cannot be opened"),
    "a symbolic link to nothing": (lambda path: path.symlink_to(path.parent / "gone"), "There is no book"),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is not a file"),
}  # fmt: skip


def beside_it(folder: Path) -> list[str]:
    return sorted(found.name for found in folder.iterdir())


def content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


@pytest.mark.parametrize(
    ("kind", "door"),
    [(kind, door) for kind in STRANGERS for door in DOORS if (kind, door) != ("newer", "bring up to date")],
)
def test_what_is_no_book_is_refused_at_every_door_and_left_as_it_is(tmp_path: Path, kind: str, door: str) -> None:
    make, sentence = STRANGERS[kind]
    path = tmp_path / "strange.db"
    make(path)
    before, beside = content(path), beside_it(tmp_path)
    with soon(), pytest.raises(BookFile, match=sentence) as refused:
        DOORS[door](str(path))
    told = str(refused.value)
    assert (told.count("\n"), told[-1]) == (0, ".")
    assert str(path) in told
    assert content(path) == before
    assert beside_it(tmp_path) == beside


@pytest.mark.parametrize("kind", STRANGERS)
def test_every_command_refuses_it_in_one_sentence(
    tmp_path: Path, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "strange.db"
    STRANGERS[kind][0](path)
    before, beside = content(path), beside_it(tmp_path)
    for command in COMMANDS:
        with soon():
            code = main([command[0], "--db", str(path), *command[1:]])
        told = capsys.readouterr()
        ways_out = 2 if "is damaged" in told.err else 0
        assert (code, told.out, told.err.count("\n")) == (1, "", 1 + ways_out), command
        assert content(path) == before
        assert beside_it(tmp_path) == beside


def test_a_newer_book_is_not_brought_down_to_date(tmp_path: Path) -> None:
    newer(tmp_path / "newer.db")
    before = content(tmp_path / "newer.db")
    migrate.ready(str(tmp_path / "newer.db"))
    assert content(tmp_path / "newer.db") == before
    assert beside_it(tmp_path) == ["newer.db"]


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with closing(socket.socket(socket.AF_UNIX)) as bound:
        bound.bind("book.db")
        with soon(), pytest.raises(BookFile, match="is not a file"):
            read("book.db")


def test_a_missing_book_is_missing_and_not_made_by_looking(tmp_path: Path) -> None:
    for door in ("read", "write lightly", "write models", "undo", "redo"):
        with pytest.raises(BookFile, match="There is no book at"):
            DOORS[door](str(tmp_path / "none.db"))
    assert beside_it(tmp_path) == []


def test_a_book_that_was_put_in_place_anew_takes_no_write_that_was_begun_before(book: str, tmp_path: Path) -> None:
    with closing(opened(book, 1, write=True)) as writer:
        writer.execute("SELECT count(*) FROM account").fetchone()
        shutil.copy(book, tmp_path / "other.db")
        (tmp_path / "other.db").replace(book)
        with pytest.raises(sqlite3.OperationalError) as raised:
            writer.execute("INSERT INTO account (name, added_on) VALUES ('a', '2026-11-21')")
    assert "was put in place anew in the meantime: nothing was changed" in str(connections.said(raised.value, book))


def as_nobody(deed: Callable[[], object]) -> str:
    """What a deed came to for a user without rights: nothing, or the error."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        told = ""
        try:
            if os.getuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            deed()
        except BaseException as error:  # noqa: BLE001 - told to the parent
            told = f"{type(error).__name__}: {error}"
        os.write(writer, told.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told_by_child:
        return told_by_child.read()


@pytest.fixture
def open_folder(tmp_path: Path) -> Path:
    """A folder that any user can reach, with nothing in it."""
    for folder in (tmp_path, *tmp_path.parents[:4]):
        if folder.stat().st_uid == os.geteuid() and folder.name.startswith(("pytest", "popen", "test")):
            folder.chmod(0o755)
    made = tmp_path / "open"
    made.mkdir(mode=0o755)
    return made


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
        with write_light(full, WORK, TODAY, 20) as writing:
            writing.add("account", name="Late", added_on="2026-11-21")
            holding.set()

    holding = threading.Event()
    writer = threading.Thread(target=work)
    with reading(full, TODAY) as book:
        first = book.rows("SELECT * FROM account")
        writer.start()
        assert holding.wait(10)
        assert book.rows("SELECT * FROM account") == first
        assert book.row("SELECT count(*) FROM operation") == (0,)
    writer.join(20)
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


def read_only(folder: Path) -> str:
    """A book that nobody may write, in a folder where nobody may write."""
    path = filled(str(folder / "book.db"))
    do(path, DEEDS["edit an account"])
    Path(path).chmod(0o444)
    folder.chmod(0o555)
    return path


def test_a_read_only_book_is_read(open_folder: Path) -> None:
    path = read_only(open_folder)
    before = Path(path).read_bytes()
    assert as_nobody(lambda: read(path)) == ""
    open_folder.chmod(0o755)
    assert Path(path).read_bytes() == before


@pytest.mark.parametrize("door", ["write lightly", "write models", "undo"])
def test_a_write_to_a_read_only_book_is_refused_in_a_sentence(open_folder: Path, door: str) -> None:
    path = read_only(open_folder)
    before = Path(path).read_bytes()
    told = as_nobody(lambda: DOORS[door](path))
    open_folder.chmod(0o755)
    assert told.startswith("BookFile: ")
    assert told.endswith("may not be written: nothing was changed; check the file and its folder.")
    assert Path(path).read_bytes() == before


def test_a_write_in_a_folder_where_no_journal_can_be_made_is_refused_in_a_sentence(open_folder: Path) -> None:
    path = read_only(open_folder)
    Path(path).chmod(0o666)
    told = as_nobody(lambda: write_lightly(path))
    open_folder.chmod(0o755)
    assert told.startswith("BookFile: ")
    assert "may not be written: nothing was changed" in told


def test_a_book_of_somebody_else_is_refused(open_folder: Path) -> None:
    path = filled(str(open_folder / "book.db"))
    Path(path).chmod(0)
    assert as_nobody(lambda: read(path)) == f"BookFile: {path} may not be read: check whose file it is."


def test_a_folder_of_somebody_else_is_refused(open_folder: Path) -> None:
    path = filled(str(open_folder / "book.db"))
    open_folder.chmod(0)
    told = as_nobody(lambda: read(path))
    open_folder.chmod(0o755)
    assert told == f"BookFile: {path} cannot be opened: Permission denied."


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
