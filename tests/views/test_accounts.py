"""The list of accounts and its folded pane speak of the same book."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from csm_tui.store.connection import reading
from csm_tui.tui.panes.accounts import AccountsPane
from csm_tui.views.accounts import account_glance, account_list, totals
from tests.conftest import TODAY
from tests.store.test_every_action import filled


def test_customers_who_left_are_counted_apart_in_the_list_and_in_the_folded_pane(tmp_path: object) -> None:
    path = filled(f"{tmp_path}/book.db")
    pane = AccountsPane.__new__(AccountsPane)
    pane.order = None
    for sql, churned in (("SELECT 1", 0), ("UPDATE account SET churned_on = '2026-11-20' WHERE id = 1", 1)):
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE account SET churned_on = NULL, archived_on = NULL")
            connection.execute(sql)
        with reading(path, TODAY) as book:
            both = account_list(book), account_glance(book)
            assert {(found.size - found.churned, found.churned) for found in both} == {(totals(book).accounts, churned)}
        pane.data = both[1]
        told = "".join(cell.text for cell in pane.summary())
        assert ("1 churned" in told) is bool(churned)
        assert told.endswith("by risk")
