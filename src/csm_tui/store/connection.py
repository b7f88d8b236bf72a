"""The one way into the file: how it is found, told apart from strangers, opened for reading and for writing.

A reader is a connection of its own that sees one book and blocks no writer. Nothing here changes a file that is
newer, foreign, damaged or empty: each is refused in one sentence and left as it was.
"""

from __future__ import annotations

import os
import sqlite3
import stat

from csm_tui.domain.errors import Refusal
from csm_tui.domain.policy import POLICY, Policy
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from typing import Any

    Parameters = Sequence[Any] | dict[str, Any]

APPLICATION_ID = 0x63736D74
"""`csmt`: written into the header of every book, and what tells ours from any other SQLite file."""

SCHEMA_VERSION = 5
"""The newest numbered script in `schema/` (a test holds the two together)."""

SHELL_BUSY_S, WORKSPACE_BUSY_S = 30.0, 5.0
EXTRA = 3
WRITER = {"foreign_keys": 1, "synchronous": EXTRA, "cell_size_check": 1}
"""No trusted_schema=OFF here: the journal's triggers use json_object, which SQLite 3.40 refuses under it."""

READER = {"foreign_keys": 1, "trusted_schema": 0, "query_only": 1}
LITTLE_KIB = 400
"""A fifth of what SQLite would hold of a book's pages; the system has them at hand all the same."""

SQLITE_HEADER = b"SQLite format 3\x00"


class BookFile(Refusal):
    """The file cannot be used as a book; the sentence says why and what to do."""


class Unreadable(BookFile):
    """The file is no book that can be read; `ours` where it is known to have been one. A backup may bring it back."""

    def __init__(self, path: str, sentence: str, *, ours: bool = False) -> None:
        super().__init__(f"{path} {sentence}")
        self.path, self.ours = path, ours


class Busy(Refusal):
    """Another process holds the file for longer than we wait."""


