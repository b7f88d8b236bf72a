"""Who stands how on the day of the book: the written cast, and any number of invented accounts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import CadenceFacts, Lateness, own_interval, standing
from csm_tui.domain.days import STANDARD
from csm_tui.domain.risks import silent_since
from csm_tui.exchange.demo import words_cast, words_names, words_plans, words_talks
from csm_tui.exchange.demo.words_cast import Due, Part

if TYPE_CHECKING:
    from random import Random

    from csm_tui.exchange.demo.rows import Stage


MATURE, LATEST_OVERDUE, WEEK = 240, 12, 7


class Cast(NamedTuple):
    """An account as it is written: its part and dates, the last contact (None: never), and its open ends."""

    id: int
    part: Part
    facts: CadenceFacts
    last: date | None
    promises: tuple[words_cast.Loose, ...] = ()
    booked: tuple[words_cast.Booked, ...] = ()
    written: bool = False


def written_cast(stage: Stage, number: int) -> Cast:
    """An account of the written cast, with its open promises and its meetings."""
    part = words_cast.CAST[number]
    free = not STANDARD.works(stage.today)
    loose = tuple(end for end in words_cast.OPEN if end.name == part.name)
    booked = tuple(_on_weekend(one) if free else one for one in words_cast.BOOKED if one.name == part.name)
    cast = _standing(stage, number + 1, part, _at_risk_since(stage.today, part.name))
    return cast._replace(promises=loose, booked=booked, written=True)


def _at_risk_since(today: date, name: str) -> date | None:
    """The day of a recovery that is open, as near as it is known before the last talk is."""
    found = (one for one in words_plans.TROUBLES if one.name == name and one.ended is None)
    return next((near_day(today, -(one.days or words_plans.LEFT_ABOUT)) for one in found), None)


def _on_weekend(meeting: words_cast.Booked) -> words_cast.Booked:
    kind, summary = words_cast.WEEKEND_CALL
    return meeting if meeting.days else meeting._replace(kind=kind, summary=summary)


def _standing(stage: Stage, number: int, part: Part, risk: date | None = None) -> Cast:
    """The account with its dates, the last contact such that its check-in stands as the part wants it."""
    today = stage.today
    started = near_day(today, -part.age)
    renewal = _months_on(started, part.term)
    facts = CadenceFacts(number, part.tier, min(started, today), started, None, part.every, renewal, part.notice, risk)
    return Cast(number, part, facts, _last(stage, facts, part.due))


def near_day(today: date, days: int) -> date:
    """So many days from today, moved to a working day away from it; today itself stays."""
    on = today + timedelta(days=days)
    if days == 0:
        return on
    return STANDARD.forward(on) if days > 0 else STANDARD.back(on)


def _months_on(day: date, months: int) -> date:
    """The same day of the month so many months on, at most the 28th."""
    month = day.month - 1 + months
    return date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def _last(stage: Stage, facts: CadenceFacts, due: Due) -> date | None:
    """A last contact that makes the check-in stand so, or nearly so; None before the start."""
    if facts.started_on is None or facts.started_on >= stage.today:
        return None
    age = (stage.today - facts.started_on).days
    for wanted in (due, Due.LATER, Due.WEEK, Due.OVERDUE, Due.TODAY, Due.BREACHED):
        found = _lasts(_undated(facts), min(age, MATURE), stage.today).get(wanted)
        if found:
            return stage.rng.choice(found[:6] if wanted in (Due.OVERDUE, Due.BREACHED) else found)
    return facts.started_on


def _undated(facts: CadenceFacts) -> CadenceFacts:
    """What the last contact depends on beside the age: the contract counts only for an account at risk."""
    few = CadenceFacts(1, facts.tier, date.min, None, None, facts.interval_days)
    if facts.risk_opened_on is None:
        return few
    return few._replace(renewal_on=facts.renewal_on, notice_days=facts.notice_days, risk_opened_on=facts.risk_opened_on)


@cache
def _lasts(part: CadenceFacts, age: int, today: date) -> dict[Due, list[date]]:
    """The working days that may be the last contact, newest first, by how the check-in then stands."""
    started = today - timedelta(days=age)
    found: dict[Due, list[date]] = {}
    for back in range(1, age + 1):
        last = today - timedelta(days=back)
        facts = part._replace(added_on=started, started_on=started, last_two_way_on=last)
        if STANDARD.works(last) and not _silent(facts, today):
            found.setdefault(_due(facts, today), []).append(last)
    return found


def _silent(facts: CadenceFacts, today: date) -> bool:
    """Nobody is left alone for so long that the rules would open a risk."""
    last, added = facts.last_two_way_on, facts.added_on
    return silent_since(last, facts.started_on, added, own_interval(facts), brought_in=False) <= today


def _due(facts: CadenceFacts, today: date) -> Due:
    owed = standing(facts, today)
    if owed.lateness is Lateness.LATER:
        return Due.WEEK if (owed.ideal_on - today).days <= WEEK else Due.LATER
    return {Lateness.DUE: Due.TODAY, Lateness.OVERDUE: Due.OVERDUE}.get(owed.lateness, Due.BREACHED)


def invented(stage: Stage, number: int, *, touched: bool = True) -> Cast:
    """An account drawn at random; about one in twenty is overdue, and one in six is due within the week."""
    rng, names = stage.rng, len(words_cast.CAST)
    tier = rng.choices((Tier.WHITE_GLOVE, Tier.HIGH_TOUCH, Tier.LOW_TOUCH), (3, 27, 70))[0]
    due = rng.choices((Due.LATER, Due.WEEK, Due.TODAY, Due.OVERDUE, Due.BREACHED), (790, 135, 20, 40, 15))[0]
    pulses = rng.choices(((), (5,), (4,), (3,), (2,)), (15, 22, 39, 20, 4))[0]
    base = {Tier.WHITE_GLOVE: 130, Tier.HIGH_TOUCH: 45, Tier.LOW_TOUCH: 12}[tier]
    age = rng.randrange(1, 1000)
    part = Part(
        words_cast.CAST[number].name if number < names else words_names.company(number - names),
        tier, rng.randrange(base, base * 2), age, 12 * (age // 365 + 1), rng.choice((None, 30, 30, 60, 90)),
        base + rng.randrange(base * 3), pulses, due,
    )  # fmt: skip
    cast = _standing(stage, number + 1, part)._replace(promises=_loose(rng, age, at_risk=pulses == (2,)))
    if not touched:  # as an import leaves it: no start, no contact, its rhythm counted from the day it was added
        return cast._replace(facts=cast.facts._replace(added_on=stage.today, started_on=None), last=None)
    return cast._replace(booked=_some_meeting(rng) if age > WEEK else ())


def _loose(rng: Random, age: int, *, at_risk: bool) -> tuple[words_cast.Loose, ...]:
    """An open promise for one account in ten, and for nearly all at risk; one in sixty of ours is overdue."""
    roll = rng.random()
    days = rng.randrange(3, 45)
    if at_risk:
        return (words_cast.Loose("", "theirs", rng.choice(words_talks.THEIRS), days, days),) if roll > 0.05 else ()
    if roll < 0.016 and age > LATEST_OVERDUE:
        days = -rng.randrange(1, LATEST_OVERDUE)
        return (words_cast.Loose("", "ours", rng.choice(words_talks.OURS), days, days),)
    if roll < 0.075:
        return (words_cast.Loose("", "ours", rng.choice(words_talks.OURS), days, days),)
    return ()


def _some_meeting(rng: Random) -> tuple[words_cast.Booked, ...]:
    """A meeting in the calendar of one account in fifty; a few wait for an answer."""
    roll = rng.random()
    if roll > 0.02:
        return ()
    days = -3 if roll < 0.002 else rng.randrange(1, 15)
    return (words_cast.Booked("", "meeting", days, "10:00", 45, "Next steps"),)
