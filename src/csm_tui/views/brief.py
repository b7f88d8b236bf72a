"""One account before a call: last touches, promises both ways, what changed since the last contact, who is there."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.days import LAST_DAY, spoken
from csm_tui.domain.promises import PromiseFacts, PromiseState, days_late
from csm_tui.domain.signals import LABELS
from csm_tui.domain.since import Terms, in_range
from csm_tui.domain.touchpoints import Direction, Side, Signal
from csm_tui.store.queries import contacts, promises, pulses, touchpoints
from csm_tui.views.accounts import AccountLine, one_account
from csm_tui.views.promises import PromiseLine
from csm_tui.views.promises import as_json as promise_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.policy import Policy
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch

TOUCHES = 3


class ChangeKind(StrEnum):
    """What sort of thing changed."""

    PULSE = "pulse"
    SIGNAL = "signal"
    NOTE = "note"
    PROMISE = "promise"
    PERSON = "person"
    RENEWAL = "renewal"


class Change(NamedTuple):
    """One thing that came about after the last two-way contact: its day, its sort, and what it is."""

    on: date
    kind: ChangeKind
    what: str


class Brief(NamedTuple):
    """What one wants to know before a call. `promises` are the open ones, ours first; `people` those who are there.

    `since` is the day of the last two-way contact, None where there was none; then `changes` has all there ever was.
    """

    line: AccountLine
    touches: list[Touch]
    attempts: int
    promises: list[PromiseFacts]
    since: date | None
    changes: list[Change]
    people: list[ContactFacts]
    today: date
    policy: Policy


def brief(reading: Reading, account_id: int) -> Brief | None:
    """The brief of an account, or None when there is none of that id (any more)."""
    line = one_account(reading, account_id)
    if line is None:
        return None
    since = line.facts.last_two_way_on
    ledger, people = promises.of_account(reading, account_id), contacts.contacts(reading, account_id)
    changes = [
        *_pulses(reading, account_id),
        *_talks(touchpoints.held_after(reading, account_id, since)),
        *_ended(ledger),
        *_gone(people),
        *_renewal(line.facts, since, reading),
    ]
    return Brief(
        line,
        touchpoints.last_spoken(reading, account_id, TOUCHES),
        touchpoints.attempts(reading, account_id, since),
        owed(ledger),
        since,
        _newest_first(changes, since, reading.today),
        [one for one in people if one.active],
        reading.today,
        reading.policy,
    )


def owed(ledger: Iterable[PromiseFacts]) -> list[PromiseFacts]:
    """The open promises, ours before theirs, the earliest day first and those without a day last."""
    still = [one for one in ledger if one.state is PromiseState.OPEN]
    return sorted(still, key=lambda one: (one.side is not Side.OURS, one.due_on or LAST_DAY, one.promise_id))


def _newest_first(changes: Iterable[Change], since: date | None, today: date) -> list[Change]:
    """What came about after a day, up to today. That day itself is left out: what it brought was said in the talk."""
    after = [one for one in changes if (since is None or one.on > since) and one.on <= today]
    return sorted(after, key=lambda one: one.on, reverse=True)


def _pulses(reading: Reading, account_id: int) -> Iterator[Change]:
    found = pulses.of_account(reading, account_id)
    for pulse, before in zip_longest(found, found[1:]):
        was = f", was {before.value}" if before is not None else ""
        reason = f": {pulse.reason}" if pulse.reason else ""
        yield Change(pulse.given_on, ChangeKind.PULSE, f"pulse {pulse.value} of 5{was}{reason}")


def _talks(touches: Iterable[Touch]) -> Iterator[Change]:
    """The signals of what was held, and what was noted for ourselves."""
    for touch in touches:
        for signal in touch.signals:
            yield Change(touch.day, ChangeKind.SIGNAL, f"#{signal}: {LABELS[Signal(signal)]}")
        if touch.direction is Direction.INTERNAL and touch.summary:
            yield Change(touch.day, ChangeKind.NOTE, f"note: {touch.summary}")


def _ended(ledger: Iterable[PromiseFacts]) -> Iterator[Change]:
    for one in ledger:
        if one.closed_on is not None:
            whose = "ours" if one.side is Side.OURS else "theirs"
            yield Change(one.closed_on, ChangeKind.PROMISE, f"promise of {whose} {one.state}: {one.what}")


def _gone(people: Iterable[ContactFacts]) -> Iterator[Change]:
    for one in people:
        if one.left_on is not None and not one.active:
            yield Change(one.left_on, ChangeKind.PERSON, f"{one.name} left" + (f", {one.role}" if one.role else ""))


def _renewal(facts: AccountFacts, since: date | None, reading: Reading) -> Iterator[Change]:
    """Notice, auto-renew switched off, and the decision day that came into range between the contact and today, which
    is told as news of today.
    """
    if facts.notice_served_on is not None:
        yield Change(facts.notice_served_on, ChangeKind.RENEWAL, "notice was served")
    if facts.auto_renew_off_on is not None:
        yield Change(facts.auto_renew_off_on, ChangeKind.RENEWAL, "auto-renew was switched off")
    terms = Terms(
        facts.account_id, facts.name, facts.started_on, facts.renewal_on, facts.notice_days, facts.notice_served_on
    )
    near = in_range(terms, since, reading.today, reading.policy.renewals) if since is not None else None
    if near is not None:
        yield Change(reading.today, ChangeKind.RENEWAL, f"{near.what}: {spoken(near.on, reading.today)}")


def as_json(found: Brief) -> dict[str, object]:
    """A brief under the names that scripts rely on."""
    facts, line = found.line.facts, found.line
    return {
        "account": facts.name,
        "account_id": facts.account_id,
        "tier": str(facts.tier),
        "phase": str(line.phase),
        "day": line.day,
        "band": str(line.band),
        "pulse": facts.pulse,
        "since": _iso(found.since),
        "attempts": found.attempts,
        "next_check_in_on": _iso(line.standing.ideal_on) if line.standing else None,
        "touches": [_touch_json(touch) for touch in found.touches],
        "promises": [promise_json(PromiseLine(one, facts.name, days_late(one, found.today))) for one in found.promises],
        "changes": [{"on": one.on.isoformat(), "kind": str(one.kind), "what": one.what} for one in found.changes],
        "renewal": {
            "renewal_on": _iso(facts.renewal_on), "opt_out_on": _iso(line.opt_out_on), "outlook": line.outlook,
            "days": _days(found.today, facts.renewal_on), "opt_out_days": _days(found.today, line.opt_out_on),
            "arr_cents": facts.arr_cents, "currency": facts.currency, "seats": facts.seats,
        },
        "people": [
            {"id": one.contact_id, "name": one.name, "title": one.title, "role": str(one.role) if one.role else None,
             "last_two_way_on": _iso(one.last_on), "silent_days": _days(one.last_on, found.today)}
            for one in found.people
        ],
    }  # fmt: skip


def _touch_json(touch: Touch) -> dict[str, object]:
    return {
        "id": touch.touchpoint_id,
        "day": touch.day.isoformat(),
        "kind": str(touch.kind),
        "direction": str(touch.direction),
        "minutes": touch.minutes,
        "mood": str(touch.mood) if touch.mood else None,
        "summary": touch.summary,
        "people": list(touch.people),
        "signals": list(touch.signals),
    }


def _days(earlier: date | None, later: date | None) -> int | None:
    return None if earlier is None or later is None else later.toordinal() - earlier.toordinal()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
