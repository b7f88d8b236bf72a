"""The morning: what came about since the last look, as a list; enter opens the account of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content

from csm_tui import clock, words
from csm_tui.domain.reasons import why
from csm_tui.tui import keys
from csm_tui.tui.pane import heading
from csm_tui.tui.widgets.cells import Cell, Column, fit, line
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.domain.due import Item
    from csm_tui.domain.since import Decision
    from csm_tui.store.queries.looks import Deed
    from csm_tui.views.since import Since

NAME, WHEN = 26, 12


class SinceScreen(Dialog[int]):
    """Three parts: what fell due, what was done elsewhere, which decision days came into range."""

    CSS = "SinceScreen .dialog { width: 110; height: 80%; padding: 0 1; } SinceScreen Rows { height: 1fr; }"
    KEYS = keys.SINCE
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    def __init__(self, found: Since) -> None:
        super().__init__()
        self._found = found
        self._accounts: dict[str, int] = {}

    def compose(self) -> ComposeResult:
        """The box and the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(f"Since {words.since_when(clock.local(self._found.look.at), self._found.today)}")
            box.border_subtitle = Content("⏎ open · esc back")
            yield Rows()

    def on_mount(self) -> None:
        """The parts that are not empty."""
        rows = list(self._rows())
        nothing = Row("", lambda width: [Cell(fit(" Nothing came about since then.", width), "muted")])
        self.query_one(Rows).fill(rows or [nothing])
        self.query_one(Rows).focus()

    def _rows(self) -> Iterator[Row]:
        found = self._found
        parts = (
            ("FELL DUE", [self._due(item) for item in found.due]),
            ("DONE ELSEWHERE", [self._deed(deed) for deed in found.deeds]),
            ("DECISION DAYS IN RANGE", [self._decision(one) for one in found.decisions]),
        )
        for title, rows in parts:
            if rows:
                yield heading(title, len(rows), "muted")
                yield from rows

    def _due(self, item: Item) -> Row:
        today = self._found.today
        role = words.when_role(item.due_on, item.latest_on, today)
        self._accounts[f"due-{item.id}"] = item.account.account_id
        columns = [
            Column(item.account.name, NAME),
            Column(item.what, 0),
            Column(words.when(item.due_on, today), WHEN, role, right=True),
        ]
        return _row(f"due-{item.id}", columns, why(item, today))

    def _deed(self, deed: Deed) -> Row:
        what = deed.label if deed.kind == "do" else f"{deed.kind.capitalize()}: {deed.label}"
        at = words.since_when(clock.local(deed.at), self._found.today)
        if deed.account_id is not None:
            self._accounts[f"deed-{deed.operation_id}"] = deed.account_id
        columns = [
            Column(at, 16, "muted"),
            Column(what, 0),
            Column(deed.origin.split(" ")[0], WHEN, "muted", right=True),
        ]
        return _row(f"deed-{deed.operation_id}", columns)

    def _decision(self, one: Decision) -> Row:
        self._accounts[f"decision-{one.account_id}"] = one.account_id
        when = Column(words.until(one.on, self._found.today), WHEN, "warning", right=True)
        return _row(f"decision-{one.account_id}", [Column(one.name, NAME), Column(one.what, 0), when])

    def action_open(self) -> None:
        """The account of the row, on the way out."""
        account_id = self._accounts.get(self.query_one(Rows).key)
        if account_id is not None:
            self.answer(account_id)

    def on_rows_opened(self) -> None:
        """Two clicks open too."""
        self.action_open()


def _row(key: str, columns: list[Column], told: tuple[str, ...] = ()) -> Row:
    return Row(key, lambda width: [Cell(" "), *line(width - 2, columns)], told)
