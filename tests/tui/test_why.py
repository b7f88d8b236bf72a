"""Every row and every figure of the lists and of the account beside them says why."""

from __future__ import annotations

import pytest

from csm_tui.tui.context import Context
from csm_tui.tui.screens.why import WhyScreen
from tests.tui.conftest import keys_of, press, screen_text, settle, workspace
from tests.tui.test_lists import WIDE

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
