"""What the rules open by themselves today: plans whose time has come, and risks of silence and of standstill."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain import onboarding, reviews
from csm_tui.domain.accounts import Tier
from csm_tui.domain.cadence import own_interval, rhythm
from csm_tui.domain.days import spoken
from csm_tui.domain.keep_up import Begins, KeepUp, Sees
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.plans import Clock, begins_by_itself, opens_on, stalled
from csm_tui.domain.playbooks import ONBOARDING, RENEWAL
from csm_tui.domain.risks import silent_since
from csm_tui.domain.touchpoints import Kind, Signal
from csm_tui.playbooks import load
from csm_tui.store.queries import accounts, plans
from csm_tui.store.queries import keep_up as facts
from csm_tui.store.queries import reviews as clocks
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.plans import Step
    from csm_tui.domain.policy import Policy
    from csm_tui.store.connection import Reading

QBR, EBR = str(Kind.QBR), str(Kind.EBR)
RENEWAL_REACH = 130
"""No step of a renewal lies further ahead of both of its clocks (a test holds it against the shipped playbook)."""


def falls_due(reading: Reading) -> KeepUp:
    """All that the rules open today."""
    begins = (*_onboardings(reading), *_reviews(reading), *_renewals(reading))
    return KeepUp(reading.today, begins, (*_silences(reading), *_standstills(reading)))


def _onboardings(reading: Reading) -> Iterator[Begins]:
    """An account that starts gets its first 90 days, unless the start is more than a week ago."""
    template, today = load(ONBOARDING), reading.today
    since = today - timedelta(days=reading.policy.plans.self_start)
    found = facts.starting(reading, since, today + timedelta(days=template.playbook.opens))
    there = facts.started(reading, (ONBOARDING,)) if found else {}
    for account_id, name, tier, started_on in found:
        if (account_id, ONBOARDING) not in there:
            variant = onboarding.variant(Tier(tier), template.playbook)
            yield Begins(account_id, name, ONBOARDING, started_on, variant)


def _reviews(reading: Reading) -> Iterator[Begins]:
    """A review is prepared from its opening day on; what ran for the one before has ended by then."""
    today, policy = reading.today, reading.policy
    templates = {kind: load(kind) for kind in (QBR, EBR)}
    ahead = max(template.playbook.opens for template in templates.values())
    found = clocks.due_by(reading, today + timedelta(days=ahead))
    names = facts.names(reading) if found else {}
    there = facts.started(reading, (QBR, EBR)) if found else {}
    for clock in found:
        one = reviews.standing(clock, today, policy.reviews, policy.cadence.calendar)
        if one is None or clock.prepared or not begins_by_itself(one.opens_on, today, policy.plans):
            continue
        before = [plan for kind in (QBR, EBR) for plan in there.get((clock.account_id, kind), [])]
        if not any(plan.opened_on >= one.opens_on for plan in before):
            ends = tuple(plan.plan_id for plan in before if plan.runs)
            yield Begins(clock.account_id, names[clock.account_id], one.kind, one.day, ends=ends)


def _renewals(reading: Reading) -> Iterator[Begins]:
    """A renewal is worked from its first step on, which the earlier of its two clocks dates."""
    template, today, policy = load(RENEWAL), reading.today, reading.policy
    found = facts.renewing(reading, RENEWAL_REACH)
    there = facts.started(reading, (RENEWAL,)) if found else {}
    opens: dict[Clock, date] = {}
    for account_id, name, renewal_on, notice_days in found:
        before = there.get((account_id, RENEWAL), [])
        clock = Clock(renewal_on, today, policy.cadence.calendar, opt_out_on(renewal_on, notice_days))
        if clock not in opens:
            opens[clock] = opens_on(template.playbook, clock)
        if not begins_by_itself(opens[clock], today, policy.plans):
            continue
        if not any(plan.anchor_on == renewal_on for plan in before):
            ends = tuple(plan.plan_id for plan in before if plan.runs)
            yield Begins(account_id, name, RENEWAL, renewal_on, opt_out_on=clock.opt_out_on, ends=ends)


def _silences(reading: Reading) -> Iterator[Sees]:
    """An account without two-way contact for twice its own interval; told once for each contact that was the last."""
    today, policy = reading.today, reading.policy
    owed = accounts.facts_of_due(reading, today, set()).values()  # who is silent has been owed contact for long
    quiet = [account for account in owed if _silent_since(account, policy) <= today]
    seen = facts.signals_seen(reading, Signal.SILENCE) if quiet else {}
    from_files = facts.brought_in(reading, [account.account_id for account in quiet]) if quiet else set()
    for account in quiet:
        last, interval = account.last_two_way_on, own_interval(account, policy.cadence)
        told = [on for on, _ in seen.get(account.account_id, []) if last is None or on > last]
        late = account.account_id not in from_files or _silent_since(account, policy, brought_in=True) <= today
        if late and not told:
            when = f"since {spoken(last, today)}" if last else "on record"
            evidence = f"no two-way contact {when}; it is owed {rhythm(interval)}"
            yield Sees(account.account_id, account.name, Signal.SILENCE, evidence)


def _silent_since(account: AccountFacts, policy: Policy, *, brought_in: bool = False) -> date:
    interval = own_interval(account, policy.cadence)
    last, started, added = account.last_two_way_on, account.started_on, account.added_on
    return silent_since(last, started, added, interval, brought_in=brought_in, policy=policy.plans)


def _standstills(reading: Reading) -> Iterator[Sees]:
    """An onboarding with a required step two weeks late, or waiting for ten days; told once for each step.

    One that stood still already on a day when a standstill was told goes with that one.
    """
    today, policy = reading.today, reading.policy
    seen = facts.signals_seen(reading, Signal.STALLED)
    running = plans.running(reading, ONBOARDING)
    names = facts.names(reading) if running else {}
    for plan in running:
        told = seen.get(plan.account_id, [])
        new = (step for step in plan.steps if stalled(step, today, policy.plans) and not _is_told(step, told, policy))
        step = next(new, None)
        if step is not None:
            yield Sees(plan.account_id, names[plan.account_id], Signal.STALLED, _standstill(step, today))


def _is_told(step: Step, told: list[tuple[date, str]], policy: Policy) -> bool:
    """Whether a standstill was told of this step, or of another while this one stood still too."""
    return any(evidence.startswith(f"{step.title}: ") or stalled(step, on, policy.plans) for on, evidence in told)


def _standstill(step: Step, today: date) -> str:
    if step.waiting_since is not None and step.waiting_on is not None:
        return f"{step.title}: waiting on {step.waiting_on} since {spoken(step.waiting_since, today)}"
    return f"{step.title}: {step.days_late(today)} days late"
