"""Who is owed a touchpoint, most overdue first, and where the time went."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.cadence import Lateness
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.figure import Share
from csm_tui.domain.naming import folded
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.effort import EffortPanel
from csm_tui.tui.empties import KEY
from csm_tui.tui.pane import Chosen, Pane, joined
from csm_tui.tui.widgets.cells import Cell, Column, line, name_width
from csm_tui.views.cadence import WEEK, WEEKS, cadence_board, cadence_glance

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.views.cadence import CadenceBoard, CadenceLine
    from csm_tui.views.filters import Abouts


BOARD = (
    BoardColumn("account", 0, lambda one, *_: (one.facts.name, ""), lambda one, *_: folded(one.facts.name)),
    BoardColumn("rhythm", 14, lambda one, *_: (one.rhythm, ""), lambda one, *_: one.standing.interval),
    BoardColumn("because", 10, lambda one, *_: (one.because, "muted"), lambda one, *_: folded(one.because), spare=2),
    BoardColumn(
        "13 weeks, a ▪ each", WEEKS * 2, lambda one, today, _: _weeks(one, today), lambda one, *_: sum(one.weeks),
        down=True, spare=True,
    ),
    BoardColumn(
        "last", 20, lambda one, today, _: (_last(one, today), "muted"),
        lambda one, *_: one.facts.last_two_way_on or date.min,
    ),
    BoardColumn(
        "next", 13, lambda one, today, _: _next(one, today),
        lambda one, *_: one.standing.booked_on or one.standing.ideal_on, right=True,
    ),
)  # fmt: skip


class CadencePane(Pane):
    """The rhythm of every account over the last quarter."""

    NUMBER: ClassVar[int] = 4
    TITLE: ClassVar[str] = "Cadence"
    READS: ClassVar[frozenset[str]] = frozenset({"account", "touchpoint", "pulse"})
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    BELOW: ClassVar[type[EffortPanel]] = EffortPanel
    EMPTY: ClassVar[tuple[str, ...]] = (
        "No account is owed contact.",
        "",
        f"a{KEY}adds an account; it is owed contact from day one",
        f"e{KEY}on an account gives it a rhythm of its own",
    )

    below: EffortPanel
    data: CadenceBoard | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole board when it is in use, else the latest of the late."""
        return (cadence_board, ()) if self.tall else (cadence_glance, ())

    def show(self, data: CadenceBoard) -> None:
        """One row an account, and where the time went below."""
        self.data = data
        self.below.show(data)
        self.set_lines({str(one.facts.account_id): one for one in data.lines})

    def summary(self) -> list[Cell]:
        """Late, due this week, and the share inside its latest day."""
        data = self.data
        if data is None:
            return []
        late = (f"{data.late} late", "error" if data.late else "muted")
        told = [late, (f"{data.this_week} due this week", "muted")]
        if self.tall and data.lines:
            told.append((f"{Share(data.kept, len(data.lines)).percent} % inside their latest day", "muted"))
        return joined(told)

    def account_of(self, one: CadenceLine) -> AccountFacts:
        """The account itself."""
        return one.facts

    def facts_of(self, one: CadenceLine, known: Abouts) -> RowFacts:
        """What a filter may ask of a line."""
        from csm_tui.views.filters import cadence_row

        return cadence_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The account of a row."""
        one = self.lines[key]
        return Chosen(one.facts.account_id, one.facts.name, None, _why(one, self.today()))

    def glyph(self, one: CadenceLine) -> Column:
        """The band."""
        return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])

    def paint(self, one: CadenceLine, width: int) -> list[Cell]:
        """Account, rhythm and the next day."""
        name, (soon, role) = Column(one.facts.name, name_width(width)), _next(one, self.today())
        return line(
            width,
            [self.glyph(one), name, Column(one.rhythm), Column(soon, 13, role, right=True), Column("", 1)],
        )


def _why(one: CadenceLine, today: date) -> tuple[str, ...]:
    owed = one.standing
    last = one.facts.last_two_way_on
    touched = f"Last two-way contact {spoken(last, today)}." if last else "Never in two-way contact."
    return (
        touched,
        f"Contact is owed {one.rhythm} ({one.because}): ideally {spoken(owed.ideal_on, today)}, "
        f"at the latest {spoken(owed.latest_on, today)}.",
    )


def _next(one: CadenceLine, today: date) -> tuple[str, str]:
    owed = one.standing
    if owed.booked_on is not None:
        return f"booked {words.when(owed.booked_on, today)}", "success"
    return words.when(owed.ideal_on, today), words.when_role(owed.ideal_on, owed.latest_on, today)


def _last(one: CadenceLine, today: date) -> str:
    on = one.facts.last_two_way_on
    return "never" if on is None else f"{day_month(on, today):>6} {one.last_kind or ''}"


def _weeks(one: CadenceLine, today: date) -> list[Cell]:
    """Thirteen weeks: a square where there was contact, an open one where it was owed and missing, a diamond ahead."""
    owed, cells = one.standing, []
    for place, count in enumerate(one.weeks):
        ago = WEEKS - 1 - place
        if count:
            cells.append(Cell("▪ ", "success"))
        elif owed.days_late > ago * WEEK and owed.lateness is not Lateness.BOOKED:
            cells.append(Cell("□ ", "error" if owed.lateness is Lateness.BREACHED else "warning"))
        elif ago == 0 and owed.ideal_on.toordinal() - today.toordinal() <= WEEK:
            cells.append(Cell("◇ ", "warning"))
        else:
            cells.append(Cell("· ", "dim"))
    return cells
