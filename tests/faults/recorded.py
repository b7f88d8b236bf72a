"""What the program says to SQLite, word for word, to be said again to another."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple, Self
from unittest.mock import patch


class Said(NamedTuple):
    """One statement of a connection; without words the connection was closed."""

    connection: int
    sql: str | None
    given: Any = ()


@contextmanager
def recording() -> Iterator[list[Said]]:
    """All that is said in here through sqlite3, in its order."""
    heard: list[Said] = []

    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, given: Any = (), /) -> Self:
            heard.append(Said(id(self.connection), sql, given))
            super().execute(sql, given)
            return self

    class Connection(sqlite3.Connection):
        def cursor(self, _factory: Any = Cursor) -> Any:
            return super().cursor(Cursor)

        def execute(self, sql: str, given: Any = (), /) -> sqlite3.Cursor:
            cursor: sqlite3.Cursor = self.cursor().execute(sql, given)
            return cursor

        def close(self) -> None:
            heard.append(Said(id(self), None))
            super().close()

    real = sqlite3.connect
    with patch.object(sqlite3, "connect", lambda *given, **named: real(*given, **named, factory=Connection)):
        yield heard
