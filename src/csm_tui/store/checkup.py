"""Is the book well? What there is to say about the file, its folder and its backups, each with a remedy.

Nothing is changed, and the book is looked at only through SQLite and `stat`.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from datetime import date
from shlex import quote

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup
from csm_tui.store.connection import READER, SCHEMA_VERSION, SHELL_BUSY_S, WRITER, opened, version_of
from csm_tui.store.only_read import why_only_read
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

OK, NOTE, PROBLEM = "ok", "note", "problem"
SQLITE_VERSION = sqlite3.sqlite_version
OLD_BACKUP_DAYS = 7
RESTORE = "csm restore brings back a backup, csm doctor --salvage what can still be read"
ROOM_FOR = 3
"""The book, a copy of it made before a change, and the journal of that change."""

LEAST_ROOM = 50_000_000
REMOTE = ("nfs", "cifs", "smb", "sshfs", "9p", "afs", "webdav", "davfs", "glusterfs", "ceph")
SYNCED = ("Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "iCloud", "Mobile Documents", "Nextcloud")


class Finding(NamedTuple):
    """What was looked at, how it is (ok, note, problem), what was seen, and what to do about it."""

    check: str
    state: str
    told: str
    remedy: str = ""


def findings(path: str, today: date) -> Iterator[Finding]:
    """All about the file of a book; one that cannot be read says so, and the rest is still looked at."""
    if not os.path.lexists(path):
        from csm_tui.store.offers import missed

        gone = missed(path)
        if gone is not None:
            yield Finding("book", PROBLEM, str(gone), RESTORE)
        else:
            yield Finding("book", NOTE, f"There is no book at {path} yet.", "csm import FILE, or csm account add NAME")
        return
    yield from _inside(path)
    yield _mode(path)
    yield from _folder(path)
    yield _copies(path)
    yield from _writing(path)
    yield _place(path)
    yield _backups(path, today)
    yield _room(path)


def _inside(path: str) -> Iterator[Finding]:
    """What SQLite says of it: whose it is, which version, whether it is whole."""
    link = f", a link to {os.path.realpath(path)}" if os.path.islink(path) else ""
    try:
        connection = opened(path, SHELL_BUSY_S, write=False)
        try:
            version = version_of(connection, path)
            yield _version(path + link, version)
            yield from _whole(connection)
            yield _connections(path, _not_taken(connection, write=False))
        finally:
            connection.close()
    except Refusal as refusal:
        yield Finding("book", PROBLEM, str(refusal), RESTORE)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        yield Finding("whole", PROBLEM, f"It cannot be read to its end ({error}).", RESTORE)


def _version(path: str, version: int) -> Finding:
    if version > SCHEMA_VERSION:
        return Finding("book", PROBLEM, f"{path} was written by a newer csm (version {version}).", "update csm-tui")
    if version < SCHEMA_VERSION:
        told = f"{path}, version {version}; this csm writes {SCHEMA_VERSION}."
        return Finding("book", NOTE, told, "the next command brings it up to date, after a backup")
    return Finding("book", OK, f"{path}, version {version}.")


def _whole(connection: sqlite3.Connection) -> Iterator[Finding]:
    told = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
    if told != "ok":
        yield Finding("whole", PROBLEM, f"It is damaged: {told}.", RESTORE)
        return
    yield Finding("whole", OK, "Every page and every index is whole.")
    astray = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    if astray:
        yield Finding("references", PROBLEM, f"{astray:,} rows belong to nothing.", RESTORE)
    else:
        yield Finding("references", OK, "Every row belongs to one that is there.")


def _connections(path: str, missing: list[str]) -> Finding:
    """Whether this SQLite takes what every connection asks of it, to read and to write."""
    if not why_only_read(path):
        writer = opened(path, SHELL_BUSY_S, write=True)
        try:
            missing = [*missing, *_not_taken(writer, write=True)]
        finally:
            writer.close()
    if missing:
        told = f"This SQLite does not take {', '.join(dict.fromkeys(missing))}."
        return Finding("connections", PROBLEM, told, "run csm with a Python whose SQLite is 3.35 or newer")
    return Finding("connections", OK, "Each one keeps references whole and says saved only once it is on the disk.")


def _not_taken(connection: sqlite3.Connection, *, write: bool) -> list[str]:
    """The pragmas that a connection should have, and this SQLite has not taken."""
    wanted = WRITER if write else READER
    return [name for name, value in wanted.items() if connection.execute(f"PRAGMA {name}").fetchone() != (value,)]


def _mode(path: str) -> Finding:
    """Customers' data is nobody else's to read."""
    mode = stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else 0o600
    if mode & 0o077:
        return Finding("permissions", PROBLEM, f"Others may read the book ({mode:04o}).", f"chmod 600 {path}")
    return Finding("permissions", OK, f"The book is yours alone ({mode:04o}).")


def _folder(path: str) -> Iterator[Finding]:
    """Our own folder is 0700; in another, nobody else should be able to put files beside the book."""
    folder = paths.folder_of(path)
    mode = stat.S_IMODE(os.stat(folder).st_mode)
    if mode & 0o022 and not mode & stat.S_ISVTX:
        yield Finding("folder", PROBLEM, f"Others may write in {folder} ({mode:04o}).", f"chmod go-w {folder}")
    elif mode & 0o077:
        yield Finding("folder", NOTE, f"Others may look into {folder} ({mode:04o}).", f"chmod 700 {folder}")
    else:
        yield Finding("folder", OK, f"{folder} is yours alone ({mode:04o}).")


def _copies(path: str) -> Finding:
    """Backups and drafts are customers' data too."""
    folders = [folder for folder in (paths.backups(path), paths.drafts()) if os.path.isdir(folder)]
    wide = [found for folder in folders for found in _within(folder) if os.stat(found).st_mode & 0o077]
    if wide:
        told = f"Others may look into {wide[0]}" + (f" and {len(wide) - 1:,} more." if wide[1:] else ".")
        return Finding("copies", PROBLEM, told, f"chmod -R go= {' '.join(map(quote, folders))}")
    return Finding("copies", OK, "Backups and drafts are yours alone.")


