"""The guards of group F."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from tests.faults.guards import Guard

Agree = Callable[..., None]


class Deaf:
    """A connection that takes no notice of a pragma."""

    def __init__(self, connection: Any, pragma: str) -> None:
        self._connection, self._pragma = connection, pragma

    def execute(self, statement: str) -> object:
        """Carry out a statement, but for that one."""
        return None if self._pragma in statement else self._connection.execute(statement)


def less(agree: Agree, pragma: str, connection: Any, *, write: bool) -> None:
    """Make a connection as it is made, but for one pragma."""
    agree(Deaf(connection, pragma), write=write)


def _without(pragma: str) -> Callable[[], None]:
    def take_out() -> None:
        from csm_tui.store import connection

        connection._agree = partial(less, connection._agree, pragma)

    return take_out


def _one_table_unwatched() -> None:
    """A table of facts that nobody put on the list."""
    from csm_tui.store import journal

    vars(journal)["JOURNALLED"] = tuple(table for table in journal.JOURNALLED if table != "touchpoint_signal")


def _undo_in_any_order() -> None:
    """An undo that does not look whether a row is as it left it, nor puts back what went."""
    from csm_tui.store import journal

    put_back = journal._put_back

    def only_what_is_there(connection: Any, table: str, row_id: int, before: dict[str, Any] | None) -> None:
        if before is None or journal._image(connection, table, row_id) is not None:
            put_back(connection, table, row_id, before)

    journal._put_back = only_what_is_there


def _changes_stay() -> None:
    """An undo that leaves what was changed of an account."""
    from csm_tui.store import journal

    put_back = journal._put_back

    def only_rows(connection: Any, table: str, row_id: int, before: dict[str, Any] | None) -> None:
        if before is None or table != "account" or journal._image(connection, table, row_id) is None:
            put_back(connection, table, row_id, before)

    journal._put_back = only_rows


ROOT = "tests/faults"
F1 = f"{ROOT}/test_f_lives.py::test_a_book_is_as_a_model_says_whatever_is_done_to_it"
F2 = f"{ROOT}/test_f_undo.py::test_undo_of_a_deed_gives_the_book_before_byte_for_byte"
F3 = f"{ROOT}/test_f_undo.py::test_what_is_deleted_comes_back_with_all_that_went_with_it"
F4 = f"{ROOT}/test_f_model.py::test_every_connection_is_made_with_its_guards"

GUARDS = {
    "foreign keys": Guard(F4, _without("foreign_keys")),
    "synchronous": Guard(F4, _without("synchronous")),
    "trusted schema": Guard(F4, _without("trusted_schema")),
    "every table in the journal": Guard(F2, _one_table_unwatched),
    "what was changed is changed back": Guard(F1, _changes_stay, "Error"),
    "what was deleted is put back": Guard(F3, _undo_in_any_order, "Error"),
}
