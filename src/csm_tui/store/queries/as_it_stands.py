"""The rows of a book as a writer would find them, for a rehearsal that writes nothing."""

from __future__ import annotations

from csm_tui.store.kept import conditions
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Row, Value


def found(reading: Reading, table: str, equals: dict[str, Value]) -> list[Row]:
    """The rows of a table whose columns equal the values given, by id. Names come from our own code only."""
    names = [row[1] for row in reading.rows(f"PRAGMA table_info({table})")]
    where, given = conditions(equals)
    sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where} ORDER BY id"
    return [dict(zip(names, row, strict=True)) for row in reading.rows(sql, given)]


PAGE = 1000


def each(reading: Reading, table: str, columns: Sequence[str]) -> Iterator[tuple[Value, ...]]:
    """Some columns of every row of a table, by id, a page at a time. Names come from our own code only."""
    sql = f"SELECT id, {', '.join(columns)} FROM {table} WHERE id > ? ORDER BY id LIMIT {PAGE}"
    last = 0
    while page := reading.rows(sql, (last,)):
        yield from (row[1:] for row in page)
        last = int(page[-1][0])
