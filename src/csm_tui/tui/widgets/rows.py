"""A list with a cursor: the keys and the mouse move it, and the rows go with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.message import Message

from csm_tui.tui import keys
from csm_tui.tui.widgets.sheet import BLANK, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from csm_tui.tui.widgets.sheet import Lines, Row


class Rows(Sheet, can_focus=True):
    """Rows of cells with a cursor. Domain-free; `Moved` tells that the cursor stands on another row."""

    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.LIST]

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    class Opened(Message):
        """The row under the cursor was clicked twice."""

        def __init__(self, rows: Rows) -> None:
            super().__init__()
            self.rows = rows

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._pending_g = False

    def fill(self, rows: Sequence[Row], made: Lines | None = None) -> None:
        """Show these rows; the cursor stays on the row of the same key, else near where it was.

        Lines that were made ahead are those of rows that came through `kept`.
        """
        key, before = self.key, self.cursor
        self.rows = rows if made else self.kept(rows)
        self._ready = made or {}
        self.cursor = self._place_of(key, before)
        self._keep_in_sight()
        self.repaint()
        if self.key != key:
            self.post_message(self.Moved(self))

    def _place_of(self, key: str, before: int) -> int:
        if key:
            for place, row in enumerate(self.rows):
                if row.key == key:
                    return place
        return self._selectable(max(0, before), 1)

    def _selectable(self, place: int, step: int) -> int:
        """The first row from a place on, in a direction, that can be chosen; else the first the other way; else -1."""
        for towards in (step, -step):
            at = max(0, min(place, len(self.rows) - 1))
            while 0 <= at < len(self.rows):
                if self.rows[at].key:
                    return at
                at += towards
        return -1

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def key(self) -> str:
        """The key of the row under the cursor, empty without one."""
        row = self.current
        return row.key if row else ""

    def select(self, key: str) -> None:
        """Put the cursor on the row of a key, if there is one."""
        for place, row in enumerate(self.rows):
            if row.key == key:
                self._go(place)
                return

    def _go(self, place: int) -> None:
        if place == self.cursor or place < 0:
            return
        before, self.cursor = self.cursor, place
        if self._keep_in_sight():
            self.repaint()
        else:
            self.repaint(before - self.top, place - self.top)
        self.post_message(self.Moved(self))

    def _keep_in_sight(self) -> bool:
        """Scroll so that the cursor can be seen, and as far as there is room the heading right above it and the lines
        below it that go on with it; whether that moved anything.
        """
        height, top = self.size.height, self.top
        if height == 0:  # not laid out yet
            return False
        first = max(0, self.cursor)
        while first > 0 and not self.rows[first - 1].key:
            first -= 1
        room = max(1, height - self.fixed)
        first = max(first, self.cursor - room + 1)
        last = min(self._end_of(self.cursor), first + room - 1)
        if first < top + self.fixed:
            top = first - self.fixed
        elif last >= top + height:
            top = last - height + 1
        return self.scroll_rows_to(top)

    def _end_of(self, place: int) -> int:
        """The last line of what stands at a place: those below it that cannot be chosen, up to a blank one."""
        while 0 <= place < len(self.rows) - 1 and not self.rows[place + 1].key and self.rows[place + 1] is not BLANK:
            place += 1
        return place

    def scroll_rows_to(self, top: int) -> bool:
        """Show the rows from a place on; whether that is another place."""
        top = max(0, min(top, len(self.rows) - max(1, self.size.height)))
        moved, self.top = top != self.top, top
        return moved

    def on_resize(self) -> None:
        """Keep the cursor in sight when the room changes; the same room shows the same rows again."""
        before, self.top = self.top, 0
        self._keep_in_sight()
        if self.top != before:
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel scrolls and leaves the cursor where it is."""
        self._wheel(event, 3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel scrolls and leaves the cursor where it is."""
        self._wheel(event, -3)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        self._scroll(rows)

    def _scroll(self, rows: int) -> None:
        if self.scroll_rows_to(self.top + rows):
            self.repaint()

    def action_move(self, step: int) -> None:
        """One row down or up, past headings; where there is nothing to choose, the lines are scrolled."""
        if self.cursor < 0:
            self._scroll(step)
            return
        at = self.cursor + step
        while 0 <= at < len(self.rows):
            if self.rows[at].key:
                self._go(at)
                return
            at += step
        if step < 0:
            self._scroll(-self.top)

    def action_page(self, step: int) -> None:
        """Half a page down or up."""
        half = max(1, self.size.height // 2)
        if self.cursor < 0:
            self._scroll(step * half)
        self._go(self._selectable(self.cursor + step * half, step))

    def action_bottom(self) -> None:
        """To the last row."""
        self._go(self._selectable(len(self.rows) - 1, -1))

    def action_top(self) -> None:
        """To the first row."""
        self._go(self._selectable(0, 1))

    def action_gg(self) -> None:
        """The second g in a row goes to the first row."""
        if self._pending_g:
            self.action_top()
        self._pending_g = not self._pending_g

    def on_key(self, event: events.Key) -> None:
        """Any other key ends a half-typed gg."""
        if event.key != "g":
            self._pending_g = False

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on its row, a second one opens it."""
        place = self.place_at(event.y - self._border_top())
        if 0 <= place < len(self.rows) and self.rows[place].key:
            self._go(place)
            if event.chain == 2:
                self.post_message(self.Opened(self))

    def _border_top(self) -> int:
        return int(self.styles.gutter.top)


class ShyRows(Rows):
    """Rows whose cursor shows only while they have the keys."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.show_cursor = False

    def on_focus(self) -> None:
        """The cursor can be moved."""
        self.show_cursor = True
        self.refresh()

    def on_blur(self) -> None:
        """The cursor goes with the focus."""
        self.show_cursor = False
        self.refresh()
