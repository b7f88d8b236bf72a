"""What a touchpoint that is logged, booked, moved or corrected does to the plans of its account."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.playbooks import load
from tests.actions.test_plans import DAY, dues, start, step, three, three_once
from tests.conftest import TODAY
from tests.store.deeds import Deed, logging
from tests.store.test_every_action import do, rows

__all__ = ["step", "three", "three_once"]


def log(path: str, line: str) -> None:
    do(path, logging(line, account="A"))


def test_booking_the_next_review_leaves_what_follows_the_last_one_where_it_is(three: str) -> None:
    start(three, "qbr", TODAY)
    log(three, "qbr all good")
    before = dues(three)
    assert before["recap"] == "2026-11-23"
    log(three, "2027-02-18 qbr next one")
    assert dues(three) == before


def test_a_review_of_before_the_preparation_that_is_logged_late_counts_nothing_anew(three: str) -> None:
    start(three, "qbr", date(2026, 12, 29))
    before = dues(three)
    log(three, "2026-09-25 qbr what we had forgotten to log")
    assert dues(three) == before
    assert rows(three, "SELECT anchor_on FROM plan") == [("2026-12-29",)]


def test_a_preparation_is_counted_from_the_booking_that_comes_next_and_first_of_its_own_kind(three: str) -> None:
    start(three, "qbr", TODAY + 30 * DAY)
    do(three, Deed(start_plan, lambda _: StartPlan(1, "A", load("ebr"), TODAY + 60 * DAY)))
    log(three, "14.12 qbr")
    log(three, "2027-01-20 ebr")
    log(three, "2027-03-15 qbr the one after")
    assert rows(three, "SELECT playbook, anchor_on FROM plan ORDER BY id") == [
        ("qbr", "2026-12-14"),
        ("ebr", "2027-01-20"),
    ]
