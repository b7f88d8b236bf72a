"""One write to the book: BEGIN IMMEDIATE, a named operation, the work, COMMIT; or nothing at all."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

from csm_tui.domain.errors import Refusal
from csm_tui.store import journal
from csm_tui.store.connection import SHELL_BUSY_S, check, damaged, is_whole, opened, said
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from csm_tui.store.journal import Operation, Undone
    from csm_tui.store.verbs import Writing


@contextmanager
def transaction(path: str, operation: Operation, busy_s: float = SHELL_BUSY_S) -> Iterator[sqlite3.Connection]:
    """A connection inside an immediate transaction whose changes belong to the operation."""
    connection = opened(path, busy_s, write=True)
    try:
        check(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        operation_id = journal.begin(connection, operation)
        yield connection
        journal.finish(connection, operation_id)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        _roll_back(connection)
        refusal = said(error, path)
        if refusal is None:
            raise
        raise refusal from None
    except Exception as error:
        _roll_back(connection)
        if isinstance(error, Refusal) or is_whole(connection):
            raise
        raise damaged(path) from None
    except BaseException:
        _roll_back(connection)
        raise
    finally:
        connection.close()


@contextmanager
def misfits_refused(name: str) -> Iterator[None]:
    """Refuse a file whose rows the book does not take: a word, a day or a reference that cannot be."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise Refusal(
            f"{name} holds a row that a book cannot keep ({error}): nothing was written. Export it again, unchanged."
        ) from None


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")


def undo(path: str, origin: str, at: str, busy_s: float = SHELL_BUSY_S) -> Undone:
    """Take back the newest operation. Raises Refusal when there is none, or when its rows have changed since."""
    return _revert(path, origin, at, busy_s, redo=False)


def redo(path: str, origin: str, at: str, busy_s: float = SHELL_BUSY_S) -> Undone:
    """Do again what was undone last. Raises Refusal when nothing was, or something new was done since."""
    return _revert(path, origin, at, busy_s, redo=True)


def _revert(path: str, origin: str, at: str, busy_s: float, *, redo: bool) -> Undone:
    connection = opened(path, busy_s, write=True)
    try:
        check(connection, path)
        connection.execute("BEGIN IMMEDIATE")
        target = journal.next_redo(connection) if redo else journal.next_undo(connection)
        if target is None:
            raise Refusal(
                "There is nothing to redo: only what was just undone can be done again."
                if redo
                else "There is nothing to undo."
            )
        kind = "redo" if redo else "undo"
        wanted = journal.Operation(target.label, origin, at, kind, target.operation_id)
        operation_id = journal.begin(connection, wanted)
        journal.revert(connection, target, operation_id)
        journal.finish(connection, operation_id)
        connection.execute("COMMIT")
    except sqlite3.DatabaseError as error:
        raise said(error, path) or error from None
    finally:
        _roll_back(connection)
        connection.close()
    return journal.Undone(operation_id, target.label)


def writer(*, light: bool) -> Callable[..., AbstractContextManager[Writing]]:
    """What carries out an action: over sqlite3, or over SQLModel, which takes a while to load."""
    if light:
        from csm_tui.store.writing_light import write_light

        return write_light
    from csm_tui.store.writing import write

    return write
