"""One cell of a file as one value: a day, an amount, a number, a tier, a pulse. An empty cell says nothing.

Each refuses, in a clause that names the text, what it cannot read; none of them guesses.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from csm_tui.domain import money
from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import MONTHS, plausible
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

NOTHING = frozenset({"", "-", "–", "—", "n/a", "#n/a", "na", "none", "null", "nil", "tbd", "tbc", "?", "unknown"})
"""What people type into a cell that has nothing to say."""

_NAMES = frozenset({"Na", "Null"})

LONGEST = 60
MOST_SEATS, MOST_NOTICE = 1_000_000_000, 3650


def said(text: str) -> str:
    """A cell without the blanks around it, empty where it says nothing."""
    bare = text.strip()
    return "" if bare.casefold() in NOTHING else bare


def part_of_name(text: str) -> str:
    """A first or a last name, empty where the cell says nothing: Na and Null are names, as `n/a` is not."""
    return text.strip() if text.strip() in _NAMES else said(text)


def quoted(text: str) -> str:
    """A cell as a sentence shows it, cut where it is long."""
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"


class Order(StrEnum):
    """How days are written in a column: day first, month first, or year first."""

    DMY = "dmy"
    MDY = "mdy"
    ISO = "iso"


_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ].*)?", re.ASCII)
_SLASHED = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:[T ,].*)?", re.ASCII)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,? +)?"
_LATER = r"(?:(?:,| at)? +\d{1,2}(?:[:.]\d\d| ?[AaPp]\.?[Mm]).*)?"
"""A time of day that may stand behind a day."""
_WORDED = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th)?[-. ]+([A-Za-z]{{3,9}})[-., ]+(\d{{4}}|\d{{2}}){_LATER}", re.ASCII
)
_WORDED_US = re.compile(rf"{_WEEKDAY}([A-Za-z]{{3,9}})\.? +(\d{{1,2}})(?:st|nd|rd|th)?,? +(\d{{4}}){_LATER}", re.ASCII)


class DayColumn:
    """What a whole column shows about how its days are written."""

    def __init__(self) -> None:
        self._first_over = self._second_over = False
        self._open = ""

    def see(self, text: str) -> None:
        """Take one cell into account."""
        if text[4:5] == "-":  # a year first says nothing about the others
            return
        slashed = _SLASHED.fullmatch(said(text))
        if slashed is None:
            return
        first, mark, second = int(slashed[1]), slashed[2], int(slashed[3])
        self._first_over |= first > 12 or mark == "."
        self._second_over |= second > 12 and mark != "."
        if first != second:
            self._open = self._open or said(text)

    def order(self, header: str) -> Order:
        """The one order that fits. Raises Refusal when the column leaves it open, or mixes two."""
        if self._first_over and self._second_over:
            raise Refusal(
                f"The column “{header}” mixes days with the day first and the month first: write them like 2026-11-21."
            )
        if self._open and not self._first_over and not self._second_over:
            raise Refusal(
                f"The column “{header}” can be read in two ways ({quoted(self._open)}): say which with "
                "--dates dmy or --dates mdy."
            )
        return Order.MDY if self._second_over else Order.DMY


class WordColumn:
    """What a whole column shows about its words: whether any of them means something, and which do not."""

    def __init__(self, meant: Callable[[str], object]) -> None:
        self._meant = meant
        self._known: set[str] = set()
        self.read = False
        self.odd: list[str] = []
        self.more = 0

    def see(self, text: str) -> None:
        """Take one cell into account; of odd words the first few are kept, and the next thousand counted."""
        if text in self._known:
            return
        bare = said(text)
        new = bare.casefold() not in self._known
        if len(self._known) < _MOST_WORDS:
            self._known |= {text, bare.casefold()}
        if not bare or not new:
            return
        if self._meant(bare) is not None:
            self.read = True
        elif len(self.odd) < _MOST_ODD:
            self.odd.append(bare)
        else:
            self.more += 1


_MOST_ODD, _MOST_WORDS = 5, 1000


@lru_cache(maxsize=4096)
def day(text: str, order: Order) -> date | None:
    """A calendar day; a time of day behind it is let go, and no time zone moves it."""
    bare = said(text)
    if not bare:
        return None
    parts = _parts(bare, order) if len(bare) <= LONGEST else None
    if parts is None:
        raise Refusal(f"{quoted(bare)} is not a day that can be read: write it like 2026-11-21")
    try:
        found = date(*parts)
    except ValueError:
        raise Refusal(f"{quoted(bare)} is not a day of the calendar: write it like 2026-11-21") from None
    return plausible(found)


def _parts(text: str, order: Order) -> tuple[int, int, int] | None:
    """Year, month and day."""
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _WORDED.fullmatch(text):
        return _year(match[3]), _month(match[2]), int(match[1])
    if match := _WORDED_US.fullmatch(text):
        return int(match[3]), _month(match[1]), int(match[2])
    match = _SLASHED.fullmatch(text)
    if match is None or order is Order.ISO:
        return None
    first, second = int(match[1]), int(match[3])
    return (_year(match[4]), second, first) if order is Order.DMY else (_year(match[4]), first, second)


def _year(text: str) -> int:
    """Two digits are of this century, from 70 on of the last."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < 70 else 1900)


