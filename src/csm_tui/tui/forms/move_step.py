"""A step gets another day: the day is typed, and then it is shown where the later open steps would go with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from csm_tui.domain.days import WEEKDAYS, day_month, spoken
from csm_tui.domain.plans import ONE_DAY
from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.forms.day_read import WHICH_DAY, day_read
from csm_tui.tui.widgets.cells import Column, line
from csm_tui.tui.widgets.dialog import SavingDialog
from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import Row
from csm_tui.tui.widgets.still_input import StillInput
from csm_tui.words import plural

if TYPE_CHECKING:
    from datetime import date

    from textual.app import ComposeResult

    from csm_tui.domain.plans import Shift
    from csm_tui.views.plans import StepToMove

Look = Callable[[Callable[["StepToMove | None"], None]], object]
ALONE, WITH = "alone", "with"
TYPE, CHOOSE = "⏎ go on · esc cancel", "↓ shift them too · ⏎ move · esc cancel"


class Moved(NamedTuple):
    """The day that was chosen, and whether the later open steps go with it."""

    day: date
    shift: bool
    seen_on: date
    """Where the step was shown to stand."""
    shown: dict[int, date]
    """Where the later ones were shown to go, by their ids."""


class MoveStepForm(SavingDialog):
    """Enter on the day goes on to the choice; the list below shows every date before anything is moved."""

    CSS = """
    MoveStepForm .label { color: $text-muted; height: auto; }
    MoveStepForm Input { margin: 1 0 0 0; }
    MoveStepForm #echo { height: 1; color: $text-success; margin: 0 0 1 0; }
    MoveStepForm #echo.-wrong { color: $text-error; }
    MoveStepForm Rows { height: auto; }
    MoveStepForm #sentence { height: auto; color: $text-error; margin: 1 0 0 0; display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.MOVE_STEP]

    def __init__(self, wanted: StepToMove, today: date, save: Callable[[Moved], str], look: Look) -> None:
        """`save` moves it, and answers with the desk's slot; `look` reads the step anew."""
        super().__init__()
        self._wanted, self._today, self._save, self._look = wanted, today, save, look

    def compose(self) -> ComposeResult:
        """The day, how it is read, and the dates that would come of it."""
        step = self._wanted.step
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{shown(f'Move: {step.title}')}")
            box.border_subtitle = Content(TYPE)
            yield Static(self._now(), id="now", classes="label", markup=False)
            yield Static(WHICH_DAY, classes="label", markup=False)
            yield StillInput(self._first(), id="day", compact=True)
            yield Static("", id="echo", markup=False)
            yield ShyRows()
            yield Static("", id="sentence", markup=False)

    def _now(self) -> str:
        """Where it stands, and that its baseline stays."""
        step = self._wanted.step
        now, baseline = spoken(step.due_on, self._today), day_month(step.baseline_on, self._today)
        return f"Now {now}. The baseline stays {baseline}: on time means by then."

    def _first(self) -> str:
        """The day that stands there first: tomorrow, or the working day after it."""
        tomorrow = self._today + ONE_DAY
        on = self._wanted.calendar.forward(tomorrow)
        return "tomorrow" if on == tomorrow else on.isoformat()

    def on_mount(self) -> None:
        """Say at once how the day that stands there is read."""
        self._make_room()
        self._echo()

    def _make_room(self) -> None:
        """The list is as long as there are later ones, and is not there without any."""
        self._later = len(self._wanted.shifts(self._wanted.step.due_on))
        rows = self.query_one(ShyRows)
        rows.display = bool(self._later)
        rows.styles.height = min(self._later + 2, max(3, self.app.size.height - 13))

    def heard(self, _changed: frozenset[str]) -> None:
        """Something was written: look whether it was in this plan."""
        if not self.waiting:
            self._look(self.follow)

    def follow(self, found: StepToMove | None) -> None:
        """Show where everything stands by now, and say if the step itself was moved."""
        if found is None or not self.is_attached or found == self._wanted:
            return
        moved = found.step.due_on != self._wanted.step.due_on
        self._wanted = found
        self.query_one("#now", Static).update(self._now())
        self._make_room()
        self._echo()
        if moved:
            self._say("Moved elsewhere in the meantime: saving puts your day in the place of theirs.")

    def on_input_changed(self) -> None:
        """Say how the day is read as it is typed, and where the later ones would go."""
        self._echo()

    def _read(self) -> tuple[date | None, str]:
        """The day, and how it is told."""
        return day_read(self.query_one("#day", Input).value, self._today)

    def _echo(self) -> None:
        found, told = self._read()
        echo = self.query_one("#echo", Static)
        echo.set_class(found is None, "-wrong")
        echo.update(shown(told))
        self.query_one(ShyRows).fill(self._rows(found) if self._later else [])

    def _rows(self, to: date | None) -> list[Row]:
        """The two ways, and below the second every date."""
        if to is None:
            return []
        days = (to - self._wanted.step.due_on).days
        far = f"by {plural(abs(days), 'day')}{'' if days >= 0 else ' earlier'}"
        also = f"shift the {plural(self._later, 'later open step')} too, {far}:"
        shifts = self._wanted.shifts(to)
        longest = max((len(self._day(on)) for one in shifts for on in (one.step.due_on, one.to)), default=0)
        return [_way(ALONE, "only this step"), _way(WITH, also), *(self._shift(one, longest) for one in shifts)]

    def _day(self, on: date) -> str:
        return f"{WEEKDAYS[on.weekday()]} {day_month(on, self._today)}"

    def _shift(self, one: Shift, longest: int) -> Row:
        """One later step, from its day to the new one; every day has the room that the longest needs."""
        role = "accent" if one.to != one.step.due_on else "muted"
        columns = [
            Column("", 2), Column(one.step.title, 0, "muted"),
            Column(self._day(one.step.due_on), longest, "muted", right=True), Column("→", 1, "muted"),
            Column(self._day(one.to), longest, role, right=True),
        ]  # fmt: skip
        return Row(f"{WITH}-{one.step.step_id}", lambda width: line(width - 1, columns))

    def on_input_submitted(self) -> None:
        """On to the choice, or move at once where nothing comes later."""
        found = self._read()[0]
        if found is None or self.waiting:
            return
        if not self._later:
            self.wait_for(self._save(self._moved(found, shift=False)))
            return
        rows = self.query_one(ShyRows)
        rows.action_top()
        rows.focus()
        self.query_one(".dialog", Vertical).border_subtitle = Content(CHOOSE)

    def action_take(self) -> None:
        """Move it as the cursor says: alone, or with those below."""
        found, rows = self._read()[0], self.query_one(ShyRows)
        if found is not None and rows.has_focus and not self.waiting:
            self.wait_for(self._save(self._moved(found, shift=rows.key != ALONE)))

    def _moved(self, to: date, *, shift: bool) -> Moved:
        """What was chosen, and what was shown of it."""
        shown = {one.step.step_id: one.to for one in self._wanted.shifts(to)}
        return Moved(to, shift, self._wanted.step.due_on, shown)

    def complain(self, sentence: str) -> None:
        """Say why not, and look where everything stands by now; the day stays as it was typed."""
        self._say(sentence)
        self._look(self.follow)

    def _say(self, sentence: str) -> None:
        told = self.query_one("#sentence", Static)
        told.update(shown(sentence))
        told.display = True


def _way(key: str, told: str) -> Row:
    return Row(key, lambda width: line(width - 1, [Column("•", 1, "accent"), Column(told)]))
