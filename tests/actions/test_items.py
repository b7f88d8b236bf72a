"""Every due item is closed, put off or moved in the way of its kind, and only while it is still open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from csm_tui.actions.correct import CorrectTouchpoint, correct_touchpoint
from csm_tui.actions.items import (
    DoneItem,
    DropItem,
    MoveItem,
    SnoozeItem,
    alarm_of,
    done_item,
    drop_item,
    move_item,
    needs_day,
    needs_line,
    snooze_item,
)
from csm_tui.domain.due import Item
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.domain.renewals import Alarm
from tests.conftest import TODAY
from tests.store.deeds import Deed, item, logging
from tests.store.test_every_action import do, dump, full, full_once, journal_of, rows, run

__all__ = ["full", "full_once"]

DAY = timedelta(days=1)


def done(book: str, due: Item, line: str | None = None, to: date | None = None) -> Any:
    wanted = DoneItem(due, None if line is None else parse(line, TODAY), to)
    return do(book, Deed(done_item, lambda _: wanted))


def move(book: str, due: Item, to: date) -> None:
    do(book, Deed(move_item, lambda _: MoveItem(due, to)))


def snooze(book: str, due: Item, until: date) -> None:
    do(book, Deed(snooze_item, lambda _: SnoozeItem(due, until, "why")))


def drop(book: str, due: Item, reason: str = "") -> None:
    do(book, Deed(drop_item, lambda _: DropItem(due, reason)))


def gone(book: str, item_id: str) -> bool:
    try:
        item(book, item_id)
    except Refusal:
        return True
    return False


def test_a_kept_promise_is_closed_today(full: str) -> None:
    done(full, item(full, "p1"))
    assert rows(full, "SELECT state, closed_on, reason FROM promise WHERE id = 1") == [("kept", "2026-11-21", None)]
    assert gone(full, "p1")


def test_a_held_meeting_is_held_with_and_without_a_line(full: str) -> None:
    due = item(full, "t2")
    done(full, due, "@zoë plan agreed :) >send it fri")
    assert rows(full, "SELECT state, day, kind, mood FROM touchpoint WHERE id = 2") == [
        ("held", "2026-11-20", "meeting", "happy")
    ]
    assert rows(full, "SELECT what, touchpoint_id FROM promise WHERE id = 3") == [("send it", 2)]
    done(full, item(full, "t3"))
    assert rows(full, "SELECT state FROM touchpoint WHERE id = 3") == [("held",)]


def test_the_line_of_a_meeting_keeps_the_meeting_s_own_kind_and_day(full: str) -> None:
    done(full, item(full, "t2"), "-9d call all agreed")
    assert rows(full, "SELECT state, day, kind FROM touchpoint WHERE id = 2") == [("held", "2026-11-20", "meeting")]
    assert rows(full, "SELECT count(*) FROM touchpoint") == [(6,)]


def test_of_two_bookings_of_one_kind_and_day_the_one_that_was_meant_is_answered(full: str) -> None:
    run(full, "INSERT INTO touchpoint (account_id, day, time, kind, state, direction, summary) VALUES "
              "(3, '2026-11-20', '16:00', 'meeting', 'booked', 'two-way', 'second')")  # fmt: skip
    done(full, item(full, "t7"), "all agreed")
    assert rows(full, "SELECT id, state FROM touchpoint WHERE day = '2026-11-20' ORDER BY id") == [
        (2, "booked"),
        (7, "held"),
    ]


def test_what_a_line_says_besides_is_kept_even_when_nobody_came(full: str) -> None:
    """“no answer >try again mon #silence”: the promise and the signal are no less said."""
    done(full, item(full, "t2"), "no answer >try again mon #silence")
    assert rows(full, "SELECT what FROM promise WHERE id > 2 AND step_id IS NULL") == [("try again",)]
    assert rows(full, "SELECT signal FROM touchpoint_signal WHERE touchpoint_id <> 1") == [("silence",)]


def test_a_check_in_needs_a_line_and_is_logged(full: str) -> None:
    due = item(full, "c1")
    with pytest.raises(Refusal, match="What was said"):
        done(full, due)
    done(full, due, "call @jon fine")
    assert rows(full, "SELECT day, kind, state, direction FROM touchpoint WHERE id > 6") == [
        ("2026-11-21", "call", "held", "two-way")
    ]


def test_an_opt_out_talk_is_a_renewal_talk_whether_or_not_the_line_says_so(full: str) -> None:
    done(full, item(full, "o4"), "call talked it over")
    done(full, item(full, "c4"), "call other things")
    assert rows(full, "SELECT signal FROM touchpoint_signal WHERE id > 1") == [("renewal",)]
    assert gone(full, "o4")


