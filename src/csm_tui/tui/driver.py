"""The way to the terminal: Textual's, which outlives a terminal that goes away.

Textual hands what is painted to a thread through a queue of 30 places. A write to a terminal that was closed ends that
thread, and whatever is painted after it, the last goodbye included, waits for ever. The kernel also says SIGCONT to the
program of a terminal that was closed, which Textual takes for the end of a pause, and paints everything anew.
"""

from __future__ import annotations

import os
from typing import IO, TYPE_CHECKING, Any

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from textual.app import App


class Outliving:
    """A file to write to that takes everything, and after an error keeps nothing."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal, and still there."""
        return not self._gone and self._file.isatty()

    def write(self, text: str) -> None:
        """Write, as long as somebody is there."""
        self._unless_gone(self._file.write, text)

    def flush(self) -> None:
        """Hand on what was written."""
        self._unless_gone(self._file.flush)

    def _unless_gone(self, call: Any, *text: str) -> None:
        try:
            if not self._gone:
                call(*text)
        except (OSError, ValueError):
            self._gone = True


class TerminalDriver(LinuxDriver):
    """Textual's driver, with a file that outlives the terminal, resumed only where there is a terminal."""

    def __init__(self, app: App[Any], **wanted: Any) -> None:
        super().__init__(app, **wanted)
        self._file: Any = Outliving(self._file)

    def _sigcont_application(self, *_: object) -> None:
        if os.isatty(self.fileno):
            super()._sigcont_application()
