"""A risk is an open recovery: what opens one, what its branches want, whether it may be closed, and as what."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.accounts import Role
from csm_tui.domain.days import ONE_DAY
from csm_tui.domain.plans import StepState
from csm_tui.domain.playbooks import RECOVERY
from csm_tui.domain.policy import POLICY, PlanPolicy
from csm_tui.domain.touchpoints import RISK_SIGNALS, Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.domain.days import Calendar
    from csm_tui.domain.plans import Step

PLAY = "play"
"""The step in which the primary play is chosen."""

HEADINGS = ("assess", "plan", "sponsor", "resources", "escalate")
"""The five parts of a recovery, in their order."""

ENGAGED_WANTED = 2
MANY_PLAYS = 3
"""More primary plays than these at a time, and none gets what it needs."""
SUGGESTED_FOR = timedelta(days=90)
"""So long a signal in a touchpoint suggests a recovery."""
BUDGET_ROLES = frozenset({Role.ECONOMIC_BUYER, Role.EXECUTIVE_SPONSOR})


class How(StrEnum):
    """As what a risk closes."""

    RECOVERED = "recovered"
    RIGHT_SIZED = "right-sized"
    LOST = "lost"
    NOT_A_RISK = "not-a-risk"


BECAUSE = (
    "adoption", "value", "quality", "support", "relationship", "budget", "competitor", "corporate", "price", "product",
    "champion", "payment", "acted", "solved", "engagement", "relevant", "other",
)  # fmt: skip
"""The words for why a risk closed as it did."""


class Severity(StrEnum):
    """How grave an escalation is."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


UPDATE_EVERY = {Severity.CRITICAL: 1, Severity.HIGH: 2, Severity.MEDIUM: 7}
"""Days between updates of an escalation; a low one follows the cadence and owes none of its own."""


class Evidence(NamedTuple):
    """One signal of a risk as it was seen; `met_on` and `proof` where its exit test was stated as met."""

    row_id: int
    signal: Signal
    evidence: str
    seen_on: date
    confirmed_on: date | None = None
    met_on: date | None = None
    proof: str = ""


class Risk(NamedTuple):
    """One risk as it stands in the book, with its signals in the order in which they were seen."""

    risk_id: int
    account_id: int
    plan_id: int
    severity: Severity
    opened_on: date
    closed_on: date | None = None
    how: How | None = None
    because: str = ""
    signals: tuple[Evidence, ...] = ()


class Escalation(NamedTuple):
    """A risk that others were called in for, as it stands in the book."""

    escalation_id: int
    account_id: int
    severity: Severity
    what: str
    opened_on: date
    updated_on: date | None = None
    closed_on: date | None = None
    reason: str = ""


class ExitFacts(NamedTuple):
    """What the exit tests measure since the risk opened: two-way talks, people in them, stalls left; None for what
    nothing can be measured by, since no onboarding has run.
    """

    talked: bool
    engaged: int
    budget: bool
    stalled: bool | None


def newest(signals: Iterable[Evidence]) -> list[Evidence]:
    """The newest evidence of each signal, in the order in which the signals were first seen."""
    found: dict[Signal, Evidence] = {}
    for one in signals:
        found[one.signal] = max(found.get(one.signal, one), one, key=lambda seen: (seen.seen_on, seen.row_id))
    return list(found.values())


def confirmed(signals: Iterable[Evidence], signal: Signal) -> bool:
    """Whether a second source has confirmed any evidence of a signal."""
    return any(one.confirmed_on is not None for one in signals if one.signal is signal)


class Exit(NamedTuple):
    """The exit test of one signal: what must hold, whether it does, and by what."""

    signal: Signal
    text: str
    met: bool
    proof: str


EXIT_TEXT = {
    Signal.USAGE: "usage back to 70 % of what it was before the fall, for 14 days",
    Signal.TICKETS: "no P1 open, none reopened for 14 days, tickets at most 1.2 × the usual",
    Signal.NPS: "their next answer is 7 or more, or they accept the answer in writing",
    Signal.CHAMPION: "2 people engaged since it opened, one of them with a say over the budget",
    Signal.COMPETITOR: "their decision in writing, or the buyer says that the search has stopped",
    Signal.PAYMENT: "paid, or a signed plan and its first instalment",
    Signal.SILENCE: "two-way contact since it opened",
    Signal.STALLED: "no required milestone late by two weeks or waiting for ten days",
    Signal.VALUE: "a number of value with the name of who said it and the day",
}
"""What must hold before a signal counts as gone. Champion, silence and stalled are measured from the book; the others
are stated, with proof, since nothing in the book measures them yet.
"""


def exit_tests(risk: Risk, facts: ExitFacts) -> list[Exit]:
    """The exit test of every signal of a risk, each once; a proof holds until the signal is seen again after it."""
    seen: dict[Signal, list[Evidence]] = {}
    for one in risk.signals:
        seen.setdefault(one.signal, []).append(one)
    found = []
    for signal, evidence in seen.items():
        met, proof = _measured(signal, facts)
        if not met:
            met, proof = _stated(evidence) or (met, proof)
        found.append(Exit(signal, EXIT_TEXT[signal], met, proof))
    return found


