"""When the book was last looked at, and what has been written since."""

from __future__ import annotations

from csm_tui.domain.since import Terms
from csm_tui.store.queries.accounts import day
from csm_tui.store.queries.active import ACTIVE
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from csm_tui.store.connection import Reading

MOST_ROWS = 50
"""So many rows of an operation are asked whose they are; an import has too many to ask them all."""


class Look(NamedTuple):
    """A moment (UTC), and the newest change of the book at that moment where it is known."""

    at: str
    change_id: int | None = None


class Deed(NamedTuple):
    """An operation since a look: its name, who did it, when, and the account, if it is one alone."""

    operation_id: int
    kind: str
    label: str
    origin: str
    at: str
    account_id: int | None


def last_look(reading: Reading) -> Look | None:
    """When the workspace was last closed on this book, or midnight passed in it; None before the first time."""
    row = reading.row("SELECT at, change_id FROM last_look")
    return None if row is None else Look(row[0], row[1])


_SINCE = """
SELECT id, kind, label, origin, at FROM operation o
WHERE {later} AND undone_by IS NULL AND (kind <> 'undo' OR NOT EXISTS (
  SELECT 1 FROM operation u WHERE u.id = o.undoes AND {later_u}))
ORDER BY id DESC
"""
"""What was undone since is left out, and so is its undo; an undo of what was there before is news."""


def done_since(reading: Reading, look: Look) -> list[Deed]:
    """The operations that were written since a look and still stand, the newest first."""
    if look.change_id is None:
        later, mark = "{0}.at > ?", look.at
    else:
        first = reading.row("SELECT min(operation_id) FROM change WHERE id > ?", (look.change_id,))
        if first is None or first[0] is None:
            return []
        later, mark = "{0}.id >= ?", first[0]
    sql = _SINCE.format(later=later.format("o"), later_u=later.format("u"))
    found = reading.rows(sql, (mark, mark))
    return [Deed(row[0], row[1], row[2], row[3], row[4], _account_of(reading, row[0])) for row in found]


_WHOSE = f"""
SELECT DISTINCT CASE table_name WHEN 'account' THEN row_id
  ELSE json_extract(coalesce(after, before), '$.account_id') END
FROM (SELECT * FROM change WHERE operation_id = ? ORDER BY id LIMIT {MOST_ROWS})
"""


def _account_of(reading: Reading, operation_id: int) -> int | None:
    """The one account that an operation is about; None where there are several, or where it is gone."""
    found: list[Any] = [row[0] for row in reading.rows(_WHOSE, (operation_id,)) if row[0] is not None]
    if len(found) != 1 or reading.row("SELECT 1 FROM account WHERE id = ?", (found[0],)) is None:
        return None
    return int(found[0])


def terms(reading: Reading) -> list[Terms]:
    """The contracts that have a renewal ahead, of active accounts."""
    found = reading.rows(
        "SELECT id, name, started_on, renewal_on, notice_days, notice_served_on FROM account "
        f"WHERE renewal_on >= :today AND {ACTIVE}",
        {"today": reading.today.isoformat()},
    )
    return [Terms(row[0], row[1], day(row[2]), day(row[3]), row[4], day(row[5])) for row in found]
