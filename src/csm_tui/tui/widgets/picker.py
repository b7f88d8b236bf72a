"""Choose one of many by typing a part of it: for accounts, and for keys that can be run."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from csm_tui.domain.naming import folded
from csm_tui.tui.widgets.cells import Cell, Column, fit, line
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Choice(NamedTuple):
    """Something to choose: what comes back, its text, and a note beside it."""

    value: str
    text: str
    note: str = ""


class Picker(Dialog[str]):
    """An input over a list; each letter narrows it, arrows move, enter takes the row under the cursor."""

    CSS = """
    Picker .dialog { height: 70%; padding: 0 1; }
    Picker Rows { height: 1fr; }
    Picker Input { margin: 0 1 1 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", show=False, id="picker.down", tooltip="The next row"),
        Binding("up,ctrl+p", "move(-1)", show=False, id="picker.up", tooltip="The row above"),
        Binding("pagedown", "page(1)", show=False, id="picker.page_down", tooltip="Half a page down"),
        Binding("pageup", "page(-1)", show=False, id="picker.page_up", tooltip="Half a page up"),
    ]

    def __init__(self, title: str, choices: Sequence[Choice], note_width: int = 12) -> None:
        super().__init__()
        self._title = title
        self._note_width = note_width
        self._rows = [(folded(f"{choice.text} {choice.note}"), self._row(choice)) for choice in choices]

    def _row(self, choice: Choice) -> Row:
        note = Column(choice.note, self._note_width, "accent")
        columns = [Column("", 1), *([note] if self._note_width else []), Column(choice.text)]
        return Row(choice.value, lambda width: line(width, columns))

    def compose(self) -> ComposeResult:
        """The input above the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{self._title}")
            box.border_subtitle = Content("type to narrow · ⏎ take · esc back")
            yield Input(compact=True, placeholder="a part of it")
            yield Rows(id="choices")

    def on_mount(self) -> None:
        """Everything, before a letter is typed."""
        self.query_one(Rows).can_focus = False
        self._narrow("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Each letter narrows the list."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        words = folded(typed).split()
        rows = [row for text, row in self._rows if all(word in text for word in words)]
        nothing = Row("", lambda width: [Cell(fit(" Nothing goes by that.", width), "muted")])
        found = self.query_one(Rows)
        found.fill(rows or [nothing])
        found.action_top()

    def on_input_submitted(self) -> None:
        """Take the row under the cursor."""
        key = self.query_one(Rows).key
        if key:
            self.answer(key)

    def on_rows_opened(self) -> None:
        """Two clicks take a row."""
        self.on_input_submitted()

    def action_move(self, step: int) -> None:
        """One row down or up."""
        self.query_one(Rows).action_move(step)

    def action_page(self, step: int) -> None:
        """Half a page down or up."""
        self.query_one(Rows).action_page(step)
