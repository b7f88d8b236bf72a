"""What an import must remember of every row, in a temporary file: memory stays flat however many there are."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from csm_tui.store.connection import BookFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CACHE_KIB = 16_384


class Scratch:
    """Keys, each with the numbers that hang on it. The file has no name, so nothing is left behind by a kill."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        for sql in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            f"PRAGMA cache_size=-{CACHE_KIB}",
            "CREATE TABLE key (key TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (key, number)) WITHOUT ROWID",
            "CREATE TABLE first (key TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
            "BEGIN",
        ):
            self._connection.execute(sql)
        self._execute = self._connection.execute

    def hang(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Hang each number on its key. Raises Refusal, as the others do, when the disk is full."""
        try:
            self._connection.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", pairs)
        except sqlite3.DatabaseError as error:
            raise _told(error) from None

    def take_off(self, pairs: Iterable[tuple[str, int]]) -> None:
        """Take each number off its key."""
        try:
            self._connection.executemany("DELETE FROM key WHERE key = ? AND number = ?", pairs)
        except sqlite3.DatabaseError as error:
            raise _told(error) from None

    def under(self, keys: Sequence[str]) -> list[tuple[str, int]]:
        """The numbers that hang on some keys, each with its key."""
        marks = "?, " * (len(keys) - 1) + "?"
        return self._execute(f"SELECT key, number FROM key WHERE key IN ({marks}) ORDER BY number", keys).fetchall()

    def first(self, key: str, number: int) -> int:
        """The number with which a key was first asked for; this one, if it never was."""
        try:
            if self._execute("INSERT OR IGNORE INTO first VALUES (?, ?)", (key, number)).rowcount:
                return number
        except sqlite3.DatabaseError as error:
            raise _told(error) from None
        return int(self._execute("SELECT number FROM first WHERE key = ?", (key,)).fetchone()[0])

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


def _told(error: sqlite3.DatabaseError) -> BookFile:
    return BookFile(
        f"The temporary file of the import could not be written ({error}): nothing was changed; check the disk."
    )
