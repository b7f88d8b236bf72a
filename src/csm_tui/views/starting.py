"""From which day a playbook counts when it is started by hand for an account, and in which of its forms."""

from __future__ import annotations

from csm_tui.domain import onboarding, reviews
from csm_tui.domain.errors import Refusal
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.plans import Clock, dated
from csm_tui.domain.playbooks import ONBOARDING, RECOVERY, STANDARD, Anchor
from csm_tui.playbooks import all_playbooks
from csm_tui.store.queries import reviews as clocks
from csm_tui.store.queries.accounts import account_facts
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.playbooks import Playbook
    from csm_tui.playbooks import Template
    from csm_tui.store.connection import Reading


class Starting(NamedTuple):
    """The day from which a plan counts, its variant, and the opt-out day that a renewal counts from as well."""

    anchor_on: date
    variant: str
    opt_out_on: date | None = None


def starting(
    reading: Reading, account_id: int, playbook: Playbook, on: date | None = None, variant: str = ""
) -> Starting:
    """How a playbook starts for an account: counted from the day given, else from the account's own of that kind.

    Raises Refusal, saying where to write it, when the account lacks that day.
    """
    facts = account_facts(reading, [account_id]).get(account_id)
    if facts is None:
        raise Refusal("The account is gone since it was shown: look again.")
    usual = onboarding.variant(facts.tier, playbook) if playbook.id == ONBOARDING else STANDARD
    anchor_on = on or _own_day(reading, facts, playbook.anchor)
    opt_out = opt_out_on(anchor_on, facts.notice_days) if playbook.anchor is Anchor.RENEWAL else None
    return Starting(anchor_on, variant or usual, opt_out)


def by_hand(_reading: Reading) -> tuple[Template, ...]:
    """The playbooks that are started as they are; those of a recovery begin with its signal."""
    every = (one for one in all_playbooks().templates if one.playbook.signal is None)
    return tuple(one for one in every if one.playbook.id.split("-")[0] != RECOVERY)


class Form(NamedTuple):
    """One form of a playbook for an account: its name, how many steps it has, and how many of them have passed."""

    variant: str
    steps: int
    passed: int


class Forms(NamedTuple):
    """How a playbook would start for an account, in each of its forms; the one that suits it stands first."""

    starting: Starting
    forms: tuple[Form, ...]


def forms(reading: Reading, account_id: int, playbook: Playbook) -> Forms:
    """The forms of a playbook for an account. Raises Refusal when the account lacks the day it counts from."""
    found = starting(reading, account_id, playbook)
    names = dict.fromkeys((found.variant, STANDARD, *(one.name for one in playbook.variants)))
    clock = Clock(found.anchor_on, reading.today, reading.policy.cadence.calendar, found.opt_out_on)
    return Forms(found, tuple(_form(playbook, name, clock) for name in names))


def _form(playbook: Playbook, variant: str, clock: Clock) -> Form:
    steps = dated(playbook, variant, clock)
    return Form(variant, len(steps), sum(step.passed for step in steps))


def _own_day(reading: Reading, facts: AccountFacts, anchor: Anchor) -> date:
    if anchor is Anchor.START:
        return _known(facts.started_on, f"{facts.name} has no start day: `csm account edit {facts.name!r} --start DAY`")
    if anchor is Anchor.RENEWAL:
        told = f"{facts.name} has no renewal day: `csm account edit {facts.name!r} --renewal DAY`"
        return _known(facts.renewal_on, told)
    if anchor is Anchor.REVIEW_DAY:
        clock = clocks.facts(reading, [facts.account_id])[0]
        found = reviews.standing(clock, reading.today, reading.policy.reviews, reading.policy.cadence.calendar)
        return _known(found.day if found else None, f"{facts.name} is owed no review: book one with `csm log`")
    return reading.today


def _known(day: date | None, told: str) -> date:
    if day is None:
        raise Refusal(f"{told}, or give the day with --on DAY.")
    return day
