"""Why: the sentences behind the row or figure under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.widgets.cells import Cell, wrap
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import BLANK, Row, Rows

if TYPE_CHECKING:
    from textual.app import ComposeResult

WIDTH = 72


class WhyScreen(Dialog[None]):
    """A few sentences in a box; any of the usual keys closes it."""

    CSS = "WhyScreen Rows { height: auto; max-height: 24; }"
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.WHY]

    def __init__(self, title: str, sentences: tuple[str, ...]) -> None:
        super().__init__()
        self._title = title
        self._sentences = sentences

    def compose(self) -> ComposeResult:
        """The box and the lines."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"{shown(self._title)}")
            box.border_subtitle = Content("esc back")
            yield Rows()

    def on_mount(self) -> None:
        """One blank line between sentences."""
        width = min(WIDTH, self.app.size.width - 10)
        rows: list[Row] = []
        for number, sentence in enumerate(self._sentences):
            if number:
                rows.append(BLANK)
            for text in wrap(sentence, width):
                rows.append(Row("", lambda _width, text=text: [Cell(text)]))  # type: ignore[misc]
        lines = self.query_one(Rows)
        lines.styles.height = min(24, len(rows))
        lines.fill(rows)
