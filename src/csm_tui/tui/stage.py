"""The terminal while Textual is being loaded: its keys are held for Textual, and whatever fails puts it back."""

from __future__ import annotations

import os
import signal
import termios
from typing import Any

FRONT = "\x1b[?1049h\x1b[?25l"
BACK = "\x1b[?25h\x1b[?1049l"
ENDS = (signal.SIGTERM, signal.SIGHUP)
IN, OUT = 0, 2
"""Where Textual reads and writes."""


class Stage:
    """A terminal: its settings as they were found, and whether a first frame stands on it."""

    def __init__(self) -> None:
        self.before: list[Any] = termios.tcgetattr(IN)
        self.painted = False
        self.status = 0
        """The status with which a signal has ended the program, whatever became of the exception that says so."""

    def take(self) -> None:
        """Let keys wait unseen from here on. A signal to end is an exception, once there is something to put back."""
        for number in ENDS:
            signal.signal(number, self._end)  # until the app has handlers of its own
        termios.tcsetattr(IN, termios.TCSANOW, _quiet(self.before))

    def _end(self, number: int, _frame: object) -> None:
        self.status = 128 + number
        raise SystemExit(self.status)

    def leave(self) -> None:
        """Put the terminal back. A terminal that has gone needs nothing."""
        try:
            if self.painted:
                put(BACK)
            termios.tcsetattr(IN, termios.TCSANOW, self.before)
        except (OSError, termios.error):
            return


def size() -> tuple[int, int]:
    """Columns and lines of the terminal."""
    return os.get_terminal_size(IN)


def put(text: str) -> None:
    """Write all of a text to the terminal."""
    left = text.encode("utf-8", "replace")
    while left:
        left = left[os.write(OUT, left) :]


def _quiet(before: list[Any]) -> list[Any]:
    """The settings under which Textual reads keys: nothing is echoed, enter is `\\r`, no key is a signal."""
    settings = [*before]
    settings[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    settings[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    settings[6] = [*before[6]]
    settings[6][termios.VMIN] = 1
    return settings
