"""Has another process written? Asked of SQLite once a second, on a connection and a thread of its own."""

from __future__ import annotations

import os
import sqlite3
import threading

from csm_tui.store.connection import uri
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

EVERY_S = 1.0


class Watch(threading.Thread):
    """Calls `changed` when it begins and when a commit of another connection is seen, `tick` each second, and `broke`
    when a bug ends it.

    A connection's own commits do not move its own `data_version`, so it is asked on a connection that never writes. A
    book that was replaced (by a restore) is opened anew; one that is gone has changed, and whoever reads it says so.
    """

    def __init__(
        self, path: str, changed: Callable[[], None], tick: Callable[[], None], broke: Callable[[Exception], None]
    ) -> None:
        super().__init__(name="watch", daemon=True)
        self._path = path
        self._changed = changed
        self._tick = tick
        self._broke = broke
        self._ended = threading.Event()
        self._connection: sqlite3.Connection | None = None
        self._inode = 0
        self._version = -1
        self.began = False
        """Whether it was said what had changed before it looked."""

    def run(self) -> None:
        """Look once a second until told to stop; a bug ends it, and is handed over."""
        try:
            self._look()
            self._changed()  # what was written between the first list and this look
            self.began = True
            while not self._ended.wait(EVERY_S):
                if self._look():
                    self._changed()
                self._tick()
        except Exception as error:  # noqa: BLE001 - nobody would hear of it: a thread dies alone
            self._broke(error)
        self._close()

    def stop(self) -> None:
        """End, and be gone within a moment: nobody is told of anything after this."""
        self._ended.set()
        if self.is_alive():
            self.join(EVERY_S)

    def _look(self) -> bool:
        """Whether the file has moved on, gone or come back since the last look; one that cannot be read has not."""
        inode = self._there()
        try:
            if inode != self._inode:
                self._close()
                if inode:
                    self._connection = sqlite3.connect(
                        uri(self._path, "ro"), uri=True, isolation_level=None, check_same_thread=False
                    )
            version = int(self._connection.execute("PRAGMA data_version").fetchone()[0]) if self._connection else 0
        except sqlite3.Error:
            return False
        moved = self._version != -1 and (version != self._version or inode != self._inode)
        self._version, self._inode = version, inode
        return moved

    def _there(self) -> int:
        """The number of the file on its disk; 0 while there is none."""
        try:
            return os.stat(self._path).st_ino
        except OSError:
            return 0

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
