"""What this csm cannot use as a book is refused in one sentence at every door, and is left as it is."""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest

from csm_tui import clock
from csm_tui.cli.main import main
from csm_tui.store import migrate
from csm_tui.store.connection import APPLICATION_ID, SCHEMA_VERSION, BookFile
from tests.conftest import soon
from tests.store.test_connection import DOORS, beside_it, read
from tests.store.test_every_action import filled, run

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
