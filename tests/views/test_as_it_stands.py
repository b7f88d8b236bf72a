"""What is due is read anew when it was changed by another csm since it was shown."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from csm_tui.store.connection import reading
from csm_tui.views.today import account_items, as_it_stands
from tests.tui.conftest import DAY, kinds

__all__ = ["kinds"]
BOOKED = (
    "INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) "
    "VALUES (4, '2026-11-24', 'call', 'booked', 'two-way', 'check-in')"
)


def test_a_check_in_stands_on_the_day_that_its_booking_has_by_now(kinds: str) -> None:
    with closing(sqlite3.connect(kinds, isolation_level=None)) as connection:
        connection.execute("UPDATE account SET started_on = '2026-11-20', added_on = '2026-11-20' WHERE id = 4")
        connection.execute(BOOKED)
        with reading(kinds, DAY) as book:
            shown = next(item for item in account_items(book, 4) if item.id == "c4")
        connection.execute("UPDATE touchpoint SET day = '2026-11-25' WHERE account_id = 4 AND state = 'booked'")
        with reading(kinds, DAY) as book:
            now = as_it_stands(book, shown)
    assert (shown.due_on.day, now.due_on.day) == (24, 25)
