"""Group C, writers: eight processes at once on the same rows, and threads without number behind one desk."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from csm_tui.actions.accounts import EditAccount, edit_account
from csm_tui.actions.contacts import AddContact, add_contact
from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.store import transaction
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.tui.desk import Desk
from csm_tui.tui.handed import Answer, Done, News
from csm_tui.views.named import all_names
from tests.conftest import TODAY, rounds
from tests.faults.matrix import Tally
from tests.store.test_every_action import AT, filled, rows

WRITERS = 8
LINE = "call @ana @jon told {0} #growth >send deck {0}"
"""Each line of it: one touchpoint, two people, one signal, one promise."""
WHOLE = (2, 1, 1)


def parts(path: str) -> list[tuple[Any, ...]]:
    """What hangs on each touchpoint that was logged: people, signals, promises."""
    return rows(
        path,
        "SELECT CAST(substr(summary, 6) AS INTEGER), "
        "(SELECT count(*) FROM touchpoint_contact WHERE touchpoint_id = t.id), "
        "(SELECT count(*) FROM touchpoint_signal WHERE touchpoint_id = t.id), "
        "(SELECT count(*) FROM promise WHERE touchpoint_id = t.id) "
        "FROM touchpoint t WHERE summary LIKE 'told %' ORDER BY 1",
    )


def log_and_count(path: str, first: int, count: int) -> None:
    """Log so many lines, and with each add one to a figure that all writers share, in one transaction."""
    for number in range(first, first + count):
        wanted = LogTouchpoint(1, "Northwind", parse(LINE.format(number), TODAY))
        with write_light(path, Operation(wanted.label, "child", AT), TODAY) as writing:
            seats = int(writing.find("account", id=1)[0]["seats"] or 0)
            log_touchpoint(writing, wanted)
            writing.change("account", 1, seats=seats + 1)


def forked(work: Callable[[], None], told: Path) -> int:
    """A child with everything loaded already; it writes down the error that ended it, if one did."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:  # noqa: BLE001 - told by the parent
        told.write_text(traceback.format_exc(limit=-3), encoding="utf-8")
    finally:
        os._exit(code)


@pytest.mark.slow
@pytest.mark.fault("C1")
def test_eight_processes_at_once_lose_nothing_and_count_right(tally: Tally, tmp_path: Path) -> None:
    path, each = filled(str(tmp_path / "book.db")), rounds(1000, 40)
    before = rows(path, "SELECT seats FROM account WHERE id = 1")[0][0]

    started = time.perf_counter()
    children = [
        forked(partial(log_and_count, path, writer * each, each), tmp_path / f"{writer}.txt")
        for writer in range(WRITERS)
    ]
    for writer, child in enumerate(children):
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
            tally.crashed.append((tmp_path / f"{writer}.txt").read_text(encoding="utf-8"))
    seconds = time.perf_counter() - started
    tally.tried, tally.figures["s for 8 writers"] = WRITERS * each, round(seconds, 1)
    found = parts(path)
    if [row[0] for row in found] != list(range(WRITERS * each)):
        tally.lost.append(f"{len(found)} of {WRITERS * each} are there")
    if halves := [row for row in found if row[1:] != WHOLE]:
        tally.lost.append(f"{len(halves)} are half there")
    counted = rows(path, "SELECT seats FROM account WHERE id = 1")[0][0] - before
    if counted != WRITERS * each:
        tally.lost.append(f"the figure that all share counts {counted}")
    if rows(path, "PRAGMA integrity_check") != [("ok",)]:
        tally.crashed.append("damaged")


@pytest.mark.slow
@pytest.mark.fault("C1")
def test_readers_beside_writers_see_only_what_is_whole(tally: Tally, tmp_path: Path) -> None:
    path, each = filled(str(tmp_path / "book.db")), rounds(200, 20)
    children = [forked(partial(log_and_count, path, first, each), tmp_path / "x") for first in (0, each)]
    while children:
        tally.tried += 1
        found = parts(path)
        if [row for row in found if row[1:] != WHOLE]:
            tally.lost.append("half of a log was seen")
        children = [child for child in children if not os.waitpid(child, os.WNOHANG)[0]]
    if len(parts(path)) != 2 * each:
        tally.lost.append("not all are there")


class Counted:
    """How many connections that write are open at the same moment, at most."""

    def __init__(self) -> None:
        self._lock, self._now, self.most = threading.Lock(), 0, 0
        self._opened = vars(transaction)["opened"]

    def opened(self, path: str, busy_s: float, *, write: bool) -> Any:
        """A connection as the program makes it, counted until it is closed."""
        connection = self._opened(path, busy_s, write=write)
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
        return Leaving(connection, self._left)

    def _left(self) -> None:
        with self._lock:
            self._now -= 1


class Leaving:
    """A connection that says when it is closed."""

    def __init__(self, connection: sqlite3.Connection, left: Callable[[], None]) -> None:
        self._connection, self._left = connection, left

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def close(self) -> None:
        """Close it, and say so."""
        self._connection.close()
        self._left()


def deeds_of(desk: Desk, number: int) -> None:
    """One write of several kinds, by its number, and now and then a look."""
    kind = number % 10
    if kind < 6:
        desk.do(log_touchpoint, LogTouchpoint(1, "Northwind", parse(f"call told {number}", TODAY)), light=True)
    elif kind == 6:
        desk.do(edit_account, EditAccount(2, "Lights", {"seats": number}))
    elif kind == 7:
        desk.do(add_contact, AddContact(3, "Acme", f"Person {number}", {}), light=True)
    elif kind == 8:
        desk.undo()
    else:
        desk.redo()
    if number % 50 == 0:
        desk.ask(f"slot-{number % 3}", all_names)


GONE = """
SELECT count(*) FROM change c JOIN operation o ON o.id = c.operation_id
WHERE o.kind <> 'undo' AND o.undone_by IS NULL AND c.table_name = 'touchpoint' AND c.before IS NULL
  AND NOT EXISTS (SELECT 1 FROM touchpoint WHERE id = c.row_id)
"""


def unlike(path: str, origin: str, written: int) -> Iterator[str]:
    """Where the book differs from what was said to be done."""
    if rows(path, "SELECT count(*) FROM operation WHERE origin = ?", origin) != [(written,)]:
        yield "what was said to be done is not what the history holds"
    if rows(path, GONE) != [(0,)]:
        yield "logs that nobody took back are gone"


@pytest.mark.slow
@pytest.mark.fault("C4")
def test_writes_from_many_threads_go_through_one_writer(
    tally: Tally, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, count, counted = filled(str(tmp_path / "book.db")), rounds(10_000, 40), Counted()
    monkeypatch.setattr(transaction, "opened", counted.opened)
    done: list[Done] = []

    def deliver(what: Answer | Done | News) -> None:
        if isinstance(what, Done):
            done.append(what)
        if not isinstance(what, News) and what.error is not None and not isinstance(what.error, Refusal):
            tally.crashed.append(repr(what.error))

    desk = Desk(path, TODAY, deliver)
    with ThreadPoolExecutor(16) as workers:
        for number in range(count):
            workers.submit(deeds_of, desk, number)
    while not desk.idle:
        time.sleep(0.01)
    desk.close()
    tally.tried, tally.figures["writers at most"] = len(done), counted.most
    if len(done) != count or counted.most != 1:
        tally.lost.append(f"{len(done)} of {count} were answered; {counted.most} writers at once")
    written = sum(one.error is None for one in done)
    tally.lost += list(unlike(path, desk.origin, written))
