"""What the line on top says: the day or the account on the left, the figures of the book on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.accounts import Band
from csm_tui.domain.money import short
from csm_tui.safe import shown
from csm_tui.tui.widgets.cells import Cell

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.views.accounts import AccountLine, Totals


def home(today: date, *, only_read: bool, narrow: bool) -> list[Cell]:
    """The program and the day, in full where there is room: `Sat 21 Nov` where there is little."""
    day = words.full_day(today)
    if narrow:
        day = f"{day[:3]} {today.day} {day.split()[2][:3]}"
    said = [Cell(" csm  ", "bold"), Cell(day, "muted")]
    return [*said, Cell("  read-only", "warning")] if only_read else said


def account(line: AccountLine, ae: str = "") -> list[Cell]:
    """The program and an account: its tier, how long it has been a customer, and its account executive."""
    told = [f"  {line.facts.tier}", f" · day {line.day}" if line.day is not None else f" · {line.phase}"]
    if ae:
        told.append(f" · AE {shown(ae)}")
    return [Cell(" csm  ", "bold"), Cell(shown(line.facts.name), "bold"), *(Cell(part, "muted") for part in told)]


def figures(book: Totals | None, *, narrow: bool) -> list[Cell]:
    """The book in one line: how many accounts, what they pay in a year, how they are."""
    if book is None:
        return []
    cells: list[Cell] = []
    if not narrow:
        arr = " + ".join(short(cents, currency) for currency, cents in book.arr[:3])
        arr += " by your rates" if book.by_rates else ""
        told = [words.plural(book.accounts, "account"), *([arr] if arr else [])]
        cells.append(Cell(" · ".join(told) + "  ", "muted"))
    for band in (Band.AT_RISK, Band.WATCH, Band.HEALTHY, Band.NONE):
        count = book.bands[band]
        if count:
            cells += [Cell(words.BY_HAND[band], words.BAND_ROLES[band]), Cell(f" {count:,}  ", "muted")]
    return cells
