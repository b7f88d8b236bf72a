"""Which open step of a plan a two-way talk completes."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.touchpoints import REVIEW_KINDS

SOON = timedelta(days=7)
"""A talk completes a step that is due within a week, and none that lies further ahead."""


def completes(done_by: str, due_on: date, opened_on: date, kind: str, day: date) -> bool:
    """Whether a talk of such a kind on such a day completes a step of a plan that opened on a day.

    A step is `done_by` talks of one kind, by any review, or by any two-way talk. It is due within a week of the talk,
    and the plan had begun by then; a review may be held however early its preparation allows.
    """
    if done_by in REVIEW_KINDS:
        from csm_tui.domain.reviews import PREPARED_BEFORE

        return kind in REVIEW_KINDS and day >= min(opened_on, due_on - timedelta(days=PREPARED_BEFORE[done_by]))
    return done_by in {"two-way", kind} and due_on <= day + SOON and opened_on <= day
