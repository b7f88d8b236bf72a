"""The plans that a year of one account left: its onboarding, its renewal, and what was done when it was at risk."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm_tui.domain import onboarding
from csm_tui.domain.days import STANDARD
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.plans import Clock, opens_on
from csm_tui.domain.playbooks import ONBOARDING, RECOVERY
from csm_tui.domain.risks import heading_place
from csm_tui.exchange.demo import words_cast, words_plans
from csm_tui.exchange.demo.account import left_day
from csm_tui.exchange.demo.cast import near_day
from csm_tui.exchange.demo.plans import Course, Start, planned, write_plan
from csm_tui.exchange.demo.words_plans import Sign, Trouble, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.rows import Stage


SINCE = 400
"""Onboardings that began longer ago are forgotten."""


def write_plans(stage: Stage, cast: Cast, reviews: Sequence[date]) -> None:
    """Write the onboarding of an account, its renewal and its recoveries, as far as it has them."""
    _onboard(stage, cast, reviews)
    _renew(stage, cast)
    for trouble in words_plans.TROUBLES if cast.written else ():
        if trouble.name == cast.part.name:
            recover(stage, cast, trouble)


def _onboard(stage: Stage, cast: Cast, reviews: Sequence[date]) -> None:
    started, name = cast.facts.started_on, cast.part.name
    kept = stage.shelf.take(ONBOARDING)
    if started is None or (stage.today - started).days > SINCE:
        return
    if opens_on(kept.playbook, Clock(started, stage.today, STANDARD)) > stage.today:
        return
    form = (
        "enterprise"
        if cast.written and name in words_plans.ENTERPRISE
        else onboarding.variant(cast.part.tier, kept.playbook)
    )
    start = Start(cast.id, kept, started, cast.facts.added_on, form)
    turns = dict(words_plans.ONBOARDING.get(name, {})) if cast.written else {}
    if reviews:
        turns[onboarding.FIRST_REVIEW] = Turn((reviews[0] - stage.today).days, "done")
    late = words_plans.LATE_ONBOARDING.get(name, ("", 0)) if cast.written else ("", 0)
    write_plan(stage, start, planned(start), Course(turns, *late))


def _renew(stage: Stage, cast: Cast) -> None:
    """The renewal, once its first day has come; whoever leaves, or has given notice, has none."""
    renewal_on, name = cast.facts.renewal_on, cast.part.name
    kept = stage.shelf.take("renewal")
    if renewal_on is None or (cast.written and name in {*words_plans.LEAVING, words_cast.NOTICE_SERVED}):
        return
    opt_out = opt_out_on(renewal_on, cast.facts.notice_days)
    opened_on = opens_on(kept.playbook, Clock(renewal_on, stage.today, STANDARD, opt_out))
    if opened_on > stage.today:
        return
    start = Start(cast.id, kept, renewal_on, max(opened_on, cast.facts.added_on))
    turns = words_plans.RENEWING.get(name, {}) if cast.written else {}
    write_plan(stage, start, planned(start, opt_out), Course(turns))


def opened_day(today: date, trouble: Trouble, left_on: date | None) -> date:
    """The day on which a recovery was opened."""
    return near_day(today, -trouble.days) if trouble.days is not None else left_on or today


def recover(stage: Stage, cast: Cast, trouble: Trouble) -> None:
    """Write a recovery with its risk and signals."""
    left_on = left_day(cast)
    opened_on = opened_day(stage.today, trouble, left_on)
    start = Start(cast.id, stage.shelf.take(RECOVERY), opened_on, opened_on)
    steps = planned(start)
    first = {sign.signal: sign for sign in reversed(trouble.signs)}
    for sign in first.values():
        seen_on = max(opened_on, _seen_on(stage.today, sign, left_on))
        branch = stage.shelf.take(_branch(sign))
        steps += planned(Start(cast.id, branch, seen_on, seen_on))
    steps.sort(key=lambda one: (heading_place(one.template.phase), one.on))
    ended_on = None if trouble.ended is None else near_day(stage.today, -trouble.ended)
    course = Course(
        trouble.turns, ended_on=ended_on, ended="" if trouble.how is None else f"risk closed: {trouble.how}"
    )
    plan_id = write_plan(stage, start, steps, course)
    _write_risk(stage, cast, trouble, plan_id, (opened_on, ended_on, left_on))


def _branch(sign: Sign) -> str:
    return "low-usage" if sign.signal == "usage" else f"{RECOVERY}-{sign.signal}"


def _seen_on(today: date, sign: Sign, left_on: date | None) -> date:
    return near_day(today, -sign.days) if sign.days is not None else left_on or today


def _write_risk(
    stage: Stage, cast: Cast, trouble: Trouble, plan_id: int, on: tuple[date, date | None, date | None]
) -> None:
    """The risk of a recovery with its signals, whose exit tests are met where it recovered, and its escalations."""
    rows, today, (opened_on, ended_on, left_on) = stage.rows, stage.today, on
    risk_id, ended = rows.number("risk"), None if ended_on is None else ended_on.isoformat()
    rows.add(
        "risk", risk_id, cast.id, plan_id, trouble.severity, opened_on.isoformat(), ended, trouble.how, trouble.because
    )
    for sign in trouble.signs:
        confirmed = None if sign.confirmed is None else near_day(today, -sign.confirmed).isoformat()
        met = (ended, "stated by their sponsor") if trouble.how == "recovered" else (None, None)
        seen_on = _seen_on(today, sign, left_on).isoformat()
        rows.add("risk_signal", risk_id, sign.signal, sign.evidence, seen_on, confirmed, *met)
    for alarm in words_plans.ESCALATIONS:
        if alarm.name == trouble.name and ended is None:
            opened, updated = near_day(today, -alarm.days), STANDARD.forward(today - timedelta(days=alarm.updated))
            said = (alarm.severity, alarm.what, opened.isoformat(), updated.isoformat())
            rows.add("escalation", cast.id, risk_id, *said)
