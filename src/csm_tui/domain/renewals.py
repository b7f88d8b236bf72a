"""The renewal clock: the opt-out day, the decision day, and what about a renewal may not be missed."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.accounts import AccountFacts
from csm_tui.domain.lifecycle import decision_on, opt_out_on
from csm_tui.domain.policy import POLICY, RenewalPolicy
from csm_tui.typed import NamedTuple, StrEnum


class RenewalFacts(NamedTuple):
    """What the renewal clock needs to know about an account; the ids of the signs order two talks of one day."""

    renewal_on: date | None = None
    notice_days: int | None = None
    notice_served_on: date | None = None
    auto_renew_off_on: date | None = None
    renewal_talk_on: date | None = None
    renewal_sign_id: int = 0
    termination_on: date | None = None
    termination_sign_id: int = 0
    auto_renew: bool | None = None


class Alarm(StrEnum):
    """What about a renewal may not be missed; the value is the letter of its item's id."""

    OPT_OUT = "o"
    OUTCOME = "r"
    NOTICE = "n"
    AUTO_RENEW = "a"
    TERMINATION = "x"


class Raised(NamedTuple):
    """An alarm, the day it is about, and the sentence that says why."""

    alarm: Alarm
    on: date
    why: str


def opt_out_is_near(opt_out: date, today: date, policy: RenewalPolicy = POLICY.renewals) -> bool:
    """The days on which notice may still be given, and which may not be let pass."""
    return 0 <= _days(today, opt_out) <= policy.opt_out_near


def notice_is_served(facts: RenewalFacts | AccountFacts, today: date) -> bool:
    """Notice stands from the day it was served."""
    return facts.notice_served_on is not None and facts.notice_served_on <= today


def alarms(facts: RenewalFacts | AccountFacts, today: date, policy: RenewalPolicy = POLICY.renewals) -> list[Raised]:
    """All that may not be missed about this renewal today (rules.md, Today, must-dos)."""
    found: list[Raised | None] = []
    if facts.renewal_on is not None:
        if facts.notice_days is not None:
            found.append(_opt_out(facts, today, policy))
        if facts.renewal_on < today:
            found.append(Raised(Alarm.OUTCOME, facts.renewal_on, "The renewal day has passed without an outcome."))
    if facts.notice_served_on is not None:
        found.append(_news(Alarm.NOTICE, facts.notice_served_on, "Notice was served", today, policy))
    if facts.auto_renew_off_on is not None:
        found.append(_news(Alarm.AUTO_RENEW, facts.auto_renew_off_on, "Auto-renew was switched off", today, policy))
    if facts.termination_on is not None:
        found.append(_termination(facts, facts.termination_on, today))
    return [raised for raised in found if raised is not None]


def _opt_out(facts: RenewalFacts | AccountFacts, today: date, policy: RenewalPolicy) -> Raised | None:
    """Opt-out within 30 days, and no renewal talk logged in the last 90."""
    opt_out = opt_out_on(facts.renewal_on, facts.notice_days)
    if opt_out is None or not opt_out_is_near(opt_out, today, policy) or notice_is_served(facts, today):
        return None
    talk = facts.renewal_talk_on
    if talk is not None and 0 <= _days(talk, today) <= policy.talk_within:
        return None
    return Raised(
        Alarm.OPT_OUT,
        opt_out,
        f"The opt-out day is within {policy.opt_out_near} days "
        f"and no #renewal talk was logged in the last {policy.talk_within}.",
    )


def _news(alarm: Alarm, on: date, what: str, today: date, policy: RenewalPolicy) -> Raised | None:
    """What was told in the last 7 days."""
    if not 0 <= _days(on, today) <= policy.news_for:
        return None
    return Raised(alarm, on, f"{what} in the last {policy.news_for} days.")


def _termination(facts: RenewalFacts | AccountFacts, on: date, today: date) -> Raised | None:
    """Leaving was talked about, and no renewal talk has been logged since."""
    talk = facts.renewal_talk_on
    answered = talk is not None and (talk, facts.renewal_sign_id) > (on, facts.termination_sign_id)
    return (
        None
        if on > today or answered
        else Raised(Alarm.TERMINATION, on, "#termination was logged, and no #renewal talk since.")
    )


def outlook(facts: RenewalFacts | AccountFacts, today: date) -> str:
    """Where the clock stands, in words; empty without a renewal day."""
    if facts.renewal_on is None:
        return ""
    opt_out = opt_out_on(facts.renewal_on, facts.notice_days)
    if facts.renewal_on < today:
        return "record the renewal"
    if notice_is_served(facts, today):
        return "notice served"
    rolls = facts.auto_renew is not False and facts.auto_renew_off_on is None
    if opt_out is not None and opt_out < today and rolls:
        return "renews by itself"
    return ""


def _days(earlier: date, later: date) -> int:
    return later.toordinal() - earlier.toordinal()


def year_on(day: date) -> date:
    """The same day a year later; of a leap day the day before."""
    return day.replace(year=day.year + 1, day=min(day.day, 28 if day.month == 2 else day.day))


__all__ = [
    "Alarm",
    "Raised",
    "RenewalFacts",
    "alarms",
    "decision_on",
    "notice_is_served",
    "opt_out_on",
    "outlook",
    "year_on",
]
