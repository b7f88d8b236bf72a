"""A list of tickets or cases: what its columns are called, and one of its rows as a ticket to be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.actions.import_tickets import ImportTickets, TicketRow, import_tickets
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.row_cells import WHOSE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.actions.import_accounts import Remark
    from csm_tui.actions.import_outcome import Outcome
    from csm_tui.exchange.row_cells import RowCells
    from csm_tui.store.verbs import Writing

NAME = "tickets"
WORDS: dict[str, tuple[str, ...]] = {
    "id": ("ticket id", "case id"),
    **WHOSE,
    "opened": ("create date", "created date", "created at", "created on", "opened at", "opened on", "opened",
               "submitted at", "date/time opened", "date opened", "created", "date"),
    "closed": ("close date", "closed date", "closed at", "closed on", "date/time closed", "date closed", "closed",
               "resolved at", "solved at"),
    "deleted": (),
}  # fmt: skip
DAYS = ("opened", "closed")
NEEDS = ((("opened",), "the days on which they were opened (Create date)"),)


def row(found: RowCells) -> TicketRow:
    """One row as a ticket. Raises Refusal for one that is deleted, has no day, or cannot be read."""
    found.live()
    opened_on = found.day("opened")
    if opened_on is None:
        raise Refusal("has no day on which it was opened")
    return TicketRow(found.line, found.whose(), opened_on, found.day("closed"))


def take(writing: Writing, title: str, rows: Iterable[TicketRow | Remark]) -> Outcome:
    """The rows into the book."""
    return import_tickets(writing, ImportTickets(title, rows))
