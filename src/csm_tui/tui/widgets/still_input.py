"""The one-line input of every screen. Its cursor does not blink: an idle screen paints nothing."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input


class StillInput(Input):
    """An input like Textual's, but for the blinking."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.cursor_blink = False
