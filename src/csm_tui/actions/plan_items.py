"""Due work of plans as Today holds it: a step, a review or an escalation that is done, moved, or will not be.

What it takes is imported when it is needed: most due work is of no plan.
"""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import not_booked
from csm_tui.domain.due import REVIEW_LETTER, STEP_LETTER, ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import RENEWAL
from csm_tui.domain.touchpoints import REVIEW_KINDS, Direction, Kind, State
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.domain.due import Item
    from csm_tui.domain.logline import LogLine
    from csm_tui.store.verbs import Writing


def done(writing: Writing, item: Item, line: LogLine | None, *, checked: bool = False) -> None:
    """A step is done, an update was sent; a review is done by the line that logs it. Raises Refusal for checks of what
    has none.
    """
    if checked and item.kind is not ItemKind.STEP:
        raise Refusal(f"“{item.what}” has no checks: they are those of a step.")
    if item.kind is ItemKind.ESCALATION:
        if line is not None:
            raise Refusal(
                f"An update takes no line: `csm done {item.id}` notes that it was sent, `csm log` what was said."
            )
        from csm_tui.actions.escalations import UpdateEscalation, update_escalation

        update_escalation(writing, UpdateEscalation(item.row_id, item.account.name))
    elif item.kind is ItemKind.REVIEW:
        _held(writing, item, line)
    else:
        _step(writing, item, line, checked=checked)


def _step(writing: Writing, item: Item, line: LogLine | None, *, checked: bool) -> None:
    """A step is done, and what was said is logged; a line that only books, or that nobody answered, is logged alone."""
    if line is None:
        _close(writing, item, writing.today, checked=checked)
        return
    closing = closes(line)
    if closing:
        _fits(writing, item, line)
    _talked(writing, item, line, with_step=closing)
    if closing:
        _close(writing, item, line.day, checked=checked)


def _close(writing: Writing, item: Item, on: date, *, checked: bool = False) -> None:
    from csm_tui.actions.steps import DoneStep, done_step

    done_step(writing, DoneStep(item.row_id, item.what, item.account.name, on, checked))


def closes(line: LogLine) -> bool:
    """Whether a line tells of something that took place."""
    return line.state is State.HELD and not line.unanswered


def _fits(writing: Writing, item: Item, line: LogLine) -> None:
    """A step that a talk completes is not done by a one-way line."""
    talk = any(row["done_by"] for row in writing.find("step", id=item.row_id))
    if talk and line.direction is not Direction.TWO_WAY:
        raise Refusal(f"“{item.what}” is done by a two-way talk: log that one, or this line with `csm log`.")


def _held(writing: Writing, item: Item, line: LogLine | None) -> None:
    """The review was held: a line says what came of it."""
    if line is None:
        raise Refusal(f"What came of it? Log it: csm done {item.id} '{review_kind(item)} @name what was agreed'.")
    if line.kind_given and str(line.kind) not in REVIEW_KINDS:
        raise Refusal(f"A {line.kind} is not a review: log what was held as qbr or as ebr.")
    kind = line.kind if line.kind_given else Kind(review_kind(item))
    with_step = item.id[0] == STEP_LETTER and closes(line) and line.direction is Direction.TWO_WAY
    _talked(writing, item, line._replace(kind=kind, kind_given=True), with_step=with_step)
    if with_step:
        from csm_tui.actions.plan_talk import review_held

        _close(writing, item, line.day)
        review_held(writing, writing.find("step", id=item.row_id)[0], line.day)


def review_kind(item: Item) -> str:
    """Whether the review that is due is a QBR or an EBR: its words begin or end with it."""
    return "ebr" if "EBR" in item.what else "qbr"


def _talked(writing: Writing, item: Item, line: LogLine, *, with_step: bool) -> None:
    """Log what was said; with the step of the item it does no other."""
    from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint

    log_touchpoint(writing, LogTouchpoint(item.account.account_id, item.account.name, line, with_step=with_step))


def move(writing: Writing, item: Item, to: date, *, shift: bool) -> None:
    """A step gets another day; a review is moved by booking it; an escalation's rhythm is that of its severity."""
    if item.kind is ItemKind.ESCALATION:
        raise Refusal("The updates of an escalation follow its severity: give it another, or send the update.")
    if item.kind is ItemKind.REVIEW:
        _book(writing, item, to)
        return
    from csm_tui.actions.steps import MoveStep, move_step

    move_step(writing, MoveStep(item.row_id, item.what, item.account.name, to, shift, item.due_on))


def _book(writing: Writing, item: Item, to: date) -> None:
    """A review that is moved is booked for that day, and its preparation is dated back from there."""
    from csm_tui.actions.plan_talk import review_dated

    kind, account_id = review_kind(item), item.account.account_id
    booked = writing.find("touchpoint", account_id=account_id, kind=kind, state="booked", direction="two-way")
    if booked and item.id[0] == REVIEW_LETTER:  # it is due only while it is not booked
        not_booked([date.fromisoformat(str(booked[0]["day"]))], item.what)
    if booked:
        writing.change("touchpoint", int(booked[0]["id"] or 0), day=to.isoformat())
    else:
        writing.add(
            "touchpoint", account_id=account_id, day=to.isoformat(), kind=kind, state="booked", direction="two-way",
            summary="",
        )  # fmt: skip
    review_dated(writing, account_id)


def renewed(writing: Writing, account_id: int) -> None:
    """The renewal is recorded: the plan that led to it has come to its end."""
    for plan in writing.find("plan", account_id=account_id, playbook=RENEWAL, closed_on=None):
        from csm_tui.actions.plans import end_plan

        end_plan(writing, int(plan["id"] or 0), "renewed")


def drop(writing: Writing, item: Item, reason: str) -> None:
    """A step is skipped with a reason, a review let go, an escalation closed."""
    if item.kind is ItemKind.ESCALATION:
        from csm_tui.actions.escalations import CloseEscalation, close_escalation

        close_escalation(writing, CloseEscalation(item.row_id, item.account.name, reason))
    elif item.kind is ItemKind.REVIEW:
        from csm_tui.actions.reviews import SkipReview, next_due, skip_review

        account = writing.find("account", id=item.account.account_id)[0]
        due = next_due(writing, account) or item.due_on
        skip_review(writing, SkipReview(item.account.account_id, item.account.name, due, reason))
    else:
        from csm_tui.actions.steps import SkipStep, skip_step

        skip_step(writing, SkipStep(item.row_id, item.what, item.account.name, reason))
