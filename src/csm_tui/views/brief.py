"""One account before a call: last touches, promises both ways, what changed since the last contact, who is there."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.days import LAST_DAY
from csm_tui.domain.plans import Plan, Step, held_back_by, next_step, progress
from csm_tui.domain.promises import PromiseFacts, days_late, still_open
from csm_tui.domain.touchpoints import Signal
from csm_tui.store.queries import contacts, plans, promises, risks, touchpoints
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.accounts import AccountLine, one_account
from csm_tui.views.brief_changes import Change, Known, changes
from csm_tui.views.plans import step_json
from csm_tui.views.promises import PromiseLine
from csm_tui.views.promises import as_json as promise_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.domain.policy import Policy
    from csm_tui.domain.risks import Risk
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch

TOUCHES = 3


class Running(NamedTuple):
    """A plan that runs: how many of its steps are done, of how many; the next one, and the gate that holds it back."""

    plan: Plan
    done: int
    all: int
    next: Step | None
    held_back_by: Step | None


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
    plans: list[Running]
    risk: Risk | None
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
    every = plans.of_account(reading, account_id, closed=True)
    return Brief(
        line,
        touchpoints.last_spoken(reading, account_id, TOUCHES),
        touchpoints.attempts(reading, account_id, since),
        still_open(ledger),
        since,
        changes(reading, line.facts, Known(ledger, people, every)),
        running(every),
        risks.open_risk(reading, account_id),
        [one for one in people if one.active],
        reading.today,
        reading.policy,
    )


def running(every: Iterable[Plan]) -> list[Running]:
    """The plans that are not closed, the one whose next step is due first before the others."""
    found = [_running(plan) for plan in every if plan.closed_on is None]
    return sorted(found, key=lambda one: (one.next.due_on if one.next else LAST_DAY, one.plan.plan_id))


def _running(plan: Plan) -> Running:
    step = next_step(plan.steps)
    return Running(plan, *progress(plan.steps), step, held_back_by(step, plan.steps) if step else None)


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
        "plans": [_plan_json(one, found) for one in found.plans],
        "risk": None if found.risk is None else {
            "opened_on": found.risk.opened_on.isoformat(), "severity": str(found.risk.severity),
            "signals": [str(signal) for signal in signals(found.risk)],
        },
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


def signals(risk: Risk) -> list[Signal]:
    """The signals of a risk, each once, in the order in which they were seen."""
    return list(dict.fromkeys(one.signal for one in risk.signals))


def _plan_json(one: Running, found: Brief) -> dict[str, object]:
    return {
        "plan": one.plan.playbook,
        "name": one.plan.name,
        "done": one.done,
        "all": one.all,
        "next": step_json(one.next, found.line.facts.name, one.plan.playbook) if one.next else None,
        "days_late": one.next.days_late(found.today) if one.next else 0,
        "held_back_by": one.held_back_by.title if one.held_back_by else None,
    }


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
