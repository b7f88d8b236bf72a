"""The open risks, the most at stake first: how far each recovery is, what comes next, and whether it may be closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.days import day_month
from csm_tui.domain.money import short, written
from csm_tui.domain.naming import folded
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.empties import KEY
from csm_tui.tui.pane import Chosen, Pane, joined
from csm_tui.tui.risk_panel import RiskPanel
from csm_tui.tui.widgets.cells import Cell, Column, line, name_width

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.tui.widgets.rows import Rows
    from csm_tui.views.filters import Abouts
    from csm_tui.views.recovery import RecoveryBoard, RiskLine

BOARD = (
    BoardColumn("account", 0, lambda one, *_: (one.facts.name, ""), lambda one, *_: folded(one.facts.name)),
    BoardColumn(
        "at stake", 8, lambda one, *_: (short(one.value_cents, one.currency), ""), lambda one, *_: one.value_cents,
        right=True, down=True,
    ),
    BoardColumn(
        "signals", 17, lambda one, *_: (_signals(one), "muted"), lambda one, *_: _signals(one), spare=2, most=40,
    ),
    BoardColumn("steps", 8, lambda one, *_: (f"{one.done} of {one.of}", "muted"), lambda one, *_: _part(one)),
    BoardColumn("next step", 0, lambda one, *_: _next(one), lambda one, *_: folded(_next(one)[0])),
    BoardColumn("when", 10, lambda one, *_: _when(one), lambda one, *_: _due_on(one), right=True),
    BoardColumn(
        "exit test", 9, lambda one, *_: _exit(one), lambda one, *_: sum(exit_.met for exit_ in one.exits), down=True,
        spare=True,
    ),
    BoardColumn(
        "escalated", 10, lambda one, *_: _escalated(one), lambda one, *_: one.update_on, spare=True,
    ),
    BoardColumn(
        "opened", 7, lambda one, today, _: (day_month(one.risk.opened_on, today), "muted"),
        lambda one, *_: one.risk.opened_on, right=True, off=True,
    ),
)  # fmt: skip


SCANT_ROW = 52


class RecoveryPane(Pane):
    """Every recovery that is open."""

    NUMBER: ClassVar[int] = 6
    TITLE: ClassVar[str] = "Recovery"
    READS: ClassVar[frozenset[str]] = frozenset(
        {"account", "pulse", "plan", "step", "risk", "risk_signal", "escalation", "touchpoint", "contact"}
    )
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    BELOW: ClassVar[type[RiskPanel]] = RiskPanel
    FIRST: ClassVar[tuple[str, ...]] = ("open", "done", "move", "skip", "log", "brief")
    EMPTY: ClassVar[tuple[str, ...]] = (
        "No risk is open.",
        "",
        f"r{KEY}on an account opens its recovery, step by step",
        f"l{KEY}and #usage or #champion in the line opens one",
    )

    WALKS: ClassVar[bool] = True
    """Enter walks the recovery of a row; the account itself is one key further."""

    below: RiskPanel
    data: RecoveryBoard | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """Open risks are few: the whole board."""
        from csm_tui.views.recovery import recovery_board  # asked after the first frame

        return recovery_board, ()

    def show(self, data: RecoveryBoard) -> None:
        """One row a risk."""
        self.data = data
        self.set_lines({str(one.facts.account_id): one for one in data.lines})
        self._follow()

    def on_rows_moved(self, _event: Rows.Moved) -> None:
        """The panel goes with the cursor."""
        self._follow()

    def _follow(self) -> None:
        self.below.show(self.lines.get(self.key))
        self.below.display = self.zoomed and self.below.fits(self.app.size.height, narrow=self.narrow)

    def summary(self) -> list[Cell]:
        """How many are open and late, and what is at stake in all."""
        data = self.data
        if data is None:
            return []
        told = [(f"{len(data.lines)} open", "muted"), (f"{data.late} late", "error" if data.late else "muted")]
        if self.tall and data.sums:
            told.append((f"{' + '.join(short(cents, unit) for unit, cents in data.sums[:3])} at stake", "muted"))
        if self.tall and data.too_many:
            told.append((f"{data.plays} plays at once", "warning"))
        return joined(told)

    def account_of(self, one: RiskLine) -> AccountFacts:
        """The account itself."""
        return one.facts

    def facts_of(self, one: RiskLine, known: Abouts) -> RowFacts:
        """What a filter may ask of a line."""
        from csm_tui.views.filters import recovery_row

        return recovery_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The account of a row, and its next step."""
        one = self.lines[key]
        return Chosen(one.facts.account_id, one.facts.name, None, _why(one), one.next)

    def glyph(self, one: RiskLine) -> Column:
        """The band."""
        return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])

    def paint(self, one: RiskLine, width: int) -> list[Cell]:
        """Account, what is at stake, the next step and its day; where there is room progress and the exit test too."""
        (title, hue), (when, role), (state, exit_role) = _next(one), _when(one), _exit(one)
        name = Column(one.facts.name, name_width(width) - 4)
        value = Column(short(one.value_cents, one.currency), 6, "", right=True)
        steps = Column(f"{one.done} of {one.of}", 7, "muted", right=True)
        last = [Column(title, 0, hue), Column(when, 9, role, right=True), Column("", 1)]
        if width >= 80:
            last[2:] = [Column(state, 10, exit_role, right=True), Column("", 1)]
        return line(width, [self.glyph(one), name, value, *([steps] if width >= SCANT_ROW else []), *last])


def _signals(one: RiskLine) -> str:
    return " ".join(one.signals)


def _part(one: RiskLine) -> float:
    return one.done / one.of if one.of else 0.0


def _next(one: RiskLine) -> tuple[str, str]:
    return ("no step is open", "warning") if one.next is None else (one.next.title, "")


def _when(one: RiskLine) -> tuple[str, str]:
    from csm_tui.tui.recovery_lines import step_when

    return ("–", "muted") if one.next is None else step_when(one.next, one.today)


def _due_on(one: RiskLine) -> date | None:
    return None if one.next is None else one.next.due_on


def _exit(one: RiskLine) -> tuple[str, str]:
    met = sum(exit_.met for exit_ in one.exits)
    return ("✓ met", "success") if met == len(one.exits) else (f"○ {met} of {len(one.exits)}", "muted")


def _escalated(one: RiskLine) -> tuple[str, str]:
    if one.escalation is None:
        return "", ""
    late = one.update_on is not None and one.update_on < one.today
    return f"! {one.escalation.severity}", "error" if late else "warning"


def _why(one: RiskLine) -> tuple[str, ...]:
    """Where it stands in the list, and what it waits for."""
    if one.facts.arr_cents is None:
        median = written(one.value_cents, one.currency)
        value = f"its yearly amount is not known, so the median of the book stands for it, {median}"
    else:
        value = f"it pays {written(one.facts.arr_cents, one.facts.currency)} a year"
    unmet = [exit_.text for exit_ in one.exits if not exit_.met]
    return (
        f"{one.facts.name} stands where it does by what is at stake: {value}.",
        f"{one.done} of {words.plural(one.of, 'required step')} are closed.",
        f"Its exit test waits for: {'; '.join(unmet)}." if unmet else "Its exit test is met: C in the walk closes it.",
    )
