"""However the workspace ends, the terminal is as it was, the status tells how it went, and no customer is named."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.store import migrate
from csm_tui.tui import drafts
from tests.terminal import CSM, PATIENCE, Terminal

SECRET = "ACME CONFIDENTIAL"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A book with a customer whose name must not get out, and a promise that is late."""
    path = str(tmp_path / "book.db")
    migrate.ready(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            f"INSERT INTO account (name, added_on, started_on) VALUES ('{SECRET}', '2026-01-05', '2026-01-01');"
            f"INSERT INTO contact (account_id, name) VALUES (1, '{SECRET} person');"
            "INSERT INTO promise (account_id, side, what, due_on, made_on) "
            f"VALUES (1, 'ours', '{SECRET} report', '2026-11-18', '2026-10-12');"
        )
    return path


Starts = Callable[..., Terminal]


@pytest.fixture
def start(secret: str, tmp_path: Path) -> Iterator[Starts]:
    """Start the program, or a script that spoils it first, in a terminal of its own."""
    started: list[Terminal] = []

    def begin(spoil: str = "", arguments: tuple[str, ...] = (), book: str = secret) -> Terminal:
        command = [CSM, *arguments]
        if spoil:
            script = tmp_path / "spoilt.py"
            script.write_text(f"{spoil}\nfrom csm_tui.cli.main import run\nrun()\n", encoding="utf-8")
            command = [sys.executable, str(script), *arguments]
        terminal = Terminal(command, {"CSM_DB": book, "CSM_TODAY": "2026-11-21"})
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


def ready(terminal: Terminal) -> Terminal:
    """The workspace stands, with its first row and the account beside it."""
    terminal.shows("WHY IT IS HERE")
    return terminal


@pytest.mark.parametrize(("number", "status"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129), (signal.SIGINT, 130)])
def test_a_signal_puts_the_terminal_back(start: Starts, number: int, status: int) -> None:
    terminal = ready(start())
    terminal.process.send_signal(number)
    found = terminal.status()
    terminal.restored()
    assert found in ({status, 0} if number == signal.SIGINT else {status})
    assert SECRET not in terminal.after()


def writes(terminal: Terminal, book: str, text: str) -> None:
    """Open the log form and type; what is typed is kept as a draft by the time this ends."""
    terminal.type("l")
    terminal.shows("Log a touchpoint")
    terminal.type(text)
    terminal.until(lambda: drafts.kept(book, "log-1") == text)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_in_the_middle_of_a_form_keeps_what_was_typed(start: Starts, secret: str, number: int) -> None:
    terminal = ready(start())
    writes(terminal, secret, "call half a thought")
    terminal.process.send_signal(number)
    assert terminal.status() == 128 + number
    terminal.restored()
    assert drafts.kept(secret, "log-1") == "call half a thought"


def test_q_leaves_with_0_and_prints_nothing(start: Starts) -> None:
    terminal = ready(start())
    terminal.type("q")
    assert terminal.status() == 0
    terminal.restored()
    assert re.sub(r"\x1b\[[0-9;?<>=]*[a-zA-Z]", "", terminal.after()).strip() == ""


def test_a_terminal_that_is_closed_ends_the_program(start: Starts, secret: str) -> None:
    terminal = ready(start())
    os.close(terminal.slave)
    os.close(terminal.master)
    assert terminal.process.wait(PATIENCE) in {-signal.SIGHUP, 128 + signal.SIGHUP, 1, 0}


