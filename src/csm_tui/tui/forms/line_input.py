"""The line of the log form, each part of it in the colour of what it was read as."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.message import Message

from csm_tui.tui import keys
from csm_tui.tui.widgets.many_lines import ManyLines

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.logline import LogLine

MARKS = {
    "when": "accent", "kind": "accent", "minutes": "accent", "contact": "accent", "mood": "warning", "pulse": "warning",
    "signal": "error", "promise": "success", "day": "success", "impossible": "error",
}  # fmt: skip


class LineInput(ManyLines):
    """The line, wrapped where it is long; enter saves. More lines, which only a paste can bring, are notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        replace(key.binding(), priority=key.id == "log.save") for key in keys.LOG
    ]  # enter before the line takes it for itself

    class Saved(Message):
        """Enter was pressed."""

    class SignalTaken(Message):
        """The offered signal is to be added."""

    def __init__(self, text: str, reads: Callable[[str], LogLine]) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True, id="line")
        self._reads = reads
        self.highlight_cursor_line = False

    def get_line(self, line_index: int) -> Text:
        """The line with each part in the colour of what it was read as."""
        text = Text(self.document.get_line(line_index), end="", no_wrap=True)
        if line_index == 0:
            for mark in self._reads(text.plain).marks:
                hue = self.app.theme_variables.get(f"text-{MARKS[mark.role]}", "").removeprefix("ansi_")
                text.stylize("" if self.app.no_color else hue, mark.start, mark.end)
        return text

    def action_save(self) -> None:
        """Save what stands there."""
        self.post_message(self.Saved())

    def action_signal(self) -> None:
        """Take the offered signal."""
        self.post_message(self.SignalTaken())
