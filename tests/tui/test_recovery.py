"""Recoveries in the workspace: how one opens, what its screens show and say, and where its keys lead."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events

from csm_tui.domain.touchpoints import Signal
from csm_tui.tui.forms.form import Form
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.panes.recovery import RecoveryPane
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.opening import OpeningScreen
from csm_tui.tui.screens.recovery import RecoveryScreen
from csm_tui.tui.widgets.rows import Rows
from csm_tui.views.opening import ALL_SIGNALS
from tests.blank import empty_book
from tests.faults.hostile_book import harmless
from tests.recoveries import WALKS, Walk, filled, open_step
from tests.recoveries import rows as left
from tests.store.test_every_action import run
from tests.tui.conftest import press, rows, screen_text, settle, toasts, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp

WIDE, NARROW = (132, 36), (80, 24)
TODAY = "2026-11-21"


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Acme, whose recovery has not begun."""
    return book(tmp_path / "acme.db", WALKS[Signal.VALUE], monkeypatch)


def book(path: Path, walk: Walk, monkeypatch: pytest.MonkeyPatch) -> str:
    """A book as a walk needs it, on the pinned day."""
    monkeypatch.setenv("CSM_TODAY", TODAY)
    empty_book(str(path))
    filled(str(path), walk)
    return str(path)


def at(app: CsmApp) -> RecoveryScreen:
    """The walk that is on the screen."""
    assert isinstance(app.screen, RecoveryScreen), app.screen
    return app.screen


async def paste(pilot: Pilot[int], text: str, *keys: str) -> None:
    """Put a text in at once, as a terminal pastes it, and press keys after it."""
    pilot.app.post_message(events.Paste(text))
    await settle(pilot)
    await press(pilot, *keys)


async def mark(pilot: Pilot[int], signal: Signal, evidence: str = "") -> None:
    """Open the recovery of the account under the cursor for a signal."""
    await press(pilot, "r")
    assert isinstance(pilot.app.screen, OpeningScreen)
    await press(pilot, "home", *["j"] * ALL_SIGNALS.index(signal), "e")
    await paste(pilot, evidence, "enter", "enter")


async def test_from_today_to_a_recovery_with_three_dated_steps_in_fewer_than_ten_keys(acme: str) -> None:
    app, keys = workspace(acme), ("r", "j", "j", "j", "space", "enter")
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, *keys)
        assert isinstance(app.screen, RecoveryScreen)
    dated = rows(acme, "SELECT due_on FROM step WHERE state = 'open' AND due_on >= '2026-11-21'")
    assert len(keys) < 10
    assert len(dated) >= 3


async def test_the_first_page_has_what_the_first_ten_minutes_need(acme: str) -> None:
    run(acme, "INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (1, 'value'), (1, 'growth')")
    app = workspace(acme)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "r")
        shown = " ".join(screen_text(app).split())
        for told in (
            "[✓] value in doubt since 9 Nov", "all good", "LIKELY CAUSE value", "Confirm the signal and name its cause",
            "NEXT UPDATE Mon 30 Nov", "€48,000 ARR · renews in 85 d", "opt out by 15 Jan 2027", "champion nobody",
            "economic buyer Maya Chen never met", "nothing is owed either way",
        ):  # fmt: skip
            assert told in shown, told
        await press(pilot, "space", "enter")
        assert isinstance(app.screen, OpeningScreen)
        assert "Tick at least one signal" in toasts(app)[-1]
        await press(pilot, "space", "enter")
        assert at(app).walk.line.signals == (Signal.VALUE,)
        await press(pilot, "r", "enter")
        assert isinstance(app.screen, OpeningScreen)  # what it has cannot be added to it again
        await press(pilot, "home", "space", "enter")
        assert at(app).walk.line.signals == (Signal.VALUE, Signal.USAGE)
        await press(pilot, "u", "u")
        assert app.screen_stack == [app.workspace]
    assert left(acme)["risk"] == []


async def test_a_walk_is_left_and_taken_up_where_the_cursor_stands(acme: str) -> None:
    app = workspace(acme)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await mark(pilot, Signal.VALUE, "still needed?")
        await press(pilot, "exclamation_mark")
        await paste(pilot, "high", "enter", "enter")
        assert "update due Mon 23" in screen_text(app)
        await press(pilot, "exclamation_mark", "enter")
        assert "update due Mon 23" in screen_text(app)
        assert "Update sent" in toasts(app)[-1]
        await press(pilot, "l")
        await paste(pilot, "call @jon what is missing to a ten", "enter")
        assert "completes “Hold the diagnostic talk”" in toasts(app)[-1]
        assert "✓  2 Hold the diagnostic talk" in screen_text(app)
        await press(pilot, "K", "K")
        assert toasts(app)[-1] == "Every signal has been confirmed."
        await press(pilot, "slash")
        assert "nothing to filter here" in toasts(app)[-1]
        await press(pilot, "escape", "6", "enter")
        assert at(app).detail == at(app).walk.details[0]
        await press(pilot, "escape", "1")
        app.workspace.panes[0].select(f"k{open_step(acme, 'play')[0]}")
        await press(pilot, "r")
        found = at(app).detail
        assert found is not None
        assert found.step.code == "play"
        assert app.workspace.query_one(RecoveryPane).lines


