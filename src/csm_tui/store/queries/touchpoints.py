"""Touchpoints as the timeline and the cadence board show them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from csm_tui.domain.touchpoints import Direction, Kind, Mood, State
from csm_tui.store.queries.active import listed
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from csm_tui.store.connection import Reading


class Touch(NamedTuple):
    """One touchpoint with the names of who was there."""

    touchpoint_id: int
    account_id: int
    day: date
    time: str | None
    kind: Kind
    state: State
    direction: Direction
    minutes: int | None
    mood: Mood | None
    summary: str
    notes: str
    people: tuple[str, ...]
    signals: tuple[str, ...]


_TOUCHES = """
SELECT t.id, t.account_id, t.day, t.time, t.kind, t.state, t.direction, t.minutes, t.mood, t.summary, t.notes,
  (SELECT group_concat(name, char(31)) FROM (
    SELECT c.name FROM touchpoint_contact tc JOIN contact c ON c.id = tc.contact_id
    WHERE tc.touchpoint_id = t.id ORDER BY tc.id)),
  (SELECT group_concat(signal, char(31)) FROM touchpoint_signal WHERE touchpoint_id = t.id)
FROM touchpoint t
"""


ALL = -1


def timeline(reading: Reading, account_id: int, limit: int = ALL) -> list[Touch]:
    """The newest touchpoints of an account first; so many, or all."""
    sql = f"{_TOUCHES} WHERE t.account_id = ? ORDER BY t.day DESC, t.id DESC LIMIT ?"
    return [_touch(row) for row in reading.rows(sql, (account_id, limit))]


def last_spoken(reading: Reading, account_id: int, limit: int) -> list[Touch]:
    """The newest held touchpoints up to today in which somebody spoke or wrote to the other side: no internal notes."""
    sql = (
        f"{_TOUCHES} WHERE t.account_id = ? AND t.state = 'held' AND t.direction <> 'internal' AND t.day <= ? "
        "ORDER BY t.day DESC, t.id DESC LIMIT ?"
    )
    return [_touch(row) for row in reading.rows(sql, (account_id, reading.today.isoformat(), limit))]


def held_after(reading: Reading, account_id: int, after: date | None) -> list[Touch]:
    """All that was held after a day and up to today, the newest first; all there ever was where no day is given."""
    sql = (
        f"{_TOUCHES} WHERE t.account_id = ? AND t.state = 'held' AND t.day > ? AND t.day <= ? "
        "ORDER BY t.day DESC, t.id DESC"
    )
    since = after.isoformat() if after else ""
    return [_touch(row) for row in reading.rows(sql, (account_id, since, reading.today.isoformat()))]


def touchpoint(reading: Reading, touchpoint_id: int) -> Touch | None:
    """One touchpoint, or None when there is none of that id."""
    row = reading.row(f"{_TOUCHES} WHERE t.id = ?", (touchpoint_id,))
    return None if row is None else _touch(row)


def _touch(row: tuple[Any, ...]) -> Touch:
    return Touch(
        row[0], row[1], date.fromisoformat(row[2]), row[3], Kind(row[4]), State(row[5]), Direction(row[6]), row[7],
        Mood(row[8]) if row[8] else None, row[9], row[10] or "", _split(row[11]), _split(row[12]),
    )  # fmt: skip


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\x1f")) if text else ()


def how_many(reading: Reading, account_id: int) -> int:
    """All touchpoints of an account."""
    row = reading.row("SELECT count(*) FROM touchpoint WHERE account_id = ?", (account_id,))
    return int(row[0]) if row else 0


def attempts(reading: Reading, account_id: int, since: date | None) -> int:
    """One-way mails, unanswered calls and missed meetings after a day: they count for nothing, and are shown."""
    sql = (
        "SELECT count(*) FROM touchpoint WHERE account_id = ? AND day > ? "
        "AND ((state = 'held' AND direction IN ('out', 'in')) OR state = 'missed')"
    )
    row = reading.row(sql, (account_id, since.isoformat() if since else ""))
    return int(row[0]) if row else 0


def counted_weeks(reading: Reading, weeks: int) -> dict[int, tuple[int, ...]]:
    """How many held two-way touchpoints the accounts that have any had in each of the last weeks, up to today."""
    ends = [reading.today - timedelta(days=7 * ago) for ago in range(weeks, -1, -1)]
    counts = ", ".join("sum(day > ? AND day <= ?)" for _ in range(weeks))
    sql = (
        f"SELECT account_id, {counts} FROM touchpoint INDEXED BY touchpoint_counted "
        "WHERE state = 'held' AND direction = 'two-way' AND day > ? AND day <= ? GROUP BY account_id"
    )
    days = [end.isoformat() for end in ends]
    between = [day for pair in pairwise(days) for day in pair]
    return {row[0]: row[1:] for row in reading.rows(sql, (*between, days[0], days[-1]))}


def last_kinds(reading: Reading, ids: Iterable[int]) -> dict[int, Kind]:
    """The kind of the last held two-way touchpoint of some accounts."""
    chosen = listed(ids)
    sql = (
        "SELECT a.id, (SELECT kind FROM touchpoint "
        "WHERE account_id = a.id AND state = 'held' AND direction = 'two-way' "
        f"AND day <= ? ORDER BY day DESC, id DESC LIMIT 1) FROM account a WHERE a.id IN ({chosen})"
    )
    return {row[0]: Kind(row[1]) for row in reading.rows(sql, (reading.today.isoformat(),)) if row[1]}


def effort(reading: Reading, since: date) -> list[tuple[int, int, int]]:
    """For each account touched since a day: its id, its held two-way touchpoints, and their minutes."""
    sql = (
        "SELECT account_id, count(*), coalesce(sum(minutes), 0) FROM touchpoint "
        "WHERE state = 'held' AND direction = 'two-way' AND day BETWEEN ? AND ? GROUP BY account_id"
    )
    return reading.rows(sql, (since.isoformat(), reading.today.isoformat()))
