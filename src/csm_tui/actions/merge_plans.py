"""The plans, risks and reviews of two accounts that become one: what may run once is that of the one that stays."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.playbooks import RECOVERY
from csm_tui.domain.risks import Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


def merge_plans(writing: Writing, account_id: int, from_id: int) -> str:
    """Move plans with their steps, risks, escalations and skipped reviews; of what runs at both the other's is removed.

    What was seen in a second open risk is evidence for the one that stays. Of two open escalations the graver one goes
    on; its severity, or nothing.
    """
    second = _join_risks(writing, account_id, from_id)
    left = _plans(writing, account_id, from_id, second)
    graver = _escalations(writing, account_id, from_id)
    for plan_id in left:  # with its steps, the promises behind them, and its risk, whose escalations have moved
        writing.remove("plan", plan_id)
    skipped = {row["due_on"] for row in writing.find("review_skip", account_id=account_id)}
    for row in writing.find("review_skip", account_id=from_id):
        if row["due_on"] not in skipped:
            writing.change("review_skip", _id(row), account_id=account_id)
    return graver


def _join_risks(writing: Writing, account_id: int, from_id: int) -> int | None:
    """Only one risk is open at a time: where one is at both, the plan of the other, which goes with it."""
    goes = writing.find("risk", account_id=from_id, closed_on=None)
    stays = writing.find("risk", account_id=account_id, closed_on=None)
    if not goes or not stays:
        return None
    from csm_tui.actions.recovery import Seen, note_signals

    seen = tuple(
        Seen(
            Signal(str(row["signal"])), str(row["evidence"]), date.fromisoformat(str(row["seen_on"])),
            None if row["touchpoint_id"] is None else int(row["touchpoint_id"]),
        )
        for row in writing.find("risk_signal", risk_id=goes[0]["id"])
    )  # fmt: skip
    note_signals(writing, account_id, seen)
    if _grave(goes[0]) < _grave(stays[0]):
        writing.change("risk", _id(stays[0]), severity=goes[0]["severity"])
    return int(goes[0]["plan_id"] or 0)


def _plans(writing: Writing, account_id: int, from_id: int, second: int | None) -> list[int]:
    """A plan goes on with its steps and its risk, unless its like runs at both; those that do not.

    Recoveries run beside each other: one that only waits for the look for a relapse is no other's like.
    """
    running = {str(row["playbook"]) for row in writing.find("plan", account_id=account_id, closed_on=None)}
    left = []
    for plan in writing.find("plan", account_id=from_id):
        twice = plan["closed_on"] is None and plan["playbook"] in running - {RECOVERY}
        if twice or plan["id"] == second:
            left.append(_id(plan))
            continue
        writing.change("plan", _id(plan), account_id=account_id)
        for table in ("step", "risk"):
            for row in writing.find(table, plan_id=plan["id"]):
                writing.change(table, _id(row), account_id=account_id)
    return left


def _escalations(writing: Writing, account_id: int, from_id: int) -> str:
    """Only one escalation is open at a time: the severity of the graver one, where one is at both."""
    stays = writing.find("escalation", account_id=account_id, closed_on=None)
    goes = writing.find("escalation", account_id=from_id, closed_on=None)
    risks = writing.find("risk", account_id=account_id)
    there, now = {row["id"] for row in risks}, next((row["id"] for row in risks if row["closed_on"] is None), None)
    for row in writing.find("escalation", account_id=from_id):
        risk_id = row["risk_id"] if row["risk_id"] in there else now if row["closed_on"] is None else None
        writing.change("escalation", _id(row), account_id=account_id, risk_id=risk_id)
    if not stays or not goes:
        return ""
    lighter, graver = sorted((stays[0], goes[0]), key=_grave, reverse=True)
    told = f"one account now: the {graver['severity']} escalation goes on"
    writing.change("escalation", _id(lighter), closed_on=writing.today.isoformat(), reason=told)
    return str(graver["severity"])


def _grave(row: Row) -> int:
    """The place of a severity, the gravest first."""
    return [*Severity].index(Severity(str(row["severity"])))


def _id(row: Row) -> int:
    return int(row["id"] or 0)
