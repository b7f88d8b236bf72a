"""Opens the workspace: the first list is read while Textual is still loading, so that the first frame has rows."""

from __future__ import annotations

import os
import pickle
import sys
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from csm_tui import clock, settings
from csm_tui.store import journal
from csm_tui.store.connection import WORKSPACE_BUSY_S, Reading, reading
from csm_tui.views.today import TodayList, today_list

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.policy import Policy


class First(NamedTuple):
    """The first Today list, the mark from which news counts, and whether the list is whole."""

    today: TodayList
    mark: int
    whole: bool


FRAME = 60
"""More rows than a first frame has."""


def first_look(book: Reading) -> First:
    """What the first frame shows: in a large book only what is due by today, since that stands first."""
    due = today_list(book, 0)
    if len(due.items) < FRAME:
        due = today_list(book)
    return First(due, journal.newest_change(book), len(due.items) < FRAME)


class _Ahead:
    """Reads the first look in a process of its own while this one loads Textual.

    A thread would not do: it gives the interpreter's lock back at every row, and waits for it behind the loading. What
    the child cannot read, this process reads again itself, and so meets the same refusal.
    """

    def __init__(self, path: str, today: date, policy: Policy) -> None:
        self._path, self._today, self._policy = path, today, policy
        out, self._in = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(out)
            self._tell()
        os.close(self._in)
        self._out = out

    def _tell(self) -> NoReturn:
        """The child: read, hand over what a first frame can show, and end without a trace."""
        try:
            look = self._read()
            seen = look.today._replace(items=look.today.items[:FRAME])
            with os.fdopen(self._in, "wb") as pipe:
                pickle.dump(look._replace(today=seen), pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)

    def _read(self) -> First:
        with reading(self._path, self._today, WORKSPACE_BUSY_S, self._policy) as book:
            return first_look(book)

    def found(self) -> First:
        """What the child read. Raises Refusal for a book that cannot be read."""
        with os.fdopen(self._out, "rb") as pipe:
            told = pipe.read()
        os.waitpid(self._child, 0)
        if not told:
            return self._read()
        look: First = pickle.loads(told)  # from our own child
        return look


SWITCH_S = 0.001
"""A thread that reads a large board gives way to the screen after so long; Python's own 5 ms a turn add up."""


def open_workspace(path: str) -> int:
    """Run the workspace on a book; the exit code. Raises Refusal for a file that is not a book."""
    today, chosen = clock.today(), settings.settings()
    _ready(path, today)
    ahead = _Ahead(path, today, chosen.policy)
    import gc

    gc.disable()
    from csm_tui.tui.app import CsmApp

    app = CsmApp(path, today, ahead.found, chosen)
    sys.setswitchinterval(SWITCH_S)
    app.call_later(gc.enable)
    app.run()
    sys.stdout.flush()
    if app.unreadable is not None:
        raise app.unreadable
    if app.next_command:
        os.execv(sys.executable, [sys.executable, "-m", "csm_tui", *app.next_command])
    return app.return_code or 0


def _ready(path: str, today: date) -> None:
    """Make the book where there is none, and bring an older one up to date; a good one costs one look."""
    from csm_tui.store.connection import Outdated

    try:
        if os.path.lexists(path):
            reading(path, today, WORKSPACE_BUSY_S).__exit__()
            return
    except Outdated:
        pass
    from csm_tui.store.migrate import ready

    ready(path)
