"""What the rules open by themselves, once a day: nobody asked for it, so it is not offered to be undone."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from csm_tui.actions.plans import StartPlan, end_plan, make_plan
from csm_tui.actions.recovery import Seen, note_signals
from csm_tui.domain.errors import Refusal
from csm_tui.playbooks import load
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.keep_up import Begins, KeepUp, Sees
    from csm_tui.playbooks import Template
    from csm_tui.store.verbs import Writing


def keep_up(writing: Writing, wanted: KeepUp) -> None:
    """Start the plans, note the signs, and remember with the last part that it was done; where another process did,
    nothing happens.

    An account that is changed between two parts takes the mark of the first out, so that it is looked at too.
    """
    marks = writing.find("kept_up")
    if any(mark["on_day"] == wanted.on.isoformat() for mark in marks):
        return
    templates: dict[str, Template] = {}
    for one in wanted.begins:
        with suppress(Refusal):  # what cannot begin by itself is still offered, and holds up nothing else
            if one.playbook not in templates:
                templates[one.playbook] = load(one.playbook)
            _begin(writing, one, templates[one.playbook])
    for sign in wanted.sees:
        if not _is_noted(writing, sign, wanted.on):
            note_signals(writing, sign.account_id, (Seen(sign.signal, sign.evidence, wanted.on),))
    if wanted.last and (wanted.first or marks):
        _mark(writing, wanted.on)
    elif wanted.first and not marks:
        _mark(writing, wanted.on - timedelta(days=1))


def _mark(writing: Writing, day: date) -> None:
    """Remember up to which day the rules were asked about the accounts as they stand."""
    for row in writing.find("kept_up"):
        writing.remove("kept_up", int(row["id"] or 0))
    writing.add("kept_up", id=1, on_day=day.isoformat())


def _is_noted(writing: Writing, sign: Sees, on: date) -> bool:
    """Whether another process has noted it since it was looked for."""
    return any(
        writing.find("risk_signal", risk_id=risk["id"], signal=str(sign.signal), seen_on=on.isoformat())
        for risk in writing.find("risk", account_id=sign.account_id)
    )


def _begin(writing: Writing, one: Begins, template: Template) -> None:
    for plan_id in one.ends:
        end_plan(writing, plan_id, f"the next {one.playbook} began")
    wanted = StartPlan(one.account_id, one.account, template, one.anchor_on, one.variant, one.opt_out_on)
    make_plan(writing, wanted)
