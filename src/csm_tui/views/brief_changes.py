"""What came about at an account after the last two-way contact: as the facts tell it, whoever wrote them."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from csm_tui.domain.days import spoken
from csm_tui.domain.plans import StepState
from csm_tui.domain.signals import LABELS
from csm_tui.domain.since import Terms, in_range
from csm_tui.domain.touchpoints import Direction, Side, Signal
from csm_tui.store.queries import pulses, risks, touchpoints
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.plans import Plan
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.domain.risks import Risk
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch


class ChangeKind(StrEnum):
    """What sort of thing changed."""

    PULSE = "pulse"
    SIGNAL = "signal"
    NOTE = "note"
    PROMISE = "promise"
    PERSON = "person"
    RENEWAL = "renewal"
    RISK = "risk"
    STEP = "step"


class Change(NamedTuple):
    """One thing that came about after the last two-way contact: its day, its sort, and what it is."""

    on: date
    kind: ChangeKind
    what: str


class Known(NamedTuple):
    """What is read of an account anyway, and tells of changes too: promises, people and plans, closed ones as well."""

    ledger: list[PromiseFacts]
    people: list[ContactFacts]
    plans: list[Plan]


def changes(reading: Reading, facts: AccountFacts, known: Known) -> list[Change]:
    """All that came about after the last two-way contact, the newest first; without one, all there ever was.

    The day of the contact itself is left out: what it brought was said in the talk.
    """
    since, talked = facts.last_two_way_on, touchpoints.held_after(reading, facts.account_id, facts.last_two_way_on)
    found = [
        *_risks(risks.risks_of(reading, facts.account_id), talked),
        *(Change(one.opened_on, ChangeKind.RISK, f"escalated, {one.severity}" + _because(one.what))
          for one in risks.escalations(reading, facts.account_id)),
        *_pulses(reading, facts.account_id),
        *_talks(talked),
        *_ended(known.ledger),
        *_steps(known.plans, since),
        *_gone(known.people),
        *_renewal(facts, since, reading),
    ]  # fmt: skip
    after = [one for one in found if (since is None or one.on > since) and one.on <= reading.today]
    return sorted(after, key=lambda one: one.on, reverse=True)


def _because(text: str) -> str:
    return f": {text}" if text else ""


def _risks(found: Iterable[Risk], talked: Iterable[Touch]) -> Iterator[Change]:
    """Risks opened and closed, and their signals but for those that a talk brought, which tells of them itself."""
    told = {(touch.day, signal) for touch in talked for signal in touch.signals}
    for risk in found:
        if risk.closed_on is not None:
            yield Change(risk.closed_on, ChangeKind.RISK, f"the risk closed as {risk.how}" + _because(risk.because))
        yield Change(risk.opened_on, ChangeKind.RISK, "a risk opened")
        for one in risk.signals:
            if (one.seen_on, str(one.signal)) not in told:
                yield Change(one.seen_on, ChangeKind.SIGNAL, f"#{one.signal}: {one.evidence or LABELS[one.signal]}")


def _steps(plans: Iterable[Plan], since: date | None) -> Iterator[Change]:
    """How many steps of each plan were done, and the last of them."""
    for plan in plans:
        done = [
            (one.closed_on, one.n, one.title) for one in plan.steps
            if one.state is StepState.DONE and one.closed_on is not None and (since is None or one.closed_on > since)
        ]  # fmt: skip
        if done:
            on, _, title = max(done)
            count = f"{len(done)} steps done, the last: " if len(done) > 1 else "done: "
            yield Change(on, ChangeKind.STEP, f"{plan.name}, {count}{title}")


def _pulses(reading: Reading, account_id: int) -> Iterator[Change]:
    found = pulses.of_account(reading, account_id)
    for pulse, before in zip_longest(found, found[1:]):
        was = f", was {before.value}" if before is not None else ""
        reason = f": {pulse.reason}" if pulse.reason else ""
        yield Change(pulse.given_on, ChangeKind.PULSE, f"pulse {pulse.value} of 5{was}{reason}")


def _talks(touches: Iterable[Touch]) -> Iterator[Change]:
    """The signals of what was held, and what was noted for ourselves."""
    for touch in touches:
        for signal in touch.signals:
            yield Change(touch.day, ChangeKind.SIGNAL, f"#{signal}: {LABELS[Signal(signal)]}")
        if touch.direction is Direction.INTERNAL and touch.summary:
            yield Change(touch.day, ChangeKind.NOTE, f"note: {touch.summary}")


def _ended(ledger: Iterable[PromiseFacts]) -> Iterator[Change]:
    for one in ledger:
        if one.closed_on is not None:
            whose = "ours" if one.side is Side.OURS else "theirs"
            yield Change(one.closed_on, ChangeKind.PROMISE, f"promise of {whose} {one.state}: {one.what}")


def _gone(people: Iterable[ContactFacts]) -> Iterator[Change]:
    for one in people:
        if one.left_on is not None:
            yield Change(one.left_on, ChangeKind.PERSON, f"{one.name} left" + (f", {one.role}" if one.role else ""))


def _renewal(facts: AccountFacts, since: date | None, reading: Reading) -> Iterator[Change]:
    """Notice, auto-renew switched off, and the decision day that came into range between the contact and today, which
    is told as news of today.
    """
    if facts.notice_served_on is not None:
        yield Change(facts.notice_served_on, ChangeKind.RENEWAL, "notice was served")
    if facts.auto_renew_off_on is not None:
        yield Change(facts.auto_renew_off_on, ChangeKind.RENEWAL, "auto-renew was switched off")
    terms = Terms(
        facts.account_id, facts.name, facts.started_on, facts.renewal_on, facts.notice_days, facts.notice_served_on
    )
    near = in_range(terms, since, reading.today, reading.policy.renewals) if since is not None else None
    if near is not None:
        yield Change(reading.today, ChangeKind.RENEWAL, f"{near.what}: {spoken(near.on, reading.today)}")
