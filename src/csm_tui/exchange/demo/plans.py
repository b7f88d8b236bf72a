"""A plan of the made-up book, step by step: each was done about its day, but for what the words of the cast tell."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.actions.plans import columns, promised
from csm_tui.domain.days import STANDARD
from csm_tui.domain.plans import Clock, dated
from csm_tui.domain.playbooks import OURS
from csm_tui.exchange.demo.cast import near_day
from csm_tui.exchange.demo.words_plans import Turn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csm_tui.domain.playbooks import StepTemplate
    from csm_tui.exchange.demo.rows import Stage
    from csm_tui.exchange.demo.shelf import Kept


EARLY = (0, 0, 0, 1, 1, 2)
"""How many days before its day a step is done."""


class Planned(NamedTuple):
    """A step before it is written: the row of its playbook, the step, and its day."""

    template_id: int
    template: StepTemplate
    on: date


class Start(NamedTuple):
    """What is started, for whom, counted from which day, and when."""

    account_id: int
    kept: Kept
    anchor_on: date
    opened_on: date
    variant: str = "standard"


class Course(NamedTuple):
    """How it went: the turns of single steps; so many days late from a step on; the day and the word it ended with."""

    turns: Mapping[str, Turn] = {}
    late_from: str = ""
    late: int = 0
    ended_on: date | None = None
    ended: str = ""


class Went(NamedTuple):
    """How one step stands today."""

    due_on: date
    state: str
    closed_on: date | None = None
    reason: str | None = None


def planned(start: Start, opt_out_on: date | None = None) -> list[Planned]:
    """The steps of the playbook with their days."""
    clock = Clock(start.anchor_on, start.opened_on, STANDARD, opt_out_on)
    return [
        Planned(start.kept.template_id, one.template, one.on)
        for one in dated(start.kept.playbook, start.variant, clock)
        if not one.template.after_close
    ]


def write_plan(stage: Stage, start: Start, steps: Sequence[Planned], course: Course) -> int:
    """Write a plan with its steps as they stand today, closed with the last of them; its id."""
    plan_id = stage.rows.number("plan")
    last = _Last(plan_id, start, [])
    late = 0
    for step in steps:
        late = course.late if step.template.id == course.late_from else late
        went = _went(stage, start, step, course, late)
        _write_step(stage, last, step, went, course.turns.get(step.template.id, Turn()))
        if step.template.every is not None and went.state == "done" and course.ended_on is None:
            _write_again(stage, last, step, went)
    if course.ended_on is not None:
        _write_look(stage, last, course)
    closed = [one.closed_on for one in last.written if one.closed_on is not None]
    ended = max(closed).isoformat() if len(closed) == len(last.written) else None
    stage.rows.add(
        "plan", plan_id, start.account_id, start.kept.playbook.id, start.kept.playbook.name, start.variant,
        start.kept.template_id, start.anchor_on.isoformat(), start.opened_on.isoformat(), ended,
    )  # fmt: skip
    return plan_id


class _Last(NamedTuple):
    """A plan while it is written, with the steps that it has so far."""

    plan_id: int
    start: Start
    written: list[Went]


def _went(stage: Stage, start: Start, step: Planned, course: Course, late: int) -> Went:
    """What became of a step: as its turn says, else done about its day once that is past."""
    turn, today = course.turns.get(step.template.id), stage.today
    if turn is not None:
        return _turned(turn, step, today)
    if course.ended_on is not None and step.template.closing:
        return Went(step.on, "done", course.ended_on)
    closed = STANDARD.forward(step.on + timedelta(days=late)) if late else _done_on(stage, start, step)
    if course.ended_on is not None and closed > course.ended_on:
        return Went(step.on, "skipped", course.ended_on, course.ended)
    return Went(step.on, "done", closed) if max(closed, step.on) < today else Went(step.on, "open")


def _done_on(stage: Stage, start: Start, step: Planned) -> date:
    return max(start.opened_on, STANDARD.back(step.on - timedelta(days=stage.rng.choice(EARLY))))


def _turned(turn: Turn, step: Planned, today: date) -> Went:
    if turn.state == "open":
        return Went(step.on if turn.days is None else _moved_to(today, turn.days), "open")
    return Went(step.on, turn.state, today + timedelta(days=turn.days or 0), turn.reason)


def _moved_to(today: date, days: int) -> date:
    """A working day about so many days from today, and past when that is."""
    on = STANDARD.forward(today + timedelta(days=days))
    return near_day(today, days) if days < 0 and on >= today else on


def _write_step(stage: Stage, last: _Last, step: Planned, went: Went, turn: Turn) -> None:
    rows, number, start = stage.rows, stage.rows.number("step"), last.start
    last.written.append(went)
    kept = columns(step.template)
    since = None if turn.waiting is None else near_day(stage.today, -turn.since).isoformat()
    ticked = (1 << len(step.template.checks)) - 1 if went.state == "done" else turn.ticked
    closed_on = went.closed_on.isoformat() if went.closed_on else None
    rows.add(
        "step", number, last.plan_id, start.account_id, len(last.written), step.template_id, *kept.values(),
        went.due_on.isoformat(), step.on.isoformat(), went.state, closed_on, went.reason, turn.waiting, since, ticked,
        turn.notes,
    )  # fmt: skip
    if step.template.owner not in OURS:
        told = {"open": "open", "done": "kept", "skipped": "released"}[went.state]
        what = promised(step.template.owner, step.template.title)
        rows.add(
            "promise", start.account_id, None, "theirs", what, went.due_on.isoformat(), told,
            start.opened_on.isoformat(), closed_on, went.reason, number,
        )  # fmt: skip


def _write_again(stage: Stage, last: _Last, step: Planned, went: Went) -> None:
    """What comes again was done each time that its day came, and waits for the next."""
    template = step.template._replace(required=False)
    while went.closed_on is not None:
        on = STANDARD.forward(went.closed_on + timedelta(days=template.every or 0))
        went = Went(on, "done", on) if on < stage.today else Went(on, "open")
        _write_step(stage, last, Planned(step.template_id, template, on), went, Turn())


def _write_look(stage: Stage, last: _Last, course: Course) -> None:
    """After a recovery its look for a relapse, dated from the day on which it ended."""
    kept, ended_on = last.start.kept, course.ended_on
    look = next((one for one in kept.playbook.steps if one.after_close), None)
    if look is None or ended_on is None or not course.ended:
        return
    if course.ended.endswith("lost"):
        return
    on = STANDARD.forward(ended_on + timedelta(days=look.day))
    went = Went(on, "done", on) if on < stage.today else Went(on, "open")
    _write_step(stage, last, Planned(kept.template_id, look, on), went, Turn())
