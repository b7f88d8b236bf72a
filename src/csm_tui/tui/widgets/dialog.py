"""What all modal forms share: a bordered box, esc to leave, and one answer."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from csm_tui.tui import keys

Answer = TypeVar("Answer")


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
