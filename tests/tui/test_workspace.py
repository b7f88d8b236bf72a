"""The workspace as a CSM uses it: she moves, logs, works items, undoes, and the screen follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.tui.context import Context
from csm_tui.tui.pane import Pane
from csm_tui.tui.panes.accounts import AccountsPane
from csm_tui.tui.panes.cadence import CadencePane
from csm_tui.tui.panes.today import TodayPane
from tests.tui.conftest import press, settle, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

WIDE, NARROW = (132, 36), (80, 24)


def keys_of(pane: Pane) -> list[str]:
    """The keys of the rows that can be chosen."""
    return [row.key for row in pane.rows if row.key]


async def test_the_first_row_has_the_cursor_and_its_account_stands_beside_it(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        today = app.workspace.query_one(TodayPane)
        assert today.has_focus
        assert today.key == keys_of(today)[0]
        context = app.workspace.query_one(Context)
        chosen = today.chosen()
        assert chosen is not None
        assert context.data is not None
        assert context.data.line.facts.account_id == chosen.account_id


async def test_the_context_follows_the_cursor(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "j")
        await settle(pilot)
        chosen, context = app.chosen(), app.workspace.query_one(Context)
        assert chosen is not None
        assert context.data is not None
        assert context.data.line.facts.name == chosen.account


async def test_digits_give_a_pane_the_keys_and_the_room(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key, kind, count in (("2", AccountsPane, 40), ("4", CadencePane, 40)):
            await pilot.press(key)
            await settle(pilot)
            pane = app.workspace.query_one(kind)
            assert pane.has_focus
            assert pane.tall
            assert len(keys_of(pane)) == count
        assert not app.workspace.query_one(TodayPane).tall


async def test_a_logged_call_moves_the_check_in_and_one_undo_takes_it_all_back(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        today = app.workspace.query_one(TodayPane)
        today.select("c37")
        await settle(pilot)
        before = keys_of(today)
        await pilot.press("l")
        await settle(pilot)
        await pilot.press(
            *"call",
            "space",
            *"all",
            "space",
            *"good",
            "space",
            *":)",
            "space",
            *">send",
            "space",
            *"it",
            "space",
            *"fri",
        )
        await pilot.press("enter")
        await settle(pilot)
        assert "c37" not in keys_of(today)
        context = app.workspace.query_one(Context)
        await pilot.press("u")
        await settle(pilot)
        assert keys_of(today) == before
        today.select("c37")
        await settle(pilot)
        assert context.data is not None
        assert context.data.timeline[0].summary != "all good"


async def test_a_board_is_read_when_it_is_opened_and_not_again(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        asked: list[str] = []
        survey = app.desk.survey

        def note(slot: str, view: Callable[..., Any], *wanted: Any) -> None:
            asked.append(f"{slot} {view.__name__}")
            survey(slot, view, *wanted)

        app.desk.survey = note  # type: ignore[method-assign]
        await press(pilot, "5", "z", "z", "2", "5")
        boards = [one for one in asked if one.startswith("pane-")]
        assert boards == ["pane-5 review_board", "pane-2 account_list"]
        app.workspace.heard(frozenset({"review_skip"}))
        assert [one for one in asked if one.startswith("pane-5")][1:] == ["pane-5 review_board"]
        await press(pilot, "z")
        asked.clear()
        app.workspace.heard(frozenset({"step"}))
        assert [one for one in asked if one.startswith("pane-")] == ["pane-5 review_board"]
        await press(pilot, "z")
        boards = sorted(one for one in asked if one.startswith("pane-"))
        assert boards[0] == "pane-1 today_list"
        assert boards[-2:] == ["pane-5 review_board", "pane-6 recovery_board"]


async def test_a_zoomed_board_has_the_screen_for_itself(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "5", "z")
        board, panes = app.workspace.panes[4], app.workspace.panes
        assert board.size.width == WIDE[0] - 2
        assert [pane.display for pane in panes] == [pane is board for pane in panes]
        await press(pilot, "z")
        assert all(pane.display for pane in panes)
        assert board.size.width < WIDE[0] // 2
        assert app.workspace.query_one("#context").display
