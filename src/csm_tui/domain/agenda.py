"""What needs the CSM today: all kinds of due work in one ranked list.

The order is total, so the list never flickers; the score ranks and is no forecast (rules.md, Today).
"""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain import health, promises, ranking, renewals
from csm_tui.domain.accounts import AccountFacts, Band
from csm_tui.domain.cadence import Standing, rhythm, standing
from csm_tui.domain.days import LAST_DAY
from csm_tui.domain.due import Book, Group, Item, ItemKind, MeetingFacts, Snooze
from csm_tui.domain.policy import POLICY, MoneyPolicy, Policy
from csm_tui.domain.promises import PromiseFacts
from csm_tui.domain.renewals import Alarm
from csm_tui.domain.touchpoints import Side
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

SMALL_BOOK = 5
"""Of fewer accounts it is not said that too many must be done."""


def agenda(book: Book, today: date, policy: Policy = POLICY, horizon: date = date.max) -> list[Item]:
    """Everything due, ranked: must-dos by day, then the groups by score, with ties broken to a total order."""
    return ranked(due(book, today, policy, horizon))


def due(book: Book, today: date, policy: Policy = POLICY, horizon: date = date.max) -> list[Item]:
    """Everything due, in no order yet.

    Check-ins past the horizon are left out; what else the book holds was chosen by whoever filled it.
    """
    active = {key: account for key, account in book.accounts.items() if account.is_active(today)}
    sheet = Sheet(book, today, policy)
    for account in active.values():
        _put_account(sheet, account, horizon)
    for promise in book.promises:
        if promise.account_id in active:
            _put_promise(sheet, promise, active[promise.account_id])
    for meeting in book.meetings:
        if meeting.account_id in active:
            _put_meeting(sheet, meeting, active[meeting.account_id])
    if any(book.plans):
        from csm_tui.domain.agenda_plans import put_plans  # most books' mornings go without

        put_plans(sheet, book.plans, active, horizon)
    return sheet.items


def at_stake(account: AccountFacts, median_arr: tuple[int, str] | None, money: MoneyPolicy) -> tuple[int, str]:
    """What is at stake, in the currency of sums where there is a rate, so that amounts rank beside each other.

    The median that stands in for an amount is of the currency that it was taken over, whatever the account's is.
    """
    if account.arr_cents is None:
        return median_arr or (ranking.NO_ARR_CENTS, account.currency)
    return money.worth(account.arr_cents, account.currency)


def ranked(items: Iterable[Item], most: int | None = None) -> list[Item]:
    """The items in their order, or the first few of them; what stands in a group past those is not even weighed."""
    groups: dict[Group, list[Item]] = {group: [] for group in Group}
    for item in items:
        groups[item.group].append(item)
    found: list[Item] = []
    for group in groups.values():
        if most is not None and len(found) >= most:
            break
        found += sorted(group, key=_place)
    return found[:most]


def needs_step(account: AccountFacts) -> bool:
    """At risk, by the pulse or by an open risk, with no step agreed for any day."""
    at_risk = health.band_by_hand(account.pulse) is Band.AT_RISK or account.risk_opened_on is not None
    return at_risk and account.next_step_on is None


def too_many(items: Iterable[Item], accounts: int, policy: Policy = POLICY) -> bool:
    """More than a third of the book is must-do: the thresholds, not the customers, are wrong. Of a few accounts any
    one may be more than a third, and says nothing of thresholds.
    """
    urgent = {item.account.account_id for item in items if item.group is Group.MUST_DO}
    return accounts >= SMALL_BOOK and len(urgent) * policy.agenda.too_many > accounts


class Sheet:
    """The list of one day as it is filled: what is due becomes an item, which a snooze that holds puts off."""

    def __init__(self, book: Book, today: date, policy: Policy) -> None:
        self.today = today
        self.policy = policy
        self.items: list[Item] = []
        self._snoozes = book.snoozes
        self._median = book.median_arr
        self._week_ends = min(LAST_DAY, today + timedelta(days=policy.agenda.week))
        self._stakes: dict[int, tuple[int, str]] = {}

    def put(
        self,
        letter: str,
        kind: ItemKind,
        account: AccountFacts,
        *,
        what: str,
        due_on: date,
        quarters: int,
        must_do: str = "",
        row_id: int | None = None,
        own_day: date | None = None,
        owed: Standing | None = None,
        waiting: bool = False,
    ) -> None:
        """Put a thing on the list; without a row of its own it stands for its account."""
        number = account.account_id if row_id is None else row_id
        group = Group.MUST_DO if must_do else self._group(due_on)
        value, currency = self._stakes.get(account.account_id) or self._stake(account)
        item = Item(
            f"{letter}{number}", kind, account, number, what, due_on, group, must_do,
            self.today, value, quarters, own_day, owed, None, currency, waiting,
        )  # fmt: skip
        snooze = self._snoozes.get(item.id)
        if snooze is not None and holds(snooze, item, self.today):
            item = item._replace(snoozed=snooze)
            item = item._replace(group=self._group(item.shown_on))
        self.items.append(item)

    def _stake(self, account: AccountFacts) -> tuple[int, str]:
        """What is at stake at an account, worked out once however much is due there."""
        found = self._stakes[account.account_id] = at_stake(account, self._median, self.policy.money)
        return found

    def _group(self, due_on: date) -> Group:
        if due_on < self.today:
            return Group.OVERDUE
        if due_on == self.today:
            return Group.TODAY
        return Group.THIS_WEEK if due_on <= self._week_ends else Group.LATER


