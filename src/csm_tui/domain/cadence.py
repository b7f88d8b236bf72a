"""How often an account is owed a touchpoint, and how late the next one is."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from csm_tui.domain import lifecycle
from csm_tui.domain.accounts import AccountFacts, Phase, Tier
from csm_tui.domain.policy import POLICY, CadencePolicy
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from csm_tui.domain.days import Calendar


class CadenceFacts(NamedTuple):
    """What cadence needs to know about an account, and no more."""

    account_id: int
    tier: Tier
    added_on: date
    started_on: date | None = None
    last_two_way_on: date | None = None
    interval_days: int | None = None
    renewal_on: date | None = None
    notice_days: int | None = None
    risk_opened_on: date | None = None
    booked_on: date | None = None


class Lateness(StrEnum):
    """How a check-in stands today."""

    LATER = "later"
    DUE = "due"
    OVERDUE = "overdue"
    BREACHED = "breached"
    BOOKED = "booked"


class Standing(NamedTuple):
    """When contact is owed: ideally, at the latest, and how late it is today."""

    ideal_on: date
    latest_on: date
    interval: int
    days_late: int
    lateness: Lateness
    booked_on: date | None
    assumed: bool


class _Owed(NamedTuple):
    ideal_on: date
    latest_on: date


def own_interval(facts: CadenceFacts | AccountFacts, policy: CadencePolicy = POLICY.cadence) -> int:
    """Days between touchpoints without a risk: the account's own, else by the phase of the last counted day."""
    if facts.interval_days is not None:
        return facts.interval_days
    early = lifecycle.early_phase(facts.started_on, facts.last_two_way_on or facts.added_on)
    if early is Phase.ONBOARDING:
        return policy.onboarding
    if early is Phase.ADOPTION:
        return policy.adoption
    if early is Phase.VALUE:
        return policy.value
    return policy.ongoing(facts.tier)


def standing(facts: CadenceFacts | AccountFacts, today: date, policy: CadencePolicy = POLICY.cadence) -> Standing:
    """When contact is owed, from the last held two-way touchpoint, and how late it is today (rules.md, Cadence)."""
    interval = own_interval(facts, policy)
    owed = _owed(facts, interval, policy)
    if facts.risk_opened_on is not None and facts.risk_opened_on <= today:
        shorter, floor = _shorter(facts, facts.risk_opened_on, today, policy)
        interval = min(interval, shorter)
        owed = _at_risk(facts, owed, interval, floor, policy.calendar)
    booked = covering(facts.booked_on, owed.latest_on, today)
    late = 0 if booked else max(0, today.toordinal() - owed.ideal_on.toordinal())
    assumed = facts.last_two_way_on is None and facts.started_on is None
    lateness = Lateness.BOOKED if booked else _lateness(owed, today)
    return Standing(owed.ideal_on, owed.latest_on, interval, late, lateness, booked, assumed)


def _owed(facts: CadenceFacts | AccountFacts, interval: int, policy: CadencePolicy) -> _Owed:
    """Ideal and latest day without a risk."""
    calendar, last = policy.calendar, facts.last_two_way_on
    if last is not None:
        return _by_interval(last, interval, calendar)
    if facts.started_on is not None:
        ideal = calendar.first_after(facts.started_on)
    else:
        ideal = calendar.forward(facts.added_on + timedelta(days=1 + facts.account_id % interval))
    return _Owed(ideal, calendar.forward(ideal + timedelta(days=policy.never_touched_grace)))


def _half_more(interval: int) -> int:
    """One and a half times an interval, rounded up."""
    return interval + _half(interval)


def _half(interval: int) -> int:
    return (interval + 1) // 2


def _shorter(
    facts: CadenceFacts | AccountFacts, opened_on: date, today: date, policy: CadencePolicy
) -> tuple[int, date]:
    """The interval of an account at risk, and the working day from which it holds."""
    decision = lifecycle.decision_on(facts.renewal_on, facts.notice_days)
    if decision is not None:
        near_from = decision - timedelta(days=policy.near_decision)
        if today >= near_from:
            return policy.at_risk_near, policy.calendar.forward(max(opened_on, near_from))
    return policy.at_risk_far, policy.calendar.forward(opened_on)


def _at_risk(facts: CadenceFacts | AccountFacts, owed: _Owed, shorter: int, floor: date, calendar: Calendar) -> _Owed:
    """Contact is owed sooner while a risk is open, but opening one never makes an account late on that day."""
    ideal, latest = floor, floor
    if facts.last_two_way_on is not None:
        by_shorter = _by_interval(facts.last_two_way_on, shorter, calendar)
        ideal, latest = max(by_shorter.ideal_on, floor), by_shorter.latest_on
    ideal = min(owed.ideal_on, ideal)
    latest = min(owed.latest_on, max(latest, ideal + timedelta(days=_half(shorter))))
    return _Owed(ideal, calendar.forward(latest))


@lru_cache(4096)
def _by_interval(last: date, interval: int, calendar: Calendar) -> _Owed:
    """From the last counted day; remembered, since the accounts of a book share few days and intervals."""
    ideal = calendar.back(last + timedelta(days=interval))
    if ideal <= last:
        ideal = calendar.forward(last + timedelta(days=interval))
    return _Owed(ideal, calendar.forward(last + timedelta(days=_half_more(interval))))


def covering(booked_on: date | None, latest_on: date, today: date) -> date | None:
    """A booked meeting covers the check-in from now to its own day, if that is not past the latest day."""
    if booked_on is None or booked_on < today or booked_on > latest_on:
        return None
    return booked_on


def _lateness(owed: _Owed, today: date) -> Lateness:
    if today > owed.latest_on:
        return Lateness.BREACHED
    if today > owed.ideal_on:
        return Lateness.OVERDUE
    return Lateness.DUE if today == owed.ideal_on else Lateness.LATER


def because(facts: CadenceFacts | AccountFacts, today: date) -> str:
    """What sets the rhythm, in two words."""
    if facts.risk_opened_on is not None and facts.risk_opened_on <= today:
        return "at risk"
    if facts.interval_days is not None:
        return "its own"
    if facts.started_on is not None:
        day = lifecycle.day_of_life(facts.started_on, today)
        return f"day {day}" if day >= 0 else "not started"
    return str(facts.tier)


RHYTHMS = {1: "daily", 7: "weekly", 14: "every 2 weeks", 30: "monthly", 91: "quarterly", 182: "half-yearly"}


def rhythm(interval: int) -> str:
    """An interval in words."""
    return RHYTHMS.get(interval, f"every {interval} days")
