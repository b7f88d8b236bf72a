"""Today: the order to the last tie, and the laws that hold for any book."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.agenda import agenda
from csm_tui.domain.due import Book, Group, Item, ItemKind
from csm_tui.domain.promises import PromiseFacts
from csm_tui.domain.touchpoints import Side
from tests.conftest import TODAY, rounds
from tests.domain.due import QUIET, ahead, book, meeting, promise, put_off

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


# Laws.


NEAR_DAYS = st.integers(-40, 40).map(ahead)
SOME_DAY = st.none() | NEAR_DAYS
ACCOUNTS = st.builds(
    AccountFacts,
    account_id=st.just(0),
    name=st.sampled_from(["Alpha", "Beta", "beta", "Ähre"]),
    tier=st.sampled_from(list(Tier)),
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
OWING = st.tuples(st.integers(1, 6), st.sampled_from([-1, 0, 1, 9]), st.sampled_from(list(Side)))
MEETING_DAYS = st.tuples(st.integers(1, 6), st.integers(-3, 0))


@st.composite
def books(draw: st.DrawFn) -> Book:
    accounts = [one._replace(account_id=n) for n, one in enumerate(draw(st.lists(ACCOUNTS, min_size=6, max_size=6)), 1)]
    owed = draw(st.lists(OWING, max_size=9))
    promises = tuple(promise(ahead(days), n, account, side) for n, (account, days, side) in enumerate(owed, 1))
    held = draw(st.lists(MEETING_DAYS, max_size=5))
    meetings = tuple(meeting(ahead(days), n, account) for n, (account, days) in enumerate(held, 1))
    plain = book(*accounts, promises=promises, meetings=meetings, median=10_000_00)
    listed = agenda(plain, TODAY)
    chosen = draw(st.lists(st.sampled_from(listed), max_size=4)) if listed else []
    snoozes = [put_off(item.id, item.due_on, 0, draw(st.integers(1, 9))) for item in chosen]
    return plain._replace(snoozes={one.item: one for one in snoozes})


@settings(max_examples=rounds(500, 20))
@given(books(), st.data())
def test_the_order_is_total_and_no_permutation_of_the_book_changes_it(found: Book, data: st.DataObject) -> None:
    listed = agenda(found, TODAY)
    mixed = Book(
        dict(data.draw(st.permutations(list(found.accounts.items())))),
        data.draw(st.permutations(found.promises)),
        data.draw(st.permutations(found.meetings)),
        dict(data.draw(st.permutations(list(found.snoozes.items())))),
        found.median_arr,
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