@pytest.mark.parametrize("booked", ["26.11 meeting plan", "26.11 meeting plan #renewal"])
def test_a_termination_is_answered_by_a_talk_of_that_day_that_was_booked_before_and_held_after_it(
    full: str, booked: str
) -> None:
    """Of two talks on one day the one logged later is later, whenever it was booked."""
    do(full, logging(booked))
    run(full, "UPDATE touchpoint SET day = '2026-11-21' WHERE id = 7")
    do(full, logging("call #termination they want out"))
    done(full, item(full, "x1"), "meeting talked it through")
    assert rows(full, "SELECT count(*), max(state) FROM touchpoint WHERE id > 6 AND day = '2026-11-21'") == [
        (2, "held")
    ]
    assert gone(full, "x1")


@pytest.mark.parametrize("line", [None, "all said", "--state held"])
def test_a_booking_with_a_sign_that_is_held_after_a_termination_of_its_day_answers_it(
    full: str, line: str | None
) -> None:
    run(full, "INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (2, 'renewal')")
    do(full, logging("20.11 call #termination", account_id=3))
    assert not gone(full, "x3")
    if line == "--state held":
        do(full, Deed(correct_touchpoint, lambda _: CorrectTouchpoint(2, 3, "Acme", {"state": "held"})))
    else:
        done(full, item(full, "t2"), line)
    assert gone(full, "x3")


def test_a_renewal_needs_its_new_day_after_the_old(full: str) -> None:
    run(full, "UPDATE account SET auto_renew_off_on = '2026-10-01', notice_served_on = '2026-10-02' WHERE id = 3")
    due = item(full, "r3")
    with pytest.raises(Refusal, match=r"To which day did Acme renew.*2027-11-10"):
        done(full, due)
    for wrong in (date(2026, 11, 10), date(2026, 1, 1)):
        with pytest.raises(Refusal, match="must come after the old one"):
            done(full, due, None, wrong)
    with pytest.raises(Refusal, match="out of range"):
        done(full, due, None, date(2999, 1, 1))
    done(full, due, None, date(2027, 11, 10))
    assert rows(full, "SELECT renewal_on, notice_served_on, auto_renew_off_on FROM account WHERE id = 3") == [
        ("2027-11-10", None, None)
    ]


def test_news_of_a_notice_stays_in_sight_and_says_what_can_be_done(full: str) -> None:
    run(full, "UPDATE account SET notice_served_on = '2026-11-20' WHERE id = 1")
    due = item(full, "n1")
    assert alarm_of(due) is Alarm.NOTICE
    with pytest.raises(Refusal, match="stays in sight for a week: snooze it to tomorrow"):
        done(full, due)


def test_an_item_is_snoozed_to_a_day_to_come_and_a_must_do_only_to_tomorrow(full: str) -> None:
    for until in (TODAY, TODAY - DAY):
        with pytest.raises(Refusal, match="only to a day to come"):
            snooze(full, item(full, "c1"), until)
    with pytest.raises(Refusal, match="is a must-do: it can be snoozed only to tomorrow"):
        snooze(full, item(full, "p1"), TODAY + 2 * DAY)
    with pytest.raises(Refusal, match="out of range"):
        snooze(full, item(full, "c1"), date(2200, 1, 1))
    snooze(full, item(full, "p1"), TODAY + DAY)
    snooze(full, item(full, "c1"), TODAY + 9 * DAY)
    assert rows(full, "SELECT account_id, item, due_on, made_on, until_on, reason FROM snooze WHERE id > 1") == [
        (1, "p1", "2026-11-18", "2026-11-21", "2026-11-22", "why"),
        (1, "c1", "2026-11-10", "2026-11-21", "2026-11-30", "why"),
    ]
    put_off = item(full, "c1").snoozed
    assert put_off is not None
    assert put_off.until_on == date(2026, 11, 30)


def test_a_promise_and_a_meeting_are_moved_to_a_day_to_come(full: str) -> None:
    for item_id in ("p1", "t2", "c2"):
        with pytest.raises(Refusal, match="only to today or a day to come"):
            move(full, item(full, item_id), TODAY - DAY)
    move(full, item(full, "p1"), TODAY)
    move(full, item(full, "t2"), TODAY + 3 * DAY)
    assert rows(full, "SELECT due_on FROM promise WHERE id = 1") == [("2026-11-21",)]
    assert rows(full, "SELECT day, state FROM touchpoint WHERE id = 2") == [("2026-11-24", "booked")]
    with pytest.raises(Refusal, match="stands on 21 Nov 2026 already: nothing was changed"):
        move(full, item(full, "p1"), TODAY)


def test_a_check_in_is_moved_by_booking_up_to_its_latest_day(full: str) -> None:
    due = item(full, "c4")
    with pytest.raises(Refusal, match="The latest day for Опто is Thu 10 Dec"):
        move(full, due, date(2026, 12, 11))
    with pytest.raises(Refusal, match="is done by logging it"):
        move(full, due, TODAY)
    move(full, due, date(2026, 12, 10))
    assert rows(full, "SELECT day, kind, state, direction FROM touchpoint WHERE id > 6") == [
        ("2026-12-10", "call", "booked", "two-way")
    ]


