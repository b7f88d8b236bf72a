"""Starting a plan: a playbook becomes dated steps of one account, and keeps the text it was started with."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.actions.meanwhile import still_there, takes_part
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import Clock, StepState, dated
from csm_tui.domain.playbooks import OURS, RECOVERY, STANDARD, Owner
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.domain.plans import Dated
    from csm_tui.domain.playbooks import Playbook, StepTemplate
    from csm_tui.playbooks import Template
    from csm_tui.store.verbs import Row, Writing

THEIR_WORDS = {
    Owner.AE: "AE", Owner.SUPPORT: "Support", Owner.PRODUCT: "Product",
    Owner.EXECUTIVE: "Executive", Owner.FINANCE: "Finance",
}  # fmt: skip
"""How the promise that stands for a step begins; that of the customer's own step is on their side anyway."""


def promised(owner: Owner, title: str) -> str:
    """What the promise that stands for another's step says."""
    return f"{THEIR_WORDS[owner]}: {title}" if owner in THEIR_WORDS else title


class StartPlan(NamedTuple):
    """A playbook to start for an account, counted from a day; `opt_out_on` is the other clock of a renewal."""

    account_id: int
    account: str
    template: Template
    anchor_on: date
    variant: str = STANDARD
    opt_out_on: date | None = None

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Start {self.template.playbook.name} for {self.account}"


class ClosePlan(NamedTuple):
    """A plan that is no longer followed; its open steps are skipped with the reason."""

    plan_id: int
    name: str
    account: str
    reason: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Close {self.name} of {self.account}"


def start_plan(writing: Writing, wanted: StartPlan) -> int:
    """Make the plan with its steps; its id. Raises Refusal while the same playbook runs at the account, and where the
    plan would be over before it began.
    """
    plan_id = make_plan(writing, wanted)
    if not writing.find("step", plan_id=plan_id, state="open"):
        name, anchor = wanted.template.playbook.name, day_month(wanted.anchor_on)
        raise Refusal(
            f"Counted from {anchor} every step of {name} lies before today: give the day that it is to count from, "
            "with --on DAY in the shell."
        )
    return plan_id


def make_plan(writing: Writing, start: StartPlan) -> int:
    """The same for what opens plans by rule, which knows that there is something to do."""
    playbook = start.template.playbook
    account = still_there(writing, "account", start.account_id, start.account)
    if not takes_part(writing, account):
        raise Refusal(f"{start.account} has churned or is archived: nothing can be started for it.")
    if playbook.id.split("-")[0] == RECOVERY:
        raise Refusal(f"A recovery is started with its signal: `csm recover {start.account!r} --signal NAME`.")
    if any(row["closed_on"] is None for row in writing.find("plan", account_id=start.account_id, playbook=playbook.id)):
        raise Refusal(f"{playbook.name} runs at {start.account} already: close it first, or work its steps.")
    forms = (STANDARD, *(one.name for one in playbook.variants))
    if start.variant not in forms:
        raise Refusal(f"{playbook.name} has no variant {start.variant}: choose one of {', '.join(forms)}.")
    clock = Clock(plausible(start.anchor_on), writing.today, writing.policy.cadence.calendar, start.opt_out_on)
    steps = [one for one in dated(playbook, start.variant, clock) if not one.template.after_close]
    begun = begin(writing, start.account_id, start.template, start.anchor_on, start.variant)
    add_steps(writing, begun, start.template, steps)
    return begun.plan_id


def close_plan(writing: Writing, wanted: ClosePlan) -> None:
    """Skip what is open, with the reason, and close the plan."""
    row = still_there(writing, "plan", wanted.plan_id, wanted.name)
    if row["closed_on"] is not None:
        raise Refusal(f"{wanted.name} of {wanted.account} is closed already.")
    if row["playbook"] == RECOVERY:
        raise Refusal(
            f"The recovery of {wanted.account} ends with its risk: `csm recover {wanted.account!r} --close HOW`."
        )
    if not wanted.reason.strip():
        raise Refusal("Say why the plan is no longer followed: its open steps are skipped with that reason.")
    end_plan(writing, wanted.plan_id, wanted.reason.strip())


class Begun(NamedTuple):
    """A plan to which steps are added."""

    plan_id: int
    account_id: int


def begin(writing: Writing, account_id: int, template: Template, anchor_on: date, variant: str = STANDARD) -> Begun:
    """A new plan without steps."""
    plan_id = writing.add(
        "plan", account_id=account_id, playbook=template.playbook.id, name=template.playbook.name, variant=variant,
        template_id=kept_text(writing, template.text), anchor_on=anchor_on.isoformat(),
        opened_on=writing.today.isoformat(),
    )  # fmt: skip
    return Begun(plan_id, account_id)


def kept_text(writing: Writing, text: str) -> int:
    """The row of a playbook's text; plans of the same text share one."""
    from hashlib import sha256

    digest = sha256(text.encode()).hexdigest()
    found = writing.find("template", digest=digest)
    return int(found[0]["id"] or 0) if found else writing.add("template", digest=digest, text=text)


