"""The screen follows the book: the shell, a restore and midnight change it, and nothing that is being typed is lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.logline import parse
from csm_tui.store import journal, transaction
from csm_tui.store.writing_light import write_light
from csm_tui.tui.context import Context
from tests.tui.conftest import (
    DAY,
    keys_of,
    press,
    rows,
    screen_lines,
    screen_text,
    settle,
    shell,
    toasts,
    until,
    workspace,
)  # fmt: skip

WIDE = (132, 36)


def log_elsewhere(path: str, account_id: int, account: str, line: str) -> None:
    """What another process does when it logs."""
    with write_light(path, journal.Operation(f"Log {account}", "shell", "2026-11-21T10:00:00.000Z"), DAY) as writing:
        log_touchpoint(writing, LogTouchpoint(account_id, account, parse(line, DAY)))


async def test_what_the_shell_logs_is_on_the_screen_within_two_seconds(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        pane.select("p1")
        await settle(pilot)
        log_elsewhere(kinds, 1, "Northwind Traders", "call heard it elsewhere :)")
        await until(pilot, lambda: "c1" not in keys_of(pane) and "heard it elsewhere" in screen_text(app))
        assert pane.key == "p1", "the cursor stays on its row"


async def test_what_a_command_adds_is_in_every_pane_and_in_the_totals(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert shell(kinds, "account", "add", "Zephyr", "--start", "2026-11-01", "--arr", "10k") == 0
        await until(pilot, lambda: "5 accounts" in screen_text(app))
        await press(pilot, "2")
        assert "Zephyr" in screen_text(app)
        await press(pilot, "4")
        assert "Zephyr" in screen_text(app)
        await press(pilot, "f")
        assert "Zephyr" in screen_text(app)


async def test_an_open_account_follows_too_and_closes_when_it_is_gone(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert shell(kinds, "account", "add", "Zephyr", "--start", "2026-11-01") == 0
        await until(pilot, lambda: "5 accounts" in screen_text(app))
        app.open_account(5)
        await settle(pilot)
        log_elsewhere(kinds, 5, "Zephyr", "call a first hello")
        await until(pilot, lambda: "a first hello" in screen_text(app))
        for _ in range(2):
            transaction.undo(kinds, "shell", "2026-11-21T10:00:00.000Z")
        await until(pilot, lambda: app.screen is app.workspace)
        await settle(pilot)
        assert app.is_running


async def test_a_book_put_in_place_by_restore_is_on_the_screen_within_two_seconds(kinds: str, tmp_path: Path) -> None:
    saved = str(tmp_path / "saved.db")
    assert shell(kinds, "account", "add", "Zephyr", "--start", "2026-11-01") == 0
    assert shell(kinds, "backup", saved) == 0 or Path(saved).exists()
    assert shell(kinds, "undo", "--yes") == 0
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.pause(0.3)
        assert "4 accounts" in screen_text(app)
        assert shell(kinds, "restore", saved) == 0
        await until(pilot, lambda: "5 accounts" in screen_text(app))
        await press(pilot, "2")
        assert "Zephyr" in screen_text(app)
        log_elsewhere(kinds, 5, "Zephyr", "call after the restore")
        await until(pilot, lambda: rows(kinds, "SELECT count(*) FROM touchpoint")[0][0] == 3 and app.desk.idle)
        app.workspace.panes[1].select("5")
        await until(pilot, lambda: "after the restore" in screen_text(app))


async def test_midnight_reads_everything_anew(kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "Saturday 21 November 2026" in screen_lines(app)[0]
        assert "3 d late" in screen_text(app)
        monkeypatch.setenv("CSM_TODAY", "2026-11-22")
        app._tick()
        await settle(pilot)
        assert "Sunday 22 November 2026" in screen_lines(app)[0]
        today = app.workspace.panes[0].data.today  # type: ignore[attr-defined]
        assert today == date(2026, 11, 22)
        assert "4 d late" in screen_text(app)
        context = app.workspace.query_one(Context).data
        assert context is not None
        assert context.today == today
        for pane in app.workspace.panes[1:]:
            assert pane.data.today == today  # type: ignore[attr-defined]
        await press(pilot, "s")
        assert "Mon 23 Nov" in screen_text(app), "tomorrow is counted from the new day"


async def test_before_midnight_a_tick_reads_nothing(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app._tick()
        assert app.desk.idle
        assert "Saturday 21 November 2026" in screen_lines(app)[0]


async def test_a_form_that_stands_open_is_not_disturbed_by_what_the_shell_writes(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "l", *"half")
        log_elsewhere(kinds, 1, "Northwind Traders", "call heard it elsewhere :)")
        await until(pilot, lambda: "c1" not in keys_of(app.workspace.panes[0]))
        await press(pilot, "w")
        assert app.screen.query_one("#line").text == "halfw"


async def test_a_busy_file_is_said_and_nothing_typed_is_lost(kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlite3

    from csm_tui.tui import desk, drafts

    monkeypatch.setattr(desk, "WORKSPACE_BUSY_S", 0.2)
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.workspace.panes[0].select("c1")
        await press(pilot, "l", *"call")
        other = sqlite3.connect(kinds, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        await press(pilot, "space", "x", "enter")
        assert "Another csm is writing" in toasts(app)[-1]
        other.execute("ROLLBACK")
        other.close()
        assert drafts.kept(kinds, "log-1") == "call x"
        await press(pilot, "l", "enter")
    assert len(rows(kinds, "SELECT 1 FROM touchpoint WHERE summary = 'x'")) == 1