SPOILT = {
    "handler": (
        "from csm_tui.tui.app import CsmApp\n"
        "def boom(self):\n"
        "    customer = self.chosen().account\n"
        "    raise RuntimeError(customer)\n"
        "CsmApp.action_zoom = boom",
        "z",
    ),
    "view": (
        "import csm_tui.store.journal as journal\n"
        "def boom(reading, limit):\n"
        "    name = reading.row('SELECT name FROM account')[0]\n"
        "    raise ValueError(f'{name} cannot be')\n"
        "journal.history = boom",
        "H",
    ),
    "deed": (
        "import csm_tui.actions.items as items\n"
        "def boom(writing, wanted):\n"
        "    writing.change('promise', 1, state='kept', closed_on='2026-11-21')\n"
        "    raise KeyError(wanted.item.account.name)\n"
        "items.done_item = boom",
        "d",
    ),
    "store": (
        "import csm_tui.actions.items as items\n"
        "def boom(writing, wanted):\n"
        "    writing.add('contact', account_id=99, name=wanted.item.account.name)\n"
        "items.done_item = boom",
        "d",
    ),
    "paint": (
        "from csm_tui.tui.widgets.rows import Rows\n"
        "real = Rows.render_line\n"
        "def boom(self, y):\n"
        "    if getattr(self, 'zoomed', False):\n"
        "        raise ZeroDivisionError(str([row.paint(60) for row in self.rows]))\n"
        "    return real(self, y)\n"
        "Rows.render_line = boom",
        "z",
    ),
}


@pytest.mark.parametrize("where", SPOILT)
def test_a_bug_ends_with_a_status_and_a_place_and_names_nobody(start: Starts, secret: str, where: str) -> None:
    spoil, key = SPOILT[where]
    terminal = ready(start(spoil))
    terminal.type(key)
    status = terminal.status()
    assert status not in {0, 2, 3}
    terminal.restored()
    after = terminal.after()
    assert "Everything that was said to be saved is saved" in after
    assert "Error" in after
    assert SECRET not in after
    assert "CONFIDENTIAL" not in after
    with closing(sqlite3.connect(secret)) as connection:
        assert connection.execute("SELECT state FROM promise").fetchone() == ("open",), "nothing half done"


def test_a_bug_in_the_first_look_names_nobody_either(start: Starts) -> None:
    terminal = start(
        "import csm_tui.tui.start as start\n"
        "def boom(book):\n"
        "    raise LookupError(book.row('SELECT name FROM account')[0])\n"
        "start.first_look = boom"
    )
    assert terminal.status() != 0
    assert termios.tcgetattr(terminal.slave) == terminal.before
    assert SECRET.encode() not in terminal.out


def test_enter_held_down_logs_once_and_what_was_saved_before_a_bug_is_there(start: Starts, secret: str) -> None:
    terminal = ready(start(SPOILT["handler"][0]))
    writes(terminal, secret, "call all good")
    terminal.type("\r\r\r")
    terminal.shows("u undoes")
    time.sleep(0.2)
    assert terminal.process.poll() is None
    terminal.type("z")
    assert terminal.status() != 0
    with closing(sqlite3.connect(secret)) as connection:
        assert connection.execute("SELECT summary FROM touchpoint").fetchall() == [("all good",)]
    assert drafts.of_book(secret) == []


def test_a_kill_while_typing_leaves_a_draft_that_the_next_start_offers(start: Starts, secret: str) -> None:
    terminal = ready(start())
    writes(terminal, secret, "call half a thought")
    terminal.process.kill()
    assert terminal.status() == 128 + signal.SIGKILL
    again = ready(start())
    again.shows("half-typed")
    again.type("l")
    again.shows("half a thought")
    again.type("\r")
    again.shows("u undoes")
    with closing(sqlite3.connect(secret)) as connection:
        assert connection.execute("SELECT summary FROM touchpoint").fetchall() == [("half a thought",)]


def test_ctrl_c_loses_no_word_and_a_kill_a_moment_after_a_word_at_most_that_word(start: Starts, secret: str) -> None:
    """A draft is written as it is typed, not when the form is left."""
    terminal = ready(start())
    writes(terminal, secret, "call one")
    terminal.type("\x03")
    time.sleep(0.3)
    terminal.read()
    assert drafts.kept(secret, "log-1") == "call one"
    assert terminal.process.poll() is None
    for word in (" two", " three"):
        terminal.type(word)
        terminal.until(lambda word=word: drafts.kept(secret, "log-1").endswith(word))  # type: ignore[misc]
    terminal.type(" four")
    terminal.process.kill()
    terminal.status()
    assert drafts.kept(secret, "log-1").startswith("call one two three")


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
