"""How due work stands in the rows of a list without columns. A first frame has them before Textual is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.domain.due import Group
from csm_tui.domain.health import band_by_hand
from csm_tui.tui.widgets.cells import Cell, Column, line, name_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from csm_tui.domain.due import Item

DAY = 10
"""Columns for a day."""
GROUP_ROLES = {Group.MUST_DO: "error", Group.OVERDUE: "error", Group.TODAY: "warning"}


def grouped(items: Iterable[Item]) -> Iterator[Group | Item]:
    """The items in their order, each group named before its first."""
    group = None
    for item in items:
        if item.group is not group:
            group = item.group
            yield group
        yield item


def glyph(item: Item) -> Column:
    """The band of the account."""
    band = band_by_hand(item.account.pulse)
    return Column(f" {words.BY_HAND[band]}", 2, words.BAND_ROLES[band])


def when(item: Item, today: date, width: int = DAY) -> tuple[str, str]:
    """The day of an item in so many columns, and its role."""
    role = words.when_role(item.due_on, item.latest_on, today) if item.snoozed is None else "muted"
    return words.item_when_in(width, item, today), role


def due_cells(item: Item, today: date, width: int) -> list[Cell]:
    """Account, work and day."""
    day, role = when(item, today)
    name = Column(item.account.name, name_width(width))
    return line(width, [glyph(item), name, Column(item.what), Column(day, DAY, role, right=True), Column("", 1)])
