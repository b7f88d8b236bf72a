"""Moving, filtering, zooming, resizing and asking why: the lists of the workspace as a person uses them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from csm_tui.tui.context import Context
from csm_tui.tui.panes.accounts import AccountsPane
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.why import WhyScreen
from csm_tui.tui.widgets.filter_bar import FilterBar
from csm_tui.tui.widgets.picker import Picker
from csm_tui.tui.widgets.rows import Rows
from tests.tui.conftest import (
    keys_of,
    on_screen_thread,
    press,
    screen_lines,
    screen_text,
    settle,
    toasts,
    type_in,
    workspace,
)  # fmt: skip

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.views.accounts import AccountLine
    from csm_tui.views.filters import Abouts

WIDE, NARROW = (132, 36), (80, 24)
FIGURES = ("band", "renewal", "next", "engaged")


@pytest.mark.parametrize("pane", [0, 1, 2])
async def test_every_row_of_every_pane_has_a_why_of_whole_sentences(demo: str, pane: int) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, ("1", "2", "4")[pane])
        listed = app.workspace.panes[pane]
        assert keys_of(listed)
        for key in keys_of(listed):
            listed.select(key)
            chosen = listed.chosen()
            assert chosen is not None
            assert chosen.why, key
            for sentence in chosen.why:
                assert sentence.strip().endswith((".", "?", "!", ")")), sentence
                assert "None" not in sentence


async def test_w_shows_the_sentences_of_the_row_and_any_usual_key_closes_them(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        chosen = app.chosen()
        assert chosen is not None
        for close in ("w", "q", "escape", "enter"):
            await press(pilot, "w")
            assert type(app.screen).__name__ == "WhyScreen"
            shown = " ".join(screen_text(app).split())
            assert chosen.why[0].split(":")[0] in shown
            await press(pilot, close)
            assert app.screen is app.workspace


async def test_every_figure_of_the_context_and_every_due_line_says_why(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        context = app.workspace.query_one(Context)
        await press(pilot, "shift+tab")
        assert app.focused is context
        for figure in FIGURES:
            context.select(figure)
            await press(pilot, "w")
            assert isinstance(app.screen, WhyScreen), figure
            await press(pilot, "escape")
        due = [row for row in context.rows if row.key.startswith("item-")]
        assert due
        assert all(row.why for row in due)
        promises = [row for row in context.rows if row.key.startswith("promise-")]
        for row in promises:
            context.select(row.key)
            chosen = app.chosen()
            assert chosen is not None
            assert chosen.item is not None, "the keys for due items work on a promise too"


async def test_every_account_of_the_book_has_a_why_on_its_figures(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        context = app.workspace.query_one(Context)
        for key in keys_of(app.workspace.panes[1])[::5]:
            app.workspace.panes[1].select(key)
            await settle(pilot)
            found = {row.key: row.why for row in context.rows if row.key in FIGURES}
            assert set(found) == set(FIGURES)
            assert all(found.values()), key


async def test_a_filter_narrows_with_each_letter_counts_stays_with_enter_and_goes_with_escape(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        pane = app.workspace.panes[1]
        every = keys_of(pane)
        await press(pilot, "slash")
        counts = []
        for letter in "trad":
            await press(pilot, letter)
            counts.append(len(keys_of(pane)))
            assert f"{counts[-1]} of {len(every)}" in screen_text(app)
        assert counts == sorted(counts, reverse=True)
        assert 0 < counts[-1] < counts[0] <= len(every)
        await press(pilot, "enter")
        assert pane.has_focus
        assert len(keys_of(pane)) == counts[-1]
        await press(pilot, "j")
        await press(pilot, "escape")
        assert keys_of(pane) == every
        assert not app.workspace.query(FilterBar)


async def test_letters_that_are_keys_are_text_in_the_filter(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "q2zdux?1")
        assert app.is_running
        assert app.workspace.query_one("#filter-input", Input).value == "q2zdux?1"
        assert app.screen is app.workspace
        assert "Nothing matches" in screen_text(app)


async def test_what_nothing_matches_says_so_and_the_keys_still_answer(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "zzz")
        await press(pilot, "enter", "d", "s", "w", "enter")
        assert app.screen is app.workspace
        assert "Nothing matches; esc clears the filter." in screen_text(app)


async def test_a_filter_belongs_to_its_pane_and_the_bar_says_which_is_filtered(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await type_in(pilot, "check")
        await press(pilot, "enter", "2")
        assert len(keys_of(app.workspace.panes[1])) == 40
        bars = app.workspace.query(FilterBar)
        assert not bars or "40 of 40" in screen_text(app), "the count is that of the pane in use"


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


async def test_what_the_first_letter_of_a_filter_asks_is_looked_up_off_the_screens_thread(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    facts_of = AccountsPane.facts_of

    def noted(pane: AccountsPane, one: AccountLine, known: Abouts) -> RowFacts:
        asked.append(on_screen_thread())
        return facts_of(pane, one, known)

    monkeypatch.setattr(AccountsPane, "facts_of", noted)
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "slash", "t", "o")
        assert asked
        assert not any(asked)
        assert 0 < len(keys_of(app.workspace.panes[1])) < len(asked)


async def test_what_is_said_takes_the_place_of_what_was_said_and_leaves_the_filter_bar_in_sight(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        app.tell("One thing.")
        await settle(pilot)
        app.tell("Another thing.", "warning")
        await settle(pilot)
        assert toasts(app) == ["Another thing."]
        assert "of 79 · esc clears" in screen_lines(app)[-2]


async def test_the_end_of_what_is_said_is_always_to_be_seen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW, notifications=True) as pilot:
        await settle(pilot)
        for length in range(53, 60):  # about as long as a line of what is said
            app.tell(f"{'word ' * 12}"[: length - 12] + "x · u undoes")
            await settle(pilot)
            assert screen_text(app).count("undoes") == 1, length


async def test_on_a_narrow_terminal_other_panes_fold_and_enter_opens_the_account(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        text = screen_text(app)
        folded = [line for line in text.split("\n") if line.lstrip().startswith(("2 Accounts", "4 Cadence"))]
        assert len(folded) == 2
        assert "40" in folded[0]
        assert "late" in folded[1]
        assert all(pane.size.height == 1 for pane in app.workspace.panes[1:])
        await press(pilot, "enter")
        assert isinstance(app.screen, AccountScreen)
        assert "Health" in screen_text(app)
        await press(pilot, "escape", "4")
        assert app.workspace.panes[0].size.height == 1
        assert "Cadence" in screen_text(app)


async def test_a_storm_of_sizes_keeps_focus_and_cursor_and_comes_back_to_the_same_screen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "j", "j", "j", "j", "j")
        pane = app.workspace.panes[0]
        key, before = pane.key, screen_text(app)
        for size in ((80, 24), (1, 1), (200, 50), (2, 40), (99, 3), (100, 24), (5, 2), (300, 100), (40, 10), WIDE):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert pane.key == key, size
            assert pane.has_focus, size
        assert screen_text(app) == before


async def test_a_form_and_an_account_outlive_a_change_of_size(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("l", "enter", "H"):
            await press(pilot, key)
            screen, before = app.screen, screen_text(app)
            for size in ((3, 2), WIDE):
                await pilot.resize_terminal(*size)
                await settle(pilot)
            assert app.screen is screen
            assert screen_text(app) == before, key
            await press(pilot, "escape")


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


async def test_all_lines_are_exactly_as_wide_as_the_terminal(demo: str) -> None:
    from rich.cells import cell_len

    app = workspace(demo)
    for size in (WIDE, NARROW):
        app = workspace(demo)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            for key in ("2", "z", "z", "4", "z", "z", "1", "z", "z"):
                await press(pilot, key)
                assert {cell_len(line) for line in screen_lines(app)} == {size[0]}, key
