"""The risk under the cursor of its board: its signals with what says so, what is at stake, and what comes next."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from csm_tui.safe import shown
from csm_tui.tui.pane import Below
from csm_tui.tui.widgets.cells import Cell, clipped
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from csm_tui.views.recovery import RiskLine

APART = 3
LEAST = 36
"""Where there is no room for so wide a column, what would stand in it stands below the shortest of the others."""

HEIGHT = 14
FRAME = 2


class RiskPanel(Below, can_focus=False):
    """Three columns side by side, or below each other where there is no room."""

    DEFAULT_CSS = f"RiskPanel {{ height: {HEIGHT}; }}"
    LEAST = 24

    def __init__(self) -> None:
        super().__init__()
        self._line: RiskLine | None = None

    def fits(self, height: int, *, narrow: bool) -> bool:
        """Without a risk there is nothing to show."""
        return self._line is not None and super().fits(height, narrow=narrow)

    def show(self, found: RiskLine | None) -> None:
        """Show a risk, or nothing where none is under the cursor."""
        self._line = found
        self.entitle(Content(shown(found.facts.name) if found else ""), Content("⏎ walks it" if found else ""))
        self._build()

    def on_resize(self) -> None:
        """Other columns fit."""
        self._build()
        super().on_resize()

    def _build(self) -> None:
        width, found = self.size.width, self._line
        if found is None or not width:
            self.fill([])
            return
        from csm_tui.tui import recovery_lines as lines  # no risk is shown in the first frame

        columns = max(1, min(3, (width - 1) // LEAST))
        size = (width - 2 - APART * (columns - 1)) // columns
        stakes = [*lines.stakes(found, size), BLANK, *lines.exits(found, size)]
        ahead = list(lines.ahead(found, size, HEIGHT - FRAME - 2))
        self.fill(_beside([list(lines.signals(found, size)), stakes, ahead], columns, size))


def _beside(groups: list[list[Row]], columns: int, width: int) -> list[Row]:
    """The first groups side by side, each of the others below the shortest of them."""
    head, rest = groups[:columns], groups[columns:]
    for group in rest:
        min(head, key=len).extend([BLANK, *group])
    return [Row("", _painter(cut, width)) for cut in zip_longest(*head, fillvalue=BLANK)]


def _painter(cut: Iterable[Row], width: int) -> Callable[[int], list[Cell]]:
    def paint(_width: int) -> list[Cell]:
        cells: list[Cell] = []
        for place, row in enumerate(cut):
            before = place * (width + APART) - sum(cell_len(cell.text) for cell in cells)
            cells += [Cell(" " * before), *clipped(row.paint(width + 2), width + 1)]
        return cells

    return paint
