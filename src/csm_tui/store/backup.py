"""Copies of the book by SQLite's own backup, each verified before it counts, 0600, kept beside the book."""

from __future__ import annotations

import os
import re
import sqlite3
import tempfile

from csm_tui import clock, paths
from csm_tui.store.connection import (
    APPLICATION_ID,
    SHELL_BUSY_S,
    BookFile,
    Outdated,
    check,
    opened,
    said,
    version_of,
)

KEPT = 30
"""The newest backups that are kept; older ones go when a new one has been verified."""

_NAME = re.compile(r"^\d{8}T\d{9}Z(-\d+)?\.db$")


def back_up(path: str) -> str:
    """A verified copy of the book in its backup folder; the path of the copy."""
    folder = _folder(path)
    target = _free(os.path.join(folder, re.sub(r"[-:.]", "", clock.moment()) + ".db"))
    copy(path, target)
    _thin(folder, os.path.basename(target))
    return target


def copy(path: str, target: str) -> None:
    """A verified copy of the book at a path where nothing is yet; a copy that fails leaves nothing behind."""
    if os.path.lexists(target):
        raise BookFile(f"{target} is there already and was left as it is: give another name.")
    try:
        handle, temporary = tempfile.mkstemp(
            prefix=".copy-", suffix=".db", dir=os.path.dirname(os.path.abspath(target))
        )
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        os.close(handle)
        _fill(path, temporary)
        os.link(temporary, target)
        _sync_folder(target)
    except FileExistsError:
        raise BookFile(f"{target} is there already and was left as it is: give another name.") from None
    except OSError as error:
        raise _unwritable(target, error) from None
    finally:
        os.unlink(temporary)


def _unwritable(target: str, error: OSError) -> BookFile:
    return BookFile(f"No backup can be written to {target}: {error.strerror}.")


def _folder(path: str) -> str:
    """The backup folder of a book, made if it is not there."""
    folder = paths.backups(path)
    try:
        return paths.private_folder(folder)
    except OSError as error:
        raise _unwritable(folder, error) from None


def _fill(path: str, temporary: str) -> None:
    source = opened(path, SHELL_BUSY_S, write=False)
    copied = sqlite3.connect(temporary)
    try:
        version_of(source, path)
        source.backup(copied)
        verify(copied, path)
    except sqlite3.DatabaseError as error:
        raise said(error, path) or error from None
    finally:
        copied.close()
        source.close()


def verify(connection: sqlite3.Connection, path: str) -> None:
    """Refuse a book that is not whole: its pages, its references, its header."""
    whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    astray = connection.execute("PRAGMA foreign_key_check").fetchone()
    ours = connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    if not whole or astray is not None or not ours:
        raise BookFile(f"{path} is not whole, so no copy of it was kept.")


def restore(path: str, source: str) -> str | None:
    """Put a backup in the place of the book; the old file is kept beside the backups, and its path is the answer.

    Restoring that kept file is the undo. The source is verified first, and copied, never moved.
    """
    path = os.path.realpath(path)
    paths.private_folder(os.path.dirname(path))
    _refuse_newer(source)
    fresh = f"{path}.restoring"
    if os.path.lexists(fresh):
        os.unlink(fresh)
    copy(source, fresh)
    kept = _keep_old(path)
    journal = f"{path}-journal"
    if os.path.exists(journal):  # the old book's: played into the new one it would undo what was restored
        os.replace(journal, f"{kept or _aside(path)}-journal")
    os.replace(fresh, path)
    _sync_folder(path)
    return kept


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
    return _free(os.path.join(_folder(path), "before-restore-" + re.sub(r"[-:.]", "", clock.moment()) + ".db"))


def backups(path: str) -> list[str]:
    """The verified backups of a book, newest first."""
    folder = paths.backups(path)
    if not os.path.isdir(folder):
        return []
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder), reverse=True) if _NAME.match(name)]


def _thin(folder: str, newest: str) -> None:
    """Let the oldest go; what a restore put aside is never touched, nor what was just made, whatever the clock says."""
    for name in sorted((name for name in os.listdir(folder) if _NAME.match(name)), reverse=True)[KEPT:]:
        if name != newest:
            os.unlink(os.path.join(folder, name))


def _free(path: str) -> str:
    """The path, or the first like it with a number that is not taken."""
    stem, number, free = path[: -len(".db")], 1, path
    while os.path.lexists(free):
        number += 1
        free = f"{stem}-{number}.db"
    return free


def _sync_folder(path: str) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
