"""Copies of the book by SQLite's own backup, each verified before it counts, 0600, kept beside the book."""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress

from csm_tui import clock, paths, placing
from csm_tui.store import rotation
from csm_tui.store.connection import (
    APPLICATION_ID,
    SHELL_BUSY_S,
    BookFile,
    Busy,
    Outdated,
    check,
    opened,
    said,
    uri,
    version_of,
)
from csm_tui.store.second_name import ASIDE
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Protocol

    class Filling(Protocol):
        """A way to copy a book that does not take it all at once."""

        busy_s: float
        """How long it waits for whoever holds the book."""

        def fill(self, source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
            """Copy all of the book."""


class Taken(BookFile):
    """There is a file where a copy was to be."""

    def __init__(self, target: str) -> None:
        super().__init__(f"{target} is there already and was left as it was: give another name.")


RETRY_S = 0.02
"""How long a copy waits for a commit of another csm before it tries again."""


def back_up(path: str, way: Filling | None = None) -> str:
    """A verified copy of the book in its backup folder; the path of the copy. Older ones go as `rotation` has it."""
    folder = _folder(path)
    target = _copied(path, folder, way)
    placing.sweep(folder, target)
    _thin(folder, os.path.basename(target))
    return target


def _copied(path: str, folder: str, way: Filling | None) -> str:
    """A copy in the folder under the first free name; where another csm takes that meanwhile, under the next."""
    while True:
        target = _free(os.path.join(folder, f"{_stamp()}.db"))
        with suppress(Taken):
            copy(path, target, way)
            return target


def copy(path: str, target: str, way: Filling | None = None) -> None:
    """A verified copy of the book at a path where nothing is yet; a copy that fails leaves nothing behind."""
    if os.path.lexists(target):
        raise Taken(target)
    if placing.is_sqlites(target):
        raise _unwritable(target, "SQLite would take it for a part of the book beside it")
    try:
        with placing.aside(target, ".db") as temporary:
            _fill(path, temporary, target, way)
            placing.put(temporary, target)
    except FileExistsError:
        raise Taken(target) from None
    except OSError as error:
        raise _unwritable(target, error.strerror) from None


def _unwritable(target: str, why: object) -> BookFile:
    return BookFile(f"No backup can be written to {target}: {why}. Give another place, or check that one.")


def _folder(path: str) -> str:
    """The backup folder of a book, made if it is not there."""
    folder = paths.backups(path)
    try:
        return paths.private_folder(folder)
    except OSError as error:
        raise _unwritable(folder, error.strerror) from None


def _fill(path: str, temporary: str, target: str, way: Filling | None = None) -> None:
    """Copy a book into a file aside, verified. What goes wrong is told of the book, or of where the copy was to be."""
    source = opened(path, SHELL_BUSY_S if way is None else way.busy_s, write=False)
    copied = sqlite3.connect(temporary)
    try:
        version_of(source, path)
        with _told_of(target):
            if way is None:
                source.backup(copied, sleep=RETRY_S)
            else:
                way.fill(source, copied)
        verify(copied, path)
    except sqlite3.DatabaseError as error:
        raise said(error, path) or error from None
    finally:
        copied.close()
        source.close()


@contextmanager
def _told_of(target: str) -> Iterator[None]:
    """A disk that is full is that of the copy."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "disk" not in str(error):
            raise
        raise _unwritable(target, error) from None


def verify(connection: sqlite3.Connection, path: str) -> None:
    """Refuse a book that is not whole: its pages, its references, its header."""
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not whole or astray is not None or not ours:
        raise BookFile(f"{path} is not whole, so no copy of it was kept.")


def restore(path: str, source: str) -> str | None:
    """Put a backup in the place of the book; the old file is kept beside the backups, and its path is the answer.

    Restoring that kept file is the undo. The source is verified first, and copied, never moved. There is a book at
    every moment, old or new.
    """
    path = os.path.realpath(path)
    paths.private_folder(os.path.dirname(path))
    _refuse_newer(source)
    with placing.aside(path, ".db") as fresh:
        _fill(source, fresh, path)
        with _settled(path):
            kept = _keep_old(path)
            _take_journal_away(path, kept)
            placing.put(fresh, path, replace=True)
    placing.sweep(os.path.dirname(path), path)
    return kept


@contextmanager
def _settled(path: str) -> Iterator[None]:
    """The old book with no write of another half done: what a crash left is rolled back, and who writes is waited for.

    A book that is damaged or gone has nobody to wait for. Raises Busy where another csm goes on writing.
    """
    if not os.path.isfile(path):
        yield
        return
    old = sqlite3.connect(uri(path, "rw"), uri=True, timeout=SHELL_BUSY_S, isolation_level=None)
    try:
        try:
            old.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if (refusal := said(error, path)) and isinstance(refusal, Busy):
                raise refusal from None
        yield
    finally:
        old.close()


def _take_journal_away(path: str, kept: str | None) -> None:
    """The journal of a damaged or missing book: played into the new one it would undo what was restored."""
    journal = f"{path}-journal"
    if os.path.lexists(journal):
        os.replace(journal, f"{kept or _aside(path)}-journal")


def _refuse_newer(source: str) -> None:
    """A backup that a newer csm wrote would be a book that this one cannot read; an older one is brought up to date."""
    connection = opened(source, SHELL_BUSY_S, write=False)
    try:
        check(connection, source)
    except Outdated:
        return
    finally:
        connection.close()


def _keep_old(path: str) -> str | None:
    """The old file under a dated name of its own, linked so that there is a book at every moment."""
    if not os.path.lexists(path):
        return None
    kept = _aside(path)
    os.link(path, kept)
    return kept


def _aside(path: str) -> str:
    """A dated name among the backups for what a restore puts aside."""
    return _free(os.path.join(_folder(path), f"{ASIDE}{_stamp()}.db"))


def _stamp() -> str:
    """The moment (UTC), as files are called after it."""
    return clock.moment().translate({ord(sign): None for sign in "-:."})


def backups(path: str) -> list[str]:
    """The verified backups of a book, newest first."""
    folder = paths.backups(path)
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in _there(folder)]


def good(path: str) -> list[str]:
    """The names of the backups of a book that still have all of their pages, newest first."""
    return [os.path.basename(found) for found in backups(path) if _stands(found)]


def _there(folder: str) -> list[str]:
    return rotation.newest_first(filter(rotation.is_backup, os.listdir(folder)))


def _thin(folder: str, newest: str) -> None:
    """Let go what rotation does not keep; what a restore put aside is never touched, nor what was just made.

    A copy that was cut or emptied since it was verified takes no place, nor does one that is dated after the newest
    (the clock was wrong then): neither may push out a good one, and both are left alone.
    """
    there = _there(folder)
    counted = [name for name in there[there.index(newest) :] if _stands(os.path.join(folder, name))]
    for name in {*counted} - rotation.survivors(counted) - {newest}:
        with suppress(OSError):
            os.unlink(os.path.join(folder, name))


def _stands(path: str) -> bool:
    """Whether a copy still has its head and all of its pages; all else was verified before it got its name.

    Read without SQLite, which would take longer over forty of them than over the backup: nobody has a copy open.
    """
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            head, length = os.read(handle, 72), os.fstat(handle).st_size
        finally:
            os.close(handle)
    except OSError:
        return False
    size, pages = int.from_bytes(head[16:18], "big"), int.from_bytes(head[28:32], "big")
    return head[68:72] == APPLICATION_ID.to_bytes(4, "big") and length == pages * size > 0


def _free(path: str) -> str:
    """The path, or the first like it with a number that is not taken."""
    stem, number, free = path[: -len(".db")], 1, path
    while os.path.lexists(free):
        number += 1
        free = f"{stem}-{number}.db"
    return free
