"""Group A: a signal, and a terminal that goes away, end or stop the workspace well, and what is half-typed is kept."""

from __future__ import annotations

import os
import random
import shutil
import signal
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from csm_tui.tui import drafts
from tests.conftest import rounds
from tests.ends import SECRET, Starts, ready, writes
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.terminal import LEFT, Terminal


def timed(tally: Tally, seconds: float) -> None:
    """Count an end that came soon. None fails by being late: others may keep the machine busy."""
    tally.figures["within 2 s"] = tally.figures.get("within 2 s", 0) + (seconds <= 2)


def ended(tally: Tally, terminal: Terminal, wanted: set[int], how: str) -> None:
    """Wait for the end, and count what is wrong with it."""
    began = time.monotonic()
    status = terminal.status()
    tally.tried += 1
    timed(tally, time.monotonic() - began)
    if status not in wanted:
        tally.crashed.append(f"{how}: status {status}")
    tally.crashed += [f"{how}: {left}" for left in terminal.left_behind()]
    if SECRET in terminal.after():
        tally.injected.append(f"{how}: a customer is named")


@pytest.mark.fault("A5")
def test_a_signal_puts_the_terminal_back_and_keeps_what_was_typed(tally: Tally, start: Starts, secret: str) -> None:
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        terminal = ready(start())
        writes(terminal, secret, text := f"call half a thought {number}")
        terminal.process.send_signal(number)
        ended(tally, terminal, {128 + number}, number.name)
        if drafts.kept(secret, "log-1") != text:
            tally.lost.append(f"{number.name}: the draft")
        drafts.forget(secret, "log-1")


@pytest.mark.fault("A5")
@pytest.mark.slow
def test_a_signal_at_any_moment_of_the_start_leaves_the_terminal_as_it_was(tally: Tally, start: Starts) -> None:
    rng = random.Random(11)
    for _ in range(rounds(40, 20)):
        terminal = start()
        terminal.read(rng.uniform(0, 0.3))
        time.sleep(rng.uniform(0, 0.7))
        terminal.process.send_signal(signal.SIGTERM)
        ended(tally, terminal, {128 + signal.SIGTERM}, "at the start")


DEAF = ["sh", "-c", "trap '' HUP; \"$@\"; exit $?", "sh", *CSM]
"""The kernel tells only the shell that the terminal is gone, and the shell hears nothing."""


@pytest.mark.fault("A5")
def test_a_terminal_that_is_closed_ends_the_program_and_keeps_what_was_typed(
    tally: Tally, start: Starts, secret: str
) -> None:
    for command in (CSM, DEAF):
        terminal = ready(start(command=command))
        writes(terminal, secret, "call half a thought")
        os.close(terminal.slave)
        os.close(terminal.master)
        began = time.monotonic()
        status = terminal.process.wait(60)
        tally.tried += 1
        timed(tally, time.monotonic() - began)
        if status != 128 + signal.SIGHUP:
            tally.crashed.append(f"{command[0]}: status {status}")
        if drafts.kept(secret, "log-1") != "call half a thought":
            tally.lost.append(f"{command[0]}: the draft")
        drafts.forget(secret, "log-1")


def stopped(terminal: Terminal) -> bool:
    """Whether the program stands still."""
    stat = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="utf-8")
    return stat.rpartition(")")[2].split()[0] == "T"


def threads(terminal: Terminal) -> int:
    """How many threads the program has."""
    return len(list(Path(f"/proc/{terminal.process.pid}/task").iterdir()))


def by_its_leave(terminal: Terminal) -> None:
    """SIGTSTP: the terminal is as it was found while the program stands still."""
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.until(lambda: stopped(terminal))
    terminal.read(0.1)
    assert LEFT in terminal.out
    assert termios.tcgetattr(terminal.slave) == terminal.before
    terminal.out = b""
    terminal.process.send_signal(signal.SIGCONT)


def without_leave(terminal: Terminal) -> None:
    """SIGSTOP, after which a shell sets the terminal as it likes it."""
    terminal.process.send_signal(signal.SIGSTOP)
    terminal.until(lambda: stopped(terminal))
    termios.tcsetattr(terminal.slave, termios.TCSANOW, terminal.before)
    terminal.out = b""
    terminal.process.send_signal(signal.SIGCONT)


def not_at_all(terminal: Terminal) -> None:
    """SIGCONT to a program that goes on anyway."""
    terminal.out = b""
    terminal.process.send_signal(signal.SIGCONT)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc, to see a program that stands still")
@pytest.mark.fault("A5")
def test_it_stops_and_goes_on_with_the_terminal_its_threads_and_every_key(
    tally: Tally, start: Starts, secret: str
) -> None:
    terminal = ready(start())
    writes(terminal, secret, typed := "call ")
    raw, counts = termios.tcgetattr(terminal.slave), list[int]()
    stops: list[Callable[[Terminal], None]] = [by_its_leave, without_leave, not_at_all, not_at_all, by_its_leave]
    for number, stop in enumerate(stops):
        stop(terminal)
        terminal.shows("\x1b[?1049h")
        terminal.shows("Log a touchpoint")  # all of it is painted anew
        for letter in f"word{number} ":
            terminal.type(letter)
        typed += f"word{number} "
        terminal.until(lambda typed=typed: drafts.kept(secret, "log-1") == typed)  # type: ignore[misc]
        tally.tried += 1
        if termios.tcgetattr(terminal.slave) != raw:
            tally.crashed.append(f"{stop.__name__}: the terminal is not as it was")
        counts.append(threads(terminal))
    if counts[-1] - counts[0] >= len(stops) - 1:  # the backup of the day may have begun one meanwhile
        tally.crashed.append(f"each stop leaves a thread: {counts}")
    terminal.type("\x1b")
    terminal.shows("WHY IT IS HERE")
    terminal.type("q")
    ended(tally, terminal, {0}, "q")


EDITOR = '#!/bin/sh\nkill -TSTP 0\necho edited >> "$1"\n'
"""Stops itself and all that run beside it in the foreground, as editors do on ctrl+z."""
SHELL = ["bash", "-m", "-c", '"$@"; echo "stopped: $?"; fg; echo "ended: $?"', "bash", *CSM]


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash, a shell with jobs")
@pytest.mark.fault("A5")
def test_an_editor_that_is_stopped_stops_the_workspace_beside_it_and_both_go_on(
    tally: Tally, start: Starts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR, encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(editor))
    terminal = ready(start(command=SHELL))
    terminal.type("2")
    terminal.read(0.3)
    terminal.type("E")
    terminal.shows(f"stopped: {128 + signal.SIGTSTP}")
    terminal.shows("u undoes")
    terminal.type("q")
    terminal.shows("ended: 0")
    tally.tried += 1