def _stated(evidence: Sequence[Evidence]) -> tuple[bool, str] | None:
    """The newest proof that was stated, when nothing has been seen since; else None."""
    last = max(one.seen_on for one in evidence)
    proofs = [(one.met_on, one.proof) for one in evidence if one.met_on is not None and one.met_on >= last]
    return (True, max(proofs)[1]) if proofs else None


def _measured(signal: Signal, facts: ExitFacts) -> tuple[bool, str]:
    if signal is Signal.SILENCE:
        return facts.talked, "two-way contact is on record" if facts.talked else ""
    if signal is Signal.STALLED:
        met = facts.stalled is False
        return met, "no milestone is stalled" if met else ""
    if signal is Signal.CHAMPION:
        met = facts.engaged >= ENGAGED_WANTED and facts.budget
        budget = "one with a say over the budget" if facts.budget else "none with a say over the budget"
        return met, f"{facts.engaged} engaged, {budget}"
    return False, ""


def in_the_way(how: How, steps: Sequence[Step], exits: Iterable[Exit], after: frozenset[str]) -> str:
    """What still stands against closing a risk in this way, as a clause with its remedy; empty when nothing does.

    `after` are the codes of the steps that closing itself does, or that come after it. A false alarm and a lost account
    may be closed at any time; what was open is skipped with them.
    """
    if how in {How.LOST, How.NOT_A_RISK}:
        return ""
    done_once = {step.code for step in steps if step.state is StepState.DONE}  # what comes again needs no last time
    left = [
        step for step in steps
        if step.required and step.state is StepState.OPEN and step.code not in after and step.code not in done_once
    ]  # fmt: skip
    if left:
        first = min(left, key=lambda step: (step.due_on, step.n))
        if len(left) == 1:
            return f"step {first.n} “{first.title}” is still open: do it, or skip it with a reason"
        more = len(left) - 1
        return f"step {first.n} “{first.title}” and {more} more are still open: do them, or skip them with a reason"
    unmet = [exit_ for exit_ in exits if not exit_.met]
    if how is How.RECOVERED and unmet:
        return f"the exit test is not met ({unmet[0].text}): state the proof, or close it in another way"
    return ""


def silent_since(
    last_two_way_on: date | None,
    started_on: date | None,
    added_on: date,
    interval: int,
    *,
    brought_in: bool,
    policy: PlanPolicy = POLICY.plans,
) -> date:
    """The day on which an account counts as silent: twice its own interval after the last two-way contact.

    Never touched, it counts from its start or from the day it was added, whichever came later. Where the last contact
    was brought in from a file, the account has one interval from that day before it counts.
    """
    times = timedelta(days=interval * policy.silence_times)
    if last_two_way_on is None:
        return max(added_on, started_on or added_on) + times
    silent = last_two_way_on + times
    return max(silent, added_on + timedelta(days=interval)) if brought_in else silent


def update_due_on(severity: Severity, opened_on: date, updated_on: date | None, calendar: Calendar) -> date | None:
    """When the next update of an escalation is owed: the day after it opened, then by its severity; a low one never."""
    every = UPDATE_EVERY.get(severity)
    if every is None:
        return None
    return calendar.forward(opened_on + ONE_DAY if updated_on is None else updated_on + timedelta(days=every))


def suggests(signal: Signal, seen_on: date, closed: Iterable[date]) -> bool:
    """Whether a signal in a touchpoint suggests a recovery: a closed one has answered those up to its last day."""
    return signal in RISK_SIGNALS and all(seen_on > on for on in closed)


def plays(walks: Iterable[Sequence[Step]]) -> int:
    """In how many recoveries a primary play has been chosen, so that it is being played."""
    return sum(any(step.code == PLAY and step.state is StepState.DONE for step in steps) for steps in walks)


def branch_id(signal: Signal) -> str:
    """The shipped playbook that is the branch of a signal."""
    return "low-usage" if signal is Signal.USAGE else f"{RECOVERY}-{signal}"


LIKELY_CAUSE = {
    Signal.USAGE: "adoption", Signal.TICKETS: "quality", Signal.NPS: "quality", Signal.CHAMPION: "relationship",
    Signal.COMPETITOR: "competitor", Signal.PAYMENT: "budget", Signal.SILENCE: "relationship",
    Signal.STALLED: "adoption", Signal.VALUE: "value",
}  # fmt: skip
"""What most often lies behind a signal: where to begin to ask, and no finding."""


def likely_causes(signals: Iterable[Signal]) -> tuple[str, ...]:
    """The guess at the cause: what most of the signals point to first, and each cause once."""
    causes = [LIKELY_CAUSE[signal] for signal in signals]
    return tuple(dict.fromkeys(sorted(causes, key=lambda cause: (-causes.count(cause), causes.index(cause)))))


def heading_place(phase: str) -> int:
    """Where a phase stands among the five headings; others come last."""
    return HEADINGS.index(phase) if phase in HEADINGS else len(HEADINGS)
