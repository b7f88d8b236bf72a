"""The columns of a board: what a wide screen has over goes to those whose texts may be long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from csm_tui.tui import board
from csm_tui.tui.panes.recovery import BOARD
from csm_tui.tui.screens.workspace import PANES

if TYPE_CHECKING:
    from csm_tui.tui.pane import Pane


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


@pytest.mark.parametrize("pane", PANES)
def test_before_a_name_gets_too_short_to_be_read_what_can_be_spared_goes(pane: type[Pane]) -> None:
    for width in range(board.WIDE, 133):
        found = board.shown(pane.COLUMNS, board.usual(pane.COLUMNS), width)
        open_ones = sum(not one.width for one in found)
        left = width - board.EDGES - sum(one.width + board.GAP for one in found)
        assert left >= board.NAME_LEAST * open_ones or not any(one.spare for one in found), width
        assert {one.title for one in pane.COLUMNS if not one.spare and not one.off} <= {one.title for one in found}
