"""Accounts by name: which one is meant, and all there are. It loads no rules, since logging waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.naming import Named, account_named
from csm_tui.store.queries import accounts

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading


def find_account(reading: Reading, text: str) -> Named:
    """The account that the words mean; the names of the whole book are read only when none is exactly that.

    Raises UnknownAccount with the candidates when it is none or several.
    """
    exact = accounts.named_exactly(reading, text)
    return Named(*exact[0]) if len(exact) == 1 else account_named(all_names(reading), text)


def all_names(reading: Reading) -> list[Named]:
    """Every account by name."""
    return [Named(*row) for row in accounts.names(reading)]
