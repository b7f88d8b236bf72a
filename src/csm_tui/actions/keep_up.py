"""What the rules open by themselves, once a day: nobody asked for it, so it is not offered to be undone."""

from __future__ import annotations

from contextlib import suppress

from csm_tui.actions.plans import StartPlan, end_plan, start_plan
from csm_tui.actions.recovery import Seen, note_signals
from csm_tui.domain.errors import Refusal
from csm_tui.playbooks import load
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.domain.keep_up import Begins, KeepUp
    from csm_tui.store.verbs import Writing


def keep_up(writing: Writing, wanted: KeepUp) -> None:
    """Start the plans, note the signs, and remember that it was done; where another process did, nothing happens."""
    if writing.find("kept_up", on_day=wanted.on.isoformat()):
        return
    for one in wanted.begins:
        with suppress(Refusal):  # what cannot begin by itself is still offered, and holds up nothing else
            _begin(writing, one)
    for sign in wanted.sees:
        note_signals(writing, sign.account_id, (Seen(sign.signal, sign.evidence, wanted.on),))
    for row in writing.find("kept_up"):
        writing.remove("kept_up", int(row["id"] or 0))
    writing.add("kept_up", id=1, on_day=wanted.on.isoformat())


def _begin(writing: Writing, one: Begins) -> None:
    template = load(one.playbook)
    for plan_id in one.ends:
        end_plan(writing, plan_id, f"the next {one.playbook} began")
    wanted = StartPlan(one.account_id, one.account, template, one.anchor_on, one.variant, one.opt_out_on)
    start_plan(writing, wanted)
