"""Today: every must-do, every group, and what a booked meeting does to a check-in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm_tui.domain.accounts import AccountFacts
from csm_tui.domain.agenda import agenda, needs_step, too_many
from csm_tui.domain.due import Group, ItemKind
from csm_tui.domain.reasons import why
from csm_tui.domain.touchpoints import Side
from tests.conftest import TODAY
from tests.domain.due import EACH_MUST_DO, OWED, QUIET, ahead, book, meeting, only, promise, shown

# Groups.


GROUPS = [
    (-400, Group.OVERDUE), (-1, Group.OVERDUE), (0, Group.TODAY), (1, Group.THIS_WEEK), (7, Group.THIS_WEEK),
    (8, Group.LATER), (900, Group.LATER),
]  # fmt: skip


@pytest.mark.parametrize(("days", "group"), GROUPS)
def test_what_they_owe_stands_in_the_group_of_its_day(days: int, group: Group) -> None:
    item = only(book(QUIET, promises=(promise(ahead(days), side=Side.THEIRS),)), "p1")
    assert (item.group, item.days_late, item.must_do) == (group, max(0, -days), "")


@pytest.mark.parametrize(("days", "group"), GROUPS)
def test_what_we_owe_is_a_must_do_from_the_day_after(days: int, group: Group) -> None:
    item = only(book(QUIET, promises=(promise(ahead(days)),)), "p1")
    assert item.group is (Group.MUST_DO if days < 0 else group)


@pytest.mark.parametrize(
    ("today", "group", "late"),
    [
        (date(2026, 11, 22), Group.LATER, 0),
        (date(2026, 11, 23), Group.LATER, 0),
        (date(2026, 11, 25), Group.THIS_WEEK, 0),
        (date(2026, 12, 1), Group.THIS_WEEK, 0),
        (date(2026, 12, 2), Group.TODAY, 0),
        (date(2026, 12, 3), Group.OVERDUE, 1),
        (date(2026, 12, 30), Group.OVERDUE, 28),
    ],
)
def test_a_check_in_is_due_on_its_ideal_day_and_never_a_must_do(today: date, group: Group, late: int) -> None:
    item = only(book(QUIET._replace(interval_days=30, last_two_way_on=date(2026, 11, 2))), "c1", today)
    assert (item.kind, item.due_on, item.latest_on) == (
        ItemKind.CHECK_IN,
        date(2026, 12, 2),
        date(2026, 12, 17),
    )
    assert (item.group, item.days_late, item.must_do) == (group, late, "")


# Must-dos.


@EACH_MUST_DO
def test_what_may_not_be_missed_is_a_must_do_and_says_why(
    account: AccountFacts, item_id: str, kind: ItemKind, on: date
) -> None:
    item = only(book(account), item_id)
    assert (item.kind, item.due_on, item.latest_on, item.group) == (kind, on, None, Group.MUST_DO)
    assert item.days_late == max(0, (TODAY - on).days)
    assert why(item, TODAY)[0] == f"Must-do: {item.must_do}"


def test_an_account_in_order_has_no_must_do() -> None:
    assert shown(book(QUIET._replace(pulse=3, renewal_on=ahead(91), notice_days=60))) == {}


@pytest.mark.parametrize(("pulse", "needs"), [(1, True), (2, True), (3, False), (4, False), (5, False), (None, False)])
def test_an_account_at_risk_needs_a_next_step_with_a_day(pulse: int | None, needs: bool) -> None:
    assert needs_step(QUIET._replace(pulse=pulse)) == needs
    assert not needs_step(QUIET._replace(pulse=pulse, next_step_on=ahead(3)))


@pytest.mark.parametrize(
    ("ago", "group", "late"),
    [(0, Group.TODAY, 0), (1, Group.OVERDUE, 1), (2, Group.MUST_DO, 2), (30, Group.MUST_DO, 30)],
)
def test_a_booked_meeting_asks_whether_it_was_held_and_is_a_must_do_after_2_days(
    ago: int, group: Group, late: int
) -> None:
    item = only(book(QUIET, meetings=(meeting(ahead(-ago)),)), "t1")
    assert (item.kind, item.group, item.days_late, item.due_on) == (
        ItemKind.MEETING,
        group,
        late,
        ahead(-ago),
    )
    assert "held?" in item.what


@pytest.mark.parametrize(
    ("urgent", "size", "many"),
    [(0, 1, False), (1, 3, False), (1, 2, False), (4, 4, False), (2, 6, False), (2, 5, True), (3, 9, False)],
)
def test_more_than_a_third_of_the_book_in_must_dos_says_that_the_thresholds_are_wrong(
    urgent: int, size: int, many: bool
) -> None:
    accounts = [QUIET._replace(account_id=n, name=f"A{n}") for n in range(1, size + 1)]
    late = tuple(promise(ahead(-1), 2 * n + k, n) for n in range(1, urgent + 1) for k in range(2))
    assert too_many(agenda(book(*accounts, promises=late), TODAY), size) == many


# Churn.


def test_a_churned_account_owes_nothing_from_the_day_marked() -> None:
    late = QUIET._replace(churned_on=TODAY, renewal_on=ahead(-1), pulse=1, last_two_way_on=date(2025, 1, 1))
    promises, meetings = (promise(ahead(-9)),), (meeting(ahead(-9)),)
    assert agenda(book(late, promises=promises, meetings=meetings), TODAY) == []
    leaving = late._replace(churned_on=ahead(1))
    assert len(agenda(book(leaving, promises=promises, meetings=meetings), TODAY)) == 5


# Booked meetings.


def test_a_covered_check_in_stands_under_its_booked_day_and_is_not_late() -> None:
    item = only(book(OWED._replace(booked_on=date(2026, 11, 26))), "c1")
    assert (item.due_on, item.days_late, item.group) == (date(2026, 11, 26), 0, Group.THIS_WEEK)
    assert item.latest_on == date(2026, 11, 26)


def test_a_check_in_booked_too_late_stands_where_it_stood() -> None:
    item = only(book(OWED._replace(booked_on=date(2026, 11, 27))), "c1")
    assert (item.due_on, item.days_late, item.group) == (date(2026, 11, 11), 10, Group.OVERDUE)


def test_on_the_booked_day_only_the_meeting_shows() -> None:
    day = date(2026, 11, 26)
    found = book(OWED._replace(booked_on=day), meetings=(meeting(day),))
    assert [(item.id, item.group) for item in agenda(found, day)] == [("t1", Group.TODAY)]


def test_on_a_booked_day_past_the_latest_both_show() -> None:
    day = date(2026, 11, 27)
    found = book(OWED._replace(booked_on=day), meetings=(meeting(day),))
    assert [(item.id, item.group) for item in agenda(found, day)] == [
        ("c1", Group.OVERDUE),
        ("t1", Group.TODAY),
    ]


def test_from_the_day_after_an_unanswered_meeting_no_longer_covers() -> None:
    day = date(2026, 11, 26)
    found = {item.id: item for item in agenda(book(OWED, meetings=(meeting(day),)), day + timedelta(days=1))}
    assert (found["c1"].days_late, found["c1"].group) == (16, Group.OVERDUE)
    assert (found["t1"].days_late, found["t1"].group) == (1, Group.OVERDUE)
