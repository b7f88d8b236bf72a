"""The renewal clock: what about a renewal may not be missed, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm_tui.domain.renewals import Alarm, RenewalFacts, alarms, notice_is_served, outlook, year_on
from tests.conftest import TODAY

NEAR = RenewalFacts(renewal_on=TODAY + timedelta(days=60), notice_days=40)
"""The opt-out day is in 20 days."""


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def raised(facts: RenewalFacts) -> set[Alarm]:
    return {one.alarm for one in alarms(facts, TODAY)}


@pytest.mark.parametrize(("in_days", "rings"), [(-1, False), (0, True), (1, True), (29, True), (30, True), (31, False)])
def test_the_opt_out_day_is_a_must_do_within_30_days(in_days: int, rings: bool) -> None:
    facts = RenewalFacts(renewal_on=ahead(in_days + 60), notice_days=60)
    assert raised(facts) == ({Alarm.OPT_OUT} if rings else set())


def test_the_alarm_of_the_opt_out_day_is_about_that_day() -> None:
    assert alarms(NEAR, TODAY)[0].on == ahead(20)


@pytest.mark.parametrize(("ago", "rings"), [(0, False), (1, False), (90, False), (91, True), (-1, True)])
def test_a_renewal_talk_in_the_last_90_days_answers_the_opt_out_day(ago: int, rings: bool) -> None:
    assert (Alarm.OPT_OUT in raised(NEAR._replace(renewal_talk_on=ahead(-ago)))) == rings


def test_no_notice_given_means_no_opt_out_clock_which_is_not_notice_0() -> None:
    assert raised(RenewalFacts(renewal_on=ahead(10))) == set()
    assert raised(RenewalFacts(renewal_on=ahead(10), notice_days=0)) == {Alarm.OPT_OUT}


def test_notice_served_silences_the_opt_out_day_from_that_day_on() -> None:
    assert Alarm.OPT_OUT not in raised(NEAR._replace(notice_served_on=TODAY))
    assert Alarm.OPT_OUT in raised(NEAR._replace(notice_served_on=ahead(1)))
    assert notice_is_served(NEAR._replace(notice_served_on=TODAY), TODAY)
    assert not notice_is_served(NEAR, TODAY)


@pytest.mark.parametrize(("in_days", "rings"), [(1, False), (0, False), (-1, True), (-400, True)])
def test_a_renewal_past_its_day_without_an_outcome_is_a_must_do(in_days: int, rings: bool) -> None:
    found = alarms(RenewalFacts(renewal_on=ahead(in_days)), TODAY)
    assert [(one.alarm, one.on) for one in found] == ([(Alarm.OUTCOME, ahead(in_days))] if rings else [])


@pytest.mark.parametrize(("ago", "rings"), [(-1, False), (0, True), (7, True), (8, False)])
def test_notice_served_and_auto_renew_off_are_news_for_7_days(ago: int, rings: bool) -> None:
    day = ahead(-ago)
    assert raised(RenewalFacts(notice_served_on=day)) == ({Alarm.NOTICE} if rings else set())
    assert raised(RenewalFacts(auto_renew_off_on=day)) == ({Alarm.AUTO_RENEW} if rings else set())


@pytest.mark.parametrize(("ago", "rings"), [(-1, False), (0, True), (1, True), (900, True)])
def test_a_termination_logged_is_a_must_do_however_long_ago(ago: int, rings: bool) -> None:
    facts = RenewalFacts(termination_on=ahead(-ago), termination_sign_id=4)
    assert raised(facts) == ({Alarm.TERMINATION} if rings else set())


@pytest.mark.parametrize(
    ("talk_ago", "talk_id", "rings"),
    [(4, 9, False), (5, 5, False), (5, 3, True), (5, 4, True), (6, 9, True)],
)
def test_a_later_renewal_talk_answers_a_termination_and_on_one_day_the_later_logged_is_later(
    talk_ago: int, talk_id: int, rings: bool
) -> None:
    facts = RenewalFacts(
        termination_on=ahead(-5), termination_sign_id=4, renewal_talk_on=ahead(-talk_ago), renewal_sign_id=talk_id
    )
    assert (Alarm.TERMINATION in raised(facts)) == rings


def test_all_alarms_of_an_account_are_raised_at_once() -> None:
    facts = RenewalFacts(
        renewal_on=ahead(-1),
        notice_days=30,
        notice_served_on=ahead(-2),
        auto_renew_off_on=ahead(-3),
        termination_on=ahead(-4),
    )
    assert raised(facts) == {Alarm.OUTCOME, Alarm.NOTICE, Alarm.AUTO_RENEW, Alarm.TERMINATION}


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (RenewalFacts(), ""),
        (NEAR, ""),
        (RenewalFacts(ahead(20), 20), ""),
        (RenewalFacts(ahead(20), 21), "renews by itself"),
        (RenewalFacts(ahead(20), 21, auto_renew_off_on=ahead(-30)), ""),
        (RenewalFacts(ahead(20), 21, auto_renew=False), ""),
        (RenewalFacts(ahead(20), 21, auto_renew=True), "renews by itself"),
        (RenewalFacts(ahead(20), 21, notice_served_on=ahead(-30)), "notice served"),
        (RenewalFacts(ahead(0), 21), "renews by itself"),
        (RenewalFacts(ahead(-1), 21), "record the renewal"),
        (RenewalFacts(ahead(20)), ""),
    ],
)
def test_the_outlook_says_where_the_clock_stands(facts: RenewalFacts, words: str) -> None:
    assert outlook(facts, TODAY) == words


def test_a_year_on_from_a_leap_day_is_the_day_before() -> None:
    assert year_on(date(2028, 2, 29)) == date(2029, 2, 28)
    assert year_on(date(2027, 2, 28)) == date(2028, 2, 28)
    assert year_on(date(2026, 12, 31)) == date(2027, 12, 31)
