"""Opens the workspace: the first list is read while Textual is still loading, so that the first frame has rows."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from csm_tui import clock, settings
from csm_tui.domain.errors import Refusal
from csm_tui.settings import ASCII
from csm_tui.store import journal
from csm_tui.store.connection import WORKSPACE_BUSY_S, Reading, reading
from csm_tui.store.queries.sizes import all_accounts
from csm_tui.tui import first_paint
from csm_tui.tui.first_paint import painted
from csm_tui.tui.stage import ENDS, FRONT, Stage, put, size
from csm_tui.views.today import TodayList, must_dos, today_list

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.settings import Settings
    from csm_tui.tui.app import CsmApp
    from csm_tui.tui.first_paint import Form


class First(NamedTuple):
    """The first Today list, the mark from which news counts, and whether the list is whole."""

    today: TodayList
    mark: int
    whole: bool


class Start(NamedTuple):
    """What was done before Textual was there: the first look, the stage, and the key of a form that is to be kept."""

    first: First
    stage: Stage
    form_key: str


FRAME = 60
"""More rows than a first frame has."""
MANY = 500
"""In a book of so many accounts it pays to ask for the must-dos alone first."""


def first_look(book: Reading) -> First:
    """What the first frame shows: in a large book only the must-dos, else what is due by today: that stands first."""
    mark = journal.newest_change(book)
    if all_accounts(book) >= MANY:
        due = must_dos(book)
        if len(due.items) >= FRAME:
            return First(due, mark, whole=False)
    due = today_list(book, 0, FRAME)
    if len(due.items) < FRAME:
        due = today_list(book)
    return First(due, mark, len(due.items) < FRAME)


class _Ahead:
    """Reads the first look, and paints it, in a process of its own while this one loads Textual.

    A thread would not do: it gives the interpreter's lock back at every row, and waits for it behind the loading. What
    the child cannot read, this process reads again itself, and so meets the same refusal.
    """

    def __init__(self, path: str, today: date, chosen: Settings, form: Form | None) -> None:
        self._path, self._today, self._chosen, self._form = path, today, chosen, form
        self._child = 0

    def begin(self) -> None:
        """Start the child. A signal to end, which is an exception here, comes only once it is known whom to end too."""
        self._out, self._in = os.pipe()
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDS)
        self._child = os.fork()
        if self._child == 0:
            os.close(self._out)
            self._tell()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDS)
        os.close(self._in)

    def _tell(self) -> NoReturn:
        """The child: read, paint and hand over what a first frame can show, and end without a trace."""
        try:
            look = self._read()
            seen = look._replace(today=look.today._replace(items=look.today.items[:FRAME]))
            stands = self._form is not None and bool(seen.today.items)
            if self._form is not None and stands:
                put(FRONT + painted(self._form, seen.today, self._chosen.glyphs == ASCII))
            with os.fdopen(self._in, "wb") as pipe:
                pickle.dump((seen, stands), pipe, pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)

    def _read(self) -> First:
        with reading(self._path, self._today, WORKSPACE_BUSY_S, self._chosen.policy) as book:
            return first_look(book)

    def end(self) -> None:
        """Nobody wants to know any more, and nothing is painted from here on."""
        if self._child == 0:
            return
        with suppress(ProcessLookupError, ChildProcessError):  # it may have ended
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)

    def found(self) -> tuple[First, bool]:
        """What the child read, and whether it painted it. Raises Refusal for a book that cannot be read."""
        with os.fdopen(self._out, "rb") as pipe:
            told = pipe.read()
        os.waitpid(self._child, 0)
        if not told:
            return self._read(), False
        look: tuple[First, bool] = pickle.loads(told)  # from our own child
        return look


SWITCH_S = 0.001
"""A thread that reads a large board gives way to the screen after so long; Python's own 5 ms a turn add up."""


def open_workspace(path: str) -> int:
    """Run the workspace on a book; the exit code. Raises Refusal for a file that is not a book."""
    today, chosen = clock.today(), settings.settings()
    _ready(path, today)
    _believe_the_terminal()
    form_key = first_paint.key(chosen, size())
    stage = Stage()
    try:
        stage.take()
        app = _app(path, today, chosen, stage, form_key)
        if stage.status:  # something that was being loaded has kept the exception to itself
            raise SystemExit(stage.status)
        app.run()
    except BaseException as error:
        stage.leave()
        if stage.status and not isinstance(error, SystemExit):
            raise SystemExit(stage.status) from None
        raise
    sys.stdout.flush()
    if app.next_command:
        os.execv(sys.executable, [sys.executable, "-m", "csm_tui", *app.next_command])
    return app.return_code or 0


def _believe_the_terminal() -> None:
    """What a terminal says of its size goes before what a variable says, which was right once."""
    if all(size()):
        for name in ("COLUMNS", "LINES"):
            os.environ.pop(name, None)


def _app(path: str, today: date, chosen: Settings, stage: Stage, form_key: str) -> CsmApp:
    """The workspace, loaded while the first frame is being painted."""
    form = first_paint.kept(form_key)
    ahead = _Ahead(path, today, chosen, form)
    try:
        ahead.begin()
        import gc

        gc.disable()
        _one_heap()
        from csm_tui.tui.app import CsmApp

        first, stage.painted = ahead.found()
    except Refusal:  # what is refused here was not painted there
        raise
    except BaseException:
        ahead.end()
        stage.painted = form is not None
        raise
    app = CsmApp(path, today, Start(first, stage, "" if form else form_key), chosen)
    sys.setswitchinterval(SWITCH_S)
    app.call_later(_collect_later)
    return app


def _collect_later() -> None:
    """Collect garbage again, and from here on not among what was loaded: that takes as long as three keys."""
    import gc

    gc.collect()
    gc.freeze()
    gc.enable()


M_ARENA_MAX = -8
"""The name of the number of heaps, as the C library of GNU has it in malloc.h."""


def _one_heap() -> None:
    """Have all threads take their memory from one heap: each would have its own, and what it lets go no other takes."""
    with suppress(ImportError, OSError, AttributeError):  # another C library
        import ctypes

        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


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
