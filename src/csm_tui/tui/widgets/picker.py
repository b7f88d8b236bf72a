"""Choose one of many by typing a part of it: an account, a key that can be run, anything the palette has."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input

from csm_tui.tui import keys
from csm_tui.tui.widgets.cells import Cell, Column, fit, line, wrap
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row
from csm_tui.tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from csm_tui.tui.widgets.choices import Choice, Choices

MOST = 200
"""More rows than anybody reads; typing on brings up the others."""


WIDTH, EDGES = 80, 8
"""How wide the box is, and how much of that no text stands on."""

FRAME = 5
"""The border, and the input with a blank line above and below it; a short list needs no taller box."""


class Picker(Dialog[str]):
    """An input over a list; each letter narrows it, arrows move, enter takes the row under the cursor."""

    CSS = """
    Picker .dialog { height: 70%; padding: 0 1; }
    Picker Rows { height: 1fr; }
    Picker Input { margin: 1 1 1 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.PICKER]

    def __init__(
        self,
        title: str,
        choices: Choices,
        *,
        note_width: int = 0,
        note_right: bool = False,
        hint: str = "type a part of it",
    ) -> None:
        super().__init__()
        self._title, self._hint = title, hint
        self.choices = choices
        widest = max((len(choice.note) for choice in choices.all), default=0)
        self._note_width, self._note_right = min(note_width, widest), note_right

    def compose(self) -> ComposeResult:
        """The input above the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{self._title}")
            box.border_subtitle = Content("type to narrow · ⏎ take · esc back")
            yield StillInput(compact=True, placeholder=self._hint)
            choices = Rows(id="choices")
            choices.lit = True
            yield choices

    def on_mount(self) -> None:
        """Everything, before a letter is typed."""
        found = self.query_one(Rows)
        found.can_focus = False
        self._narrow("")
        self.query_one(".dialog").styles.max_height = len(found.rows) + FRAME

    def on_input_changed(self, event: Input.Changed) -> None:
        """Each letter narrows the list."""
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        """The best first; headings stand only while nothing is typed, since then the order is theirs."""
        best, total = self.choices.best(typed, MOST)
        rows: list[Row] = []
        topic = ""
        for choice in best:
            if choice.topic != topic and not typed.strip():
                rows += _heading(choice.topic, first=not rows)
                topic = choice.topic
            rows += self._rows(choice)
        if total > len(best):
            rows.append(_muted(f"and {total - len(best):,} more: type on"))
        found = self.query_one(Rows)
        found.fill(rows or [_muted("Nothing goes by that: type less of it.")])
        found.action_top()

    def _rows(self, choice: Choice) -> list[Row]:
        """The row of a choice; a reason that does not fit beside it stands below it."""
        if not choice.reason:
            return [self._row(choice, choice.text)]
        room = min(WIDTH, self.app.size.width * 24 // 25) - EDGES - self._note_width
        both = f"{choice.text} · {choice.reason}"
        if cell_len(both) <= room:
            return [self._row(choice, both)]
        before = "" if self._note_right else " " * self._note_width
        told = wrap(choice.reason, room - 2)
        return [self._row(choice, choice.text), *(_muted(f"{before}  {part}") for part in told)]

    def _row(self, choice: Choice, told: str) -> Row:
        role = "dim" if choice.reason else ""
        text = Column(told, 0, role)
        note = Column(choice.note, self._note_width, role or "accent", right=self._note_right)
        columns = [text, note, Column("", 1)] if self._note_right else [note, text]
        return Row(choice.value, lambda width: line(width, [Column("", 1), *(columns if self._note_width else [text])]))

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


def _muted(text: str) -> Row:
    return Row("", lambda width: [Cell(fit(f"  {text}", width), "muted")])


def _heading(text: str, *, first: bool) -> list[Row]:
    row = Row("", lambda width: [Cell(fit(f" {text}", width), "muted bold")])
    return [row] if first else [Row("", lambda _width: []), row]
