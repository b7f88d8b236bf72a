"""One account on the whole screen: what is known and due on the left, the timeline on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen

from csm_tui import words
from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.context import PARTS, Context
from csm_tui.tui.pane import BREAKPOINTS, NARROW, Chosen
from csm_tui.tui.widgets.bars import KeyBar, TopBar
from csm_tui.tui.widgets.cells import Cell
from csm_tui.views.account import account_context

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from csm_tui.tui.desk import Answer, Desk

FACTS = tuple(part for part in PARTS if part != "timeline")


class AccountScreen(Screen[None]):
    """The same lines as the context beside the panes, with room to breathe."""

    CSS = """
    AccountScreen #facts { width: 1fr; } AccountScreen #timeline { width: 1fr; }
    AccountScreen.-narrow #timeline { display: none; }
    """
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, desk: Desk, account_id: int) -> None:
        super().__init__()
        self._desk = desk
        self._account_id = account_id
        self.slot = f"account-{account_id}"

    def compose(self) -> ComposeResult:
        """Two lists side by side."""
        yield TopBar()
        with Horizontal(id="body"):
            yield Context(FACTS, id="facts")
            yield Context(("timeline",), id="timeline")
        yield KeyBar()

    def on_mount(self) -> None:
        """Ask for the account."""
        self.query_one("#facts", Context).focus()
        wanted = [
            pair for pair in keys.bar() if pair[1] not in {"open", "zoom", "find", "today", "accounts", "cadence"}
        ]
        self.query_one(KeyBar).keys([("esc", "back"), *wanted], len(keys.WORK) + len(keys.LIST))
        self.look_again()

    def on_resize(self, event: events.Resize) -> None:
        """On a narrow terminal there is one list with everything in it."""
        facts = self.query_one("#facts", Context)
        facts.parts = PARTS if event.size.width < NARROW else FACTS
        facts.show(facts.data)

    def look_again(self) -> None:
        """Read the account anew."""
        self._desk.ask(self.slot, account_context, self._account_id)

    def answered(self, answer: Answer) -> None:
        """Show what was read; an account that is gone leaves the screen."""
        if answer.slot != self.slot:
            return
        if answer.data is None:
            self.app.pop_screen()
            return
        for context in self.query(Context):
            context.show(answer.data)
        timeline = self.query_one("#timeline", Context)
        timeline.border_title = Content("Timeline")
        timeline.border_subtitle = Content(words.plural(answer.data.touchpoints, "touchpoint"))
        facts = answer.data.line.facts
        self.query_one(TopBar).say(
            [Cell(" csm  ", "bold"), Cell(shown(facts.name), "bold"), Cell(f"  {facts.tier}", "muted")]
        )

    def heard(self, _changed: frozenset[str]) -> None:
        """Something changed: read anew."""
        self.look_again()

    def chosen(self) -> Chosen | None:
        """The line that has the cursor."""
        focused: Any = self.focused
        return focused.chosen() if isinstance(focused, Context) else self.query_one("#facts", Context).chosen()

    def next_pane(self, _step: int) -> None:
        """To the other list."""
        if not self.has_class("-narrow"):
            self.focus_next()
