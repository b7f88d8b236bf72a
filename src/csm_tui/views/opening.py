"""The first ten minutes of a recovery: what says that an account is at risk, what is at stake, and what would come."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.accounts import Role
from csm_tui.domain.days import day_month
from csm_tui.domain.plans import Clock, Dated, dated
from csm_tui.domain.playbooks import RECOVERY
from csm_tui.domain.promises import still_open
from csm_tui.domain.risks import heading_place, likely_causes
from csm_tui.domain.touchpoints import RISK_SIGNALS, Signal
from csm_tui.store.queries import contacts, promises, risks, touchpoints
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.accounts import AccountLine, one_account
from csm_tui.views.brief import TOUCHES
from csm_tui.views.recovery import silences, suggested_signals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.touchpoints import Touch
    from csm_tui.views.recovery import Silence

FIRST_STEPS = 3
UPDATE = "update"
"""The step of the spine with which the customer is told how it goes."""


class Sign(NamedTuple):
    """One sighting of a signal that can be confirmed: what says so, since when, and in which touchpoint, if in one."""

    signal: Signal
    evidence: str
    on: date
    touchpoint_id: int | None = None


class Opening(NamedTuple):
    """What the first page shows of an account. `signs` are suggested; `known` the signals of the risk that is open."""

    account: AccountLine
    touches: list[Touch]
    silences: list[Silence]
    promises: list[PromiseFacts]
    signs: list[Sign]
    known: frozenset[Signal]
    today: date

    @property
    def gone(self) -> bool:
        """Whether the account takes no part any more."""
        return not self.account.facts.is_active(self.today)


class Outlook(NamedTuple):
    """What opening it for some signals would bring: likely causes, how many steps, the first of them, the update."""

    causes: tuple[str, ...]
    steps: int
    first: tuple[Dated, ...]
    update_on: date | None


def opening(reading: Reading, account_id: int) -> Opening | None:
    """The first page of a recovery; None when there is no account of that id (any more)."""
    account = one_account(reading, account_id)
    if account is None:
        return None
    people, risk = contacts.contacts(reading, account_id), risks.open_risk(reading, account_id)
    signs = [Sign(*one) for one in suggested_signals(reading, account_id)] if risk is None else []
    return Opening(
        account,
        touchpoints.last_spoken(reading, account_id, TOUCHES),
        silences(people),
        still_open(promises.of_account(reading, account_id)),
        [*signs, *_champions_gone(people, signs)] if risk is None else [],
        frozenset(one.signal for one in risk.signals) if risk is not None else frozenset(),
        reading.today,
    )


def _champions_gone(people: Iterable[ContactFacts], signs: Sequence[Sign]) -> list[Sign]:
    """A champion who has left, where no touchpoint tells of it and nobody else is one."""
    champions = [one for one in people if one.role is Role.CHAMPION]
    if any(one.active for one in champions) or any(sign.signal is Signal.CHAMPION for sign in signs):
        return []
    return [
        Sign(Signal.CHAMPION, f"{one.name} left on {day_month(one.left_on)}", one.left_on)
        for one in champions if one.left_on is not None
    ]  # fmt: skip


def outlook(reading: Reading, signals: Sequence[Signal], *, spine: bool = True) -> Outlook:
    """What a recovery opened today for these signals would begin with; without the spine, what they would add."""
    from csm_tui.playbooks import branch, load

    clock = Clock(reading.today, reading.today, reading.policy.cadence.calendar)
    templates = [*([load(RECOVERY)] if spine else []), *map(branch, signals)]
    steps = [
        one for each in templates for one in dated(each.playbook, "standard", clock) if not one.template.after_close
    ]
    steps.sort(key=lambda one: (one.on, heading_place(one.template.phase)))
    update = next((one.on for one in steps if one.template.id == UPDATE), None)
    return Outlook(likely_causes(signals), len(steps), tuple(steps[:FIRST_STEPS]), update)


ALL_SIGNALS = tuple(signal for signal in Signal if signal in RISK_SIGNALS)
"""The nine signals of risk, in their order."""
