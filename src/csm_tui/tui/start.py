"""Opens the workspace: the first list is read while Textual is still loading, so that the first frame has rows in it."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING, NamedTuple

from csm_tui import clock
from csm_tui.store import journal
from csm_tui.store.connection import WORKSPACE_BUSY_S, Reading, reading
from csm_tui.views.today import TodayList, today_list

if TYPE_CHECKING:
    from datetime import date


class First(NamedTuple):
    """The first Today list, and the mark from which news counts."""

    today: TodayList
    mark: int


def first_look(book: Reading) -> First:
    """What the first frame shows."""
    return First(today_list(book), journal.newest_change(book))


class _Ahead(threading.Thread):
    """Reads the first look in the background."""

    def __init__(self, path: str, today: date) -> None:
        super().__init__(name="first look")
        self._path, self._today = path, today
        self._found: First | Exception | None = None

    def run(self) -> None:
        """Read, and keep what came of it."""
        try:
            with reading(self._path, self._today, WORKSPACE_BUSY_S) as book:
                self._found = first_look(book)
        except Exception as error:  # noqa: BLE001 - raised again on the screen's thread
            self._found = error

    def found(self) -> First | Exception | None:
        """What came of it, once it is there."""
        self.join()
        return self._found


def open_workspace(path: str) -> int:
    """Run the workspace on a book; the exit code. Raises Refusal for a file that is not a book."""
    today = clock.today()
    _ready(path, today)
    ahead = _Ahead(path, today)
    ahead.start()
    import gc

    gc.disable()
    from csm_tui.tui.app import CsmApp

    app = CsmApp(path, today, ahead.found)
    app.call_later(gc.enable)
    app.run()
    sys.stdout.flush()
    return app.return_code or 0


def _ready(path: str, today: date) -> None:
    """Make the book where there is none, and bring an older one up to date; a good one costs one look."""
    import os

    from csm_tui.store.connection import Outdated

    try:
        if os.path.lexists(path):
            reading(path, today, WORKSPACE_BUSY_S).__exit__()
            return
    except Outdated:
        pass
    from csm_tui.store.migrate import ready

    ready(path)
