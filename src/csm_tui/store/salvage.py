"""A damaged book is read page by page into a sound one beside it; the damaged file is copied first, and left as it is.

What a page lost is looked for in the indexes, which name the rows that there were, and in the journal, which holds an
image of each row that csm wrote. What still belongs to a lost row is settled by `standing_in.py`.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, migrate
from csm_tui.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    SHELL_BUSY_S,
    BookFile,
    look,
    newer,
    no_book,
    opened,
    version_of,
)
from csm_tui.store.journal import columns
from csm_tui.store.pages import Pages, Record, Value
from csm_tui.store.remains import TABLES, Remains
from csm_tui.store.standing_in import StandingIn
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

SAMPLE = 50
"""So many rows of a nameless tree tell whose they are."""

OURS = 5
"""A file with so many tables of our names is a book, even where its head is lost; the first version had nine."""


class Saved(NamedTuple):
    """What became of a table: how many rows are back as they were, how many of these from the journal or an index; and
    the ids of the rows that something stands in for, that are missing, and that were left out, as they belonged to one.
    """

    table: str
    back: int
    found: int = 0
    standing_in: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()


class Salvaged(NamedTuple):
    """The new book, and what became of each table."""

    path: str
    tables: tuple[Saved, ...]


def salvage(path: str, today: date, texts: Mapping[str, str]) -> Salvaged:
    """Make a sound book of what can be read of a damaged one; `texts` are the playbooks there are, by their digest.

    Raises BookFile for a file that is whole, newer, or no book.
    """
    look(path)
    path = os.path.realpath(path)
    target = free_name(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".salvage-", dir=paths.folder_of(path)) as folder:
            copy, fresh = os.path.join(folder, "copy.db"), os.path.join(folder, "fresh.db")
            _copy(path, copy)
            _refuse_whole(path, copy)
            os.close(os.open(fresh, os.O_CREAT | os.O_EXCL, 0o600))
            with open(copy, "rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as data:
                saving = Saving(_remains(path, Pages(data)), today, texts)
                migrate.build(fresh, saving.fill)
            backup.copy(fresh, target)
    except OSError as error:
        raise BookFile(f"Nothing was salvaged: {error.strerror} ({paths.folder_of(path)}).") from None
    return Salvaged(target, saving.told())


def free_name(path: str) -> str:
    """A name beside the book that nothing has yet."""
    stem = path.removesuffix(".db")
    number, free = 1, f"{stem}-salvaged.db"
    while os.path.lexists(free):
        number += 1
        free = f"{stem}-salvaged-{number}.db"
    return free


def _copy(path: str, copy: str) -> None:
    """The file as it is, with the journal of a crash, which SQLite plays back into the copy alone."""
    before = os.stat(path)
    shutil.copyfile(path, copy)
    if os.path.exists(f"{path}-journal"):
        shutil.copyfile(f"{path}-journal", f"{copy}-journal")
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(copy)) as connection:
            connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    after = os.stat(path)
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size):
        raise Refusal(f"{path} was written in the meantime: close every other csm, and try again.")


def _refuse_whole(path: str, copy: str) -> None:
    try:
        with closing(opened(copy, SHELL_BUSY_S, write=False)) as connection:
            version = version_of(connection, copy)
            backup.verify(connection, copy)
    except (BookFile, sqlite3.DatabaseError):
        return
    if version > SCHEMA_VERSION:
        raise newer(path, version)
    raise BookFile(f"{path} is whole, so there is nothing to salvage: `csm backup` copies it.")


def _remains(path: str, pages: Pages) -> Remains:
    """What is left of our own book. Raises BookFile for one of a newer csm, and for a file of another program."""
    if pages.application_id == APPLICATION_ID and pages.version > SCHEMA_VERSION:
        raise newer(path, pages.version)
    remains = Remains(pages)
    if len(remains.trees.keys() & set(TABLES)) < OURS:
        raise no_book(path)
    return remains


class Saving:
    """Puts what is left of a book into an empty one, and keeps count of what is not."""

    def __init__(self, remains: Remains, today: date, texts: Mapping[str, str]) -> None:
        self._remains = remains
        self._today, self._texts = today, texts
        self._there: dict[str, int] = {}
        self._found: dict[str, int] = dict.fromkeys(TABLES, 0)
        self._refused: dict[str, list[int]] = {table: [] for table in TABLES}
        self._lost: dict[str, dict[int, dict[str, Value]]] = {table: {} for table in TABLES}
        self._standing_in: dict[str, list[int]] = {}
        self._left_out: dict[str, list[int]] = {}

    def fill(self, connection: sqlite3.Connection) -> None:
        """Put in what can be read, then what the journal remembers, and settle every reference."""
        columns_of = {table: columns(connection, table) for table in TABLES}
        for table in TABLES:
            self._put(connection, table, columns_of[table], self._remains.rows(table))
        for rows in self._remains.nameless():
            owner = self._whose(connection, columns_of, rows)
            if owner is not None:
                self._put(connection, owner, columns_of[owner], rows)
        for table in TABLES:
            if self._refused[table] or self._remains.is_harmed(table):
                self._find_lost(connection, table)
                if not self._remains.is_harmed("change"):  # else what was taken out since might come back
                    self._remember(connection, table)
        standing_in = StandingIn(connection, self._lost, self._today, self._texts)
        standing_in.make_whole()
        self._standing_in, self._left_out = standing_in.made, standing_in.left_out
        connection.execute("UPDATE operation SET open = 0, closed = 1")
        self._keep_counting(connection)
        self._there = {table: len(_ids(connection, table)) for table in TABLES}

    def _put(
        self, connection: sqlite3.Connection, table: str, names: list[str], rows: Iterable[tuple[int, Record]]
    ) -> None:
        """Rows into a table; one that it does not take was no row of it, or is damaged itself."""
        for row_id, values in rows:
            if not _add(connection, table, names, row_id, values):
                self._refused[table].append(row_id)

    def _whose(
        self, connection: sqlite3.Connection, columns_of: Mapping[str, list[str]], rows: list[tuple[int, Record]]
    ) -> str | None:
        """Which of the torn tables takes all of a sample; if several, the one that gave these ids last."""
        newest, highest = self._remains.newest_ids(), max((row_id for row_id, _ in rows), default=0)
        takers = []
        for table in TABLES:
            if table in self._remains.torn and rows:
                connection.execute("SAVEPOINT sample")
                if all(_add(connection, table, columns_of[table], *row) for row in rows[:SAMPLE]):
                    takers.append(table)
                connection.execute("ROLLBACK TO sample")
                connection.execute("RELEASE sample")
        return min(takers, key=lambda table: newest.get(table) != highest, default=None)

    def _find_lost(self, connection: sqlite3.Connection, table: str) -> None:
        """What the indexes know of rows that are not in the new book."""
        there = _ids(connection, table)
        indexed: dict[str, list[str]] = {}
        lost = self._lost[table] = {row_id: {} for row_id in self._refused[table] if row_id not in there}
        for index, (*values, row_id) in self._remains.entries(table):
            if isinstance(row_id, int) and row_id not in there:
                names = indexed.setdefault(index, _indexed(connection, index))
                lost.setdefault(row_id, {}).update(zip(names, values, strict=False))
        every = set(columns(connection, table)) - {"id"}
        for row_id, known in list(lost.items()):
            if known.keys() == every:
                self._find(connection, table, row_id, known)

    def _find(self, connection: sqlite3.Connection, table: str, row_id: int, values: Mapping[str, Value]) -> None:
        """A lost row that is known whole."""
        if _add(connection, table, ["id", *values], row_id, [row_id, *values.values()]):
            self._found[table] += 1
            self._lost[table].pop(row_id, None)

    def _remember(self, connection: sqlite3.Connection, table: str) -> None:
        """The newest images of lost rows; what was taken out since has none."""
        there = _ids(connection, table)
        newest = connection.execute(
            "SELECT row_id, after FROM change WHERE after IS NOT NULL AND id IN "
            "(SELECT max(id) FROM change WHERE table_name = ? GROUP BY row_id)",
            (table,),
        ).fetchall()
        for row_id, after in newest:
            if row_id not in there:
                image = json.loads(after)
                image.pop("id", None)
                self._find(connection, table, row_id, image)

    def _keep_counting(self, connection: sqlite3.Connection) -> None:
        """No id is given a second time."""
        for table, newest in self._remains.newest_ids().items():
            if table in TABLES:
                connection.execute("DELETE FROM sqlite_sequence WHERE name = ? AND seq < ?", (table, newest))
                connection.execute(
                    "INSERT INTO sqlite_sequence (name, seq) SELECT ?1, ?2 "
                    "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = ?1)",
                    (table, newest),
                )

    def told(self) -> tuple[Saved, ...]:
        """What became of every table."""
        return tuple(self._told(table) for table in TABLES)

    def _told(self, table: str) -> Saved:
        made = set(self._standing_in.get(table, ()))
        left_out = self._left_out.get(table, [])
        missing = self._lost[table].keys() - made
        back = self._there[table] - len(made)
        return Saved(
            table, back, self._found[table], tuple(sorted(made)), tuple(sorted(missing)), tuple(sorted(left_out))
        )


def _add(connection: sqlite3.Connection, table: str, names: list[str], row_id: int, values: Record) -> bool:
    """Whether a table takes a row. One from before columns were added to its table is shorter; the id stands first."""
    if not 1 < len(values) <= len(names):
        return False
    marks = ", ".join("?" * len(values))
    sql = f"INSERT INTO {table} ({', '.join(names[: len(values)])}) VALUES ({marks})"
    try:
        connection.execute(sql, (row_id, *values[1:]))
    except (sqlite3.IntegrityError, sqlite3.OperationalError, OverflowError):
        return False
    return True


def _ids(connection: sqlite3.Connection, table: str) -> set[int]:
    return {row[0] for row in connection.execute(f"SELECT id FROM {table}").fetchall()}


def _indexed(connection: sqlite3.Connection, index: str) -> list[str]:
    """The columns of an index as a new book has it; none for an index that it has not."""
    return [row[2] for row in connection.execute(f"PRAGMA index_info({index})").fetchall()]
