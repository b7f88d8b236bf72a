"""What was written down about accounts, people and touchpoints, in the order in which finding looks through it."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.touchpoints import Kind
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Any

    from csm_tui.domain.finding import Search
    from csm_tui.store.connection import Reading

CHUNK = 500
"""Touchpoints that are looked at in one go."""

HIGHEST = (1 << 63) - 1


class Said(NamedTuple):
    """What a touchpoint says. `place` orders by day, then id."""

    place: int
    touchpoint_id: int
    account_id: int
    account: str
    day: date
    kind: Kind
    summary: str
    notes: str


class Note(NamedTuple):
    """What is noted about an account, or about one of its people."""

    account_id: int
    account: str
    contact_id: int | None
    contact: str | None
    notes: str


_SAID = "t.id, t.account_id, a.name, t.day, t.kind, t.summary, t.notes"
_INDEXED = (
    f"SELECT f.rowid, {_SAID} FROM touchpoint_find f "
    "CROSS JOIN touchpoint t ON t.id = f.rowid & 0xFFFFFFFFFF JOIN account a ON a.id = t.account_id "
    "WHERE touchpoint_find MATCH ? AND f.rowid < ? ORDER BY f.rowid DESC LIMIT ?"
)
_NUMBERED = f"SELECT t.id, {_SAID} FROM touchpoint t JOIN account a ON a.id = t.account_id WHERE "


def has_index(reading: Reading) -> bool:
    """Whether the book has an index of words that this SQLite can read."""
    sql = (
        "SELECT 1 FROM pragma_module_list WHERE name = 'fts5' "
        "AND EXISTS (SELECT 1 FROM sqlite_master WHERE name = 'touchpoint_find')"
    )
    return reading.row(sql) is not None


def every(wanted: Search) -> str:
    """What the index is asked for all touchpoints that could answer, by their script alone."""
    return 'mark : "unspaced"' if any(phrase.unspaced for phrase in wanted) else 'mark : "every"'


def likely(wanted: Search) -> str:
    """What the index is asked for the touchpoints that answer all it can tell apart."""
    spaced = [f'{{summary notes}} : "{" ".join(phrase.words)}" *' for phrase in wanted if not phrase.unspaced]
    if len(spaced) < len(wanted):
        spaced.append(every(wanted))
    return " AND ".join(spaced)


def indexed(reading: Reading, match: str, below: int, limit: int = CHUNK) -> list[Said]:
    """The newest touchpoints before a place for which the index says yes."""
    return [_said(row) for row in reading.rows(_INDEXED, (match, below, limit))]


def numbered(reading: Reading, below: int) -> list[Said]:
    """The touchpoints with the highest ids below one, whatever their day; `place` is their id."""
    rows = reading.rows(f"{_NUMBERED} t.id < ? ORDER BY t.id DESC LIMIT {CHUNK}", (below,))
    return [_said(row) for row in rows]


def of_account(reading: Reading, account_id: int) -> list[Said]:
    """All touchpoints of an account, the newest first."""
    sql = f"{_NUMBERED} t.account_id = ? ORDER BY t.day DESC, t.id DESC"
    return [_said(row) for row in reading.rows(sql, (account_id,))]


def notes(reading: Reading, account_id: int | None) -> list[Note]:
    """The notes on accounts and on their people, by account; of one account where it is given."""
    mine = "1" if account_id is None else "a.id = :id"
    sql = (
        f"SELECT a.id, a.name, NULL, NULL, a.notes FROM account a WHERE a.notes <> '' AND {mine} "
        "UNION ALL SELECT a.id, a.name, c.id, c.name, c.notes FROM contact c JOIN account a ON a.id = c.account_id "
        f"WHERE c.notes <> '' AND {mine} ORDER BY 2, 1, 3"
    )
    return [Note(*row) for row in reading.rows(sql, {"id": account_id})]


def _said(row: tuple[Any, ...]) -> Said:
    place, touchpoint_id, account_id, account, day, kind, summary, notes = row
    return Said(place, touchpoint_id, account_id, account, date.fromisoformat(day), Kind(kind), summary, notes or "")
