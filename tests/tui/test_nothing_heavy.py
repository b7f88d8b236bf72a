"""No key waits for the book or for a heavy library: neither is touched where keys are handled."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from csm_tui.store import connection, transaction
from tests.tui.conftest import press, rows, settle, workspace
from tests.tui.test_following import WIDE

if TYPE_CHECKING:
    from collections.abc import Callable

SRC = str(Path(__file__).parents[2] / "src")


async def test_no_query_and_no_commit_runs_where_keys_are_handled(kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from csm_tui.store import writing, writing_light
    from csm_tui.tui import desk, start

    screen_thread, places, seen = threading.current_thread(), [], []

    def watched(real: Callable[..., Any], name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            seen.append(name)
            if threading.current_thread() is screen_thread:
                places.append(name)
            return real(*arguments, **named)

        return call

    for module in (connection, desk, start, transaction, writing, writing_light):
        for name in ("reading", "write", "write_light", "undo", "redo", "opened"):
            if hasattr(module, name):
                monkeypatch.setattr(module, name, watched(getattr(module, name), f"{module.__name__}.{name}"))
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.workspace.panes[0].select("p1")
        await press(pilot, "d", "u", "U", "2", "z", "z", "4", "enter", "escape", "f", "escape", "H", "escape", "1")
        app.workspace.panes[0].select("c1")
        await press(pilot, "l", *"call", "space", "x", "enter", "u", "w", "escape", "slash", "a", "escape")
        await press(pilot, "s", "enter", "enter", "m", "escape", "x", "escape", "p", "escape")
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        app.desk.a_new_day(date(2026, 11, 22), "2026-11-21T22:59:59.999Z")
        await settle(pilot)
    assert places == []
    assert {"csm_tui.tui.desk.reading", "csm_tui.store.writing_light.write_light"} <= set(seen)


PROBE = """
import asyncio, sys
from datetime import date
from csm_tui.tui import start
path = sys.argv[1]
HEAVY = ("sqlmodel", "sqlalchemy", "pydantic")
found = []
def look(what):
    found.extend(f"{what}: {name}" for name in HEAVY if name in sys.modules)
from csm_tui.tui.app import CsmApp
start._ready(path, date(2026, 11, 21))
app = CsmApp(path, date(2026, 11, 21))
async def go():
    async with app.run_test(size=(132, 36)) as pilot:
        async def settle():
            rests = 0
            while rests < 2:  # what is handed over is shown, and may ask anew
                await pilot.pause()
                rests = rests + 1 if app.desk.idle else 0
        await settle()
        look("first paint")
        app.workspace.panes[0].select("c1")
        await settle()
        await pilot.press("l")
        await settle()
        await pilot.press(*"call", "space", "x", "enter")
        await settle()
        await pilot.press("u")
        await settle()
        look("log and undo")
        app.workspace.panes[0].select("p1")
        await pilot.press("d")
        await settle()
        assert "sqlmodel" in sys.modules, "what this test looks for is there after all other work"
asyncio.run(go())
print(*found, sep="\\n", end="")
"""


def test_neither_the_first_paint_nor_the_log_loads_sqlmodel(kinds: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, kinds],
        env={**os.environ, "PYTHONPATH": SRC},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (0, ""), ran.stderr
    assert rows(kinds, "SELECT state FROM promise WHERE id = 1") == [("kept",)]
