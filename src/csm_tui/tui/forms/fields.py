"""The fields of a form: what stands in one, how its text is read, how that is told, and what it completes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain import money
from csm_tui.domain.days import WEEKDAYS, day_month
from csm_tui.domain.daywords import ahead, back, clock_time, either, gone_by
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.domain.numbers import whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from csm_tui.store.verbs import Row

    Reader = Callable[[str, "Said"], "Read"]

DAYS_HINT = "a day: fri, +2w, eom, 28.11, 2026-11-28"


class Said(NamedTuple):
    """The day, and what stands in all fields of the form."""

    today: date
    texts: Mapping[str, str]


class Read(NamedTuple):
    """What a text was read as: columns with their values, and how that is told (empty where it goes without saying)."""

    values: Row
    echo: str = ""


class Field(NamedTuple):
    """One field: its name, its label, how it is read, what stands in it, what it completes to, what it may hold.

    A `long` one may have several lines; a `many` one holds several words to complete, with commas.
    """

    name: str
    label: str
    read: Reader
    text: str = ""
    choices: tuple[str, ...] = ()
    hint: str = ""
    long: bool = False
    many: bool = False


def completed(text: str, choices: Sequence[str], *, many: bool = False) -> str | None:
    """The text with its last word made whole by the first choice that begins so; None where none does."""
    head, comma, last = text.rpartition(",") if many else ("", "", text)
    begun = last.lstrip()
    if not begun:
        return None
    for choice in choices:
        if folded(choice).startswith(folded(begun)) and choice != begun:
            return f"{head}{comma}{last[: len(last) - len(begun)]}{choice}"
    return None


def words(column: str, needed: str = "") -> Reader:
    """Words as they are; `needed` is the sentence for none."""

    def read(text: str, _said: Said) -> Read:
        if needed and not text.strip():
            raise Refusal(needed)
        return Read({column: text.strip() or None})

    return read


def day(column: str, reads: Callable[[str, date], date | None] = either, needed: str = "") -> Reader:
    """A day, told as it was read."""

    def read(text: str, said: Said) -> Read:
        word = text.strip()
        if not word:
            if needed:
                raise Refusal(needed)
            return Read({column: None})
        found = reads(word, said.today)
        if found is None:
            raise Refusal(f"“{word}” is not a day yet: fri, +2w, eom, 28.11, 2026-11-28.")
        return Read({column: found.isoformat()}, _told(found, said.today))

    return read


def _told(found: date, today: date) -> str:
    days = (found - today).days
    far = "today" if not days else f"in {days:,} d" if days > 0 else f"{-days:,} d ago"
    return f"{WEEKDAYS[found.weekday()]} {day_month(found)} · {far}"


def day_to_come(column: str, needed: str = "") -> Reader:
    """A day to come, as a promise has it, or a step, which needs one."""
    return day(column, ahead, needed)


def day_gone_by(column: str, needed: str) -> Reader:
    """The day of a touchpoint: a weekday is the latest one."""
    return day(column, lambda word, today: back(word, today) or gone_by(word, today), needed)


def number(column: str, what: str) -> Reader:
    """A whole number of 0 or more, told with its unit."""

    def read(text: str, _said: Said) -> Read:
        if not text.strip():
            return Read({column: None})
        found = whole(text)
        if found is None:
            raise Refusal(f"“{text.strip()}” is not a whole number: write it like 120.")
        return Read({column: found}, f"{found:,} {what}")

    return read


def amount(column: str, currency: str) -> Reader:
    """A yearly amount, told to the cent with its currency, which the amount may name."""

    def read(text: str, said: Said) -> Read:
        if not text.strip():
            return Read({column: None})
        owed = money.owed(text)
        code = owed.currency or money.currency_code(said.texts.get(currency, "") or "EUR")
        told = f"{money.sign(code)}{owed.cents // 100:,}.{owed.cents % 100:02d} a year"
        return Read({column: owed.cents, **({currency: owed.currency} if owed.currency else {})}, told)

    return read


def currency_code(column: str) -> Reader:
    """Three letters, or a sign."""

    def read(text: str, _said: Said) -> Read:
        code = money.currency_code(text)
        return Read({column: code}, code)

    return read


def choice(column: str, names: Mapping[str, str | int], needed: str = "") -> Reader:
    """One of some words, or the beginning of one; what is kept may be called otherwise."""

    def read(text: str, _said: Said) -> Read:
        begun = folded(text.replace("-", " ").replace("_", " "))
        if not begun:
            if needed:
                raise Refusal(needed)
            return Read({column: None})
        found = [name for name in names if folded(name.replace("-", " ")).startswith(begun)]
        exact = [name for name in found if folded(name.replace("-", " ")) == begun] or found
        if len(exact) != 1:
            raise Refusal(f"“{text.strip()}” is not one of {', '.join(names)}.")
        return Read({column: names[exact[0]]}, exact[0])

    return read


def time_of_day(column: str) -> Reader:
    """A time such as 14:20."""

    def read(text: str, _said: Said) -> Read:
        if not text.strip():
            return Read({column: None})
        found = clock_time(text.strip())
        if found is None:
            raise Refusal(f"“{text.strip()}” is not a time of day: write it like 14:20.")
        return Read({column: found}, found)

    return read
