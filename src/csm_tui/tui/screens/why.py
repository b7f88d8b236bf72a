"""Why: the sentences behind the row or figure under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content

from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.widgets.broken import Broken, sentences
from csm_tui.tui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult


class WhyScreen(Dialog[None]):
    """A few sentences in a box; any of the usual keys closes it."""

    CSS = "WhyScreen .dialog Broken { height: auto; max-height: 70vh; }"
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
            yield Broken(id="sentences")

    def on_mount(self) -> None:
        """As many lines as there is room for; the others can be scrolled to."""
        self.query_one(Broken).show(lambda width: sentences(self._sentences, width))
