"""Rows of the made-up book on their way into the file, and what every scene of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from random import Random

    from csm_tui.exchange.demo.shelf import Shelf


Row = tuple[str | int | None, ...]


class Connection(Protocol):
    """What is asked of a database: to run one statement over many rows."""

    def executemany(self, sql: str, parameters: Iterable[Row], /) -> object:
        """Run a statement once a row."""


COLUMNS = {
    "account": "id, name, tier, domain, owner, started_on, renewal_on, notice_days, notice_served_on, "
    "arr_cents, seats, interval_days, added_on, review_kind, churned_on, churn_reason",
    "contact": "id, account_id, name, title, role, email, status, left_on",
    "touchpoint": "id, account_id, day, time, kind, state, direction, minutes, mood, summary, notes",
    "touchpoint_contact": "touchpoint_id, contact_id",
    "touchpoint_signal": "touchpoint_id, signal",
    "template": "id, digest, text",
    "plan": "id, account_id, playbook, name, variant, template_id, anchor_on, opened_on, closed_on",
    "step": "id, plan_id, account_id, n, template_id, code, title, phase, owner, day_offset, required, gate, done_by, "
    "due_on, baseline_on, state, closed_on, reason, waiting_on, waiting_since, ticked, notes",
    "promise": "account_id, touchpoint_id, side, what, due_on, state, made_on, closed_on, reason, step_id",
    "risk": "id, account_id, plan_id, severity, opened_on, closed_on, how, because",
    "risk_signal": "risk_id, signal, evidence, seen_on, confirmed_on, met_on, proof",
    "escalation": "account_id, risk_id, severity, what, opened_on, updated_on",
    "pulse": "account_id, touchpoint_id, value, given_on, reason",
    "snooze": "account_id, item, due_on, made_on, until_on, reason",
    "kept_up": "on_day",
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
    """What every scene needs: the day, the dice, where the rows go, and the playbooks."""

    today: date
    rng: Random
    rows: Rows
    shelf: Shelf
