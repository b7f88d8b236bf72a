"""Lines to type in: of what is pasted they take what can still be wrapped and read at every key, and say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import TextArea

from csm_tui.tui.widgets.in_order import InOrder

if TYPE_CHECKING:
    from textual import events

MOST, MOST_IN_A_LINE = 50_000, 10_000
"""Characters of a paste, and of one line of it: a long transcript still fits."""


class ManyLines(InOrder, TextArea):
    """A text area with an end, and without blinking."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.cursor_blink = False

    def on_paste(self, event: events.Paste) -> None:
        """Take the beginning; Textual puts it in."""
        lines = event.text[:MOST].split("\n")
        taken = "\n".join(line[:MOST_IN_A_LINE] for line in lines)
        if taken != event.text:
            self.notify(
                f"The paste was too long: {len(taken):,} of its {len(event.text):,} characters were taken.",
                severity="warning",
                markup=False,
            )
        event.text = taken
