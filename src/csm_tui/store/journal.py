"""What has been changed, by which operation, and how to take it back: row images that triggers write.

No writer can forget the journal, since the file writes it. Undo puts the images back in reverse, as an operation of
its own, so that redo is undoing the undo; both work across restarts and between the shell and the workspace.
"""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.safe import accepted
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from typing import Any

    from csm_tui.store.connection import Reading

JOURNALLED = (
    "account",
    "external_id",
    "contact",
    "touchpoint",
    "touchpoint_contact",
    "touchpoint_signal",
    "template",
    "plan",
    "step",
    "promise",
    "pulse",
    "snooze",
    "account_tag",
    "measure",
    "saved_filter",
    "risk",
    "risk_signal",
    "escalation",
    "review_skip",
)
"""Every table of facts. `operation` and `change` are the journal itself; `import_mapping`, `last_look` and `kept_up`
say how the program was used, which no undo should touch."""


class Operation(NamedTuple):
    """What is about to be done: its name for undo and history, who does it, and when (a UTC moment).

    One that is `closed` is not offered to be undone. With `goes_on` it is the operation of that id, of which this is a
    further part.
    """

    label: str
    origin: str
    at: str
    kind: str = "do"
    undoes: int | None = None
    closed: bool = False
    goes_on: int = 0


RULES = "rules"
"""The origin of what the rules do by themselves: it stands in the way of no undo and no redo."""


class Entry(NamedTuple):
    """One line of the history."""

    operation_id: int
    kind: str
    label: str
    origin: str
    at: str
    changes: int
    undone: bool
    closed: bool


class Undone(NamedTuple):
    """What an undo or a redo took back or did again."""

    operation_id: int
    label: str


def begin(connection: sqlite3.Connection, operation: Operation) -> int:
    """Open an operation; from here every row changed in this transaction belongs to it. Its name is a door as well."""
    accepted(operation.label, "name")
    if operation.goes_on:
        there = connection.execute("UPDATE operation SET open = 1 WHERE id = ?", (operation.goes_on,))
        if there.rowcount:  # a part that changed nothing has left no trace
            return operation.goes_on
    cursor = connection.execute(
        "INSERT INTO operation (kind, label, origin, at, open, undoes, closed) VALUES (?, ?, ?, ?, 1, ?, ?)",
        (operation.kind, operation.label, operation.origin, operation.at, operation.undoes, int(operation.closed)),
    )
    return int(cursor.lastrowid or 0)


def finish(connection: sqlite3.Connection, operation_id: int) -> bool:
    """Close an operation; one that changed nothing leaves no trace. Answers whether anything changed."""
    changed = connection.execute("SELECT 1 FROM change WHERE operation_id = ? LIMIT 1", (operation_id,)).fetchone()
    if changed is None:
        connection.execute("DELETE FROM operation WHERE id = ?", (operation_id,))
        return False
    connection.execute("UPDATE operation SET open = 0 WHERE id = ?", (operation_id,))
    return True


def next_undo(connection: sqlite3.Connection | Reading) -> Entry | None:
    """The newest operation, or redo, that has not been undone."""
    return _newest(connection, "kind IN ('do', 'redo') AND undone_by IS NULL AND closed = 0")


def next_redo(connection: sqlite3.Connection | Reading) -> Entry | None:
    """The newest undo that has not been redone, unless something new was done since."""
    return _newest(
        connection,
        "kind = 'undo' AND undone_by IS NULL AND closed = 0 "
        f"AND id > coalesce((SELECT max(id) FROM operation WHERE kind = 'do' AND origin <> '{RULES}'), 0)",
    )


_ENTRY = (
    "SELECT id, kind, label, origin, at, (SELECT count(*) FROM change WHERE operation_id = operation.id), "
    "undone_by IS NOT NULL, closed FROM operation"
)


def _newest(connection: sqlite3.Connection | Reading, condition: str) -> Entry | None:
    sql = f"{_ENTRY} WHERE {condition} ORDER BY id DESC LIMIT 1"
    row = connection.row(sql) if hasattr(connection, "row") else connection.execute(sql).fetchone()
    return None if row is None else _entry(row)


def _entry(row: tuple[Any, ...]) -> Entry:
    operation_id, kind, label, origin, at, changes, undone, closed = row
    return Entry(operation_id, kind, label, origin, at, changes, bool(undone), bool(closed))


def history(reading: Reading, limit: int) -> list[Entry]:
    """The newest operations first."""
    return [_entry(row) for row in reading.rows(f"{_ENTRY} ORDER BY id DESC LIMIT ?", (limit,))]


