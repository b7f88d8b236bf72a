"""Boards and steps of a large book in a pseudo-terminal, against the key of a bare DataTable, in one run."""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

from commands import CSM, books
from screen import HERE, QUIET_S, Terminal

TABLE_KEYS = 40
BOARDS = (b"3", b"5", b"6")
DONE = 6
LIMITS = {"open": 1.5, "zoom": 1.5, "done": 5.0}


def timed(terminal: Terminal, key: bytes) -> tuple[float, float]:
    """Seconds from a key to the first and to the last paint after it."""
    taken = terminal.key(key, 3 * QUIET_S)
    return taken.first, taken.last


def table() -> float:
    """The 95th percentile of a cursor key in a bare DataTable."""
    terminal = Terminal([sys.executable, str(HERE / "bare.py"), "table"])
    try:
        terminal.until(b"account-000020")
        taken = sorted(terminal.key(b"\x1b[B").first for _ in range(TABLE_KEYS))
        return taken[round(0.95 * (len(taken) - 1))]
    finally:
        terminal.close()


def workspace(path: str) -> dict[str, list[tuple[float, float]]]:
    """The boards opened in turn, zoomed and left again, and steps marked as done in the milestones."""
    terminal, found = Terminal([CSM, "--db", path]), {}
    try:
        terminal.until(b"WHY IT IS HERE")
        time.sleep(1.5)  # what the rules open by themselves
        for board in BOARDS:
            found[f"open {board.decode()}"] = [timed(terminal, board)]
            found[f"zoom {board.decode()}"] = [timed(terminal, b"z")]
            timed(terminal, b"z")
        for key in (b"3", b"z", b"\t"):
            timed(terminal, key)
        found["done in milestones"] = [_done(terminal) for _ in range(DONE)]
        return found
    finally:
        terminal.close()


def _done(terminal: Terminal) -> tuple[float, float]:
    """One step down, and that step done."""
    timed(terminal, b"j")
    return timed(terminal, b"d")


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=5)
    reader.add_argument("--book", help="a book made before; it is copied")
    chosen = reader.parse_args()
    ratios: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        made = chosen.book or books(Path(folder), large=False)["plans"]
        for run in range(chosen.runs + 1):
            copy = str(Path(folder) / "run.db")
            shutil.copyfile(made, copy)
            key = table()
            for name, taken in workspace(copy).items():
                if run:  # the first round warms up
                    ratios.setdefault(name, []).extend((first / key, last / key) for first, last in taken)
    print(f"{'key':<20} {'to the first paint':>20} {'to the last':>12}  limit")
    for name, pairs in ratios.items():
        first, last = (statistics.median(column) for column in zip(*pairs, strict=True))
        print(f"{name:<20} {first:>20.2f} {last:>12.2f}  {LIMITS[name.split()[0]]:.1f}")
    print("multiples of the 95th percentile of a cursor key in a bare DataTable")


if __name__ == "__main__":
    main()
