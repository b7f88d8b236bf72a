"""What the workspace is measured against: Textual with one label, or with a DataTable of a thousand rows."""

from __future__ import annotations

import sys

from textual.app import App, ComposeResult
from textual.widgets import DataTable, Static

ROWS = 1000
COLUMNS = ("account", "tier", "health", "ARR", "renewal", "last touch", "next due", "next step")


class Table(DataTable[str]):
    """A DataTable that can be looked up by its class."""


class Bare(App[None]):
    """One label, or one table."""

    def compose(self) -> ComposeResult:
        """As little as there can be."""
        yield Table(cursor_type="row") if sys.argv[1:] == ["table"] else Static("hello")

    def on_mount(self) -> None:
        """Fill the table."""
        for table in self.query(Table):
            table.add_columns(*COLUMNS)
            for row in range(ROWS):
                table.add_row(
                    f"account-{row:06d}", "low", str(row % 100), str(row * 7919), "2027-01-01", "9 d", "today", "call"
                )
            table.focus()


if __name__ == "__main__":
    Bare().run()
