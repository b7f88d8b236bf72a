"""The first 90 days of every account: the strip of its milestones, and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.naming import folded
from csm_tui.domain.onboarding import GOAL
from csm_tui.tui import board
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.empties import KEY
from csm_tui.tui.milestones import Milestones
from csm_tui.tui.onboarding_lines import ROOMY, legend, phases, scale, short_title, strip
from csm_tui.tui.pane import Chosen, Pane, joined
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.tui.widgets.rows import Rows
    from csm_tui.views.filters import Abouts
    from csm_tui.views.onboarding import OnboardingBoard, OnboardingLine

STRIP, NEXT = "90 days", "next"
STRIPS = (91, 61, ROOMY, 31, 19, 16, 13, 10)
"""How many cells the 90 days may take, the most that leave room for the next step."""
NEXT_LEAST, NEXT_NARROW = 25, 12
WIDE_ROW, SCANT_ROW = 76, 52


def _due(one: OnboardingLine, today: date) -> tuple[str, str]:
    """When the next step is due."""
    if one.next is None:
        return "–", "muted"
    return words.when(one.next.due_on, today), words.when_role(one.next.due_on, None, today)


def _next(one: OnboardingLine) -> tuple[str, str]:
    if one.next is None:
        return (one.nothing_next, "muted") if one.plan is not None else ("no plan: a starts it", "warning")
    return short_title(one.next.title), ""


def _steps(one: OnboardingLine) -> str:
    return f"{one.done}/{one.all}" if one.plan is not None else "–"


MONTH_ROLES = {"late": "error", "in time": "success"}

BOARD = (
    BoardColumn("account", 20, lambda one, *_: (one.facts.name, ""), lambda one, *_: folded(one.facts.name), most=36),
    BoardColumn("day", 3, lambda one, *_: (str(one.day), ""), lambda one, *_: one.day, right=True, down=True),
    BoardColumn(STRIP, ROOMY + 1, lambda one, today, _: strip(one, today, ROOMY), lambda one, *_: one.day, down=True),
    BoardColumn(
        "steps", 5, lambda one, *_: (_steps(one), ""), lambda one, *_: one.done * 1000 // one.all if one.all else None,
        right=True, down=True,
    ),
    BoardColumn(NEXT, 0, lambda one, *_: _next(one), lambda one, *_: folded(_next(one)[0])),
    BoardColumn(
        "due", 10, lambda one, today, _: _due(one, today), lambda one, *_: one.next.due_on if one.next else None,
        right=True,
    ),
    BoardColumn(
        "month 1", 7, lambda one, *_: (one.month_1, MONTH_ROLES.get(one.month_1, "muted")),
        lambda one, *_: one.month_1, spare=True, off=True,
    ),
    BoardColumn(
        "ends", 10, lambda one, *_: (one.forecast_on.isoformat() if one.forecast_on else "–", "muted"),
        lambda one, *_: one.forecast_on, spare=True, off=True,
    ),
    BoardColumn(
        "value", 7, lambda one, *_: (f"day {one.days_to_value}" if one.days_to_value is not None else "–", "muted"),
        lambda one, *_: one.days_to_value, spare=True, off=True,
    ),
)  # fmt: skip


class OnboardingPane(Pane):
    """One line an account, by the day of its next step; zoomed, its milestones stand below."""

    NUMBER: ClassVar[int] = 3
    TITLE: ClassVar[str] = "Onboarding"
    READS: ClassVar[frozenset[str]] = frozenset({"account", "pulse", "plan", "step"})
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    BELOW: ClassVar[type[Milestones]] = Milestones
    FIRST: ClassVar[tuple[str, ...]] = ("done", "move", "wait", "skip", "open", "log")
    EMPTY: ClassVar[tuple[str, ...]] = (
        "No account is in its first 90 days.",
        "",
        f"a{KEY}adds an account; with a start day it stands here",
    )

    below: Milestones
    data: OnboardingBoard | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole board when it is in use, else the most urgent account."""
        from csm_tui.views.onboarding import onboarding_board, onboarding_glance  # asked after the first frame

        return (onboarding_board, ()) if self.tall else (onboarding_glance, ())

    def show(self, data: OnboardingBoard) -> None:
        """One row an account, and below the milestones of the one under the cursor."""
        self.data = data
        self.set_lines({str(one.facts.account_id): one for one in data.lines})
        self._show_below()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The milestones go with the cursor."""
        if event.rows is self:
            self._show_below()

    def _show_below(self) -> None:
        if self.data is not None:
            self.below.show(self.lines.get(self.key), self.data.today)

    def summary(self) -> list[Cell]:
        """How many there are, and how many first months closed in time."""
        data = self.data
        if data is None:
            return []
        share = data.on_time.value
        role = words.share_role(share, GOAL)
        if not self.zoomed:
            return joined([(f"{data.size} in first 90 days", "muted"), (f"{words.share(share)} on time", role)])
        month, *value = words.first_days(share, data.to_value.value, GOAL)
        told = [(f"{data.size} in their first 90 days", "muted"), (month, role)]
        return joined([*told, *((text, "muted") for text in value if not self.narrow)])

    def account_of(self, one: OnboardingLine) -> AccountFacts:
        """The account itself."""
        return one.facts

    def facts_of(self, one: OnboardingLine, known: Abouts) -> RowFacts:
        """What a filter may ask of a line."""
        from csm_tui.views.filters import onboarding_row

        return onboarding_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The account of a row with its next step, and why the figures in the border are what they are."""
        one = self.lines[key]
        rates = (*self.data.on_time.why, *self.data.to_value.why) if self.data is not None else ()
        return Chosen(one.facts.account_id, one.facts.name, None, (*one.why, *rates), one.next, one.begins)

    def glyph(self, one: OnboardingLine) -> Column:
        """The band."""
        return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])

    def columns_in(self, width: int) -> list[BoardColumn]:
        """The chosen columns, the strip as wide as leaves room for the next step."""
        wide = width >= board.WIDE
        found = [one if wide or one.title != "account" else one._replace(width=16) for one in super().columns_in(width)]
        taken = sum(one.width for one in found if one.title not in {STRIP, NEXT}) + board.GAP * (len(found) + 1) + 3
        room = width - taken - (NEXT_LEAST if wide else NEXT_NARROW)
        cells = next((cells for cells in STRIPS if cells < room), STRIPS[-1])
        return [_in_cells(one, cells) if one.title == STRIP else one for one in found]

    def head(self) -> list[Row]:
        """The titles with the scale of days, and where there is room the names of the phases."""
        titles = super().head()
        if not titles or not phases(self._cells()):
            return titles
        return [titles[0], Row("", self._phases), *titles[1:]]

    def _cells(self) -> int:
        return next((one.width - 1 for one in self.columns_in(self.size.width) if one.title == STRIP), 0)

    def _phases(self, width: int) -> list[Cell]:
        """The second line of the head: the phases above the strip, and what its signs mean."""
        told = {STRIP: phases(self._cells()), NEXT: legend()}
        columns = [one._replace(title=" ", above=told.get(one.title, " ")) for one in self.columns_in(width)]
        return board.head(columns, None, width)

    def arranged(self, keys: list[str]) -> list[Row]:
        """A board with room has a blank line between its rows."""
        rows = super().arranged(keys)
        if not self.zoomed or 2 * len(rows) + 3 > self.size.height:
            return rows
        return [row for pair in rows for row in (pair, BLANK)][:-1]

    def on_resize(self) -> None:
        """Another height may have room for other lines."""
        if self.loaded:
            self.changed()
        super().on_resize()

    def paint(self, one: OnboardingLine, width: int) -> list[Cell]:
        """Account, day, strip, where there is room the steps and what comes next, and when."""
        when, role = _due(one, self.today())
        title, title_role = _next(one)
        roomy, scant = width >= WIDE_ROW, width < SCANT_ROW
        cells = 25 if width >= board.WIDE else 10 if scant else 13
        columns = [
            self.glyph(one), Column(one.facts.name, (22 if cells > 13 else 18) if roomy else 0),
            Column(f"day {one.day}", 7, "muted"), Column("", cells),
            *([] if scant else [Column(_steps(one), 5, right=True)]),
            *([Column(title, 0, title_role)] if roomy else []), Column(when, 9, role, right=True),
            Column("", 1),
        ]  # fmt: skip
        laid = line(width, columns)
        return [*laid[:6], *strip(one, self.today(), cells), *laid[7:]] if len(laid) > 6 else laid


def _in_cells(column: BoardColumn, cells: int) -> BoardColumn:
    """The strip so wide, in a column with one cell more, for the last day of the scale."""
    return column._replace(
        width=cells + 1, above=scale(cells), shows=lambda one, today, _: [*strip(one, today, cells), Cell(" ")]
    )
