"""What all modal forms share: a bordered box, esc to leave, and one answer."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A modal screen that esc leaves with no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", show=False, id="form.cancel", tooltip="Leave without doing anything"),
    ]

    def answer(self, answer: Answer | None) -> None:
        """Leave with an answer, once: a key that is held down comes again before the screen has gone."""
        if self.is_current:
            self.dismiss(answer)

    def action_leave(self) -> None:
        """Leave with no answer."""
        self.answer(None)
