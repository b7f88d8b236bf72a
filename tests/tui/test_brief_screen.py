"""The brief on the screen: opened wherever an account is under the cursor, copied as Markdown, left for the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.tui import clipboard
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.brief import BriefScreen
from tests.tui.conftest import press, screen_lines, screen_text, settle, shell, toasts, workspace

if TYPE_CHECKING:
    import pytest

    from csm_tui.tui.app import CsmApp


def shown_screens(app: CsmApp) -> list[type]:
    """What lies above the workspace."""
    return [type(screen) for screen in app.screen_stack[1:]]


async def test_a_brief_is_read_copied_and_left_for_the_log(kinds: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []

    def copy(text: str) -> str:
        copied.append(text)
        return "xclip"

    monkeypatch.setattr(clipboard, "by_tool", copy)
    app = workspace(kinds)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        app.workspace.pane_in_use.select("p1")
        await press(pilot, "b")
        assert isinstance(app.screen, BriefScreen)
        shown = screen_text(app)
        assert all(text in shown for text in ("Northwind Traders", "LAST TOUCHES", "all good", "3 d late", "never met"))
        await press(pilot, "y")
        assert copied[0].startswith("# Northwind Traders\n")
        assert "- **we** send usage (Wed 18 Nov, 3 d late)" in copied[0]
        assert toasts(app)[-1] == "Copied: the brief of Northwind Traders (by xclip)."
        assert shell(kinds, "done", "p1") == 0
        app.desk.changed_elsewhere()
        await settle(pilot)
        assert "3 d late" not in screen_text(app)
        await press(pilot, "l")
        assert shown_screens(app) == [LogForm]
        await press(pilot, "escape", "enter", "b")
        assert shown_screens(app) == [AccountScreen, BriefScreen]
        await press(pilot, "b")
        assert shown_screens(app) == [AccountScreen]


async def test_on_a_small_terminal_every_line_can_be_reached(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        first = screen_text(app)
        assert "LAST TOUCHES" in first
        await press(pilot, "G")
        assert "PEOPLE" in screen_text(app)
        await press(pilot, "g", "g")
        assert screen_text(app) == first
        await pilot.resize_terminal(132, 36)
        await settle(pilot)
        assert all(title in screen_text(app) for title in ("LAST TOUCHES", "PROMISES", "SINCE", "RENEWAL", "PEOPLE"))
        assert all(len(line.rstrip()) <= 132 for line in screen_lines(app))


async def test_without_an_account_the_key_says_why_it_does_nothing(empty: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "b")
        assert toasts(app)[-1] == "The book is empty: I imports your lists, a adds the first account."
