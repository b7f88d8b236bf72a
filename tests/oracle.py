"""The due items once more, slowly, from the raw file and the words of rules.md: no line of csm_tui is used.

Where the product has a formula there is a count on the fingers here: days are counted one by one, an amount
is a fraction, and the order is made by one stable sort a tie.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from fractions import Fraction

from tests import oracle_plans
from tests.fingers import (
    ONE,
    Found,
    Row,
    by_account,
    by_interval,
    date_of,
    days_past,
    earlier,
    forward,
    later,
    maybe,
    rows_of,
)
from tests.oracle_order import Due, Listed, group_of, median, ordered, reach, served, urgency

HOURS = {
    "check_in": Fraction(5, 4), "ours": Fraction(1, 2), "theirs": Fraction(1, 4), "meeting": Fraction(1, 4),
    "renewal": Fraction(3), "rescue": Fraction(4),
}  # fmt: skip


class Oracle:
    """A book read once, whole, and asked about any day."""

    def __init__(self, path: str) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.row_factory = sqlite3.Row
            self._days: dict[date, list[Listed]] = {}
            self.accounts = rows_of(connection, "account")
            self.touchpoints = by_account(rows_of(connection, "touchpoint"))
            self.promises = by_account(rows_of(connection, "promise"))
            self.pulses = by_account(rows_of(connection, "pulse"))
            self.plans = by_account(rows_of(connection, "plan"))
            self.steps = by_account(rows_of(connection, "step"))
            self.risks = by_account(rows_of(connection, "risk"))
            self.escalations = by_account(rows_of(connection, "escalation"))
            self.skips = by_account(rows_of(connection, "review_skip"))
            self.snoozes = {row["item"]: row for row in rows_of(connection, "snooze")}  # the newest of an item counts
            self.signals: defaultdict[int, dict[str, int]] = defaultdict(dict)  # with the order in which they were told
            for row in rows_of(connection, "touchpoint_signal"):
                self.signals[row["touchpoint_id"]][row["signal"]] = row["id"]

    def due(self, today: date, days: int | None) -> list[Due]:
        """Every item with a day up to so many days ahead (None: however far), and every must-do, in order."""
        if today not in self._days:
            self._days[today] = ordered(self._listed(today))
        last = date.max if days is None else later(today, days)
        return [one.due for one in self._days[today] if one.due.group == "must_do" or one.shown <= last]

    def _listed(self, today: date) -> Iterator[Listed]:
        there = [a for a in self.accounts if a["archived_on"] is None]
        active = [a for a in there if a["churned_on"] is None or date_of(a["churned_on"]) > today]
        middle = median([a["arr_cents"] for a in active if a["arr_cents"] is not None])
        for account in active:
            last = self._last_two_way(account, today)
            arr = Fraction(middle if account["arr_cents"] is None else account["arr_cents"])
            for found in self._items(account, today):
                group, shown = self._place(found, today)
                yield Listed(self._due(found, group, arr, last, today), shown, account["name"], arr, last)

    def _items(self, account: Row, today: date) -> Iterator[Found]:
        yield from self._check_in(account, today)
        yield from self._renewal(account, today)
        yield from self._termination(account, today)
        yield from self._rescue(account, today)
        yield from self._planned(account, today)
        yield from _promised(account, self.promises[account["id"]], today)
        yield from _asked(account, self.touchpoints[account["id"]], today)

    # Cadence.

    def _last_two_way(self, account: Row, today: date) -> date | None:
        counted = [
            date_of(t["day"])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "held" and t["direction"] == "two-way" and date_of(t["day"]) <= today
        ]
        return max(counted, default=None)

    def _check_in(self, account: Row, today: date) -> Iterator[Found]:
        last, risk = self._last_two_way(account, today), oracle_plans.open_risk(self.risks[account["id"]], today)
        ideal, latest = _owed(account, last)
        if risk is not None:
            rhythm = oracle_plans.Rhythm(_interval(account, last), last, ideal, latest)
            ideal, latest = oracle_plans.shortened(account, risk, rhythm, today)
        booked = sorted(
            date_of(t["day"])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "booked" and t["direction"] == "two-way" and today <= date_of(t["day"]) <= latest
        )
        if booked and booked[0] == today:
            return
        due = booked[0] if booked else ideal
        late = 0 if booked else days_past(ideal, today)
        yield Found(f"c{account['id']}", "check_in", account, due, False, HOURS["check_in"], latest, late)

    # Must-dos.

    def _talked(self, account: Row, signal: str, today: date) -> list[tuple[date, int]]:
        return sorted(
            (date_of(t["day"]), self.signals[t["id"]][signal])
            for t in self.touchpoints[account["id"]]
            if t["state"] == "held" and date_of(t["day"]) <= today and signal in self.signals[t["id"]]
        )

    def _renewal(self, account: Row, today: date) -> Iterator[Found]:
        number, renewal = account["id"], maybe(account["renewal_on"])
        last_week = [earlier(today, n) for n in range(8)]
        if renewal is not None and account["notice_days"] is not None:
            opt_out = earlier(renewal, account["notice_days"])
            talked = any(day >= earlier(today, 90) for day, _ in self._talked(account, "renewal", today))
            soon = any(opt_out == later(today, n) for n in range(31))
            if soon and not talked and not served(account, today):
                yield Found(f"o{number}", "renewal", account, opt_out, True, HOURS["renewal"])
        if renewal is not None and renewal < today:
            yield Found(f"r{number}", "renewal", account, renewal, True, HOURS["renewal"])
        for letter, column in (("n", "notice_served_on"), ("a", "auto_renew_off_on")):
            day = maybe(account[column])
            if day is not None and day in last_week:
                yield Found(f"{letter}{number}", "renewal", account, day, True, HOURS["renewal"])

    def _termination(self, account: Row, today: date) -> Iterator[Found]:
        ended, talked = self._talked(account, "termination", today), self._talked(account, "renewal", today)
        if ended and not any(talk > ended[-1] for talk in talked):
            yield Found(f"x{account['id']}", "escalation", account, ended[-1][0], True, HOURS["renewal"])

    def _pulse(self, account: Row, today: date) -> Row | None:
        given = [p for p in self.pulses[account["id"]] if date_of(p["given_on"]) <= today]
        return max(given, key=lambda p: (p["given_on"], p["id"]), default=None)

    def _rescue(self, account: Row, today: date) -> Iterator[Found]:
        number, pulse = account["id"], self._pulse(account, today)
        risk = oracle_plans.open_risk(self.risks[number], today)
        if risk is None and (pulse is None or pulse["value"] > 2):
            return
        booked = [t for t in self.touchpoints[number] if t["state"] == "booked" and date_of(t["day"]) >= today]
        promised = [p for p in _own_promises(self.promises[number]) if p["state"] == "open" and p["due_on"] is not None]
        recovering = risk is not None and oracle_plans.has_next_step(risk, self.steps[number])
        if not booked and not promised and not recovering:
            since = risk["opened_on"] if risk is not None else pulse["given_on"] if pulse is not None else ""
            yield Found(f"s{number}", "step", account, date_of(since), True, HOURS["rescue"])

    # Plans.

    def _planned(self, account: Row, today: date) -> Iterator[Found]:
        number = account["id"]
        talks, steps = self.touchpoints[number], self.steps[number]
        running = {plan["id"] for plan in self.plans[number] if plan["closed_on"] is None}
        steps = [step for step in steps if step["plan_id"] in running]
        yield from oracle_plans.due_steps(account, steps, talks, today)
        yield from oracle_plans.due_review(account, steps, talks, self.skips[number], today)
        yield from oracle_plans.due_escalations(account, self.escalations[number], today)

    # Group, score, order.

    def _place(self, found: Found, today: date) -> tuple[str, date]:
        """The group, and the day under which the item is shown.

        A snooze puts off and never brings forward; a must-do is back as one on the morrow.
        """
        snooze = self.snoozes.get(found.id)
        if snooze is not None and date_of(snooze["due_on"]) == found.due and date_of(snooze["until_on"]) > today:
            until = date_of(snooze["until_on"])
            if not found.must or until == date_of(snooze["made_on"]) + ONE:
                shown = until if found.must else max(until, found.due)
                return group_of(shown, today), shown
        return ("must_do" if found.must else group_of(found.due, today)), found.due

    def _due(self, found: Found, group: str, arr: Fraction, last: date | None, today: date) -> Due:
        late = days_past(found.due, today) if found.late_by is None else found.late_by
        score = arr * self._loss(found.account, today) * urgency(found, today) * reach(found, last, today)
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
        if served(account, today):
            return Fraction(85, 100)
        if oracle_plans.open_risk(self.risks[account["id"]], today) is not None:
            return Fraction(60, 100)
        pulse = self._pulse(account, today)
        value = 3 if pulse is None else pulse["value"]
        return Fraction({1: 35, 2: 35, 3: 15, 4: 5, 5: 5}[value], 100)


def _owed(account: Row, last: date | None) -> tuple[date, date]:
    interval = _interval(account, last)
    if last is not None:
        return by_interval(last, interval)
    if account["started_on"] is not None:
        first = forward(date_of(account["started_on"]) + ONE)
    else:
        first = forward(later(date_of(account["added_on"]), 1 + account["id"] % interval))
    return first, forward(later(first, 7))


def _interval(account: Row, last: date | None) -> int:
    """The account's own, else by the phase of the last counted day; never touched, of the day it was added."""
    if account["interval_days"] is not None:
        return int(account["interval_days"])
    if account["started_on"] is not None:
        start, counted = date_of(account["started_on"]), last or date_of(account["added_on"])
        if counted <= later(start, 90):
            return 7 if counted <= later(start, 30) else 14 if counted <= later(start, 60) else 30
    return 91 if account["tier"] == "low-touch" else 30


def _promised(account: Row, promises: list[Row], today: date) -> Iterator[Found]:
    for promise in _own_promises(promises):
        if promise["state"] == "open" and promise["due_on"] is not None:
            due, side = date_of(promise["due_on"]), promise["side"]
            must = side == "ours" and due < today
            yield Found(f"p{promise['id']}", "promise", account, due, must, HOURS[side], own_day=due)


def _own_promises(promises: list[Row]) -> list[Row]:
    """Those that stand for a step of a plan are shown as that step."""
    return [promise for promise in promises if promise["step_id"] is None]


def _asked(account: Row, touchpoints: list[Row], today: date) -> Iterator[Found]:
    for touchpoint in touchpoints:
        day = date_of(touchpoint["day"])
        if touchpoint["state"] == "booked" and touchpoint["direction"] == "two-way" and day <= today:
            yield Found(f"t{touchpoint['id']}", "meeting", account, day, day + ONE < today, HOURS["meeting"])