async def test_at_80_columns_the_walk_shows_what_the_keys_work_on(acme: str) -> None:
    app = workspace(acme)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "2", "r")
        assert "Tick what you see: each signal brings its branch of the recovery." in screen_text(app)
        await press(pilot, "escape")
        await mark(pilot, Signal.VALUE)
        walk = at(app)
        steps, checks = walk.query_one("#steps", Rows), walk.query_one("#checks", Rows)
        first = steps.key
        assert screen_text(app).count("with us · required") == 1
        assert "Step 1 of " in screen_text(app)
        await press(pilot, "w")
        assert "we do it." in screen_text(app)
        assert "It is required" in screen_text(app)
        await press(pilot, "escape", "space")
        assert checks.has_focus  # a check is ticked where it is seen
        assert "[✓]" in screen_text(app)
        await press(pilot, "d")
        assert steps.key != first
        await press(pilot, "u")
        assert steps.key == first  # what is open again is in hand again
        run(acme, "UPDATE step SET title = '[/]' || char(27) || '[2J'")
        walk.heard(frozenset())
        await settle(pilot)
        assert "".join(cell.text for cell in checks.rows[0].paint(60)).strip().endswith("  [/]\ufffd[2J")
        await press(pilot, "exclamation_mark")
        text = screen_text(app)
        assert "no update of its own" in text
        assert app.screen.query_one(".dialog").size.height <= len(app.screen.query_one("#choices", Rows).rows) + 5


async def test_a_key_that_comes_at_once_after_that_of_a_pane_works_there(acme: str) -> None:
    app = workspace(acme)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await mark(pilot, Signal.VALUE)
        await press(pilot, "escape", "2")
        for key in ("6", "enter"):
            app.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await settle(pilot)
        assert isinstance(app.screen, RecoveryScreen)
        await press(pilot, "escape", "2")
        for key in ("6", "d"):
            app.post_message(events.Key(key, key))
        await settle(pilot)
        assert "Done: Confirm the signal and name its cause" in toasts(app)[-1]


async def test_the_log_form_says_which_recovery_a_line_opens(acme: str) -> None:
    app = workspace(acme)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "l")
        assert isinstance(app.screen, LogForm)
        await paste(pilot, "call @jon is it still needed #value #growth")
        assert "Opens a recovery (#value)." in screen_text(app)
        await press(pilot, "enter")
        assert "a recovery was opened (#value): r walks it" in toasts(app)[-1]
        await press(pilot, "l")
        await paste(pilot, "email no logins #usage")
        assert "Adds to the open recovery (#usage)." in screen_text(app)
        await press(pilot, "enter", "r")
        assert at(app).walk.line.signals == (Signal.VALUE, Signal.USAGE)


async def test_a_champion_who_left_opens_a_recovery_and_says_so(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        app.open_account(1)
        await settle(pilot)
        assert isinstance(app.screen, AccountScreen)
        people = app.screen.query_one("#part-people", Rows)
        people.focus()
        people.select("person-1")
        await press(pilot, "L")
        assert isinstance(app.screen, Form)
        await press(pilot, "enter")
        assert toasts(app)[-1].endswith("a recovery was opened (#champion): r walks it · u undoes")
        await press(pilot, "r")
        assert at(app).walk.line.signals == (Signal.CHAMPION,)


async def test_what_people_wrote_steers_nothing_here(acme: str) -> None:
    app = workspace(acme)
    names = ["[@click=app.quit]x[/]", "x [/] y\u202eevil", "\x1b]0;PWNED\x07", "日本語テスト"]
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await mark(pilot, Signal.VALUE, "x")
        for text in names:
            for sql in WRITTEN:
                write(acme, sql, text)
            at(app).heard(frozenset())
            await settle(pilot)
            harmless(app, WIDE[0])
            for keys in (("C", "enter"), ("escape", "6", "z"), ("z", "enter", "r")):
                await press(pilot, *keys)
                harmless(app, WIDE[0])
            assert isinstance(app.screen, OpeningScreen)
            await press(pilot, "escape")


WRITTEN = (
    "risk_signal SET evidence = ?, proof = ?1, met_on = '2026-11-21'", "step SET title = ?, notes = ?1",
    "account SET name = ? WHERE id = 1", "contact SET name = ? || id, role = 'champion'",
)  # fmt: skip


def write(path: str, sql: str, text: str) -> None:
    """A text written into the file past every door."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"UPDATE {sql}", (text,))
