"""Rows on a sheet of the screen, of which only what is seen is painted: 100,000 are as fast as 100.

Its scroll bar is its own: Textual's would lay the whole screen out anew whenever the number of rows changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from textual.geometry import Region

from csm_tui.tui.widgets.cells import runs, thumb
from csm_tui.tui.widgets.painting import ABOVE, BELOW, Line, Painting
from csm_tui.tui.widgets.roles import style_of
from csm_tui.tui.widgets.still import Still

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rich.style import Style
    from textual.content import Content
    from textual.geometry import Size
    from textual.strip import Strip

    from csm_tui.tui.widgets.cells import Cell


class Row(NamedTuple):
    """One row: the key by which the cursor finds it again (empty: not to be chosen), how it is painted, its why."""

    key: str
    paint: Callable[[int], list[Cell]]
    why: tuple[str, ...] = ()


BLANK = Row("", lambda _width: [])
"""A line with nothing on it, which sets parts of a list apart; a compact screen leaves it out."""


Lines = dict[tuple[int, int, "Cell | None"], Line]
"""Lines that were made, by the place of their row, their width, and their piece of the scroll bar."""
MOST_LINES = 400
"""More than so many are not kept."""


class Sheet(Still):
    """Rows as lines, each made once."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[Row] = ()
        self.cursor = -1
        self.top = 0
        self.fixed = 0
        """So many rows at the top stay where they are when the others scroll."""
        self.show_cursor = True
        self.lit = False
        """The cursor is as bright as with the keys, though what stands beside the list has them."""
        self.painting = Painting(self)
        self._styles: dict[tuple[str, bool, bool], Style] = {}
        self._ready: Lines = {}

    def kept(self, rows: Sequence[Row]) -> Sequence[Row]:
        """The rows that are shown of these: on a compact screen no blank ones."""
        return [row for row in rows if row is not BLANK] if self.app.has_class("-compact") else rows

    def place_at(self, y: int) -> int:
        """Which row stands on a line."""
        return y if y < self.fixed else y + self.top

    def notify_style_update(self) -> None:
        """Forget the styles of the theme before."""
        super().notify_style_update()
        self._styles.clear()
        self._ready.clear()

    def repaint(self, *lines: int) -> None:
        """Show these lines as they are now, counted from the first that is seen; without any, all that has changed."""
        if not self.painting.paint(lines or range(self.size.height)):
            parts = () if self.painting.other_borders else lines
            self.painting.other_borders.clear()
            self.refresh(*(Region(0, y, self.size.width, 1) for y in parts))

    def entitle(self, title: Content | None = None, under: Content | None = None) -> None:
        """Have these in the borders from the next painting on. Textual would paint the whole list for it."""
        if title is not None:
            self._border_title = title
            self.painting.other_borders.add(ABOVE)
        if under is not None:
            self._border_subtitle = under
            self.painting.other_borders.add(BELOW)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines with their borders, as Textual paints them."""
        strips = super().render_lines(crop)
        if crop.x or crop.width != self.outer_size.width:
            self.painting.forget()
            return strips
        if crop.y == 0:
            self.painting.seen(ABOVE, strips[0])
        if crop.bottom == self.outer_size.height:
            self.painting.seen(BELOW, strips[-1])
        return strips

    def render_line(self, y: int) -> Strip:
        """One line, as Textual paints it."""
        line = self.line(y, self.size)
        self.painting.seen(y, line)
        return line

    def line(self, y: int, size: Size) -> Line:
        """One line of a sheet of this size, and none that is not seen; made once, but for that of the cursor."""
        place, (width, height) = self.place_at(y), size
        if not 0 <= place < len(self.rows):
            return Line([Segment(" " * width, self._style("", on=False))], width)
        bar = thumb(y, self.top, height, len(self.rows)) if len(self.rows) > height else None
        if self.show_cursor and place == self.cursor:
            return self._line_of(self.rows[place], width, bar, on=True)
        made = self._ready.get((place, width, bar))
        if made is None:
            if len(self._ready) > MOST_LINES:
                self._ready.clear()
            made = self._ready[place, width, bar] = self._line_of(self.rows[place], width, bar)
        return made

    def _line_of(self, row: Row, width: int, bar: Cell | None, *, on: bool = False) -> Line:
        """The line of a row; the last column is the scroll bar where there is more."""
        room = width - 1 if bar else width
        cells = runs(row.paint(room), room, merge=not on)
        segments = [Segment(cell.text, self._style(cell.role, on=on)) for cell in cells]
        if bar:
            segments.append(Segment(bar.text, self._style(bar.role, on=False)))
        return Line(segments, width)

    def lines_ahead(self, rows: Sequence[Row]) -> Iterator[Lines]:
        """The lines that rows would begin with here, whose cursor does not show; one more each time."""
        made: Lines = {}
        width, height = self.size
        for y, row in enumerate(rows[:height]):
            bar = thumb(y, 0, height, len(rows)) if len(rows) > height else None
            made[y, width, bar] = line = self._line_of(row, width, bar)
            self.painting.cells(line)
            yield made

    def _style(self, role: str, *, on: bool) -> Style:
        """The style of a role, on the cursor's row or off it."""
        found = self._styles.get((role, on, self.has_focus))
        if found is None:
            lit = self.has_focus or self.lit
            found = self._styles[(role, on, self.has_focus)] = style_of(self, role, on=on, lit=lit)
        return found
