"""Rows of the made-up book on their way into the file, and what every scene of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from random import Random


Row = tuple[str | int | None, ...]


class Connection(Protocol):
    """What is asked of a database: to run one statement over many rows."""

    def executemany(self, sql: str, parameters: Iterable[Row], /) -> object:
        """Run a statement once a row."""


COLUMNS = {
    "account": "id, name, tier, domain, owner, started_on, renewal_on, notice_days, notice_served_on, "
    "arr_cents, seats, interval_days, added_on",
    "contact": "id, account_id, name, title, role, email, status, left_on",
    "touchpoint": "id, account_id, day, time, kind, state, direction, minutes, mood, summary, notes",
    "touchpoint_contact": "touchpoint_id, contact_id",
    "touchpoint_signal": "touchpoint_id, signal",
    "promise": "account_id, touchpoint_id, side, what, due_on, state, made_on, closed_on, reason",
    "pulse": "account_id, touchpoint_id, value, given_on, reason",
    "snooze": "account_id, item, due_on, made_on, until_on, reason",
}


class Rows:
    """Rows on their way into the file, a few thousand at a time, parents before children."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[str, list[Row]] = {table: [] for table in COLUMNS}
        self._last = dict.fromkeys(COLUMNS, 0)

    def number(self, table: str) -> int:
        """The next id of a table."""
        self._last[table] += 1
        return self._last[table]

    def add(self, table: str, *row: str | int | None) -> None:
        """Put a row on the way."""
        self._waiting[table].append(row)

    def push(self, at_least: int = 1) -> None:
        """Write what waits, once there are so many touchpoints or accounts of it."""
        if max(len(self._waiting["touchpoint"]), len(self._waiting["account"])) < at_least:
            return
        for table, rows in self._waiting.items():
            marks = ", ".join("?" for _ in COLUMNS[table].split(","))
            self._connection.executemany(f"INSERT INTO {table} ({COLUMNS[table]}) VALUES ({marks})", rows)
            rows.clear()


class Stage(NamedTuple):
    """What every scene needs: the day, the dice, and where the rows go."""

    today: date
    rng: Random
    rows: Rows
