"""What is due, most pressing first."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.due import Group
from csm_tui.domain.filter_fields import OF_ITEMS
from csm_tui.domain.money import short
from csm_tui.domain.naming import folded
from csm_tui.domain.reasons import why
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.due_rows import DAY, GROUP_ROLES, due_cells, glyph, grouped, when
from csm_tui.tui.empties import EMPTY_BOOK, KEY
from csm_tui.tui.pane import Chosen, Pane, heading, joined
from csm_tui.tui.widgets.cells import Cell, Column
from csm_tui.views.today import today_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.due import Item
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.tui.widgets.sheet import Row
    from csm_tui.views.filters import Abouts
    from csm_tui.views.today import TodayList

WEEK, QUARTER = 7, 91


BOARD = (
    BoardColumn("account", 28, lambda item, *_: (item.account.name, ""), lambda item, *_: folded(item.account.name)),
    BoardColumn("what", 0, lambda item, *_: (item.what, ""), lambda item, *_: folded(item.what)),
    BoardColumn("due", DAY, lambda item, today, _: when(item, today), lambda item, *_: item.shown_on, right=True),
    BoardColumn(
        "last", 9, lambda item, today, _: (words.ago(item.account.last_two_way_on, today), "muted"),
        lambda item, *_: item.account.last_two_way_on or date.min, right=True, spare=True,
    ),
    BoardColumn(
        "ARR", 8, lambda item, *_: (_arr(item), ""), lambda item, *_: _worth(item), right=True, down=True,
        spare=True,
    ),
    BoardColumn(
        "score", 10, lambda item, *_: (f"{item.score // 100:,}", "muted"), lambda item, *_: item.score, right=True,
        down=True, spare=True,
    ),
    BoardColumn(
        "id", 7, lambda item, *_: (item.id, "dim"), lambda item, *_: (item.id[0], int(item.id[1:])), right=True,
        spare=True,
    ),
)  # fmt: skip


class TodayPane(Pane):
    """The home of the day. Zoomed, it looks a quarter ahead."""

    NUMBER: ClassVar[int] = 1
    TITLE: ClassVar[str] = "Today"
    READS: ClassVar[frozenset[str]] = frozenset(
        {
            "account",
            "touchpoint",
            "touchpoint_signal",
            "promise",
            "pulse",
            "snooze",
            "plan",
            "step",
            "risk",
            "escalation",
            "review_skip",
        }
    )
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    EMPTY: ClassVar[tuple[str, ...]] = (
        "Nothing is due this week.",
        "",
        f"z{KEY}looks a quarter ahead, and back",
        f"f{KEY}goes to any account; l there logs a touchpoint",
    )

    FIELDS: ClassVar[frozenset[str]] = OF_ITEMS

    data: TodayList | None = None

    def empty(self) -> tuple[str, ...]:
        """A day with nothing due is not a book with nothing in it."""
        return EMPTY_BOOK if self.data is not None and self.data.accounts == 0 else self.EMPTY

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The ranked list, a week or a quarter ahead."""
        return today_list, (QUARTER if self.zoomed else WEEK,)

    def show(self, data: TodayList) -> None:
        """Rows under the headings of their groups."""
        self.data = data
        self.set_lines({item.id: item for item in data.items})

    def arranged(self, keys: list[str]) -> list[Row]:
        """Under the headings of their groups, unless a column sorts them."""
        if self.order is not None or self.data is None:
            return super().arranged(keys)
        counts = Counter(self.lines[key].group for key in keys) if self.filter else self.data.counts
        return [
            heading(words.GROUPS[one], counts[one], GROUP_ROLES.get(one, "bold"))
            if isinstance(one, Group)
            else self.row(one.id)
            for one in grouped(self.lines[key] for key in keys)
        ]

    def summary(self) -> list[Cell]:
        """How many there are of each urgency."""
        if self.data is None:
            return []
        counts = self.data.counts
        parts = (
            (f"{counts[Group.MUST_DO]} must do", counts[Group.MUST_DO], "error"),
            (f"{counts[Group.OVERDUE]} overdue", counts[Group.OVERDUE], "error"),
            (f"{counts[Group.TODAY]} today", counts[Group.TODAY], "warning"),
            (f"{counts[Group.THIS_WEEK]} this week", counts[Group.THIS_WEEK], "muted"),
        )
        told = [(text, role) for text, count, role in parts if count]
        if self.data.accounts == 0:
            return []
        if self.data.too_many:
            told.append(("more than a third of the book: the thresholds are wrong", "warning"))
        return joined(told or [("all clear", "success")])

    def account_of(self, one: Item) -> AccountFacts:
        """The account of the item."""
        return one.account

    def facts_of(self, one: Item, known: Abouts) -> RowFacts:
        """What a filter may ask of a due item."""
        from csm_tui.views.filters import item_row

        return item_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The item of a row."""
        item = self.lines[key]
        return Chosen(item.account.account_id, item.account.name, item, why(item, self.today()))

    def glyph(self, one: Item) -> Column:
        """The band of the account."""
        return glyph(one)

    def paint(self, one: Item, width: int) -> list[Cell]:
        """Account, work and day."""
        return due_cells(one, self.today(), width)


def _worth(item: Item) -> int | None:
    return None if item.account.arr_cents is None else item.value_cents


def _arr(item: Item) -> str:
    arr = item.account.arr_cents
    return short(arr, item.account.currency) if arr is not None else "–"
