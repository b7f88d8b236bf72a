"""The workspace in a real pseudo-terminal against bare Textual and a bare DataTable of 1,000 rows, in one run."""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from pathlib import Path
from typing import NamedTuple

from commands import CSM, books, environment

SIZE = (36, 132)
DOWN = b"\x1b[B"
NEAR, FAR = 20, 30
"""Keys that stay on the screen, and keys of a walk that scrolls; each waits for quiet. The list is longer than that."""
IDLE_S = 2.0
QUIET_S, SHORT_S = 0.15, 0.05
HERE = Path(__file__).parent


class Key(NamedTuple):
    """Seconds from a key to its first and its last paint, and the bytes it wrote."""

    first: float
    last: float
    size: int


class Seen(NamedTuple):
    """What was measured of one program in one run; seconds, bytes, milliseconds a second, and MiB."""

    frame: float
    whole: float
    key: float
    followed: float
    size: float
    walk: float
    scroll95: float
    letter: float
    idle: float
    memory: float


class Terminal:
    """A program in a pseudo-terminal, whose output is read and stamped."""

    def __init__(self, command: list[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
            os.execvpe(command[0], command, environment() | {"TERM": "xterm-256color"})
        self.seen = b""

    def read(self, wait_s: float) -> bytes:
        """What comes within a while; answers the query for synchronized output, as terminals do."""
        ready, _, _ = select.select([self.fd], [], [], wait_s)
        if not ready:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        if b"\x1b[?2026$p" in data:
            os.write(self.fd, b"\x1b[?2026;2$y")
        self.seen += data
        return data

    def until(self, text: bytes, most_s: float = 30.0) -> float:
        """Seconds from the start until a text is on the screen."""
        end = time.perf_counter() + most_s
        while text not in self.seen:
            if time.perf_counter() > end:
                raise SystemExit(f"{text!r} never came: {self.seen[-300:]!r}")
            self.read(0.5)
        return time.perf_counter() - self.started

    def settle(self) -> None:
        """Until nothing has come for a while."""
        while self.read(QUIET_S):
            pass

    def key(self, key: bytes, quiet_s: float = QUIET_S) -> Key:
        """Type one key into a terminal that is quiet, and wait until it is so again."""
        begun = time.perf_counter()
        os.write(self.fd, key)
        if not (data := self.read(5.0)):
            raise SystemExit(f"{key!r} painted nothing")
        first = last = time.perf_counter()
        size = len(data)
        while data := self.read(quiet_s):
            last, size = time.perf_counter(), size + len(data)
        return Key(first - begun, last - begun, size)

    def memory(self) -> float:
        """The most memory it ever had, in MiB."""
        told = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        return int(told.split("VmHWM:")[1].split()[0]) / 1024

    def idle(self) -> float:
        """Milliseconds of processor time a second of doing nothing."""
        self.settle()
        begun, before = time.perf_counter(), self._cpu()
        time.sleep(IDLE_S)
        return 1000 * (self._cpu() - before) / (time.perf_counter() - begun)

    def _cpu(self) -> float:
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text(encoding="ascii").split()[0]) for task in tasks) / 1e9

    def close(self) -> None:
        """End it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)


def measured(command: list[str], ready: bytes, whole: bytes, letter: bytes) -> Seen:
    """Everything about one program. Without a letter it has no list; a blank one means that no filter is typed."""
    terminal = Terminal(command)
    try:
        frame, complete = terminal.until(ready), terminal.until(whole)
        terminal.settle()
        time.sleep(0.5)
        idle, memory = terminal.idle(), terminal.memory()
        if not letter:
            return Seen(frame, complete, 0, 0, 0, 0, 0, 0, idle, memory)
        for _ in range(3):
            terminal.key(DOWN)
        near = [terminal.key(DOWN) for _ in range(NEAR)]
        walked = [terminal.key(DOWN, SHORT_S) for _ in range(FAR)]
        far = sorted(key.last for key in walked)
        typed = statistics.median(filtered(terminal, letter)) if letter.strip() else far[int(0.95 * FAR)]
        middle = statistics.median
        return Seen(
            frame, complete, middle(key.first for key in near), middle(key.last for key in near),
            middle(key.size for key in near), sum(key.size for key in near + walked), far[int(0.95 * FAR)], typed,
            idle, memory,
        )  # fmt: skip
    finally:
        terminal.close()


def filtered(terminal: Terminal, letters: bytes) -> list[float]:
    """Seconds from each letter of a filter to the list it leaves."""
    terminal.key(b"/")
    terminal.settle()
    return [terminal.key(letters[at : at + 1]).last for at in range(len(letters))]


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--small", action="store_true", help="leave out the book of 10,000 accounts")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = books(Path(folder), large=not chosen.small)
        programs = {
            "hello": ([sys.executable, str(HERE / "bare.py"), "hello"], b"hello", b"hello", b""),
            "table": ([sys.executable, str(HERE / "bare.py"), "table"], b"account-000020", b"account-000020", b" "),
        } | {name: ([CSM, "--db", path], b"d late", b"WHY IT IS HERE", b"north") for name, path in made.items()}
        found: dict[str, list[Seen]] = {name: [] for name in programs}
        for run in range(chosen.runs + 1):
            for name, wanted in programs.items():
                row = measured(*wanted)
                if run:  # the first round warms up, and keeps the form of the first frame
                    found[name].append(row)
    report(found)


LINES = (
    ("first frame with real rows", "frame", "hello", 1.2),
    ("all of it, with the account under the cursor", "whole", "hello", 0),
    ("cursor key to the first paint", "key", "table", 0.75),
    ("cursor key to the account beside it", "followed", "table", 0.75),
    ("bytes of a cursor key that does not scroll", "size", "table", 0.5),
    ("bytes of a walk down the list, scrolling included", "walk", "table", 0.5),
    ("95th percentile of a key that scrolls", "scroll95", "table", 0.75),
    ("letter of the filter to its list, to the table's 95th percentile", "letter", "table", 1.0),
    ("peak memory", "memory", "hello", 1.3),
)
"""What is printed: the figure, against which bare program, and the limit."""


def report(found: dict[str, list[Seen]]) -> None:
    """Medians of paired ratios, and the difference of the idle cost."""
    names = [name for name in found if name not in {"hello", "table"}]
    print(f"{'':<66}{'limit':>6}" + "".join(f"{name:>10}" for name in names))
    for title, figure, against, limit in LINES:
        ratios = [
            statistics.median(
                getattr(ours, figure) / getattr(bare, figure)
                for ours, bare in zip(found[name], found[against], strict=True)
            )
            for name in names
        ]
        print(f"{title:<66}{limit:>6}" + "".join(f"{ratio:>10.2f}" for ratio in ratios))
    for name in names:
        idle = statistics.median(ours.idle - bare.idle for ours, bare in zip(found[name], found["hello"], strict=True))
        print(f"{name}: idle {idle:+.2f} ms a second beside bare Textual")


if __name__ == "__main__":
    main()