class Reading:
    """One consistent look at the book on a given day, by the numbers of a policy; every view is a function of it."""

    def __init__(self, connection: sqlite3.Connection, path: str, today: date, policy: Policy = POLICY) -> None:
        self._connection = connection
        self._path = path
        self.today = today
        self.policy = policy
        self.statements = 0
        self.stays = False  # kept for another look: each new connection reads all tables and triggers anew

    def rows(self, sql: str, parameters: Parameters = ()) -> list[tuple[Any, ...]]:
        """All rows of a statement."""
        return list(self.each(sql, parameters))

    def each(self, sql: str, parameters: Parameters = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a statement one by one, for who makes something else of each; no cursor leaves the queries."""
        self.statements += 1
        try:
            yield from self._connection.execute(sql, parameters)
        except UnicodeDecodeError:
            raise damaged(self._path) from None
        except sqlite3.DatabaseError as error:
            refusal = said(error, self._path)
            if refusal is None:
                raise
            raise refusal from None

    def row(self, sql: str, parameters: Parameters = ()) -> tuple[Any, ...] | None:
        """The first row of a statement, or None."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def keep_little(self) -> None:
        """Hold few pages in memory: for a look that is over soon, in a program that is open all day."""
        self._connection.execute(f"PRAGMA cache_size={-LITTLE_KIB}")

    def copy_to(self, connection: sqlite3.Connection) -> None:
        """The whole book, as this look sees it, into another connection's file."""
        self._connection.backup(connection)

    def __enter__(self) -> Reading:
        self._connection.execute("BEGIN")
        return self

    def __exit__(self, _kind: object = None, error: BaseException | None = None, _where: object = None) -> None:
        """Let go of the book. An error over a book that is not whole is the damage's: it is said, and is no bug."""
        try:
            if isinstance(error, Exception) and not isinstance(error, Refusal) and not is_whole(self._connection):
                raise damaged(self._path) from None
        finally:
            if self.stays:
                self._connection.rollback()
            else:
                self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def reading(path: str, today: date, busy_s: float = SHELL_BUSY_S, policy: Policy = POLICY) -> Reading:
    """Open a book to read it. Raises BookFile for a file that is missing or not a book of this version."""
    connection = opened(path, busy_s, write=False)
    try:
        check(connection, path)
    except BaseException:
        connection.close()
        raise
    return Reading(connection, path, today, policy)


def opened(path: str, busy_s: float, *, write: bool) -> sqlite3.Connection:
    """A connection with the pragmas that every connection has; readers may not write.

    A reader opens read-write where it may, since only so can SQLite roll back the journal of a crash.
    """
    status = look(path)
    if write and status.st_nlink > 1 and (told := _second_name(path)):
        raise BookFile(told)
    mode = "rw" if write or os.access(path, os.W_OK) else "ro"
    try:
        connection = sqlite3.connect(
            uri(path, mode), uri=True, timeout=busy_s, isolation_level=None, check_same_thread=False
        )
    except sqlite3.DatabaseError as error:
        raise _untold(error, path) from None
    try:
        _agree(connection, write=write)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _untold(error, path) from None
    return connection


def _agree(connection: sqlite3.Connection, *, write: bool) -> None:
    """The pragmas of every connection; some of them read the file already."""
    for pragma, value in (WRITER if write else READER).items():
        connection.execute(f"PRAGMA {pragma}={value}")


def uri(path: str, mode: str) -> str:
    """A path as SQLite's own address, with the characters escaped that it would read as its own."""
    escaped = os.path.abspath(path).replace("%", "%25").replace("?", "%3f").replace("#", "%23")
    return f"file:{escaped}?mode={mode}"


def _second_name(path: str) -> str:
    from csm_tui.store.second_name import told_of

    return told_of(path)


def look(path: str) -> os.stat_result:
    """Refuse what is no plain file with something in it, without opening it: closing a file that this process has
    open through SQLite too would drop SQLite's locks.
    """
    try:
        status = os.stat(path)
    except FileNotFoundError:
        from csm_tui.store.offers import missed

        nothing = f"There is no book at {path}: `csm import FILE` or `csm account add NAME` makes one."
        raise missed(path) or BookFile(nothing) from None
    except (OSError, ValueError) as error:
        raise BookFile(f"{path} cannot be opened: {_reason(error)}.") from None
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(path, "is not a file: give the path of a book with --db.")
    if status.st_size == 0:
        raise Unreadable(path, "is empty, so it is not a book: move it away, or restore a backup with `csm restore`.")
    if not os.access(path, os.R_OK):
        raise BookFile(f"{path} may not be read: check whose file it is.")
    return status


def check(connection: sqlite3.Connection, path: str) -> None:
    """Refuse a file that is damaged, foreign, older or newer; our own of this version passes."""
    version = version_of(connection, path)
    if version > SCHEMA_VERSION:
        raise newer(path, version)
    if version < SCHEMA_VERSION:
        raise Outdated(path, version)


def newer(path: str, version: int) -> BookFile:
    """The sentence for a book that a newer csm wrote."""
    return BookFile(
        f"{path} was written by a newer csm (book version {version}, this one knows {SCHEMA_VERSION}): update csm-tui."
    )


class Outdated(BookFile):
    """The book is of an older version; the next write, or the workspace, brings it up to date."""

    def __init__(self, path: str, version: int) -> None:
        super().__init__(f"{path} is a book of version {version}; this csm reads version {SCHEMA_VERSION}.")
        self.version = version


def version_of(connection: sqlite3.Connection, path: str) -> int:
    """The book version of a file, refused when the file is not ours or is damaged."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise _untold(error, path) from None
    if application != APPLICATION_ID or version < 1:
        raise no_book(path)
    return version


def _untold(error: sqlite3.DatabaseError | UnicodeDecodeError, path: str) -> Refusal:
    """What stands in the way of even looking into a file: another process, damage, or that it is no book."""
    if isinstance(error, sqlite3.OperationalError):
        return said(error, path) or damaged(path)
    return _stranger(path)


def _stranger(path: str) -> BookFile:
    """What SQLite cannot read: a damaged book when it begins like one, else some other file."""
    with open(path, "rb") as file:
        head = file.read(72)
    ours = head[:16] == SQLITE_HEADER and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    return damaged(path) if ours else no_book(path)


def no_book(path: str) -> BookFile:
    """The sentence for a file of another program."""
    return Unreadable(path, "is not a csm book: it was left as it is. Give another file.")


def damaged(path: str) -> BookFile:
    """The sentence for a damaged book."""
    return Unreadable(
        path,
        "is damaged: `csm restore` brings back the newest backup, `csm doctor --salvage` what can still be read.",
        ours=True,
    )


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every page is sound, and every value such as its column takes."""
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else str(error)) or "unknown reason"


def _failing(error: sqlite3.DatabaseError, path: str) -> BookFile:
    """What is said of a disk that fails. The journal is gone when its folder cannot be waited for: that is too late
    to take the change back, and too early to say that it is saved.
    """
    if getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_DIR_FSYNC":
        return BookFile(f"{path} may not be saved: its disk failed at the end. Check the disk, then see `csm history`.")
    return BookFile(f"{path} could not be read or written (disk I/O error): nothing was changed; check its disk.")


def said(error: sqlite3.DatabaseError, path: str) -> Refusal | None:
    """The sentence for an error of the file or the disk; None for one that is a bug of ours."""
    text = str(error)
    if "locked" in text or "busy" in text:
        return Busy("Another csm is writing: nothing was changed; try again in a moment.")
    if "disk is full" in text:
        return BookFile(f"{path} could not be written: its disk is full. Nothing was changed; make room and try again.")
    if "disk I/O error" in text or "vtable constructor failed" in text:  # the index of words could not be read
        return _failing(error, path)
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        return Busy(f"{path} was put in place anew in the meantime: nothing was changed; look again, and do it again.")
    if "readonly" in text or "unable to open" in text:
        return BookFile(f"{path} may not be written: nothing was changed; check the file and its folder.")
    if "no such module" in text:
        return BookFile(
            f"{path} has an index of words, which this SQLite cannot keep (no FTS5): nothing was changed; "
            "run csm with a Python whose SQLite has FTS5."
        )
    if any(sign in text for sign in ("malformed", "not a database", "file is encrypted", "not decode to UTF-8")):
        return damaged(path)
    return None