def add_steps(writing: Writing, plan: Begun, template: Template, steps: Iterable[Dated], after: int = 0) -> list[int]:
    """Steps of a playbook in a plan, numbered from after a number; another's step is a promise of theirs."""
    template_id = kept_text(writing, template.text)
    made = []
    for n, one in enumerate(steps, after + 1):
        on = plausible(one.on).isoformat()
        row: Row = {
            "plan_id": plan.plan_id, "account_id": plan.account_id, "n": n, "template_id": template_id,
            "state": str(StepState.PASSED if one.passed else StepState.OPEN), **columns(one.template),
            "due_on": on, "baseline_on": on,
        }  # fmt: skip
        step_id = writing.add("step", **row)
        made.append(step_id)
        if not one.passed:
            promise_step(writing, {**row, "id": step_id})
    return made


def columns(template: StepTemplate) -> Row:
    """What a step keeps of its template beside the days."""
    return {
        "code": template.id,
        "title": template.title,
        "phase": template.phase,
        "owner": str(template.owner),
        "day_offset": template.day,
        "required": int(template.required),
        "gate": str(template.gate) if template.gate else None,
        "done_by": template.done_by,
    }


def promise_step(writing: Writing, step: Row) -> None:
    """Whoever is not us is asked and chased: their step stands in the ledger, with its day."""
    owner = Owner(str(step["owner"]))
    if owner in OURS:
        return
    writing.add(
        "promise", account_id=step["account_id"], side="theirs", what=promised(owner, str(step["title"])),
        due_on=step["due_on"], made_on=writing.today.isoformat(), step_id=step["id"],
    )  # fmt: skip


def template_of(writing: Writing, step: Row) -> StepTemplate | None:
    """The template of a step, as it was when its plan was started."""
    playbook = playbook_of(writing, int(step["template_id"] or 0))
    return None if playbook is None else playbook.step(str(step["code"]))


def playbook_of(writing: Writing, template_id: int) -> Playbook | None:
    """The playbook as it was when a plan was started with it; None for a text that no longer reads."""
    from csm_tui.playbooks import read_text

    found = writing.find("template", id=template_id)
    return read_text(str(found[0]["text"]))[0] if found else None


def settle(writing: Writing, step: Row, state: StepState, on: date, reason: str = "") -> None:
    """Close a step, and the promise that stands for it; with the last one its plan closes too.

    One that comes again and was done is there anew before that is asked, so that it keeps its plan running.
    """
    step_id = int(step["id"] or 0)
    writing.change("step", step_id, state=str(state), closed_on=on.isoformat(), reason=reason or None)
    for promise in writing.find("promise", step_id=step_id, state="open"):
        told = "kept" if state is StepState.DONE else "released"
        writing.change("promise", int(promise["id"] or 0), state=told, closed_on=on.isoformat(), reason=reason or None)
    if state is StepState.DONE:
        _again(writing, step, on)
    plan_id = int(step["plan_id"] or 0)
    if not writing.find("step", plan_id=plan_id, state=str(StepState.OPEN)) and not _has_open_risk(writing, plan_id):
        writing.change("plan", plan_id, closed_on=on.isoformat())


def _again(writing: Writing, step: Row, on: date) -> None:
    """What comes again is a new step; it is not required, since it was done once."""
    template = template_of(writing, step)
    if template is None or template.every is None:
        return
    due = plausible(writing.policy.cadence.calendar.forward(on + timedelta(days=template.every))).isoformat()
    last = max(int(row["n"] or 0) for row in writing.find("step", plan_id=step["plan_id"]))
    kept = ("plan_id", "account_id", "template_id", "code", "title", "phase", "owner", "day_offset", "done_by")
    new: Row = {**{name: step[name] for name in kept}, "n": last + 1, "due_on": due, "baseline_on": due}
    promise_step(writing, {**new, "id": writing.add("step", **new)})


def _has_open_risk(writing: Writing, plan_id: int) -> bool:
    """A recovery is closed by closing its risk, however many of its steps are done."""
    return bool(writing.find("risk", plan_id=plan_id, closed_on=None))


def end_plan(writing: Writing, plan_id: int, reason: str) -> None:
    """Skip every open step with a reason and close the plan."""
    for step in writing.find("step", plan_id=plan_id, state=str(StepState.OPEN)):
        settle(writing, step, StepState.SKIPPED, writing.today, reason)
    writing.change("plan", plan_id, closed_on=writing.today.isoformat())


def redate(writing: Writing, plan: Row, anchor_on: date, opt_out_on: date | None = None) -> int:
    """Count a plan from another day: its open steps take their new days, none before today, and keep their baselines;
    how many moved.
    """
    plan_id = int(plan["id"] or 0)
    playbook = playbook_of(writing, int(plan["template_id"] or 0))
    if playbook is None:
        return 0
    clock = Clock(anchor_on, date.min, writing.policy.cadence.calendar, opt_out_on)
    days = {
        one.template.id: plausible(max(one.on, writing.today)) for one in dated(playbook, str(plan["variant"]), clock)
    }
    writing.change("plan", plan_id, anchor_on=anchor_on.isoformat())
    moved = 0
    for step in writing.find("step", plan_id=plan_id, state=str(StepState.OPEN)):
        to = days.get(str(step["code"]))
        if to is not None and to.isoformat() != step["due_on"]:
            to_day(writing, step, to)
            moved += 1
    return moved


def to_day(writing: Writing, step: Row, to: date) -> None:
    """Another day for a step, and for the promise that stands for it; the baseline stays."""
    step_id = int(step["id"] or 0)
    writing.change("step", step_id, due_on=to.isoformat())
    for promise in writing.find("promise", step_id=step_id, state="open"):
        writing.change("promise", int(promise["id"] or 0), due_on=to.isoformat())
