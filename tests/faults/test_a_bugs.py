"""Group A: a bug anywhere in the workspace ends it with a status, a place, and nobody named; nothing is half done."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing

import pytest

from csm_tui.cli.main import main
from csm_tui.tui import drafts
from tests.conftest import rounds
from tests.ends import SECRET, Starts, ready, writes
from tests.faults.matrix import Tally
from tests.faults.whole import wrongs
from tests.terminal import Terminal

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
"""Lines that put a bug in the way of a value that is a customer's, and the key that goes there."""

TUI = "csm_tui.tui."
PLACES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "workspace composed": (f"{TUI}screens.workspace", "Workspace.compose", ()),
    "first look": (f"{TUI}start", "first_look", ()),
    "today shown": (f"{TUI}panes.today", "TodayPane.show", ()),
    "accounts shown": (f"{TUI}panes.accounts", "AccountsPane.show", ()),
    "onboarding shown": (f"{TUI}panes.onboarding", "OnboardingPane.show", ()),
    "cadence shown": (f"{TUI}panes.cadence", "CadencePane.show", ()),
    "reviews shown": (f"{TUI}panes.reviews", "ReviewsPane.show", ()),
    "recoveries shown": (f"{TUI}panes.recovery", "RecoveryPane.show", ()),
    "account composed": (f"{TUI}screens.account", "AccountScreen.compose", ("\r",)),
    "account answered": (f"{TUI}screens.account", "AccountScreen.answered", ("\r",)),
    "opening composed": (f"{TUI}screens.opening", "OpeningScreen.compose", ("r",)),
    "opening answered": (f"{TUI}screens.opening", "OpeningScreen.answered", ("r",)),
    "walk composed": (f"{TUI}screens.recovery", "RecoveryScreen.compose", ("r",)),
    "walk answered": (f"{TUI}screens.recovery", "RecoveryScreen.answered", ("r",)),
    "history composed": (f"{TUI}screens.history", "HistoryScreen.compose", ("H",)),
    "why mounted": (f"{TUI}screens.why", "WhyScreen.on_mount", ("w",)),
    "brief mounted": (f"{TUI}screens.brief", "BriefScreen.on_mount", ("b",)),
    "palette composed": (f"{TUI}widgets.picker", "Picker.compose", (":",)),
    "keys mounted": (f"{TUI}widgets.picker", "Picker.on_mount", ("?",)),
    "columns composed": (f"{TUI}widgets.checklist", "Checklist.compose", ("z", "c")),
    "log form composed": (f"{TUI}forms.log", "LogForm.compose", ("l",)),
    "log form typed in": (f"{TUI}forms.log", "LogForm.on_text_area_changed", ("l", "c")),
    "form mounted": (f"{TUI}forms.form", "Form.on_mount", ("e",)),
    "form typed in": (f"{TUI}forms.form", "Form._typed", ("e",)),
    "question composed": (f"{TUI}forms.ask", "Ask.compose", ("s",)),
    "path asked for": (f"{TUI}forms.import_path", "ImportPath.compose", ("I",)),
    "worker": (f"{TUI}clipboard", "by_tool", ("y",)),
    "draft": (f"{TUI}drafts", "keep", ("l", "c")),
    "sweep": ("csm_tui.keeping_up", "in_parts", ()),
    "watch": ("csm_tui.store.watch", "Watch._look", ()),
    "tick of the watch": (f"{TUI}app", "CsmApp._tick", ()),
    "after the first frame": (f"{TUI}app", "CsmApp.look_back", ()),
    "reader of keys": (f"{TUI}driver", "TerminalDriver._typed", ()),
    "leaving": (f"{TUI}app", "CsmApp.on_unmount", ("q",)),
}
"""A function that is made to raise, and the keys that go there; without keys it is on the way of every start."""
BOOM = """
import {module} as spoilt
def boom(*_, **__):
    raise RuntimeError("{secret}")
spoilt.{function} = boom
"""
SCRIPTS = {
    **{name: (spoil, (key,)) for name, (spoil, key) in SPOILT.items()},
    **{
        name: (BOOM.format(module=module, function=function, secret=SECRET), keys)
        for name, (module, function, keys) in PLACES.items()
    },
}


def bugs(names: list[str]) -> list[str]:
    """All of them, or one in ten."""
    return names[:: max(1, len(names) // rounds(len(names)))]


@pytest.mark.slow
@pytest.mark.fault("A6")
@pytest.mark.parametrize("where", bugs(list(SCRIPTS)))
def test_a_bug_ends_with_a_status_and_a_place_and_names_nobody(
    tally: Tally, start: Starts, secret: str, where: str
) -> None:
    if where.startswith("opening"):  # no rule opens a recovery today
        with closing(sqlite3.connect(secret)) as connection, connection:
            connection.execute("INSERT INTO kept_up (on_day) VALUES ('2026-11-21')")
    elif where.startswith("walk"):
        assert main(["recover", "--db", secret, "id:1", "--signal", "usage"]) == 0
    spoil, keys = SCRIPTS[where]
    terminal = start(spoil)
    for key in keys:
        terminal.until(lambda: b"WHY IT IS HERE" in terminal.out or key != keys[0])  # noqa: B023 - asked at once
        terminal.read(0.3)
        terminal.type(key)
    status = terminal.status()
    tally.tried += 1
    tally.crashed += [f"{where}: {wrong}" for wrong in badly_ended(terminal, status)]
    if SECRET in terminal.after():
        tally.injected.append(f"{where}: a customer is named")
    tally.lost += [f"{where}: {wrong}" for wrong in wrongs(secret)]
    with closing(sqlite3.connect(secret)) as connection:
        if connection.execute("SELECT state FROM promise").fetchone() != ("open",):
            tally.lost.append(f"{where}: something is half done")


def badly_ended(terminal: Terminal, status: int) -> list[str]:
    """What is wrong with an end on a bug."""
    found = terminal.left_behind()
    if status in {0, 2, 3} or status > 128:
        found.append(f"status {status}")
    if "Everything that was said to be saved is saved" not in terminal.after():
        found.append("nothing is said")
    return found


@pytest.mark.fault("A6")
def test_enter_held_down_logs_once_and_what_was_saved_before_a_bug_is_there(
    tally: Tally, start: Starts, secret: str
) -> None:
    tally.tried = 1
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
