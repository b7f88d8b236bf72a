"""A workspace on a made-up book of a pinned day, and how to wait until nothing is being read, written or painted."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import textual.app
import textual.pilot
from textual.notifications import Notification

from csm_tui.cli.main import main
from csm_tui.exchange.demo import write_demo
from csm_tui.tui import app as tui_app
from csm_tui.tui.app import CsmApp
from csm_tui.tui.screens.account import AccountScreen
from tests.blank import empty_book
from tests.terminal import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from csm_tui.tui.pane import Pane

DAY = date(2026, 11, 21)
PATIENCE_S = PATIENCE / 2

tui_app.QUIET_S = 3600.0  # the backup of the day is begun in a test that asks for it, not in whichever takes 3 s
Notification.time_left = property(lambda _notice: 3600.0)  # type: ignore[assignment]  # nor does what is said go by itself


@pytest.fixture(scope="session")
def demo_source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo book of the pinned day, written once."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"
    write_demo(str(path), DAY, 40)
    return path


@pytest.fixture
def demo(demo_source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A copy of the demo book, which no connection has open, on the pinned day."""
    path = tmp_path / "demo.db"
    path.write_bytes(demo_source.read_bytes())
    monkeypatch.setenv("CSM_TODAY", DAY.isoformat())
    return str(path)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty book on the pinned day."""
    path = str(tmp_path / "empty.db")
    empty_book(path)
    monkeypatch.setenv("CSM_TODAY", DAY.isoformat())
    return path


def workspace(path: str) -> CsmApp:
    """The app on a book, on the pinned day; all that stands there is old."""
    app = CsmApp(path, DAY)
    app.desk.mark = int(str(rows(path, "SELECT coalesce(max(id), 0) FROM change")[0][0]))
    return app


def ready() -> bool:
    """Whether anybody could go on at once: what a thread hands over stands here until it is taken up."""
    return bool(asyncio.get_running_loop()._ready)  # type: ignore[attr-defined]


async def nothing_ready(_min_sleep: float = 0, _max_sleep: float = 0) -> None:
    """Let everybody run until only the one who waits here could go on."""
    for _ in range(100_000):
        await asyncio.sleep(0)
        if not ready():
            return
    raise AssertionError("somebody always has something to do")


# Textual's own wait sleeps for 20 ms at a time, three times a key, while the machine does nothing.
for module in (textual.app, textual.pilot):
    module.wait_for_idle = nothing_ready  # type: ignore[attr-defined]


def painted(app: CsmApp) -> bool:
    """Whether the screen has been laid out and painted in its newest size, and nobody waits for that."""
    screen = app.screen
    layout = app._resize_event or screen._layout_required or screen._scroll_required or screen._recompose_required
    return not (layout or screen._repaint_required or screen._dirty_widgets or screen._callbacks)


def idle(app: CsmApp) -> bool:
    """Whether the watch has begun, no key is held back for a form, and nothing is being read or written."""
    watched = app._watch.began or app._watch._ended.is_set()
    return watched and app.desk.idle and not app.held and not app._ahead


def at_rest(app: CsmApp) -> bool:
    """Whether everything is typed, read, written, kept, handed over and painted; in this order, as threads go on
    meanwhile. While the last that they were given is waited for here, nobody gives them more.
    """
    if not idle(app):
        return False
    for thread in (app.desk._writer, app.desk._keeper):
        thread.submit(int).result()
    return idle(app) and not ready() and painted(app)


async def settle(pilot: Pilot[int]) -> None:
    """Wait until the desk is idle, what it handed over has been shown, and nobody has anything left to do."""
    app = pilot.app
    assert isinstance(app, CsmApp)
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        await pilot.pause()
        if at_rest(app):
            return
        await asyncio.sleep(0.002)
    raise AssertionError("the workspace never came to rest")


KINDS = """
INSERT INTO account (name, tier, added_on, started_on, renewal_on, notice_days, arr_cents, seats, owner) VALUES
  ('Northwind Traders', 'high-touch', '2026-01-05', '2025-11-01', '2027-06-01', 30, 4800000, 120, 'J. Park'),
  ('Fabrikam', 'low-touch', '2026-01-05', '2025-11-01', '2026-12-20', 20, 500000, NULL, NULL),
  ('Acme', 'white-glove', '2026-01-05', '2025-01-10', '2026-11-10', NULL, 990000, NULL, NULL),
  ('Contoso', 'high-touch', '2026-01-05', '2025-01-10', '2027-11-10', NULL, 12000000, NULL, NULL);
INSERT INTO contact (account_id, name, role, email) VALUES
  (1, 'Jon Bell', 'champion', 'jon@northwind.com'), (1, 'Ana Diaz', NULL, NULL), (1, 'Ana Lopez', NULL, NULL);
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) VALUES
  (1, '2026-10-12', 'call', 'held', 'two-way', 'all good'),
  (3, '2026-11-20', 'meeting', 'booked', 'two-way', 'quarterly plan');
INSERT INTO promise (account_id, side, what, due_on, made_on) VALUES
  (1, 'ours', 'send usage', '2026-11-18', '2026-10-12'),
  (1, 'theirs', 'their list', '2026-11-24', '2026-10-12');
INSERT INTO pulse (account_id, value, given_on) VALUES (4, 1, '2026-10-01');
INSERT INTO kept_up (on_day) VALUES ('2026-11-21');
"""


@pytest.fixture
def kinds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A book with one due item of every kind: s4 next step, r3 renewal outcome, p1 and p2 promises of both sides,
    o2 opt-out, t2 meeting, c1 to c4 check-ins.
    """
    path = str(tmp_path / "kinds.db")
    empty_book(path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(KINDS)
    connection.close()
    monkeypatch.setenv("CSM_TODAY", DAY.isoformat())
    return path


def rows(path: str, sql: str) -> list[tuple[object, ...]]:
    """What stands in the file."""
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def shell(path: str, *arguments: str) -> int:
    """One command line of the shell on a book, while the workspace runs."""
    return main(["--db", path, *arguments])


async def type_in(pilot: Pilot[int], text: str) -> None:
    """Type a text, key by key, and wait for what comes of it."""
    await pilot.press(*(NAMED.get(character, character) for character in text))
    await settle(pilot)


NAMED = {" ": "space", "\n": "enter"}


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, each only when all that the one before started is done."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def screen_lines(app: CsmApp) -> list[str]:
    """What the terminal shows, line by line, after the line filters."""
    return [strip.text for strip in app.screen._compositor.render_strips()]


def screen_text(app: CsmApp) -> str:
    """What the terminal shows."""
    return "\n".join(line.rstrip() for line in screen_lines(app))


def toasts(app: CsmApp) -> list[str]:
    """What has been said, the newest last."""
    return [notice.message.replace("\n", " ") for notice in app._notifications]


def keys_of(pane: Pane) -> list[str]:
    """The keys of the rows that can be chosen."""
    return [row.key for row in pane.rows if row.key]


async def until(pilot: Pilot[int], holds: Callable[[], bool]) -> None:
    """Wait until something holds; nothing else tells that another process was noticed."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it did not come true"
        await pilot.pause(0.02)


def on_screen_thread() -> bool:
    """Whether this runs where keys are handled and lines are painted."""
    return threading.current_thread() is threading.main_thread()


async def first_account(pilot: Pilot[int]) -> AccountScreen:
    """The screen of the first account."""
    app = pilot.app
    assert isinstance(app, CsmApp)
    await settle(pilot)
    app.open_account(1)
    await settle(pilot)
    assert isinstance(app.screen, AccountScreen)
    return app.screen
