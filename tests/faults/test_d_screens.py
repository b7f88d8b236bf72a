"""Every screen and form of the workspace with hostile text in it: shown, straight, and obeyed by nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

import pytest
from textual import events

from csm_tui.store.writing import write
from csm_tui.tui import drafts
from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.line_input import LineInput
from tests.conftest import TODAY, rounds
from tests.faults.hostile_book import NARROW, SAMPLE, WIDE, every_row, fill, harmless, some, told
from tests.faults.matrix import Tally
from tests.faults.shell import rows
from tests.hostile import LONG, OWN, UNKEEPABLE, naughty, needs, surnames
from tests.tui.conftest import press, settle, toasts

if TYPE_CHECKING:
    from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the tests."""
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())


@pytest.mark.fault("D1")
@pytest.mark.parametrize("which", ["own", "blns", "names"])
async def test_every_row_of_every_pane_and_board(tally: Tally, book: str, which: str) -> None:
    strings = {"own": some(OWN), "blns": some(some(naughty())), "names": some(some(surnames(2)))}[which]
    needs(strings, which)
    fill(book, strings)
    size = {"own": WIDE, "blns": NARROW, "names": WIDE}[which]
    app = CsmApp(book, TODAY)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for pane in app.workspace.panes:
            await press(pilot, str(pane.NUMBER))
            for zoomed in (False, True):
                harmless(app, size[0], tally)
                every_row(app, pane, tally)
                await press(pilot, "z")
                assert pane.zoomed is not zoomed
        assert app.is_running


PATHS = (
    "l", "w", "b", "p", "e", "a", "A", "M", "H", "N", "f", "colon", "v B", "enter", "enter tab", "enter tab tab e",
    "enter tab tab tab e", "enter a", "r", "r i", "r t", "r K", "r exclamation_mark", "r C", "r w", "r W", "r m",
    "r m 2 8 space n o v enter", "r O", "r x", "r right_square_bracket", "r tab", "r tab tab", "r H", "r question_mark",
)  # fmt: skip
"""The keys from an account in the list to every screen and form that shows something of it."""
IN_PANES = ("1 s", "1 m", "1 x", "1 w", "1 c", "3 enter", "3 m", "3 x", "3 W", "3 w", "5 x", "5 m", "5 w", "6 r", "6 w")
"""The same from the rows of the other panes."""


def thinned(paths: tuple[str, ...]) -> tuple[str, ...]:
    """Every eighth of them; all in the long rounds."""
    return paths[:: 8 if rounds(10) == 1 else 1]


async def visit(pilot: Pilot[int], keys: str, tally: Tally) -> None:
    """Press keys, look at every screen on the way, and go back to the workspace."""
    app = cast("CsmApp", pilot.app)
    for key in keys.split():
        await press(pilot, key)
        harmless(app, WIDE[0], tally)
    for _ in range(6):
        if app.screen is app.workspace and not app.workspace._zoomed:
            break
        await press(pilot, "escape")
    assert app.screen is app.workspace, keys
    assert app.is_running, keys


@pytest.mark.fault("D1")
async def test_every_screen_and_form_of_an_account_with_hostile_text(tally: Tally, book: str) -> None:
    fill(book, SAMPLE)
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for number, keys in enumerate(thinned(PATHS)):
            for account in every_account(number):
                text = SAMPLE[account - 1]
                drafts.keep(book, f"log-{account}", f"call @{text} {text} >send {text} fri\n{text}")
                await press(pilot, "2")
                app.workspace.panes[1].select(str(account))
                await settle(pilot)
                await visit(pilot, keys, tally)


@pytest.mark.fault("D1")
async def test_every_form_of_the_other_panes_with_hostile_text(tally: Tally, book: str) -> None:
    fill(book, SAMPLE)
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for number, keys in enumerate(thinned(IN_PANES)):
            pane = next(pane for pane in app.workspace.panes if int(keys[0]) == pane.NUMBER)
            for account in every_account(number):
                await press(pilot, keys[0])
                found = [row.key for row in pane.rows if row.key]
                pane.select(found[account % len(found)])
                await settle(pilot)
                await visit(pilot, keys[2:], tally)


def every_account(number: int) -> Iterable[int]:
    """Every third account of the book, from 1, others for each number; only one where time is short."""
    return range(1 + number % 3, len(SAMPLE) + 1, 3) if rounds(10) > 1 else (1 + number * 2 % len(SAMPLE),)


