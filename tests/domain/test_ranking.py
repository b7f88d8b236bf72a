"""The score: the two cases of rules.md, every threshold of its tables, and its arithmetic in words."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.ranking import (
    CHASE_QUARTERS,
    CHECK_IN_QUARTERS,
    DELIVERY_QUARTERS,
    RENEWAL_QUARTERS,
    RESCUE_QUARTERS,
    Factors,
    arithmetic,
    factors,
    score,
)
from tests.conftest import TODAY

ACCOUNT = AccountFacts(1, "Northwind", Tier.HIGH_TOUCH, date(2025, 1, 1), arr_cents=10_000_00)


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def found(account: AccountFacts, deadline: date | None = None) -> Factors:
    return factors(account, CHECK_IN_QUARTERS, TODAY, None, deadline)


def test_the_at_risk_case_scores_14_112() -> None:
    account = ACCOUNT._replace(arr_cents=48_000_00, pulse=2, renewal_on=ahead(85))
    assert score(found(account)) == 14_112_00


def test_the_healthy_case_scores_5_040() -> None:
    account = ACCOUNT._replace(arr_cents=90_000_00, pulse=4, renewal_on=ahead(23))
    assert score(found(account)) == 5_040_00


@pytest.mark.parametrize(("pulse", "percent"), [(5, 5), (4, 5), (3, 15), (None, 15), (2, 35), (1, 35)])
def test_the_loss_follows_the_band(pulse: int | None, percent: int) -> None:
    assert found(ACCOUNT._replace(pulse=pulse)).loss == percent


def test_an_open_risk_goes_before_the_band_and_notice_before_both() -> None:
    risk = ACCOUNT._replace(pulse=5, risk_opened_on=TODAY)
    assert found(risk).loss == 60
    assert found(risk._replace(risk_opened_on=ahead(1))).loss == 5
    assert found(risk._replace(notice_served_on=TODAY)).loss == 85
    assert found(risk._replace(notice_served_on=ahead(1))).loss == 60


URGENCY = [
    (-100, 160), (-1, 160), (0, 160), (14, 160), (15, 140), (30, 140), (31, 120), (60, 120), (61, 105),
    (90, 105), (91, 90), (180, 90), (181, 75), (900, 75),
]  # fmt: skip


@pytest.mark.parametrize(("days", "hundredths"), URGENCY)
def test_urgency_follows_the_days_to_the_decision(days: int, hundredths: int) -> None:
    assert found(ACCOUNT._replace(renewal_on=ahead(days))).urgency == hundredths
    assert found(ACCOUNT._replace(renewal_on=ahead(days + 60), notice_days=60)).urgency == hundredths


@pytest.mark.parametrize(("days", "hundredths"), URGENCY)
def test_a_promise_uses_its_own_day(days: int, hundredths: int) -> None:
    assert found(ACCOUNT._replace(renewal_on=ahead(40)), ahead(days)).urgency == hundredths
    assert found(ACCOUNT, ahead(days)).urgency == hundredths


def test_without_a_decision_day_urgency_is_nine_tenths() -> None:
    assert found(ACCOUNT).urgency == 90
    assert found(ACCOUNT._replace(notice_days=30)).urgency == 90


@pytest.mark.parametrize(("ago", "tenths"), [(0, 12), (1, 12), (30, 12), (31, 10), (400, 10), (None, 10)])
def test_an_account_touched_within_30_days_is_more_addressable(ago: int | None, tenths: int) -> None:
    last = None if ago is None else ahead(-ago)
    assert found(ACCOUNT._replace(last_two_way_on=last)).addressability == tenths


def test_notice_served_leaves_little_to_address() -> None:
    served = ACCOUNT._replace(last_two_way_on=TODAY, notice_served_on=TODAY)
    assert found(served).addressability == 2
    assert found(served._replace(notice_served_on=ahead(1))).addressability == 12


def test_hours_go_by_the_kind_of_work() -> None:
    quarters = (CHASE_QUARTERS, DELIVERY_QUARTERS, CHECK_IN_QUARTERS, RENEWAL_QUARTERS, RESCUE_QUARTERS)
    assert [number / 4 for number in quarters] == [0.25, 0.5, 1.25, 3, 4]


def test_a_missing_arr_is_the_median_of_the_book_and_the_why_says_so() -> None:
    numbers = factors(ACCOUNT._replace(arr_cents=None), CHECK_IN_QUARTERS, TODAY, 5_000_00)
    assert (numbers.arr_cents, numbers.arr_assumed) == (5_000_00, True)
    assert any("median" in sentence for sentence in arithmetic(numbers, "EUR", TODAY))


def test_an_arr_of_its_own_is_never_said_to_be_assumed() -> None:
    assert not any("median" in sentence for sentence in arithmetic(found(ACCOUNT), "EUR", TODAY))
    assert found(ACCOUNT._replace(arr_cents=0)).arr_cents == 0


def test_where_no_account_has_an_arr_it_is_1() -> None:
    numbers = found(ACCOUNT._replace(arr_cents=None))
    assert (numbers.arr_cents, numbers.arr_assumed) == (100, True)


def test_where_no_account_has_an_arr_the_why_does_not_speak_of_a_median() -> None:
    told = arithmetic(found(ACCOUNT._replace(arr_cents=None)), "EUR", TODAY)
    assert any("ARR" in sentence and "not known" in sentence for sentence in told)
    assert not any("median" in sentence for sentence in told)


def test_the_arithmetic_shows_every_factor_and_the_product() -> None:
    account = ACCOUNT._replace(arr_cents=48_000_00, pulse=2, renewal_on=ahead(85))
    assert arithmetic(found(account), "EUR", TODAY) == (
        "Score 14,112 = €48,000 a year × 0.35 (at risk by hand) × 1.05 (decision in 85 d) "
        "× 1.0 (not touched within 30 days) ÷ 1.25 h.",
    )


@given(
    st.integers(0, 10**15),
    st.sampled_from([5, 15, 35, 60, 85]),
    st.sampled_from([75, 90, 105, 120, 140, 160]),
    st.sampled_from([2, 5, 10, 12]),
    st.integers(1, 60),
)
def test_the_score_is_the_exact_product_rounded_to_hundredths(
    cents: int, loss: int, urgency: int, reach: int, quarters: int
) -> None:
    exact = Fraction(cents * loss * urgency * reach, 100_000) / Fraction(quarters, 4)
    numbers = found(ACCOUNT)._replace(
        arr_cents=cents, loss=loss, urgency=urgency, addressability=reach, quarters=quarters
    )
    assert abs(score(numbers) - exact) <= Fraction(1, 2)
