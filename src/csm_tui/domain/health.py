"""How well an account is. Until measures exist the band is the CSM's own pulse, and says so."""

from __future__ import annotations

from csm_tui.domain.accounts import Band
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PULSES = range(1, 6)
"""5 delighted, 4 well, 3 so-so, 2 worried, 1 about to lose them."""


def band_by_hand(pulse: int | None) -> Band:
    """5 and 4 are healthy, 3 is watch, 2 and 1 are at risk; without a pulse there is none (rules.md, Band)."""
    if pulse is None:
        return Band.NONE
    if pulse >= 4:
        return Band.HEALTHY
    return Band.WATCH if pulse == 3 else Band.AT_RISK


def band_since(pulses: Sequence[tuple[int, date]]) -> date | None:
    """Since when the band has been what it is: the day of the first pulse of the last unbroken run in it.

    `pulses` are values with their days, the newest first.
    """
    since = None
    for value, given_on in pulses:
        if band_by_hand(value) is not band_by_hand(pulses[0][0]):
            break
        since = given_on
    return since
