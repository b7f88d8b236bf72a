"""u undoes and U does again, with a question only over what was done elsewhere; H shows who did what."""

from __future__ import annotations

from csm_tui.tui.forms.confirm import Confirm
from csm_tui.tui.screens.history import HistoryScreen
from csm_tui.tui.widgets.rows import Rows
from tests.tui.conftest import keys_of, press, rows, screen_text, settle, shell, toasts, workspace
from tests.tui.test_items import WIDE, newest, on, today


async def test_what_the_shell_did_is_undone_only_after_a_yes(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert shell(kinds, "log", "acme", "call all good") == 0
        for key, left in (("n", 1), ("escape", 1), ("y", 0)):
            await press(pilot, "u")
            assert type(app.screen) is Confirm, key
            assert "“Log call with Acme” was done in the shell." in screen_text(app)
            await press(pilot, key)
            assert len(app.screen_stack) == 1
            assert len(rows(kinds, "SELECT 1 FROM touchpoint WHERE summary = 'all good' AND account_id = 3")) == left


async def test_what_this_workspace_did_is_undone_without_a_question_even_after_a_restart(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await on(pilot, "p1", "d")
    again = workspace(kinds)
    async with again.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "u")
        assert again.screen is again.workspace
        assert "Undone" in newest(again)
        assert "p1" in keys_of(today(pilot))


async def test_history_shows_who_did_what_and_undoes_and_redoes_from_there(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert shell(kinds, "log", "acme", "call all good") == 0
        await settle(pilot)
        await on(pilot, "p1", "d")
        await press(pilot, "H")
        assert isinstance(app.screen, HistoryScreen)
        lines = [line for line in screen_text(app).split("\n") if "Log call" in line or "Done: promise" in line]
        assert ["workspace" in line for line in lines] == [True, False]
        assert "shell" in lines[1]
        await press(pilot, "u")
        assert "Undone" in newest(app)
        assert "p1" in keys_of(today(pilot))
        await press(pilot, "H")
        assert "undone" in screen_text(app)
        assert app.screen.query_one(Rows).key
        await press(pilot, "U")
        assert "p1" not in keys_of(today(pilot))


async def test_nothing_to_undo_or_redo_is_said(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("u", "U"):
            app.clear_notifications()
            await press(pilot, key)
            assert toasts(app)


async def test_on_a_narrow_terminal_what_was_done_stands_whole_in_the_history(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await on(pilot, "p1", "d", "u", "H")
        assert isinstance(app.screen, HistoryScreen)
        done = next(line for line in screen_text(app).split("\n") if " Done: promise" in line and "Undo: " not in line)
        assert "Done: promise: send usage (Northwind Traders)" in done
        assert "undone" in done
