"""The home: stacked panes on the left, the one in use tall, and the account under the cursor on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from textual.widgets import Input

from csm_tui.tui import keys, top_line
from csm_tui.tui.context import Context
from csm_tui.tui.keys_in_use import in_use
from csm_tui.tui.pane import BREAKPOINTS, NARROW, Chosen, Pane
from csm_tui.tui.panes.accounts import AccountsPane
from csm_tui.tui.panes.cadence import CadencePane
from csm_tui.tui.panes.onboarding import OnboardingPane
from csm_tui.tui.panes.recovery import RecoveryPane
from csm_tui.tui.panes.reviews import ReviewsPane
from csm_tui.tui.panes.today import TodayPane
from csm_tui.tui.screens.beside import Beside
from csm_tui.tui.screens.filtering import Filtering
from csm_tui.tui.widgets.bars import KeyBar, TopBar
from csm_tui.tui.widgets.still import SideBySide, Stacked, Still
from csm_tui.views.accounts import totals

if TYPE_CHECKING:
    from datetime import date

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer
    from csm_tui.tui.widgets.rows import Rows
    from csm_tui.views.accounts import Totals

PANES: tuple[type[Pane], ...] = (
    TodayPane, AccountsPane, OnboardingPane, CadencePane, ReviewsPane, RecoveryPane,
)  # fmt: skip
"""The panes there are; each file in panes/ is here (a test holds the two together)."""

TOTALS_READ = frozenset({"account", "pulse"})


@runtime_checkable
class Hosts(Protocol):
    """An app that may have read the first list ahead."""

    def first(self) -> Any:
        """The first list, or None."""

    def keep_form(self) -> None:
        """A first frame has been painted."""


class Workspace(Filtering, Still):
    """Mounts the panes, gives them their forms, and keeps the context beside the cursor."""

    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.panes = [kind() for kind in PANES]
        for pane in self.panes:
            pane.desk = desk
        self._tall: Pane = self.panes[0]
        self._zoomed = False
        self._beside = Beside(desk)
        self._begun = False
        """Whether the first frame has been painted: its form is kept without anything of the book in it."""
        self._totals: Totals | None = None

    def compose(self) -> ComposeResult:
        """The bars around the panes and the context, in the form that fits before it is laid out for the first time."""
        self.set_class(self.narrow, "-narrow")
        self.set_class(not self.narrow, "-wide")
        for pane in self.panes:
            pane.take_form(tall=pane is self._tall, zoomed=False, narrow=self.narrow)
        yield TopBar()
        with SideBySide(id="body"):
            with Stacked(id="panes"):
                yield from self.panes
                yield from (pane.below for pane in self.panes if pane.below is not None)
            yield Context()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the first list, which was read while the program was still loading, and ask for the rest after it."""
        today, app = self.panes[0], self.app
        first = app.first() if isinstance(app, Hosts) else None
        self._reform()
        self._say_where()
        if first is not None:
            today.show(first.today)
        today.focus()
        self.call_after_refresh(self._rest, whole=first is not None and first.whole)

    def _rest(self, *, whole: bool) -> None:
        """What the first frame could do without."""
        if isinstance(self.app, Hosts):
            self.app.keep_form()
        self._begun = True
        for pane in self.panes:
            if pane is not self._tall:
                pane.load_form()
            elif not whole:
                pane.load()
        self._desk.survey("totals", totals)
        self.follow()

    @property
    def pane_in_use(self) -> Pane:
        """The one that has the keys, whether or not it is tall yet; else the tall one."""
        return self.focused if isinstance(self.focused, Pane) else self._tall

    @property
    def narrow(self) -> bool:
        """Whether the context stands behind enter."""
        return self.app.size.width < NARROW

    def on_resize(self, _event: events.Resize) -> None:
        """Give every pane the form that fits; a context that has got room shows what the cursor is on."""
        self._reform()
        if self._begun:
            self.follow()
        self._say_where()

    def _reform(self) -> None:
        self._room()
        for pane in self.panes:
            tall = pane is self._tall
            _show(pane, tall or not self._zoomed)
            pane.reform(tall=tall, zoomed=self._zoomed and tall, narrow=self.narrow)
            self._show_below(pane)
        self._say_keys()

    def _show_below(self, pane: Pane) -> None:
        """A zoomed board that has rows has its panel below it, where there is room for both."""
        if pane.below is not None:
            fits = pane.below.fits(self.app.size.height, narrow=self.narrow)
            _show(pane.below, pane.zoomed and bool(pane.shown_keys) and fits)

    @property
    def is_empty(self) -> bool:
        """Whether the book is known to have no account."""
        return self._totals is not None and self._totals.accounts == 0

    def _say_keys(self) -> None:
        """What the keys do here: while a filter is typed, those of its line; in an empty book, how to begin."""
        bar = self.query_one(KeyBar)
        if isinstance(self.focused, Input):
            typing = [*keys.bar(in_use(self.app).of(keys.FILTER)), ("⏎", "to the list"), ("esc", "clear")]
            bar.keys(typing, len(typing))
            return
        there = in_use(self.app).of(keys.WORK)
        first = keys.FIRST_RUN if self.is_empty else self._tall.FIRST
        kept = [key for key in there if key.id in first] if self.is_empty else there
        bar.keys(keys.bar(kept, first), in_use(self.app).count)

    def _room(self) -> None:
        """How much of the screen the panes have. A class on the screen would style every widget on it anew."""
        _show(self.query_one(Context), not (self._zoomed or self.narrow))
        panes = self.query_one("#panes")
        if self._zoomed != panes.has_class("-alone"):
            panes.set_class(self._zoomed, "-alone")
            panes.styles.width, panes.styles.max_width = ("1fr", "100%") if self._zoomed else (None, None)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that has the keys is the tall one."""
        if isinstance(event.widget, Pane) and event.widget is not self._tall:
            self.drop_filter()
            self._tall = event.widget
            self._reform()
            self.follow()
        else:
            self._say_keys()

    def on_rows_moved(self, event: Rows.Moved) -> None:
        """The context goes with the cursor of the tall pane."""
        if event.rows is self._tall and self._begun:
            self.follow()

    def follow(self) -> None:
        """Show the account under the cursor in the context, if it is another one."""
        if not self.narrow:
            self._beside.follow(self._tall, self.query_one(Context))

    def answered(self, answer: Answer) -> None:
        """Give an answer to whoever asked."""
        self._beside.answered(answer, self._tall, self.query_one(Context))
        if answer.slot == "totals":
            self._totals = answer.data
            self._say_where()
            self._say_keys()
        elif answer.slot == "known":
            self.learned(answer.data)
        for pane in self.panes:
            if pane.slot == answer.slot:
                pane.show(answer.data)
                self._show_below(pane)
                self.count_filtered()
                if pane is self._tall:
                    self.follow()

    def unanswered(self, answer: Answer) -> None:
        """A pane whose question could not be answered says so; the reason is told once, for all of them."""
        for pane in self.panes:
            if pane.slot == answer.slot:
                pane.could_not_be_read()

    def heard(self, changed: frozenset[str]) -> None:
        """Load again what shows the tables that changed."""
        for pane in sorted(self.panes, key=lambda one: one is not self._tall):  # what is looked at comes first
            if pane.READS & changed:
                pane.outdated()
        self.learn_again(changed)
        if changed & TOTALS_READ:
            self._desk.survey("totals", totals)
        self._beside.forget()
        if self.narrow:
            self._beside.look_away()
        else:
            self._beside.look_again(self.query_one(Context))

    def _say_where(self) -> None:
        where = top_line.home(self._desk.today, only_read=self._desk.only_read != "", narrow=self.narrow)
        self.query_one(TopBar).say(where, top_line.figures(self._totals, narrow=self.narrow))

    def chosen(self) -> Chosen | None:
        """What the keys work on: the line of the context or of the panel that has them, else the row of the pane."""
        for part in (self.query_one(Context), self._tall.below):
            if part is not None and part.has_focus:
                return part.chosen()
        return self.pane_in_use.chosen()

    def today(self, _today: date) -> None:
        """A new day: say so, and read everything."""
        self._say_where()

    def focus_pane(self, number: int) -> None:
        """Give a pane the keys, the very next one included."""
        for pane in self.panes:
            if number == pane.NUMBER:
                self.set_focus(pane)

    def next_pane(self, step: int) -> None:
        """Give the next pane the keys; a panel comes behind its board, and the context is the last in the round."""
        ring: list[Rows] = [*self.panes] if self.narrow or self._zoomed else [*self.panes, self.query_one(Context)]
        below = self._tall.below
        if below is not None and below.display and below.can_focus:
            ring.insert(ring.index(self._tall) + 1, below)
        at = ring.index(self.focused) if self.focused in ring else 0
        self.set_focus(ring[(at + step) % len(ring)])

    def zoom(self) -> None:
        """The tall pane on the whole screen, and back."""
        self._zoomed = not self._zoomed
        self._recall_columns()
        self._reform()
        self.set_focus(self._tall)
        if not self._asked_known:
            self.call_after_refresh(self.learn)

    def _recall_columns(self) -> None:
        """The columns that each board was left with."""
        from csm_tui.tui import remembered

        kept = remembered.columns()
        for pane in self.panes:
            if pane.TITLE in kept:
                pane.columns = kept[pane.TITLE]

    def back(self) -> None:
        """Clear the filter, else the marks, else go from panel to board, leave the zoom, give the pane the keys."""
        if self.drop_filter():
            self.set_focus(self._tall)
        elif self._tall.marked:
            self._tall.mark(())
        elif self.focused is not None and self.focused is self._tall.below:
            self.set_focus(self._tall)
        elif self._zoomed:
            self.zoom()
        elif self.focused is not self._tall:
            self.set_focus(self._tall)


def _show(widget: Widget, shown: bool) -> None:
    """Show a widget or hide it; to be told what is so already would lay the screen out anew."""
    if widget.display != shown:
        widget.display = shown
