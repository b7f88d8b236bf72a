"""The one-line input of every screen: its cursor does not blink, and it takes one line of a paste, and says so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from textual.strip import Strip
from textual.widgets import Input

from csm_tui.tui.widgets.cells import plain
from csm_tui.tui.widgets.in_order import InOrder

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual import events
    from textual.widgets.input import Selection

JOINER = "\u200d"
JOINED = re.compile(rf"(?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|{JOINER}.)+")
"""What is drawn as one with the sign before it: a form, a ring, a tone of skin, and who else is in a family."""

MOST = 20_000
"""Characters of a paste that a line takes: far more than anybody names anything."""


def _in_one(strip: Strip) -> Strip:
    """The same line, in which no sign is parted from what is drawn as one with it."""
    parts: list[Segment] = []
    for part in strip:
        found = JOINED.match(part.text) if parts else None
        if found is not None:
            parts[-1] = parts[-1]._replace(text=parts[-1].text + found[0])
        parts.append(part if found is None else part._replace(text=part.text[found.end() :]))
    return Strip(parts).adjust_cell_length(strip.cell_length)


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
        within = super().validate_selection(selection)
        start, end = (self._outside(at, before) for at, before in zip(within, self.selection, strict=True))
        return within._replace(start=start, end=end)

    def _outside(self, at: int, before: int) -> int:
        step = 1 if at > before else -1
        while 0 < at < len(self.value) and (self.value[at - 1] == JOINER or JOINED.match(self.value, at)):
            at += step
        return at

    def render_line(self, y: int) -> Strip:
        """The text with the cursor in it, which covers all of what is drawn as one."""
        strip = super().render_line(y)
        return strip if plain(self.value) else _in_one(strip)

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
