"""Moving, clicking, going to and zooming: the lists of the workspace as a person uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.widgets.picker import Picker
from csm_tui.tui.widgets.rows import Rows
from tests.tui.conftest import keys_of, press, screen_lines, screen_text, settle, workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

WIDE, NARROW = (132, 36), (80, 24)


async def test_go_to_opens_the_account_that_a_part_of_its_name_finds(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        assert isinstance(app.screen, Picker)
        assert len(keys_of(app.screen.query_one(Rows))) == 40  # type: ignore[arg-type]
        app.screen.query_one(Input).value = "taILspin"
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "Tailspin Toys" in screen_lines(app)[0]
        await press(pilot, "f")
        app.screen.query_one(Input).value = "zzz"
        await press(pilot, "enter")
        assert "Nothing goes by that: type less of it." in screen_text(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, AccountScreen)


async def test_arrows_move_in_a_picker_while_letters_go_to_its_input(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "f", "down", "down", "up", "j")
        assert app.screen.query_one(Input).value == "j"


@pytest.mark.parametrize(
    ("pane", "heads"),
    [
        ("1", ("MUST DO",)), ("2", ("account", "tier", "pulse", "ARR", "renews")),
        ("4", ("account", "rhythm", "13 weeks", "Effort")),
    ],
)  # fmt: skip
async def test_z_shows_the_board_of_the_pane_and_z_again_the_workspace(
    demo: str, pane: str, heads: tuple[str, ...]
) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, pane)
        listed = next(one for one in app.workspace.panes if str(one.NUMBER) == pane)
        await press(pilot, "j", "j")
        key, before = listed.key, screen_text(app)
        await press(pilot, "z")
        text = screen_text(app)
        assert all(head in text for head in heads)
        assert listed.size.width > 120
        assert listed.key == key
        await press(pilot, "z")
        assert screen_text(app) == before
        await press(pilot, "z", "escape")
        assert screen_text(app) == before


async def test_the_columns_of_a_board_stand_under_their_heads(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        lines = screen_lines(app)
        head = next(line for line in lines if " tier " in line)
        tier = head.index("tier")
        tiers = {line[tier : tier + 11].strip() for line in lines if "-touch" in line or "white-glove" in line}
        assert tiers <= {"high-touch", "low-touch", "white-glove"}
        end = head.index("renews") + len("renews")
        ends = [line[:end].rstrip()[-1] for line in lines if " d" in line[end - 4 : end]]
        assert ends
        assert set(ends) == {"d"}


async def test_the_titles_of_a_board_stay_when_it_scrolls_and_sort_by_a_click_there(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        head = screen_lines(app)[2]
        assert "people" in head
        pane = app.workspace.panes[1]
        await press(pilot, "G")
        assert pane.top > 0
        assert screen_lines(app)[2][:-2] == head[:-2]
        await pilot.click(pane, offset=(5, 1))
        await settle(pilot)
        assert "account↑" in screen_lines(app)[2]
        await press(pilot, "o", "enter", "g", "g")
        assert pane.top == 0
        await press(pilot, "G")
        top = pane.top
        for _ in range(pane.size.height - 2):
            await press(pilot, "k")
        assert pane.top == top, "the row right under the titles is in sight"
        await press(pilot, "k")
        assert pane.top == top - 1


async def test_the_cursor_moves_by_every_key_of_a_list_and_skips_headings(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        order = keys_of(pane)
        seen = [pane.key]
        for _ in order[1:]:
            await pilot.press("j")
            seen.append(pane.key)
        assert seen == order
        await press(pilot, "j")
        assert pane.key == order[-1]
        await press(pilot, "g", "g")
        assert pane.key == order[0]
        await press(pilot, "G")
        assert pane.key == order[-1]
        await press(pilot, "home")
        assert pane.key == order[0]
        await press(pilot, "ctrl+d")
        below = order.index(pane.key)
        assert below > 5
        await press(pilot, "ctrl+u")
        assert order.index(pane.key) < below
        await press(pilot, "end", "k", "up", "down")
        assert pane.key == order[-2]
        await press(pilot, "pageup", "pagedown", "pagedown")
        assert pane.key == order[-1]


async def test_g_and_another_key_is_no_gg(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        await press(pilot, "G", "g", "k", "g")
        assert pane.key != keys_of(pane)[0]


async def click_row(pilot: Pilot[int], pane: Rows, key: str, times: int = 1) -> None:
    """Click on the row of a key, where it is on the screen."""
    place = next(number for number, row in enumerate(pane.rows) if row.key == key) - pane.top
    top = int(pane.styles.gutter.top)
    await pilot.click(pane, offset=(10, place + top), times=times)
    await settle(pilot)


async def test_a_click_selects_two_open_and_the_wheel_scrolls(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        third = keys_of(pane)[2]
        await click_row(pilot, pane, third)
        assert pane.key == third
        assert app.screen is app.workspace
        await click_row(pilot, pane, keys_of(pane)[4], times=2)
        assert isinstance(app.screen, AccountScreen)
        await press(pilot, "escape")
        key, before = pane.key, screen_lines(app)[2]
        for _ in range(2):
            pane.post_message(events.MouseScrollDown(pane, 5, 5, 0, 1, 0, False, False, False))
        await settle(pilot)
        assert screen_lines(app)[2] != before
        assert pane.key == key, "the wheel looks around and chooses nothing"


async def test_a_click_on_a_scrolled_list_takes_the_row_that_is_seen_there(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        await press(pilot, "G")
        assert pane.top > 0
        wanted = keys_of(pane)[-3]
        await click_row(pilot, pane, wanted)
        assert pane.key == wanted


async def test_a_click_on_another_pane_gives_it_the_keys_and_on_the_border_or_a_heading_chooses_nothing(
    demo: str,
) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = app.workspace.panes[0]
        key = pane.key
        await pilot.click(pane, offset=(10, 0))
        await pilot.click(pane, offset=(10, 1))
        await settle(pilot)
        assert pane.key == key
        await pilot.click(app.workspace.panes[1], offset=(10, 1))
        await settle(pilot)
        assert app.workspace.panes[1].has_focus
        assert app.workspace.panes[1].tall
