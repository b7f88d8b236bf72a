"""Dates, money, lateness and bands as the words and glyphs of a row; colour only repeats them."""

from __future__ import annotations

from csm_tui.domain.accounts import Band
from csm_tui.domain.days import LAST_DAY, WEEKDAYS, day_month
from csm_tui.domain.due import Group
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from csm_tui.domain.due import Item
    from csm_tui.domain.figure import Median, Share

GROUPS = {
    Group.MUST_DO: "MUST DO",
    Group.OVERDUE: "OVERDUE",
    Group.TODAY: "TODAY",
    Group.THIS_WEEK: "THIS WEEK",
    Group.LATER: "LATER",
}

BY_HAND = {Band.HEALTHY: "◌", Band.WATCH: "◇", Band.AT_RISK: "△", Band.NONE: "○"}
"""Hollow: the band is the CSM's own pulse, not a score."""

BAND_ROLES = {Band.HEALTHY: "success", Band.WATCH: "warning", Band.AT_RISK: "error", Band.NONE: "muted"}
NEAR_DAYS = 6
"""So far ahead a day goes by its weekday."""
RENEWAL_NEAR, RENEWAL_SOON = 30, 90


def when(due: date, today: date) -> str:
    """A due day as a row says it: `6 d late`, `today`, `Mon 23` in the week to come, else `9 Dec`."""
    if due == LAST_DAY:
        return "no day"
    days = due.toordinal() - today.toordinal()
    if days < 0:
        return f"{-days} d late"
    if days == 0:
        return "today"
    if days <= NEAR_DAYS:
        return f"{WEEKDAYS[due.weekday()]} {due.day}"
    return day_month(due, today)


def item_when(item: Item, today: date) -> str:
    """When an item is due, or until when it was put off."""
    if item.snoozed is not None:
        return f"zz {when(item.shown_on, today)}"
    return when(item.due_on, today)


def item_when_in(width: int, item: Item, today: date) -> str:
    """The same in so many columns: what has no room is the year, which nobody takes for another so near."""
    told = item_when(item, today)
    return told if len(told) <= width else told.removesuffix(f" {item.shown_on.year}")


def when_role(due: date, latest: date | None, today: date) -> str:
    """Past its latest day red, past its ideal amber, today amber, later quiet."""
    if due < today:
        return "warning" if latest is not None and today <= latest else "error"
    return "warning" if due == today else "muted"


def renewal_role(on: date, today: date) -> str:
    """A renewal within a month red, within a quarter amber, later quiet."""
    days = on.toordinal() - today.toordinal()
    return "error" if days <= RENEWAL_NEAR else "warning" if days <= RENEWAL_SOON else "muted"


def ago(day: date | None, today: date) -> str:
    """How long since a day: `19 d`, `today`, `never`; `not yet` where the clock has been set back before it."""
    if day is None:
        return "never"
    days = today.toordinal() - day.toordinal()
    return "today" if days == 0 else f"{days} d" if days > 0 else "not yet"


def until(day: date, today: date) -> str:
    """How long to a day: `in 85 d`, `today`, `3 d ago`."""
    days = day.toordinal() - today.toordinal()
    if days == 0:
        return "today"
    return f"in {days} d" if days > 0 else f"{-days} d ago"


def plural(count: int, one: str, many: str = "") -> str:
    """`1 account`, `42 accounts`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def share(one: Share) -> str:
    """A share as a row says it: `92 %`, `67 % (n 3)` of few, `–` of none."""
    if one.percent is None:
        return "–"
    return f"{one.percent} % (n {one.whole})" if one.few else f"{one.percent} %"


def share_role(one: Share, goal: int) -> str:
    """The colour of a share held to a goal; of few it takes none."""
    return "dim" if one.few else "success" if one.meets(goal) else "warning"


def first_days(on_time: Share, to_value: Median, goal: int) -> list[str]:
    """How the first 90 days went in the last year: `month 1 on time 92 %, goal 90 %`, `first value after 21 d`."""
    from csm_tui.domain.figure import FEW

    told = [f"month 1 on time {share(on_time)}, goal {goal} %"]
    if to_value.days is not None:
        few = f" (n {to_value.number})" if to_value.number < FEW else ""
        told.append(f"first value after {to_value.days:g} d{few}")
    return told


def full_day(day: date) -> str:
    """A day in full: `Saturday 21 November 2026`."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def since_when(moment: datetime, today: date) -> str:
    """A moment of a look as a sentence says it: `yesterday 17:40`, `Fri 17:40`, `2 Nov 17:40`."""
    days = today.toordinal() - moment.date().toordinal()
    near = {0: "today", 1: "yesterday"}.get(days) or (
        WEEKDAYS[moment.weekday()] if 0 < days <= NEAR_DAYS else day_month(moment.date(), today)
    )
    return f"{near} {moment:%H:%M}"


def since_counts(due: int, deeds: int, decisions: int) -> str:
    """What came about, counted: `3 fell due, 2 done elsewhere, 1 decision day in range`."""
    told = [
        f"{due:,} fell due" if due else "",
        f"{deeds:,} done elsewhere" if deeds else "",
        f"{plural(decisions, 'decision day')} in range" if decisions else "",
    ]
    return ", ".join(part for part in told if part) or "nothing new"
