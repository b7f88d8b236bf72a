"""What working a plan did, in words: the step that comes next, the steps that move and their days, what is left."""

from __future__ import annotations

from csm_tui.cli.told import dated
from csm_tui.domain import plans as rules
from csm_tui.store.queries import plans
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.plans import shift_preview

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.plans import Shift, Step
    from csm_tui.store.connection import Reading


def next_step(step: Step, today: date) -> str:
    """`Next: step 3 “Hold the diagnostic talk”, Mon 23 Nov, 6 days late (k12).`"""
    late = step.days_late(today)
    behind = f", {late} day{'' if late == 1 else 's'} late" if late else ""
    return f"Next: step {step.n} “{step.title}”, {dated(step.due_on, today)}{behind} (k{step.step_id})."


def after_step(reading: Reading, step_id: int) -> str:
    """What is next in the plan of a step that was worked; empty for a step that is gone."""
    plan = plans.plan_of_step(reading, step_id)
    if plan is None:
        return ""
    done, of = rules.progress(plan.steps)
    told = f"{plan.name}: {done} of {of} done."
    following = rules.next_step(plan.steps)
    return f"{told} {next_step(following, reading.today)}" if following is not None else f"{told} Nothing is open."


def moves(shell: Shell, step_id: int, to: date) -> list[Shift]:
    """The step and the later ones as they would move."""
    return shell.read(shift_preview, step_id, to)


def print_moves(shell: Shell, shifts: list[Shift]) -> None:
    """Each step that moves, with both days."""
    rows = [
        (f"k{one.step.step_id}", one.step.title, *(dated(on, shell.today) for on in (one.step.due_on, one.to)))
        for one in shifts
    ]
    if rows:
        shell.table(("Item", "Step", "From", "To"), rows)


def moves_json(shifts: list[Shift]) -> list[dict[str, object]]:
    """The same for scripts."""
    return [
        {
            "id": f"k{one.step.step_id}",
            "title": one.step.title,
            "from": one.step.due_on.isoformat(),
            "to": one.to.isoformat(),
        }
        for one in shifts
    ]
