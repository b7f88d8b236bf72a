"""The plans, risks and reviews of two accounts that become one: what may run once is that of the one that stays."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


def merge_plans(writing: Writing, account_id: int, from_id: int) -> None:
    """Move plans with their steps, risks, escalations and skipped reviews; what runs at both goes with the other.

    What was seen in a second open risk is evidence for the one that stays.
    """
    _join_risks(writing, account_id, from_id)
    _plans(writing, account_id, from_id)
    skipped = {row["due_on"] for row in writing.find("review_skip", account_id=account_id)}
    for row in writing.find("review_skip", account_id=from_id):
        if row["due_on"] not in skipped:
            writing.change("review_skip", _id(row), account_id=account_id)


def _join_risks(writing: Writing, account_id: int, from_id: int) -> None:
    """Only one risk is open at a time."""
    goes = writing.find("risk", account_id=from_id, closed_on=None)
    if not goes or not writing.find("risk", account_id=account_id, closed_on=None):
        return
    from csm_tui.actions.recovery import Seen, note_signals

    seen = tuple(
        Seen(
            Signal(str(row["signal"])), str(row["evidence"]), date.fromisoformat(str(row["seen_on"])),
            None if row["touchpoint_id"] is None else int(row["touchpoint_id"]),
        )
        for row in writing.find("risk_signal", risk_id=goes[0]["id"])
    )  # fmt: skip
    note_signals(writing, account_id, seen)


def _plans(writing: Writing, account_id: int, from_id: int) -> None:
    """A plan that runs at the other account only goes on, with its steps and its risk."""
    running = {str(row["playbook"]) for row in writing.find("plan", account_id=account_id, closed_on=None)}
    for plan in writing.find("plan", account_id=from_id):
        if plan["closed_on"] is None and plan["playbook"] in running:
            continue  # it goes with the emptied account
        writing.change("plan", _id(plan), account_id=account_id)
        for table in ("step", "risk"):
            for row in writing.find(table, plan_id=plan["id"]):
                writing.change(table, _id(row), account_id=account_id)
    for escalation in writing.find("escalation", account_id=from_id):
        risk = writing.find("risk", id=escalation["risk_id"], account_id=account_id)
        writing.change("escalation", _id(escalation), account_id=account_id, risk_id=risk[0]["id"] if risk else None)


def _id(row: Row) -> int:
    return int(row["id"] or 0)