def newest_change(reading: Reading) -> int:
    """The mark from which `changed_since` counts."""
    row = reading.row("SELECT coalesce(max(id), 0) FROM change")
    return int(row[0]) if row else 0


def changed_since(reading: Reading, mark: int) -> frozenset[str]:
    """The tables changed after a mark, by whatever process."""
    return frozenset(row[0] for row in reading.rows("SELECT DISTINCT table_name FROM change WHERE id > ?", (mark,)))


def revert(connection: sqlite3.Connection, target: Entry, operation_id: int) -> None:
    """Put back what an operation changed. Raises Refusal, and the transaction falls, if a row has changed since."""
    import json  # only here: every log would pay for it

    connection.execute("PRAGMA defer_foreign_keys=ON")
    changes = connection.execute(
        "SELECT table_name, row_id, before, after FROM change WHERE operation_id = ? ORDER BY id DESC",
        (target.operation_id,),
    ).fetchall()
    for table, row_id, before, after in changes:
        if _image(connection, table, row_id) != (None if after is None else json.loads(after)):
            raise Refusal(f"“{target.label}” cannot be taken back: its {_thing(table)} has been changed since.")
        _put_back(connection, table, row_id, None if before is None else json.loads(before))
    _no_others(connection, target, operation_id)
    connection.execute("UPDATE operation SET undone_by = ? WHERE id = ?", (operation_id, target.operation_id))


def _no_others(connection: sqlite3.Connection, target: Entry, operation_id: int) -> None:
    """Refuse where taking back a row would take with it what somebody else has hung on it since.

    What the rules alone have hung there goes with it: they will do it again where it is due.
    """
    other = connection.execute(
        "SELECT mine.table_name FROM change mine WHERE mine.operation_id = ? AND NOT EXISTS ("
        "SELECT 1 FROM change theirs WHERE theirs.operation_id = ? "
        "AND theirs.table_name = mine.table_name AND theirs.row_id = mine.row_id) AND EXISTS ("
        "SELECT 1 FROM change other LEFT JOIN operation o ON o.id = other.operation_id "
        "WHERE other.table_name = mine.table_name AND other.row_id = mine.row_id "
        "AND other.operation_id IS NOT mine.operation_id AND o.origin IS NOT ?)",
        (operation_id, target.operation_id, RULES),
    ).fetchone()
    if other is not None:
        raise Refusal(f"“{target.label}” cannot be taken back: a {_thing(other[0])} has been added to it since.")


def _thing(table: str) -> str:
    return table.replace("_", " ")


def columns(connection: sqlite3.Connection, table: str) -> list[str]:
    """The columns of a table as it stands in the file."""
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


def _image(connection: sqlite3.Connection, table: str, row_id: int) -> dict[str, Any] | None:
    names = columns(connection, table)
    row = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,)).fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def _put_back(connection: sqlite3.Connection, table: str, row_id: int, before: dict[str, Any] | None) -> None:
    if before is None:
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        return
    exists = connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone()
    if exists:
        sets = ", ".join(f"{name} = ?" for name in before)
        connection.execute(f"UPDATE {table} SET {sets} WHERE id = ?", (*before.values(), row_id))
    else:
        marks = ", ".join("?" for _ in before)
        connection.execute(f"INSERT INTO {table} ({', '.join(before)}) VALUES ({marks})", tuple(before.values()))


def triggers(connection: sqlite3.Connection) -> list[str]:
    """The statements that drop and make anew the triggers of every journalled table, from its live columns."""
    statements = []
    for table in JOURNALLED:
        names = columns(connection, table)
        if not names:
            continue
        new, old = _json("NEW", names), _json("OLD", names)
        differs = f"({_list('OLD', names)}) IS NOT ({_list('NEW', names)})"
        for event, when, row_id, before, after in (
            ("INSERT", "", "NEW.id", "NULL", new),
            ("UPDATE", f"WHEN {differs}", "NEW.id", old, new),
            ("DELETE", "", "OLD.id", old, "NULL"),
        ):
            name = f"{table}_{event.lower()}_journal"
            statements.append(f"DROP TRIGGER IF EXISTS {name}")
            statements.append(
                f"CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN "
                "INSERT INTO change (operation_id, table_name, row_id, before, after) VALUES ("
                f"(SELECT id FROM operation WHERE open = 1), '{table}', {row_id}, {before}, {after}); END"
            )
    return statements


def _json(row: str, names: list[str]) -> str:
    return "json_object(" + ", ".join(f"'{name}', {row}.{name}" for name in names) + ")"


def _list(row: str, names: list[str]) -> str:
    return ", ".join(f"{row}.{name}" for name in names)
