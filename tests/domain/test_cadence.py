"""The cadence table of rules.md, and every boundary of its sentences."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import CadenceFacts, Lateness, own_interval, rhythm, standing
from csm_tui.domain.days import Calendar
from csm_tui.domain.policy import CadencePolicy
from tests.conftest import TODAY

HIGH, LOW, WHITE = Tier.HIGH_TOUCH, Tier.LOW_TOUCH, Tier.WHITE_GLOVE
LONG_AGO = date(2025, 1, 1)
MONTHLY = CadenceFacts(1, HIGH, LONG_AGO, LONG_AGO, date(2026, 11, 2))
"""Ongoing high-touch, last touched on Monday 2 November: ideal Wed 2 Dec, latest Thu 17 Dec."""


def days(number: int) -> timedelta:
    return timedelta(days=number)


def at_risk(opened_on: date, decision_on: date | None = None, last: date | None = date(2026, 11, 2)) -> CadenceFacts:
    return MONTHLY._replace(risk_opened_on=opened_on, renewal_on=decision_on, last_two_way_on=last)


TABLE = [
    pytest.param(
        CadenceFacts(1, HIGH, LONG_AGO, date(2026, 11, 10), date(2026, 11, 17)),
        date(2026, 11, 24), date(2026, 11, 30), 0, id="high-touch, day 7",
    ),
    pytest.param(
        CadenceFacts(1, HIGH, LONG_AGO, date(2026, 8, 1), date(2026, 8, 31)),
        date(2026, 9, 7), date(2026, 9, 11), 75, id="high-touch, day 30",
    ),
    pytest.param(
        CadenceFacts(1, HIGH, LONG_AGO, date(2026, 9, 29), date(2026, 11, 4)),
        date(2026, 11, 18), date(2026, 11, 25), 3, id="high-touch, day 36",
    ),
    pytest.param(
        CadenceFacts(1, LOW, LONG_AGO, LONG_AGO, date(2026, 8, 24)),
        date(2026, 11, 23), date(2027, 1, 8), 0, id="low-touch, ongoing",
    ),
    pytest.param(
        CadenceFacts(1, HIGH, LONG_AGO, date(2026, 9, 24), date(2026, 11, 7)),
        date(2026, 11, 20), date(2026, 11, 30), 1, id="high-touch, day 44",
    ),
    pytest.param(
        CadenceFacts(1, HIGH, LONG_AGO, date(2026, 11, 20)),
        date(2026, 11, 23), date(2026, 11, 30), 0, id="never touched",
    ),
    pytest.param(
        at_risk(TODAY, date(2027, 2, 14)), date(2026, 11, 23), date(2026, 11, 27), 0, id="risk opened today",
    ),
    pytest.param(
        at_risk(TODAY, date(2027, 2, 14))._replace(interval_days=7),
        date(2026, 11, 9), date(2026, 11, 13), 12, id="weekly by its own, the same risk",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "ideal", "latest", "late"), TABLE)
def test_the_cases_of_the_rules(facts: CadenceFacts, ideal: date, latest: date, late: int) -> None:
    found = standing(facts, TODAY)
    assert (found.ideal_on, found.latest_on, found.days_late) == (ideal, latest, late)


@pytest.mark.parametrize(
    ("number", "interval"),
    [(-9, 7), (0, 7), (30, 7), (31, 14), (60, 14), (61, 30), (90, 30)],
)
@pytest.mark.parametrize("tier", list(Tier))
def test_the_interval_is_that_of_the_phase_in_which_the_last_day_fell(number: int, interval: int, tier: Tier) -> None:
    start = date(2026, 3, 2)
    assert own_interval(CadenceFacts(1, tier, LONG_AGO, start, start + days(number))) == interval


@pytest.mark.parametrize(("tier", "interval"), [(WHITE, 30), (HIGH, 30), (LOW, 91)])
@pytest.mark.parametrize("start", [None, date(2026, 3, 2)])
def test_after_day_90_and_without_a_start_the_tier_decides(start: date | None, tier: Tier, interval: int) -> None:
    assert own_interval(CadenceFacts(1, tier, LONG_AGO, start, date(2026, 3, 2) + days(91))) == interval


def test_an_account_that_is_renewing_keeps_the_interval_of_its_tier() -> None:
    assert own_interval(MONTHLY._replace(tier=LOW, renewal_on=TODAY + days(10))) == 91


@pytest.mark.parametrize("number", [3, 44, 200])
def test_an_interval_of_its_own_goes_before_the_phase(number: int) -> None:
    start = date(2026, 3, 2)
    assert own_interval(CadenceFacts(1, LOW, LONG_AGO, start, start + days(number), interval_days=45)) == 45


@pytest.mark.parametrize(
    ("interval", "latest_after"), [(1, 2), (2, 3), (3, 5), (7, 11), (14, 21), (30, 45), (31, 47), (91, 137)]
)
def test_latest_is_one_and_a_half_intervals_rounded_up(interval: int, latest_after: int) -> None:
    every_day = CadencePolicy(calendar=Calendar(frozenset()))
    found = standing(MONTHLY._replace(interval_days=interval), TODAY, every_day)
    assert found.ideal_on == date(2026, 11, 2) + days(interval)
    assert found.latest_on == date(2026, 11, 2) + days(latest_after)


def test_an_ideal_that_would_move_to_the_last_day_moves_forward() -> None:
    friday = date(2026, 11, 20)
    daily = standing(MONTHLY._replace(interval_days=1, last_two_way_on=friday), TODAY)
    assert (daily.ideal_on, daily.latest_on) == (date(2026, 11, 23), date(2026, 11, 23))
    on_saturday = standing(MONTHLY._replace(interval_days=1, last_two_way_on=friday + days(1)), TODAY)
    assert on_saturday.ideal_on == date(2026, 11, 23)


def test_days_off_move_an_ideal_back_and_a_latest_forward() -> None:
    off = frozenset({date(2026, 12, 1), date(2026, 12, 2), date(2026, 12, 17), date(2026, 12, 18)})
    found = standing(MONTHLY, TODAY, CadencePolicy(calendar=Calendar(days_off=off)))
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 30), date(2026, 12, 21))


@pytest.mark.parametrize(
    ("start", "ideal", "latest"),
    [
        (date(2026, 11, 19), date(2026, 11, 20), date(2026, 11, 27)),
        (date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 30)),
        (date(2026, 11, 23), date(2026, 11, 24), date(2026, 12, 1)),
        (date(2026, 12, 7), date(2026, 12, 8), date(2026, 12, 15)),
    ],
)
def test_an_account_never_touched_is_owed_contact_on_the_first_working_day_after_day_0(
    start: date, ideal: date, latest: date
) -> None:
    found = standing(CadenceFacts(9, LOW, LONG_AGO, start, interval_days=60), TODAY)
    assert (found.ideal_on, found.latest_on, found.assumed) == (ideal, latest, False)


def test_the_latest_day_of_an_account_never_touched_moves_forward_over_a_day_off() -> None:
    policy = CadencePolicy(calendar=Calendar(days_off=frozenset({date(2026, 11, 30)})))
    assert standing(CadenceFacts(1, HIGH, LONG_AGO, date(2026, 11, 20)), TODAY, policy).latest_on == date(2026, 12, 1)


def test_imported_accounts_are_spread_over_their_interval_by_their_id_and_say_assumed() -> None:
    every_day = CadencePolicy(calendar=Calendar(frozenset()))
    found = [standing(CadenceFacts(n, HIGH, TODAY), TODAY, every_day) for n in range(1, 31)]
    assert all(one.assumed for one in found)
    assert sorted(one.ideal_on for one in found) == [TODAY + days(n) for n in range(1, 31)]
    assert all(one.latest_on == one.ideal_on + days(7) for one in found)


def test_what_has_a_start_or_a_last_day_is_not_assumed() -> None:
    assert not standing(MONTHLY._replace(started_on=None), TODAY).assumed
    assert not standing(MONTHLY._replace(last_two_way_on=None), TODAY).assumed


@pytest.mark.parametrize(
    ("today", "late", "lateness"),
    [
        (date(2026, 11, 17), 0, Lateness.LATER),
        (date(2026, 11, 18), 0, Lateness.DUE),
        (date(2026, 11, 19), 1, Lateness.OVERDUE),
        (date(2026, 11, 25), 7, Lateness.OVERDUE),
        (date(2026, 11, 26), 8, Lateness.BREACHED),
    ],
)
def test_overdue_is_past_the_ideal_and_breached_past_the_latest(today: date, late: int, lateness: Lateness) -> None:
    found = standing(CadenceFacts(1, HIGH, LONG_AGO, date(2026, 9, 29), date(2026, 11, 4)), today)
    assert (found.days_late, found.lateness) == (late, lateness)


# While a risk is open.


@pytest.mark.parametrize(("ahead", "interval", "ideal"), [(119, 7, 20), (120, 7, 23), (121, 14, 27), (None, 14, 27)])
def test_at_risk_the_interval_is_7_within_120_days_of_the_decision_and_else_14(
    ahead: int | None, interval: int, ideal: int
) -> None:
    decision = None if ahead is None else TODAY + days(ahead)
    found = standing(at_risk(date(2026, 11, 16), decision, last=date(2026, 11, 13)), TODAY)
    assert (found.interval, found.ideal_on) == (interval, date(2026, 11, ideal))


def test_the_decision_day_is_the_opt_out_day_where_there_is_one() -> None:
    facts = at_risk(date(2026, 11, 3), TODAY + days(200))
    assert standing(facts, TODAY).interval == 14
    assert standing(facts._replace(notice_days=79), TODAY).interval == 14
    assert standing(facts._replace(notice_days=80), TODAY).interval == 7


def test_a_decision_day_that_has_passed_is_within_120_days() -> None:
    assert standing(at_risk(date(2026, 11, 3), TODAY - days(30)), TODAY).interval == 7


def test_the_floor_is_the_working_day_on_which_the_risk_opened() -> None:
    found = standing(at_risk(date(2026, 11, 18), last=date(2026, 10, 26)), TODAY)
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 18), date(2026, 11, 25))


def test_the_floor_moves_forward_to_a_working_day() -> None:
    found = standing(at_risk(date(2026, 11, 14), last=date(2026, 10, 26)), TODAY)
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 16), date(2026, 11, 23))


def test_the_floor_is_120_days_before_the_decision_where_that_is_later() -> None:
    friday = date(2026, 11, 20)
    found = standing(at_risk(date(2026, 11, 3), friday + days(120), last=date(2026, 11, 9)), TODAY)
    assert (found.ideal_on, found.latest_on) == (friday, date(2026, 11, 24))
    later = standing(at_risk(date(2026, 11, 3), friday + days(100), last=date(2026, 11, 9)), TODAY)
    assert (later.ideal_on, later.latest_on) == (date(2026, 11, 16), date(2026, 11, 20))


def test_the_shorter_interval_counts_from_the_last_day_when_that_lies_past_the_floor() -> None:
    found = standing(at_risk(date(2026, 11, 3), last=date(2026, 11, 12)), TODAY)
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 26), date(2026, 12, 3))


def test_a_risk_never_makes_contact_due_later_than_without_it() -> None:
    found = standing(at_risk(TODAY)._replace(interval_days=5), TODAY)
    assert (found.ideal_on, found.latest_on, found.interval) == (date(2026, 11, 6), date(2026, 11, 10), 5)


def test_the_latest_day_at_risk_is_at_least_half_the_interval_after_the_ideal() -> None:
    far = standing(at_risk(date(2026, 11, 18), last=date(2026, 10, 26)), TODAY)
    assert far.latest_on == far.ideal_on + days(7)
    near = standing(at_risk(date(2026, 11, 18), TODAY + days(50), last=date(2026, 10, 26)), TODAY)
    assert near.latest_on == date(2026, 11, 23)  # Wed 18 + 4 = Sun 22, moved forward


def test_a_risk_that_opens_tomorrow_changes_nothing_today() -> None:
    assert standing(at_risk(TODAY + days(1)), TODAY) == standing(MONTHLY, TODAY)


def test_the_shorter_interval_too_moves_forward_where_it_would_move_to_the_last_day() -> None:
    """Free from 24 December to 1 January: a week after the 23rd would move back to the 23rd."""
    off = frozenset(date(2026, 12, 24) + days(n) for n in range(9))
    facts = at_risk(date(2026, 12, 1), date(2027, 2, 14), last=date(2026, 12, 23))
    found = standing(facts, date(2026, 12, 23), CadencePolicy(calendar=Calendar(days_off=off)))
    assert (found.ideal_on, found.latest_on) == (date(2027, 1, 4), date(2027, 1, 8))


# Booked meetings.


def test_a_meeting_booked_by_the_latest_day_covers_the_check_in_however_late_it_is() -> None:
    overdue = MONTHLY._replace(last_two_way_on=date(2026, 10, 12))  # ideal Wed 11 Nov, latest Thu 26 Nov
    found = standing(overdue._replace(booked_on=date(2026, 11, 26)), TODAY)
    assert (found.booked_on, found.days_late, found.lateness) == (date(2026, 11, 26), 0, Lateness.BOOKED)
    assert (found.ideal_on, found.latest_on) == (date(2026, 11, 11), date(2026, 11, 26))


def test_a_meeting_booked_past_the_latest_day_does_not_cover() -> None:
    overdue = MONTHLY._replace(last_two_way_on=date(2026, 10, 12))
    found = standing(overdue._replace(booked_on=date(2026, 11, 27)), TODAY)
    assert (found.booked_on, found.days_late, found.lateness) == (None, 10, Lateness.OVERDUE)


def test_a_booked_meeting_covers_on_its_own_day_and_no_longer() -> None:
    booked = MONTHLY._replace(last_two_way_on=date(2026, 10, 12), booked_on=TODAY)
    assert standing(booked, TODAY).lateness is Lateness.BOOKED
    found = standing(booked, TODAY + days(1))
    assert (found.lateness, found.days_late) == (Lateness.OVERDUE, 11)


@pytest.mark.parametrize(
    ("interval", "words"), [(7, "weekly"), (30, "monthly"), (91, "quarterly"), (45, "every 45 days")]
)
def test_an_interval_has_words(interval: int, words: str) -> None:
    assert rhythm(interval) == words
