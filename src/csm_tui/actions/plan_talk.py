"""What a touchpoint does to the plans of its account: it completes a step, dates a review, opens a risk."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import takes_part
from csm_tui.domain.talks import completes
from csm_tui.domain.touchpoints import REVIEW_KINDS, RISK_SIGNALS, Direction, State
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.actions.recovery import Opened
    from csm_tui.domain.logline import LogLine
    from csm_tui.store.verbs import Row, Value, Writing


def step_done_by(writing: Writing, account_id: int, kind: str, day: date) -> str:
    """Close the earliest open step that such a talk completes; its title, or nothing.

    Steps done by a kind of touchpoint come before those that any two-way talk completes.
    """
    open_steps = [row for row in writing.find("step", account_id=account_id, state="open") if row["done_by"]]
    fitting = [row for row in open_steps if _is_completed(writing, row, kind, day)]
    if not fitting:
        return ""
    from csm_tui.actions.plans import settle
    from csm_tui.domain.plans import StepState

    first = min(fitting, key=lambda row: (row["done_by"] == "two-way", row["due_on"], row["id"]))
    settle(writing, first, StepState.DONE, day)
    review_held(writing, first, day)
    return str(first["title"])


def review_held(writing: Writing, step: Row, day: date) -> None:
    """Where the step that was done is the review of a preparation: what should have been ready before it is let go,
    and what follows it is counted from the day on which it was held.
    """
    plan = writing.find("plan", id=step["plan_id"])[0]
    if step["done_by"] not in REVIEW_KINDS or plan["playbook"] not in REVIEW_KINDS:
        return
    from csm_tui.actions.plans import redate, settle
    from csm_tui.domain.plans import StepState

    for before in writing.find("step", plan_id=plan["id"], state="open"):
        if int(before["day_offset"] or 0) < 0:
            settle(writing, before, StepState.SKIPPED, day, "the review was held")
    for still_open in writing.find("plan", id=plan["id"], closed_on=None):
        redate(writing, still_open, day)


def _is_completed(writing: Writing, step: Row, kind: str, day: date) -> bool:
    opened = date.fromisoformat(str(writing.find("plan", id=step["plan_id"])[0]["opened_on"]))
    fits = completes(str(step["done_by"]), date.fromisoformat(str(step["due_on"])), opened, kind, day)
    return fits and not _waits(writing, step)


def _waits(writing: Writing, step: Row) -> bool:
    """Whether an open gate of an earlier phase holds the step back; a review that was held was held."""
    if step["done_by"] in REVIEW_KINDS:
        return False
    from csm_tui.actions.steps import as_step
    from csm_tui.domain.plans import held_back_by

    steps = [as_step(row) for row in writing.find("step", plan_id=step["plan_id"])]
    return held_back_by(as_step(step), steps) is not None


def review_dated(writing: Writing, account_id: int) -> None:
    """Count each preparation whose review is still to come from the day for which that is booked next, else from its
    due day; where no review falls due any more it ends.
    """
    plans = [
        plan
        for plan in writing.find("plan", account_id=account_id, closed_on=None)
        if plan["playbook"] in REVIEW_KINDS and _review_steps(writing, plan_id=plan["id"], state="open")
    ]
    if not plans:
        return
    from csm_tui.actions.plans import end_plan, redate
    from csm_tui.actions.reviews import next_due

    booked, due = _booked(writing, account_id), next_due(writing, writing.find("account", id=account_id)[0])
    ahead = [one for one in booked if one[0] >= writing.today]
    if booked and not ahead:
        return  # what waits for its answer was to be that review, on its day
    for plan in plans:
        own = [one for one in ahead if one[1] == plan["playbook"]]
        on = min(own or ahead)[0] if ahead else due
        if on is None:
            end_plan(writing, int(plan["id"] or 0), "no reviews any more")
        elif on.isoformat() != plan["anchor_on"]:
            redate(writing, plan, on)


def _booked(writing: Writing, account_id: int) -> list[tuple[date, str]]:
    """The days for which reviews are booked, and those that wait for an answer, with their kinds."""
    return [
        (date.fromisoformat(str(row["day"])), str(row["kind"]))
        for row in writing.find("touchpoint", account_id=account_id, state="booked", direction="two-way")
        if row["kind"] in REVIEW_KINDS
    ]


def _review_steps(writing: Writing, **wanted: Value) -> list[Row]:
    """The steps that are a review itself."""
    return [row for row in writing.find("step", **wanted) if row["done_by"] in REVIEW_KINDS]


def review_corrected(writing: Writing, before: Row, after: Row) -> None:
    """A touchpoint whose day, kind, state or direction was mended counts as if it had been logged so: one that is a
    review by now does its step, and what was or is one dates the next.
    """
    account_id, day = int(after["account_id"] or 0), date.fromisoformat(str(after["day"]))
    if _is_review(after) and after["state"] == State.HELD and not _known_as_held(writing, before, day):
        step_done_by(writing, account_id, str(after["kind"]), day)
    same = _is_review(before) == _is_review(after) and all(before[name] == after[name] for name in ("day", "state"))
    if not same or after["state"] == State.BOOKED:
        review_gone(writing, before if _is_review(before) else after)


def review_gone(writing: Writing, row: Row) -> None:
    """Where a touchpoint was a review, the next one is dated without it."""
    if _is_review(row):
        review_dated(writing, int(row["account_id"] or 0))


def _known_as_held(writing: Writing, before: Row, day: date) -> bool:
    """Whether it was a held review before; the step that it did then was done on the day that is mended."""
    if before["state"] != State.HELD or not _is_review(before):
        return False
    if before["day"] == day.isoformat():
        return True
    steps = _review_steps(writing, account_id=before["account_id"], state="done", closed_on=before["day"])
    for step in steps:
        writing.change("step", int(step["id"] or 0), closed_on=day.isoformat())
        review_held(writing, step, day)
    return bool(steps)


def _is_review(row: Row) -> bool:
    return row["kind"] in REVIEW_KINDS and row["direction"] == Direction.TWO_WAY


def after_talk(writing: Writing, account_id: int, line: LogLine, *, with_step: bool = False) -> str:
    """What a touchpoint that was logged or booked does to the plans; the title of the step it completed.

    With a step that is done by whoever logs it, it completes no other.
    """
    if line.direction is not Direction.TWO_WAY:
        return ""
    done = ""
    if line.state is State.HELD and not with_step:
        done = step_done_by(writing, account_id, str(line.kind), line.day)
    if line.kind in REVIEW_KINDS:
        review_dated(writing, account_id)
    return done


def risk_seen(writing: Writing, account_id: int, line: LogLine, touchpoint_id: int | None) -> Opened | None:
    """Open a risk for the signs of one in a line, or add them to the open one."""
    signals = [signal for signal in dict.fromkeys(line.signals) if signal in RISK_SIGNALS]
    if not signals:
        return None
    account = writing.find("account", id=account_id)[0]
    if not takes_part(writing, account):
        return None
    from csm_tui.actions.recovery import Seen, note_signals

    day = min(line.day, writing.today)
    return note_signals(writing, account_id, tuple(Seen(one, line.words, day, touchpoint_id) for one in signals))
