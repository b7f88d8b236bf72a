"""Where the oracle puts an item: its group, what its score is made of, and the order, with every tie."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tests.fingers import Found, Row, date_of, earlier, later, maybe

GROUPS = ("must_do", "overdue", "today", "this_week", "later")


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


class Listed(NamedTuple):
    """An item on the list, the day under which it is shown, and what its ties go by."""

    due: Due
    shown: date
    name: str
    arr: Fraction
    last: date | None


def served(account: Row, today: date) -> bool:
    return account["notice_served_on"] is not None and date_of(account["notice_served_on"]) <= today


def urgency(found: Found, today: date) -> Fraction:
    on = found.own_day or maybe(found.account["renewal_on"])
    if on is None:
        return Fraction(9, 10)
    if found.own_day is None and found.account["notice_days"] is not None:
        on = earlier(on, found.account["notice_days"])
    for limit, hundredths in ((14, 160), (30, 140), (60, 120), (90, 105), (180, 90)):
        if on <= later(today, limit):
            return Fraction(hundredths, 100)
    return Fraction(75, 100)


def reach(found: Found, last: date | None, today: date) -> Fraction:
    if served(found.account, today):
        return Fraction(2, 10)
    if found.waiting:
        return Fraction(5, 10)
    return Fraction(12 if last is not None and later(last, 30) >= today else 10, 10)


def ordered(items: Iterator[Listed]) -> list[Listed]:
    """One stable sort a tie, the last tie first."""
    listed = sorted(items, key=lambda one: one.due.id)
    listed.sort(key=lambda one: one.name)
    listed.sort(key=lambda one: one.last or date.min)
    listed.sort(key=lambda one: one.arr, reverse=True)
    listed.sort(key=lambda one: one.due.due_on)
    listed.sort(key=lambda one: 0 if one.due.must_do else one.due.score, reverse=True)
    return [one for group in GROUPS for one in listed if one.due.group == group]


def group_of(day: date, today: date) -> str:
    if day < today:
        return "overdue"
    if day == today:
        return "today"
    return "this_week" if day <= later(today, 7) else "later"


def median(amounts: list[int]) -> int:
    """Of two middle amounts their mean to the cent, half a cent up; 1 (a hundred cents) if none has any."""
    left = sorted(amounts)
    while len(left) > 2:
        left = left[1:-1]
    return int(Fraction(sum(left), len(left)) + Fraction(1, 2)) if left else 100
