"""The workspace in a real pseudo-terminal against bare Textual, in one run: first frame, cursor key, idle cost."""

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

from commands import CSM, books, environment

SIZE = (36, 132)
KEYS = 20
IDLE_S = 3.0
QUIET_S = 0.15
HERE = Path(__file__).parent


class Terminal:
    """A program in a pseudo-terminal, whose output is read and stamped."""

    def __init__(self, command: list[str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, environment() | {"TERM": "xterm-256color"})
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
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

    def key(self, key: bytes) -> float:
        """Seconds from a key to the first paint after it."""
        self.settle()
        begun = time.perf_counter()
        os.write(self.fd, key)
        while not self.read(1.0):
            pass
        return time.perf_counter() - begun

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


def measured(command: list[str], ready: bytes) -> tuple[float, float, float]:
    """First frame, cursor key to first paint, idle cost."""
    terminal = Terminal(command)
    try:
        first = terminal.until(ready)
        for _ in range(3):
            terminal.key(b"\x1b[B")
        keys = [terminal.key(b"\x1b[B") for _ in range(KEYS)] if b"hello" not in ready else [0.0]
        return first, statistics.median(keys), terminal.idle()
    finally:
        terminal.close()


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--small", action="store_true", help="leave out the book of 10,000 accounts")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = books(Path(folder), large=not chosen.small)
        programs = {
            "hello": ([sys.executable, str(HERE / "bare.py"), "hello"], b"hello"),
            "table": ([sys.executable, str(HERE / "bare.py"), "table"], b"account-000020"),
        } | {name: ([CSM, "--db", path], b"d late") for name, path in made.items()}
        found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in programs}
        for run in range(chosen.runs + 1):
            for name, (command, ready) in programs.items():
                if name == "hello":
                    terminal = Terminal(command)
                    row = (terminal.until(ready), 0.0, terminal.idle())
                    terminal.close()
                else:
                    row = measured(command, ready)
                if run:  # the first round warms up
                    found[name].append(row)
    report(found)


def report(found: dict[str, list[tuple[float, float, float]]]) -> None:
    """Paired ratios, and the difference of the idle cost."""
    print(f"{'book':<8} {'first frame x hello':>20} {'key x DataTable':>16} {'idle ms/s above hello':>22}")
    for name in [name for name in found if name not in {"hello", "table"}]:
        frames = [ours[0] / bare[0] for ours, bare in zip(found[name], found["hello"], strict=True)]
        keys = [ours[1] / table[1] for ours, table in zip(found[name], found["table"], strict=True)]
        idle = [ours[2] - bare[2] for ours, bare in zip(found[name], found["hello"], strict=True)]
        medians = [statistics.median(column) for column in (frames, keys, idle)]
        print(f"{name:<8} {medians[0]:>20.2f} {medians[1]:>16.2f} {medians[2]:>22.2f}")
    print("limits: first frame 1.50 (stretch 1.20), key 0.90, idle 2.0")


if __name__ == "__main__":
    main()
