"""Whether the rules that open plans and risks by themselves have been asked today, and whether they may write."""

from __future__ import annotations

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


def is_kept_up(reading: Reading) -> bool:
    """Whether the rules have opened what falls due today."""
    return reading.row("SELECT 1 FROM kept_up WHERE on_day = ?", (reading.today.isoformat(),)) is not None


CHECKED_PAGES = 16_384
"""64 MB: looking through a larger file would hold the morning up for seconds."""


def is_whole(reading: Reading) -> bool:
    """Whether every page and every row of the file is sound: what nobody asked for is written into no other.

    A file of more than `CHECKED_PAGES` is taken to be.
    """
    pages = reading.row("PRAGMA page_count")
    if pages is not None and pages[0] > CHECKED_PAGES:
        return True
    return reading.row("PRAGMA integrity_check(1)") == ("ok",)
