"""The small books on which the tests of Today stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from csm_tui.domain.accounts import AccountFacts, Tier
from csm_tui.domain.agenda import agenda
from csm_tui.domain.due import Book, Group, Item, ItemKind, MeetingFacts, Snooze
from csm_tui.domain.promises import PromiseFacts, PromiseState
from csm_tui.domain.touchpoints import Kind, Side
from tests.conftest import TODAY

QUIET = AccountFacts(
    1,
    "Northwind",
    Tier.HIGH_TOUCH,
    date(2025, 1, 1),
    arr_cents=10_000_00,
    last_two_way_on=TODAY,
    interval_days=60,
)
"""Touched today and owed nothing for weeks."""


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def promise(due_on: date, number: int = 1, account: int = 1, side: Side = Side.OURS) -> PromiseFacts:
    return PromiseFacts(number, account, side, "the numbers", due_on, PromiseState.OPEN, date(2026, 1, 1))


def meeting(day: date, number: int = 1, account: int = 1) -> MeetingFacts:
    return MeetingFacts(number, account, Kind.CALL, day)


def book(
    *accounts: AccountFacts,
    promises: tuple[PromiseFacts, ...] = (),
    meetings: tuple[MeetingFacts, ...] = (),
    snoozes: tuple[Snooze, ...] = (),
    median: int | None = None,
) -> Book:
    by_id = {account.account_id: account for account in accounts}
    middle = None if median is None else (median, "EUR")
    return Book(by_id, list(promises), list(meetings), {one.item: one for one in snoozes}, middle)


def shown(found: Book, today: date = TODAY) -> dict[str, Item]:
    """What is due, without the check-ins that nobody waits for yet."""
    return {item.id: item for item in agenda(found, today) if item.group is not Group.LATER}


def only(found: Book, item_id: str, today: date = TODAY) -> Item:
    return {item.id: item for item in agenda(found, today)}[item_id]


OWED = QUIET._replace(interval_days=30, last_two_way_on=date(2026, 10, 12))
"""Ideal Wed 11 Nov, latest Thu 26 Nov: 10 days late today."""


URGENT = [
    (QUIET._replace(renewal_on=ahead(90), notice_days=60), "o1", ItemKind.RENEWAL, ahead(30)),
    (QUIET._replace(renewal_on=ahead(-3)), "r1", ItemKind.RENEWAL, ahead(-3)),
    (QUIET._replace(notice_served_on=ahead(-7)), "n1", ItemKind.RENEWAL, ahead(-7)),
    (QUIET._replace(auto_renew_off_on=ahead(-7)), "a1", ItemKind.RENEWAL, ahead(-7)),
    (QUIET._replace(termination_on=ahead(-50), termination_sign_id=9), "x1", ItemKind.ESCALATION, ahead(-50)),
    (QUIET._replace(pulse=2, pulse_on=ahead(-5)), "s1", ItemKind.STEP, ahead(-5)),
    (QUIET._replace(pulse=5, risk_opened_on=ahead(-2)), "s1", ItemKind.STEP, ahead(-2)),
]
EACH_MUST_DO = pytest.mark.parametrize(("account", "item_id", "kind", "on"), URGENT)


def put_off(item: str, due_on: date, made: int, until: int) -> Snooze:
    return Snooze(item, due_on, ahead(made), ahead(until), "away")
