"""What is wrong in a book after a crash: pages, references, operations that are half done, rows that the journal does
not know, operations that were said to be saved and are not there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from csm_tui.store.journal import JOURNALLED

NEWEST = (
    "SELECT row_id, after FROM change WHERE id IN (SELECT max(id) FROM change WHERE table_name = ? GROUP BY row_id)"
)
"""The newest image of each row of a table."""


def wrongs(path: str, said: Mapping[str, int] | None = None) -> list[str]:
    """Sentences, none of them with a value of the book. `said` counts the changes of each origin said to be saved."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            return torn(path) or [*_half(connection), *_gone(connection, said or {})]
        except (sqlite3.DatabaseError, ValueError) as error:
            return [f"it cannot be read: {type(error).__name__}"]


def torn(path: str) -> list[str]:
    """What is wrong with the pages and the references of a book, of whatever version."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            found = [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
            astray = connection.execute("PRAGMA foreign_key_check").fetchall()
        except sqlite3.DatabaseError as error:
            return [f"it cannot be read: {type(error).__name__}"]
    return [*found, *(f"a row of {row[0]} points nowhere" for row in astray)]


def _half(connection: sqlite3.Connection) -> list[str]:
    """An operation is whole when it was closed, and when each row is as its newest image in the journal has it."""
    found = ["an operation was left open" for _ in connection.execute("SELECT 1 FROM operation WHERE open = 1")]
    for table in JOURNALLED:
        cursor = connection.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        rows = {row[0]: dict(zip(names, row, strict=True)) for row in cursor}
        images = dict(connection.execute(NEWEST, (table,)).fetchall())
        wanted = {number: json.loads(image) for number, image in images.items() if image is not None}
        if {number: _of(rows[number], wanted.get(number)) for number in rows.keys() & images.keys()} != wanted:
            found.append(f"{table} is not as the journal has it")
    return found


def _of(row: Mapping[str, Any], image: Mapping[str, Any] | None) -> dict[str, Any]:
    """What an image tells of a row: one of an older version lacks the newer columns."""
    return {name: row[name] for name in image or row}


def _gone(connection: sqlite3.Connection, said: Mapping[str, int]) -> list[str]:
    counted = "SELECT origin, count(*) FROM operation JOIN change ON operation_id = operation.id GROUP BY origin"
    kept: dict[str, int] = dict(connection.execute(counted).fetchall())
    return [f"lost: {origin}" for origin, changes in said.items() if kept.get(origin) != changes]
