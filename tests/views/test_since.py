"""The morning delta: what came about between two looks, from the rules and the journal, and nothing twice."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta

import pytest

from csm_tui import clock
from csm_tui.domain.policy import RenewalPolicy
from csm_tui.domain.since import Terms, in_range
from csm_tui.store import transaction
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.looks import note_look
from csm_tui.store.queries.looks import Look, last_look
from csm_tui.store.transaction import transaction as write
from csm_tui.views.since import Since, since, since_last_look
from tests.conftest import TODAY


def at(day: date, hour: int = 12) -> str:
    """A moment of a day here."""
    return clock.utc(datetime(day.year, day.month, day.day, hour))  # noqa: DTZ001 - the machine's own zone is meant


def done(path: str, label: str, sql: str, origin: str = "shell", on: date = TODAY) -> None:
    with write(path, Operation(label, origin, at(on, 9))) as connection:
        connection.execute(sql)


def looked(path: str, look: Look | None = None, own: str = "") -> Since:
    with reading(path, TODAY) as book:
        found = since_last_look(book) if look is None else since(book, look, own)
    assert found is not None
    return found


def note(path: str, on: date) -> None:
    note_look(path, at(on), 1.0)


@pytest.fixture
def acme(book: str) -> str:
    done(book, "Add Acme", "INSERT INTO account (name, added_on, renewal_on, notice_days) "
         "VALUES ('Acme', '2026-01-05', '2027-06-01', 30)")  # fmt: skip
    done(book, "Add Beta", "INSERT INTO account (name, added_on) VALUES ('Beta', '2026-01-05')")
    return book


def test_before_the_first_look_there_is_nothing_to_say(book: str) -> None:
    with reading(book, TODAY) as one:
        assert last_look(one) is None
        assert since_last_look(one) is None


def test_a_look_is_kept_once_and_is_no_operation(acme: str) -> None:
    note(acme, TODAY - timedelta(days=3))
    note(acme, TODAY - timedelta(days=1))
    with reading(acme, TODAY) as one:
        assert last_look(one) == Look(at(TODAY - timedelta(days=1)), 2)
    assert transaction.undo(acme, "shell", at(TODAY)).label == "Add Beta"


@pytest.mark.parametrize(("due", "there"), [(-4, False), (-3, False), (-2, True), (0, True), (1, False)])
def test_what_fell_due_came_after_the_day_of_the_look_and_is_not_ahead(acme: str, due: int, there: bool) -> None:
    note(acme, TODAY - timedelta(days=3))
    on = TODAY + timedelta(days=due)
    done(acme, "Promise", f"INSERT INTO promise (account_id, side, what, due_on, made_on) "
         f"VALUES (1, 'theirs', 'send', '{on}', '2026-01-05')")  # fmt: skip
    assert ("p1" in [item.id for item in looked(acme).due]) == there


def test_a_snoozed_item_is_told_on_the_day_it_comes_back(acme: str) -> None:
    note(acme, TODAY - timedelta(days=1))
    done(acme, "Promise", "INSERT INTO promise (account_id, side, what, due_on, made_on) "
         "VALUES (1, 'theirs', 'send', '2026-11-21', '2026-01-05')")  # fmt: skip
    assert [item.id for item in looked(acme).due if item.id == "p1"] == ["p1"]
    done(acme, "Snooze", "INSERT INTO snooze (account_id, item, due_on, made_on, until_on) "
         "VALUES (1, 'p1', '2026-11-21', '2026-11-21', '2026-11-23')")  # fmt: skip
    assert [item.id for item in looked(acme).due if item.id == "p1"] == []


def test_what_was_done_since_is_told_the_newest_first_with_its_account(acme: str) -> None:
    note(acme, TODAY - timedelta(days=1))
    done(
        acme,
        "Log",
        "INSERT INTO touchpoint (account_id, day, kind, direction) VALUES (2, '2026-11-20', 'call', 'two-way')",
    )
    done(acme, "Both", "UPDATE account SET owner = 'J. Park'", "workspace 7")
    found = looked(acme).deeds
    assert [(deed.label, deed.origin, deed.account_id) for deed in found] == [
        ("Both", "workspace 7", None), ("Log", "shell", 2)]  # fmt: skip
    assert [deed.label for deed in looked(acme, Look(at(TODAY, 0)), "workspace 7").deeds] == [
        "Log", "Add Beta", "Add Acme"]  # fmt: skip
    assert looked(acme, Look(at(TODAY, 10))).deeds == []


def test_what_was_undone_is_no_news_but_the_undo_of_what_was_there_is(acme: str) -> None:
    note(acme, TODAY - timedelta(days=1))
    done(acme, "Rename", "UPDATE account SET name = 'Gamma' WHERE id = 2")
    transaction.undo(acme, "shell", at(TODAY, 10))
    assert looked(acme).deeds == []
    transaction.undo(acme, "shell", at(TODAY, 11))
    assert [(deed.kind, deed.label, deed.account_id) for deed in looked(acme).deeds] == [("undo", "Add Beta", None)]
    transaction.redo(acme, "shell", at(TODAY, 11))
    assert [(deed.kind, deed.label, deed.account_id) for deed in looked(acme).deeds] == [("redo", "Add Beta", 2)]


NEAR = RenewalPolicy()


@pytest.mark.parametrize(
    ("renewal", "notice", "since_ago", "what"),
    [
        (60, 30, 1, "opt-out day"),  # the opt-out day came to 30 days today
        (59, 30, 1, None),  # it was there before
        (59, 30, 2, "opt-out day"),
        (61, 30, 1, None),
        (30, 30, 31, "opt-out day"),  # today itself
        (29, 30, 31, None),  # past
        (90, None, 1, "decision day, now renewing"),
        (89, None, 1, None),
        (91, None, 1, None),
        (105, 60, 1, "decision day, now renewing"),  # 45 days before the opt-out day
    ],
)
def test_a_decision_day_comes_into_range_once(
    renewal: int, notice: int | None, since_ago: int, what: str | None
) -> None:
    terms = Terms(1, "Acme", None, TODAY + timedelta(days=renewal), notice)
    found = in_range(terms, TODAY - timedelta(days=since_ago), TODAY, NEAR)
    assert (found.what if found else None) == what
    served = terms._replace(notice_served_on=TODAY)
    assert in_range(served, TODAY - timedelta(days=since_ago), TODAY, NEAR) is None


def test_decisions_of_accounts_that_have_left_are_not_told(acme: str) -> None:
    look = Look(at(TODAY - timedelta(days=1)))
    done(acme, "Renewal", "UPDATE account SET renewal_on = '2027-02-19', notice_days = NULL")
    assert [(one.name, one.on) for one in looked(acme, look).decisions] == [
        ("Acme", date(2027, 2, 19)), ("Beta", date(2027, 2, 19))]  # fmt: skip
    done(acme, "Left", "UPDATE account SET churned_on = '2026-11-20' WHERE id = 1")
    done(acme, "Gone", "UPDATE account SET archived_on = '2026-11-20' WHERE id = 2")
    assert looked(acme, look).decisions == []


def test_a_book_that_cannot_be_written_keeps_the_look_before(acme: str) -> None:
    from csm_tui.domain.errors import Refusal

    note(acme, TODAY)
    holder = sqlite3.connect(acme, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Refusal):
        note_look(acme, at(TODAY, 13), 0.01)
    holder.close()
    with reading(acme, TODAY) as one:
        assert last_look(one) == Look(at(TODAY), 2)
