"""The first frame is painted before Textual is loaded: the same frame, no key lost, the terminal never left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyte
import pytest

from tests.blank import empty_book
from tests.terminal import CSM, PATIENCE, Terminal

SIZE = (132, 36)
FULL = b"\x1b[1;1H"
"""A whole frame begins with its first line."""
NAMES = [f"Acme 京都 {number} · é" if number % 3 == 0 else f"Account {number}" for number in range(40)]


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A book with forty late promises."""
    path = str(tmp_path / "book.db")
    empty_book(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for number, name in enumerate(NAMES, 1):
            connection.execute(
                "INSERT INTO account (name, added_on, started_on) VALUES (?, '2026-01-05', '2026-01-01')", (name,)
            )
            connection.execute(
                "INSERT INTO promise (account_id, side, what, due_on, made_on) "
                "VALUES (?, 'ours', 'report', '2026-11-18', '2026-10-12')",
                (number,),
            )
    return path


Starts = Callable[..., Terminal]


@pytest.fixture
def start(path: str, tmp_path: Path) -> Iterator[Starts]:
    """Start the program in a terminal of its own; what is asked to happen first spoils it, or slows it."""
    started: list[Terminal] = []

    def begin(first: str = "", within: tuple[str, ...] = (), **env: str) -> Terminal:
        command, env = [CSM], {"GATE": str(gate(tmp_path)), **env}
        if first:
            script = tmp_path / "first.py"
            script.write_text(f"{first}\nfrom csm_tui.cli.main import run\nrun()\n", encoding="utf-8")
            command = [sys.executable, str(script)]
        terminal = Terminal(
            [*within, *command], {"CSM_DB": path, "CSM_TODAY": "2026-11-21", "COLORTERM": "truecolor", **env}, SIZE
        )
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


def gate(tmp_path: Path) -> Path:
    """A file without which a program that is held does not go on to Textual."""
    return tmp_path / "gate"


LATER = """
import sys
class Later:
    def find_spec(self, name, *_):
        if name == "csm_tui.tui.app":
            %s
sys.meta_path.insert(0, Later())
"""
"""Something happens instead of, or before, Textual being loaded."""
HELD = LATER % "import os, time\n            while not os.path.exists(os.environ['GATE']): time.sleep(0.01)"


@pytest.fixture
def kept(start: Starts, tmp_path: Path) -> Path:
    """The form that a first start keeps."""
    terminal = start()
    terminal.shows("WHY IT IS HERE")
    terminal.type("q")
    assert terminal.status() == 0
    form = next((tmp_path / "state").rglob("first-frame"))
    assert form.stat().st_mode & 0o777 == 0o600
    return form


def cells(out: bytes) -> list[list[tuple[object, ...]]]:
    """What a terminal shows of it, with colours."""
    screen = pyte.Screen(*SIZE)
    pyte.ByteStream(screen).feed(out)
    return [[tuple(screen.buffer[y][x]) for x in range(SIZE[0])] for y in range(SIZE[1])]


def lines(screen: list[list[tuple[object, ...]]]) -> list[str]:
    """The text of a screen."""
    return ["".join(str(cell[0]) for cell in row) for row in screen]


def test_the_first_frame_is_there_before_textual_and_textual_paints_the_same(
    start: Starts, kept: Path, tmp_path: Path
) -> None:
    terminal = start(HELD)
    terminal.shows("Account 1 ")
    before = terminal.out
    gate(tmp_path).touch()
    assert b"\x1b[?1000h" not in before, "Textual has not begun"
    terminal.shows("WHY IT IS HERE")
    frames = terminal.out.split(FULL)
    assert b"\x1b[?1049h" not in FULL.join(frames[2:]), "nothing clears what stands"
    mine = cells(FULL.join(frames[:2]))
    textuals = cells(FULL.join(frames[:3]))
    other = [y for y in range(SIZE[1]) if mine[y] != textuals[y]]
    today_ends = next(y for y, line in enumerate(lines(mine)) if line.startswith("╰"))
    assert set(other) <= {0, today_ends}, "the day, and the counts in the border, come with Textual"
    assert "Account 1 " in "\n".join(lines(mine))


def test_no_row_is_gone_for_a_moment(start: Starts, kept: Path) -> None:
    terminal = start()
    terminal.shows("WHY IT IS HERE")
    screen, at = pyte.Screen(*SIZE), 0
    stream = pyte.ByteStream(screen)
    shown = re.compile("京都|Account")
    most = 0
    for part in re.split(rb"(?=\x1b\[\d+;\d+H)", terminal.out):
        stream.feed(part)
        at = sum(1 for line in screen.display if shown.search(line))
        assert at >= most - 1, "a row that stood is not taken away before another stands there"
        most = max(most, at)
    assert most > 10


def test_keys_that_are_typed_at_the_first_frame_arrive(start: Starts, kept: Path, path: str, tmp_path: Path) -> None:
    terminal = start(HELD)
    terminal.shows("Account 1 ")
    os.write(terminal.master, b"l")
    os.write(terminal.master, b"call early bird\r")
    gate(tmp_path).touch()
    terminal.shows("u undoes")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT summary FROM touchpoint").fetchall() == [("early bird",)]
    assert b"call early bird" not in terminal.out.split(b"\x1b[?1000h")[0], "nothing is echoed"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_textual_is_loaded_puts_the_terminal_back(start: Starts, kept: Path, number: int) -> None:
    terminal = start(HELD)
    terminal.shows("Account 1 ")
    terminal.process.send_signal(number)
    assert terminal.status() == 128 + number
    back(terminal)


ENDED = """
import os, signal, {module} as spoilt
real = spoilt.{name}
def ended(*given):
    found = real(*given)
    if {name!r} != "fork" or found:
        spoilt.{name} = real
        os.kill(os.getpid(), signal.SIGTERM)
    return found
spoilt.{name} = ended
"""
"""A signal comes in the very moment in which something was done."""
SHELL = "sh", "-c", '"$@"; code=$?; sleep 1; exit $code', "sh"
"""Outlives what it has started, as shells do: the kernel ends nobody with it."""


@pytest.mark.parametrize(("module", "name"), [("termios", "tcsetattr"), ("os", "fork")])
def test_a_signal_in_the_moment_in_which_the_terminal_is_taken_puts_it_back(
    start: Starts, kept: Path, module: str, name: str
) -> None:
    terminal = start(ENDED.format(module=module, name=name), SHELL)
    assert terminal.status() == 128 + signal.SIGTERM
    assert terminal.left_behind() == []


def test_a_program_that_cannot_be_loaded_puts_the_terminal_back(start: Starts, kept: Path, tmp_path: Path) -> None:
    terminal = start(HELD.replace("sys.meta_path", "            raise ImportError('no such thing')\nsys.meta_path"))
    terminal.shows("Account 1 ")
    gate(tmp_path).touch()
    assert terminal.status() != 0
    back(terminal)
    assert "Account" not in terminal.after()


def back(terminal: Terminal) -> None:
    """The terminal is as it was found, the cursor shows, and the frame is gone."""
    import termios

    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert terminal.out.rindex(b"\x1b[?1049l") > terminal.out.rindex(b"\x1b[?1049h")
    assert terminal.out.rindex(b"\x1b[?25h") > terminal.out.rindex(b"\x1b[?25l")


def test_the_form_holds_nothing_of_the_book_and_another_dress_has_none(
    start: Starts, kept: Path, tmp_path: Path
) -> None:
    told = kept.read_text(encoding="utf-8")
    for word in ("Acme", "京都", "Account 1", "report", "late", "2026", "must do"):
        assert word not in told.replace("2 Accounts", ""), word
    terminal = start(HELD, NO_COLOR="1")
    terminal.read(0.6)
    assert b"Account 1 " not in terminal.out, "no frame in colours that were not asked for"
    gate(tmp_path).touch()
    terminal.shows("WHY IT IS HERE")
    assert kept.read_text(encoding="utf-8") != told


@pytest.mark.parametrize("spoilt", ["", "nonsense", "\x00" * 50])
def test_a_form_that_is_damaged_is_no_form(start: Starts, kept: Path, spoilt: str) -> None:
    first = kept.read_text(encoding="utf-8").split("\n")[0]
    kept.write_text(f"{first}\n{spoilt}", encoding="utf-8")
    terminal = start()
    terminal.shows("WHY IT IS HERE")
    terminal.type("q")
    assert terminal.status() == 0
    terminal.restored()


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not on this machine")
def test_in_tmux_a_row_that_stands_keeps_standing(kept: Path, path: str, tmp_path: Path) -> None:
    tmux = ["tmux", "-L", f"csm-{os.getpid()}", "-f", os.devnull]
    env = {**os.environ, "CSM_DB": path, "CSM_TODAY": "2026-11-21", "COLORTERM": "truecolor", "TERM": "xterm-256color"}

    def run(*arguments: str) -> str:
        return subprocess.run([*tmux, *arguments], env=env, capture_output=True, text=True, timeout=30).stdout

    try:
        for start in ("first", "second"):  # the first keeps the form for tmux's own TERM
            run("new-session", "-d", "-s", start, "-x", str(SIZE[0]), "-y", str(SIZE[1]), CSM)
            seen: list[str] = []
            end = time.monotonic() + PATIENCE
            while time.monotonic() < end and "by risk" not in (seen[-1] if seen else ""):
                seen.append(run("capture-pane", "-p", "-t", start))
                time.sleep(0.01)
            rows = [page.count("Account ") for page in seen]
            assert rows[-1] > 5
            assert rows == sorted(rows), "once there, a row stays"
    finally:
        run("kill-server")
