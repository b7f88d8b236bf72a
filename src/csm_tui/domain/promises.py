"""What we owe them or they owe us, by a day: when it is late, and by how much promises slip."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.days import LAST_DAY
from csm_tui.domain.touchpoints import Side
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable

SLIP_NEEDS = 5
"""The median slip is shown from five kept promises on; fewer say nothing."""


class PromiseState(StrEnum):
    """Open until it is kept, broken or released."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    RELEASED = "released"


class PromiseFacts(NamedTuple):
    """One promise as it stands in the book; `step_id` is the step of another's for which it stands."""

    promise_id: int
    account_id: int
    side: Side
    what: str
    due_on: date | None
    state: PromiseState
    made_on: date
    closed_on: date | None = None
    reason: str = ""
    step_id: int = 0


def of_a_step(promise_id: int, step_id: int) -> str:
    """Why a promise that stands for a step is not worked by itself, and what to work instead."""
    return (
        f"p{promise_id} stands for the step k{step_id} of a plan and goes with it: work that one, "
        f"such as csm done k{step_id} or csm move k{step_id} fri."
    )


def still_open(ledger: Iterable[PromiseFacts]) -> list[PromiseFacts]:
    """The open promises, ours before theirs, the earliest day first and those without a day last."""
    found = [one for one in ledger if one.state is PromiseState.OPEN]
    return sorted(found, key=lambda one: (one.side is not Side.OURS, one.due_on or LAST_DAY, one.promise_id))


def days_late(promise: PromiseFacts, today: date) -> int:
    """Days past its day: today while it is open, the day it was kept after that; 0 without a day."""
    if promise.due_on is None:
        return 0
    until = today if promise.state is PromiseState.OPEN else (promise.closed_on or today)
    return max(0, until.toordinal() - promise.due_on.toordinal())


def is_overdue(promise: PromiseFacts, today: date) -> bool:
    """A promise is overdue from the day after its day."""
    return promise.state is PromiseState.OPEN and days_late(promise, today) > 0


def is_must_do(promise: PromiseFacts, today: date) -> bool:
    """What we owe, and is overdue, may not be put off."""
    return promise.side is Side.OURS and is_overdue(promise, today)


def median_slip(kept: list[PromiseFacts]) -> float | None:
    """The median days by which kept promises of ours were late (early counts as 0); None below five."""
    slips = [
        days_late(promise, promise.made_on)
        for promise in kept
        if promise.state is PromiseState.KEPT and promise.side is Side.OURS and promise.due_on is not None
    ]
    if len(slips) < SLIP_NEEDS:
        return None
    slips.sort()
    return (slips[(len(slips) - 1) // 2] + slips[len(slips) // 2]) / 2
