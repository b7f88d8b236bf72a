"""The file remembers: what was done can be taken back in order and done again, and never hides a later change."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from csm_tui.actions.accounts import AddAccount, EditAccount, add_account, edit_account
from csm_tui.actions.items import MoveItem, move_item
from csm_tui.domain.errors import Refusal
from csm_tui.store import journal
from csm_tui.store.connection import reading
from csm_tui.store.transaction import redo, undo
from tests.conftest import TODAY
from tests.store.deeds import DEEDS, Deed, item
from tests.store.test_every_action import AT, Dump, do, dump, full, full_once, rows, run

__all__ = ["full", "full_once"]

EDIT = Deed(edit_account, lambda _: EditAccount(1, "Northwind", {"arr_cents": 7}))
SEATS = Deed(edit_account, lambda _: EditAccount(1, "Northwind", {"seats": 7}))
ADD = Deed(add_account, lambda _: AddAccount("Bolt", {}))
NOTHING = Deed(edit_account, lambda _: EditAccount(1, "Northwind", {"name": "Northwind"}))


def history(path: str, limit: int = 99) -> list[journal.Entry]:
    with reading(path, TODAY) as book:
        return journal.history(book, limit)


def test_there_is_nothing_to_undo_in_a_book_without_operations(full: str) -> None:
    before = dump(full)
    with pytest.raises(Refusal, match=r"^There is nothing to undo\.$"):
        undo(full, "shell", AT)
    with pytest.raises(Refusal, match=r"^There is nothing to redo: only what was just undone can be done again\.$"):
        redo(full, "shell", AT)
    assert dump(full) == before
    assert history(full) == []


def test_rows_that_another_program_wrote_are_never_undone(full: str) -> None:
    do(full, EDIT)
    run(full, "UPDATE account SET owner = 'Ida' WHERE id = 2")
    assert rows(full, "SELECT operation_id FROM change ORDER BY id DESC LIMIT 1") == [(None,)]
    assert undo(full, "shell", AT).label == "Edit Northwind"
    with pytest.raises(Refusal):
        undo(full, "shell", AT)
    assert rows(full, "SELECT owner FROM account WHERE id = 2") == [("Ida",)]


def test_rows_that_another_program_hung_on_ours_are_not_taken_away_by_an_undo(full: str) -> None:
    """An undo may take back its own rows only; it refuses where more would go with them."""
    account = do(full, ADD)
    run(full, f"INSERT INTO contact (account_id, name) VALUES ({account}, 'Ida')")
    before = dump(full)
    with pytest.raises(Refusal):
        undo(full, "shell", AT)
    assert dump(full) == before


def test_a_row_changed_since_refuses_the_undo_and_is_named_and_nothing_is_changed(full: str) -> None:
    do(full, DEEDS["log all there is"])
    run(full, "UPDATE promise SET what = 'something else' WHERE id = 3")
    before, operations = dump(full), history(full)
    with pytest.raises(
        Refusal, match=r"^“Log call with Northwind” cannot be taken back: its promise has been changed since\.$"
    ):
        undo(full, "shell", AT)
    assert (dump(full), history(full)) == (before, operations)


def test_a_row_gone_since_refuses_the_undo(full: str) -> None:
    do(full, EDIT)
    run(full, "DELETE FROM account WHERE id = 1")
    before = dump(full)
    with pytest.raises(Refusal, match="its account has been changed since"):
        undo(full, "shell", AT)
    assert dump(full) == before


def test_a_row_changed_since_refuses_the_redo_too(full: str) -> None:
    do(full, EDIT)
    undo(full, "shell", AT)
    run(full, "UPDATE account SET arr_cents = 8 WHERE id = 1")
    before = dump(full)
    with pytest.raises(Refusal, match=r"cannot be taken back|cannot be done again"):
        redo(full, "shell", AT)
    assert dump(full) == before


def test_new_work_ends_the_redo(full: str) -> None:
    do(full, EDIT)
    undo(full, "shell", AT)
    do(full, ADD)
    with pytest.raises(Refusal, match="There is nothing to redo"):
        redo(full, "shell", AT)
    assert undo(full, "shell", AT).label == "Add account Bolt"
    assert redo(full, "shell", AT).label == "Add account Bolt"


def test_what_changes_nothing_leaves_no_trace_and_keeps_the_redo(full: str) -> None:
    do(full, EDIT)
    undo(full, "shell", AT)
    before = history(full)
    do(full, NOTHING)
    assert history(full) == before
    assert redo(full, "shell", AT).label == "Edit Northwind"


def test_a_move_to_the_day_it_has_already_is_refused_and_no_operation(full: str) -> None:
    promise = item(full, "p1")
    do(full, Deed(move_item, lambda _: MoveItem(promise, TODAY)))
    with pytest.raises(Refusal, match="stands on 21 Nov 2026 already"):
        do(full, Deed(move_item, lambda _: MoveItem(promise, TODAY)))
    assert len(history(full)) == 1


def test_undo_and_redo_go_back_and_forth_over_several_operations(full: str) -> None:
    states: list[Dump] = [dump(full)]
    for deed in (EDIT, ADD, SEATS, DEEDS["log all there is"]):
        do(full, deed)
        states.append(dump(full))
    for _ in range(2):
        for state in reversed(states[:-1]):
            undo(full, "shell", AT)
            assert dump(full) == state
        for state in states[1:]:
            redo(full, "workspace 7", AT)
            assert dump(full) == state
    with pytest.raises(Refusal):
        redo(full, "shell", AT)


def test_history_tells_the_newest_first_with_who_when_and_how_much(full: str) -> None:
    do(full, EDIT, origin="workspace 12")
    do(full, ADD)
    undo(full, "shell", "2020-01-01T00:00:00.000Z")
    done = history(full)
    assert [(entry.kind, entry.label, entry.origin, entry.at, entry.changes) for entry in done] == [
        ("undo", "Add account Bolt", "shell", "2020-01-01T00:00:00.000Z", 1),
        ("do", "Add account Bolt", "shell", AT, 1),
        ("do", "Edit Northwind", "workspace 12", AT, 1),
    ]
    assert [entry.undone for entry in done] == [False, True, False]
    assert [entry.closed for entry in done] == [False, False, False]
    assert history(full, 2) == done[:2]


def test_the_next_undo_says_whose_it_is(full: str) -> None:
    do(full, EDIT, origin="workspace 12")
    with reading(full, TODAY) as book:
        entry = journal.next_undo(book)
        assert journal.next_redo(book) is None
    assert entry is not None
    assert (entry.label, entry.origin) == ("Edit Northwind", "workspace 12")


def test_changed_since_a_mark_names_the_tables_whoever_wrote(full: str) -> None:
    with reading(full, TODAY) as book:
        mark = journal.newest_change(book)
        assert journal.changed_since(book, mark) == frozenset()
    do(full, EDIT)
    run(full, "UPDATE promise SET what = 'x' WHERE id = 1")
    with reading(full, TODAY) as book:
        assert journal.changed_since(book, mark) == {"account", "promise"}
        newer = journal.newest_change(book)
    undo(full, "shell", AT)
    with reading(full, TODAY) as book:
        assert journal.changed_since(book, newer) == {"account"}


def test_an_undone_id_is_not_given_to_another_row(full: str) -> None:
    first = do(full, ADD)
    undo(full, "shell", AT)
    assert do(full, ADD) == first + 1


def test_images_keep_every_letter_and_every_digit(full: str) -> None:
    odd = "".join(
        chr(code) for code in (*range(1, 32), 34, 39, 92, 127, 0x85, 0x2028, 0xFEFF, 0xFFFE, 0x1F600, 0x10FFFF)
    )
    before = dump(full)
    do(full, Deed(edit_account, lambda _: EditAccount(1, "x", {"churn_reason": odd, "arr_cents": 10**15})))
    after = dump(full)
    run(full, "UPDATE account SET owner = NULL WHERE id = 2")
    undo(full, "shell", AT)
    assert dump(full) == before
    redo(full, "shell", AT)
    assert dump(full) == after
    assert rows(full, "SELECT churn_reason, arr_cents FROM account WHERE id = 1") == [(odd, 10**15)]


def test_an_operation_that_another_process_left_open_cannot_swallow_our_changes(full: str) -> None:
    """A crash rolls its operation back, since it is opened in the same transaction as its changes."""
    with closing(sqlite3.connect(full, isolation_level=None)) as crashing:
        crashing.execute("BEGIN IMMEDIATE")
        journal.begin(crashing, journal.Operation("Half", "shell", AT))
    assert rows(full, "SELECT * FROM operation") == []
    do(full, EDIT)
    assert [entry.label for entry in history(full)] == ["Edit Northwind"]
