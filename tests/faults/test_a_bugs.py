"""Group A: a bug anywhere in the workspace ends it with a status, a place, and nobody named; nothing is half done."""

from __future__ import annotations

import sqlite3
import termios
import time
from contextlib import closing

import pytest

from csm_tui.tui import drafts
from tests.ends import SECRET, Starts, ready, writes

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