def test_a_check_in_that_another_booked_since_it_was_seen_is_not_booked_twice(full: str) -> None:
    due = item(full, "c4")
    move(full, due, TODAY + 3 * DAY)
    with pytest.raises(Refusal, match="was booked elsewhere in the meantime, for 24 Nov"):
        move(full, due, TODAY + 4 * DAY)


def test_a_booked_check_in_moves_its_booking(full: str) -> None:
    due = item(full, "c2")
    move(full, due, date(2026, 12, 2))
    assert rows(full, "SELECT day FROM touchpoint WHERE id = 4") == [("2026-12-02",)]
    with pytest.raises(Refusal, match="has changed since it was shown"):
        move(full, due, date(2026, 12, 3))


def test_a_mail_to_be_written_on_the_day_of_a_booked_check_in_stays_where_it_is(full: str) -> None:
    run(full, "UPDATE touchpoint SET kind = 'email', direction = 'out' WHERE id = 4; "
              "INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) VALUES "
              "(2, '2026-11-27', 'call', 'booked', 'two-way', 'check')")  # fmt: skip
    move(full, item(full, "c2"), date(2026, 11, 30))
    assert rows(full, "SELECT id, day FROM touchpoint WHERE state = 'booked' AND account_id = 2 ORDER BY id") == [
        (4, "2026-11-27"),
        (7, "2026-11-30"),
    ]


def test_a_renewal_has_no_day_of_its_own_to_move(full: str) -> None:
    with pytest.raises(Refusal, match="has no day of its own to move"):
        move(full, item(full, "r3"), TODAY + DAY)


def test_what_did_not_happen_is_an_attempt_a_release_or_a_breach(full: str) -> None:
    drop(full, item(full, "t2"))
    drop(full, item(full, "p1"), "not needed")
    drop(full, item(full, "p2"), "silent")
    assert rows(full, "SELECT state FROM touchpoint WHERE id = 2") == [("missed",)]
    assert rows(full, "SELECT state, closed_on, reason FROM promise ORDER BY id") == [
        ("released", "2026-11-21", "not needed"),
        ("broken", "2026-11-21", "silent"),
    ]
    with pytest.raises(Refusal, match="cannot be skipped: log it, or snooze it"):
        drop(full, item(full, "c1"))


def test_our_promise_that_begins_with_they_is_still_ours(full: str) -> None:
    run(full, "UPDATE promise SET what = 'they get the deck' WHERE id = 1")
    drop(full, item(full, "p1"))
    assert rows(full, "SELECT state FROM promise WHERE id = 1") == [("released",)]


@pytest.mark.parametrize("item_id", ["p1", "t2"])
def test_what_somebody_else_has_closed_meanwhile_is_left_as_it_is(full: str, item_id: str) -> None:
    due = item(full, item_id)
    done(full, due)
    before, journal = dump(full), journal_of(full)
    for again in (
        lambda: done(full, due),
        lambda: drop(full, due),
        lambda: move(full, due, TODAY + 5 * DAY),
    ):
        with pytest.raises(Refusal, match=r"has been closed in the meantime|has changed since"):
            again()
    assert (dump(full), journal_of(full)) == (before, journal)


@pytest.mark.parametrize("item_id", ["r3", "c4", "p1", "t2"])
def test_an_item_of_an_account_that_is_gone_is_refused_in_a_sentence(full: str, item_id: str) -> None:
    """Another process has removed the account between the look and the write."""
    due = item(full, item_id)
    run(full, f"DELETE FROM account WHERE id = {due.account.account_id}")
    with pytest.raises(Refusal):
        snooze(full, due, TODAY + DAY)
    with pytest.raises(Refusal):
        done(full, due, "call ok" if item_id == "c4" else None, date(2027, 11, 10))


def test_what_each_kind_of_item_needs(full: str) -> None:
    needs = {
        each: (needs_line(item(full, each)), needs_day(item(full, each)))
        for each in ("p1", "t2", "c1", "r3", "o4", "s3")
    }
    assert needs == {
        "p1": (False, False), "t2": (False, False), "c1": (True, False), "r3": (False, True), "o4": (True, False),
        "s3": (True, False),
    }  # fmt: skip


def test_history_names_the_item_and_its_account(full: str) -> None:
    due = item(full, "p1")
    assert DoneItem(due).label == "Done: promise: send usage (Northwind)"
    assert SnoozeItem(due, date(2026, 11, 22)).label == "Snooze to 22 Nov 2026: promise: send usage (Northwind)"
    assert MoveItem(due, date(2026, 11, 22)).label == "Move to 22 Nov 2026: promise: send usage (Northwind)"
    assert DropItem(due).label == "Did not happen: promise: send usage (Northwind)"
