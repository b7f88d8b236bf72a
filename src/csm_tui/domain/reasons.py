"""The sentences behind a row of the agenda: why it is due, why it may not wait, and how its score came about."""

from __future__ import annotations

from csm_tui.domain import ranking
from csm_tui.domain.cadence import Standing, because, rhythm
from csm_tui.domain.days import LAST_DAY, spoken
from csm_tui.domain.due import Item, ItemKind
from csm_tui.domain.money import written
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts


def why(item: Item, today: date) -> tuple[str, ...]:
    """The sentences behind a row: why it is due, why it may not wait, and how its score came about."""
    told: list[str] = []
    if item.must_do:
        told.append(f"Must-do: {item.must_do}")
    if item.standing is not None:
        told.append(_cadence_sentence(item.account, item.standing, today))
    elif item.kind is ItemKind.PROMISE:
        told.append(
            "No day was given." if item.due_on == LAST_DAY else f"The day given was {spoken(item.due_on, today)}."
        )
    if item.snoozed is not None:
        reason = f": {item.snoozed.reason}" if item.snoozed.reason else ""
        told.append(f"Snoozed to {spoken(item.snoozed.until_on, today)}{reason}.")
    own, cents = item.account.currency, item.account.arr_cents
    if cents is not None and item.currency != own:
        told.append(f"Its {written(cents, own)} a year are {written(item.value_cents, item.currency)} by your rate.")
    return (*told, *ranking.arithmetic(item.factors, item.currency, today))


def _cadence_sentence(account: AccountFacts, owed: Standing, today: date) -> str:
    """When contact was last made, how often it is owed, and what follows from that."""
    days = f"ideally {spoken(owed.ideal_on, today)}, at the latest {spoken(owed.latest_on, today)}"
    if owed.booked_on is not None:
        days += f"; booked for {spoken(owed.booked_on, today)}"
    every = f"contact is owed {rhythm(owed.interval)} ({because(account, today)})"
    if account.last_two_way_on is not None:
        return f"Last two-way contact {spoken(account.last_two_way_on, today)}; {every}: {days}."
    if owed.assumed:
        return f"No contact on record and no start day: {every}, counted from the day it was added (assumed): {days}."
    return f"Never touched since its start: {days}."
