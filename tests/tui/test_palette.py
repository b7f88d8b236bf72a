"""The palette finds every command and account by a part of its name, runs it, and says why one cannot be run now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from csm_tui.tui.app import CsmApp
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.history import HistoryScreen
from csm_tui.tui.widgets.filter_bar import FilterBar
from csm_tui.tui.widgets.picker import Picker

from .conftest import keys_of, press, rows, screen_text, settle, shell, toasts, type_in, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

WIDE = (132, 36)


def listed(app: CsmApp) -> dict[str, tuple[str, str]]:
    """What the list on top offers: by text, its note and why it cannot be taken."""
    assert isinstance(app.screen, Picker)
    return {choice.text: (choice.note, choice.reason) for choice in app.screen.choices.all}


async def take(pilot: Pilot[int], opener: str, words: str) -> None:
    """Open a list, type, and take the first row."""
    await press(pilot, opener)
    await type_in(pilot, words)
    await press(pilot, "enter")


async def test_the_palette_opens_accounts_and_runs_commands_from_every_screen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "colon")
        offered = listed(app)
        assert offered["Undo the newest change"] == ("u", "")
        assert offered["This pane on the whole screen, and back"] == ("z", "")
        assert sum(1 for note, _ in offered.values() if note == "account") == 40
        await press(pilot, "escape")
        name = app.workspace.panes[0].chosen().account  # type: ignore[union-attr]
        await take(pilot, "ctrl+p", name)
        assert isinstance(app.screen, AccountScreen)
        assert name in screen_text(app)
        await press(pilot, "colon")
        reason = "That works on the panes"
        assert listed(app)["This pane on the whole screen, and back"] == ("z", reason)
        assert reason in screen_text(app)
        await type_in(pilot, "pane on the whole")
        await press(pilot, "enter")
        assert toasts(app)[-1].startswith(reason)
        assert isinstance(app.screen, AccountScreen)
        assert not app.workspace._zoomed
        await take(pilot, "colon", "what was done")
        assert isinstance(app.screen, HistoryScreen)


async def test_a_colon_can_be_typed_where_text_is_typed(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "tier")
        await press(pilot, "colon")
        assert app.query_one(FilterBar).query_one(Input).value == "tier:"


async def test_question_mark_lists_the_keys_of_the_screen_on_top_and_no_others(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "H", "question_mark")
        offered = listed(app)
        assert offered["Do again what was undone"] == ("U", "")
        assert "Log a touchpoint with the account under the cursor" not in offered
        await type_in(pilot, "close")
        await press(pilot, "enter")
        assert app.screen is app.workspace


async def test_on_an_empty_book_what_needs_an_account_says_so_in_the_list(empty: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        offered = listed(app)
        assert offered["Move the item or the step to another day"] == (
            "m",
            "The book is empty",
        )
        assert {offered[one][1] for one in offered if offered[one][0] in {"l", "p", "f", "d", "s", "r", "e"}} == {
            "The book is empty"
        }
        assert offered["Undo the newest change"] == ("u", "")


async def test_a_saved_filter_is_taken_from_any_screen_and_filters_the_panes(kinds: str) -> None:
    assert shell(kinds, "filter", "save", "big", "arr>40k") == 0
    assert rows(kinds, "SELECT name FROM saved_filter") == [("big",)]
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert isinstance(app.screen, AccountScreen)
        await take(pilot, "colon", "big")
        assert len(app.screen_stack) == 1
        assert app.query_one(FilterBar).query_one(Input).value == "=big"
        assert keys_of(app.workspace.panes[1]) == ["4", "1"]
