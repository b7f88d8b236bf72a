"""Notes when the book was last looked at: no operation, so no undo touches it, and no other process hears of it."""

from __future__ import annotations

import sqlite3

from csm_tui.store.connection import check, opened, said

_NOTE = """
INSERT INTO last_look (id, at, change_id) VALUES (1, ?, (SELECT coalesce(max(id), 0) FROM change))
ON CONFLICT (id) DO UPDATE SET at = excluded.at, change_id = excluded.change_id
"""


def note_look(path: str, at: str, busy_s: float) -> None:
    """Note that everything up to this moment (UTC) has been seen. Raises Refusal where the book cannot be written."""
    connection = opened(path, busy_s, write=True)
    try:
        check(connection, path)
        connection.execute(_NOTE, (at,))
    except sqlite3.DatabaseError as error:
        raise said(error, path) or error from None
    finally:
        connection.close()
