"""Where an account stands in its life: the boundaries of every phase, and the notice cases of rules.md."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.accounts import Phase
from csm_tui.domain.lifecycle import (
    day_of_life,
    decision_on,
    early_phase,
    is_next_term,
    opt_out_on,
    phase,
    renewing_from,
)
from tests.conftest import TODAY

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
START = date(2026, 1, 1)
R = date(2027, 6, 1)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (-40, Phase.ONBOARDING),
        (-1, Phase.ONBOARDING),
        (0, Phase.ONBOARDING),
        (30, Phase.ONBOARDING),
        (31, Phase.ADOPTION),
        (60, Phase.ADOPTION),
        (61, Phase.VALUE),
        (90, Phase.VALUE),
        (91, Phase.ONGOING),
        (900, Phase.ONGOING),
    ],
)
def test_the_phase_follows_the_day_of_life(number: int, expected: Phase) -> None:
    day = START + timedelta(days=number)
    assert day_of_life(START, day) == number
    assert phase(START, None, None, None, day) is expected


def test_the_early_phases_end_after_day_90_and_need_a_start() -> None:
    assert early_phase(START, START + timedelta(days=90)) is Phase.VALUE
    assert early_phase(START, START + timedelta(days=91)) is None
    assert early_phase(None, START) is None


def test_an_account_without_a_start_is_ongoing() -> None:
    assert phase(None, None, None, None, TODAY) is Phase.ONGOING


@pytest.mark.parametrize(
    ("notice", "before"),
    [(None, 90), (0, 90), (30, 90), (45, 90), (46, 91), (60, 105), (90, 135), (365, 410)],
)
def test_renewing_begins_at_the_earlier_of_90_before_renewal_and_45_before_opt_out(
    notice: int | None, before: int
) -> None:
    first = R - timedelta(days=before)
    assert renewing_from(R, notice) == first
    assert phase(None, R, notice, None, first - timedelta(days=1)) is Phase.ONGOING
    assert phase(None, R, notice, None, first) is Phase.RENEWING


def test_an_account_is_renewing_until_the_outcome_is_recorded_even_past_its_renewal() -> None:
    assert phase(START, R, 30, None, R + timedelta(days=400)) is Phase.RENEWING


@pytest.mark.parametrize(("number", "expected"), [(20, Phase.ONBOARDING), (90, Phase.VALUE), (91, Phase.RENEWING)])
def test_days_0_to_90_are_never_called_renewing(number: int, expected: Phase) -> None:
    assert phase(START, START + timedelta(days=92), 60, None, START + timedelta(days=number)) is expected


def test_an_account_is_churned_from_the_day_marked_whatever_else_holds() -> None:
    assert phase(START, R, 30, TODAY, TODAY - timedelta(days=1)) is Phase.ONGOING
    assert phase(START, R, 30, TODAY, TODAY) is Phase.CHURNED
    assert phase(TODAY, R, 30, TODAY, TODAY + timedelta(days=5)) is Phase.CHURNED


@pytest.mark.parametrize(
    ("notice", "expected"), [(30, date(2027, 5, 2)), (60, date(2027, 4, 2)), (90, date(2027, 3, 3))]
)
def test_the_opt_out_day_is_the_renewal_less_the_notice_and_never_moved(notice: int, expected: date) -> None:
    assert opt_out_on(R, notice) == expected
    assert decision_on(R, notice) == expected


def test_no_notice_given_is_not_notice_0() -> None:
    assert opt_out_on(R, None) is None
    assert opt_out_on(R, 0) == R
    assert decision_on(R, None) == decision_on(R, 0) == R


def test_without_a_renewal_there_is_neither_opt_out_nor_decision() -> None:
    assert opt_out_on(None, 30) is None
    assert decision_on(None, 30) is None


def test_an_opt_out_day_on_a_weekend_stays_there() -> None:
    assert opt_out_on(date(2027, 2, 14), 30) == date(2027, 1, 15)
    sunday = opt_out_on(date(2027, 2, 16), 30)
    assert sunday == date(2027, 1, 17)
    assert sunday.weekday() == 6


@given(DAYS, DAYS, st.none() | st.integers(0, 400), DAYS)
def test_phases_never_step_back_as_days_pass(start: date, renewal: date, notice: int | None, day: date) -> None:
    order = list(Phase)
    today, tomorrow = (phase(start, renewal, notice, None, day + timedelta(days=n)) for n in range(2))
    assert order.index(today) <= order.index(tomorrow)


@pytest.mark.parametrize(("days", "next_term"), [(-400, False), (0, False), (180, False), (181, True), (365, True)])
def test_a_renewal_that_moves_past_180_days_ahead_is_that_of_the_next_term(days: int, next_term: bool) -> None:
    assert is_next_term(R, R + timedelta(days=days)) is next_term
