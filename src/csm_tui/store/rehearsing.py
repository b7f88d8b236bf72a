"""The verbs over a copy of the book that has no name, that nobody else sees and that goes when it is closed."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

from csm_tui.domain.policy import POLICY
from csm_tui.store.connection import said
from csm_tui.store.migrate import lay_out
from csm_tui.store.writing_light import LightWriting
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.store.connection import Reading


@contextmanager
def rehearsing(reading: Reading | None, today: date) -> Iterator[LightWriting]:
    """The verbs over a copy of what a reading sees, or over an empty book where there is none. Nothing is kept.

    The copy lies in a temporary file that SQLite has unlinked already, so that a kill leaves nothing behind.
    """
    scratch = sqlite3.connect("", isolation_level=None)
    try:
        if reading is None:
            lay_out(scratch)
        else:
            reading.copy_to(scratch)
        scratch.execute("PRAGMA foreign_keys=ON")
        for (name,) in scratch.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            scratch.execute(f"DROP TRIGGER {name}")  # the journal and the index of words: nobody will ask
        scratch.execute("PRAGMA synchronous=OFF")
        scratch.execute("PRAGMA journal_mode=OFF")
        scratch.execute("BEGIN")
        yield LightWriting(scratch, today, POLICY if reading is None else reading.policy)
    except sqlite3.DatabaseError as error:
        refusal = said(error, "the copy for the rehearsal")
        if refusal is None:
            raise
        raise refusal from None
    finally:
        scratch.close()
