"""What the rules open by themselves, once a day: nobody asked for it, so it is not offered to be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.actions.plans import StartPlan, end_plan, start_plan
from csm_tui.actions.recovery import Seen, note_signals
from csm_tui.playbooks import load

if TYPE_CHECKING:
    from csm_tui.domain.keep_up import KeepUp
    from csm_tui.store.verbs import Writing


def keep_up(writing: Writing, wanted: KeepUp) -> None:
    """Start the plans, note the signs, and remember that it was done; where another process did, nothing happens."""
    if writing.find("kept_up", on_day=wanted.on.isoformat()):
        return
    for one in wanted.begins:
        for plan_id in one.ends:
            end_plan(writing, plan_id, f"the next {one.playbook} began")
        start_plan(
            writing,
            StartPlan(one.account_id, one.account, load(one.playbook), one.anchor_on, one.variant, one.opt_out_on),
        )
    for sign in wanted.sees:
        note_signals(writing, sign.account_id, (Seen(sign.signal, sign.evidence, wanted.on),))
    for row in writing.find("kept_up"):
        writing.remove("kept_up", int(row["id"] or 0))
    writing.add("kept_up", id=1, on_day=wanted.on.isoformat())
