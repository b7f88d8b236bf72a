"""The line in which a filter is typed, with how many rows it lets through, or what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from csm_tui.tui import keys
from csm_tui.tui.widgets.bars import Bar
from csm_tui.tui.widgets.cells import Cell, fit
from csm_tui.tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class Offers(Suggester):
    """What a text could become; it stands dim behind what was typed."""

    def __init__(self, offer: Callable[[str], str]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._offer = offer

    async def get_suggestion(self, value: str) -> str | None:
        """The text completed, if there is anything to offer."""
        return self._offer(value) or None


class FilterInput(StillInput):
    """An input in which tab takes what is offered."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.FILTER]

    class Saved(Message):
        """The filter is to be kept by a name."""

    def action_take(self) -> None:
        """Take what is offered."""
        self.cursor_position = len(self.value)
        self.action_cursor_right()

    def action_save(self) -> None:
        """Ask for the filter to be kept by a name."""
        self.post_message(self.Saved())


class Count(Bar):
    """What a filter comes to, at the right end. It is as wide whatever it says: another width would move the rest."""

    def arranged(self, width: int) -> tuple[list[Cell], list[Cell]]:
        """As much of it as fits."""
        return [Cell(fit(cell.text, width, right=True), cell.role) for cell in self._left], []


class FilterBar(Horizontal):
    """`/` and an input; every letter filters at once, enter keeps the filter, esc clears it."""

    DEFAULT_CSS = """
    FilterBar { height: 1; background: $surface; padding: 0 1; }
    FilterBar #filter-mark { width: 2; color: $border; text-style: bold; }
    FilterBar Input { width: 1fr; min-width: 16; }
    FilterBar Count { width: 55%; height: 1; }
    """

    class Changed(Message):
        """Another filter was typed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Kept(Message):
        """The filter stays and the list has the keys again."""

    class Saved(Message):
        """The filter is to be kept by a name."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, text: str = "", offer: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self._text = text
        self._offers = Offers(offer) if offer is not None else None

    def compose(self) -> ComposeResult:
        """The mark, the input, the count."""
        yield Static("/ ", id="filter-mark", markup=False)
        yield FilterInput(self._text, id="filter-input", compact=True, suggester=self._offers)
        yield Count(id="filter-count")

    def take(self, text: str) -> None:
        """Filter by another text."""
        self.query_one(Input).value = text

    def count(self, through: int, total: int, wrong: str = "") -> None:
        """Say how many rows the filter lets through, or what is wrong with it."""
        told = wrong or f"{through:,} of {total:,} · esc clears"
        self.query_one(Count).say([Cell(told, "warning" if wrong else "muted")])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every letter filters at once."""
        event.stop()
        self.post_message(self.Changed(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Back to the list."""
        event.stop()
        self.post_message(self.Kept())

    def on_filter_input_saved(self, event: FilterInput.Saved) -> None:
        """Keep it."""
        event.stop()
        self.post_message(self.Saved(self.query_one(Input).value))
