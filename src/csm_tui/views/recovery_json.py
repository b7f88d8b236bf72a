"""Open risks, and the walk of one, under the names that scripts rely on."""

from __future__ import annotations

from csm_tui.domain.playbooks import RECOVERY
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.plans import step_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from csm_tui.domain.risks import Exit
    from csm_tui.views.recovery import RecoveryWalk, RiskLine


def line_json(line: RiskLine) -> dict[str, object]:
    """An open risk under the names that scripts rely on."""
    step = line.next
    return {
        "account": line.facts.name,
        "account_id": line.facts.account_id,
        "band": str(line.band),
        "pulse": line.facts.pulse,
        "signals": [str(signal) for signal in line.signals],
        "severity": str(line.risk.severity),
        "opened_on": line.risk.opened_on.isoformat(),
        "value_cents": line.value_cents,
        "currency": line.currency,
        "renewal_on": _iso(line.facts.renewal_on),
        "opt_out_on": _iso(line.opt_out_on),
        "done": line.done,
        "all": line.of,
        "next_step": None if step is None else step_json(step, line.facts.name, RECOVERY),
        "days_late": line.days_late,
        "exit_test": exit_json(line.exits),
        "escalated_on": _iso(line.escalation.opened_on if line.escalation else None),
        "update_on": _iso(line.update_on),
    }


def walk_json(walk: RecoveryWalk) -> dict[str, object]:
    """A recovery under the names that scripts rely on."""
    line = walk.line
    return {
        "account": line.facts.name,
        "account_id": line.facts.account_id,
        "signals": [str(signal) for signal in line.signals],
        "evidence": [
            {"signal": str(one.signal), "evidence": one.evidence, "seen_on": one.seen_on.isoformat(),
             "confirmed_on": _iso(one.confirmed_on)}
            for one in line.risk.signals
        ],
        "severity": str(line.risk.severity),
        "opened_on": line.risk.opened_on.isoformat(),
        "closed_on": _iso(line.risk.closed_on),
        "how": str(line.risk.how) if line.risk.how else None,
        "because": line.risk.because or None,
        "steps": [step_json(step, line.facts.name, RECOVERY) for step in line.steps],
        "exit_test": exit_json(line.exits),
        "can_close": walk.can_close,
        "against": {str(how): against for how, against in walk.against.items()},
    }  # fmt: skip


def exit_json(exits: Iterable[Exit]) -> dict[str, object]:
    """The exit test of a risk: met when each part is."""
    parts = [{"signal": str(one.signal), "text": one.text, "met": one.met, "proof": one.proof} for one in exits]
    return {
        "text": "; ".join(str(part["text"]) for part in parts),
        "met": all(part["met"] for part in parts),
        "parts": parts,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
