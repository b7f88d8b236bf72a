"""Working a due item: done, snoozed, moved, or it did not happen."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.actions import plan_items
from csm_tui.actions.meanwhile import not_booked, stands_as_seen, still_there
from csm_tui.actions.plan_talk import review_dated, review_gone, step_done_by
from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint, signs_told
from csm_tui.domain.cadence import covering
from csm_tui.domain.days import day_month, plausible, spoken
from csm_tui.domain.due import ESCALATION_LETTER, STEP_LETTER, Item, ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.domain.renewals import Alarm, year_on
from csm_tui.domain.touchpoints import REVIEW_KINDS, Direction, Kind, Signal, State
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.domain.logline import LogLine
    from csm_tui.store.verbs import Row, Writing


class DoneItem(NamedTuple):
    """An item that is done: with the line that logs it, or the day a renewal runs to, where one is needed; `checked`
    says that all checks of a step hold.
    """

    item: Item
    line: LogLine | None = None
    renewed_to: date | None = None
    checked: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it: a line that only books, or only tries, has closed nothing."""
        line, account = self.line, self.item.account.name
        of_step = self.item.id[0] == STEP_LETTER and line is not None and plan_items.closes(line)
        if line is not None and self.item.kind is not ItemKind.MEETING and not of_step:
            if line.state is State.BOOKED:
                return f"Book {line.kind} with {account}"
            if line.direction is not Direction.TWO_WAY:
                return f"Log {line.kind} with {account}"
        to = f", to {day_month(self.renewed_to)}" if self.renewed_to is not None else ""
        return f"Done: {self.item.what}{to} ({account})"


class SnoozeItem(NamedTuple):
    """An item put off to a day, with a reason."""

    item: Item
    until_on: date
    reason: str = ""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Snooze to {day_month(self.until_on)}: {self.item.what} ({self.item.account.name})"


class MoveItem(NamedTuple):
    """A promise, a step or a meeting moved to another day; a check-in moved is a call booked.

    With `shift` the later open steps of the same plan move by as many days.
    """

    item: Item
    to: date
    shift: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it."""
        later = " and the later steps" if self.shift else ""
        return f"Move to {day_month(self.to)}: {self.item.what}{later} ({self.item.account.name})"


class DropItem(NamedTuple):
    """A meeting that did not happen, a promise that will not be kept, a step or review skipped, an escalation ended."""

    item: Item
    reason: str = ""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        told = "Skip" if self.item.of_plan else "Did not happen"
        if self.item.id[0] == ESCALATION_LETTER:
            return f"Close the escalation of {self.item.account.name}"
        return f"{told}: {self.item.what} ({self.item.account.name})"


def alarm_of(item: Item) -> Alarm | None:
    """Which alarm an item is, from the letter of its id."""
    return Alarm(item.id[0]) if item.id[0] in set(Alarm) else None


def needs_line(item: Item) -> bool:
    """Whether being done means that somebody was talked to, so that a line must say what was said."""
    alarm = alarm_of(item)
    return (
        item.kind in {ItemKind.CHECK_IN, ItemKind.REVIEW}
        or item.id[0] == "s"
        or alarm in {Alarm.OPT_OUT, Alarm.TERMINATION}
    )


def needs_day(item: Item) -> bool:
    """Whether being done needs the day to which the account renewed."""
    return alarm_of(item) is Alarm.OUTCOME


def done_item(writing: Writing, wanted: DoneItem) -> None:
    """Close an item in the way of its kind. Raises Refusal, naming the way, where there is none or something lacks."""
    item = wanted.item
    still_there(writing, "account", item.account.account_id, item.account.name)
    if item.of_plan:
        plan_items.done(writing, item, wanted.line, checked=wanted.checked)
    elif wanted.checked:
        raise Refusal(f"“{item.what}” has no checks: they are those of a step.")
    elif item.kind is ItemKind.PROMISE:
        _close_promise(writing, item, "kept", None)
    elif item.kind is ItemKind.MEETING:
        _hold(writing, wanted)
    elif needs_day(item):
        _renew(writing, wanted)
    elif needs_line(item):
        _talk(writing, wanted)
    else:
        raise Refusal(f"“{item.what}” stays in sight for a week: snooze it to tomorrow, or log what you did about it.")


def _hold(writing: Writing, wanted: DoneItem) -> None:
    """A booked meeting took place; a line tells what was said, or that nobody came."""
    row = _still(writing, "touchpoint", wanted.item, state=str(State.BOOKED))
    if wanted.line is None:
        writing.change("touchpoint", wanted.item.row_id, state=str(State.HELD))
        signs_told(writing, wanted.item.row_id)
        step_done_by(writing, wanted.item.account.account_id, str(row["kind"]), wanted.item.due_on)
        return
    line = wanted.line._replace(kind=Kind(str(row["kind"])), day=wanted.item.due_on, state=State.HELD, kind_given=True)
    if line.unanswered:
        line = line._replace(state=State.MISSED, direction=Direction.TWO_WAY)
    account = wanted.item.account
    log_touchpoint(writing, LogTouchpoint(account.account_id, account.name, line, answers=wanted.item.row_id))


def _renew(writing: Writing, wanted: DoneItem) -> None:
    """The new term runs to a day; what was told about the old one is done with."""
    account, to = wanted.item.account, wanted.renewed_to
    if to is None:
        raise Refusal(
            f"To which day did {account.name} renew? Give it, such as {year_on(wanted.item.due_on).isoformat()}; "
            "or mark the account as churned."
        )
    if account.renewal_on is not None and to <= account.renewal_on:
        raise Refusal(f"The new renewal day must come after the old one, {day_month(account.renewal_on)}.")
    values: Row = {
        "renewal_on": plausible(to).isoformat(),
        "notice_served_on": None,
        "auto_renew_off_on": None,
    }
    writing.change("account", account.account_id, **values)
    plan_items.renewed(writing, account.account_id)


def _talk(writing: Writing, wanted: DoneItem) -> None:
    """Log the talk; held and two-way, for a renewal it is a #renewal talk whether or not the line says so."""
    item, line = wanted.item, wanted.line
    if line is None:
        raise Refusal(f"What was said? Log it: csm done {item.id} 'call @name what was said'.")
    held = line.state is State.HELD and line.direction is Direction.TWO_WAY
    if alarm_of(item) is not None and held and Signal.RENEWAL not in line.signals:
        line = line._replace(signals=(*line.signals, Signal.RENEWAL))
    log_touchpoint(writing, LogTouchpoint(item.account.account_id, item.account.name, line))


