"""What holds of the cadence for any account, on any day, under any calendar."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, example, given
from hypothesis import strategies as st

from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import CadenceFacts, Lateness, standing
from csm_tui.domain.days import Calendar
from csm_tui.domain.policy import CadencePolicy
from tests.domain.calendars import CALENDARS, DAYS

POLICIES = st.one_of(st.just(Calendar()), CALENDARS).map(lambda days: CadencePolicy(calendar=days))
FACTS = st.builds(
    CadenceFacts,
    account_id=st.integers(1, 9999),
    tier=st.sampled_from(list(Tier)),
    added_on=DAYS,
    started_on=st.none() | DAYS,
    last_two_way_on=st.none() | DAYS,
    interval_days=st.none() | st.integers(1, 200),
    renewal_on=st.none() | DAYS,
    notice_days=st.none() | st.integers(0, 200),
    risk_opened_on=st.none() | DAYS,
)


@given(FACTS, DAYS, POLICIES)
def test_the_ideal_is_never_after_the_latest(facts: CadenceFacts, today: date, policy: CadencePolicy) -> None:
    found = standing(facts, today, policy)
    assert found.ideal_on <= found.latest_on


@given(FACTS, DAYS, POLICIES)
def test_both_days_are_working_days(facts: CadenceFacts, today: date, policy: CadencePolicy) -> None:
    found = standing(facts, today, policy)
    assert policy.calendar.works(found.ideal_on)
    assert policy.calendar.works(found.latest_on)


@given(FACTS, DAYS, POLICIES)
@example(
    CadenceFacts(
        1,
        Tier.HIGH_TOUCH,
        date(2025, 1, 1),
        date(2025, 1, 1),
        date(2026, 12, 23),
        risk_opened_on=date(2026, 12, 1),
        renewal_on=date(2027, 2, 14),
    ),
    date(2026, 12, 23),
    CadencePolicy(calendar=Calendar(days_off=frozenset(date(2026, 12, 24) + timedelta(days=n) for n in range(9)))),
)
def test_the_ideal_is_always_after_the_last_counted_day(
    facts: CadenceFacts, today: date, policy: CadencePolicy
) -> None:
    assume(facts.last_two_way_on is not None)
    assert standing(facts, today, policy).ideal_on > (facts.last_two_way_on or date.max)


@given(FACTS, DAYS, POLICIES)
@example(
    CadenceFacts(
        1,
        Tier.WHITE_GLOVE,
        date(2025, 1, 1),
        last_two_way_on=date(2026, 3, 1),
        interval_days=60,
        booked_on=date(2026, 6, 1),
    ),
    date(2026, 5, 1),
    CadencePolicy(),
)
def test_opening_a_risk_neither_makes_late_on_that_day_nor_resets_a_lateness(
    facts: CadenceFacts, today: date, policy: CadencePolicy
) -> None:
    before = standing(facts._replace(risk_opened_on=None), today, policy)
    after = standing(facts._replace(risk_opened_on=today), today, policy)
    if before.booked_on and not after.booked_on:  # the booking covers no more: what it covered shows again
        before = standing(facts._replace(risk_opened_on=None, booked_on=None), today, policy)
    assert after.days_late == before.days_late
    if before.lateness in {Lateness.LATER, Lateness.DUE}:
        assert after.lateness in {Lateness.LATER, Lateness.DUE}


@given(FACTS, DAYS, POLICIES)
def test_an_open_risk_never_puts_contact_off(facts: CadenceFacts, today: date, policy: CadencePolicy) -> None:
    calm, worried = (
        standing(facts._replace(risk_opened_on=None), today, policy),
        standing(facts, today, policy),
    )
    assert worried.ideal_on <= calm.ideal_on
    assert worried.latest_on <= calm.latest_on


@given(FACTS, DAYS, POLICIES, DAYS)
def test_a_booked_meeting_covers_exactly_from_today_to_the_latest_day(
    facts: CadenceFacts, today: date, policy: CadencePolicy, booked: date
) -> None:
    found = standing(facts._replace(booked_on=booked), today, policy)
    assert (found.lateness is Lateness.BOOKED) == (today <= booked <= found.latest_on)
    assert found.days_late == (0 if found.booked_on else max(0, (today - found.ideal_on).days))


@given(FACTS, DAYS, POLICIES)
def test_days_late_grow_by_one_a_day_without_a_risk(facts: CadenceFacts, today: date, policy: CadencePolicy) -> None:
    calm = facts._replace(risk_opened_on=None)
    first, second = (standing(calm, today + timedelta(days=n), policy) for n in range(2))
    assert (first.ideal_on, first.latest_on) == (second.ideal_on, second.latest_on)
    assert second.days_late == (first.days_late + 1 if today >= first.ideal_on else 0)
