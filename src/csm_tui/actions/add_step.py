"""A step or milestone of one's own in a plan that runs."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import still_there
from csm_tui.actions.plans import promise_step
from csm_tui.domain.days import plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import Owner
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


class AddStep(NamedTuple):
    """A step to add to a plan of an account, by the plan's id or name; the newest that runs, if none is named."""

    account_id: int
    account: str
    title: str
    due_on: date
    plan: str = ""
    owner: Owner = Owner.US
    required: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Add step: {self.title} ({self.account})"


def add_step(writing: Writing, wanted: AddStep) -> int:
    """The step's row. It stands in the phase of its day, and counts for no rate. Raises Refusal where no plan runs."""
    still_there(writing, "account", wanted.account_id, wanted.account)
    title, due = wanted.title.strip(), plausible(wanted.due_on)
    if not title:
        raise Refusal("A step needs words: say what is to be done, such as “call the sponsor”.")
    if due < writing.today:
        raise Refusal("A step is due today or on a day to come, such as fri or +3d.")
    plan = _plan(writing, wanted)
    steps = writing.find("step", plan_id=plan["id"])
    before = [step for step in steps if str(step["due_on"]) <= due.isoformat()] or steps[:1]
    number = max((int(step["n"] or 0) for step in steps), default=0) + 1
    step_id = writing.add(
        "step", plan_id=plan["id"], account_id=wanted.account_id, n=number, template_id=plan["template_id"],
        code=f"own-{number}", title=title, phase=before[-1]["phase"] if before else "", owner=str(wanted.owner),
        day_offset=(due - date.fromisoformat(str(plan["anchor_on"]))).days, required=int(wanted.required),
        due_on=due.isoformat(), baseline_on=due.isoformat(),
    )  # fmt: skip
    promise_step(writing, writing.find("step", id=step_id)[0])
    return step_id


def _plan(writing: Writing, wanted: AddStep) -> Row:
    """The running plan that is meant."""
    running = writing.find("plan", account_id=wanted.account_id, closed_on=None)
    meant = [plan for plan in running if wanted.plan in {"", plan["playbook"], plan["name"]}]
    if meant:
        return meant[-1]
    if not running:
        raise Refusal(f"{wanted.account} has no open plan: `csm plan {wanted.account!r} PLAYBOOK` starts one.")
    names = ", ".join(str(plan["playbook"]) for plan in running)
    raise Refusal(f"{wanted.account} has no open plan {wanted.plan}; it has {names}.")
