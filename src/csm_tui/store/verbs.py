"""The verbs that an action knows: find, each, add, change, remove. What stands behind them is not its business."""

from __future__ import annotations

from typing import Protocol

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.policy import Policy

    Value = str | int | None
    Row = dict[str, Value]


class Writing(Protocol):
    """One transaction on the book, on a given day. Days are ISO text, as in the file."""

    @property
    def today(self) -> date:
        """The day on which this is done."""

    @property
    def policy(self) -> Policy:
        """The numbers by which the rules decide."""

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows whose columns equal the values given, by id."""

    def each(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Some columns of every row, by id, one row after another: the table may be larger than memory."""

    def add(self, table: str, **values: Value) -> int:
        """A new row; its id."""

    def change(self, table: str, row_id: int, **values: Value) -> None:
        """Set columns of one row."""

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out, with what hangs on it; the journal keeps its image for undo."""
