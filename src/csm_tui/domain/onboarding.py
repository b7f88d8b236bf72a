"""The first 90 days: which plan an account gets, whether its first month closed in time, and when value was reached."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import ONE_DAY
from csm_tui.domain.plans import StepState
from csm_tui.domain.playbooks import STANDARD
from csm_tui.typed import TYPE_CHECKING, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.domain.plans import Step
    from csm_tui.domain.playbooks import Playbook

MONTH_1, FIRST_VALUE, FIRST_REVIEW = "month-1", "first-value", "first-qbr"
LIGHT = "light"
DAYS = 90
PERIOD = timedelta(days=365)
"""The on-time rate is that of the last year."""
GOAL = 90
"""So many percent of the first months should close in time."""


def variant(tier: Tier, playbook: Playbook) -> str:
    """Low-touch accounts get the light plan where the playbook has one, all others the standard one."""
    has_light = any(one.name == LIGHT for one in playbook.variants)
    return LIGHT if tier is Tier.LOW_TOUCH and has_light else STANDARD


def step_of(steps: Iterable[Step], code: str) -> Step | None:
    """The milestone of a code."""
    return next((step for step in steps if step.code == code), None)


def on_time(steps: Iterable[Step], today: date) -> bool | None:
    """Whether Month 1 closed on or before its baseline; open past it is late; None while that is open, or passed."""
    month = step_of(steps, MONTH_1)
    if month is None or month.state is StepState.PASSED:
        return None
    if month.state is StepState.DONE and month.closed_on is not None:
        return month.closed_on <= month.baseline_on
    return False if today > month.baseline_on or month.state is StepState.SKIPPED else None


def rate(plans: Iterable[Sequence[Step]], today: date) -> tuple[int, int]:
    """On-time onboarding: accounts whose Month 1 closed by its baseline, of those whose baseline fell in the period."""
    good = total = 0
    for steps in plans:
        month = step_of(steps, MONTH_1)
        if month is None or not today - PERIOD < month.baseline_on <= today:
            continue
        verdict = on_time(steps, today)
        if verdict is not None:
            good, total = good + verdict, total + 1
    return good, total


def days_to_value(steps: Iterable[Step], started_on: date) -> int | None:
    """Time to first value: days from the start to the day on which the customer confirmed it."""
    value = step_of(steps, FIRST_VALUE)
    if value is None or value.state is not StepState.DONE or value.closed_on is None:
        return None
    return (value.closed_on - started_on).days


def values_reached(plans: Iterable[tuple[Sequence[Step], date]], today: date) -> list[int]:
    """Time to first value, in days, of every start whose value was confirmed in the period."""
    took = [(days_to_value(steps, started_on), started_on) for steps, started_on in plans]
    return [days for days, started_on in took if days is not None and started_on + days * ONE_DAY > today - PERIOD]


def cell_of(day: int, cells: int) -> int:
    """Where a day stands in a strip of so many cells; what lies outside stands at its end."""
    return min(cells - 1, max(0, day * (cells - 1) // DAYS))


def median_to_value(days: Iterable[int]) -> float | None:
    """The middle time to first value in days; of two middle ones their mean, None of none."""
    ordered = sorted(days)
    if not ordered:
        return None
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2


class Mark(StrEnum):
    """How a place of the strip stands, the worst first: that one wins where several share a cell."""

    LATE = "late"
    NEXT = "next"
    GATE = "gate"
    OPEN = "open"
    SKIPPED = "skipped"
    DONE = "done"


def marks(steps: Sequence[Step], started_on: date, today: date, cells: int) -> list[Mark | None]:
    """The strip of 90 days in so many cells: required steps only, the worst state of a cell, None for none."""
    required = [step for step in steps if step.required and step.state is not StepState.PASSED]
    ahead = [step for step in required if step.state is StepState.OPEN]
    following = min(ahead, key=lambda step: (step.due_on, step.n), default=None)
    found: list[Mark | None] = [None] * cells
    order = list(Mark)
    for step in required:
        at = cell_of((step.due_on - started_on).days, cells)
        mark = _mark(step, following, today)
        held = found[at]
        if held is None or order.index(mark) < order.index(held):
            found[at] = mark
    return found


def _mark(step: Step, following: Step | None, today: date) -> Mark:
    if step.state is StepState.DONE:
        return Mark.DONE
    if step.state is StepState.SKIPPED:
        return Mark.SKIPPED
    if step.due_on < today:
        return Mark.LATE
    if step is following:
        return Mark.NEXT
    return Mark.OPEN if step.gate is None else Mark.GATE
