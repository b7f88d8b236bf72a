"""What is due, most pressing first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.agenda import Group
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.money import short
from csm_tui.domain.naming import folded
from csm_tui.domain.reasons import why
from csm_tui.tui.pane import EMPTY_BOOK, Chosen, Pane, heading, joined, name_width
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.rows import Row
from csm_tui.views.today import today_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.domain.agenda import Item
    from csm_tui.views.today import TodayList

GROUP_ROLES = {Group.MUST_DO: "error", Group.OVERDUE: "error", Group.TODAY: "warning"}
WEEK, QUARTER = 7, 91


class TodayPane(Pane):
    """The home of the day. Zoomed, it looks a quarter ahead."""

    NUMBER: ClassVar[int] = 1
    TITLE: ClassVar[str] = "Today"
    READS: ClassVar[frozenset[str]] = frozenset(
        {"account", "touchpoint", "touchpoint_signal", "promise", "pulse", "snooze"}
    )
    EMPTY: ClassVar[tuple[str, ...]] = (
        "Nothing is due this week.",
        "z looks further ahead · l logs a touchpoint with any account",
    )

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
        self._items = {item.id: item for item in data.items}
        rows: list[Row] = []
        group = None
        for item in data.items:
            if item.group is not group:
                group = item.group
                rows.append(heading(words.GROUPS[group], data.counts[group], GROUP_ROLES.get(group, "bold")))
            rows.append(Row(item.id, _painter(item, data.today, zoomed=self.zoomed)))
        self.set_rows(rows)

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

    def text_of(self, key: str) -> str:
        """The name, the work and the kind."""
        item = self._items[key]
        return folded(f"{item.account.name} {item.what} {item.kind} {item.id}")

    def chosen(self) -> Chosen | None:
        """The item under the cursor."""
        item = self._items.get(self.key) if self.data else None
        if item is None or self.data is None:
            return None
        return Chosen(item.account.account_id, item.account.name, item, why(item, self.data.today))


def _painter(item: Item, today: date, *, zoomed: bool) -> Callable[[int], list[Cell]]:
    return lambda width: _paint(item, today, width, zoomed)


def _paint(item: Item, today: date, width: int, zoomed: bool) -> list[Cell]:
    band = band_by_hand(item.account.pulse)
    role = words.when_role(item.due_on, item.latest_on, today) if item.snoozed is None else "muted"
    when = Column(words.item_when(item, today), 10, role, right=True)
    glyph = Column(f" {words.BY_HAND[band]}", 2, words.BAND_ROLES[band])
    if not zoomed or width < 96:
        name = Column(item.account.name, name_width(width))
        return line(width, [glyph, name, Column(item.what), when, Column("", 1)])
    arr, currency = item.account.arr_cents, item.account.currency
    return line(
        width,
        [
            glyph,
            Column(item.account.name, 28),
            Column(item.what),
            when,
            Column(words.ago(item.account.last_two_way_on, today), 9, "muted", right=True),
            Column(short(arr, currency) if arr is not None else "–", 8, right=True),
            Column(f"{item.score // 100:,}", 10, "muted", right=True),
            Column(item.id, 7, "dim", right=True),
            Column("", 1),
        ],
        gap=2,
    )
