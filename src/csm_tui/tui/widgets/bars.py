"""The line on top, which says where one is, and the line below, which says what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from csm_tui.tui.widgets.cells import Cell, fit
from csm_tui.tui.widgets.painting import Painting
from csm_tui.tui.widgets.roles import style_of
from csm_tui.tui.widgets.still import Still

if TYPE_CHECKING:
    from rich.style import Style
    from textual.geometry import Region, Size


class Bar(Still):
    """One line of cells, some set to the left and some to the right."""

    DEFAULT_CSS = "Bar { height: 1; }"
    LEAST = 12
    """What has no room for so many cells is left out rather than cut."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._left: list[Cell] = []
        self._right: list[Cell] = []
        self._painted: Strip | None = None
        self.painting = Painting(self)

    def say(self, left: list[Cell], right: list[Cell] | None = None) -> None:
        """Show these cells."""
        self._left, self._right = left, right or []
        self._changed()

    def silenced(self) -> tuple[list[Cell], list[Cell]]:
        """Say no more than where one is; what was said."""
        said = self._left, self._right
        self.say(self._left[:1])
        return said

    def _changed(self) -> None:
        self._painted = None
        if not self.painting.paint([0]):
            self.refresh()

    def notify_style_update(self) -> None:
        """Another theme: paint anew."""
        super().notify_style_update()
        self._painted = None

    def render_lines(self, crop: Region) -> list[Strip]:
        """The one line there is, as Textual paints it."""
        line = self.line(0, self.size)
        self.painting.seen(0, line)
        return [line.crop(crop.x, crop.right)]

    def line(self, _y: int, size: Size) -> Strip:
        """The one line there is, remembered: Textual asks for every widget's lines whenever anything is painted."""
        if self._painted is None or self._painted.cell_length != size.width:
            strip = self._strip(size.width)
            for line_filter in self.app.get_line_filters():
                if line_filter.enabled:
                    strip = strip.apply_filter(line_filter, self.background_colors[1])
            self._painted = strip
        return self._painted

    def _strip(self, width: int) -> Strip:
        left, right = self.arranged(width)
        room = width - sum(cell_len(cell.text) for cell in (*left, *right))
        cells = [*left, Cell(" " * max(0, room)), *right]
        return Strip([Segment(cell.text, self._style(cell.role)) for cell in cells]).adjust_cell_length(
            width, self._style("")
        )

    def arranged(self, width: int) -> tuple[list[Cell], list[Cell]]:
        """What fits: the right side first, cut from its left end, then the left side; what comes last is left out."""
        right = list(self._right)
        while right and sum(cell_len(cell.text) for cell in right) > width // 2:
            right.pop(0)
        room = width - sum(cell_len(cell.text) for cell in right) - 1
        left: list[Cell] = []
        for cell in self._left:
            size = cell_len(cell.text)
            if size > room:
                if room >= self.LEAST:
                    left.append(Cell(fit(cell.text, room), cell.role))
                break
            left.append(cell)
            room -= size
        return left, right

    def _style(self, role: str) -> Style:
        return style_of(self, role)


class TopBar(Bar):
    """Where one is, and the book in one line."""


class KeyBar(Bar):
    """What the keys do here: as many as fit, at most seven on a narrow screen, and how many more there are."""

    NARROW = 100
    MOST_NARROW = 7

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._keys: list[tuple[str, str]] = []
        self._total = 0

    def keys(self, keys: list[tuple[str, str]], total: int) -> None:
        """The keys worth showing, the most used first, and how many there are in all. The last is always shown."""
        self._keys, self._total = keys, total
        self._changed()

    def arranged(self, width: int) -> tuple[list[Cell], list[Cell]]:
        """The keys that fit, and the count of the others."""
        most = self.MOST_NARROW if width < self.NARROW else len(self._keys)
        *others, last = self._keys or [("", "")]
        shown = others[: most - 1]
        while shown and sum(self._width(pair) for pair in (*shown, last)) + 6 > width:
            shown.pop()
        hidden = self._total - len(shown) - 1
        cells: list[Cell] = []
        for key, text in (*shown, last):
            cells += [Cell(f" {key}", "key"), Cell(f" {text}  ", "muted")]
        if hidden > 0:
            cells[-1] = Cell(f" {last[1]} +{hidden}", "muted")
        return cells, []

    @staticmethod
    def _width(pair: tuple[str, str]) -> int:
        return cell_len(pair[0]) + cell_len(pair[1]) + 4
