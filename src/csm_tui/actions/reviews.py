"""Reviews let go: a QBR or an EBR that will not be held this time; the clock goes on from its due day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.meanwhile import still_there
from csm_tui.actions.plan_talk import REVIEWS
from csm_tui.domain.days import day_month
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing


class SkipReview(NamedTuple):
    """A review that will not be held, by its due day, and why."""

    account_id: int
    account: str
    due_on: date
    reason: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Skip the review of {day_month(self.due_on)} at {self.account}"


def skip_review(writing: Writing, wanted: SkipReview) -> None:
    """Let a review go; its preparation ends with it. Raises Refusal without a reason."""
    still_there(writing, "account", wanted.account_id, wanted.account)
    if not wanted.reason.strip():
        raise Refusal("Say why the review is let go: the reason stays with it.")
    due = wanted.due_on.isoformat()
    if writing.find("review_skip", account_id=wanted.account_id, due_on=due):
        raise Refusal(f"The review of {day_month(wanted.due_on)} at {wanted.account} was let go already.")
    writing.add(
        "review_skip", account_id=wanted.account_id, due_on=due, skipped_on=writing.today.isoformat(),
        reason=wanted.reason.strip(),
    )  # fmt: skip
    from csm_tui.actions.plans import end_plan

    for plan in writing.find("plan", account_id=wanted.account_id, closed_on=None):
        if plan["playbook"] in REVIEWS:
            end_plan(writing, int(plan["id"] or 0), wanted.reason.strip())
