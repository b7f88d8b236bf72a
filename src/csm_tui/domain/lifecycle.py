"""Where an account stands in its life, from its start, its renewal and today."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Phase

ONBOARDING_LAST = 30
ADOPTION_LAST = 60
VALUE_LAST = 90
RENEWING_BEFORE_RENEWAL = timedelta(days=90)
RENEWING_BEFORE_OPT_OUT = timedelta(days=45)
NEXT_TERM = timedelta(days=180)


def day_of_life(started_on: date, day: date) -> int:
    """Day 0 is the start; before it the number is negative."""
    return day.toordinal() - started_on.toordinal()


def opt_out_on(renewal_on: date | None, notice_days: int | None) -> date | None:
    """The last day to give notice: the renewal less the notice days, never moved. No notice given, no such day."""
    if renewal_on is None or notice_days is None:
        return None
    return renewal_on - timedelta(days=notice_days)


def decision_on(renewal_on: date | None, notice_days: int | None) -> date | None:
    """The day by which the customer decides: the earlier of opt-out and renewal."""
    return opt_out_on(renewal_on, notice_days) or renewal_on


def is_next_term(before: date, after: date) -> bool:
    """Whether a renewal has moved so far ahead (past 180 days) that it is that of the next term, and no correction."""
    return after - before > NEXT_TERM


def early_phase(started_on: date | None, day: date) -> Phase | None:
    """The phase of days 0 to 90 (and before day 0), else None."""
    if started_on is None:
        return None
    number = day_of_life(started_on, day)
    if number <= ONBOARDING_LAST:
        return Phase.ONBOARDING
    if number <= ADOPTION_LAST:
        return Phase.ADOPTION
    return Phase.VALUE if number <= VALUE_LAST else None


def renewing_from(renewal_on: date, notice_days: int | None) -> date:
    """The earlier of 90 days before the renewal and 45 days before the opt-out day."""
    since = renewal_on - RENEWING_BEFORE_RENEWAL
    opt_out = opt_out_on(renewal_on, notice_days)
    return since if opt_out is None else min(since, opt_out - RENEWING_BEFORE_OPT_OUT)


def phase(
    started_on: date | None,
    renewal_on: date | None,
    notice_days: int | None,
    churned_on: date | None,
    today: date,
) -> Phase:
    """Onboarding to day 30, adoption to 60, value to 90, then ongoing, renewing or, once marked, churned."""
    if churned_on is not None and churned_on <= today:
        return Phase.CHURNED
    early = early_phase(started_on, today)
    if early is not None:
        return early
    if renewal_on is not None and today >= renewing_from(renewal_on, notice_days):
        return Phase.RENEWING
    return Phase.ONGOING
