"""The filter of a pane: its letters are text, each narrows the list, its bar stays in sight, and escape clears it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.widgets import Input

from csm_tui.tui.panes.accounts import AccountsPane
from csm_tui.tui.widgets.filter_bar import FilterBar
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
)
from tests.tui.test_lists import NARROW, WIDE

if TYPE_CHECKING:
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.views.accounts import AccountLine
    from csm_tui.views.filters import Abouts


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
        edges = [line for line in screen_lines(app) if "╰" in line]
        assert any(f" {counts[-1]} of {len(every)} " in line for line in edges)
        await press(pilot, "j")
        await press(pilot, "escape")
        assert keys_of(pane) == every
        assert not any(f" of {len(every)} " in line for line in screen_lines(app) if "╰" in line)
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


async def test_the_cursor_passes_signs_that_are_drawn_as_one(demo: str) -> None:
    """A family of three people is one sign to the eye, and five to the computer; a plane is two."""
    app = workspace(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        field = app.workspace.query_one("#filter-input", Input)
        field.value = "a\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}b"
        stood = []
        for key in ("home", "right", "right", "right", "left", "left", "shift+right"):
            await press(pilot, key)
            stood.append(field.cursor_position)
            assert {cell_len(line) for line in screen_lines(app)} == {80}, key
        field.value = "\N{AIRPLANE}\ufe0f"
        await press(pilot, "home")
        assert {cell_len(line) for line in screen_lines(app)} == {80}
    assert stood == [0, 1, 6, 7, 6, 1, 6]
