"""What an import must remember of every row, in a temporary file: memory stays flat however many there are."""

from __future__ import annotations

import sqlite3

from csm_tui.store.connection import BookFile
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CACHE_KIB = 16_384
BITS = 1 << 27
"""Of the sieve, which is 16 MB: most keys that are asked for are not there, and it knows so without the file."""
BATCH = 1000


class Hung(NamedTuple):
    """What hangs on a key: a number, and the line that hung it there; no line of the file for 0."""

    key: str
    number: int
    line: int


class Scratch:
    """Keys with what hangs on them. The file has no name, so nothing is left behind by a kill."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect("", isolation_level=None)
        for sql in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            f"PRAGMA cache_size=-{CACHE_KIB}",
            "CREATE TABLE hung (key TEXT, number INTEGER, line INTEGER, PRIMARY KEY (key, number)) WITHOUT ROWID",
            "BEGIN",
        ):
            self._connection.execute(sql)
        self._sieve = bytearray(BITS // 8)
        self._waiting: list[Hung] = []

    def hang(self, all_of: Iterable[Hung]) -> None:
        """Hang numbers on their keys. Raises BookFile when the disk is full, as the others do."""
        for hung in all_of:
            bit = hash(hung.key) % BITS
            self._sieve[bit >> 3] |= 1 << (bit & 7)
            self._waiting.append(hung)
            if len(self._waiting) >= BATCH:
                self._write()

    def _write(self) -> None:
        self._run("INSERT OR IGNORE INTO hung VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def take_off(self, key: str, number: int) -> None:
        """Take a number off its key."""
        self._write()
        self._run("DELETE FROM hung WHERE key = ? AND number = ?", [(key, number)])

    def _run(self, sql: str, values: Sequence[tuple[str | int, ...]]) -> None:
        try:
            self._connection.executemany(sql, values)
        except sqlite3.DatabaseError as error:
            told = f"No temporary file can be written ({error}): nothing was changed; check the disk."
            raise BookFile(told) from None

    def under(self, keys: Iterable[str]) -> list[Hung]:
        """What hangs on some keys, by number."""
        sieve = self._sieve
        likely = [key for key in keys if sieve[(bit := hash(key) % BITS) >> 3] >> (bit & 7) & 1]
        if not likely:
            return []
        self._write()
        marks = ", ".join("?" * len(likely))
        found = self._connection.execute(f"SELECT * FROM hung WHERE key IN ({marks}) ORDER BY number", likely)
        return [Hung(*row) for row in found.fetchall()]

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()
