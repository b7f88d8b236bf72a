"""A list of lines by their keys: filtered, sorted, marked, and as a board with columns when it is zoomed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui.domain.filter_fields import OF_ACCOUNTS, UNKNOWN, About
from csm_tui.safe import shown
from csm_tui.tui import board
from csm_tui.tui.widgets.cells import Cell, Column
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from textual import events

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.tui.board import BoardColumn, Order
    from csm_tui.tui.sieve import Sieve
    from csm_tui.views.filters import Abouts, Known

MARK = "▌"


class Listing(Rows):
    """Lines as rows. What a line is, only its subclass knows: `account_of`, `facts_of`, `glyph` and `paint` say it."""

    COLUMNS: ClassVar[tuple[BoardColumn, ...]]
    FIELDS: ClassVar[frozenset[str]] = OF_ACCOUNTS
    """What a filter of this list may ask for."""

    def __init__(self, *, id: str, classes: str) -> None:
        super().__init__(id=id, classes=classes)
        self.zoomed = False
        self.order: Order | None = None
        self.columns: Sequence[str] = board.usual(self.COLUMNS)
        self.marked: set[str] = set()
        self.lines: dict[str, Any] = {}
        self.known: Known | None = None
        self._sieve: Sieve | None = None
        self._sorted: list[str] | None = None
        self._made: dict[str, Row] = {}
        self._through: list[str] = []

    def account_of(self, one: Any) -> AccountFacts:
        """The account that a line is about."""
        raise NotImplementedError

    def facts_of(self, one: Any, known: Abouts) -> RowFacts:
        """What a filter may ask of a line. A thread may ask, so it looks at nothing that changes."""
        raise NotImplementedError

    def glyph(self, one: Any) -> Column:
        """What stands before a line, two cells wide."""
        raise NotImplementedError

    def paint(self, one: Any, width: int) -> list[Cell]:
        """A line of the list, which has no columns of its own."""
        raise NotImplementedError

    def arranged(self, keys: list[str]) -> list[Row]:
        """The rows of these keys; a list may put headings between them."""
        return [self.row(key) for key in keys]

    def today(self) -> date:
        """The day of the lines."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show what is to be shown now."""
        raise NotImplementedError

    @property
    def filter(self) -> str:
        """What is asked for, as it was typed."""
        return self._sieve.text if self._sieve is not None else ""

    @property
    def filter_wrong(self) -> str:
        """What is wrong with what was typed; empty: nothing."""
        return self._sieve.wrong if self._sieve is not None else ""

    def set_filter(self, text: str) -> None:
        """Keep only the rows that a filter lets through."""
        self._filtering().set(text)
        self.changed()

    def know(self, known: Known, rows: dict[str, RowFacts] | None = None) -> None:
        """What the book knows that a filter or a column may ask for; rows are those looked up with it, by key."""
        self.known, self._sorted = known, None
        if self._sieve is not None or rows is not None:
            self._filtering().know(known, rows)
        self.changed()

    def _filtering(self) -> Sieve:
        """The sieve, made when it is first used."""
        if self._sieve is None:
            from csm_tui.tui.sieve import Sieve

            self._sieve = Sieve(self.FIELDS, lambda key, known: self.facts_of(self.lines[key], known))
            if self.known is not None:
                self._sieve.know(self.known)
        return self._sieve

    def sort(self, order: Order | None) -> None:
        """Sort by a column; None is the order of the pane itself."""
        self.order, self._sorted = order, None
        self.changed()

    def mark(self, keys: Iterable[str]) -> None:
        """Mark these rows, and no others."""
        self.marked = set(keys)
        self.changed()

    @property
    def worked_on(self) -> list[str]:
        """The keys of the marked rows, those that the filter hides last; without marks of the row under the cursor."""
        if not self.marked:
            return [self.key] if self.key in self.lines else []
        hidden = (self.marked & self.lines.keys()) - set(self._through)  # a board that was folded may not be read yet
        return [*(key for key in self._through if key in self.marked), *sorted(hidden)]

    def plain(self, key: str) -> str:
        """A row as plain text, its columns parted by tabs."""
        columns = board.wanted(self.COLUMNS, self.columns)
        held = [column.shows(self.lines[key], self.today(), self.about(key)) for column in columns]
        texts = ["".join(cell.text for cell in one) if isinstance(one, list) else one[0] for one in held]
        return "\t".join(shown(text).strip() for text in texts)

    def choose(self, columns: Sequence[str]) -> None:
        """Show these columns."""
        self.columns = tuple(columns)
        self.changed()

    @property
    def shown_keys(self) -> list[str]:
        """The keys of all rows that the filter lets through, in their order."""
        return self._through

    def keep_lines(self, lines: dict[str, Any]) -> None:
        """Take these lines, in their own order, in place of those before."""
        self.lines = lines
        self._sorted, self._made = None, {}
        if self._sieve is not None:
            self._sieve.forget()

    def in_order(self) -> list[str]:
        """The keys that the filter lets through, in their order, which is worked out once."""
        if self._sorted is None:
            self._sorted = self._ordered()
        narrows = self._sieve is not None and self._sieve.narrows
        self._through = self._sieve.through(self._sorted) if self._sieve is not None and narrows else self._sorted
        return self._through

    def _ordered(self) -> list[str]:
        order = self.order
        column = next((one for one in self.COLUMNS if order and one.title == order.title), None)
        if column is None or order is None:
            return list(self.lines)
        held, today = column.value, self.today()
        return board.in_order(
            self.lines, lambda key: held(self.lines[key], today, self.about(key)), order.down,
            lambda key: (self.account_of(self.lines[key]).name, key),
        )  # fmt: skip

    def about(self, key: str) -> About:
        """What is known of the account of a row beyond its facts."""
        if self.known is None:
            return UNKNOWN
        return self.known.about.get(self.account_of(self.lines[key]).account_id, UNKNOWN)

    def row(self, key: str) -> Row:
        """The row of a key, made once."""
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = Row(key, partial(self._painted, key))
        return made

    def _painted(self, key: str, width: int) -> list[Cell]:
        one = self.lines[key]
        if self.has_columns(width):
            columns = self.columns_in(width)
            held = [column.shows(one, self.today(), self.about(key)) for column in columns]
            cells = board.body(columns, self.glyph(one), held, width)
        else:
            cells = self.paint(one, width)
        if key in self.marked:
            return [Cell(MARK, "accent"), Cell(cells[0].text[1:], cells[0].role), *cells[1:]]
        return cells

    def columns_in(self, width: int) -> list[BoardColumn]:
        """The columns that a board of a width shows."""
        return board.shown(self.COLUMNS, self.columns, width)

    def has_columns(self, width: int) -> bool:
        """Whether a board of that width stands in columns."""
        return self.zoomed and width >= board.LEAST

    def head(self) -> list[Row]:
        """The titles of the board."""
        if not self.has_columns(self.size.width or board.LEAST):
            return []
        return [Row("", self._paint_head), Row("", lambda _width: [])]

    def _paint_head(self, width: int) -> list[Cell]:
        return board.head(self.columns_in(width), self.order, width)

    def on_click(self, event: events.Click) -> None:
        """A click on a title sorts by its column, a second one the other way round."""
        width = self.scrollable_content_region.width
        if self.has_columns(width) and self.place_at(event.y - self._border_top()) == 0 and len(self.rows) > 1:
            columns = self.columns_in(width)
            column = board.column_at(columns, event.x - int(self.styles.gutter.left), width)
            if column is not None:
                self.sort_by(column.title)
            return
        super().on_click(event)

    def sort_by(self, title: str) -> None:
        """Sort by a column in its usual direction; by the one that sorts already, the other way round."""
        column = next(one for one in self.COLUMNS if one.title == title)
        down = not self.order.down if self.order is not None and self.order.title == title else column.down
        self.sort(board.Order(title, down))

    def as_texts(self) -> list[list[str]]:
        """What the list holds as a table of texts: the titles of the chosen columns, and a row a line."""
        columns = board.wanted(self.COLUMNS, self.columns)
        rows = [[one.title for one in columns]]
        for key in self.shown_keys:
            line, about = self.lines[key], self.about(key)
            rows.append([board.as_text(one.shows(line, self.today(), about)) for one in columns])
        return rows

    def matching(self) -> tuple[int, int]:
        """How many rows the filter lets through, and of how many."""
        return len(self._through), len(self.lines)