def _within(folder: str) -> Iterator[str]:
    """A folder and the files in it; a link that leads nowhere gives nobody anything to read."""
    yield folder
    with os.scandir(folder) as there:
        yield from (one.path for one in there if os.path.exists(one.path))


def _writing(path: str) -> Iterator[Finding]:
    """A book that can only be read is said to be so."""
    if told := why_only_read(path):
        yield Finding("writing", PROBLEM, told, f"ls -l {quote(path)}; a disk may be mounted read-only")


def _place(path: str) -> Finding:
    """SQLite's locks do not hold over a network, and a folder that is synced may copy half a write."""
    real = os.path.realpath(path)
    kind = _file_system(real)
    if any(kind.startswith(remote) or kind == f"fuse.{remote}" for remote in REMOTE):
        told = f"It lies on a network folder ({kind}), where two csm at a time can lose writes."
        return Finding("place", NOTE, told, "keep it on this machine: csm backup FILE copies it anywhere")
    synced = next((word for word in SYNCED if f"/{word}" in real), "")
    if synced:
        told = f"It lies in a synced folder ({synced}), which may copy half a write."
        return Finding("place", NOTE, told, "keep it elsewhere, and send a backup there: csm backup FILE")
    return Finding("place", OK, "It lies on this machine.")


def _file_system(path: str) -> str:
    """The kind of the file system that a path lies on; empty where the machine does not tell."""
    try:
        with open("/proc/mounts", encoding="utf-8", errors="replace") as file:
            mounts = [line.split(" ") for line in file]
    except OSError:
        return ""
    over = [(mount[1], mount[2]) for mount in mounts if _lies_under(path, mount[1])]
    return max(over, key=lambda mount: len(mount[0]), default=("", ""))[1]


def _lies_under(path: str, mount: str) -> bool:
    return path.startswith(mount.rstrip("/") + "/")


def _backups(path: str, today: date) -> Finding:
    """The newest backup: how old it is, and whether it is whole."""
    found = backup.backups(path)
    if not found:
        return Finding("backups", NOTE, "There is no backup yet.", "csm backup makes one")
    name = os.path.basename(found[0])
    made_on = date(int(name[:4]), int(name[4:6]), int(name[6:8]))
    age = max(0, (today - made_on).days)
    told = f"{len(found)} of them, the newest of {made_on.isoformat()} ({age} days old)"
    try:
        connection = opened(found[0], SHELL_BUSY_S, write=False)
        try:
            backup.verify(connection, found[0])
        finally:
            connection.close()
    except (Refusal, sqlite3.DatabaseError):
        return Finding("backups", PROBLEM, f"{told}, which is not whole.", "csm backup makes a new one")
    if age > OLD_BACKUP_DAYS:
        return Finding("backups", NOTE, f"{told}, whole.", "csm backup makes a new one")
    return Finding("backups", OK, f"{told}, whole.")


def _room(path: str) -> Finding:
    """Room for the book, a copy of it, and the journal of a change."""
    status = os.statvfs(paths.folder_of(path))
    free = status.f_bavail * status.f_frsize
    wanted = max(LEAST_ROOM, ROOM_FOR * os.path.getsize(path)) if os.path.exists(path) else LEAST_ROOM
    told = f"{free / 1e9:,.1f} GB are free."
    if free < wanted:
        return Finding("disk", PROBLEM, told, f"make room: a write and its backup need {wanted / 1e9:,.2f} GB")
    return Finding("disk", OK, told)
