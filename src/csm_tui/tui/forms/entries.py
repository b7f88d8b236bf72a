"""Where the fields of a form are typed in: one line or several, what completes them, the box they scroll in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import VerticalScroll
from textual.suggester import Suggester

from csm_tui.tui.forms.fields import completed
from csm_tui.tui.widgets.many_lines import ManyLines
from csm_tui.tui.widgets.still_input import StillInput

if TYPE_CHECKING:
    from csm_tui.tui.forms.fields import Field


class Completion(Suggester):
    """What a field offers to complete to."""

    def __init__(self, field: Field) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._field = field

    async def get_suggestion(self, value: str) -> str | None:
        """The whole of what was begun."""
        found = completed(value, self._field.choices, many=self._field.many)
        return found if found is not None and found.startswith(value) else None


class Entry(StillInput):
    """One line of a form; tab completes what is begun, and else goes on."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(text, compact=True, suggester=Completion(field) if field.choices else None)
        self.field = field

    def complete(self) -> bool:
        """Take the completion; whether there was one."""
        found = completed(self.value, self.field.choices, many=self.field.many)
        if found is not None:
            self.value = found
            self.cursor_position = len(found)
        return found is not None


class LongEntry(ManyLines):
    """Several lines of a form; tab goes on, and so do up and down from its ends."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__(text, soft_wrap=True, show_line_numbers=False, tab_behavior="focus", compact=True)
        self.field = field
        self.highlight_cursor_line = False

    def action_cursor_up(self, select: bool = False) -> None:
        """On the first line, to the field above."""
        if select or not self.navigator.is_first_wrapped_line(self.selection.end):
            super().action_cursor_up(select)
        else:
            self._step(-1)

    def action_cursor_down(self, select: bool = False) -> None:
        """On the last line, to the next field."""
        if select or not self.navigator.is_last_wrapped_line(self.selection.end):
            super().action_cursor_down(select)
        else:
            self._step(1)

    def _step(self, step: int) -> None:
        form: Any = self.screen
        form.action_step(step)


class Fields(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Fields below each other; it has no keys of its own, so that it scrolls only after the field in use."""


def put(entry: Entry | LongEntry, text: str) -> None:
    """Give a field another text."""
    if isinstance(entry, LongEntry):
        entry.text = text
    else:
        entry.value = text
