"""Accounts by name: which one is meant, and all there are. It loads no rules, since logging waits for it."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import Named, account_named, numbered
from csm_tui.store.queries import accounts
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


def find_account(reading: Reading, text: str) -> Named:
    """The account that the words mean; the names of the whole book are read only when none is exactly that.

    Raises UnknownAccount with the candidates when it is none or several.
    """
    exact = accounts.named_exactly(reading, text) if numbered(text) is None else []
    return Named(*exact[0]) if len(exact) == 1 else account_named(all_names(reading), text)


def all_names(reading: Reading) -> list[Named]:
    """Every account by name."""
    return [Named(*row) for row in accounts.names(reading)]


def account_of_touchpoint(reading: Reading, touchpoint_id: int) -> Named:
    """The account of a touchpoint. Raises Refusal when there is none of that id."""
    return _owner(reading, "touchpoint", touchpoint_id, "t")


def account_of_promise(reading: Reading, promise_id: int) -> Named:
    """The account of a promise. Raises Refusal when there is none of that id."""
    return _owner(reading, "promise", promise_id, "p")


def _owner(reading: Reading, table: str, row_id: int, letter: str) -> Named:
    found = accounts.owner_of(reading, table, row_id)
    if found is None:
        raise Refusal(f"There is no {table} {letter}{row_id}: `csm account show NAME` prints the ids.")
    return Named(*found)
