"""What a touchpoint that is logged, booked, moved or corrected does to the plans of its account."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.actions.correct import CorrectTouchpoint, DeleteTouchpoint, correct_touchpoint, delete_touchpoint
from csm_tui.actions.items import DoneItem, done_item
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.playbooks import load
from tests.actions.test_plans import DAY, dues, start, step, three, three_once
from tests.conftest import TODAY
from tests.store.deeds import Deed, item, logging
from tests.store.test_every_action import do, rows, run

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


def test_a_review_of_before_the_preparation_that_is_logged_late_does_no_step_of_it_and_dates_it_by_the_clock(
    three: str,
) -> None:
    start(three, "qbr", date(2026, 12, 29))
    log(three, "2026-09-25 qbr what we had forgotten to log")
    assert closed(three) == []
    assert rows(three, "SELECT anchor_on FROM plan") == [("2026-12-25",)], "91 days after the one that was held"
    log(three, "2026-09-30 qbr another")
    assert rows(three, "SELECT anchor_on FROM plan") == [("2026-12-30",)]
    correct(three, kind="call")
    assert rows(three, "SELECT anchor_on FROM plan") == [("2026-12-30",)]
    do(three, Deed(delete_touchpoint, lambda _: DeleteTouchpoint(2, 1, "A")))
    assert rows(three, "SELECT anchor_on FROM plan") != [("2026-12-30",)]


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


def done(path: str, code: str, line: str) -> None:
    """`csm done k7 LINE`."""
    found = item(path, f"k{step(path, code)[0]}")
    do(path, Deed(done_item, lambda _: DoneItem(found, parse(line, TODAY))))


def closed(path: str) -> list[tuple[str, str]]:
    """The codes of the steps that are done, each with its day."""
    return rows(path, "SELECT code, closed_on FROM step WHERE state = 'done' ORDER BY id")


@pytest.mark.parametrize("code", ["check-in-3", "user-training", "recap"])
def test_a_talk_that_is_logged_with_a_step_does_that_one_and_no_other(three: str, code: str) -> None:
    """Both check-ins and the training would be done by a training; the recap is done by no talk."""
    start(three, "onboarding", TODAY)
    run(three, "UPDATE step SET due_on = '2026-11-21' WHERE code IN ('check-in-3', 'user-training', 'recap')")
    done(three, code, "training all went well")
    assert closed(three) == [(code, "2026-11-21")]


def test_a_review_that_is_logged_with_its_step_does_that_one_and_ends_its_preparation(three: str) -> None:
    start(three, "onboarding", TODAY)
    start(three, "qbr", date(2027, 3, 1))
    run(three, "UPDATE step SET due_on = '2026-12-01' WHERE code = 'hold'")
    run(three, "UPDATE step SET state = 'skipped', closed_on = '2026-11-20' WHERE gate <> 'review held'")
    done(three, "first-qbr", "all agreed")
    assert closed(three) == [("first-qbr", "2026-11-21")]
    done(three, "hold", "ebr all agreed")
    assert closed(three) == [("first-qbr", "2026-11-21"), ("hold", "2026-11-21")]
    assert rows(three, "SELECT due_on FROM step WHERE code = 'update'") == [("2026-11-26",)]
    assert rows(three, "SELECT DISTINCT state FROM step WHERE day_offset < 0") == [("skipped",)]


def test_a_review_that_was_only_written_about_does_no_step(three: str) -> None:
    start(three, "qbr", date(2026, 12, 1))
    done(three, "hold", "qbr> sent the slides")
    assert closed(three) == []


def test_a_step_that_a_line_does_is_done_on_the_day_of_the_line(three: str) -> None:
    start(three, "onboarding", TODAY)
    done(three, "success-plan", "-2d meeting they signed")
    done(three, "welcome", "email> -1d sent")
    with pytest.raises(Refusal, match="says nothing yet"):
        done(three, "recap", "")
    assert dict(closed(three)) == {"success-plan": "2026-11-19", "welcome": "2026-11-20"}
    with pytest.raises(Refusal, match="no two-way talk has been held"):
        done(three, "kickoff", "email> sent the agenda")


def test_a_talk_does_no_step_that_waits_behind_a_gate(three: str) -> None:
    start(three, "onboarding", TODAY - 55 * DAY)
    run(three, "UPDATE step SET state = 'open', closed_on = NULL WHERE code = 'go-live'")
    log(three, "training advanced")
    assert closed(three) == []
    run(three, "UPDATE step SET state = 'skipped', closed_on = '2026-11-20' WHERE code = 'go-live'")
    log(three, "training advanced")
    assert closed(three) == [("advanced-training", "2026-11-21")]


def correct(path: str, **values: str) -> None:
    """`csm touchpoint edit t1`, as another line of the same talk would have said it."""
    do(path, Deed(correct_touchpoint, lambda _: CorrectTouchpoint(1, 1, "A", dict(values))))


def anchored(path: str) -> dict[str, str]:
    """The days of the open steps that are counted from the review."""
    return {code: due for code, due in dues(path).items() if code in {"attendees", "hold", "update"}}


def test_a_booked_review_that_is_corrected_takes_its_preparation_along(three: str) -> None:
    start(three, "qbr", date(2026, 12, 21))
    run(three, "UPDATE plan SET opened_on = '2026-11-09'")
    log(three, "21.12 qbr")
    correct(three, day="2027-01-11")
    assert anchored(three) == {"attendees": "2027-01-04", "hold": "2027-01-11", "update": "2027-01-18"}
    correct(three, day="2026-11-20", state="held")
    assert closed(three) == [("hold", "2026-11-20")]
    assert anchored(three) == {"update": "2026-11-25"}
    correct(three, day="2026-11-21")
    assert closed(three) == [("hold", "2026-11-21")]
    assert anchored(three) == {"update": "2026-11-26"}


@pytest.mark.parametrize("line", ["qbr> sent the slides", "call all agreed", "call no answer"])
def test_what_turns_out_to_have_been_a_review_does_its_step(three: str, line: str) -> None:
    start(three, "qbr", date(2026, 12, 21))
    log(three, line)
    correct(three, summary="all agreed :)")
    assert closed(three) == []
    correct(three, kind="ebr", state="held", direction="two-way")
    assert closed(three) == [("hold", "2026-11-21")]
    correct(three, kind="qbr")
    assert closed(three) == [("hold", "2026-11-21")]


def test_a_review_that_was_held_does_no_second_step_when_its_kind_is_corrected(three: str) -> None:
    log(three, "qbr all agreed")
    start(three, "qbr", date(2026, 12, 21))
    before = dues(three)
    correct(three, kind="ebr")
    correct(three, kind="qbr", mood="happy")
    assert (closed(three), dues(three)) == ([], before)
