"""What the log form says of a review: which one is held or booked, when the next is due, what is still to be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.days import spoken
from csm_tui.domain.reviews import standing
from csm_tui.domain.touchpoints import REVIEW_KINDS, Direction, Side, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.domain.logline import LogLine
    from csm_tui.views.account import AccountContext


def of_review(read: LogLine, data: AccountContext) -> Iterator[tuple[str, str, str]]:
    """Sign, role and sentence, for a line that tells of a QBR or an EBR."""
    if str(read.kind) not in REVIEW_KINDS or read.direction is not Direction.TWO_WAY or read.state is State.MISSED:
        return
    kind = str(read.kind).upper()
    if read.state is State.BOOKED:
        yield "✓", "success", f"The preparation of the {kind} counts back from {spoken(read.day, data.today)}."
        return
    yield from _held(read, data, kind)
    if {promise.side for promise in read.promises} != {Side.OURS, Side.THEIRS}:
        yield "◆", "accent", "A review ends in promises both ways: >ours by fri <theirs by fri"


def _held(read: LogLine, data: AccountContext, kind: str) -> Iterator[tuple[str, str, str]]:
    """Which review it is, and when the next one is due by it."""
    policy, calendar = data.policy.reviews, data.policy.cadence.calendar
    due = standing(data.review, data.today, policy, calendar)
    counted = data.review._replace(held=tuple(sorted((*data.review.held, read.day))))
    soon = standing(counted, data.today, policy, calendar)
    if due is not None and soon is not None and read.day <= data.today:
        told = f"The {kind} due {spoken(due.due_on, data.today)} is held"
        yield "✓", "success", f"{told}; the next is due {spoken(soon.due_on, data.today)}."