def _month(text: str) -> int:
    """The month of an English name, or 0, which is no month of the calendar."""
    short = text[:3].title()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


def amount(text: str) -> money.Amount | None:
    """What an account pays, 0 or more."""
    bare = said(text)
    if not bare:
        return None
    if len(bare) > LONGEST:
        raise Refusal(f"{quoted(bare)} is not an amount: write it like 48000, 1,234.50 or 12k")
    return money.owed(bare)


def currency(text: str) -> str | None:
    """A currency by its three letters or its sign."""
    bare = said(text)
    return money.currency_code(bare) if bare else None


_COUNT = re.compile(r"(\d{1,15}|[1-9]\d{0,2}([,.' \u00a0\u202f’])\d{3}(?:\2\d{3})*)(?:[.,]0{1,2})?", re.ASCII)


def count(text: str, most: int = MOST_SEATS) -> int | None:
    """A whole number, 0 or more."""
    bare = said(text)
    if not bare:
        return None
    match = _COUNT.fullmatch(bare) if len(bare) <= LONGEST else None
    if match is None:
        raise Refusal(f"{quoted(bare)} is not a whole number from 0 up")
    number = int(re.sub(r"\D", "", match[1]))
    if number > most:
        raise Refusal(f"{quoted(bare)} is more than {most:,}: check the number")
    return number


_NOTICE = re.compile(
    r"(\d{1,6})(?:[.,]0{1,2})?\s*(?:-\s*)?(d|days?|w|weeks?|wks?|m|mo|months?|mths?|y|years?|yrs?)?",
    re.IGNORECASE | re.ASCII,
)


def notice_days(text: str) -> int | None:
    """Days of notice: `30`, `30 days`, `6 weeks`; a month is a twelfth of 365 days, so 3 months are 91."""
    bare = said(text)
    if not bare:
        return None
    match = _NOTICE.fullmatch(bare)
    if match is None:
        raise Refusal(f"{quoted(bare)} is not a notice period: write a number of days, such as 30")
    number, unit = int(match[1]), (match[2] or "d")[0].lower()
    days = {"d": number, "w": number * 7, "m": (number * 365 + 6) // 12, "y": number * 365}[unit]
    if days > MOST_NOTICE:
        raise Refusal(f"{quoted(bare)} is more than ten years of notice: check the number")
    return days


_TIERS = {
    Tier.WHITE_GLOVE: "white glove|whiteglove|enterprise|strategic|tier 1|t1|tier one|platinum",
    Tier.HIGH_TOUCH: "high touch|hightouch|high|mid touch|medium touch|medium|mid|mid market|midmarket|"
                     "tier 2|t2|tier two|gold",
    Tier.LOW_TOUCH: "low touch|lowtouch|low|tech touch|techtouch|digital|digital touch|scaled|smb|"
                    "self serve|tier 3|t3|tier three|silver|bronze",
}  # fmt: skip
_TIER_WORDS = {word: tier for tier, words in _TIERS.items() for word in words.split("|")}


@lru_cache(maxsize=1024)
def tier(text: str) -> Tier | None:
    """The tier that a word surely means; None for any other."""
    return _TIER_WORDS.get(" ".join(re.split(r"[\s_\-–]+", text.strip().casefold())))


_PULSES = {
    1: "1|1/5|very bad|critical",
    2: "2|2/5|r|red|at risk|bad|poor|unhappy|negative|worried|🔴",
    3: "3|3/5|a|amber|y|yellow|orange|neutral|mixed|so-so|ok|okay|watch|🟡|🟠",
    4: "4|4/5|g|green|good|healthy|happy|positive|well|🟢",
    5: "5|5/5|very good|excellent|great|delighted",
}
_PULSE_WORDS = {word: pulse for pulse, words in _PULSES.items() for word in words.split("|")}


def pulse(text: str) -> int | None:
    """A pulse from 1 to 5, of a number or a colour: red is 2, amber 3, green 4; None for any other word."""
    bare = text.strip().casefold()
    return _PULSE_WORDS.get(bare.removesuffix(".0"))


_ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E\+?\d+", re.IGNORECASE | re.ASCII)


def external_id(text: str) -> str | None:
    """An id as it stands; one that a spreadsheet has rounded could be anybody's."""
    bare = said(text)
    if "+" in bare and _ROUNDED.fullmatch(bare):
        raise Refusal(f"{quoted(bare)} is an id that a spreadsheet rounded: export the file again, unopened")
    return bare or None


def true(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().casefold() in {"true", "yes", "y", "1", "x", "t"}


def holds(text: str) -> bool:
    """Whether a cell says anything but no: a day on which it came about, a mark, a word."""
    return said(text).casefold() not in {"", "false", "no", "n", "0", "f"}
