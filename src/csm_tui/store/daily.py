"""The backup that is made by itself once a day: of a book that holds something, out of everybody's way, and given up at
once where nobody can wait for it.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from datetime import date

from csm_tui import clock
from csm_tui.store import backup, rotation
from csm_tui.store.connection import reading
from csm_tui.store.queries.sizes import holdings
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

BUSY_S = 0.1
"""Nobody who wants to leave waits for a book that somebody else holds: so often it is looked whether one does."""
PAGES = 1_000
"""So much is copied (4 MB) before whoever wants to write gets a turn."""


class GivenUp(Exception):  # noqa: N818 - nothing is wrong
    """The copy was not finished, and nothing of it is left."""


class Daily:
    """One backup, made on a thread of its own; `give_up` may be called from any other."""

    busy_s = BUSY_S

    def __init__(self) -> None:
        self._given_up = False
        self._copy: sqlite3.Connection | None = None

    def back_up(self, path: str) -> str | None:
        """A verified backup of a book, unless one was made today (UTC) or nothing is in it; its path.

        Raises Refusal, in a sentence, where none can be made.
        """
        try:
            return backup.back_up(path, self) if not self._given_up and _is_wanted(path) else None
        except GivenUp:
            return None
        except sqlite3.OperationalError:
            if self._given_up:
                return None
            raise

    def fill(self, source: sqlite3.Connection, copy: sqlite3.Connection) -> None:
        """Copy a little at a time: a commit of somebody else comes between, and the copy begins again."""
        self._copy = copy
        source.backup(copy, pages=PAGES, progress=self._go_on, sleep=backup.RETRY_S)

    def _go_on(self, *_: Any) -> None:
        if self._given_up:
            raise GivenUp

    def give_up(self) -> None:
        """Somebody wants to leave."""
        self._given_up = True
        if self._copy is not None:
            with suppress(sqlite3.ProgrammingError):  # it is finished
                self._copy.interrupt()


def _is_wanted(path: str) -> bool:
    """Whether there is an account to keep, and no good backup of today."""
    today = date.fromisoformat(clock.moment()[:10])
    if any(rotation.made_on(name) == today for name in backup.good(path)):
        return False
    with reading(path, today, BUSY_S) as book:
        return holdings(book).accounts > 0
