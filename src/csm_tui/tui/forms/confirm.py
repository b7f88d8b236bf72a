"""A question that only y answers with yes; it may stay until what was agreed to is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from csm_tui.safe import shown
from csm_tui.tui import keys
from csm_tui.tui.widgets.broken import Broken, sentences
from csm_tui.tui.widgets.dialog import SavingDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult


class Confirm(SavingDialog):
    """Asks before something that is not easily seen to be wrong; `told` says above what would happen."""

    CSS = """
    Confirm .dialog { padding: 1 2 0 2; }
    Confirm Static { margin: 0 0 1 0; }
    Confirm .dialog Broken { height: auto; max-height: 50vh; margin: 0 0 1 0; }
    Confirm #sentence { color: $text-error; display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.CONFIRM]

    def __init__(self, question: str, told: Sequence[str] = (), save: Callable[[], str] | None = None) -> None:
        """`save` carries it out, and answers with the desk's slot; without it a yes is the answer."""
        super().__init__()
        self._question, self._told, self._save = question, told, save

    def compose(self) -> ComposeResult:
        """The question and its two keys."""
        with Vertical(classes="dialog") as box:
            box.border_subtitle = Content("y yes · n no")
            if self._told:
                yield Broken(id="told")
            yield Static(shown(self._question), markup=False)
            yield Static("", id="sentence", markup=False)

    def on_mount(self) -> None:
        """The question is always to be seen; what would happen can be scrolled where there is little room."""
        for told in self.query(Broken):
            told.show(lambda width: sentences(self._told, width, "muted"))

    def action_yes(self) -> None:
        """Yes."""
        if not self.waiting:
            self.wait_for(self._save() if self._save is not None else "")

    def complain(self, sentence: str) -> None:
        """Say why not, below the question."""
        told = self.query_one("#sentence", Static)
        told.update(shown(sentence))
        told.display = True
