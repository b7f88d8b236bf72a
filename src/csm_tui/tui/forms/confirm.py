"""A question that only y answers with yes."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult


class Confirm(Dialog[bool]):
    """Asks before something that is not easily seen to be wrong; `told` says above what would happen."""

    CSS = """
    Confirm .dialog { padding: 1 2 0 2; }
    Confirm Static { margin: 0 0 1 0; }
    Confirm .told { color: $text-muted; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.CONFIRM]

    def __init__(self, question: str, told: Sequence[str] = ()) -> None:
        super().__init__()
        self._question = question
        self._told = told

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Vertical(classes="dialog") as box:
            box.border_subtitle = Content("y yes · n no")
            for sentence in self._told:
                yield Static(shown(sentence), classes="told", markup=False)
            yield Static(shown(self._question), markup=False)

    def action_yes(self) -> None:
        """Yes."""
        self.answer(True)
