"""However the workspace is left, or where it cannot be entered, what is printed is plain and the status tells."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from pathlib import Path

import pytest

from tests.ends import SECRET, Starts, ready
from tests.terminal import CSM, Terminal


def test_q_leaves_with_0_and_prints_nothing(start: Starts) -> None:
    terminal = ready(start())
    terminal.type("q")
    assert terminal.status() == 0
    terminal.restored()
    assert re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", terminal.after()).strip() == ""


@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_without_a_terminal_there_is_plain_text(secret: str, arguments: tuple[str, ...]) -> None:
    env = {**os.environ, "CSM_DB": secret, "CSM_TODAY": "2026-11-21", "TERM": "xterm-256color"}
    ran = subprocess.run([CSM, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert (SECRET.encode() in ran.stdout) == (not arguments)


@pytest.mark.parametrize("term", ["dumb", ""])
@pytest.mark.parametrize("arguments", [(), ("demo",)])
def test_a_terminal_that_cannot_draw_gets_plain_text(secret: str, term: str, arguments: tuple[str, ...]) -> None:
    terminal = Terminal([CSM, *arguments], {"CSM_DB": secret, "CSM_TODAY": "2026-11-21", "TERM": term})
    try:
        terminal.until(lambda: terminal.process.poll() is not None or b"\x1b" in terminal.out)
        assert b"\x1b" not in terminal.out
        assert terminal.status() == 0
    finally:
        terminal.close()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_demo_ends_well_too_and_leaves_no_book_behind(start: Starts, tmp_path: Path, number: int) -> None:
    folder = tmp_path / "made"
    folder.mkdir()
    terminal = Terminal([CSM, "demo"], {"CSM_TODAY": "2026-11-21", "TMPDIR": str(folder)})
    try:
        terminal.shows("WHY IT IS HERE")
        assert list(folder.iterdir())
        terminal.process.send_signal(number)
        assert terminal.status() == 128 + number
        terminal.restored()
        assert list(folder.iterdir()) == []
    finally:
        terminal.close()
