"""What all modal forms share: a bordered box, esc to leave, and one answer."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer]):
    """A modal screen that esc leaves with no answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel", show=False, id="form.cancel", tooltip="Leave without doing anything")
    ]

    def action_leave(self) -> None:
        """Leave with no answer."""
        self.dismiss(None)