def snooze_item(writing: Writing, wanted: SnoozeItem) -> None:
    """Put an item off to a day to come; a must-do only to tomorrow (rules.md, Today)."""
    item, tomorrow = wanted.item, writing.today + timedelta(days=1)
    still_there(writing, "account", item.account.account_id, item.account.name)
    if wanted.until_on <= writing.today:
        raise Refusal("An item can be snoozed only to a day to come, such as tomorrow, fri or +3d.")
    if item.must_do and wanted.until_on > tomorrow:
        raise Refusal(
            f"“{item.what}” is a must-do: it can be snoozed only to tomorrow, {spoken(tomorrow, writing.today)}."
        )
    writing.add(
        "snooze", account_id=item.account.account_id, item=item.id, due_on=item.due_on.isoformat(),
        made_on=writing.today.isoformat(), until_on=plausible(wanted.until_on).isoformat(), reason=wanted.reason,
    )  # fmt: skip


def move_item(writing: Writing, wanted: MoveItem) -> None:
    """Give a promise or a meeting another day; book a call for a check-in. A renewal's days are the contract's."""
    item, to = wanted.item, plausible(wanted.to)
    still_there(writing, "account", item.account.account_id, item.account.name)
    if to < writing.today:
        raise Refusal("An item can be moved only to today or a day to come, such as fri or +3d.")
    if item.of_plan:
        plan_items.move(writing, item, to, shift=wanted.shift)
    elif item.kind is ItemKind.PROMISE:
        row = _still(writing, "promise", item, state="open")
        stands_as_seen(row["due_on"], item.own_day, to, item.what)
        writing.change("promise", item.row_id, due_on=to.isoformat())
    elif item.kind is ItemKind.MEETING or (item.standing is not None and item.standing.booked_on is not None):
        _move_meeting(writing, item, to)
    elif item.kind is ItemKind.CHECK_IN:
        _book(writing, item, to)
    else:
        raise Refusal(f"“{item.what}” has no day of its own to move: snooze it, or edit the account's renewal.")


