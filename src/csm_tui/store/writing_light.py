"""The verbs over the standard library: the reflex of logging, which may not wait for SQLModel to load."""

from __future__ import annotations

from contextlib import contextmanager

from csm_tui.domain.policy import POLICY
from csm_tui.store.connection import SHELL_BUSY_S
from csm_tui.store.kept import conditions, kept
from csm_tui.store.transaction import transaction
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.policy import Policy
    from csm_tui.store.journal import Operation
    from csm_tui.store.verbs import Row, Value


class LightWriting:
    """find, add, change and remove as one SQL statement each. Table and column names come from our own code only."""

    def __init__(self, connection: sqlite3.Connection, today: date, policy: Policy = POLICY) -> None:
        self._connection = connection
        self._adding: dict[tuple[str, ...], str] = {}
        self.today = today
        self.policy = policy

    @property
    def operation_id(self) -> int:
        """The operation to which all that is written here belongs."""
        return int(self.find("operation", open=1)[0]["id"] or 0)

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows whose columns equal the values given, by id."""
        where, given = conditions(equals)
        cursor = self._connection.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id", given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def each(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Some columns of every row, by id, one row after another."""
        yield from self._connection.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY id")

    def add(self, table: str, **values: Value) -> int:
        """A new row; its id."""
        shape = (table, *values)
        sql = self._adding.get(shape)
        if sql is None:
            marks = ", ".join(["?"] * len(values))
            sql = self._adding[shape] = f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})"
        return self._connection.execute(sql, tuple(kept(values).values())).lastrowid or 0

    def change(self, table: str, row_id: int, **values: Value) -> None:
        """Set columns of one row."""
        sets = ", ".join(f"{name} = ?" for name in values)
        self._connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*kept(values).values(), row_id))

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out, with what hangs on it."""
        self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))


@contextmanager
def write_light(
    path: str, operation: Operation, today: date, busy_s: float = SHELL_BUSY_S, policy: Policy = POLICY
) -> Iterator[LightWriting]:
    """A transaction with the light verbs."""
    with transaction(path, operation, busy_s) as connection:
        yield LightWriting(connection, today, policy)
