"""What all modal forms share: a bordered box, esc to leave, and one answer; some stay until that is written."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen

from csm_tui.tui import keys

Answer = TypeVar("Answer")

LONG_S = 0.5
"""Whoever waits for longer wants to know why."""

WAITING = "saving: the book is in use"


class Dialog(ModalScreen[Answer]):
    """A modal screen that esc leaves with no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.BOX]

    def answer(self, answer: Answer | None) -> None:
        """Leave with an answer, once: a key that is held down comes again before the screen has gone."""
        if self.is_current:
            self.dismiss(answer)

    def action_leave(self) -> None:
        """Leave with no answer."""
        self.answer(None)


class SavingDialog(Dialog[bool]):
    """A modal screen that stays until what it asked for is written; what was typed stays with it where that fails.

    Its answer is True once that is saved.
    """

    _usual: Content | None = None
    """What stood in the border before it was said why nothing happens."""
    waiting = ""
    """The slot in which the desk will say how it went; empty while nothing is being written."""

    def wait_for(self, slot: str) -> None:
        """Stay until the desk has answered in a slot; what is typed meanwhile is meant for what comes after.

        An empty slot: it is done already.
        """
        app: Any = self.app
        if slot:
            self.waiting, app.held = slot, True
            self.set_timer(LONG_S, self._say_waiting)
        else:
            self.answer(True)

    def _say_waiting(self) -> None:
        """Say in the border why nothing happens yet."""
        for box in self.query(".dialog"):
            if self.waiting and self._usual is None:
                self._usual = box._border_subtitle or Content("")
                box.border_subtitle = Content(WAITING)

    def saved(self) -> None:
        """It has been written."""
        app: Any = self.app
        self.waiting, app.held = "", False
        self.answer(True)

    def not_saved(self, sentence: str) -> None:
        """It was refused: say why, and keep everything as it stands."""
        app: Any = self.app
        self.waiting = ""
        for box in self.query(".dialog"):
            if self._usual is not None:
                box.border_subtitle = Content.assemble(self._usual)
        self._usual = None
        app.let_go()
        self.complain(sentence)

    def complain(self, sentence: str) -> None:
        """Say why not, in the form."""
        raise NotImplementedError
