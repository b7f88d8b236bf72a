"""The first 90 days of one account as lines: the strip of its milestones, and each milestone with its owner and day."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.days import day_month
from csm_tui.domain.lifecycle import ADOPTION_LAST, ONBOARDING_LAST
from csm_tui.domain.onboarding import DAYS, FIRST_VALUE, Mark, cell_of, marks
from csm_tui.domain.plans import StepState
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.views.onboarding import OnboardingLine

MARKS = {
    Mark.DONE: ("●", "success"), Mark.LATE: ("▲", "error"), Mark.NEXT: ("◆", "accent"), Mark.GATE: ("┼", "muted"),
    Mark.OPEN: ("○", "muted"), Mark.SKIPPED: ("×", "muted"),
}  # fmt: skip
LEGEND = (Mark.DONE, Mark.LATE, Mark.NEXT, Mark.GATE)
PHASES = ((0, "Onboarding"), (ONBOARDING_LAST, "Adoption"), (ADOPTION_LAST, "Value realisation"))
EVERY, SELDOM = 15, 30
ROOMY = 46
"""From so many cells on, the scale says every 15 days, and the phases have room for their names."""
GATED = 31
"""A shorter strip draws gates as the open steps they are: they would stand side by side."""


ROOMY_LIST = 100
"""From so many cells on, owners and dates of the milestones stand in columns that are alike for all accounts."""


def strip(one: OnboardingLine, today: date, cells: int) -> list[Cell]:
    """The 90 days in so many cells: a mark where required steps stand, heavy up to today, red past what is late."""
    found = marks(one.steps, one.began_on, today, cells)
    now = cell_of(one.day, cells) if one.day >= 0 else -1
    late = next((at for at, mark in enumerate(found) if mark is Mark.LATE), cells)
    past = "muted" if one.plan is None else ""
    drawn = []
    for at, mark in enumerate(found):
        if mark is not None:
            drawn.append(MARKS[Mark.OPEN if mark is Mark.GATE and cells < GATED else mark])
        elif at <= now:
            drawn.append(("━", past or ("success" if at < late else "error")))
        else:
            drawn.append(("─", "muted"))
    return [Cell("".join(sign for sign, _ in run), role) for role, run in groupby(drawn, key=lambda pair: pair[1])]


def scale(cells: int) -> str:
    """The days above a strip; the last of them stands one cell over its end."""
    step = EVERY if cells >= ROOMY else SELDOM
    return _placed([(day, str(day)) for day in range(0, DAYS + 1, step)], cells)


def phases(cells: int) -> str:
    """The names of the phases above a strip; nothing where they have no room."""
    return _placed(PHASES, cells) if cells >= ROOMY else ""


def legend() -> str:
    """What the signs of a strip mean."""
    return " ".join(f"{MARKS[mark][0]} {mark}" for mark in LEGEND)


def _placed(texts: tuple[tuple[int, str], ...] | list[tuple[int, str]], cells: int) -> str:
    told = ""
    for day, text in texts:
        told = f"{told.ljust(cell_of(day, cells))}{text}"
    return told


def short_title(title: str) -> str:
    """A title up to its semicolon, for a row."""
    return title.partition(";")[0]


def milestone(step: Step, one: OnboardingLine, today: date, width: int) -> Row:
    """One milestone: its sign, day, title, owner and date, and what is to be said of it."""
    sign, role = _sign(step, one, today)
    shown_on = step.closed_on if step.closed_on is not None else step.due_on
    quiet = "muted" if step.state is not StepState.OPEN or not step.required else ""
    late = step.state is StepState.OPEN and step.due_on < today
    told, told_role = _told(step, one, today)
    owner, day = _sizes(one, today) if width < ROOMY_LIST else (9, 11)
    title = min(42, max(20, width - owner - day - 36))
    columns = [
        Column(f" {sign}", 2, role), Column(f"day {step.offset}", 7, quiet), Column(step.title, title, quiet),
        Column(str(step.owner), owner, "muted" if quiet else ""),
        Column(day_month(shown_on, today), day, "error" if late else quiet, right=True), Column("", 1),
        Column(told, 0, told_role),
    ]  # fmt: skip
    return Row(f"step-{step.step_id}", lambda width: line(width, columns), _why(step, one, today))


def _sizes(one: OnboardingLine, today: date) -> tuple[int, int]:
    """How wide the longest owner and the longest date are."""
    days = (step.closed_on if step.closed_on is not None else step.due_on for step in one.steps)
    return max(len(step.owner) for step in one.steps), max(len(day_month(day, today)) for day in days)


def _sign(step: Step, one: OnboardingLine, today: date) -> tuple[str, str]:
    if step.state is StepState.DONE:
        return "✓", "success"
    if step.state is not StepState.OPEN:
        return ("×", "muted") if step.state is StepState.SKIPPED else ("–", "muted")
    if step.due_on < today:
        return "▲", "error"
    return ("◆", "accent") if one.next is not None and one.next.step_id == step.step_id else ("○", "muted")


def _told(step: Step, one: OnboardingLine, today: date) -> tuple[str, str]:
    """Lateness, waiting, an earlier day, a gate, the reason of a skip; the time to first value."""
    if step.state is StepState.PASSED:
        return "before this book", "muted"
    if step.state is StepState.SKIPPED:
        return f"skipped: {step.reason}", "muted"
    late = step.days_late(today)
    told = [f"{late} d late"] if late else []
    if step.code == FIRST_VALUE and one.days_to_value is not None:
        told.append(f"day {one.days_to_value}, time to first value")
    if step.state is StepState.OPEN:
        told += _ahead(step, today)
    return " · ".join(told), "error" if late and step.state is StepState.OPEN else "muted"


def _ahead(step: Step, today: date) -> list[str]:
    """What there is to say of an open one."""
    told = []
    if step.waiting_on is not None and step.waiting_since is not None:
        told.append(f"waiting on {step.waiting_on} for {words.ago(step.waiting_since, today)}")
    if step.due_on != step.baseline_on:
        told.append(f"moved, was {day_month(step.baseline_on, today)}")
    if step.gate is not None:
        told.append(f"gate: {step.gate}")
    if not step.required:
        told.append("optional")
    return told


def _why(step: Step, one: OnboardingLine, today: date) -> tuple[str, ...]:
    """The days of the milestone, and how the account stands."""
    due, baseline = day_month(step.due_on, today), day_month(step.baseline_on, today)
    first = f"{step.title}: day {step.offset} from {day_month(one.began_on, today)}, on a working day, is {baseline}."
    told = [first]
    if step.due_on != step.baseline_on:
        told.append(f"It was moved to {due}; the baseline stays, and on time is what closes by then.")
    if step.notes:
        told += [part for part in step.notes.splitlines() if part.strip()]
    return (*told, *one.why)
