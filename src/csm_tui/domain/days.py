"""One calendar for every rule: which days are working days, and how a due day moves on to one."""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.errors import Refusal
from csm_tui.typed import NamedTuple

ONE_DAY = timedelta(days=1)
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
"""Days outside these are typing mistakes; inside them no sum of a day and an interval can overflow."""

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Calendar(NamedTuple):
    """Which days are not worked: weekdays by number (Monday 0) and single days off."""

    weekend: frozenset[int] = frozenset({5, 6})
    days_off: frozenset[date] = frozenset()

    def works(self, day: date) -> bool:
        """A working day is neither in the weekend nor a day off."""
        return day.weekday() not in self.weekend and day not in self.days_off

    def forward(self, day: date) -> date:
        """The day itself, or the next working day after it."""
        while not self.works(day):
            day += ONE_DAY
        return day

    def back(self, day: date) -> date:
        """The day itself, or the last working day before it."""
        while not self.works(day):
            day -= ONE_DAY
        return day

    def first_after(self, day: date) -> date:
        """The first working day after a day."""
        return self.forward(day + ONE_DAY)

    def reach(self, day: date) -> date:
        """The last day which, moved back to a working day, falls on or before the day given."""
        while not self.works(day + ONE_DAY):
            day += ONE_DAY
        return day


STANDARD = Calendar()


def calendar(weekend: frozenset[int], days_off: frozenset[date]) -> Calendar:
    """A calendar that has working days; a week of seven free days is refused."""
    if len(weekend) >= len(WEEKDAYS):
        raise Refusal("A week needs at least one working day: take a day out of `weekend`.")
    return Calendar(weekend, days_off)


def plausible(day: date) -> date:
    """The day itself, refused when its year is a typing mistake."""
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise Refusal(f"The year {day.year} is out of range: use a year from 1900 to 2199.")


def days_between(earlier: date, later: date) -> int:
    """Calendar days from one day to another; negative when the second comes first."""
    return later.toordinal() - earlier.toordinal()


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_month(day: date, today: date | None = None) -> str:
    """`2 Nov`, with its year where that is not today's or no today is given."""
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if today is not None and day.year == today.year else f"{text} {day.year}"


def spoken(day: date, today: date) -> str:
    """A day as a sentence says it: `today`, else `Mon 2 Nov`, with the year where it is another."""
    if day == today:
        return "today"
    return f"{WEEKDAYS[day.weekday()]} {day_month(day, today)}"
