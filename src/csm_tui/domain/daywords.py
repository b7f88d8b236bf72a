"""The words for a day that a CSM types: `fri`, `+3d`, `28.11`, `eow`; each is read against today alone.

A word that is not of date form answers None; a word of date form that names no day is refused. Any case is
accepted. Only the digits 0 to 9 count as digits.
"""

from __future__ import annotations

from datetime import date, timedelta

from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
FIRST_YEAR, LAST_YEAR = 1900, 2199
DAYS_BACK, DAYS_AHEAD = 92, 60
"""How far a touchpoint's `14.11`, written without a year, may lie from today."""

_WEEKDAY = {name[:length]: n for n, name in enumerate(WEEKDAYS) for length in (3, len(name))}
_NEAR = {"yesterday": -1, "today": 0, "tomorrow": 1}
_FRIDAY = 4
_MOST_DIGITS = 6


class ImpossibleDay(Refusal):
    """A word of date form that names no day, such as 2026-02-30."""

    def __init__(self, word: str) -> None:
        known = f"a day from {FIRST_YEAR} to {LAST_YEAR}"
        super().__init__(f"“{word}” is not {known}: write one such as fri, 28.11, +3d or 2026-11-28.")
        self.word = word


def ahead(word: str, today: date) -> date | None:
    """A day to come, as promises and date fields have it.

    `today`, `tomorrow`; `+3d`, `+2w`, `+1m` (the same day of a later month, or its last one); a weekday,
    short or in full, is the next one after today; `eow` is the first Friday on or after today; `eom` the last
    day of this month; `28.11` the next such day, today included; `28.11.2026` and `2026-11-28`.
    Raises ImpossibleDay.
    """
    named = word.lower()
    if named in _WEEKDAY:
        return _after(word, today, (_WEEKDAY[named] - today.weekday() - 1) % 7 + 1)
    if named in ("today", "tomorrow"):
        return _after(word, today, int(named == "tomorrow"))
    if named == "eow":
        return _after(word, today, (_FRIDAY - today.weekday()) % 7)
    if named == "eom":
        return today.replace(day=_month_length(today.year, today.month))
    if named[:1] == "+":
        return _counted(word, today)
    return _day_and_month_ahead(named, today) or _full_date(word)


def back(word: str, today: date) -> date | None:
    """The day of a touchpoint, as the head of the log line has it.

    `today`, `yesterday`, `-3d`; a weekday is the latest one up to today; `14.11` is a day only within the
    last 92 or the next 60 days; `14.11.2026` and `2026-11-14` may lie in the future and then book, as `tomorrow`,
    `+3d` and `+2w` do (`+1m` is money). Raises ImpossibleDay.
    """
    named = word.lower()
    if named in _WEEKDAY:
        return _after(word, today, -((today.weekday() - _WEEKDAY[named]) % 7))
    if named in _NEAR:
        return _after(word, today, _NEAR[named])
    if named[:1] + named[-1:] in ("-d", "+d", "+w"):
        return _counted(word, today)
    return _day_and_month_near(named, today) or _full_date(word)


def either(word: str, today: date) -> date | None:
    """The day of a field that may lie on either side of today, such as a renewal.

    All words of `ahead`, and `yesterday`, `-3d`, `-2w`, `-1m`. Raises ImpossibleDay.
    """
    named = word.lower()
    if named == "yesterday":
        return _after(word, today, -1)
    if named[:1] == "-":
        return _counted(word, today)
    return ahead(word, today)


def nearest(word: str, today: date) -> date | None:
    """The day of a fact of about now, such as a start: as `either`, but `28.11` is the one nearest to today.

    Raises ImpossibleDay.
    """
    days = _days_and_month(word, range(today.year - 8, today.year + 9))
    return min(days, key=lambda day: abs((day - today).days), default=None) or either(word, today)


def gone_by(word: str, today: date) -> date | None:
    """The day of what has come about, such as a notice or a farewell: as `either`, but `28.11` and a weekday are the
    latest such day up to today. Raises ImpossibleDay.
    """
    if word.lower() in _WEEKDAY:
        return back(word, today)
    days = _days_and_month(word, range(today.year, today.year - 9, -1))
    return next((day for day in days if day <= today), None) or either(word, today)


def clock_time(word: str) -> str | None:
    """A time of day from 00:00 to 23:59, written `14:20` or `9:05`, as two digits, a colon and two digits."""
    hours, colon, minutes = word.partition(":")
    if not colon or not 1 <= len(hours) <= 2 or len(minutes) != 2:
        return None
    if not _is_number(hours) or not _is_number(minutes) or int(hours) > 23 or int(minutes) > 59:
        return None
    return f"{int(hours):02}:{minutes}"


def _counted(word: str, today: date) -> date | None:
    """So many days, weeks or months from today: `+3d`, `-2w`, `+1m`."""
    number, unit = word[1:-1], word[-1:].lower()
    if unit not in ("d", "w", "m") or not _is_number(number):
        return None
    if len(number) > _MOST_DIGITS:
        raise ImpossibleDay(word)
    count = -int(number) if word[0] == "-" else int(number)
    if unit == "m":
        return _months_after(word, today, count)
    return _after(word, today, count * 7 if unit == "w" else count)


def _after(word: str, today: date, days: int) -> date:
    try:
        return _in_reach(word, today + timedelta(days=days))
    except OverflowError:
        raise ImpossibleDay(word) from None


def _months_after(word: str, today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ImpossibleDay(word)
    return date(year, month + 1, min(today.day, _month_length(year, month + 1)))


def _full_date(word: str) -> date | None:
    """`2026-11-28` or `28.11.2026`: the only forms that carry a year."""
    parts = word.split("-") if "-" in word else word.split(".")[::-1]
    if len(parts) != 3 or not all(_is_number(part) for part in parts):
        return None
    shortest = 2 if "-" in word else 1
    if len(parts[0]) != 4 or not all(shortest <= len(part) <= 2 for part in parts[1:]):
        return None
    day = _day(int(parts[0]), int(parts[1]), int(parts[2]))
    if day is None:
        raise ImpossibleDay(word)
    return _in_reach(word, day)


def _day_and_month(word: str) -> tuple[int, int] | None:
    """`28.11` as 28 and 11. It is a date only where it names a day: `45.13` is a word."""
    day, dot, month = word.partition(".")
    if not dot or not all(_is_number(part) and len(part) <= 2 for part in (day, month)):
        return None
    return int(day), int(month)


def _day_and_month_ahead(word: str, today: date) -> date | None:
    """The next such day from today on; 29.2 may be eight years away."""
    days = _days_and_month(word, range(today.year, today.year + 9))
    return next((day for day in days if today <= day), None)


def _day_and_month_near(word: str, today: date) -> date | None:
    days = _days_and_month(word, (today.year, today.year - 1, today.year + 1))
    return next((day for day in days if -DAYS_BACK <= (day - today).days <= DAYS_AHEAD), None)


def _days_and_month(word: str, years: Iterable[int]) -> list[date]:
    """`28.11` in each of some years that has such a day; nothing for another word."""
    if (found := _day_and_month(word)) is None:
        return []
    days = (_day(year, found[1], found[0]) for year in years if FIRST_YEAR <= year <= LAST_YEAR)
    return [day for day in days if day]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _in_reach(word: str, day: date) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ImpossibleDay(word)
    return day


def _month_length(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(days=1)).day


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit()
