"""A day as it is typed into a small form: how it is read, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.daywords import ahead
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from datetime import date

WHICH_DAY = "to which day? (tomorrow, fri, +3d, +2w, eom, 28.11)"


def day_read(text: str, today: date) -> tuple[date | None, str]:
    """The day to come that a text names, None for none yet; and the words that tell it, or what is wrong."""
    typed = text.strip()
    try:
        found = ahead(typed, today) if typed else None
    except Refusal as refusal:
        return None, str(refusal)
    if found is None:
        return None, f"“{typed}” is not a day yet"
    if found == today:
        return found, f"{spoken(found, today)}, {day_month(found)}"
    days = (found - today).days
    return found, spoken(found, today) + (f" · in {days} d" if days > 0 else "")
