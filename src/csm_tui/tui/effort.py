"""Where the time of the last 30 days went, by band, beside where the money is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from csm_tui import words
from csm_tui.domain.accounts import Band
from csm_tui.domain.figure import Share
from csm_tui.tui.pane import Below
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm_tui.views.cadence import CadenceBoard, Effort

METER = 20


class EffortPanel(Below, can_focus=False):
    """Guards against caring most for those who need it least."""

    DEFAULT_CSS = "EffortPanel { height: 9; }"

    def __init__(self) -> None:
        super().__init__()
        self.border_title = Content("Effort")

    def fits(self, height: int, *, narrow: bool) -> bool:
        """Its columns need the width."""
        return not narrow and super().fits(height, narrow=narrow)

    def show(self, board: CadenceBoard) -> None:
        """One row a band, and a sentence if the effort went the wrong way."""
        touches = sum(row.touches for row in board.effort)
        arr = sum(row.arr_cents for row in board.effort)
        rows = [Row("", _header)]
        rows += [Row("", _painter(row, touches, arr)) for row in board.effort if row.accounts]
        told = _sentence(board.effort, touches, arr)
        if board.left_out:
            told += f" Without {' and '.join(board.left_out)}, for which the settings have no rate."
        if told:
            rows += [BLANK, Row("", lambda _width: [Cell(f" {told}", "muted")])]
        self.fill(rows)


COLUMNS = ((2, False), (10, False), (13, True), (9, True), (9, True), (METER + 6, False), (METER + 6, False))

TITLES = ("", "30 days", "accounts", "touches", "hours", "share of touches", "share of ARR")


def _line(texts: Sequence[tuple[str, str]], width: int) -> list[Cell]:
    columns = [
        Column(text, size, role, right=right) for (text, role), (size, right) in zip(texts, COLUMNS, strict=True)
    ]
    return line(width, columns, gap=2)


def _header(width: int) -> list[Cell]:
    return _line([(title, "muted") for title in TITLES], width)


def _painter(row: Effort, touches: int, arr: int) -> Callable[[int], list[Cell]]:
    return lambda width: _paint(row, touches, arr, width)


def _paint(row: Effort, touches: int, arr: int, width: int) -> list[Cell]:
    role = words.BAND_ROLES[row.band]
    texts = (
        (f" {words.BY_HAND[row.band]}", role), (str(row.band), ""), (words.plural(row.accounts, "account"), ""),
        (f"{row.touches:,}", ""),
        (f"{row.minutes / 60:.0f} h", "muted"), (_meter(row.touches, touches), role),
        (_meter(row.arr_cents, arr), role),
    )  # fmt: skip
    return _line(texts, width)


def _meter(part: int, whole: int) -> str:
    """A bar and its number, since a shape is no value."""
    percent = Share(part, whole).percent or 0
    filled = round(METER * percent / 100)
    return f"{'━' * filled}{'─' * (METER - filled)} {percent:>3} %"


def _sentence(effort: list[Effort], touches: int, arr: int) -> str:
    """Said when the accounts at risk had a smaller share of the touchpoints than of the money."""
    risk = next((row for row in effort if row.band is Band.AT_RISK), None)
    if risk is None or not risk.accounts or not touches or not arr:
        return ""
    if risk.touches * arr < risk.arr_cents * touches:
        return "The accounts at risk had less of the time than of the money: 1 shows what presses most."
    return "The accounts at risk had at least their share of the time."
