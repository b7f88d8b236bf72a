"""Escalations: others are called in, and an update is owed by a rhythm until it is closed."""

from __future__ import annotations

from csm_tui.actions.meanwhile import still_there
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.domain.risks import Severity
    from csm_tui.store.verbs import Row, Writing


class Escalate(NamedTuple):
    """An account to escalate: how grave it is, and what would end it."""

    account_id: int
    account: str
    severity: Severity
    what: str = ""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Escalate {self.account}: {self.severity}"


class UpdateEscalation(NamedTuple):
    """An update that was sent."""

    escalation_id: int
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Update sent: escalation of {self.account}"


class CloseEscalation(NamedTuple):
    """An escalation that has ended, and how."""

    escalation_id: int
    account: str
    reason: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Close the escalation of {self.account}"


def escalate(writing: Writing, wanted: Escalate) -> int:
    """Open an escalation, or give the open one another severity; the open risk takes it too."""
    still_there(writing, "account", wanted.account_id, wanted.account)
    risks = writing.find("risk", account_id=wanted.account_id, closed_on=None)
    if risks:
        writing.change("risk", int(risks[0]["id"] or 0), severity=str(wanted.severity))
    found = writing.find("escalation", account_id=wanted.account_id, closed_on=None)
    if not found:
        return writing.add(
            "escalation", account_id=wanted.account_id, risk_id=risks[0]["id"] if risks else None,
            severity=str(wanted.severity), what=wanted.what, opened_on=writing.today.isoformat(),
        )  # fmt: skip
    if found[0]["severity"] == str(wanted.severity) and not wanted.what.strip():
        raise Refusal(f"{wanted.account} is escalated as {wanted.severity} already: send an update, or close it.")
    values: Row = {"severity": str(wanted.severity), "what": wanted.what.strip() or found[0]["what"]}
    writing.change("escalation", int(found[0]["id"] or 0), **values)
    return int(found[0]["id"] or 0)


def update_escalation(writing: Writing, wanted: UpdateEscalation) -> None:
    """Note that an update was sent today; the next one is owed by the rhythm of the severity."""
    _open(writing, wanted.escalation_id, wanted.account)
    writing.change("escalation", wanted.escalation_id, updated_on=writing.today.isoformat())


def close_escalation(writing: Writing, wanted: CloseEscalation) -> None:
    """Close it. Raises Refusal without a word about how it ended."""
    _open(writing, wanted.escalation_id, wanted.account)
    if not wanted.reason.strip():
        raise Refusal("Say how the escalation ended: the reason stays with it.")
    writing.change(
        "escalation", wanted.escalation_id, closed_on=writing.today.isoformat(), reason=wanted.reason.strip()
    )


def _open(writing: Writing, escalation_id: int, account: str) -> None:
    row = still_there(writing, "escalation", escalation_id, f"The escalation of {account}")
    if row["closed_on"] is not None:
        raise Refusal(f"The escalation of {account} is closed already.")
