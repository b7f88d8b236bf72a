"""Today: what a snooze may do, and what the why says."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.domain.accounts import AccountFacts
from csm_tui.domain.agenda import holds
from csm_tui.domain.due import Group, ItemKind
from csm_tui.domain.reasons import why
from csm_tui.domain.touchpoints import Side
from tests.conftest import TODAY
from tests.domain.due import EACH_MUST_DO, OWED, QUIET, ahead, book, meeting, only, promise, put_off

# Snoozes.


def test_a_snoozed_item_stands_in_the_group_of_the_day_it_was_put_off_to() -> None:
    theirs = (promise(ahead(-1), side=Side.THEIRS),)
    for until, group in ((1, Group.THIS_WEEK), (7, Group.THIS_WEEK), (8, Group.LATER)):
        item = only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(-1), 0, until),)), "p1")
        assert (item.group, item.due_on, item.days_late) == (group, ahead(-1), 1)


@pytest.mark.parametrize("until", [0, -1])
def test_a_snooze_ends_on_its_day(until: int) -> None:
    theirs = (promise(ahead(-1), side=Side.THEIRS),)
    item = only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(-1), -3, until),)), "p1")
    assert (item.group, item.snoozed) == (Group.OVERDUE, None)


def test_a_snooze_holds_for_the_due_day_it_was_made_for() -> None:
    theirs = (promise(ahead(-1), side=Side.THEIRS),)
    item = only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(-2), 0, 5),)), "p1")
    assert (item.group, item.snoozed) == (Group.OVERDUE, None)


def test_a_snooze_of_a_check_in_ends_with_the_next_touchpoint() -> None:
    snooze = put_off("c1", date(2026, 11, 11), 0, 20)
    assert only(book(OWED, snoozes=(snooze,)), "c1").group is Group.LATER
    assert only(book(OWED._replace(last_two_way_on=date(2026, 10, 20)), snoozes=(snooze,)), "c1").group is Group.OVERDUE


def test_a_snooze_of_a_check_in_ends_when_a_meeting_is_booked() -> None:
    snooze = put_off("c1", date(2026, 11, 11), 0, 20)
    item = only(book(OWED._replace(booked_on=ahead(3)), snoozes=(snooze,)), "c1")
    assert (item.group, item.due_on, item.snoozed) == (Group.THIS_WEEK, ahead(3), None)


@pytest.mark.parametrize(
    ("made", "until", "group"), [(0, 1, Group.THIS_WEEK), (0, 2, Group.MUST_DO), (-1, 1, Group.MUST_DO)]
)
def test_a_must_do_can_be_snoozed_only_to_tomorrow(made: int, until: int, group: Group) -> None:
    item = only(book(QUIET, promises=(promise(ahead(-4)),), snoozes=(put_off("p1", ahead(-4), made, until),)), "p1")
    assert item.group is group


@EACH_MUST_DO
def test_no_kind_of_must_do_can_be_put_off_further_than_tomorrow(
    account: AccountFacts, item_id: str, kind: ItemKind, on: date
) -> None:
    assert only(book(account, snoozes=(put_off(item_id, on, 0, 1),)), item_id).group is Group.THIS_WEEK
    assert only(book(account, snoozes=(put_off(item_id, on, 0, 2),)), item_id).group is Group.MUST_DO


def test_a_longer_snooze_ends_when_its_promise_becomes_a_must_do() -> None:
    found = book(QUIET, promises=(promise(ahead(0)),), snoozes=(put_off("p1", ahead(0), 0, 9),))
    assert only(found, "p1").group is Group.LATER
    assert only(found, "p1", ahead(1)).group is Group.MUST_DO


def test_a_meeting_put_off_for_days_comes_back_when_it_is_unanswered_for_2() -> None:
    found = book(QUIET, meetings=(meeting(TODAY),), snoozes=(put_off("t1", TODAY, 0, 9),))
    assert [only(found, "t1", ahead(n)).group for n in range(3)] == [Group.LATER, Group.LATER, Group.MUST_DO]


def test_a_snooze_never_brings_an_item_forward() -> None:
    """What is due in 20 days and was put off to the day after tomorrow is due in 20 days."""
    theirs = (promise(ahead(20), side=Side.THEIRS),)
    assert only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(20), 0, 2),)), "p1").group is Group.LATER


def test_the_why_of_a_snoozed_item_names_its_day_and_its_reason() -> None:
    theirs = (promise(ahead(-1), side=Side.THEIRS),)
    item = only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(-1), 0, 5),)), "p1")
    assert "Snoozed to Thu 26 Nov: away." in why(item, TODAY)
    assert item.snoozed is not None
    assert holds(item.snoozed, item, TODAY)


# What the why says.


def test_the_why_says_where_the_median_stands_in_for_a_missing_arr() -> None:
    found = book(QUIET._replace(arr_cents=None), median=7_000_00)
    told = why(only(found, "c1"), TODAY)
    assert any("€7,000 a year" in sentence for sentence in told)
    assert any("median of the book" in sentence for sentence in told)


def test_the_why_of_a_check_in_says_when_contact_was_last_made_and_what_follows() -> None:
    told = why(only(book(OWED), "c1"), TODAY)
    assert told[0] == (
        "Last two-way contact Mon 12 Oct; contact is owed monthly (its own): "
        "ideally Wed 11 Nov, at the latest Thu 26 Nov."
    )


def test_the_why_of_an_imported_account_says_assumed() -> None:
    told = why(only(book(QUIET._replace(last_two_way_on=None)), "c1"), TODAY)
    assert "assumed" in told[0]
