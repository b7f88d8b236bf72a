"""What lists know of accounts beyond the facts of the rules: owners, tags, recent signals; and the saved filters."""

from __future__ import annotations

from csm_tui.store.queries.active import listed
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from csm_tui.store.connection import Reading

_SIGNALS = """
SELECT t.account_id, group_concat(DISTINCT s.signal)
FROM touchpoint_signal s JOIN touchpoint t ON t.id = s.touchpoint_id
WHERE t.state = 'held' AND t.day BETWEEN ? AND ? GROUP BY t.account_id
"""


def owners(reading: Reading) -> list[tuple[int, str]]:
    """The owner of each account that has one."""
    return reading.rows("SELECT id, owner FROM account WHERE owner IS NOT NULL AND owner <> '' ORDER BY id")


def tags(reading: Reading) -> list[tuple[int, str]]:
    """Every account with each of its tags, in the order of the alphabet."""
    return reading.rows("SELECT account_id, tag FROM account_tag ORDER BY account_id, tag")


def signals(reading: Reading, since: date) -> list[tuple[int, str]]:
    """Each account with the signals logged from a day to today, parted by commas."""
    return reading.rows(_SIGNALS, (since.isoformat(), reading.today.isoformat()))


def saved_filters(reading: Reading) -> list[tuple[str, str]]:
    """Every saved filter: its name and its text."""
    return reading.rows("SELECT name, text FROM saved_filter ORDER BY name")


def values_of(reading: Reading, column: str, ids: Sequence[int]) -> list[str | None]:
    """What these accounts hold in a column of theirs, whose name comes from our own code."""
    chosen = listed(ids)
    return [row[0] for row in reading.rows(f"SELECT {column} FROM account WHERE id IN ({chosen})")]
