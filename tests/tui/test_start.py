"""What is read before the first frame grows with what it shows, not with what is stored."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from csm_tui.domain.due import Group
from csm_tui.store import migrate
from csm_tui.store.connection import Reading, reading
from csm_tui.tui.start import FRAME, MANY, first_look
from csm_tui.views.today import today_list
from tests.conftest import TODAY


@pytest.fixture
def large(tmp_path: Path) -> str:
    """So many accounts that nobody ever spoke to; of some the renewal day has passed."""
    path = str(tmp_path / "large.db")
    migrate.ready(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO account (name, added_on, started_on, renewal_on) VALUES (?, '2025-01-01', '2025-01-01', ?)",
            [(f"Account {n}", "2026-11-01" if n < FRAME + 10 else None) for n in range(3 * MANY)],
        )
    return path


def test_the_first_look_at_a_large_book_reads_only_what_stands_first(
    large: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []

    def counted(book: Reading, sql: str, parameters: Any = ()) -> list[tuple[Any, ...]]:
        found = every(book, sql, parameters)
        read.append(len(found))
        return found

    every = Reading.rows
    monkeypatch.setattr(Reading, "rows", counted)
    with reading(large, TODAY) as book:
        look = first_look(book)
        assert sum(read) < 4 * (FRAME + 10)
        whole = today_list(book)
    assert not look.whole
    assert look.today.items == whole.items[: FRAME + 10]
    assert look.today.counts[Group.MUST_DO] == whole.counts[Group.MUST_DO] == FRAME + 10


def test_where_few_must_dos_stand_first_the_rest_of_the_frame_is_there_too(large: str) -> None:
    with closing(sqlite3.connect(large)) as connection, connection:
        connection.execute("UPDATE account SET renewal_on = NULL WHERE id > 3")
    with reading(large, TODAY) as book:
        look, whole = first_look(book), today_list(book)
    assert (len(look.today.items), look.whole) == (FRAME, False)
    assert look.today.items == whole.items[:FRAME]
    assert look.today.counts[Group.OVERDUE] == whole.counts[Group.OVERDUE]
