"""What needs the CSM today: all kinds of due work in one ranked list, each with the sentences that say why.

The order is total, so the list never flickers; the score ranks and is no forecast (rules.md, Today).
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from csm_tui.domain import health, promises, ranking, renewals
from csm_tui.domain.accounts import AccountFacts, Band
from csm_tui.domain.cadence import POLICY, CadencePolicy, Standing, because, rhythm, standing
from csm_tui.domain.days import spoken
from csm_tui.domain.promises import PromiseFacts
from csm_tui.domain.ranking import Factors
from csm_tui.domain.renewals import Alarm
from csm_tui.domain.touchpoints import Kind, Side

WEEK = 7
MEETING_UNANSWERED = 2
TOO_MANY = 3
"""Must-dos in more than one account out of three say that the thresholds are wrong."""


class ItemKind(StrEnum):
    """What sort of work is due."""

    CHECK_IN = "check_in"
    PROMISE = "promise"
    MEETING = "meeting"
    STEP = "step"
    REVIEW = "review"
    RENEWAL = "renewal"
    ESCALATION = "escalation"


class Group(StrEnum):
    """The parts of the list, in their order."""

    MUST_DO = "must_do"
    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


ORDER = {group: place for place, group in enumerate(Group)}


class MeetingFacts(NamedTuple):
    """A booked two-way touchpoint whose day has come."""

    touchpoint_id: int
    account_id: int
    kind: Kind
    day: date
    summary: str = ""


class Snooze(NamedTuple):
    """An item put off to a day; it holds for the due day it was made for, and no longer."""

    item: str
    due_on: date
    made_on: date
    until_on: date
    reason: str = ""


class Item(NamedTuple):
    """One thing that is due, with all that its row and its why need."""

    id: str
    kind: ItemKind
    account: AccountFacts
    what: str
    due_on: date
    latest_on: date | None
    days_late: int
    group: Group
    must_do: str
    factors: Factors
    score: int
    standing: Standing | None = None
    snoozed: Snooze | None = None
    row_id: int = 0

    @property
    def shown_on(self) -> date:
        """The day under which it stands: its own, or the one it was snoozed to if that is later; a must-do comes back then."""
        if self.snoozed is None:
            return self.due_on
        return self.snoozed.until_on if self.must_do else max(self.snoozed.until_on, self.due_on)


class Book(NamedTuple):
    """The facts of everything that may be due: accounts by id, promises with a day, booked meetings, snoozes by item."""

    accounts: dict[int, AccountFacts]
    promises: list[PromiseFacts]
    meetings: list[MeetingFacts]
    snoozes: dict[str, Snooze]
    median_arr_cents: int | None


def agenda(book: Book, today: date, policy: CadencePolicy = POLICY, horizon: date = date.max) -> list[Item]:
    """Everything due, ranked: must-dos by day, then the groups by score, with ties broken to a total order.

    Check-ins past the horizon are left out; what else the book holds was chosen by whoever filled it.
    """
    active = {
        key: account for key, account in book.accounts.items() if account.churned_on is None or account.churned_on > today
    }
    found = [item for account in active.values() for item in _of_account(account, book, today, policy, horizon)]
    found += [_promise(promise, book, today) for promise in book.promises if promise.account_id in active]
    found += [_meeting(meeting, book, today) for meeting in book.meetings if meeting.account_id in active]
    found.sort(key=_place)
    return found


def needs_step(account: AccountFacts) -> bool:
    """At risk, by the pulse or by an open risk, with no step agreed for any day."""
    at_risk = health.band_by_hand(account.pulse) is Band.AT_RISK or account.risk_opened_on is not None
    return at_risk and account.next_step_on is None


def too_many(items: list[Item], accounts: int) -> bool:
    """More than a third of the book is must-do: the thresholds, not the customers, are wrong."""
    urgent = {item.account.account_id for item in items if item.group is Group.MUST_DO}
    return len(urgent) * TOO_MANY > accounts


def _of_account(account: AccountFacts, book: Book, today: date, policy: CadencePolicy, horizon: date) -> list[Item]:
    found = [_alarm(account, raised, book, today) for raised in renewals.alarms(account, today)]
    check_in = _check_in(account, book, today, policy, horizon)
    if check_in is not None:
        found.append(check_in)
    if needs_step(account):
        found.append(_step(account, book, today))
    return found


def _check_in(account: AccountFacts, book: Book, today: date, policy: CadencePolicy, horizon: date) -> Item | None:
    owed = standing(account, today, policy)
    due = owed.booked_on or owed.ideal_on
    if owed.booked_on == today or due > horizon:
        return None
    what = "check-in, booked" if owed.booked_on is not None else f"check-in, {rhythm(owed.interval)}"
    numbers = ranking.factors(account, ranking.CHECK_IN_QUARTERS, today, book.median_arr_cents)
    item = Item(
        f"c{account.account_id}", ItemKind.CHECK_IN, account, what, due, owed.latest_on, owed.days_late,
        _group(due, today), "", numbers, ranking.score(numbers), owed, None, account.account_id,
    )  # fmt: skip
    return _put_off(item, book, today)


ALARM_WORDS = {
    Alarm.OPT_OUT: (ItemKind.RENEWAL, "opt-out day: talk renewal"),
    Alarm.OUTCOME: (ItemKind.RENEWAL, "record the renewal"),
    Alarm.NOTICE: (ItemKind.RENEWAL, "notice was served"),
    Alarm.AUTO_RENEW: (ItemKind.RENEWAL, "auto-renew switched off"),
    Alarm.TERMINATION: (ItemKind.ESCALATION, "termination was mentioned"),
}


def _alarm(account: AccountFacts, raised: renewals.Raised, book: Book, today: date) -> Item:
    kind, what = ALARM_WORDS[raised.alarm]
    numbers = ranking.factors(account, ranking.RENEWAL_QUARTERS, today, book.median_arr_cents)
    return _urgent(account, f"{raised.alarm}{account.account_id}", kind, what, raised.on, raised.why, numbers, book, today)


def _step(account: AccountFacts, book: Book, today: date) -> Item:
    on = account.risk_opened_on or account.pulse_on or today
    why = "The account is at risk and no next step has a day: log a promise or book a meeting."
    numbers = ranking.factors(account, ranking.RESCUE_QUARTERS, today, book.median_arr_cents)
    what = "at risk: agree a next step"
    return _urgent(account, f"s{account.account_id}", ItemKind.STEP, what, on, why, numbers, book, today)


def _urgent(
    account: AccountFacts, item_id: str, kind: ItemKind, what: str, on: date, why: str, numbers: Factors, book: Book, today: date
) -> Item:  # fmt: skip
    item = Item(
        item_id, kind, account, what, on, None, max(0, today.toordinal() - on.toordinal()),
        Group.MUST_DO, why, numbers, ranking.score(numbers), None, None, account.account_id,
    )  # fmt: skip
    return _put_off(item, book, today)


def _promise(promise: PromiseFacts, book: Book, today: date) -> Item:
    account, due = book.accounts[promise.account_id], promise.due_on or today
    ours = promise.side is Side.OURS
    must = "Our promise is past its day." if ours and promises.is_overdue(promise, today) else ""
    quarters = ranking.DELIVERY_QUARTERS if ours else ranking.CHASE_QUARTERS
    numbers = ranking.factors(account, quarters, today, book.median_arr_cents, due)
    item = Item(
        f"p{promise.promise_id}", ItemKind.PROMISE, account, f"{'promise' if ours else 'they owe'}: {promise.what}",
        due, None, promises.days_late(promise, today),
        Group.MUST_DO if must else _group(due, today), must, numbers, ranking.score(numbers), None, None, promise.promise_id,
    )  # fmt: skip
    return _put_off(item, book, today)


def _meeting(meeting: MeetingFacts, book: Book, today: date) -> Item:
    account, late = book.accounts[meeting.account_id], today.toordinal() - meeting.day.toordinal()
    must = f"The booked {meeting.kind} is unanswered for {late} days." if late >= MEETING_UNANSWERED else ""
    numbers = ranking.factors(account, ranking.CHASE_QUARTERS, today, book.median_arr_cents)
    about = f" {meeting.summary}" if meeting.summary else ""
    item = Item(
        f"t{meeting.touchpoint_id}", ItemKind.MEETING, account, f"{meeting.kind}: held?{about}", meeting.day, None, max(0, late),
        Group.MUST_DO if must else _group(meeting.day, today), must, numbers, ranking.score(numbers), None, None,
        meeting.touchpoint_id,
    )  # fmt: skip
    return _put_off(item, book, today)


def _group(due: date, today: date) -> Group:
    if due < today:
        return Group.OVERDUE
    if due == today:
        return Group.TODAY
    return Group.THIS_WEEK if due.toordinal() - today.toordinal() <= WEEK else Group.LATER


def _put_off(item: Item, book: Book, today: date) -> Item:
    """The item under the day it was snoozed to, while that snooze holds; never before its own day."""
    snooze = book.snoozes.get(item.id)
    if snooze is None or not holds(snooze, item, today):
        return item
    put_off = item._replace(snoozed=snooze)
    return put_off._replace(group=_group(put_off.shown_on, today))


def holds(snooze: Snooze, item: Item, today: date) -> bool:
    """A snooze holds until its day, for the due day it was made for; a must-do can be put off only to the next day."""
    if snooze.until_on <= today or snooze.due_on != item.due_on:
        return False
    return not item.must_do or snooze.until_on - snooze.made_on <= timedelta(days=1)


def _place(item: Item) -> tuple[int, int, date, int, date, str, str]:
    """Where an item stands: group, score (must-dos: none), day, ARR, silence, name, id."""
    account = item.account
    points = 0 if item.group is Group.MUST_DO else -item.score
    silence = account.last_two_way_on or date.min
    return ORDER[item.group], points, item.due_on, -item.factors.arr_cents, silence, account.name, item.id


def why(item: Item, today: date) -> tuple[str, ...]:
    """The sentences behind a row: why it is due, why it may not wait, and how its score came about."""
    told: list[str] = []
    if item.must_do:
        told.append(f"Must-do: {item.must_do}")
    if item.standing is not None:
        told.append(_cadence_sentence(item.account, item.standing, today))
    elif item.kind is ItemKind.PROMISE:
        told.append(f"The day given was {spoken(item.due_on, today)}.")
    if item.snoozed is not None:
        reason = f": {item.snoozed.reason}" if item.snoozed.reason else ""
        told.append(f"Snoozed to {spoken(item.snoozed.until_on, today)}{reason}.")
    return (*told, *ranking.arithmetic(item.factors, item.account.currency, today))


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
