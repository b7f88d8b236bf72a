"""The open recoveries by value at stake, and one of them as it is walked: stakes, signals, steps, exit tests."""

from __future__ import annotations

from csm_tui.domain.accounts import Role
from csm_tui.domain.agenda import at_stake
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import decision_on, opt_out_on
from csm_tui.domain.plans import next_step, progress, stalled
from csm_tui.domain.playbooks import ONBOARDING, RECOVERY
from csm_tui.domain.promises import still_open
from csm_tui.domain.risks import (
    BUDGET_ROLES,
    MANY_PLAYS,
    SUGGESTED_FOR,
    Exit,
    ExitFacts,
    How,
    Risk,
    confirmed,
    exit_tests,
    heading_place,
    in_the_way,
    newest,
    plays,
    suggests,
    update_due_on,
)
from csm_tui.domain.touchpoints import Signal
from csm_tui.store.queries import contacts, plans, promises, risks, touchpoints
from csm_tui.store.queries.accounts import account_facts
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.accounts import AccountLine, one_account
from csm_tui.views.plans import StepDetail, closing_codes, step_details
from csm_tui.views.today import median_arr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts, Band
    from csm_tui.domain.plans import Plan, Step
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.domain.risks import Escalation, Evidence
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch

TOUCHES = 3
MEASURED = (Signal.SILENCE, Signal.CHAMPION, Signal.STALLED)
"""The signals whose exit tests the book itself answers."""

DECIDERS = (Role.CHAMPION, Role.ECONOMIC_BUYER, Role.EXECUTIVE_SPONSOR)
"""The roles whose absence is told too."""


class RiskLine(NamedTuple):
    """One open risk. `value_cents` of `currency` are at stake; of its steps `done` of `of` that count are closed;
    `update_on` is when the next update of its escalation is owed.
    """

    risk: Risk
    facts: AccountFacts
    band: Band
    value_cents: int
    currency: str
    plan: Plan
    done: int
    of: int
    next: Step | None
    exits: tuple[Exit, ...]
    escalation: Escalation | None
    update_on: date | None
    today: date

    @property
    def steps(self) -> tuple[Step, ...]:
        """Its steps in the order in which they are walked."""
        return walked(self.plan.steps)

    @property
    def days_late(self) -> int:
        """Days past the day of its next step."""
        return 0 if self.next is None else self.next.days_late(self.today)

    @property
    def signals(self) -> tuple[Signal, ...]:
        """Its signals, each once, in the order in which they were first seen."""
        return tuple(dict.fromkeys(one.signal for one in self.risk.signals))

    @property
    def newest(self) -> list[Evidence]:
        """The newest evidence of each signal."""
        return newest(self.risk.signals)

    @property
    def unconfirmed(self) -> list[Evidence]:
        """The signals that no second source has confirmed yet."""
        return [one for one in self.newest if not confirmed(self.risk.signals, one.signal)]

    @property
    def opt_out_on(self) -> date | None:
        """The last day to give notice, where one is known."""
        return opt_out_on(self.facts.renewal_on, self.facts.notice_days)


class RecoveryBoard(NamedTuple):
    """Every open risk, the most at stake first; in how many a primary play has been chosen, and whether that is many.

    `sums` is what is at stake in all, by currency, the largest first.
    """

    lines: list[RiskLine]
    plays: int
    too_many: bool
    late: int
    sums: tuple[tuple[str, int], ...]
    today: date


class Silence(NamedTuple):
    """How long a role has been silent: who holds it, and the last two-way day of any of them; no names, nobody does."""

    role: Role
    names: tuple[str, ...]
    last_on: date | None


class Suggested(NamedTuple):
    """A risk signal that a touchpoint of late holds and no recovery has answered, with the words that hold it."""

    signal: Signal
    evidence: str
    on: date
    touchpoint_id: int


class RecoveryWalk(NamedTuple):
    """One open risk as it is walked: what is at stake, who said what, and each step with its guidance and checks.

    `promises` are the open ones, ours first; one that stands for a step of this recovery shows as that step.
    `against` says of each way to close what still stands in it, empty where nothing does.
    """

    line: RiskLine
    account: AccountLine
    touches: list[Touch]
    silences: list[Silence]
    promises: list[PromiseFacts]
    details: tuple[StepDetail, ...]
    against: dict[How, str]

    @property
    def can_close(self) -> bool:
        """Whether it may be closed as recovered: what had to be done is done, and every exit test is met."""
        return not self.against[How.RECOVERED]


def recovery_board(reading: Reading) -> RecoveryBoard:
    """Every open risk of the active accounts, the most at stake first, then the earlier decision, then by name."""
    found = risks.open_risks(reading)
    facts = account_facts(reading, {risk.account_id for risk in found}) if found else {}
    by_id = {plan.plan_id: plan for plan in plans.running(reading, RECOVERY)} if found else {}
    calls = {one.account_id: one for one in risks.escalations(reading)}
    median, exits = median_arr(reading, facts.values()), _exits(reading, found)
    lines = [
        _line(
            reading,
            _Found(facts[risk.account_id], by_id[risk.plan_id], calls.get(risk.account_id), exits[risk.risk_id], risk),
            median,
        )
        for risk in found
    ]
    lines.sort(key=_place)
    chosen = plays(line.plan.steps for line in lines)
    late = sum(line.days_late > 0 for line in lines)
    sums = reading.policy.money.sums((line.value_cents, line.currency) for line in lines)
    return RecoveryBoard(lines, chosen, chosen > MANY_PLAYS, late, tuple(sums.items()), reading.today)


