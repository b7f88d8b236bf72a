"""What a log did, in words and as JSON: with whom, when, and when contact is owed next."""

from __future__ import annotations

from csm_tui.domain.cadence import standing
from csm_tui.domain.days import WEEKDAYS, day_month, spoken
from csm_tui.domain.naming import Person, person_named
from csm_tui.domain.touchpoints import Direction, Kind, Side, State
from csm_tui.store.queries.accounts import account_facts
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from csm_tui.actions.recovery import Opened
    from csm_tui.actions.touchpoints import Logged
    from csm_tui.domain.cadence import Standing
    from csm_tui.domain.logline import LogLine
    from csm_tui.domain.naming import Named
    from csm_tui.store.connection import Reading


def owed(reading: Reading, account_id: int) -> Standing | None:
    """When the account is owed contact, as the book stands now; None where it owes none any more."""
    facts = account_facts(reading, [account_id])[account_id]
    return standing(facts, reading.today, reading.policy.cadence) if facts.is_active(reading.today) else None


def dated(day: date, today: date) -> str:
    """`Sat 21 Nov`, with the year where it is another."""
    return f"{WEEKDAYS[day.weekday()]} {day_month(day, today)}"


def logged(where: Named, line: LogLine, done: Logged, known: Sequence[Person], today: date) -> str:
    """The first sentence: what was written."""
    pulse = f"pulse {line.pulse}" if line.pulse else None
    if done.touchpoint_id is None:
        return f"No touchpoint with {where.name}" + (f"; {pulse}." if pulse else ".")
    said = ", ".join(str(one) for one in (line.mood, *(f"#{signal}" for signal in line.signals), pulse) if one)
    verb = "Booked" if line.state is State.BOOKED else "Logged"
    there = [*known, *(Person(0, name, active=True) for name in done.new_contacts)]
    with_ = ", ".join(_full(typed, there) for typed in line.contacts)
    when = dated(line.day, today) + (f" {line.time}" if line.time else "")
    told = f"{verb} {line.kind} with {where.name}" + (f" ({with_})" if with_ else "") + f", {when}"
    told += (f"; {said}" if said else "") + "."
    return told + (f" The {line.kind} that was booked for that day is answered." if done.answered_booking else "")


def _full(typed: str, known: Sequence[Person]) -> str:
    person = person_named(known, typed)
    return typed if person is None else person.name


def as_written(line: LogLine, done: Logged) -> LogLine:
    """The line as the book has it: signals or notes alone became an internal note."""
    if line.is_touchpoint or done.touchpoint_id is None:
        return line
    return line._replace(kind=Kind.NOTE, kind_given=True, direction=Direction.INTERNAL)


def next_check_in(line: LogLine | None, due: Standing | None, today: date) -> str:
    """When contact is owed next, and why that did not move where it did not."""
    if due is None:
        return "The account has churned or is archived: no check-in is owed."
    days = f"{spoken(due.ideal_on, today)}, at the latest {spoken(due.latest_on, today)}"
    if line is not None and line.state is State.BOOKED:
        return _booked(line, due, days, today)
    days += f"; it is booked for {spoken(due.booked_on, today)}" if due.booked_on is not None else ""
    if line is None or not line.is_touchpoint or line.direction is Direction.TWO_WAY:
        return f"Next check-in {days}."
    if line.direction is Direction.INTERNAL:
        return f"A note: the check-in stays due {days}."
    return f"An attempt: {'no answer' if line.unanswered else 'one-way'}. The check-in stays due {days}."


def _booked(line: LogLine, due: Standing, days: str, today: date) -> str:
    """What a booking means for the check-in: only a two-way one up to the latest day covers it, and the first of them
    stands for it.
    """
    if due.booked_on == line.day:
        return f"The check-in due {spoken(due.ideal_on, today)} is booked for {spoken(due.booked_on, today)}."
    if due.booked_on is not None:
        return f"The check-in due {spoken(due.ideal_on, today)} stays booked for {spoken(due.booked_on, today)}."
    if line.direction is not Direction.TWO_WAY:
        return f"A one-way booking covers no check-in, which stays due {days}."
    return f"That is past the latest day of the check-in, which stays due {days}."


def promises(line: LogLine, ids: Sequence[int], today: date) -> list[str]:
    """One sentence a promise, with the id by which it can be worked."""
    told = []
    for promise, number in zip(line.promises, ids, strict=True):
        who = "Promise" if promise.side is Side.OURS else "Their promise"
        by = f", by {dated(promise.due_on, today)}" if promise.due_on else ""
        told.append(f"{who} p{number}: {promise.what}{by}.")
    return told


def plans(where: Named, done: Logged) -> list[str]:
    """What it did to the plans: the step that it completed, the recovery that it opened or added to."""
    told = [f"Done with it: step “{done.step}”."] if done.step else []
    return [*told, *recovery(where, done.risk)]


def recovery(where: Named, risk: Opened | None) -> list[str]:
    """That a recovery was opened, or that a signal joined the open one with its steps."""
    if risk is not None and risk.new:
        return [f"Opened a recovery of {where.name} with {risk.steps} steps: `csm recover {where.name!r}` shows it."]
    if risk is not None and risk.signals:
        names = ", ".join(f"#{signal}" for signal in risk.signals)
        return [f"Added {names} to its recovery, with {risk.steps} steps."]
    return []


def as_json(where: Named, line: LogLine, done: Logged, due: Standing | None) -> dict[str, object]:
    """A log under the names that scripts rely on."""
    return {
        "touchpoint_id": done.touchpoint_id,
        "account": where.name,
        "next_check_in_on": due.ideal_on.isoformat() if due else None,
        "promises": [
            {
                "id": f"p{number}",
                "side": str(promise.side),
                "what": promise.what,
                "due_on": promise.due_on.isoformat() if promise.due_on else None,
            }
            for promise, number in zip(line.promises, done.promise_ids, strict=True)
        ],
    }
