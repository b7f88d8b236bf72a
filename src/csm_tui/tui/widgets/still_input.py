"""The one-line input of every screen: its cursor does not blink, and it takes one line of a paste, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Input
from textual.widgets.input import Selection

from csm_tui.tui.widgets.in_order import InOrder

if TYPE_CHECKING:
    from textual import events

JOINER = "\u200d"
"""Between signs that are drawn as one, such as the people of a family."""

MOST = 20_000
"""Characters of a paste that a line takes: far more than anybody names anything."""


class StillInput(InOrder, Input):
    """An input like Textual's, but for the blinking, so that an idle screen paints nothing, for long pastes, and for
    the layout of the whole screen that every letter would bring.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.cursor_blink = False

    @property
    def content_width(self) -> int:
        """How wide the text is, at least as wide as the line: for every other width Textual lays out anew."""
        return max(super().content_width, self.size.width)

    def validate_selection(self, selection: Selection) -> Selection:
        """No end of it stands within signs that are drawn as one: they would be drawn apart, wider than the line."""
        start, end = super().validate_selection(selection)
        return Selection(self._outside(start, self.selection.start), self._outside(end, self.selection.end))

    def _outside(self, at: int, before: int) -> int:
        step = 1 if at > before else -1
        while 0 < at < len(self.value) and JOINER in self.value[at - 1 : at + 1]:
            at += step
        return at

    def on_paste(self, event: events.Paste) -> None:
        """Take the first line that says something; Textual puts it in."""
        lines = [line for line in event.text[: 2 * MOST].splitlines() if line.strip()]
        first = lines[0][:MOST] if lines else ""
        if event.text.strip("\r\n") != first:
            left_out = "The first line of the paste was taken: one line fits here."
            self.notify(left_out if len(lines) > 1 else f"{MOST:,} characters of the paste were taken.", markup=False)
        event.text = first
        if not first:
            event.prevent_default()
