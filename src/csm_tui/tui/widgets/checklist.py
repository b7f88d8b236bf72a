"""Choose several of a few: space takes one in or out, enter keeps the choice."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content

from csm_tui.tui import keys
from csm_tui.tui.widgets.cells import Column, line
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

TICKED, OPEN = "[x]", "[ ]"


class Checklist(Dialog[tuple[str, ...]]):
    """A list of words, each ticked or not. The first is always ticked."""

    CSS = """
    Checklist .dialog { width: 44; height: auto; padding: 0 1; }
    Checklist Rows { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.CHECKLIST]

    def __init__(self, title: str, words: Sequence[str], ticked: Iterable[str]) -> None:
        super().__init__()
        self._title, self._words = title, words
        self._ticked = {words[0], *ticked}

    def compose(self) -> ComposeResult:
        """The list in its box."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{self._title}")
            box.border_subtitle = Content("space ticks · ⏎ keep · esc back")
            yield Rows()

    def on_mount(self) -> None:
        """The words as they are ticked."""
        found = self.query_one(Rows)
        found.styles.height = len(self._words)
        self._show()
        found.focus()

    def _show(self) -> None:
        self.query_one(Rows).fill([self._row(word) for word in self._words])

    def _row(self, word: str) -> Row:
        mark = Column(TICKED if word in self._ticked else OPEN, 3, "accent" if word in self._ticked else "muted")
        return Row(word, lambda width: line(width, [Column("", 1), mark, Column(word)]))

    def action_tick(self) -> None:
        """Take the word under the cursor in or out."""
        word = self.query_one(Rows).key
        if word != self._words[0]:
            self._ticked ^= {word}
        self._show()

    def on_rows_opened(self) -> None:
        """Two clicks tick."""
        self.action_tick()

    def action_keep(self) -> None:
        """Answer with the words that are ticked, in their order."""
        self.answer(tuple(word for word in self._words if word in self._ticked))
