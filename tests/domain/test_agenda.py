"""Today: every must-do, every group, the order to the last tie, booked meetings, and what a snooze may do."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.agenda import (
    Book,
    Group,
    Item,
    ItemKind,
    MeetingFacts,
    Snooze,
    agenda,
    holds,
    needs_step,
    too_many,
    why,
)
from csm_tui.domain.promises import PromiseFacts, PromiseState
from csm_tui.domain.touchpoints import Kind, Side
from tests.conftest import TODAY, rounds

QUIET = AccountFacts(
    1,
    "Northwind",
    Tier.HIGH_TOUCH,
    date(2025, 1, 1),
    arr_cents=10_000_00,
    last_two_way_on=TODAY,
    interval_days=60,
)
"""Touched today and owed nothing for weeks."""


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def promise(due_on: date, number: int = 1, account: int = 1, side: Side = Side.OURS) -> PromiseFacts:
    return PromiseFacts(number, account, side, "the numbers", due_on, PromiseState.OPEN, date(2026, 1, 1))


def meeting(day: date, number: int = 1, account: int = 1) -> MeetingFacts:
    return MeetingFacts(number, account, Kind.CALL, day)


def book(
    *accounts: AccountFacts,
    promises: tuple[PromiseFacts, ...] = (),
    meetings: tuple[MeetingFacts, ...] = (),
    snoozes: tuple[Snooze, ...] = (),
    median: int | None = None,
) -> Book:
    by_id = {account.account_id: account for account in accounts}
    return Book(by_id, list(promises), list(meetings), {one.item: one for one in snoozes}, median)


def shown(found: Book, today: date = TODAY) -> dict[str, Item]:
    """What is due, without the check-ins that nobody waits for yet."""
    return {item.id: item for item in agenda(found, today) if item.group is not Group.LATER}


def only(found: Book, item_id: str, today: date = TODAY) -> Item:
    return {item.id: item for item in agenda(found, today)}[item_id]


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


URGENT = [
    (QUIET._replace(renewal_on=ahead(90), notice_days=60), "o1", ItemKind.RENEWAL, ahead(30)),
    (QUIET._replace(renewal_on=ahead(-3)), "r1", ItemKind.RENEWAL, ahead(-3)),
    (QUIET._replace(notice_served_on=ahead(-7)), "n1", ItemKind.RENEWAL, ahead(-7)),
    (QUIET._replace(auto_renew_off_on=ahead(-7)), "a1", ItemKind.RENEWAL, ahead(-7)),
    (QUIET._replace(termination_on=ahead(-50), termination_id=9), "x1", ItemKind.ESCALATION, ahead(-50)),
    (QUIET._replace(pulse=2, pulse_on=ahead(-5)), "s1", ItemKind.STEP, ahead(-5)),
    (QUIET._replace(pulse=5, risk_opened_on=ahead(-2)), "s1", ItemKind.STEP, ahead(-2)),
]
EACH_MUST_DO = pytest.mark.parametrize(("account", "item_id", "kind", "on"), URGENT)


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


@pytest.mark.parametrize(
    ("pulse", "needs"), [(1, True), (2, True), (3, False), (4, False), (5, False), (None, False)]
)
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
    ("urgent", "size", "many"), [(0, 1, False), (1, 3, False), (1, 2, True), (2, 6, False), (2, 5, True)]
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


OWED = QUIET._replace(interval_days=30, last_two_way_on=date(2026, 10, 12))
"""Ideal Wed 11 Nov, latest Thu 26 Nov: 10 days late today."""


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


# The order.


def order(found: Book) -> list[str]:
    return [item.id for item in agenda(found, TODAY) if item.id[0] == "p"]


def dated(*dues: tuple[int, int], side: Side = Side.THEIRS) -> tuple[PromiseFacts, ...]:
    """Promises number 1, 2, ... of these accounts, due so many days from today."""
    return tuple(promise(ahead(days), n, account, side) for n, (account, days) in enumerate(dues, 1))


PAIR = (QUIET, QUIET._replace(account_id=2, name="Alpha"))


def test_the_groups_stand_in_their_order() -> None:
    found = book(QUIET, promises=(*dated((1, 8), (1, 1), (1, 0), (1, -1)), promise(ahead(-1), 5)))
    assert order(found) == ["p5", "p4", "p3", "p2", "p1"]


def test_within_a_group_the_higher_score_goes_first() -> None:
    rich = PAIR[1]._replace(arr_cents=90_000_00)
    assert order(book(PAIR[0], rich, promises=dated((1, -9), (2, -1)))) == ["p2", "p1"]


def test_must_dos_go_by_day_whatever_their_score() -> None:
    rich = PAIR[1]._replace(arr_cents=90_000_00)
    assert order(book(PAIR[0], rich, promises=dated((1, -9), (2, -1), side=Side.OURS))) == ["p1", "p2"]


def test_must_dos_of_one_day_go_by_arr_not_by_score() -> None:
    doomed = PAIR[1]._replace(arr_cents=9_000_00, risk_opened_on=TODAY, next_step_on=TODAY)
    assert order(book(PAIR[0], doomed, promises=dated((2, -3), (1, -3), side=Side.OURS))) == ["p2", "p1"]


def test_at_one_score_the_earlier_day_goes_first() -> None:
    assert order(book(*PAIR, promises=dated((2, -1), (1, -2)))) == ["p2", "p1"]


def test_at_one_score_and_day_the_larger_arr_goes_first() -> None:
    """15 % of 10,000 and 5 % of 30,000 score the same."""
    larger = PAIR[0]._replace(arr_cents=30_000_00, pulse=5, name="Zeta")
    found = book(larger, PAIR[1], promises=dated((2, -1), (1, -1)))
    assert len({item.score for item in agenda(found, TODAY) if item.id[0] == "p"}) == 1
    assert order(found) == ["p2", "p1"]


def test_then_the_longest_silence_goes_first_and_never_touched_is_the_longest() -> None:
    silent = PAIR[0]._replace(last_two_way_on=ahead(-3), name="Zeta")
    assert order(book(silent, PAIR[1], promises=dated((2, -1), (1, -1)))) == ["p2", "p1"]
    never = PAIR[0]._replace(last_two_way_on=None, name="Zeta")
    long_ago = PAIR[1]._replace(last_two_way_on=ahead(-900))
    assert order(book(never, long_ago, promises=dated((2, -1), (1, -1)))) == ["p2", "p1"]


def test_then_the_name_decides_and_at_last_the_id() -> None:
    assert order(book(*PAIR, promises=dated((1, -1), (2, -1)))) == ["p2", "p1"]
    twins = (QUIET, QUIET._replace(account_id=2))
    assert order(book(*twins, promises=dated((2, -1), (1, -1)))) == ["p1", "p2"]


# Snoozes.


def put_off(item: str, due_on: date, made: int, until: int) -> Snooze:
    return Snooze(item, due_on, ahead(made), ahead(until), "away")


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
    assert (
        only(book(OWED._replace(last_two_way_on=date(2026, 10, 20)), snoozes=(snooze,)), "c1").group
        is Group.OVERDUE
    )


def test_a_snooze_of_a_check_in_ends_when_a_meeting_is_booked() -> None:
    snooze = put_off("c1", date(2026, 11, 11), 0, 20)
    item = only(book(OWED._replace(booked_on=ahead(3)), snoozes=(snooze,)), "c1")
    assert (item.group, item.due_on, item.snoozed) == (Group.THIS_WEEK, ahead(3), None)


@pytest.mark.parametrize(
    ("made", "until", "group"), [(0, 1, Group.THIS_WEEK), (0, 2, Group.MUST_DO), (-1, 1, Group.MUST_DO)]
)
def test_a_must_do_can_be_snoozed_only_to_tomorrow(made: int, until: int, group: Group) -> None:
    item = only(
        book(QUIET, promises=(promise(ahead(-4)),), snoozes=(put_off("p1", ahead(-4), made, until),)), "p1"
    )
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
    assert (
        only(book(QUIET, promises=theirs, snoozes=(put_off("p1", ahead(20), 0, 2),)), "p1").group
        is Group.LATER
    )


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


# Laws.


NEAR_DAYS = st.integers(-40, 40).map(ahead)
SOME_DAY = st.none() | NEAR_DAYS
ACCOUNTS = st.builds(
    AccountFacts,
    account_id=st.just(0),
    name=st.sampled_from(["Alpha", "Beta", "beta", "Ähre"]),
    tier=st.sampled_from(Tier),
    added_on=st.just(date(2026, 1, 1)),
    started_on=SOME_DAY,
    renewal_on=SOME_DAY,
    notice_days=st.sampled_from([None, 0, 30]),
    notice_served_on=SOME_DAY,
    auto_renew_off_on=SOME_DAY,
    arr_cents=st.sampled_from([None, 0, 10_000_00, 30_000_00]),
    interval_days=st.sampled_from([None, 7]),
    churned_on=st.sampled_from([None, None, None, TODAY, ahead(1)]),
    pulse=st.sampled_from([None, 1, 3, 5]),
    pulse_on=NEAR_DAYS,
    last_two_way_on=st.none() | st.sampled_from([ahead(-1), ahead(-31)]),
    booked_on=st.none() | st.sampled_from([TODAY, ahead(4)]),
    next_step_on=SOME_DAY,
    termination_on=SOME_DAY,
    renewal_talk_on=SOME_DAY,
    risk_opened_on=SOME_DAY,
)
OWING = st.tuples(st.integers(1, 6), st.sampled_from([-1, 0, 1, 9]), st.sampled_from(Side))
MEETING_DAYS = st.tuples(st.integers(1, 6), st.integers(-3, 0))


@st.composite
def books(draw: st.DrawFn) -> Book:
    accounts = [
        one._replace(account_id=n)
        for n, one in enumerate(draw(st.lists(ACCOUNTS, min_size=6, max_size=6)), 1)
    ]
    owed = draw(st.lists(OWING, max_size=9))
    promises = tuple(
        promise(ahead(days), n, account, side) for n, (account, days, side) in enumerate(owed, 1)
    )
    held = draw(st.lists(MEETING_DAYS, max_size=5))
    meetings = tuple(meeting(ahead(days), n, account) for n, (account, days) in enumerate(held, 1))
    plain = book(*accounts, promises=promises, meetings=meetings, median=10_000_00)
    listed = agenda(plain, TODAY)
    chosen = draw(st.lists(st.sampled_from(listed), max_size=4)) if listed else []
    snoozes = [put_off(item.id, item.due_on, 0, draw(st.integers(1, 9))) for item in chosen]
    return plain._replace(snoozes={one.item: one for one in snoozes})


@settings(max_examples=rounds(500))
@given(books(), st.data())
def test_the_order_is_total_and_no_permutation_of_the_book_changes_it(
    found: Book, data: st.DataObject
) -> None:
    listed = agenda(found, TODAY)
    mixed = Book(
        dict(data.draw(st.permutations(list(found.accounts.items())))),
        data.draw(st.permutations(found.promises)),
        data.draw(st.permutations(found.meetings)),
        dict(data.draw(st.permutations(list(found.snoozes.items())))),
        found.median_arr_cents,
    )
    assert len({item.id for item in listed}) == len(listed)
    assert agenda(mixed, TODAY) == listed


@settings(max_examples=rounds(500))
@given(books())
def test_an_account_more_never_changes_the_order_of_the_others(found: Book) -> None:
    """No two items stand in one place, so each pair is in the same order whatever else is in the book."""
    listed = [item.id for item in agenda(found, TODAY)]
    without = found._replace(accounts={key: one for key, one in found.accounts.items() if key != 1})
    without = without._replace(promises=[p for p in found.promises if p.account_id != 1])
    without = without._replace(meetings=[m for m in found.meetings if m.account_id != 1])
    fewer = [item.id for item in agenda(without, TODAY)]
    assert fewer == [one for one in listed if one in set(fewer)]


@settings(max_examples=rounds(500))
@given(books())
def test_the_groups_follow_each_other_and_must_dos_go_by_day_and_the_rest_by_score(found: Book) -> None:
    listed = agenda(found, TODAY)
    groups = [list(Group).index(item.group) for item in listed]
    assert groups == sorted(groups)
    for one, other in pairwise(listed):
        if one.group is other.group is Group.MUST_DO:
            assert one.due_on <= other.due_on
        elif one.group is other.group:
            assert one.score >= other.score


@settings(max_examples=rounds(500))
@given(books())
def test_opening_a_risk_makes_no_check_in_late_that_was_not(found: Book) -> None:
    calm = {key: one._replace(risk_opened_on=None, booked_on=None) for key, one in found.accounts.items()}
    worried = {key: one._replace(risk_opened_on=TODAY) for key, one in calm.items()}
    before, after = (agenda(found._replace(accounts=accounts), TODAY) for accounts in (calm, worried))
    assert _check_ins_late(after) == _check_ins_late(before)


def _check_ins_late(listed: list[Item]) -> dict[str, int]:
    return {item.id: item.days_late for item in listed if item.kind is ItemKind.CHECK_IN}
