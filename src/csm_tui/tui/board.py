"""The columns of a board: which are shown, how a line stands in them, and by which it is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from rich.cells import cell_len

from csm_tui.tui.widgets.cells import Cell, Column, line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from csm_tui.domain.filter_fields import About

    Held = Callable[[Any, date, About], Any]

WIDE = 96
"""A narrower board does without the columns that can be spared."""

LEAST = 60
"""A narrower one has no columns."""

GAP = 2

MOST = 56
"""A column that takes what is left takes no more than this: on a wide screen the eye should not lose its line."""


NAME = 32
"""So much is left to a column that takes what is left, before others become wider."""

NAME_LEAST = 18
"""With less than this, such a column is worth more than one that can be spared."""

EDGES = 5
"""The glyph before the columns, a blank after them, and the gap."""


class BoardColumn(NamedTuple):
    """One column: its title, its width (0: what is left), what stands in it (text and role, or cells) and its value.

    The value sorts, None last; `down` when the largest is wanted first. A narrow board does without a `spare` one, of
    which those of 2 go first, and of the same number the last; one that is `off` is shown only when it was chosen.
    `above` stands above it in the place of its title. `most` is how wide it may become where a screen has room over.
    """

    title: str
    width: int
    shows: Held
    value: Held
    right: bool = False
    down: bool = False
    spare: int = 0
    off: bool = False
    above: str = ""
    most: int = 0


class Order(NamedTuple):
    """By which column a list is sorted, and whether the largest stands first."""

    title: str
    down: bool

    @property
    def arrow(self) -> str:
        """Which way it goes."""
        return "↓" if self.down else "↑"


def usual(columns: Iterable[BoardColumn]) -> tuple[str, ...]:
    """The columns that are shown when none were chosen."""
    return tuple(one.title for one in columns if not one.off)


def as_text(shows: Any) -> str:
    """What stands in a column, as text alone."""
    return "".join(cell.text for cell in shows).strip() if isinstance(shows, list) else str(shows[0]).strip()


def wanted(columns: Iterable[BoardColumn], chosen: Sequence[str]) -> list[BoardColumn]:
    """The chosen columns; the first is always there."""
    return [one for place, one in enumerate(columns) if place == 0 or one.title in chosen]


def shown(columns: Iterable[BoardColumn], chosen: Sequence[str], width: int) -> list[BoardColumn]:
    """The chosen columns for which a board of that width has room."""
    found = [one for one in wanted(columns, chosen) if width >= WIDE or not one.spare]
    spare = sorted((one for one in found if one.spare), key=lambda one: one.spare)
    while spare and _room(found, NAME_LEAST) > width:
        found.remove(spare.pop())
    return _grown(found, width)


def _room(columns: list[BoardColumn], least: int) -> int:
    """How wide a board of these columns is, with so much for each that takes what is left."""
    return EDGES + sum((one.width or least) + GAP for one in columns)


def _grown(columns: list[BoardColumn], width: int) -> list[BoardColumn]:
    """What a wide screen has over goes to the columns whose texts may be longer than they are wide."""
    over = width - _room(columns, NAME)
    grown = []
    for one in columns:
        more = max(0, min(over, one.most - one.width))
        over -= more
        grown.append(one._replace(width=one.width + more) if more else one)
    return grown


def head(columns: list[BoardColumn], order: Order | None, width: int) -> list[Cell]:
    """The titles, with an arrow at the one that sorts."""
    titles = []
    for one in columns:
        arrow = order.arrow if order is not None and order.title == one.title else ""
        titles.append(Column((one.above or one.title) + arrow, one.width, "accent" if arrow else "muted", one.right))
    return _laid([Column(" ", 2), *titles, Column("", 1)], width)


def _laid(texts: list[Column], width: int) -> list[Cell]:
    """The columns side by side; what a wide screen has over stays free on the right."""
    wanted = sum(one.width or MOST for one in texts) + GAP * (len(texts) - 1)
    return line(min(width, wanted), texts, GAP)


def body(columns: list[BoardColumn], glyph: Column, held: list[Any], width: int) -> list[Cell]:
    """What stands in the columns of a line: each text and role, or cells as wide as the column."""
    texts, parts = [glyph], {}
    for place, (column, shows) in enumerate(zip(columns, held, strict=True), 1):
        if isinstance(shows, list):
            parts[place] = shows
        text, role = ("", "") if isinstance(shows, list) else shows
        texts.append(Column(text, column.width, role, column.right))
    cells = _laid([*texts, Column("", 1)], width)
    for place, found in sorted(parts.items(), reverse=True):
        if 2 * place < len(cells):
            cells[2 * place : 2 * place + 1] = found
    return cells


def column_at(columns: list[BoardColumn], x: int, width: int) -> BoardColumn | None:
    """The column whose title stands at a cell of the head."""
    end = 0
    for place, cell in enumerate(head(columns, None, width)):
        end += cell_len(cell.text)
        if x < end:
            return columns[place // 2 - 1] if place % 2 == 0 and 0 < place // 2 <= len(columns) else None
    return None


def in_order(keys: Iterable[str], values: Callable[[str], Any], down: bool, names: Callable[[str], Any]) -> list[str]:
    """Row keys by their values, those without one last; equal ones by name, so that the order is total."""
    held = [(values(key), key) for key in sorted(keys, key=names)]
    there = [pair for pair in held if pair[0] is not None]
    there.sort(key=lambda pair: pair[0], reverse=down)
    return [key for _, key in there] + [key for value, key in held if value is None]
