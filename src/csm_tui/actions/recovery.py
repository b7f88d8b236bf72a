"""The recovery of an account at risk: opened by its signals, escalated, and closed on its exit test."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.actions.meanwhile import as_seen, still_there, takes_part
from csm_tui.actions.plans import Begun, add_steps, begin, end_plan, settle, template_of
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import Clock, Dated, StepState, dated
from csm_tui.domain.playbooks import ONBOARDING, RECOVERY
from csm_tui.domain.risks import (
    BECAUSE,
    Evidence,
    ExitFacts,
    How,
    Risk,
    Severity,
    exit_tests,
    heading_place,
    in_the_way,
)
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.domain.playbooks import StepTemplate
    from csm_tui.playbooks import Template
    from csm_tui.store.verbs import Row, Writing


class Seen(NamedTuple):
    """A signal as it was seen: what said so, on which day, and in which touchpoint, if it was one."""

    signal: Signal
    evidence: str
    on: date
    touchpoint_id: int | None = None


class OpenRisk(NamedTuple):
    """The signals for which a recovery is opened, or which join the one that is open."""

    account_id: int
    account: str
    seen: tuple[Seen, ...]

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Recovery of {self.account}: {', '.join(dict.fromkeys(seen.signal for seen in self.seen))}"


class Opened(NamedTuple):
    """What came of signals: the risk, whether it is new, which signals are new to it, and how many steps were added."""

    risk_id: int
    new: bool
    signals: tuple[Signal, ...]
    steps: int


class Closed(NamedTuple):
    """What came of closing a risk: the day on which to look for a relapse, if it was not lost."""

    relapse_on: date | None


class ConfirmSignal(NamedTuple):
    """A signal that a second source has confirmed."""

    signal_id: int
    signal: Signal
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Confirm {self.signal} at {self.account}"


class StateExit(NamedTuple):
    """The exit test of a signal, stated as met, with the proof; without proof it is open again."""

    signal_id: int
    signal: Signal
    account: str
    proof: str
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"{'Exit test met' if self.proof.strip() else 'Exit test open again'}: {self.signal} at {self.account}"


class CloseRisk(NamedTuple):
    """How a risk ends, and the word for why."""

    account_id: int
    account: str
    how: How
    because: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Close the risk of {self.account}: {self.how}, {self.because}"


def open_risk(writing: Writing, wanted: OpenRisk) -> Opened:
    """Open the recovery, or add to the open one what is new. Raises Refusal for a known signal without new evidence."""
    account = still_there(writing, "account", wanted.account_id, wanted.account)
    if not takes_part(writing, account):
        raise Refusal(f"{wanted.account} has churned or is archived: there is nothing to recover.")
    if not wanted.seen:
        raise Refusal(f"Which signal was seen? One of {', '.join(list(Signal)[:9])}.")
    there = writing.find("risk", account_id=wanted.account_id, closed_on=None)
    found = note_signals(writing, wanted.account_id, wanted.seen)
    if there and not found.signals and not any(seen.evidence.strip() for seen in wanted.seen):
        since = day_month(date.fromisoformat(str(there[0]["opened_on"])))
        raise Refusal(f"{wanted.account} has had a recovery for that since {since}: work its steps, or close it first.")
    return found


def note_signals(writing: Writing, account_id: int, seen: tuple[Seen, ...]) -> Opened:
    """Open a risk for signals, or add them as evidence to the one that is open; a new signal brings its branch."""
    from csm_tui import playbooks

    risks = writing.find("risk", account_id=account_id, closed_on=None)
    if risks:
        risk_id, begun = int(risks[0]["id"] or 0), Begun(int(risks[0]["plan_id"] or 0), account_id)
        known = {str(row["signal"]) for row in writing.find("risk_signal", risk_id=risk_id)}
    else:
        begun = begin(writing, account_id, playbooks.load(RECOVERY), writing.today)
        risk_id = writing.add("risk", account_id=account_id, plan_id=begun.plan_id, opened_on=writing.today.isoformat())
        known = set()
    for one in seen:
        writing.add(
            "risk_signal", risk_id=risk_id, signal=str(one.signal), evidence=one.evidence,
            seen_on=plausible(one.on).isoformat(), touchpoint_id=one.touchpoint_id,
        )  # fmt: skip
    new = tuple(dict.fromkeys(one.signal for one in seen if str(one.signal) not in known))
    templates = [*([] if risks else [playbooks.load(RECOVERY)]), *map(playbooks.branch, new)]
    return Opened(risk_id, not risks, new, _steps(writing, begun, templates))


def _steps(writing: Writing, plan: Begun, templates: list[Template]) -> int:
    """The steps of the spine and of branches, under the five headings, numbered on; how many."""
    clock = Clock(writing.today, writing.today, writing.policy.cadence.calendar)
    steps: list[tuple[Template, Dated]] = [
        (template, one) for template in templates for one in dated(template.playbook, "standard", clock)
        if not one.template.after_close
    ]  # fmt: skip
    steps.sort(key=lambda pair: (heading_place(pair[1].template.phase), pair[1].on))
    there = [int(row["n"] or 0) for row in writing.find("step", plan_id=plan.plan_id)]
    last = max(there, default=0)
    for n, (template, one) in enumerate(steps, last):
        add_steps(writing, plan, template, [one], n)
    return len(steps)


def confirm_signal(writing: Writing, wanted: ConfirmSignal) -> None:
    """A second source says the same."""
    row = still_there(writing, "risk_signal", wanted.signal_id, f"The signal {wanted.signal}")
    if row["confirmed_on"] is not None:
        on = day_month(date.fromisoformat(str(row["confirmed_on"])))
        raise Refusal(f"The signal {wanted.signal} was confirmed on {on} already: nothing is left to confirm.")
    writing.change("risk_signal", wanted.signal_id, confirmed_on=writing.today.isoformat())


def state_exit(writing: Writing, wanted: StateExit) -> None:
    """State that the exit test of a signal is met, and by what; or take that back."""
    row = still_there(writing, "risk_signal", wanted.signal_id, f"The signal {wanted.signal}")
    proof = wanted.proof.strip() or None
    met_on = writing.today.isoformat() if proof else None
    as_seen(row, wanted.seen, {"proof": proof})
    writing.change("risk_signal", wanted.signal_id, met_on=met_on, proof=proof)


def close_risk(writing: Writing, wanted: CloseRisk) -> Closed:
    """Close the risk. Raises Refusal while required steps are open, or, to be recovered, the exit test is not met.

    What is still open is skipped; the closing step is done, and a look for a relapse is dated two weeks on.
    """
    found = writing.find("risk", account_id=wanted.account_id, closed_on=None)
    if not found:
        raise Refusal(f"{wanted.account} has no open risk: `csm recover {wanted.account!r} --signal NAME` opens one.")
    if wanted.because not in BECAUSE:
        raise Refusal(f"Why? One of {', '.join(BECAUSE)}.")
    row = found[0]
    against = against_closing(writing, row, wanted.how)
    if against:
        raise Refusal(f"{wanted.account} cannot be closed as {wanted.how} yet: {against}.")
    writing.change(
        "risk", int(row["id"] or 0), closed_on=writing.today.isoformat(), how=str(wanted.how), because=wanted.because
    )
    plan_id = int(row["plan_id"] or 0)
    _close_steps(writing, plan_id, wanted)
    _close_escalations(writing, wanted)
    again = wanted.how in {How.RECOVERED, How.RIGHT_SIZED}
    return Closed(_look_again(writing, Begun(plan_id, wanted.account_id)) if again else None)


def against_closing(writing: Writing, risk: Row, how: How) -> str:
    """What stands against closing a risk in this way; empty when nothing does."""
    from csm_tui.actions.steps import as_step

    rows = writing.find("step", plan_id=risk["plan_id"])
    closing = frozenset(
        str(row["code"]) for row in rows if (template := template_of(writing, row)) is not None and template.closing
    )
    return in_the_way(how, [as_step(row) for row in rows], exit_tests(*_facts(writing, risk)), closing)


def _facts(writing: Writing, row: Row) -> tuple[Risk, ExitFacts]:
    """A risk with its signals, and what its exit tests measure."""
    account_id, opened_on = int(row["account_id"] or 0), date.fromisoformat(str(row["opened_on"]))
    signals = tuple(
        Evidence(
            int(one["id"] or 0), Signal(str(one["signal"])), str(one["evidence"]),
            date.fromisoformat(str(one["seen_on"])), None,
            date.fromisoformat(str(one["met_on"])) if one["met_on"] else None, str(one["proof"] or ""),
        )
        for one in writing.find("risk_signal", risk_id=row["id"])
    )  # fmt: skip
    risk = Risk(
        int(row["id"] or 0), account_id, int(row["plan_id"] or 0), Severity(str(row["severity"])), opened_on,
        signals=signals,
    )  # fmt: skip
    return risk, exit_facts(writing, account_id, opened_on)


def exit_facts(writing: Writing, account_id: int, since: date) -> ExitFacts:
    """Talks, people in them and milestones at an account since its risk opened."""
    from csm_tui.actions.steps import as_step
    from csm_tui.domain.accounts import Role
    from csm_tui.domain.plans import stalled
    from csm_tui.domain.risks import BUDGET_ROLES

    talks = [
        row for row in writing.find("touchpoint", account_id=account_id, state="held", direction="two-way")
        if since.isoformat() <= str(row["day"]) <= writing.today.isoformat()
    ]  # fmt: skip
    there = {
        link["contact_id"] for talk in talks for link in writing.find("touchpoint_contact", touchpoint_id=talk["id"])
    }
    people = [row for row in writing.find("contact", account_id=account_id, status="active") if row["id"] in there]
    budget = any(row["role"] is not None and Role(str(row["role"])) in BUDGET_ROLES for row in people)
    plans = {row["id"] for row in writing.find("plan", account_id=account_id, playbook=ONBOARDING, closed_on=None)}
    steps = [
        as_step(row) for row in writing.find("step", account_id=account_id, state="open") if row["plan_id"] in plans
    ]
    late = any(stalled(step, writing.today, writing.policy.plans) for step in steps)
    return ExitFacts(bool(talks), len(people), budget, late)


def _close_steps(writing: Writing, plan_id: int, wanted: CloseRisk) -> None:
    """The closing step is done, and whatever else is open is skipped."""
    for row in writing.find("step", plan_id=plan_id, state=str(StepState.OPEN)):
        template = template_of(writing, row)
        if template is not None and template.closing:
            settle(writing, row, StepState.DONE, writing.today)
    end_plan(writing, plan_id, f"risk closed: {wanted.how}")


def _close_escalations(writing: Writing, wanted: CloseRisk) -> None:
    for row in writing.find("escalation", account_id=wanted.account_id, closed_on=None):
        told = f"risk closed: {wanted.how}"
        writing.change("escalation", int(row["id"] or 0), closed_on=writing.today.isoformat(), reason=told)


def _look_again(writing: Writing, plan: Begun) -> date | None:
    """A look for a relapse, two weeks on; the plan stays open for it. Its day."""
    row = writing.find("plan", id=plan.plan_id)[0]
    text = str(writing.find("template", id=row["template_id"])[0]["text"])
    from csm_tui.playbooks import Template, read_text

    playbook = read_text(text)[0]
    template: StepTemplate | None = next((one for one in playbook.steps if one.after_close), None) if playbook else None
    if playbook is None or template is None:
        return None
    on = writing.policy.cadence.calendar.forward(writing.today + timedelta(days=template.day))
    last = max(int(step["n"] or 0) for step in writing.find("step", plan_id=plan.plan_id))
    add_steps(writing, plan, Template(playbook, text, "", own=False), [Dated(template, on, passed=False)], last)
    writing.change("plan", plan.plan_id, closed_on=None)
    return on
