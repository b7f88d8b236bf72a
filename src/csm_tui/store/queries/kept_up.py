"""Whether the rules that open plans and risks by themselves have been asked today."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


def is_kept_up(reading: Reading) -> bool:
    """Whether the rules have opened what falls due today."""
    return reading.row("SELECT 1 FROM kept_up WHERE on_day = ?", (reading.today.isoformat(),)) is not None
