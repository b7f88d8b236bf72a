"""The band by hand: the CSM's own pulse in words."""

from __future__ import annotations

import pytest

from csm_tui.domain.accounts import Band
from csm_tui.domain.health import PULSES, band_by_hand


@pytest.mark.parametrize(
    ("pulse", "band"),
    [
        (5, Band.HEALTHY),
        (4, Band.HEALTHY),
        (3, Band.WATCH),
        (2, Band.AT_RISK),
        (1, Band.AT_RISK),
        (None, Band.NONE),
    ],
)
def test_the_pulse_says_the_band_until_measures_do(pulse: int | None, band: Band) -> None:
    assert band_by_hand(pulse) is band


def test_a_pulse_is_1_to_5() -> None:
    assert list(PULSES) == [1, 2, 3, 4, 5]