@pytest.mark.fault("D1")
async def test_picker_history_filter_and_toasts(tally: Tally, book: str) -> None:
    fill(book, some(OWN))
    for text in SAMPLE:
        with write(book, told(f"Log {text}"), TODAY) as writing:
            writing.add("pulse", account_id=1, value=3, given_on="2026-11-01")
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await press(pilot, "u")
        harmless(app, WIDE[0], tally)
        await press(pilot, "n", "H")
        harmless(app, WIDE[0], tally)
        await press(pilot, "escape", "f")
        for _ in range(12):
            harmless(app, WIDE[0], tally)
            await press(pilot, "pagedown")
        await press(pilot, "escape", "slash")
        bar: Any = app.workspace.query_one("#filter-input")
        for text in SAMPLE:
            bar.value = text
            app.tell(f"Done: {text}")
            app.tell(text, "error")
            await settle(pilot)
            assert app.screen.query("Toast")
            harmless(app, WIDE[0], tally)
            app.clear_notifications()
        assert app.is_running
        assert toasts(app) == []


@pytest.mark.fault("D1")
async def test_very_long_text_is_cut_and_costs_no_time(tally: Tally, book: str) -> None:
    fill(book, LONG)
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        for number in range(1, len(LONG) + 1, 1 if rounds(10) > 1 else 4):
            app.workspace.panes[1].select(str(number))
            for key in ("enter", "w", "escape", "l", "escape", "b", "escape", "escape"):
                await press(pilot, key)
                harmless(app, WIDE[0], tally)
            assert app.screen is app.workspace
        for key in ("z", "z", "f", "escape", "1", "s", "escape", "z"):
            await press(pilot, key)
            harmless(app, WIDE[0], tally)


@pytest.mark.fault("D1")
async def test_what_is_typed_and_pasted_is_shown_without_harm_and_obeyed_by_nothing(tally: Tally, book: str) -> None:
    fill(book, ("Acme",))
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for number, opener in enumerate(("l", "f", "slash", "I")):
            await press(pilot, "2", opener)
            screen, field = app.screen, app.focused
            for text in (*SAMPLE, *UNKEEPABLE)[:: 1 if rounds(10) > 1 else 4][number:]:
                app.post_message(events.Paste(text))
                await settle(pilot)
                harmless(app, WIDE[0], tally)
                assert (app.screen, app.focused) == (screen, field)
                await press(pilot, "home", "shift+end", "delete")
            await press(pilot, "escape")
        assert app.is_running


@pytest.mark.fault("D1")
async def test_what_cannot_be_kept_is_refused_with_a_toast_and_the_line_stays_a_draft(tally: Tally, book: str) -> None:
    fill(book, ("Acme",))
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        for text in UNKEEPABLE:
            app.clear_notifications()
            await press(pilot, "l")
            app.screen.query_one(LineInput).load_text(f"call {text} x")
            await press(pilot, "enter")
            tally.tried += 1
            assert app.is_running
            assert toasts(app), ascii(text)
            assert drafts.kept(book, "log-1") == f"call {text} x"
            drafts.forget(book, "log-1")
    assert len(rows(book, "SELECT 1 FROM touchpoint")) == 1


def runs_nothing(app: CsmApp, tally: Tally, columns: tuple[int, ...]) -> None:
    """No place on the screen carries an action of its own."""
    for y in range(1, 35, 2):
        for x in columns:
            tally.tried += 1
            if app.screen.get_style_at(x, y).meta.get("@click"):
                tally.injected.append(f"a click at {x}, {y} of {type(app.screen).__name__} runs an action")


@pytest.mark.fault("D1")
async def test_a_click_on_text_that_looks_like_an_action_runs_nothing(tally: Tally, book: str) -> None:
    live = tuple(text for text in OWN if "@click" in text or "link=" in text)
    fill(book, live)
    app = CsmApp(book, TODAY)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for text in live:
            app.tell(text)
        await settle(pilot)
        runs_nothing(app, tally, (8, 30, 70, 100))
        for x, y in ((8, 2), (8, 3), (70, 1), (70, 3), (110, 32), (105, 33)):
            await pilot.click(offset=(x, y))
        for key in ("enter", "w", "l", "f", "H"):
            await press(pilot, key)
            runs_nothing(app, tally, (40,))
            await pilot.click(offset=(40, 12))
            while app.screen is not app.workspace:
                await press(pilot, "escape")
        assert app.is_running
        assert app.return_code is None
