"""A file is written aside for this user alone, then gets its name whole, and the name survives a power cut."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from contextlib import contextmanager, suppress

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ASIDE = ".new-"
"""How a file begins to be called before it has its name, and with the id of the process that writes it."""

_LEFT = re.compile(r"^\.new-(?:(\d{1,9})-)?[a-z0-9_]{8}\.db(?:-journal)?$")

ABANDONED_S = 24 * 60 * 60
"""So old is what a kill left behind, by the time it is swept away."""


def is_sqlites(target: str) -> bool:
    """Whether SQLite would take a file of this name for a part of the one beside it, and do away with it."""
    return any(target.endswith(end) and os.path.exists(target[: -len(end)]) for end in ("-journal", "-wal", "-shm"))


@contextmanager
def aside(target: str, suffix: str = "") -> Iterator[str]:
    """An empty file (0600) in the folder of the target, which is gone in the end unless `put` named it.

    Raises OSError where none can be made.
    """
    handle, temporary = tempfile.mkstemp(prefix=f"{ASIDE}{os.getpid()}-", suffix=suffix, dir=_beside(target))
    os.close(handle)
    try:
        yield temporary
    finally:
        for left in (temporary, f"{temporary}-journal"):
            with suppress(OSError):
                os.unlink(left)


def put(temporary: str, target: str, *, replace: bool = False) -> None:
    """Give a finished file its name. Raises FileExistsError where the name is taken and nothing is to be replaced.

    A new name that may not last is taken away again: what failed leaves nothing behind.
    """
    sync(temporary)
    if replace:
        os.replace(temporary, target)
        sync(_beside(target))
        return
    _link(temporary, target)
    try:
        sync(_beside(target))
    except OSError:
        os.unlink(target)
        raise


def _link(temporary: str, target: str) -> None:
    """Take a free name; a disk without links (a USB stick) needs the name taken first."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        try:
            os.replace(temporary, target)
        except OSError:
            os.unlink(target)
            raise


def sync(path: str) -> None:
    """Wait until a file, or the names in a folder, are on the disk; some network disks know no folders to wait for."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def sweep(folder: str, newest: str) -> None:
    """Take away what kills have left aside in a folder of books: a day older than the newest file, and nobody's."""
    with suppress(OSError):
        now = os.stat(newest).st_mtime
        for name in os.listdir(folder):
            found = _LEFT.match(name)
            path = os.path.join(folder, name)
            if found and now - os.lstat(path).st_mtime > ABANDONED_S and not _lives(int(found[1] or 0)):
                os.unlink(path)


def _lives(process: int) -> bool:
    """Whether a process goes on (0: it is not known which, and it is long gone)."""
    try:
        if process:
            os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return process != 0


def _beside(path: str) -> str:
    """The folder of a path; a link is not followed, since it is the link that would be replaced."""
    return os.path.dirname(os.path.abspath(path))
