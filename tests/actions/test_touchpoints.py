"""One line writes all that it says, in one stroke, and answers the booking that it tells the end of."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import Any

import pytest

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.actions.touchpoints import Logged, LogTouchpoint, log_touchpoint, proper
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.store.transaction import undo
from tests.conftest import TODAY
from tests.store.deeds import Deed, logging
from tests.store.test_every_action import AT, do, dump, full, full_once, journal_of, rows, run

__all__ = ["full", "full_once"]


def log(book: str, line: str, notes: str = "", account_id: int = 1) -> Logged:
    done: Logged = do(book, logging(line, notes, account_id))
    return done


def newest(book: str, names: str) -> tuple[Any, ...]:
    return rows(book, f"SELECT {names} FROM touchpoint ORDER BY id DESC LIMIT 1")[0]


def test_all_that_a_line_says_is_written(full: str) -> None:
    done = log(
        full, "-3d call 14:20 25m @jon @kim it went well :) pulse:5 #value #nps >send deck fri <reply", "# Notes"
    )
    assert newest(full, "account_id, day, time, kind, state, direction, minutes, mood, notes") == (
        1, "2026-11-18", "14:20", "call", "held", "two-way", 25, "happy", "# Notes",
    )  # fmt: skip
    assert newest(full, "id") == (done.touchpoint_id,)
    assert rows(full, "SELECT side, what, due_on, state, made_on, touchpoint_id FROM promise WHERE id > 2") == [
        ("ours", "send deck", "2026-11-27", "open", "2026-11-18", done.touchpoint_id),
        ("theirs", "reply", None, "open", "2026-11-18", done.touchpoint_id),
    ]
    assert rows(full, "SELECT value, given_on FROM pulse WHERE touchpoint_id = ?", done.touchpoint_id) == [
        (5, "2026-11-18")
    ]
    signals = rows(full, "SELECT signal FROM touchpoint_signal WHERE touchpoint_id = ?", done.touchpoint_id)
    assert sorted(signals) == [("nps",), ("value",)]
    names = rows(
        full,
        "SELECT name FROM contact c JOIN touchpoint_contact t ON t.contact_id = c.id WHERE touchpoint_id = ?",
        done.touchpoint_id,
    )
    assert sorted(names) == [("Jon Bell",), ("Kim",)]
    assert (len(done.promise_ids), done.new_contacts, done.answered_booking) == (2, ("Kim",), False)


@pytest.mark.parametrize(
    ("line", "words"),
    [("31.2.2026 call ok", "“31.2.2026” is not a day"), ("call >send it 2026-02-30", "“2026-02-30” is not a day"),
     ("", "says nothing yet"), ("   \t ", "says nothing yet"), ("-3d", "says nothing yet")],
)  # fmt: skip
def test_what_says_nothing_or_names_no_day_is_refused_and_nothing_is_written(full: str, line: str, words: str) -> None:
    before, journal = dump(full), journal_of(full)
    with pytest.raises(Refusal, match=words):
        log(full, line)
    assert (dump(full), journal_of(full)) == (before, journal)


def test_a_year_that_is_a_typing_mistake_is_refused(full: str) -> None:
    line = parse("call ok", TODAY)._replace(day=date(1026, 11, 21))
    with pytest.raises(Refusal, match="The year 1026 is out of range"):
        do(full, Deed(log_touchpoint, lambda _: LogTouchpoint(1, "Northwind", line)))


def test_ten_thousand_characters_are_kept(full: str) -> None:
    log(full, "call " + "x" * 10_000)
    assert len(newest(full, "summary")[0]) == 10_000


@pytest.mark.parametrize("line", ["#usage", "#usage :)"])
def test_signals_alone_become_a_note_that_restarts_nothing_unless_somebody_spoke(full: str, line: str) -> None:
    log(full, line)
    kind, direction = newest(full, "kind, direction")
    assert (kind == "note" and direction == "internal") == (line == "#usage")


def test_notes_alone_become_an_internal_note(full: str) -> None:
    done = log(full, "", "written down")
    assert newest(full, "kind, direction, notes, id") == ("note", "internal", "written down", done.touchpoint_id)


@pytest.mark.parametrize("line", [">send the plan fri", "pulse:2", "<reply"])
def test_promises_and_a_pulse_alone_are_no_touchpoint(full: str, line: str) -> None:
    before = rows(full, "SELECT count(*) FROM touchpoint")
    assert log(full, line).touchpoint_id is None
    assert rows(full, "SELECT count(*) FROM touchpoint") == before
    assert rows(
        full, "SELECT touchpoint_id FROM promise WHERE id > 2 UNION SELECT touchpoint_id FROM pulse WHERE id > 2"
    ) == [(None,)]


def test_a_pulse_or_promise_of_a_day_to_come_was_given_today(full: str) -> None:
    log(full, "27.11 call pulse:3 >bring the deck")
    assert rows(full, "SELECT given_on FROM pulse ORDER BY id DESC LIMIT 1") == [("2026-11-21",)]
    assert rows(full, "SELECT made_on FROM promise ORDER BY id DESC LIMIT 1") == [("2026-11-21",)]
    assert newest(full, "state, day") == ("booked", "2026-11-27")


def test_a_held_call_of_the_booked_day_is_that_booking(full: str) -> None:
    done = log(full, "19.11 call @jon told all", "more")
    assert (done.touchpoint_id, done.answered_booking) == (3, True)
    assert rows(full, "SELECT state, summary, notes FROM touchpoint WHERE id = 3") == [("held", "told all", "more")]


def test_what_the_booking_knew_is_kept_where_the_line_says_nothing(full: str) -> None:
    run(full, "UPDATE touchpoint SET time = '14:00', minutes = 45, mood = 'worried' WHERE id = 2")
    log(full, "20.11 meeting", "said", 3)
    assert rows(full, "SELECT state, time, minutes, mood, summary, notes FROM touchpoint WHERE id = 2") == [
        ("held", "14:00", 45, "worried", "quarterly plan", "agenda\n\nsaid")
    ]


def test_what_the_line_says_takes_the_place_of_what_the_booking_knew(full: str) -> None:
    run(full, "UPDATE touchpoint SET time = '14:00', minutes = 45, mood = 'worried' WHERE id = 2")
    log(full, "20.11 14:30 20m meeting short :)", account_id=3)
    assert rows(full, "SELECT time, minutes, mood, summary FROM touchpoint WHERE id = 2") == [
        ("14:30", 20, "happy", "short")
    ]


def test_who_was_booked_is_not_there_twice(full: str) -> None:
    log(full, "20.11 meeting @zoë #value", account_id=3)
    log(full, "20.11 meeting @zoë #value #value again", account_id=3)
    assert rows(full, "SELECT count(*) FROM touchpoint_contact WHERE touchpoint_id = 2") == [(1,)]
    assert rows(full, "SELECT count(*) FROM touchpoint_signal WHERE touchpoint_id = 2") == [(1,)]


@pytest.mark.parametrize(
    "line",
    [
        "19.11 meeting other kind",
        "18.11 call other day",
        "19.11 call> no answer",
        "19.11 email two ways",
        "19.11 call no answer",
    ],
)
def test_another_kind_day_or_way_answers_no_booking(full: str, line: str) -> None:
    assert not log(full, line).answered_booking
    assert rows(full, "SELECT state FROM touchpoint WHERE id = 3") == [("booked",)]


def test_the_booking_of_another_account_is_not_answered(full: str) -> None:
    assert not log(full, "19.11 call hello", account_id=2).answered_booking
    assert rows(full, "SELECT state FROM touchpoint WHERE id = 3") == [("booked",)]


def test_a_known_person_is_found_and_a_new_one_added_once(full: str) -> None:
    assert log(full, "call @jon @Jon.Bell @ana").new_contacts == ()
    assert log(full, "call @ida @ida.b").new_contacts == ("Ida", "Ida B")
    assert log(full, "call @IDA.B").new_contacts == ()
    assert rows(full, "SELECT account_id, name FROM contact WHERE id > 4") == [(1, "Ida"), (1, "Ida B")]


def test_somebody_of_another_account_is_somebody_else(full: str) -> None:
    assert log(full, "call @jon", account_id=2).new_contacts == ("Jon",)


def test_somebody_who_is_there_goes_before_somebody_who_left(full: str) -> None:
    run(full, "INSERT INTO contact (account_id, name, status) VALUES (1, 'Jon Old', 'left')")
    done = log(full, "call @jon")
    assert rows(full, "SELECT contact_id FROM touchpoint_contact WHERE touchpoint_id = ?", done.touchpoint_id) == [(1,)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("jon", "Jon"),
        ("jon.bell", "Jon Bell"),
        ("McKay", "McKay"),
        ("田中", "田中"),
        ("zoë", "zoë"),
        ("...", "..."),
        ("o'neil", "O'neil"),
    ],
)
def test_a_typed_name_becomes_a_person_s(typed: str, name: str) -> None:
    assert proper(typed) == name


@pytest.mark.parametrize(
    ("line", "label"),
    [("call ok", "Log call with Northwind"), ("27.11 call", "Book call with Northwind"),
    (">send it", "Promise with Northwind"),
     ("#usage", "Note for Northwind"), ("pulse:2", "Note for Northwind")],
)  # fmt: skip
def test_history_says_what_it_was(line: str, label: str) -> None:
    assert LogTouchpoint(1, "Northwind", parse(line, TODAY)).label == label


@pytest.mark.parametrize("line", ["call ok", ">send it", "pulse:3"])
@pytest.mark.parametrize("light", [True, False])
def test_an_account_that_is_gone_meanwhile_is_refused_in_a_sentence(full: str, line: str, light: bool) -> None:
    """The form was open while another process undid the adding of the account."""
    account = do(full, Deed(add_account, lambda _: AddAccount("Bolt", {})))
    undo(full, "shell", AT)
    before = dump(full)
    with pytest.raises((Refusal, sqlite3.IntegrityError)) as told:
        do(full, logging(line, "", account, "Bolt"), light=light)
    assert dump(full) == before
    assert isinstance(told.value, Refusal), "a traceback for what another window can cause"
