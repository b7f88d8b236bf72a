"""Paints lines of a widget straight to the terminal, without Textual's compositor, where nothing stands over them.

Textual paints a widget again at the next sixtieth of a second, through all widgets on its lines, and whole lines. Here
the terminal is told at once, and only the cells that changed. What Textual paints later is the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.color import ColorSystem
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual.geometry import Region
from textual.strip import Strip

from csm_tui.tui.widgets.pen import Drawn, Looks, Pen, changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.color import Color
    from textual.filter import LineFilter
    from textual.widget import Widget

    from csm_tui.tui.widgets.bars import Bar
    from csm_tui.tui.widgets.sheet import Sheet

ABOVE, BELOW = -1, -2
"""The borders, where lines are counted."""
_looks: dict[ColorSystem, Looks] = {}


class Line(Strip):
    """A line that keeps its cells once they are known."""

    __slots__ = ("cells",)
    cells: Drawn | None


class Where(NamedTuple):
    """Where a widget stands, with its borders and without."""

    whole: Region
    inside: Region


class Painting:
    """What the terminal shows of a widget, line by line, and the way to change it; borders are lines too."""

    def __init__(self, widget: Sheet | Bar) -> None:
        self._widget = widget
        self._there: dict[int, Strip] = {}
        self._open: tuple[object, Where | None] = (None, None)
        self.other_borders: set[int] = set()
        """The lines of the borders whose titles have changed."""
        self._gate: tuple[Color, Sequence[LineFilter]] | None = None
        """What stands behind the lines, and what they go through on their way out, as of the last painting."""

    def forget(self) -> None:
        """It is not known what the terminal shows."""
        self._there.clear()

    def seen(self, y: int, line: Strip) -> None:
        """A line is painted, by whomever."""
        self._there[y] = line

    def paint(self, lines: Iterable[int]) -> bool:
        """Paint these lines as they are now; False if Textual has to do it."""
        where = self._in_the_open()
        if where is None:
            return False
        widget, inside = self._widget, where.inside
        top = inside.y - where.whole.y
        wanted = {y: widget.line(y, inside.size) for y in lines if 0 <= y < inside.height}
        widget._styles_cache.set_dirty(*(Region(0, y + top, where.whole.width, 1) for y in wanted))
        self._gate = None
        pen = Pen(self._looks())
        for y, line in wanted.items():
            self._write(pen, inside.x, inside.y + y, self._there.get(y), line)
            self._there[y] = line
        if self.other_borders:
            self._borders(pen, where)
        self._put(pen.text())
        return True

    def _borders(self, pen: Pen, where: Where) -> None:
        """Paint the borders whose titles have changed, if there are borders."""
        whole, widget = where.whole, self._widget
        others, self.other_borders = self.other_borders, set()
        for y in (0, whole.height - 1):
            at = ABOVE if y == 0 else BELOW
            if at in others and not where.inside.y <= whole.y + y < where.inside.bottom:
                line = Region(0, y, whole.width, 1)
                widget._styles_cache.set_dirty(line)
                old, (new,) = self._there.get(at), widget.render_lines(line)
                self._write(pen, whole.x, whole.y + y, old, new)

    def _write(self, pen: Pen, x: int, y: int, old: Strip | None, new: Strip) -> None:
        now = self.cells(new)
        if old is new:
            return
        if now is None:
            pen.write_as_is(x, y, self._filtered(new).render(self._widget.app.console))
            return
        for first, last in changes(self.cells(old) if old is not None else None, now):
            pen.write(x, y, now, first, last)

    def cells(self, line: Strip) -> Drawn | None:
        """The cells of a line, worked out once; None if some sign may not take one cell."""
        if not isinstance(line, Line):
            return self._looks().drawn(line)
        if not hasattr(line, "cells"):
            line.cells = self._looks().drawn(self._filtered(line))
        return line.cells

    def _filtered(self, line: Strip) -> Strip:
        """A line as it leaves the program; borders come so from Textual."""
        if isinstance(line, Line):
            if self._gate is None:
                self._gate = self._widget.background_colors[1], self._widget.get_line_filters()
            ground, filters = self._gate
            for line_filter in filters:
                line = line.apply_filter(line_filter, ground)
        return line

    def _looks(self) -> Looks:
        colours = self._widget.app.console._color_system or ColorSystem.TRUECOLOR
        return _looks.setdefault(colours, Looks(colours))

    def _put(self, text: str) -> None:
        app = self._widget.app
        if text:
            app._driver.write_now(  # type: ignore[union-attr]
                f"{SYNC_START}{text}{SYNC_END}" if app._sync_available else text
            )

    def _in_the_open(self) -> Where | None:
        """Where the widget stands, if all of it can be seen and nothing is about to move."""
        widget, app = self._widget, self._widget.app
        if (
            not hasattr(app._driver, "write_now")
            or app._batch_count
            or not widget.is_mounted
            or widget.screen is not app.screen
        ):
            return None
        if widget.screen._layout_required:
            return None
        visible = widget.screen._compositor.visible_widgets
        if self._open[0] is not visible:
            whole = _uncovered(widget, visible)
            self._open = visible, Where(whole, whole.shrink(widget.gutter)) if whole is not None else None
        return self._open[1]


def _uncovered(widget: Widget, visible: dict[Widget, tuple[Region, Region]]) -> Region | None:
    """The region of a widget that no other stands over; those over it come first."""
    if widget not in visible:
        return None
    region, clip = visible[widget]
    if not region.area or not clip.contains_region(region):
        return None
    for other, (place, _) in visible.items():
        if other is widget:
            return region
        if place.overlaps(region):
            return None
    return None
