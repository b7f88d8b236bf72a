"""The columns of a board: what a wide screen has over goes to those whose texts may be long."""

from __future__ import annotations

from csm_tui.tui import board
from csm_tui.tui.panes.recovery import BOARD


def widths(width: int) -> dict[str, int]:
    """How wide each column of the board of recoveries is on a screen."""
    return {one.title: one.width for one in board.shown(BOARD, board.usual(BOARD), width)}


def test_a_column_grows_only_into_room_that_is_over_and_no_further_than_it_may() -> None:
    usual, wide = widths(128), widths(196)
    assert usual["signals"] == 17
    assert wide["signals"] == 40
    assert wide["steps"] == usual["steps"]
    for width in range(128, 260):
        found = widths(width)
        taken = sum(one or board.NAME for one in found.values()) + board.GAP * len(found) + board.EDGES
        assert found == usual or taken <= width
