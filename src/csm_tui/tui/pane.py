"""What all panes share: a numbered, bordered list that loads off the screen's thread, and folds when not in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.content import Content

from csm_tui.tui import empties
from csm_tui.tui.listing import Listing
from csm_tui.tui.widgets.cells import Cell, cell_len, heading_cells
from csm_tui.tui.widgets.painting import Line
from csm_tui.tui.widgets.roles import VARIABLES
from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.geometry import Size

    from csm_tui.domain.due import Item
    from csm_tui.domain.plans import Step
    from csm_tui.tui.desk import Desk

DOT = " · "
EDGE = 4
"""Of a border, what its counts cannot stand on."""

NARROW = 100
"""Below so many columns an unfocused pane is one line, and the context stands behind enter."""


NO_MATCH = "Nothing matches; esc clears the filter."
UNREAD = ("This could not be read: `csm doctor` says why, and what to do.",)
BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]


class Chosen(NamedTuple):
    """What the cursor stands on: an account, the due item or the step if the row is one, and the why of the row.

    `begins` is the playbook that `a` starts there.
    """

    account_id: int
    account: str
    item: Item | None = None
    why: tuple[str, ...] = ()
    step: Step | None = None
    begins: str = ""


class Below(ShyRows):
    """What stands below a board: a panel that its pane fills. It may take the keys, and then says what it stands on."""

    DEFAULT_CSS = "Below { display: none; height: 1fr; }"
    LEAST: ClassVar[int] = 20
    """On a terminal with fewer lines the board has all of them."""

    def __init__(self) -> None:
        super().__init__(classes="pane")

    def fits(self, height: int, *, narrow: bool) -> bool:  # noqa: ARG002
        """Whether a terminal has room for it."""
        return height >= self.LEAST

    def chosen(self) -> Chosen | None:
        """What its cursor stands on."""
        return None


class Pane(Listing):
    """A pane of the workspace. It asks the desk for a view, and `show` hands the lines over by their keys."""

    NUMBER: ClassVar[int]
    TITLE: ClassVar[str]
    READS: ClassVar[frozenset[str]]
    EMPTY: ClassVar[tuple[str, ...]]
    BELOW: ClassVar[type[Below] | None] = None
    """The panel that stands below the board, if there is one."""
    FIRST: ClassVar[tuple[str, ...]] = ()
    """The ids of the keys that are worth most here: they stand first in the key bar."""

    def __init__(self) -> None:
        super().__init__(id=f"pane-{self.NUMBER}", classes="pane")
        self.below = None if self.BELOW is None else self.BELOW()
        self.desk: Desk | None = None
        self.tall = False
        self.narrow = False
        self.loaded = False
        self.unread = False
        self._counted: list[Cell] = []
        self._missed = False
        """Whether something changed while it was hidden."""
        self._asked: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self._held: tuple[Callable[..., Any], tuple[Any, ...]] | None = None
        self.border_title = Content(f"{self.NUMBER} {self.TITLE}")

    @property
    def slot(self) -> str:
        """The name under which the desk answers this pane."""
        return f"pane-{self.NUMBER}"

    def load(self) -> None:
        """Ask the desk for what this pane shows, in the form it is in."""
        if self.desk is not None:
            self._asked = view, wanted = self.question()
            self.desk.survey(self.slot, view, *wanted)

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The view to ask for, and its arguments, in the form the pane is in."""
        raise NotImplementedError

    def show(self, data: Any) -> None:
        """Hand the lines that the view answered to `set_lines`."""
        raise NotImplementedError

    def chosen_of(self, key: str) -> Chosen | None:
        """What the row of a key stands for."""
        raise NotImplementedError

    def chosen(self) -> Chosen | None:
        """What the cursor stands on."""
        return self.chosen_of(self.key) if self.key in self.lines else None

    def chosen_near(self, step: int) -> Chosen | None:
        """What stands so many rows from the cursor."""
        at = self.cursor + step
        key = self.rows[at].key if 0 <= at < len(self.rows) else ""
        return self.chosen_of(key) if key in self.lines else None

    def summary(self) -> list[Cell]:
        """The counts that stand in the border, and on the folded line of a narrow terminal."""
        raise NotImplementedError

    def today(self) -> date:
        """The day of the lines."""
        day: date = self.data.today  # type: ignore[attr-defined]
        return day

    def set_lines(self, lines: dict[str, Any]) -> None:
        """Show lines by their keys, in their order, through the filter; or what an empty list has to say."""
        self.loaded, self.unread, self._held = True, False, self._asked
        self.keep_lines(lines)
        if self.tall:
            self.marked &= lines.keys()
        self.changed()

    def could_not_be_read(self) -> None:
        """Say so in place of the lines, unless there are some from before."""
        self.unread = True
        self.changed()

    def changed(self) -> None:
        """Show the lines that the filter lets through, in their order; folded only the first."""
        keys = self.in_order()
        rows = self.arranged(keys) if self.tall else [self.row(key) for key in keys[:1]] or self._folded_nothing()
        if self.tall:
            head = self.head() if rows else []
            self.fixed = max(0, len(head) - 1)  # the blank below the titles scrolls away
            rows = [*head, *rows] if rows else self._nothing()
        self.show_cursor = self.tall
        self._count()
        self.fill(rows)

    def on_resize(self) -> None:
        """Say as much as fits."""
        if self._count():
            self.repaint()
        if self.loaded and (not self._through or bool(self.fixed) != bool(self.head())):
            self.changed()

    def _count(self) -> bool:
        """Have the counts in the border, without those worth least where there is no room; whether they are others."""
        cells = fitting(self._told(), self.size.width - EDGE) if self.size.width else self._told()
        before, self._counted = self._counted, cells
        if cells != before:
            self.entitle(under=Content.assemble(*[(cell.text, _style(cell.role)) for cell in cells]))
        return cells != before

    def empty(self) -> tuple[str, ...]:
        """What an empty list says: which key or command fills it."""
        return self.EMPTY

    def _nothing(self) -> list[Row]:
        words = (self.filter_wrong, NO_MATCH) if self.filter_wrong else (NO_MATCH,) if self.filter else self.empty()
        if not self.loaded:  # it is not known whether there is nothing
            words = UNREAD if self.unread else ()
        return empties.rows(words, self.size.width)

    def _folded_nothing(self) -> list[Row]:
        """A folded list that is empty says so in its first sentence."""
        return empties.rows(self.empty()[:1], self.size.width)[:1] if self.loaded else []

    def _told(self) -> list[Cell]:
        """The counts, with what is marked and what sorts where that is not as usual; of a filtered list what passes."""
        told = [(f"{len(self.marked):,} marked", "accent")] if self.marked else []
        if self.order is not None:
            told.append((f"by {self.order.title} {self.order.arrow}", "muted"))
        if self.filter and self.loaded:
            matching, every = self.matching()
            return joined([(f"{matching:,} of {every:,}", ""), *told])
        return [*joined(told), *([Cell(DOT, "muted")] if told else []), *self.summary()]

    def reform(self, *, tall: bool, zoomed: bool, narrow: bool) -> None:
        """Take another form: tall or folded, zoomed or not, on a wide terminal or a narrow one."""
        if (tall, zoomed, narrow) == (self.tall, self.zoomed, self.narrow) and not self._missed:
            return
        self._missed = False
        self.take_form(tall=tall, zoomed=zoomed, narrow=narrow)
        self.changed()
        self.call_after_refresh(self.load_form)

    def take_form(self, *, tall: bool, zoomed: bool, narrow: bool) -> None:
        """Be in a form, whatever it shows."""
        self.tall, self.zoomed, self.narrow = tall, zoomed, narrow
        self.set_class(tall, "-tall")
        self.set_class(narrow and not tall, "-line")

    def load_form(self) -> None:
        """Ask for what this form shows and is not held yet. A board that folds holds all that its one line shows."""
        if not self.loaded or (self.tall and self._held != self.question()):
            self.load()

    def outdated(self) -> None:
        """What it shows has changed: a board that is hidden behind a zoomed one is read once it shows again."""
        if self.display:
            self.load()
        else:
            self.loaded, self._missed = False, True

    def line(self, y: int, size: Size) -> Line:
        """On a narrow terminal a folded pane is one line: its number, its name, its counts."""
        if self.narrow and not self.tall:
            return self._folded_line()
        return super().line(y, size)

    def _folded_line(self) -> Line:
        from rich.segment import Segment
        from textual.strip import Strip

        name = [Cell(f" {self.NUMBER} ", "muted"), Cell(f"{self.TITLE:<12} ")]
        cells = [*name, *fitting(self._told(), self.size.width - sum(len(cell.text) for cell in name))]
        strip = Strip([Segment(cell.text, self._style(cell.role, on=False)) for cell in cells])
        return Line(strip.adjust_cell_length(self.size.width, self._style("", on=False)), self.size.width)


def _style(role: str) -> str:
    """A role as a style of border text."""
    return f"${VARIABLES[role]}" if role in VARIABLES else ""


def heading(text: str, count: int, role: str) -> Row:
    """A group's heading with its count."""
    return Row("", lambda width: heading_cells(text, count, role, width))


def fitting(cells: list[Cell], width: int) -> list[Cell]:
    """Counts with dots between them, without the last ones where there is no room for all; the first always stays."""
    kept = list(cells)
    while len(kept) > 2 and sum(cell_len(cell.text) for cell in kept) > width:
        dot = max(place for place, cell in enumerate(kept) if cell.text == DOT or place == 0)
        if dot == 0:
            break
        kept = kept[:dot]
    return kept


def joined(parts: Sequence[tuple[str, str]]) -> list[Cell]:
    """Counts side by side with a dot between them."""
    cells: list[Cell] = []
    for text, role in parts:
        cells += [Cell(DOT, "muted")] if cells else []
        cells.append(Cell(text, role))
    return cells
