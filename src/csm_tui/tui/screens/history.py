"""History: what was done, when, from where, and what of it has been undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content

from csm_tui import clock
from csm_tui.tui import empties, keys
from csm_tui.tui.widgets.cells import GAP, Cell, Column, cell_len, line
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.store.journal import Entry


NOTHING = ("Nothing has been done yet.", "Whatever changes the book is listed here; u undoes the newest.")
WIDTH, EDGES, FRAME = 110, 4, 2
ROOMY = 70
"""On narrower lines only what was done stands, and when."""


class HistoryScreen(Dialog[str]):
    """The newest first; u and U undo and redo from here too."""

    CSS = "HistoryScreen .dialog { width: 110; height: 80%; padding: 0 1; } HistoryScreen Rows { height: 1fr; }"
    KEYS = keys.HISTORY
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__()
        self._entries = entries

    def compose(self) -> ComposeResult:
        """The box and the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content("History")
            box.border_subtitle = Content("u undo · U redo · ? keys · esc back")
            yield Rows()

    def on_mount(self) -> None:
        """One row an operation."""
        rows = [_row(entry) for entry in self._entries]
        found = self.query_one(Rows)
        found.fill(rows or empties.rows(NOTHING, min(WIDTH, self.app.size.width * 24 // 25) - EDGES))
        found.focus()
        self.query_one(".dialog").styles.max_height = len(found.rows) + FRAME

    def action_answer(self, verb: str) -> None:
        """Undo or redo, on the way out."""
        self.answer(verb)


def _row(entry: Entry) -> Row:
    at = clock.local(entry.at)
    state = "undone" if entry.undone else "closed" if entry.closed else ""
    what = {"undo": "Undo: ", "redo": "Redo: "}.get(entry.kind, "") + entry.label
    role = "dim" if entry.undone else ""
    changes = f"{entry.changes:,} {'row' if entry.changes == 1 else 'rows'}"
    told = [Column(f"{at:%d.%m. %H:%M}", 12, "muted"), Column(what, 0, role)]
    told += [Column(state, len(state), "muted")] if state else []
    more = [Column(changes, 9, "muted", right=True), Column(entry.origin.split(" ")[0], 9, "muted", right=True)]

    def paint(width: int) -> list[Cell]:
        kept = list(more) if width >= ROOMY else []
        while kept and _needed([*told, *kept], what) > width:
            kept.pop(0)
        return line(width, [*told, *kept])

    return Row(f"op-{entry.operation_id}", paint)


def _needed(columns: list[Column], what: str) -> int:
    """So wide is a line on which what was done stands whole."""
    return sum(column.width + GAP for column in columns) + cell_len(what)
