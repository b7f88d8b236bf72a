"""Group C, versions: a newer book is left alone, each older one comes up to date whole, and never half.

`books/` holds a book of every version there was, as the program of that version wrote it, with rows in every table.
They are never made anew: a new version adds the one before it.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import resource
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, migrate
from csm_tui.store.connection import SCHEMA_VERSION
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.faults.test_b_damage import COMMANDS, WRITES, Shelf, first_frame, run, see
from tests.store.test_every_action import rows

BOOKS = Path(__file__).parent / "books"
VERSIONS = range(1, SCHEMA_VERSION + 1)
Hashes = dict[str, str]


def frozen(path: Path, version: int) -> str:
    """The book of a version, at a path."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(gzip.decompress((BOOKS / f"v{version}.db.gz").read_bytes()))
    path.chmod(0o600)
    return str(path)


def tables(path: str) -> list[str]:
    """Every table of a file that is ours; those in which SQLite keeps an index of words are not."""
    found = rows(
        path,
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    return sorted(name for (name,) in found)


def columns(path: str) -> dict[str, str]:
    """The columns of each table, but that which says that the history is closed, as a migration closes it."""
    with closing(sqlite3.connect(path)) as book:
        return {
            table: ", ".join(row[1] for row in book.execute(f"PRAGMA table_info({table})") if row[1] != "closed")
            for table in tables(path)
        }


def hashes(path: str, columns_of: dict[str, str]) -> Hashes:
    """Of each table how many rows there are, and a hash of what stands in some of its columns."""
    found = {}
    with closing(sqlite3.connect(path)) as book:  # each connection reads the whole schema first
        for table, names in columns_of.items():
            content = book.execute(f"SELECT {names} FROM {table} ORDER BY 1").fetchall()
            found[table] = f"{len(content)} {hashlib.sha256(repr(content).encode()).hexdigest()}"
    return found


def state(path: str) -> tuple[Any, ...]:
    """Version, schema and rows, and whether all is whole."""
    version, schema = rows(path, "PRAGMA user_version"), rows(path, "SELECT * FROM sqlite_master ORDER BY name")
    whole = rows(path, "PRAGMA integrity_check"), rows(path, "PRAGMA foreign_key_check")
    return version, schema, hashes(path, columns(path)), whole == ([("ok",)], [])


def schema(path: str) -> list[tuple[Any, ...]]:
    """Every object by name, as its script wrote it."""
    return rows(path, "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")


@pytest.mark.fault("C5")
def test_a_newer_book_is_refused_by_both_versions_and_left_as_it_is(
    tally: Tally, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(book, isolation_level=None)) as made:
        made.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    monkeypatch.setenv("CSM_DB", book)
    shelf = Shelf(Path(book), b"", "")
    before = shelf.state()
    restore = ["restore", book, "--db", f"{book}.none"]
    for words in (["today"], ["doctor", "--salvage"], *COMMANDS, *WRITES, restore):
        ran = run(*words)
        see(tally, words[0], ran, untouched=shelf.state() == before)
        if f"book version {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION}" not in ran.said:
            tally.lost.append(f"{words[0]} does not name both versions: {ran.said}")
    ran = first_frame(book)
    see(tally, "workspace", ran, untouched=shelf.state() == before)
    tally.lost += ["the workspace took it"] * (ran.code != 1)
    see(tally, "doctor", run("doctor"), untouched=shelf.state() == before)


@pytest.mark.fault("C6")
@pytest.mark.parametrize("version", VERSIONS)
def test_a_book_of_each_version_comes_up_to_date_with_its_rows_equal(
    tally: Tally, tmp_path: Path, book: str, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = frozen(tmp_path / "old" / "book.db", version)
    monkeypatch.setenv("CSM_DB", path)
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    before, was = state(path), columns(path)
    empty = [table for table, told in hashes(path, was).items() if told.startswith("0 ") and "_find" not in table]
    assert not empty, "a frozen book has rows in every table"
    facts = {table: names for table, names in was.items() if "_find" not in table and table != "kept_up"}
    kept = hashes(path, facts)
    assert run("accounts").code == 0
    tally.tried += 1
    for table, told in hashes(path, facts).items():
        if told != kept[table]:
            tally.lost.append(f"version {version}: {table}")
    tally.lost += ["the schema is not that of a new book"] * (schema(path) != schema(book))
    found = backup.backups(path)
    if version < SCHEMA_VERSION:
        assert len(found) == 1, "there is no backup"
        made = found[0]
        tally.lost += ["the backup is not the old book"] * (state(made) != before)
        tally.lost += ["the backup has no date"] * (not Path(made).name.startswith("20"))
    tally.tried += 2
    assert run("log", "Acme", "call after the change").code == 0
    assert run("undo").code == 0
    tally.lost += ["what was undone"] * (hashes(path, facts)["touchpoint"] != kept["touchpoint"])


def counting(cut: Callable[[], object], when: int) -> tuple[type[sqlite3.Connection], list[int]]:
    """A connection that does something before its n-th statement, and the count."""
    said = [0]

    class Counting(sqlite3.Connection):
        def execute(self, *given: Any) -> sqlite3.Cursor:
            said[0] += 1
            if said[0] == when:
                cut()
            return super().execute(*given)

    return Counting, said


def fail() -> None:
    """What SQLite says when a disk breaks."""
    raise sqlite3.OperationalError("disk I/O error")


def die() -> None:
    """No time to tidy up."""
    os.kill(os.getpid(), signal.SIGKILL)


def ready_cut(path: str, cut: Callable[[], object], when: int) -> int:
    """Bring a book up to date with every statement counted, all connections together; how many there were."""
    connect = sqlite3.connect
    factory, said = counting(cut, when)
    sqlite3.connect = lambda *given, **named: connect(*given, **{**named, "factory": factory})
    try:
        migrate.ready(path)
    finally:
        sqlite3.connect = connect
    return said[0]


def in_a_child(deed: Callable[[], object]) -> int:
    """Run something in a process of its own; the signal that ended it, or 0."""
    child = os.fork()
    if child == 0:
        try:
            deed()
        except BaseException:  # noqa: BLE001 - what it came to is looked at in the file
            os._exit(1)
        os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


class Oracle:
    """What a book of the first version may be: as it was, or as each script leaves it, and nothing between."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "cut" / "book.db"
        self.old = state(frozen(self.path, 1))
        self._columns = columns(str(self.path))
        self.statements = ready_cut(str(self.path), fail, 0)
        self.new, self.size = state(str(self.path)), self.path.stat().st_size

    def lay(self) -> str:
        """The old book in its place, without backups."""
        for found in backup.backups(str(self.path)):
            Path(found).unlink()
        return frozen(self.path, 1)

    def judge(self, tally: Tally, where: str) -> None:
        """Old, or up to a version, all of it; and a second run goes on to the new."""
        tally.tried += 1
        version, _, _, whole = found = state(str(self.path))
        if not whole or hashes(str(self.path), self._columns) != self.old[2]:
            tally.lost.append(f"{where}: not whole at version {version}")
        if version == self.old[0] and found != self.old:
            tally.lost.append(f"{where}: the old version, and not the old book")
        try:
            migrate.ready(str(self.path))
        except (sqlite3.Error, Refusal) as error:
            tally.lost.append(f"{where}: the second run did not go on: {error}")
            return
        if state(str(self.path)) != self.new:
            tally.lost.append(f"{where}: the second run did not go on")


@pytest.fixture(scope="module")
def oracle(tmp_path_factory: pytest.TempPathFactory) -> Oracle:
    """The book of the first version, and what it becomes."""
    return Oracle(tmp_path_factory.mktemp("versions"))


def some(most: int, part: int) -> range:
    """Every statement, or every so manieth."""
    return range(1, most + 1, max(1, most // rounds(most, part)))


@pytest.mark.slow
@pytest.mark.fault("C7")
def test_a_statement_that_fails_leaves_old_or_new_and_a_second_run_goes_on(tally: Tally, oracle: Oracle) -> None:
    tally.figures["statements"] = oracle.statements
    for when in some(oracle.statements, 100)[::2]:
        try:
            with suppress(Refusal):
                ready_cut(oracle.lay(), fail, when)
        except sqlite3.Error as error:
            tally.crashed.append(f"statement {when}: {error}")
        oracle.judge(tally, f"statement {when}")


@pytest.mark.slow
@pytest.mark.fault("C7")
def test_a_kill_before_a_statement_leaves_old_or_new_and_a_second_run_goes_on(tally: Tally, oracle: Oracle) -> None:
    for when in some(oracle.statements, 50)[::4]:
        path = oracle.lay()
        assert in_a_child(lambda path=path, when=when: ready_cut(path, die, when)) == signal.SIGKILL  # type: ignore[misc]
        oracle.judge(tally, f"killed before statement {when}")


@pytest.mark.fault("C7")
def test_a_write_that_finds_no_room_leaves_old_or_new_and_a_second_run_goes_on(tally: Tally, oracle: Oracle) -> None:
    """A file may grow so far and no farther: the write beyond that fails, of the backup, the journal or the book."""
    small, large = len(gzip.decompress((BOOKS / "v1.db.gz").read_bytes())), oracle.size

    def ready(path: str, most: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        migrate.ready(path)

    for most in [0, 512, 4096, small - 4096, *range(small, large, (large - small) // rounds(50, 25))]:
        path = oracle.lay()
        assert in_a_child(lambda path=path, most=most: ready(path, most)) == 0  # type: ignore[misc]
        oracle.judge(tally, f"no more than {most} bytes")
