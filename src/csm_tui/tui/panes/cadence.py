"""Who is owed a touchpoint, most overdue first, and where the time went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.cadence import Lateness
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.naming import folded
from csm_tui.tui.pane import Chosen, Pane, joined, name_width
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.rows import Row
from csm_tui.views.cadence import WEEK, WEEKS, cadence_board, cadence_glance

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.views.cadence import CadenceBoard, CadenceLine


class CadencePane(Pane):
    """The rhythm of every account over the last quarter."""

    NUMBER: ClassVar[int] = 4
    TITLE: ClassVar[str] = "Cadence"
    READS: ClassVar[frozenset[str]] = frozenset({"account", "touchpoint", "pulse"})
    EMPTY: ClassVar[tuple[str, ...]] = (
        "No account is owed contact.",
        "l logs a touchpoint · csm account add NAME adds an account",
    )

    data: CadenceBoard | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole board when it is in use, else the latest of the late."""
        return (cadence_board, ()) if self.tall else (cadence_glance, ())

    def show(self, data: CadenceBoard) -> None:
        """One row an account."""
        self.data = data
        self._lines = {str(one.facts.account_id): one for one in data.lines}
        rows = [Row(key, _painter(one, data.today, self)) for key, one in self._lines.items()]
        header = [Row("", _paint_header), Row("", lambda _width: [])] if self.zoomed and not self.narrow else []
        self.set_rows([*header, *rows])

    def summary(self) -> list[Cell]:
        """Late, due this week, and the share inside its latest day."""
        data = self.data
        if data is None:
            return []
        late = (f"{data.late} late", "error" if data.late else "muted")
        told = [late, (f"{data.this_week} due this week", "muted")]
        if self.tall and data.lines:
            told.append((f"{100 * data.kept // len(data.lines)} % inside their latest day", "muted"))
        return joined(told)

    def text_of(self, key: str) -> str:
        """The name, the rhythm and its reason."""
        one = self._lines[key]
        return folded(f"{one.facts.name} {one.rhythm} {one.because} {one.standing.lateness}")

    def chosen(self) -> Chosen | None:
        """The account under the cursor."""
        one = self._lines.get(self.key) if self.data else None
        if one is None or self.data is None:
            return None
        return Chosen(one.facts.account_id, one.facts.name, None, _why(one, self.data.today))


def _why(one: CadenceLine, today: date) -> tuple[str, ...]:
    owed = one.standing
    last = one.facts.last_two_way_on
    touched = f"Last two-way contact {spoken(last, today)}." if last else "Never in two-way contact."
    return (
        touched,
        f"Contact is owed {one.rhythm} ({one.because}): ideally {spoken(owed.ideal_on, today)}, "
        f"at the latest {spoken(owed.latest_on, today)}.",
    )


def _painter(one: CadenceLine, today: date, pane: CadencePane) -> Callable[[int], list[Cell]]:
    return lambda width: _paint(one, today, width, wide=pane.zoomed and width >= 96)


def _next(one: CadenceLine, today: date) -> Column:
    owed = one.standing
    if owed.booked_on is not None:
        return Column(f"booked {words.when(owed.booked_on, today)}", 13, "success", right=True)
    role = words.when_role(owed.ideal_on, owed.latest_on, today)
    return Column(words.when(owed.ideal_on, today), 13, role, right=True)


def _paint(one: CadenceLine, today: date, width: int, *, wide: bool) -> list[Cell]:
    glyph = Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])
    if not wide:
        name = Column(one.facts.name, name_width(width))
        return line(width, [glyph, name, Column(one.rhythm), _next(one, today), Column("", 1)])
    cells = line(
        width - WEEKS * 2 - 52,
        [glyph, Column(one.facts.name), Column(one.rhythm, 14), Column(one.because, 10, "muted")],
        gap=2,
    )
    tail = line(52, [Column("", 2), Column(_last(one, today), 20, "muted"), _next(one, today), Column("", 1)], gap=2)
    return [*cells, Cell("  "), *_weeks(one, today), *tail][: len(cells) + 1 + WEEKS + len(tail)]


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


def _paint_header(width: int) -> list[Cell]:
    cells = line(
        width - WEEKS * 2 - 52,
        [
            Column("", 2),
            Column("account", 0, "muted"),
            Column("rhythm", 14, "muted"),
            Column("because", 10, "muted"),
        ],
        gap=2,
    )
    weeks = Cell(f"  {'13 weeks, a ▪ each':<{WEEKS * 2}}", "muted")
    tail = [
        Column("", 2),
        Column("  last", 20, "muted"),
        Column("next", 13, "muted", right=True),
        Column("", 1),
    ]
    return [*cells, weeks, *line(52, tail, gap=2)]
