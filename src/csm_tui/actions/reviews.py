"""Reviews let go: a QBR or an EBR that will not be held this time; the clock goes on from its due day."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import still_there
from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import day_month
from csm_tui.domain.errors import Refusal
from csm_tui.domain.reviews import ReviewFacts, standing
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Value, Writing


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


def next_due(writing: Writing, account: Row) -> date | None:
    """The due day of an account's next review, which is not the day for which it is booked; None without reviews."""
    account_id = int(account["id"] or 0)
    today = writing.today.isoformat()
    held = sorted(
        str(talk["day"])
        for talk in writing.find("touchpoint", account_id=account_id, state="held", direction="two-way")
        if talk["kind"] in REVIEW_KINDS and str(talk["day"]) <= today
    )
    skips = [str(skip["due_on"]) for skip in writing.find("review_skip", account_id=account_id)]
    clock = ReviewFacts(
        Tier(str(account["tier"])), _day(account["added_on"]) or writing.today, _day(account["started_on"]),
        None if account["review_days"] is None else int(account["review_days"]), None,
        tuple(date.fromisoformat(day) for day in held), tuple(date.fromisoformat(day) for day in sorted(skips)),
    )  # fmt: skip
    policy = writing.policy
    found = standing(clock, writing.today, policy.reviews, policy.cadence.calendar)
    return None if found is None else found.due_on


def _day(text: Value) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def skip_review(writing: Writing, wanted: SkipReview) -> None:
    """Let a review go; its preparation, its step in another plan and its booking end with it.

    Raises Refusal without a reason.
    """
    still_there(writing, "account", wanted.account_id, wanted.account)
    if not wanted.reason.strip():
        raise Refusal("Say why the review is skipped: the reason stays with it.")
    due = wanted.due_on.isoformat()
    if writing.find("review_skip", account_id=wanted.account_id, due_on=due):
        raise Refusal(f"The review of {day_month(wanted.due_on)} at {wanted.account} was skipped already.")
    writing.add(
        "review_skip", account_id=wanted.account_id, due_on=due, skipped_on=writing.today.isoformat(),
        reason=wanted.reason.strip(),
    )  # fmt: skip
    _end_steps(writing, wanted)
    for talk in writing.find("touchpoint", account_id=wanted.account_id, state="booked", direction="two-way"):
        if talk["kind"] in REVIEW_KINDS and str(talk["day"]) >= writing.today.isoformat():
            writing.remove("touchpoint", int(talk["id"] or 0))


def _end_steps(writing: Writing, wanted: SkipReview) -> None:
    """The plans that prepare the review end; of an onboarding that leads to it only the review itself is skipped."""
    from csm_tui.actions.plans import end_plan, settle
    from csm_tui.domain.plans import StepState

    reason = wanted.reason.strip()
    for plan in writing.find("plan", account_id=wanted.account_id, closed_on=None):
        if plan["playbook"] in REVIEW_KINDS:
            end_plan(writing, int(plan["id"] or 0), reason)
            continue
        for step in writing.find("step", plan_id=plan["id"], state=str(StepState.OPEN)):
            if step["done_by"] in REVIEW_KINDS:
                settle(writing, step, StepState.SKIPPED, writing.today, reason)