def recovery_walk(reading: Reading, account_id: int) -> RecoveryWalk | None:
    """The open risk of an account; None where none is open, or the account has gone."""
    risk = risks.open_risk(reading, account_id)
    return None if risk is None else _walk(reading, risk)


def last_recovery(reading: Reading, account_id: int) -> RecoveryWalk | None:
    """The open risk of an account, else the one that was closed last; None where there was none."""
    risk = next(iter(risks.risks_of(reading, account_id)), None)
    return None if risk is None else _walk(reading, risk)


def _walk(reading: Reading, risk: Risk) -> RecoveryWalk | None:
    account_id, account, plan = (
        risk.account_id,
        one_account(reading, risk.account_id),
        plans.plan(reading, risk.plan_id),
    )
    if account is None or plan is None:
        return None
    call = next(iter(risks.escalations(reading, account_id)), None)
    exits = _exits(reading, [risk])[risk.risk_id]
    line = _line(reading, _Found(account.facts, plan, call, exits, risk), median_arr(reading, [account.facts]))
    details = step_details(reading, line.steps)
    after, own = closing_codes(details), {step.step_id for step in line.steps}
    return RecoveryWalk(
        line,
        account,
        touchpoints.last_spoken(reading, account_id, TOUCHES),
        silences(contacts.contacts(reading, account_id)),
        still_open(one for one in promises.of_account(reading, account_id) if one.step_id not in own),
        details,
        {how: in_the_way(how, line.steps, line.exits, after) for how in How},
    )


def walked(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Steps in the order in which a recovery is walked: by heading, then by day."""
    return tuple(sorted(steps, key=lambda step: (heading_place(step.phase), step.due_on, step.n)))


class _Found(NamedTuple):
    """A risk with what the book holds about it."""

    facts: AccountFacts
    plan: Plan
    call: Escalation | None
    exits: tuple[Exit, ...]
    risk: Risk


def _line(reading: Reading, found: _Found, median: tuple[int, str] | None) -> RiskLine:
    facts, plan, call = found.facts, found.plan, found.call
    value, currency = at_stake(facts, median, reading.policy.money)
    done, of = progress(plan.steps)
    update = None
    if call is not None:
        update = update_due_on(call.severity, call.opened_on, call.updated_on, reading.policy.cadence.calendar)
    return RiskLine(
        found.risk, facts, band_by_hand(facts.pulse), value, currency, plan, done, of, next_step(plan.steps),
        found.exits, call, update, reading.today,
    )  # fmt: skip


def _exits(reading: Reading, found: Sequence[Risk]) -> dict[int, tuple[Exit, ...]]:
    """The exit tests of some risks by their ids; what none of their signals asks for is not looked up."""
    asking = {
        signal: [risk for risk in found if any(one.signal is signal for one in risk.signals)] for signal in MEASURED
    }
    talked = risks.talked(reading, [risk.risk_id for risk in asking[Signal.SILENCE]])
    engaged = risks.engaged(reading, [risk.risk_id for risk in asking[Signal.CHAMPION]])
    stalls = _stalled(reading, asking[Signal.STALLED])
    exits = {}
    for risk in found:
        roles = engaged.get(risk.risk_id, [])
        budget = any(role in BUDGET_ROLES for role in roles)
        facts = ExitFacts(risk.risk_id in talked, len(roles), budget, stalls.get(risk.risk_id))
        exits[risk.risk_id] = tuple(exit_tests(risk, facts))
    return exits


def _stalled(reading: Reading, found: Sequence[Risk]) -> dict[int, bool]:
    """For some risks since whose opening an onboarding has run, whether a milestone of it is stalled."""
    steps = plans.open_steps(reading, ONBOARDING, [risk.account_id for risk in found])
    late = {step.account_id for step in steps if stalled(step, reading.today, reading.policy.plans)}
    ran = risks.ran_since(reading, ONBOARDING, [risk.risk_id for risk in found])
    return {risk.risk_id: risk.account_id in late for risk in found if risk.risk_id in ran}


def silences(people: Iterable[ContactFacts]) -> list[Silence]:
    """How long each role has been silent, by role; that nobody decides is told too."""
    there = [one for one in people if one.active]
    found = []
    for role in Role:
        holders = [one for one in there if one.role is role]
        if holders or role in DECIDERS:
            last = max((one.last_on for one in holders if one.last_on is not None), default=None)
            found.append(Silence(role, tuple(one.name for one in holders), last))
    return found


def suggested_signals(reading: Reading, account_id: int) -> list[Suggested]:
    """The risk signals in the touchpoints of the last 90 days that no recovery has answered, the first seen first."""
    closed = [risk.closed_on for risk in risks.risks_of(reading, account_id) if risk.closed_on is not None]
    seen = risks.signals_seen(reading, account_id, reading.today - SUGGESTED_FOR)
    return [Suggested(*row) for row in seen if suggests(row[0], row[2], closed)]


def _place(line: RiskLine) -> tuple[int, int, str, int]:
    decision = decision_on(line.facts.renewal_on, line.facts.notice_days)
    ordinal = decision.toordinal() if decision else 10**7
    return -line.value_cents, ordinal, line.facts.name, line.facts.account_id
