"""What of the plans is due: steps, reviews and the updates of escalations, as items of the agenda."""

from __future__ import annotations

from csm_tui.domain import ranking, reviews
from csm_tui.domain.days import days_between
from csm_tui.domain.due import ESCALATION_LETTER, REVIEW_LETTER, STEP_LETTER, ItemKind
from csm_tui.domain.reviews import ReviewState
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.agenda import Sheet
    from csm_tui.domain.due import PlanFacts, StepFacts
    from csm_tui.domain.reviews import ReviewFacts
    from csm_tui.domain.risks import Escalation

MONTH_1 = "month-1"
OURS = frozenset({"us", "both"})
THIRD_PARTY = "third party"
"""The words of `playbooks.OURS`, `onboarding.MONTH_1` and `plans.Party`, which are not loaded for Today."""


def put_plans(sheet: Sheet, facts: PlanFacts, active: Mapping[int, AccountFacts], horizon: date) -> None:
    """Put on the list what of the plans is due by the horizon."""
    for step in facts.steps:
        account = active.get(step.account_id)
        if account is not None and not (step.done_by in REVIEW_KINDS and step.account_id in facts.asked):
            _put_step(sheet, step, account)
    for review in facts.reviews:
        if review.account_id in active and review.account_id not in facts.asked:
            _put_review(sheet, review, active[review.account_id], horizon)
    for escalation in facts.escalations:
        if escalation.account_id in active:
            _put_escalation(sheet, escalation, active[escalation.account_id], horizon)


def _put_step(sheet: Sheet, step: StepFacts, account: AccountFacts) -> None:
    kind, quarters = ItemKind.STEP, ranking.DELIVERY_QUARTERS
    if step.done_by in REVIEW_KINDS:
        kind = ItemKind.REVIEW
        quarters = ranking.EBR_QUARTERS if step.done_by == "ebr" else ranking.QBR_QUARTERS
    elif step.done_by:
        quarters = ranking.CHECK_IN_QUARTERS
    elif step.owner not in OURS:
        quarters = ranking.CHASE_QUARTERS
    sheet.put(
        STEP_LETTER, kind, account, row_id=step.step_id, what=step.title, due_on=step.due_on, quarters=quarters,
        must_do=_not_onboarded(sheet, account) if step.code == MONTH_1 else "", waiting=step.waiting_on == THIRD_PARTY,
    )  # fmt: skip


def _not_onboarded(sheet: Sheet, account: AccountFacts) -> str:
    """Month 1 that is still open two months after the start may not be pushed down."""
    if account.started_on is None:
        return ""
    day, limit = days_between(account.started_on, sheet.today), sheet.policy.plans.onboarded_by
    return (
        f"Day {day}, and the first month is not closed: onboarding was to end by day {limit}." if day >= limit else ""
    )


def _put_review(sheet: Sheet, facts: ReviewFacts, account: AccountFacts, horizon: date) -> None:
    """A review that no plan prepares and no meeting stands for."""
    policy = sheet.policy
    if facts.prepared:
        return
    next_one = reviews.standing(facts, sheet.today, policy.reviews, policy.cadence.calendar)
    if next_one is None or next_one.due_on > horizon:
        return
    if next_one.state is ReviewState.BOOKED:
        return
    quarters = ranking.EBR_QUARTERS if next_one.kind == "ebr" else ranking.QBR_QUARTERS
    what = f"{next_one.kind.upper()}: hold it"
    sheet.put(REVIEW_LETTER, ItemKind.REVIEW, account, what=what, due_on=next_one.due_on, quarters=quarters)


def _put_escalation(sheet: Sheet, escalation: Escalation, account: AccountFacts, horizon: date) -> None:
    from csm_tui.domain.risks import update_due_on  # nothing is escalated in most books

    calendar = sheet.policy.cadence.calendar
    due = update_due_on(escalation.severity, escalation.opened_on, escalation.updated_on, calendar)
    days = days_between(escalation.opened_on, sheet.today)
    old = days > sheet.policy.plans.escalation_old
    if due is None and not old:
        return
    on = due or escalation.opened_on
    if on > horizon and not old:
        return
    what = f"escalation, {escalation.severity}: send the update"
    sheet.put(
        ESCALATION_LETTER, ItemKind.ESCALATION, account, row_id=escalation.escalation_id, what=what, due_on=on,
        quarters=ranking.DELIVERY_QUARTERS if escalation.updated_on else ranking.ESCALATION_QUARTERS,
        must_do=f"The escalation has been open for {days} days." if old else "",
    )  # fmt: skip
