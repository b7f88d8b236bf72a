"""What the program said to SQLite is said again over a disk in memory, and what would be left of it is looked at."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import apsw

from tests.faults.acting import act
from tests.faults.power import Disk, Files
from tests.faults.recorded import Said, recording
from tests.faults.whole import wrongs

BOOK = "book.db"


class Day(NamedTuple):
    """Some actions on a book: the book before them, what was said to SQLite, what each changed, by its origin."""

    before: bytes
    heard: list[Said]
    changes: dict[str, int]


def lived(path: str, actions: int, rng: random.Random) -> Day:
    """Do some actions by chance on a book."""
    before = Path(path).read_bytes()
    with recording() as heard:
        changes = {str(number): act(path, rng, str(number)) for number in range(actions)}
    return Day(before, heard, {origin: count for origin, count in changes.items() if count})


def again(day: Day, happens: Callable[[Disk, dict[str, int]], None]) -> None:
    """Say it all again; `happens` is called before anything changes on the disk and after each commit, with the disk
    and with what has been said to be saved by then.
    """
    saved: dict[str, int] = {}
    disk = Disk(lambda disk: happens(disk, saved), **{BOOK: day.before})
    connections: dict[int, apsw.Connection] = {}
    origin = ""
    for connection, sql, given in day.heard:
        if sql is None:
            connections.pop(connection).close()
            continue
        if connection not in connections:
            connections[connection] = disk.connect(BOOK)
        connections[connection].execute(sql, given).fetchall()
        if sql.startswith("INSERT INTO operation"):
            origin = given[2]
        if sql == "COMMIT" and origin in day.changes:
            saved[origin] = day.changes[origin]
            happens(disk, saved)


def looked_at(files: Files, folder: Path, saved: dict[str, int]) -> list[str]:
    """What is wrong in a book that was left like this."""
    for name in (BOOK, f"{BOOK}-journal"):
        path = folder / name
        path.unlink(missing_ok=True)
        if name in files:
            path.write_bytes(files[name])
    return wrongs(str(folder / BOOK), saved)
