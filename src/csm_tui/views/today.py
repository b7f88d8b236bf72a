"""What is due today and in the days to come, ranked, with why."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.agenda import agenda, due, ranked, too_many
from csm_tui.domain.days import LAST_DAY
from csm_tui.domain.due import NO_PLANS, STEP_LETTER, Book, Group, Item, ItemKind, PlanFacts
from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import median
from csm_tui.domain.promises import PromiseState, is_must_do, of_a_step
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.store.queries import accounts, sizes
from csm_tui.store.queries import agenda as facts
from csm_tui.store.queries import promises as ledger
from csm_tui.store.queries import reviews as review_clocks
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from types import EllipsisType

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.due import MeetingFacts
    from csm_tui.domain.promises import PromiseFacts
    from csm_tui.store.connection import Reading

FAR = LAST_DAY
STANDS_IN: dict[str, tuple[str, str]] = {
    ItemKind.PROMISE: ("promise", "due_on"),
    ItemKind.MEETING: ("touchpoint", "day"),
}
"""Where the day of an item is kept, of those that have one of their own."""


class TodayList(NamedTuple):
    """The ranked items with a day up to the horizon, or the first of them; how many there are in each group in all."""

    items: list[Item]
    counts: dict[Group, int]
    accounts: int
    too_many: bool
    today: date


def today_list(
    reading: Reading,
    days: int | EllipsisType | None = ...,
    most: int | None = None,
    keeps: Callable[[Item], bool] | None = None,
) -> TodayList:
    """Everything due from today to so many days ahead, ranked; `most` gives the first so many.

    Left out, it is the week of the policy; None is however far. `keeps` leaves out those for which it does not hold.
    """
    today, policy = reading.today, reading.policy
    ahead = policy.agenda.week if days is ... else days
    horizon = FAR if ahead is None or ahead > (FAR - today).days else today + timedelta(days=max(0, ahead))
    all_due = due(_book(reading, horizon), today, policy, horizon)
    found = [item for item in all_due if item.group is Group.MUST_DO or item.shown_on <= horizon]
    book_size = sizes.active_accounts(reading)
    crowded = book_size > 0 and too_many(found, book_size, policy)
    found = [item for item in found if keeps is None or keeps(item)]
    counts = dict.fromkeys(Group, 0)
    for item in found:
        counts[item.group] += 1
    return TodayList(ranked(found, most), counts, book_size, crowded, today)


def must_dos(reading: Reading) -> TodayList:
    """The must-dos alone, ranked, and counted: they stand first, and few facts are asked for them in a large book."""
    today, policy = reading.today, reading.policy
    promises = [one for one in ledger.due_by(reading, today) if is_must_do(one, today)]
    meetings, escalations = facts.unanswered_meetings(reading), facts.escalations(reading)
    planned = PlanFacts(facts.open_months(reading), (), escalations, _asked(meetings))
    ids = {
        *facts.alarm_ids(reading),
        *(step.account_id for step in planned.steps),
        *(escalation.account_id for escalation in escalations),
        *(promise.account_id for promise in promises),
        *(meeting.account_id for meeting in meetings),
    }
    found = accounts.account_facts(reading, ids)
    book = _filled(reading, found, promises, meetings, planned)
    items = [item for item in due(book, today, policy, date.min) if item.group is Group.MUST_DO]
    size = sizes.active_accounts(reading)
    counts = {**dict.fromkeys(Group, 0), Group.MUST_DO: len(items)}
    return TodayList(ranked(items), counts, size, size > 0 and too_many(items, size, policy), today)


def _book(reading: Reading, horizon: date) -> Book:
    """The facts of what may be due by the horizon, and of nothing else."""
    promises, meetings = ledger.due_by(reading, horizon), facts.unanswered_meetings(reading)
    planned = _plans(reading, horizon, meetings)
    ids = {
        *(step.account_id for step in planned.steps),
        *(review.account_id for review in planned.reviews),
        *(escalation.account_id for escalation in planned.escalations),
        *facts.booked_ids(reading, horizon),
        *facts.alarm_ids(reading),
        *(promise.account_id for promise in promises),
        *(meeting.account_id for meeting in meetings),
    }
    found = accounts.facts_of_due(reading, horizon, ids)
    return _filled(reading, found, promises, meetings, planned)


def _plans(
    reading: Reading, horizon: date, meetings: list[MeetingFacts], ids: Collection[int] | None = None
) -> PlanFacts:
    """What of the plans may be due by the horizon, at all accounts or at some."""
    if ids is not None and not ids:
        return NO_PLANS
    clocks = review_clocks.due_by(reading, horizon) if ids is None else review_clocks.facts(reading, ids)
    escalations = facts.escalations(reading)
    if ids is not None:
        escalations = [one for one in escalations if one.account_id in ids]
    steps = facts.due_steps(reading, horizon) if ids is None else facts.steps_of(reading, ids)
    return PlanFacts(steps, clocks, escalations, _asked(meetings))


def _asked(meetings: list[MeetingFacts]) -> frozenset[int]:
    """The accounts at which a booked review waits for its answer."""
    return frozenset(meeting.account_id for meeting in meetings if meeting.kind in REVIEW_KINDS)


def _filled(
    reading: Reading,
    found: dict[int, AccountFacts],
    promises: list[PromiseFacts],
    meetings: list[MeetingFacts],
    planned: PlanFacts,
) -> Book:
    """The book with the snoozes, and with the median amount where an account needs it."""
    return Book(found, promises, meetings, facts.snoozes(reading), median_arr(reading, found.values()), planned)


def median_arr(reading: Reading, found: Iterable[AccountFacts]) -> tuple[int, str] | None:
    """The median amount of the book, in cents, and the currency that it is over; None where none of these accounts
    needs it to stand in for its own.
    """
    if all(account.arr_cents is not None for account in found):
        return None
    units = reading.policy.money.by_unit(sizes.amounts(reading))
    unit, amounts = next(iter(units.items()), ("", []))
    middle = median(amounts)
    return None if middle is None else (middle, unit)


def as_json(item: Item, today: date) -> dict[str, object]:
    """A due item under the names that scripts rely on."""
    from csm_tui.domain.reasons import why

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
        for item in account_items(reading, account_id, undated=True):
            if item.id == item_id.strip().lower():
                return item
    why_not = "" if account_id is None else _why_not(reading, account_id, item_id.strip().lower())
    raise Refusal(why_not or f"Nothing is due under the id “{item_id}”: `csm today --all` lists the ids.")


def _why_not(reading: Reading, account_id: int, item_id: str) -> str:
    """Why nothing is due at its account, or why a step, or a promise that stands for one, is not due under its id.

    Empty where that is unknown.
    """
    letter, number = item_id[0], int(item_id[1:])
    account = accounts.account_facts(reading, [account_id]).get(account_id)
    if account is not None and not account.is_active(reading.today):
        return f"{account.name} has churned or is archived: nothing is due there."
    if letter == STEP_LETTER:
        from csm_tui.views.plans import why_not_due

        return why_not_due(reading, number)
    promises = ledger.of_account(reading, account_id) if letter == "p" else []
    found = [one.step_id for one in promises if one.promise_id == number and one.state is PromiseState.OPEN]
    return of_a_step(number, found[0]) if found and found[0] else ""


def account_items(reading: Reading, account_id: int, *, undated: bool = False) -> list[Item]:
    """All that is due for one account, now or later, ranked; when asked for, promises without a day stand last."""
    found = accounts.account_facts(reading, [account_id])
    promises = [
        one
        for one in ledger.of_account(reading, account_id)
        if one.state is PromiseState.OPEN and (undated or one.due_on) and not one.step_id
    ]
    meetings = [meeting for meeting in facts.unanswered_meetings(reading) if meeting.account_id == account_id]
    planned = _plans(reading, FAR, meetings, [account_id])
    return agenda(_filled(reading, found, promises, meetings, planned), reading.today, reading.policy)


def pressing(reading: Reading, ids: set[int]) -> list[Item]:
    """What is most pressing at each of these accounts, now or later, for those where anything is due."""
    found = accounts.account_facts(reading, ids)
    promises = [
        one for one in ledger.open_promises(reading) if one.account_id in ids and one.due_on and not one.step_id
    ]
    meetings = [meeting for meeting in facts.unanswered_meetings(reading) if meeting.account_id in ids]
    first: dict[int, Item] = {}
    planned = _plans(reading, FAR, meetings, ids)
    for item in agenda(_filled(reading, found, promises, meetings, planned), reading.today, reading.policy):
        first.setdefault(item.account.account_id, item)
    return list(first.values())


def _account_of(reading: Reading, item_id: str) -> int | None:
    """The account that an id speaks of: by its number, or by the promise or touchpoint of that number."""
    number = item_id[1:]
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return None
    table = {"p": "promise", "t": "touchpoint", "k": "step", "e": "escalation"}.get(item_id[0])
    if table is None:
        return int(number)
    return facts.account_of(reading, table, int(number))


def as_it_stands(reading: Reading, item: Item) -> Item:
    """A promise, a meeting or a check-in with the day that it has by now, due on it or not; others as they were."""
    from csm_tui.store.queries.as_it_stands import found

    if item.kind is ItemKind.CHECK_IN:
        return next((one for one in account_items(reading, item.account.account_id) if one.id == item.id), item)
    table, column = STANDS_IN.get(item.kind, ("", ""))
    rows = found(reading, table, {"id": item.row_id}) if table else []
    if not rows or rows[0][column] is None:
        return item
    on = date.fromisoformat(str(rows[0][column]))
    return item._replace(due_on=on, own_day=on)
