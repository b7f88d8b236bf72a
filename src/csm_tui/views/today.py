"""What is due today and in the days to come, ranked, with why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.agenda import Book, Group, Item, agenda, too_many, why
from csm_tui.domain.cadence import POLICY
from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import median
from csm_tui.domain.renewals import NEWS_FOR, OPT_OUT_NEAR
from csm_tui.store.queries import accounts, agenda as facts

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading

WEEK = 7
FAR = date(2199, 12, 31)


class TodayList(NamedTuple):
    """The ranked items with a day up to the horizon, how many there are in each group, and the size of the book."""

    items: list[Item]
    counts: dict[Group, int]
    accounts: int
    too_many: bool
    today: date


def today_list(reading: Reading, days: int | None = WEEK) -> TodayList:
    """Everything due from today to so many days ahead (None: however far), ranked."""
    today = reading.today
    horizon = FAR if days is None else min(FAR, today + timedelta(days=max(0, days)))
    found = agenda(_book(reading, horizon), today, horizon=horizon)
    items = [item for item in found if item.group is Group.MUST_DO or item.shown_on <= horizon]
    counts = dict.fromkeys(Group, 0)
    for item in items:
        counts[item.group] += 1
    size = reading.row("SELECT count(*) FROM account WHERE churned_on IS NULL OR churned_on > ?", (today.isoformat(),))
    book_size = int(size[0]) if size else 0
    return TodayList(items, counts, book_size, book_size > 0 and too_many(items, book_size), today)


def _book(reading: Reading, horizon: date) -> Book:
    """The facts of what may be due by the horizon, and of nothing else."""
    promises, meetings = facts.open_promises(reading, horizon), facts.unanswered_meetings(reading)
    ids = {
        *facts.booked_ids(reading, horizon),
        *facts.alarm_ids(reading, OPT_OUT_NEAR, NEWS_FOR),
        *(promise.account_id for promise in promises),
        *(meeting.account_id for meeting in meetings),
    }
    found = accounts.facts_of_due(reading, horizon, POLICY, ids)
    missing = any(account.arr_cents is None for account in found.values())
    middle = median(accounts.amounts(reading)) if missing else None
    return Book(found, promises, meetings, facts.snoozes(reading), middle)


def as_json(item: Item, today: date) -> dict[str, object]:
    """A due item under the names that scripts rely on."""
    return {
        "id": item.id,
        "account": item.account.name,
        "account_id": item.account.account_id,
        "kind": str(item.kind),
        "what": item.what,
        "due_on": item.due_on.isoformat(),
        "latest_on": item.latest_on.isoformat() if item.latest_on else None,
        "days_late": item.days_late,
        "group": str(item.group),
        "must_do": item.group is Group.MUST_DO,
        "score": item.score / 100,
        "why": list(why(item, today)),
    }


def due_item(reading: Reading, item_id: str) -> Item:
    """The due item of an id. Raises Refusal when nothing of that id is due, now or later."""
    account_id = _account_of(reading, item_id.strip().lower())
    if account_id is not None:
        for item in account_items(reading, account_id):
            if item.id == item_id.strip().lower():
                return item
    raise Refusal(f"Nothing is due under the id “{item_id}”: `csm today --all` lists the ids.")


def account_items(reading: Reading, account_id: int) -> list[Item]:
    """All that is due for one account, now or later, ranked."""
    found = accounts.account_facts(reading, [account_id])
    promises = [promise for promise in facts.open_promises(reading, FAR) if promise.account_id == account_id]
    meetings = [meeting for meeting in facts.unanswered_meetings(reading) if meeting.account_id == account_id]
    missing = any(account.arr_cents is None for account in found.values())
    middle = median(accounts.amounts(reading)) if missing else None
    return agenda(Book(found, promises, meetings, facts.snoozes(reading), middle), reading.today)


def _account_of(reading: Reading, item_id: str) -> int | None:
    """The account that an id speaks of: by its number, or by the promise or touchpoint of that number."""
    number = item_id[1:]
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    table = {"p": "promise", "t": "touchpoint"}.get(item_id[0])
    if table is None:
        return int(number)
    row = reading.row(f"SELECT account_id FROM {table} WHERE id = ?", (int(number),))
    return None if row is None else int(row[0])