def _put_account(sheet: Sheet, account: AccountFacts, horizon: date) -> None:
    for raised in renewals.alarms(account, sheet.today, sheet.policy.renewals):
        kind, what = ALARM_WORDS[raised.alarm]
        quarters = ranking.RENEWAL_QUARTERS
        sheet.put(raised.alarm, kind, account, what=what, due_on=raised.on, quarters=quarters, must_do=raised.why)
    _put_check_in(sheet, account, horizon)
    if needs_step(account):
        on = account.risk_opened_on or account.pulse_on or sheet.today
        what, quarters = "at risk: agree a next step", ranking.RESCUE_QUARTERS
        sheet.put("s", ItemKind.STEP, account, what=what, due_on=on, quarters=quarters, must_do=STEP_WANTED)


STEP_WANTED = "The account is at risk and no next step has a day: log a promise, book a meeting, or begin its recovery."

ALARM_WORDS = {
    Alarm.OPT_OUT: (ItemKind.RENEWAL, "opt-out day: talk renewal"),
    Alarm.OUTCOME: (ItemKind.RENEWAL, "record the renewal"),
    Alarm.NOTICE: (ItemKind.RENEWAL, "notice was served"),
    Alarm.AUTO_RENEW: (ItemKind.RENEWAL, "auto-renew switched off"),
    Alarm.TERMINATION: (ItemKind.ESCALATION, "termination was mentioned"),
}


def _put_check_in(sheet: Sheet, account: AccountFacts, horizon: date) -> None:
    owed = standing(account, sheet.today, sheet.policy.cadence)
    on = owed.booked_on or owed.ideal_on
    if on > horizon or owed.booked_on == sheet.today:
        return
    what = "check-in, booked" if owed.booked_on is not None else f"check-in, {rhythm(owed.interval)}"
    quarters = ranking.CHECK_IN_QUARTERS
    sheet.put("c", ItemKind.CHECK_IN, account, what=what, due_on=on, quarters=quarters, owed=owed)


def _put_promise(sheet: Sheet, promise: PromiseFacts, account: AccountFacts) -> None:
    ours = promise.side is Side.OURS
    sheet.put(
        "p", ItemKind.PROMISE, account, row_id=promise.promise_id, own_day=promise.due_on,
        what=f"{'promise' if ours else 'they owe'}: {promise.what}", due_on=promise.due_on or LAST_DAY,
        quarters=ranking.DELIVERY_QUARTERS if ours else ranking.CHASE_QUARTERS,
        must_do="Our promise is past its day." if promises.is_must_do(promise, sheet.today) else "",
    )  # fmt: skip


def _put_meeting(sheet: Sheet, meeting: MeetingFacts, account: AccountFacts) -> None:
    late = sheet.today.toordinal() - meeting.day.toordinal()
    must = f"The booked {meeting.kind} is unanswered for {late} days."
    sheet.put(
        "t", ItemKind.MEETING, account, row_id=meeting.touchpoint_id, due_on=meeting.day,
        what=f"{meeting.kind}: held?{' ' if meeting.summary else ''}{meeting.summary}",
        quarters=ranking.CHASE_QUARTERS, must_do=must if late >= sheet.policy.agenda.meeting_unanswered else "",
    )  # fmt: skip


def holds(snooze: Snooze, item: Item, today: date) -> bool:
    """A snooze holds until its day, for the due day it was made for; a must-do can be put off only to the next day."""
    if snooze.until_on <= today or snooze.due_on != item.due_on:
        return False
    return not item.must_do or snooze.until_on - snooze.made_on <= timedelta(days=1)


def _place(item: Item) -> tuple[int, date, int, date, str, str]:
    """Where an item stands in its group: score (must-dos: none), day, ARR, silence, name, id."""
    account, numbers = item.account, item.factors
    points = 0 if item.group is Group.MUST_DO else -ranking.score(numbers)
    return points, item.due_on, -numbers.arr_cents, account.last_two_way_on or date.min, account.name, item.id
