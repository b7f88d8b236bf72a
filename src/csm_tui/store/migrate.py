"""Makes a new book and brings an older one up to date: numbered scripts, one transaction each, a backup first."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from csm_tui import paths, placing
from csm_tui.store import journal
from csm_tui.store.connection import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    SHELL_BUSY_S,
    BookFile,
    opened,
    said,
    version_of,
)
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = os.path.join(os.path.dirname(__file__), "schema")
NEEDS = {4: "fts5"}
"""The module of SQLite that a script needs, which brings speed and nothing else: where the module is missing the script
is passed over, and a new book gets it once its rows are in."""


def scripts() -> list[tuple[int, str]]:
    """The numbered scripts in their order: number and path."""
    names = sorted(name for name in os.listdir(SCHEMA) if name.endswith(".sql"))
    return [(int(name[:4]), os.path.join(SCHEMA, name)) for name in names]


def make(path: str) -> None:
    """Make an empty book at a path where there is none; a file that is there already is left as it is."""
    with suppress(FileExistsError):
        make_new(path)


def make_new(path: str, fill: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """Make a book where nothing is yet: built whole under another name (0600), so that no half-made book is ever seen.

    Raises FileExistsError where something is, and BookFile where none can be made.
    """
    try:
        paths.private_folder(paths.folder_of(path))
        with placing.aside(path, ".db") as temporary:
            build(temporary, fill)
            placing.put(temporary, path)
    except FileExistsError:
        if not os.path.lexists(path):  # it is a folder above it that is a file
            raise BookFile(f"No book can be made at {path}: its folder is a file.") from None
        raise
    except OSError as error:
        raise BookFile(f"No book can be made at {path}: {error.strerror}.") from None
    except sqlite3.OperationalError as error:
        raise said(error, path) or error from None


def build(path: str, fill: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """Write the newest schema into an empty file; `fill` puts rows in before the journal begins."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        lay_out(connection, fill)
    finally:
        connection.close()


def lay_out(connection: sqlite3.Connection, fill: Callable[[sqlite3.Connection], None] | None = None) -> None:
    """The newest schema in the empty file of a connection."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("BEGIN IMMEDIATE")
    for number, script in scripts():
        if number not in NEEDS:
            _run(connection, number, script)
    if fill is not None:
        fill(connection)
    for number, script in scripts():
        if number in NEEDS:
            _run(connection, number, script)
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    _journal(connection)
    connection.execute("COMMIT")


def _run(connection: sqlite3.Connection, number: int, script: str) -> None:
    """Run one numbered script inside the transaction that is open: the version moves with the rest or not at all.

    Statement by statement, since `executescript` would commit what came before.
    """
    for statement in _statements(script) if has_module(connection, NEEDS.get(number)) else ():
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {number}")


def _statements(script: str) -> Iterator[str]:
    with open(script, encoding="utf-8") as file:
        lines = file.readlines()
    statement = ""
    for line in lines:
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def has_module(connection: sqlite3.Connection, name: str | None) -> bool:
    """Whether this SQLite was built with a module; it has what nobody asks for."""
    return name is None or name in {row[0] for row in connection.execute("PRAGMA module_list").fetchall()}


def _journal(connection: sqlite3.Connection) -> None:
    for statement in journal.triggers(connection):
        connection.execute(statement)


def bring_up_to_date(path: str, backup: Callable[[str], str], busy_s: float = SHELL_BUSY_S) -> None:
    """Run the scripts that an older book lacks, after a verified backup; a book of this version is left alone."""
    connection = opened(path, busy_s, write=True)
    try:
        if version_of(connection, path) >= SCHEMA_VERSION:
            return
        backup(path)
        _climb(connection, path)
    except sqlite3.DatabaseError as error:
        raise said(error, path) or error from None
    finally:
        connection.close()


def _climb(connection: sqlite3.Connection, path: str) -> None:
    """From whatever version the file has now (another process may have been quicker), one transaction a script."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for number, script in scripts():
        connection.execute("BEGIN IMMEDIATE")
        try:
            if number <= version_of(connection, path):
                connection.execute("ROLLBACK")
                continue
            before = _counts(connection)
            _run(connection, number, script)
            _close_history(connection)
            _journal(connection)
            _whole(connection, before, path)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    return {name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for (name,) in tables}


def _whole(connection: sqlite3.Connection, before: dict[str, int], path: str) -> None:
    """A migration may add tables; it may not lose a row, nor leave one that points nowhere."""
    after = _counts(connection)
    lost = [table for table, count in before.items() if after.get(table, -1) < count]
    astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    if lost or astray is not None:
        raise BookFile(f"{path} could not be brought up to date without losing rows; it was left as it was.")


def _close_history(connection: sqlite3.Connection) -> None:
    """Row images of an older shape cannot be put back: what came before a migration is history, not undo."""
    connection.execute("UPDATE operation SET closed = 1")


def ready(path: str, busy_s: float = SHELL_BUSY_S) -> None:
    """The book at a path, made if there is none and brought up to date if it is older.

    Raises BookFile for one that is missed: an empty one in its place would hide that.
    """
    from csm_tui.store.backup import back_up
    from csm_tui.store.offers import missed

    if not os.path.lexists(path):
        if gone := missed(path):
            raise gone
        make(path)
    bring_up_to_date(path, back_up, busy_s)
