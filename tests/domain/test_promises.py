"""Promises: late from the day after their day, and how much the past ones slipped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.promises import PromiseFacts, PromiseState, days_late, is_overdue, median_slip
from csm_tui.domain.touchpoints import Side
from tests.conftest import TODAY

MADE = date(2026, 10, 1)
DUE = date(2026, 11, 2)


def promise(
    due_on: date | None, state: PromiseState = PromiseState.OPEN, closed_on: date | None = None
) -> PromiseFacts:
    return PromiseFacts(1, 1, Side.OURS, "send the numbers", due_on, state, MADE, closed_on)


def kept(slip: int) -> PromiseFacts:
    return promise(DUE, PromiseState.KEPT, DUE + timedelta(days=slip))


@pytest.mark.parametrize(("ago", "late"), [(-30, 0), (-1, 0), (0, 0), (1, 1), (2, 2), (400, 400)])
def test_an_open_promise_is_overdue_from_the_day_after_its_day(ago: int, late: int) -> None:
    open_one = promise(TODAY - timedelta(days=ago))
    assert days_late(open_one, TODAY) == late
    assert is_overdue(open_one, TODAY) == (late > 0)


def test_a_promise_without_a_day_is_never_late() -> None:
    assert days_late(promise(None), TODAY) == 0
    assert not is_overdue(promise(None), TODAY)


@pytest.mark.parametrize(("slip", "late"), [(-5, 0), (0, 0), (3, 3)])
def test_a_promise_kept_late_stays_late_by_as_many_days(slip: int, late: int) -> None:
    assert days_late(kept(slip), TODAY) == late
    assert days_late(kept(slip), TODAY + timedelta(days=100)) == late


@pytest.mark.parametrize("state", [PromiseState.KEPT, PromiseState.BROKEN, PromiseState.RELEASED])
def test_only_an_open_promise_is_overdue(state: PromiseState) -> None:
    assert not is_overdue(promise(DUE, state, TODAY), TODAY)


def test_the_median_slip_is_said_from_five_kept_promises_on() -> None:
    assert median_slip([kept(2)] * 4) is None
    assert median_slip([kept(2)] * 5) == 2


def test_the_median_slip_counts_early_as_0_and_takes_the_mean_of_two_middle_ones() -> None:
    assert median_slip([kept(slip) for slip in (-9, 0, 1, 4, 90)]) == 1
    assert median_slip([kept(slip) for slip in (-9, 0, 1, 4, 5, 90)]) == 2.5


def test_the_median_slip_leaves_out_theirs_undated_and_not_kept() -> None:
    others = [
        kept(50)._replace(side=Side.THEIRS),
        promise(None, PromiseState.KEPT, TODAY),
        promise(DUE, PromiseState.BROKEN, TODAY),
        promise(DUE, PromiseState.RELEASED, TODAY),
        promise(DUE),
    ]
    assert median_slip([*[kept(1)] * 4, *others]) is None
    assert median_slip([*[kept(1)] * 5, *others]) == 1


@given(st.lists(st.integers(-30, 60), min_size=5))
def test_the_median_slip_never_depends_on_the_order(slips: list[int]) -> None:
    ledger = [kept(slip) for slip in slips]
    assert (
        median_slip(ledger)
        == median_slip(ledger[::-1])
        == median_slip(sorted(ledger, key=lambda one: str(one.closed_on)))
    )
