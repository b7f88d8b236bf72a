"""However a terminal is pulled about, nothing breaks, and back at its size the screen is the one it was."""

from __future__ import annotations

import random

import pytest

from csm_tui.tui.app import CsmApp
from tests.conftest import TODAY, rounds
from tests.faults.hostile_book import NARROW, SAMPLE, fill, harmless
from tests.faults.matrix import Tally
from tests.tui.conftest import press, screen_lines, settle

OPEN = {
    "list": ("1", "ctrl+d"),
    "form": ("2", "e"),
    "log": ("2", "l"),
    "walk": ("2", "r"),
    "board": ("2", "z"),
    "panel": ("3", "z", "tab"),
    "account": ("2", "enter", "tab", "tab", "ctrl+d"),
    "search": ("2", "enter", "slash"),
    "question": ("2", "M", "s", "enter"),
    "brief": ("2", "b"),
}
CORNERS = ((1, 1), (300, 100), (2, 1), (1, 100), (300, 1), (5, 2), (59, 19), (60, 20), (80, 8))


LOOKED_AT = 0.5
"""So many of the sizes are waited for; after the others comes the next one at once, as when a window is pulled."""


@pytest.mark.fault("D6")
@pytest.mark.parametrize("what", OPEN)
async def test_any_sizes_and_back_again_give_the_same_screen(tally: Tally, book: str, what: str) -> None:
    fill(book, SAMPLE[:8])
    app, chance = CsmApp(book, TODAY), random.Random(what)
    sizes = [(chance.randint(1, 300), chance.randint(1, 100)) for _ in range(rounds(100) - len(CORNERS))]
    async with app.run_test(size=NARROW) as pilot:
        await settle(pilot)
        await press(pilot, *OPEN[what])
        before = screen_lines(app)
        for size in (*sizes, *CORNERS):  # a small one last: what it scrolled away is to come back
            await pilot.resize_terminal(*size)
            tally.tried += 1
            if size[0] >= 60 and size[1] >= 20 and chance.random() < LOOKED_AT:
                await settle(pilot)
                harmless(app, size[0])
            assert app.is_running, size
        await settle(pilot)
        await pilot.resize_terminal(*NARROW)
        await settle(pilot)
        after = screen_lines(app)
    tally.lost += [f"{there!r} for {here!r}" for here, there in zip(before, after, strict=True) if here != there]
