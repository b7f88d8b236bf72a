"""What plans, risks and escalations make due, from the raw rows and the words of rules.md, counted on the fingers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from tests.fingers import ONE, Found, Row, by_interval, date_of, days_past, earlier, forward, later, maybe

REVIEWS = ("qbr", "ebr")
OURS = ("us", "both")
TALK, OURS_TO_DO, CHASE = Fraction(5, 4), Fraction(1, 2), Fraction(1, 4)
REVIEW_HOURS = {"qbr": Fraction(6), "ebr": Fraction(8)}
FIRST_DAY_OF_ESCALATION, UPDATE = Fraction(5, 2), Fraction(1, 2)
EVERY = {"critical": 1, "high": 2, "medium": 7}


def due_steps(account: Row, steps: list[Row], talks: list[Row], today: date) -> Iterator[Found]:
    """Every open step of the plans that run, unless an open gate of an earlier phase holds it back.

    While a booked review waits for its answer, the step which it would do does not ask as well.
    """
    asked = any(_is_review(one) and one["state"] == "booked" and date_of(one["day"]) <= today for one in talks)
    for step in steps:
        beside = [one for one in steps if one["plan_id"] == step["plan_id"]]
        if step["state"] == "open" and not (asked and step["done_by"] in REVIEWS) and not _held_back(step, beside):
            yield _step(account, step, today)


def _is_review(talk: Row) -> bool:
    return talk["kind"] in REVIEWS and talk["direction"] == "two-way"


def _held_back(step: Row, beside: list[Row]) -> bool:
    order = list(dict.fromkeys(one["phase"] for one in sorted(beside, key=lambda one: one["n"])))
    before = order[: order.index(step["phase"])]
    return any(one["gate"] is not None and one["state"] == "open" and one["phase"] in before for one in beside)


def _step(account: Row, step: Row, today: date) -> Found:
    talk, owner = step["done_by"], step["owner"]
    hours = REVIEW_HOURS.get(talk) or (TALK if talk else OURS_TO_DO if owner in OURS else CHASE)
    kind = "review" if talk in REVIEWS else "step"
    start = maybe(account["started_on"])
    must = step["code"] == "month-1" and start is not None and today >= later(start, 60)
    waiting = step["waiting_on"] == "third party"
    return Found(f"k{step['id']}", kind, account, date_of(step["due_on"]), must, hours, waiting=waiting)


def has_next_step(risk: Row, steps: list[Row]) -> bool:
    """Whether the recovery of a risk has a step that is still to be done; every step has a day."""
    return any(step["state"] == "open" and step["plan_id"] == risk["plan_id"] for step in steps)


def due_escalations(account: Row, escalations: list[Row], today: date) -> Iterator[Found]:
    """An update is owed by the severity; what is open for more than two weeks may not wait."""
    for one in escalations:
        if one["closed_on"] is not None:
            continue
        opened, updated, every = date_of(one["opened_on"]), maybe(one["updated_on"]), EVERY.get(one["severity"])
        must = days_past(opened, today) > 14
        hours = FIRST_DAY_OF_ESCALATION if updated is None else UPDATE
        if every is not None:
            due = forward(opened + ONE if updated is None else later(updated, every))
            yield Found(f"e{one['id']}", "escalation", account, due, must, hours)
        elif must:
            yield Found(f"e{one['id']}", "escalation", account, opened, must, hours)


def open_risk(risks: list[Row], today: date) -> Row | None:
    """The risk that is open today: one whose day has come and which was not closed."""
    return next((one for one in risks if one["closed_on"] is None and date_of(one["opened_on"]) <= today), None)


class Rhythm(NamedTuple):
    """What an account owes without a risk: its interval, the last counted day, and the days that follow from both."""

    interval: int
    last: date | None
    ideal: date
    latest: date


def shortened(account: Row, risk: Row, owed: Rhythm, today: date) -> tuple[date, date]:
    """Ideal and latest day while a risk is open, from those without it (rules.md, Cadence)."""
    shorter, since = 14, date_of(risk["opened_on"])
    decision = maybe(account["renewal_on"])
    if decision is not None and account["notice_days"] is not None:
        decision = earlier(decision, account["notice_days"])
    if decision is not None and today >= earlier(decision, 120):
        shorter, since = 7, max(since, earlier(decision, 120))
    shorter, floor = min(owed.interval, shorter), forward(since)
    half = next(n for n in range(shorter + 1) if 2 * n >= shorter)
    by_shorter = (floor, floor) if owed.last is None else by_interval(owed.last, shorter)
    ideal = min(owed.ideal, max(by_shorter[0], floor))
    return ideal, forward(min(owed.latest, max(by_shorter[1], later(ideal, half))))


def due_review(account: Row, steps: list[Row], talks: list[Row], skips: list[Row], today: date) -> Iterator[Found]:
    """The next review, where no open step of a plan leads to it and none is booked."""
    every = account["review_days"]
    if every is None:
        every = 182 if account["tier"] == "low-touch" else 91
    talks = [one for one in talks if _is_review(one)]
    led = any(step["state"] == "open" and step["done_by"] in REVIEWS for step in steps)
    if every == 0 or led or any(one["state"] == "booked" for one in talks):
        return
    held = sorted(date_of(one["day"]) for one in talks if one["state"] == "held" and date_of(one["day"]) <= today)
    due = next_review(account, every, held, {date_of(one["due_on"]) for one in skips})
    yield Found(f"v{account['id']}", "review", account, due, False, REVIEW_HOURS[account["review_kind"] or "qbr"])


def next_review(account: Row, every: int, held: list[date], skips: set[date]) -> date:
    """The due day after all that were held or let go: a review held answers the next one, however early."""
    added = date_of(account["added_on"])
    before, since = [one for one in held if one < added], [one for one in held if one >= added]
    due = forward(later(before[-1], every) if before else first_review(account, every))
    while True:
        if since and (since[0] <= due or due not in skips):
            due = forward(later(since.pop(0), every))
        elif due in skips:
            due = forward(later(due, every))
        else:
            return due


def first_review(account: Row, every: int) -> date:
    """The 85th day, or the first day of the rhythm in this book where that lies more than one interval before it."""
    added = date_of(account["added_on"])
    if account["started_on"] is None:
        return later(added, every)
    due = later(date_of(account["started_on"]), 85)
    if later(due, every) >= added:
        return due
    while due < added:
        due = later(due, every)
    return due
