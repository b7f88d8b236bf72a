"""The due items once more, slowly, from the raw file and the words of rules.md: no line of csm_tui is used.

Where the product has a formula there is a count on the fingers here: days are counted one by one, an amount
is a fraction, and the order is made by one stable sort a tie.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

Row = dict[str, Any]
ONE = timedelta(days=1)
REVIEWS = ("qbr", "ebr")
GROUPS = ("must_do", "overdue", "today", "this_week", "later")
HOURS = {
    "check_in": Fraction(5, 4), "ours": Fraction(1, 2), "theirs": Fraction(1, 4), "meeting": Fraction(1, 4),
    "renewal": Fraction(3), "rescue": Fraction(4), "qbr": Fraction(6), "ebr": Fraction(8),
}  # fmt: skip


class Due(NamedTuple):
    """One due item under its JSON names; the score in hundredths."""

    id: str
    account_id: int
    kind: str
    due_on: str
    latest_on: str | None
    days_late: int
    group: str
    must_do: bool
    score: int


class _Found(NamedTuple):
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


class Oracle:
    """A book read once, whole, and asked about any day."""

    def __init__(self, path: str) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            self.accounts = _rows(connection, "account")
            self.touchpoints = _by_account(_rows(connection, "touchpoint"))
            self.promises = _by_account(_rows(connection, "promise"))
            self.pulses = _by_account(_rows(connection, "pulse"))
            self.snoozes = {row["item"]: row for row in _rows(connection, "snooze")}  # the newest of an item counts
            self.signals: defaultdict[int, set[str]] = defaultdict(set)
            for row in _rows(connection, "touchpoint_signal"):
                self.signals[row["touchpoint_id"]].add(row["signal"])

    def due(self, today: date, days: int | None) -> list[Due]:
        """Every item with a day up to so many days ahead (None: however far), and every must-do, in order."""
        there = [a for a in self.accounts if a["archived_on"] is None]
        active = [a for a in there if a["churned_on"] is None or _day(a["churned_on"]) > today]
        middle = _median([a["arr_cents"] for a in active if a["arr_cents"] is not None])
        listed: list[tuple[Due, Row, Fraction, date | None]] = []
        for account in active:
            last = self._last_two_way(account, today)
            for found in self._items(account, today):
                group, shown = self._place(found, today)
                if group == "must_do" or days is None or shown <= _later(today, days):
                    arr = Fraction(middle if account["arr_cents"] is None else account["arr_cents"])
                    listed.append((self._due(found, group, arr, last, today), account, arr, last))
        return _ordered(listed)

    def _items(self, account: Row, today: date) -> Iterator[_Found]:
        yield from self._check_in(account, today)
        yield from self._renewal(account, today)
        yield from self._termination(account, today)
        yield from self._rescue(account, today)
        yield from self._review(account, today)
        yield from _promised(account, self.promises[account["id"]], today)
        yield from _asked(account, self.touchpoints[account["id"]], today)

    # Cadence.

    def _last_two_way(self, account: Row, today: date) -> date | None:
        counted = [
            _day(t["day"])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "held" and t["direction"] == "two-way" and _day(t["day"]) <= today
        ]
        return max(counted, default=None)

    def _check_in(self, account: Row, today: date) -> Iterator[_Found]:
        ideal, latest = _owed(account, self._last_two_way(account, today))
        booked = sorted(
            _day(t["day"])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "booked" and t["direction"] == "two-way" and today <= _day(t["day"]) <= latest
        )
        if booked and booked[0] == today:
            return
        due = booked[0] if booked else ideal
        late = 0 if booked else _count(ideal, today)
        yield _Found(f"c{account['id']}", "check_in", account, due, False, HOURS["check_in"], latest, late)

    # Must-dos.

    def _talked(self, account: Row, signal: str, today: date) -> list[tuple[date, int]]:
        return sorted(
            (_day(t["day"]), t["id"])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "held" and _day(t["day"]) <= today and signal in self.signals[t["id"]]
        )

    def _renewal(self, account: Row, today: date) -> Iterator[_Found]:
        number, renewal = account["id"], _maybe(account["renewal_on"])
        last_week = [_earlier(today, n) for n in range(8)]
        if renewal is not None and account["notice_days"] is not None:
            opt_out = _earlier(renewal, account["notice_days"])
            talked = any(day >= _earlier(today, 90) for day, _ in self._talked(account, "renewal", today))
            soon = any(opt_out == _later(today, n) for n in range(31))
            if soon and not talked and not _served(account, today):
                yield _Found(f"o{number}", "renewal", account, opt_out, True, HOURS["renewal"])
        if renewal is not None and renewal < today:
            yield _Found(f"r{number}", "renewal", account, renewal, True, HOURS["renewal"])
        for letter, column in (("n", "notice_served_on"), ("a", "auto_renew_off_on")):
            day = _maybe(account[column])
            if day is not None and day in last_week:
                yield _Found(f"{letter}{number}", "renewal", account, day, True, HOURS["renewal"])

    def _termination(self, account: Row, today: date) -> Iterator[_Found]:
        ended, talked = self._talked(account, "termination", today), self._talked(account, "renewal", today)
        if ended and not any(talk > ended[-1] for talk in talked):
            yield _Found(f"x{account['id']}", "escalation", account, ended[-1][0], True, HOURS["renewal"])

    def _pulse(self, account: Row, today: date) -> Row | None:
        given = [p for p in self.pulses[account["id"]] if _day(p["given_on"]) <= today]
        return max(given, key=lambda p: (p["given_on"], p["id"]), default=None)

    def _rescue(self, account: Row, today: date) -> Iterator[_Found]:
        pulse = self._pulse(account, today)
        if pulse is None or pulse["value"] > 2:
            return
        booked = [t for t in self.touchpoints[account["id"]] if t["state"] == "booked" and _day(t["day"]) >= today]
        promised = [p for p in self.promises[account["id"]] if p["state"] == "open" and p["due_on"] is not None]
        if not booked and not promised:
            yield _Found(f"s{account['id']}", "step", account, _day(pulse["given_on"]), True, HOURS["rescue"])

    # Reviews.

    def _review(self, account: Row, today: date) -> Iterator[_Found]:
        every = (
            {"low-touch": 182}.get(account["tier"], 91) if account["review_days"] is None else account["review_days"]
        )
        talks = [t for t in self.touchpoints[account["id"]] if t["kind"] in REVIEWS and t["direction"] == "two-way"]
        held = sorted({_day(t["day"]) for t in talks if t["state"] == "held" and _day(t["day"]) <= today})
        if every == 0 or any(t["state"] == "booked" for t in talks):
            return
        due = _forward(_later(held[-1], every) if held else _first_review(account, every))
        kind = account["review_kind"] or "qbr"
        yield _Found(f"v{account['id']}", "review", account, due, False, HOURS[kind])

    # Group, score, order.

    def _place(self, found: _Found, today: date) -> tuple[str, date]:
        """The group, and the day under which the item is shown.

        A snooze puts off and never brings forward; a must-do is back as one on the morrow.
        """
        snooze = self.snoozes.get(found.id)
        if snooze is not None and _day(snooze["due_on"]) == found.due and _day(snooze["until_on"]) > today:
            until = _day(snooze["until_on"])
            if not found.must or until == _day(snooze["made_on"]) + ONE:
                shown = until if found.must else max(until, found.due)
                return _group(shown, today), shown
        return ("must_do" if found.must else _group(found.due, today)), found.due

    def _due(self, found: _Found, group: str, arr: Fraction, last: date | None, today: date) -> Due:
        late = _count(found.due, today) if found.late_by is None else found.late_by
        score = arr * self._loss(found.account, today) * _urgency(found, today) * _reach(found.account, last, today)
        latest = None if found.latest is None else found.latest.isoformat()
        hundredths = int(score / found.hours + Fraction(1, 2))
        must = group == "must_do"
        return Due(
            found.id,
            found.account["id"],
            found.kind,
            found.due.isoformat(),
            latest,
            late,
            group,
            must,
            hundredths,
        )

    def _loss(self, account: Row, today: date) -> Fraction:
        if _served(account, today):
            return Fraction(85, 100)
        pulse = self._pulse(account, today)
        value = 3 if pulse is None else pulse["value"]
        return Fraction({1: 35, 2: 35, 3: 15, 4: 5, 5: 5}[value], 100)


def _owed(account: Row, last: date | None) -> tuple[date, date]:
    interval = _interval(account, last)
    if last is not None:
        ideal = _back(_later(last, interval))
        if ideal <= last:
            ideal = _forward(_later(last, interval))
        half_more = next(n for n in range(interval, 2 * interval + 1) if 2 * n >= 3 * interval)
        return ideal, _forward(_later(last, half_more))
    if account["started_on"] is not None:
        first = _forward(_day(account["started_on"]) + ONE)
    else:
        first = _forward(_later(_day(account["added_on"]), 1 + account["id"] % interval))
    return first, _forward(_later(first, 7))


def _first_review(account: Row, every: int) -> date:
    """The 85th day, or the first day of the rhythm in this book where that lies more than one interval before it."""
    added = _day(account["added_on"])
    if account["started_on"] is None:
        return _later(added, every)
    due = _later(_day(account["started_on"]), 85)
    if _later(due, every) >= added:
        return due
    while due < added:
        due = _later(due, every)
    return due


def _interval(account: Row, last: date | None) -> int:
    if account["interval_days"] is not None:
        return int(account["interval_days"])
    if last is not None and account["started_on"] is not None:
        start = _day(account["started_on"])
        if last <= _later(start, 90):
            return 7 if last <= _later(start, 30) else 14 if last <= _later(start, 60) else 30
    return 91 if account["tier"] == "low-touch" else 30


def _promised(account: Row, promises: list[Row], today: date) -> Iterator[_Found]:
    for promise in promises:
        if promise["state"] == "open" and promise["due_on"] is not None:
            due, side = _day(promise["due_on"]), promise["side"]
            must = side == "ours" and due < today
            yield _Found(f"p{promise['id']}", "promise", account, due, must, HOURS[side], own_day=due)


def _asked(account: Row, touchpoints: list[Row], today: date) -> Iterator[_Found]:
    for touchpoint in touchpoints:
        day = _day(touchpoint["day"])
        if touchpoint["state"] == "booked" and touchpoint["direction"] == "two-way" and day <= today:
            yield _Found(f"t{touchpoint['id']}", "meeting", account, day, day + ONE < today, HOURS["meeting"])


def _served(account: Row, today: date) -> bool:
    return account["notice_served_on"] is not None and _day(account["notice_served_on"]) <= today


def _urgency(found: _Found, today: date) -> Fraction:
    on = found.own_day or _maybe(found.account["renewal_on"])
    if on is None:
        return Fraction(9, 10)
    if found.own_day is None and found.account["notice_days"] is not None:
        on = _earlier(on, found.account["notice_days"])
    for limit, hundredths in ((14, 160), (30, 140), (60, 120), (90, 105), (180, 90)):
        if on <= _later(today, limit):
            return Fraction(hundredths, 100)
    return Fraction(75, 100)


def _reach(account: Row, last: date | None, today: date) -> Fraction:
    if _served(account, today):
        return Fraction(2, 10)
    return Fraction(12 if last is not None and _later(last, 30) >= today else 10, 10)


def _ordered(listed: list[tuple[Due, Row, Fraction, date | None]]) -> list[Due]:
    """One stable sort a tie, the last tie first."""
    listed.sort(key=lambda one: one[0].id)
    listed.sort(key=lambda one: str(one[1]["name"]))
    listed.sort(key=lambda one: one[3] or date.min)
    listed.sort(key=lambda one: one[2], reverse=True)
    listed.sort(key=lambda one: one[0].due_on)
    listed.sort(key=lambda one: 0 if one[0].must_do else one[0].score, reverse=True)
    return [due for group in GROUPS for due, *_ in listed if due.group == group]


def _group(day: date, today: date) -> str:
    if day < today:
        return "overdue"
    if day == today:
        return "today"
    return "this_week" if day <= _later(today, 7) else "later"


def _median(amounts: list[int]) -> int:
    """Of two middle amounts their mean to the cent, half a cent up; 1 (a hundred cents) if none has any."""
    left = sorted(amounts)
    while len(left) > 2:
        left = left[1:-1]
    return int(Fraction(sum(left), len(left)) + Fraction(1, 2)) if left else 100


@cache
def _later(day: date, days: int) -> date:
    for _ in range(days):
        day += ONE
    return day


@cache
def _earlier(day: date, days: int) -> date:
    for _ in range(days):
        day -= ONE
    return day


def _count(due: date, today: date) -> int:
    """Days past a day, counted one by one."""
    late = 0
    while due < today:
        due, late = due + ONE, late + 1
    return late


def _forward(day: date) -> date:
    return day if day.isoweekday() <= 5 else _forward(day + ONE)


def _back(day: date) -> date:
    return day if day.isoweekday() <= 5 else _back(day - ONE)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _maybe(text: str | None) -> date | None:
    return None if text is None else _day(text)


def _rows(connection: sqlite3.Connection, table: str) -> list[Row]:
    return [dict(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY id")]


def _by_account(rows: list[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row["account_id"]].append(row)
    return grouped
