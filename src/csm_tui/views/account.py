"""One account in context: why it is here, people, promises, timeline; every figure with its why."""

from __future__ import annotations

from csm_tui.domain.cadence import because
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.figure import Figure
from csm_tui.domain.promises import PromiseFacts, median_slip
from csm_tui.store.queries import accounts, contacts, plans, promises, pulses, reviews, touchpoints
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.accounts import AccountLine, one_account, people_engaged
from csm_tui.views.today import account_items

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.due import Item
    from csm_tui.domain.plans import Plan, Step
    from csm_tui.domain.policy import Policy
    from csm_tui.domain.reviews import ReviewFacts
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.accounts import Details
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.queries.pulses import PulseFacts
    from csm_tui.store.queries.touchpoints import Touch

TIMELINE = 60


class AccountContext(NamedTuple):
    """All that one look at an account shows."""

    line: AccountLine
    band: Figure[str]
    renews: Figure[str]
    next_touch: Figure[str]
    engaged: Figure[str]
    items: list[Item]
    people: list[ContactFacts]
    promises: list[PromiseFacts]
    slip: float | None
    timeline: list[Touch]
    touchpoints: int
    attempts: int
    external_ids: list[tuple[str, str]]
    details: Details
    review: ReviewFacts
    today: date
    policy: Policy
    plans: tuple[Plan, ...] = ()

    def step(self, key: str) -> Step | None:
        """The step of a running plan that the key of a line speaks of."""
        steps = (step for plan in self.plans for step in plan.steps)
        return next((step for step in steps if key == f"step-{step.step_id}"), None)


class AccountPage(NamedTuple):
    """One account on the whole screen: the context, the pulses, and the touchpoints that a search lets through.

    `shown` is the timeline, or what was found where words were sought; `more` says that there is more of it.
    """

    context: AccountContext
    pulses: list[PulseFacts]
    shown: list[Touch]
    more: bool


def account_page(reading: Reading, account_id: int, most: int = TIMELINE, words: str = "") -> AccountPage | None:
    """One account with its history, the timeline up to so many lines; with words, only what holds them all."""
    context = account_context(reading, account_id, most)
    if context is None:
        return None
    held = _holding(words, reading, account_id, most + 1) if words.strip() else None
    found = context.timeline if held is None else held
    more = context.touchpoints > len(found) if held is None else len(held) > most
    return AccountPage(context, pulses.of_account(reading, account_id), found[:most], more)


def _holding(words: str, reading: Reading, account_id: int, most: int) -> list[Touch] | None:
    """The newest touchpoints that hold all words, in the summary, the notes, the kind, a signal or a name, as finding
    reads them; None where there is nothing to look for yet.
    """
    from itertools import islice

    from csm_tui.domain.finding import answers, phrases

    wanted, touches = phrases(words), touchpoints.timeline(reading, account_id)
    held = (one for one in touches if answers(wanted, one.summary, one.notes, one.kind, *one.people, *one.signals))
    return list(islice(held, most)) if wanted else None


def account_context(reading: Reading, account_id: int, most: int = TIMELINE) -> AccountContext | None:
    """One account with everything around it, or None when there is none of that id (any more)."""
    line = one_account(reading, account_id)
    if line is None:
        return None
    today, ledger = reading.today, promises.of_account(reading, account_id)
    return AccountContext(
        line=line,
        band=_band(line, today),
        renews=_renews(line, today),
        next_touch=_next_touch(line, today),
        engaged=_engaged(line),
        items=account_items(reading, account_id, undated=True),
        people=contacts.contacts(reading, account_id),
        promises=ledger,
        slip=median_slip(ledger),
        timeline=touchpoints.timeline(reading, account_id, most),
        touchpoints=touchpoints.how_many(reading, account_id),
        attempts=touchpoints.attempts(reading, account_id, line.facts.last_two_way_on),
        external_ids=accounts.external_ids(reading, [account_id]).get(account_id, []),
        details=accounts.details(reading, [account_id])[account_id],
        review=reviews.facts(reading, [account_id])[0],
        today=today,
        policy=reading.policy,
        plans=tuple(plans.of_account(reading, account_id)),
    )


def _band(line: AccountLine, today: date) -> Figure[str]:
    pulse, on = line.facts.pulse, line.facts.pulse_on
    if pulse is None or on is None:
        return Figure("no pulse yet", ("No pulse has been given: write pulse:1 to pulse:5 in a log line.",))
    told = f"The pulse was set to {pulse} on {spoken(on, today)}; 5 and 4 are healthy, 3 is watch, 2 and 1 are at risk."
    return Figure(f"{line.band} by hand", (told, "Measures, and a score from them, do not exist yet."))


def _renews(line: AccountLine, today: date) -> Figure[str]:
    facts = line.facts
    if facts.renewal_on is None:
        return Figure("no renewal day", ("No renewal day is known: csm account edit NAME --renewal DAY.",))
    told = [f"The new term begins on {day_month(facts.renewal_on)}."]
    if line.opt_out_on is not None:
        told.append(f"Notice is {facts.notice_days} days, so the last day to opt out is {day_month(line.opt_out_on)}.")
    else:
        told.append("No notice period is known, so there is no opt-out clock.")
    if line.outlook:
        told.append(f"Now: {line.outlook}.")
    return Figure(f"renews {day_month(facts.renewal_on, today)}", tuple(told))


def _next_touch(line: AccountLine, today: date) -> Figure[str]:
    owed = line.standing
    if owed is None:
        gone = "An archived" if line.facts.archived_on is not None else "A churned"
        return Figure("owes nothing", (f"{gone} account is owed no contact.",))
    ideal = f"ideally {spoken(owed.ideal_on, today)}, at the latest {spoken(owed.latest_on, today)}"
    return Figure(
        f"due {spoken(owed.ideal_on, today)}",
        (f"Owed every {owed.interval} days ({because(line.facts, today)}): {ideal}.",),
    )


def _engaged(line: AccountLine) -> Figure[str]:
    told = (
        f"{line.engaged} people still there were in a two-way touchpoint in the last {line.within} days; "
        f"{line.needed} are wanted for {line.facts.tier}."
    )
    return Figure(f"{people_engaged(line)} engaged", (told,))
