"""The first page of a recovery: confirm the signals with their evidence, see what is at stake, open it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content

from csm_tui.domain.signals import LABELS
from csm_tui.domain.touchpoints import Signal
from csm_tui.safe import shown
from csm_tui.tui import keys, opening_lines
from csm_tui.tui.pane import BREAKPOINTS
from csm_tui.tui.widgets.broken import Broken
from csm_tui.tui.widgets.dialog import SavingDialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.views.opening import ALL_SIGNALS, Sign, outlook

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.handed import Answer
    from csm_tui.views.opening import Opening, Outlook


class OpeningScreen(SavingDialog):
    """The nine signals to tick, with what would come of them, beside what has to be known at once."""

    CSS = """
    OpeningScreen { align: center top; background: $background; }
    OpeningScreen #page { height: 1fr; }
    OpeningScreen .part { border: round $border-blurred; border-title-color: $foreground; border-title-style: bold;
      border-subtitle-color: $text-muted; }
    OpeningScreen #ask { width: 52%; border: round $border; border-title-color: $border; }
    OpeningScreen #known { width: 1fr; }
    OpeningScreen #signs { height: auto; }
    OpeningScreen #plan { height: 1fr; }
    OpeningScreen.-narrow #page { layout: vertical; overflow-y: auto; scrollbar-size-vertical: 0; }
    OpeningScreen.-narrow #ask, OpeningScreen.-narrow #known { width: 1fr; height: auto; }
    OpeningScreen.-narrow #plan, OpeningScreen.-narrow #facts { height: auto; }
    """
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    KEYS = keys.OPENING
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    def __init__(self, desk: Desk, found: Opening, save: Callable[[tuple[Sign, ...]], str]) -> None:
        """`save` opens it for what was seen, and answers with the desk's slot."""
        super().__init__()
        self._desk, self.found, self._save = desk, found, save
        self._written: dict[Signal, str] = {}
        self.ticked = {sign.signal for sign in found.signs}
        self._outlook: Outlook | None = None
        self.slot = f"outlook-{found.account.facts.account_id}"

    def compose(self) -> ComposeResult:
        """What is asked, and what is known."""
        name = shown(self.found.account.facts.name)
        with Horizontal(id="page"):
            with Vertical(id="ask", classes="part") as ask:
                ask.border_title = Content(f"{'Add to the recovery' if self.found.known else 'Recovery'} · {name}")
                ask.border_subtitle = Content("space ticks · e evidence · ⏎ opens · esc back")
                yield Rows(id="signs")
                yield Broken(id="plan")
            with Vertical(id="known", classes="part") as known:
                known.border_title = Content("The first ten minutes")
                yield Broken(id="facts")

    def on_mount(self) -> None:
        """The signals that were suggested are ticked."""
        signs = self.query_one("#signs", Rows)
        signs.focus()
        self.query_one("#plan").can_focus = False
        self.query_one("#facts", Broken).show(lambda width: opening_lines.known(self.found, width))
        self._show()
        self._look_ahead()
        first = next((signal for signal in ALL_SIGNALS if signal in self.ticked), ALL_SIGNALS[0])
        signs.select(str(first))

    def _show(self) -> None:
        signs = self.query_one("#signs", Rows)
        rows = list(opening_lines.signs(self.found, self.ticked, self._evidence, max(30, signs.size.width - 3)))
        signs.styles.height = len(rows)
        signs.fill(rows)
        self.query_one("#plan", Broken).show(
            lambda width: opening_lines.ahead(self._outlook, self.found.today, width, any_ticked=bool(self.ticked))
        )

    def _evidence(self, signal: Signal) -> str:
        """What says so: what was written here, else what was suggested last."""
        found = [sign.evidence for sign in self.found.signs if sign.signal is signal]
        return self._written.get(signal, found[-1] if found else "")

    def _look_ahead(self) -> None:
        """Ask what the recovery would begin with."""
        signals = tuple(signal for signal in ALL_SIGNALS if signal in self.ticked)
        self._desk.ask(self.slot, _outlook, signals, not self.found.known)

    def answered(self, answer: Answer) -> None:
        """Show what would come."""
        if answer.slot == self.slot:
            self._outlook = answer.data
            self._show()

    @property
    def signal(self) -> Signal:
        """The signal under the cursor."""
        return Signal(self.query_one("#signs", Rows).key)

    def action_tick(self) -> None:
        """Take the signal in or out."""
        if self.signal in self.found.known:
            self.notify(f"{LABELS[self.signal]}: the recovery has it already.", markup=False)
            return
        self.ticked ^= {self.signal}
        self._show()
        self._look_ahead()

    def on_rows_opened(self, event: Rows.Opened) -> None:
        """Two clicks tick."""
        event.stop()
        self.action_tick()

    def action_evidence(self) -> None:
        """Write what says so; a signal that has evidence is ticked."""
        from csm_tui.tui.forms.ask import Ask

        signal = self.signal

        def save(asked: Asked) -> str:
            self._written[signal] = asked.words
            if signal not in self.ticked and signal not in self.found.known:
                self.action_tick()
            self._show()
            return ""

        form = Ask(LABELS[signal], self.found.today, save=save, words="what says so?", given=self._evidence(signal))
        self.app.push_screen(form)

    def on_resize(self, _event: events.Resize) -> None:
        """The lines are as wide as the screen lets them."""
        self.call_after_refresh(self._show)

    def action_open(self) -> None:
        """Open it for what is ticked: each sighting that was suggested is a piece of evidence."""
        if not self.ticked:
            self.notify("Tick at least one signal with space: it chooses what comes next.", markup=False)
            return
        if self.waiting:
            return
        found: list[Sign] = []
        for signal in ALL_SIGNALS:
            if signal in self.ticked:
                found += self._sightings(signal)
        self.wait_for(self._save(tuple(found)))

    def complain(self, sentence: str) -> None:
        """Say why not; what is ticked and written stays."""
        self.notify(sentence, severity="error", markup=False)

    def _sightings(self, signal: Signal) -> list[Sign]:
        seen = [sign for sign in self.found.signs if sign.signal is signal]
        if signal in self._written and seen:
            return [*seen[:-1], seen[-1]._replace(evidence=self._written[signal])]
        return seen or [Sign(signal, self._written.get(signal, ""), self.found.today)]


def _outlook(reading: Any, signals: tuple[Signal, ...], spine: bool) -> Outlook:
    return outlook(reading, signals, spine=spine)
