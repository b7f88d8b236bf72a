"""What every screen and command says of a plan's steps: one step looked at closely, and a step for scripts."""

from __future__ import annotations

from csm_tui.domain.days import spoken
from csm_tui.domain.plans import Shift, StepState, held_back_by, shifted
from csm_tui.domain.playbooks import Gate
from csm_tui.store.queries import plans
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from csm_tui.domain.days import Calendar
    from csm_tui.domain.plans import Step
    from csm_tui.domain.playbooks import Playbook, StepTemplate
    from csm_tui.store.connection import Reading


class Check(NamedTuple):
    """One check of a step: its words, and whether it is ticked."""

    text: str
    ticked: bool


class StepDetail(NamedTuple):
    """One step looked at closely: what its playbook says of it, its checks, and the gate that holds it back.

    `closing` is done by closing the risk, and not by itself.
    """

    step: Step
    guidance: str
    checks: tuple[Check, ...]
    exit: str
    held_back_by: Step | None
    closing: bool = False


def step_details(reading: Reading, steps: Sequence[Step]) -> tuple[StepDetail, ...]:
    """Every step of a plan with the guidance, checks and exit test of the playbook that it was started with; one that
    several come from is read once.
    """
    read = {number: _playbook(reading, number) for number in {step.template_id for step in steps}}
    found = ((step, read[step.template_id]) for step in steps)
    return tuple(_detail(step, None if one is None else one.step(step.code), steps) for step, one in found)


def unticked(reading: Reading, step_id: int) -> tuple[str, ...]:
    """The checks that are not ticked yet of a gate that hangs on its checks; none of any other step."""
    plan = plans.plan_of_step(reading, step_id)
    step = None if plan is None else next(one for one in plan.steps if one.step_id == step_id)
    if plan is None or step is None or step.gate not in {Gate.CHECKS, Gate.ACTIVE}:
        return ()
    template = _playbook(reading, step.template_id)
    checks = _detail(step, None if template is None else template.step(step.code), plan.steps).checks
    return tuple(one.text for one in checks if not one.ticked)


def closing_codes(details: Iterable[StepDetail]) -> frozenset[str]:
    """The codes of the steps that closing the risk does, so that they do not stand in its way."""
    return frozenset(one.step.code for one in details if one.closing)


def _detail(step: Step, template: StepTemplate | None, steps: Sequence[Step]) -> StepDetail:
    texts = () if template is None else template.checks
    checks = tuple(Check(text, bool(step.ticked >> place & 1)) for place, text in enumerate(texts))
    guidance, end = ("", "") if template is None else (template.guidance.strip(), template.exit)
    closing = template is not None and template.closing
    return StepDetail(step, guidance, checks, end, held_back_by(step, steps), closing)


def _playbook(reading: Reading, template_id: int) -> Playbook | None:
    """The playbook as it was when a plan was started with it; None for a text that does not read."""
    from csm_tui.playbooks import read_text

    return read_text(plans.template(reading, template_id))[0]


def why_not_due(reading: Reading, step_id: int) -> str:
    """Why a step is nothing that can be worked as due, with the remedy; empty where there is no such step."""
    plan = plans.plan_of_step(reading, step_id)
    if plan is None:
        return ""
    step = next(one for one in plan.steps if one.step_id == step_id)
    if step.state is StepState.PASSED:
        return f"“{step.title}” was over before its plan began: there is nothing to do about it."
    if step.closed_on is not None:
        on = spoken(step.closed_on, reading.today)
        return f"“{step.title}” was {step.state} {on}: undo that first if it should be open again."
    gate = held_back_by(step, plan.steps)
    if gate is None:
        return ""
    told = f"“{step.title}” waits behind the gate “{gate.title}”, due {spoken(gate.due_on, reading.today)}"
    return f"{told}: `csm done k{gate.step_id}` passes it, with --missed REASON it is skipped."


class StepToMove(NamedTuple):
    """A step that may get another day, with the later open ones of its plan, which are offered to move with it."""

    step: Step
    steps: tuple[Step, ...]
    calendar: Calendar

    def shifts(self, to: date) -> list[Shift]:
        """Where the later open ones would go if it moved to a day, by their days."""
        return shifted(self.step, to, self.steps, self.calendar)


def step_to_move(reading: Reading, step_id: int) -> StepToMove | None:
    """A step with all of its plan; None when it is gone."""
    plan = plans.plan_of_step(reading, step_id)
    if plan is None:
        return None
    step = next(one for one in plan.steps if one.step_id == step_id)
    return StepToMove(step, plan.steps, reading.policy.cadence.calendar)


def shift_preview(reading: Reading, step_id: int, to: date) -> list[Shift]:
    """A step that moves to a day, and the later open ones of its plan as they would move with it."""
    found = step_to_move(reading, step_id)
    return [] if found is None else [Shift(found.step, to), *found.shifts(to)]


def step_json(step: Step, account: str, plan: str) -> dict[str, object]:
    """A step under the names that scripts rely on; `id` is what `csm done` takes, `plan` the id of its playbook."""
    return {
        "id": f"k{step.step_id}",
        "account": account,
        "plan": plan,
        "n": step.n,
        "title": step.title,
        "phase": step.phase,
        "owner": str(step.owner),
        "due_on": step.due_on.isoformat(),
        "baseline_on": step.baseline_on.isoformat(),
        "state": str(step.state),
        "required": step.required,
        "gate": None if step.gate is None else str(step.gate),
        "waiting_on": None if step.waiting_on is None else str(step.waiting_on),
    }
