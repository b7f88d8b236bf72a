"""The line in which a filter is typed, with how many rows it lets through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class FilterBar(Horizontal):
    """`/` and an input; every letter filters at once, enter keeps the filter, esc clears it."""

    DEFAULT_CSS = """
    FilterBar { height: 1; background: $surface; padding: 0 1; }
    FilterBar #filter-mark { width: 2; color: $border; text-style: bold; }
    FilterBar Input { width: 1fr; }
    FilterBar #filter-count { width: auto; color: $text-muted; }
    """

    class Changed(Message):
        """Another filter was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """The filter stays and the list has the keys again."""

    def compose(self) -> ComposeResult:
        """The mark, the input, the count."""
        yield Static("/ ", id="filter-mark", markup=False)
        yield Input(id="filter-input", compact=True)
        yield Static("", id="filter-count", markup=False)

    def count(self, through: int, total: int) -> None:
        """Say how many rows the filter lets through."""
        self.query_one("#filter-count", Static).update(f"{through:,} of {total:,} · esc clears")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter filters at once."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list."""
        event.stop()
        self.post_message(self.Kept())
