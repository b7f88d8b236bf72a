"""Whole lists as they go out of the book, some hundreds of rows at a time, by id."""

from __future__ import annotations

from csm_tui.store.journal import JOURNALLED
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from csm_tui.store.connection import Reading

PAGE = 500


def _together(what: str, where: str) -> str:
    """Several values of one row as one text, apart by a character that no text of a person holds."""
    return f"(SELECT group_concat(one, char(31)) FROM (SELECT {what} AS one FROM {where}))"


def _external(source: str) -> str:
    return f"(SELECT value FROM external_id WHERE account_id = a.id AND source = '{source}' ORDER BY id LIMIT 1)"


ACCOUNTS = f"""
SELECT a.id, a.name, {_external("own")}, {_external("salesforce")}, {_external("hubspot")}, a.domain, a.owner, a.ae,
  a.industry, a.plan, a.tier, a.started_on, a.renewal_on, a.notice_days, a.notice_served_on, a.auto_renew_off_on,
  a.auto_renew, a.term_months, a.arr_cents, a.currency, a.seats, a.interval_days,
  (SELECT value FROM pulse WHERE account_id = a.id ORDER BY given_on DESC, id DESC LIMIT 1),
  (SELECT max(day) FROM touchpoint WHERE account_id = a.id AND state = 'held' AND direction = 'two-way'
   AND day <= :today),
  a.added_on, a.churned_on, a.churn_reason, a.archived_on,
  {_together("tag", "account_tag WHERE account_id = a.id ORDER BY tag")}, a.notes
FROM account a WHERE a.id > :after ORDER BY a.id LIMIT :page
"""

CONTACTS = """
SELECT c.id, a.name, c.name, c.title, c.role, c.email, c.phone, c.status, c.left_on, c.source, c.source_id, c.notes
FROM contact c JOIN account a ON a.id = c.account_id WHERE c.id > :after ORDER BY c.id LIMIT :page
"""

_THERE = "touchpoint_contact tc JOIN contact c ON c.id = tc.contact_id WHERE tc.touchpoint_id = t.id ORDER BY tc.id"
TOUCHPOINTS = f"""
SELECT t.id, a.name, t.day, t.time, t.kind, t.state, t.direction, t.minutes, t.mood, t.summary,
  {_together("c.name", _THERE)},
  {_together("signal", "touchpoint_signal WHERE touchpoint_id = t.id ORDER BY id")}, t.source, t.source_id, t.notes
FROM touchpoint t JOIN account a ON a.id = t.account_id WHERE t.id > :after ORDER BY t.id LIMIT :page
"""

PROMISES = """
SELECT p.id, a.name, p.side, p.what, p.due_on, p.state, p.made_on, p.closed_on, p.reason, p.touchpoint_id
FROM promise p JOIN account a ON a.id = p.account_id WHERE p.id > :after ORDER BY p.id LIMIT :page
"""


def pages(reading: Reading, sql: str) -> Iterator[tuple[Any, ...]]:
    """All rows of a statement whose first column is the id, a page at a time."""
    after = 0
    while page := reading.rows(sql, {"after": after, "page": PAGE, "today": reading.today.isoformat()}):
        yield from page
        after = page[-1][0]


def tables(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Every table of facts with its columns, the id first, those that others point at before them."""
    found = {}
    for table in JOURNALLED:
        rows = reading.rows("SELECT name FROM pragma_table_info(?) ORDER BY cid", (table,))
        found[table] = tuple(name for (name,) in rows)
    return found


def everything(reading: Reading, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """All rows of one table of facts, by id."""
    return pages(reading, f"SELECT {', '.join(columns)} FROM {table} WHERE id > :after ORDER BY id LIMIT :page")


def is_empty(reading: Reading) -> bool:
    """Whether a book holds no fact at all."""
    return not any(reading.row(f"SELECT 1 FROM {table} LIMIT 1") for table in JOURNALLED)
