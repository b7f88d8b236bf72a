"""Group F, taking back: every action there is leaves the book as it was, and nothing that was deleted is gone."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.store import journal
from csm_tui.store.journal import JOURNALLED
from csm_tui.store.transaction import redo, transaction, undo
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, actions, do, dump, full, full_once, rows, run

__all__ = ["full", "full_once"]

APART = {"operation", "change", "sqlite_sequence"}
"""The journal itself, which only grows, and the ids that were given, which are never given again."""

USE = {"import_mapping", "last_look", "kept_up"}
"""How the program was used: what an import remembers, and until when the book was seen and kept up."""

YEAR_OF_WORK = 300


def canonical(path: str, *, without: set[str] = APART | USE) -> bytes:
    """Everything in a book, table by table and row by row, with every type; also what the index of words would find."""
    told = []
    with closing(sqlite3.connect(path)) as book:
        tables = book.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        for (table,) in tables:
            if table not in without and not table.startswith("touchpoint_find"):
                columns = [row[1] for row in book.execute(f"PRAGMA table_info({table})")]
                told.append(repr((table, columns, book.execute(f"SELECT * FROM {table} ORDER BY id").fetchall())))
        book.execute("CREATE VIRTUAL TABLE temp.word USING fts5vocab(main, touchpoint_find, 'instance')")
        told.append(repr(sorted(book.execute("SELECT term, doc, col, offset FROM temp.word"))))
    return "\n".join(told).encode("utf-8", "surrogatepass")


@pytest.mark.fault("F2")
def test_every_action_there_is_has_a_deed_here(tally: Tally) -> None:
    """An action in `csm_tui.actions` without a deed in tests/store/deeds has no undo that anybody tried."""
    done = {deed.action for deed in DEEDS.values()}
    for name, action in actions().items():
        tally.tried += 1
        if action not in done:
            tally.lost.append(name)
    tally.figures["actions"] = tally.tried


def test_the_book_of_these_tests_has_rows_in_every_table(full: str) -> None:
    assert all(found for found in dump(full).values())


@pytest.mark.fault("F2")
@pytest.mark.parametrize("name", DEEDS)
def test_undo_of_a_deed_gives_the_book_before_byte_for_byte(tally: Tally, full: str, name: str) -> None:
    before = canonical(full)
    do(full, DEEDS[name])
    after = canonical(full)
    assert after != before
    label, tally.tried = undo(full, "workspace 1", AT).label, 3
    if canonical(full) != before:
        tally.lost.append(f"{name}: undo")
    if redo(full, "shell", AT).label != label or canonical(full) != after:
        tally.lost.append(f"{name}: redo")
    undo(full, "shell", AT)
    if canonical(full) != before:
        tally.lost.append(f"{name}: undo of the redo")


@pytest.mark.fault("F3")
@pytest.mark.parametrize("table", JOURNALLED)
def test_what_is_deleted_comes_back_with_all_that_went_with_it(tally: Tally, full: str, table: str) -> None:
    """Row by row, each with what hangs on it; what stands in the way of a delete (a text that plans use) stays."""
    before = canonical(full)
    for (row_id,) in rows(full, f"SELECT id FROM {table} ORDER BY id"):
        tally.tried += 1
        history = rows(full, "SELECT count(*) FROM operation, change")[0][0]
        try:
            with transaction(full, journal.Operation("Take out", "shell", AT)) as connection:
                connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
        except (Refusal, sqlite3.IntegrityError):
            if canonical(full) != before:
                tally.lost.append(f"{table} {row_id}: refused, and not as before")
            continue
        if rows(full, "SELECT count(*) FROM operation, change")[0][0] <= history:
            tally.lost.append(f"{table} {row_id}: history went with it")
        undo(full, "shell", AT)
        if canonical(full) != before:
            tally.lost.append(f"{table} {row_id}: not as before")


@pytest.mark.fault("F3")
def test_nothing_in_the_journal_hangs_on_a_row_that_can_go(tally: Tally, full: str) -> None:
    """And what another program takes out, which no undo offers, leaves its image behind."""
    for table in ("operation", "change"):
        tally.tried += 1
        points_to = {row[2] for row in rows(full, f"PRAGMA foreign_key_list({table})")}
        if not points_to <= {"operation"}:
            tally.lost.append(f"{table} hangs on {points_to}")
    everything = dump(full)
    run(full, "DELETE FROM account; DELETE FROM template; DELETE FROM saved_filter")
    for table, found in everything.items():
        tally.tried += 1
        images = "SELECT count(*) FROM change WHERE table_name = ? AND before IS NOT NULL AND after IS NULL"
        if rows(full, images, table) != [(len(found),)]:
            tally.lost.append(f"{table}: rows went without an image")


@pytest.mark.fault("F3")
def test_what_was_deleted_a_year_of_work_ago_can_still_be_had_back(tally: Tally, full: str) -> None:
    before = canonical(full)
    do(full, DEEDS["delete a touchpoint"])
    work = rounds(YEAR_OF_WORK)
    for _ in range(work):
        do(full, DEEDS["log with notes"])
    for _ in range(work + 1):
        tally.tried += 1
        undo(full, "shell", AT)
    if canonical(full) != before:
        tally.lost.append("not as before")
