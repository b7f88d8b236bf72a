"""A real terminal with a program in it, for tests that type as a person does and read what is painted."""

from __future__ import annotations

import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

CSM = str(Path(sys.executable).parent / "csm")
ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"
MODES = {1000: "the mouse", 1003: "the mouse's ways", 1006: "the mouse's places", 2004: "pasting"}
"""What a terminal is asked for, by number; before Textual is there nothing is."""
PATIENCE = 20.0 if "CSM_SPOIL" in os.environ else 120.0
"""Seconds in which the busiest machine does anything. Where a guard was taken out, things are waited for in vain."""


def own_terminal(slave: int) -> None:
    """Make the far end the terminal that governs the new session, where SIGINT counts even if it does not here."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)


class Terminal:
    """A real terminal with a program in it. It keeps the far end open, so that its settings can be compared after."""

    def __init__(self, command: list[str], env: dict[str, str], size: tuple[int, int] = (132, 36)) -> None:
        self.master, self.slave = os.openpty()
        fcntl.ioctl(self.slave, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(self.slave)
        self.out, self.taken, self.modes = b"", False, set[int]()
        slave, own = self.slave, {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env={**own, "TERM": "xterm-256color", **env},
            start_new_session=True, preexec_fn=lambda: own_terminal(slave),  # noqa: PLW1509 - one call, no lock
        )  # fmt: skip

    def read(self, seconds: float = 0.05) -> None:
        """Take what has been written."""
        while select.select([self.master], [], [], seconds)[0]:
            try:
                found = os.read(self.master, 65536)
            except OSError:
                return
            if not found:
                return
            self.out += found
            self.taken |= ENTERED in found
            newest = self.out[-len(found) - 8 :]
            self.modes |= {mode for mode in MODES if f"\x1b[?{mode}h".encode() in newest}

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait for something, reading all the while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            self.read()
            if holds():
                return
        raise AssertionError(f"it did not come: {self.out[-600:]!r}")

    def shows(self, text: str) -> None:
        """Wait until a text has been painted since the last key."""
        self.until(lambda: text.encode() in self.out)

    def type(self, keys: str) -> None:
        """Type; what is painted from here on comes after."""
        self.read(0.01)
        self.out = b""
        os.write(self.master, keys.encode())

    def escape(self) -> None:
        """Type the escape key alone: what is typed at once after it would be read as one key with it."""
        self.type("\x1b")
        self.taken_up()
        self.read(0.6)

    def taken_up(self) -> None:
        """Wait until the program has read what was typed; what is typed then comes in another packet."""
        self.until(lambda: fcntl.ioctl(self.slave, termios.FIONREAD, bytes(4)) == bytes(4))

    def status(self) -> int:
        """Wait for the end, and what it came to as a shell tells it."""
        self.until(lambda: self.process.poll() is not None)
        self.read(0.1)
        code = self.process.returncode
        return 128 - code if code < 0 else code

    def close(self) -> None:
        """End what is left."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for end in (self.master, self.slave):
            try:
                os.close(end)
            except OSError:
                continue

    def left_behind(self) -> list[str]:
        """What is not as it was found, once the program has ended. Where none was taken, there is nothing to give."""
        found = [] if termios.tcgetattr(self.slave) == self.before else ["the settings"]
        if not self.taken:
            return found
        end = self.out[max(0, self.out.rfind(ENTERED)) :]
        wanted = {"the screen": LEFT, "the cursor": b"\x1b[?25h"}
        asked = {name: f"\x1b[?{mode}l".encode() for mode, name in MODES.items() if mode in self.modes}
        return [*found, *(name for name, sign in {**wanted, **asked}.items() if sign not in end)]

    def restored(self) -> None:
        """Assert that the terminal is as it was found."""
        assert self.left_behind() == []
        assert LEFT in self.out

    def after(self) -> str:
        """What is printed once the screen has been left, or all where it was never taken."""
        return self.out[max(0, self.out.rfind(LEFT)) :].decode(errors="replace")