def _move_meeting(writing: Writing, item: Item, to: date) -> None:
    if item.kind is ItemKind.MEETING:
        _still(writing, "touchpoint", item, state=str(State.BOOKED))
    row_id = item.row_id if item.kind is ItemKind.MEETING else _booked_row(writing, item)
    row = still_there(writing, "touchpoint", row_id, "The booking")
    stands_as_seen(row["day"], item.due_on, to, item.what)
    writing.change("touchpoint", row_id, day=to.isoformat())
    if row["kind"] in REVIEW_KINDS:
        review_dated(writing, item.account.account_id)


def _booked_row(writing: Writing, item: Item) -> int:
    """The booking that stands for a check-in."""
    found = writing.find(
        "touchpoint", account_id=item.account.account_id, state=str(State.BOOKED), day=item.due_on.isoformat(),
        direction=str(Direction.TWO_WAY),
    )  # fmt: skip
    if not found:
        raise Refusal(f"The booking of {item.account.name} has changed since it was shown: look again.")
    return int(found[0]["id"] or 0)


def _book(writing: Writing, item: Item, to: date) -> None:
    """A check-in is moved by booking a call, which covers it only up to the latest day."""
    latest = item.latest_on
    if to == writing.today:
        raise Refusal("A check-in that is due today is done by logging it (l), or put off by snoozing it (s).")
    if latest is not None and latest <= writing.today:
        raise Refusal(
            f"The latest day for {item.account.name} was {spoken(latest, writing.today)}: no booking covers that now. "
            f"Log what was said (l), book a call (l, {to:%d.%m} call), or snooze it (s)."
        )
    if latest is not None and to > latest:
        raise Refusal(
            f"The latest day for {item.account.name} is {spoken(latest, writing.today)}: "
            "book a day up to that one, or snooze it with a reason."
        )
    _not_booked_meanwhile(writing, item)
    writing.add(
        "touchpoint",
        account_id=item.account.account_id,
        day=to.isoformat(),
        kind=str(Kind.CALL),
        state=str(State.BOOKED),
        direction=str(Direction.TWO_WAY),
        summary="check-in",
    )


def _not_booked_meanwhile(writing: Writing, item: Item) -> None:
    """Refuse to book what is booked by now: the check-in was shown as one that nothing covers."""
    booked = writing.find(
        "touchpoint", account_id=item.account.account_id, state=str(State.BOOKED), direction=str(Direction.TWO_WAY)
    )
    days = [date.fromisoformat(str(row["day"])) for row in booked]
    last = item.latest_on or writing.today
    not_booked([day for day in days if covering(day, last, writing.today)], item.what)


def drop_item(writing: Writing, wanted: DropItem) -> None:
    """A meeting that did not happen was an attempt; a promise is released if it was ours, broken if it was theirs."""
    item = wanted.item
    if item.of_plan:
        plan_items.drop(writing, item, wanted.reason)
    elif item.kind is ItemKind.MEETING:
        row = _still(writing, "touchpoint", item, state=str(State.BOOKED))
        notes = "\n\n".join(str(text) for text in (row["notes"], wanted.reason) if text) or None
        writing.change("touchpoint", item.row_id, state=str(State.MISSED), notes=notes)
        review_gone(writing, row)
    elif item.kind is ItemKind.PROMISE:
        _close_promise(writing, item, "broken" if item.what.startswith("they") else "released", wanted.reason)
    else:
        raise Refusal(f"“{item.what}” cannot be skipped: log it, or snooze it.")


def _close_promise(writing: Writing, item: Item, state: str, reason: str | None) -> None:
    _still(writing, "promise", item, state="open")
    writing.change("promise", item.row_id, state=state, closed_on=writing.today.isoformat(), reason=reason)


def _still(writing: Writing, table: str, item: Item, state: str) -> Row:
    """The row as it stands now, refused when somebody else has closed it meanwhile."""
    found = writing.find(table, id=item.row_id, state=state)
    if not found:
        raise Refusal(f"“{item.what}” has been closed in the meantime: nothing was changed.")
    return found[0]
