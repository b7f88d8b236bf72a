"""What the folded pane of cadence says is what its board says."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from csm_tui.exchange.demo import write_demo
from csm_tui.store.connection import reading
from csm_tui.views.cadence import cadence_board, cadence_glance

DAY = date(2026, 11, 21)
PUT_OFF = """
INSERT INTO snooze (account_id, item, due_on, made_on, until_on)
SELECT account_id, 'c' || account_id, date(max(day), '+30 days'), '2026-11-13', '2026-12-31' FROM touchpoint
WHERE state = 'held' AND direction = 'two-way' GROUP BY account_id
"""
"""Check-ins of every month, put off far past the week: the ones that are due in Today stand there no more."""


def test_the_folded_pane_counts_as_its_board_does(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    write_demo(path, DAY, 40)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(PUT_OFF)
    for days in range(-7, 8):
        with reading(path, DAY + timedelta(days=days)) as book:
            board = cadence_board(book)
        with reading(path, DAY + timedelta(days=days)) as book:
            glance = cadence_glance(book)
        assert (glance.late, glance.this_week) == (board.late, board.this_week), days
        assert [one.facts.name for one in glance.lines] == [one.facts.name for one in board.lines[:1]]
        assert glance.lines == [] or glance.lines[0].standing == board.lines[0].standing
