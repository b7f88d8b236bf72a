"""What there is to bring back in the place of a book that is gone or cannot be read: each backup, and what is in it."""

from __future__ import annotations

import os
import sqlite3

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, rotation
from csm_tui.store.connection import Reading, Unreadable, opened, version_of
from csm_tui.store.queries.sizes import Holdings, holdings
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

BUSY_S = 1.0


class Offer(NamedTuple):
    """A backup: its path, the day it was made (ISO, UTC), and what it holds; None for one that cannot be read."""

    path: str
    made_on: str
    holds: Holdings | None


def missed(path: str) -> Unreadable | None:
    """The sentence for a book that is not there, and was: backups of it are. None where there are none."""
    found = backup.backups(path)
    if not found:
        return None
    count = "is 1 backup" if len(found) == 1 else f"are {len(found)} backups"
    newest = rotation.made_on(os.path.basename(found[0])).isoformat()
    return Unreadable(
        path,
        f"is not there, but there {count} of it: `csm restore` brings back the newest, of {newest}. "
        f"To begin an empty book instead, move {paths.backups(path)} away.",
        ours=True,
    )


def offers(path: str, today: date) -> list[Offer]:
    """The backups of a book, newest first, of whatever version."""
    return [_offer(found, today) for found in backup.backups(path)]


def _offer(path: str, today: date) -> Offer:
    name = os.path.basename(path)
    made_on = f"{name[:4]}-{name[4:6]}-{name[6:8]}"
    try:
        connection = opened(path, BUSY_S, write=False)
        try:
            version_of(connection, path)
            return Offer(path, made_on, holdings(Reading(connection, path, today)))
        finally:
            connection.close()
    except (Refusal, sqlite3.DatabaseError):
        return Offer(path, made_on, None)
