"""Days counted one by one, raw rows, and what is found to be due: the fingers on which the oracle counts."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

Row = dict[str, Any]
ONE = timedelta(days=1)


class Found(NamedTuple):
    """An item before its group is known: what is due, when, and whether it may not wait."""

    id: str
    kind: str
    account: Row
    due: date
    must: bool
    hours: Fraction
    latest: date | None = None
    late_by: int | None = None
    own_day: date | None = None
    waiting: bool = False


@cache
def later(day: date, days: int) -> date:
    for _ in range(days):
        day += ONE
    return day


@cache
def earlier(day: date, days: int) -> date:
    for _ in range(days):
        day -= ONE
    return day


def days_past(due: date, today: date) -> int:
    """Days past a day, counted one by one."""
    late = 0
    while due < today:
        due, late = due + ONE, late + 1
    return late


def forward(day: date) -> date:
    return day if day.isoweekday() <= 5 else forward(day + ONE)


def back(day: date) -> date:
    return day if day.isoweekday() <= 5 else back(day - ONE)


def by_interval(last: date, interval: int) -> tuple[date, date]:
    """Ideal and latest day after the last counted one."""
    ideal = back(later(last, interval))
    if ideal <= last:
        ideal = forward(later(last, interval))
    half_more = next(n for n in range(interval, 2 * interval + 1) if 2 * n >= 3 * interval)
    return ideal, forward(later(last, half_more))


def date_of(text: str) -> date:
    return date.fromisoformat(text)


def maybe(text: str | None) -> date | None:
    return None if text is None else date_of(text)


def rows_of(connection: sqlite3.Connection, table: str) -> list[Row]:
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def by_account(rows: list[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["account_id"]].append(row)
    return grouped
