"""Every key of the workspace, wherever it is pressed: it does its work or says why not, and never ends the program."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, cast

import pytest
from textual.widgets import Input

from csm_tui.tui import keys
from csm_tui.tui.context import Context
from csm_tui.tui.forms.ask import Ask
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.screens.account import AccountScreen
from csm_tui.tui.screens.history import HistoryScreen
from csm_tui.tui.screens.why import WhyScreen
from csm_tui.tui.screens.workspace import PANES, Workspace
from csm_tui.tui.widgets.filter_bar import FilterBar
from csm_tui.tui.widgets.picker import Picker
from tests.conftest import rounds
from tests.tui.conftest import PATIENCE_S, press, screen_text, settle, toasts, workspace

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from csm_tui.tui.app import CsmApp

WIDE = (132, 36)
PLACES = {
    "today": "pane-1",
    "accounts": "pane-2",
    "cadence": "pane-4",
    "reviews": "pane-5",
    "recovery": "pane-6",
    "context": "context",
    "account": "",
}
"""Where a key is pressed, and what has the focus there; the account is a screen of its own."""


def shown(app: CsmApp) -> type:
    """Which screen is on top."""
    return type(app.screen)


def pressed(key: keys.Key) -> str:
    """The key as a pilot presses it."""
    return key.keys.split(",")[0]


async def go_to(pilot: Pilot[int], place: str) -> None:
    """From wherever this is, back home and to a place."""
    app = cast("CsmApp", pilot.app)
    if is_at(app, place):
        return
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await settle(pilot)
    while app.workspace._zoomed or app.workspace.query(FilterBar):
        await press(pilot, "escape")
    if place == "account":
        await press(pilot, "1", "enter")
    else:
        app.workspace.query_one(f"#{PLACES[place]}").focus()
        await settle(pilot)


def is_at(app: CsmApp, place: str) -> bool:
    """Whether the keys are there already, with nothing in the way."""
    if place == "account":
        return isinstance(app.screen, AccountScreen) and not app.screen.query(FilterBar)
    plain = app.screen is app.workspace and not app.workspace._zoomed and not app.workspace.query(FilterBar)
    return plain and app.focused is not None and app.focused.id == PLACES[place]


def state(app: CsmApp) -> tuple[object, ...]:
    """What a key can change that a person sees."""
    focused = app.focused.id if app.focused else ""
    bars, marked = len(app.workspace.query(FilterBar)), len(app.workspace.pane_in_use.marked)
    return len(app.screen_stack), type(app.screen), focused, app.workspace._zoomed, bars, marked, tuple(toasts(app))


def shared_out(place: str, *alike: str) -> list[keys.Key]:
    """Every key; where places are alike, each key at one of them in turn, but in the long rounds at all."""
    if place not in alike or rounds(10) > 1:
        return list(keys.WORK)
    return list(keys.WORK[alike.index(place) :: len(alike)])


@pytest.mark.parametrize("place", PLACES)
async def test_every_key_does_something_or_says_why_not(demo: str, place: str) -> None:
    app = workspace(demo)
    silent = []
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in shared_out(place, "today", "accounts", "cadence", "reviews", "recovery"):
            if key.id == "quit" and place != "account":
                continue
            await go_to(pilot, place)
            app.clear_notifications()
            await pilot.pause()
            before = state(app)
            await press(pilot, pressed(key))
            assert app.is_running, f"{key.id} ended the program"
            here_already = key.id == PLACES[place].replace("-", ".") or (key.id == "back" and place != "account")
            if state(app) == before and not here_already:
                silent.append(key.id)
    assert silent == []


@pytest.mark.parametrize("place", ["today", "accounts", "cadence", "context"])
async def test_on_an_empty_book_no_key_ends_the_program(empty: str, place: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=(80, 24) if place == "today" else WIDE) as pilot:
        await settle(pilot)
        for key in shared_out(place, "accounts", "cadence", "reviews", "context"):
            if key.id in {"quit", "demo"}:  # the made-up book takes the place of this program
                continue
            await go_to(pilot, place)
            await press(pilot, pressed(key))
            assert app.is_running, key.id


async def test_with_nothing_under_the_cursor_a_key_says_why_it_does_nothing(empty: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("l", "d", "s", "m", "x", "p", "w", "f", "u", "U"):
            app.clear_notifications()
            await press(pilot, key)
            assert app.screen is app.workspace, key
            assert len(toasts(app)) == 1, key


async def test_enter_on_an_empty_book_says_why_it_opens_nothing(empty: str) -> None:
    app = workspace(empty)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert toasts(app)


OPENS: tuple[tuple[str, type], ...] = (
    ("l", LogForm), ("p", LogForm), ("enter", AccountScreen), ("w", WhyScreen), ("f", Picker), ("H", HistoryScreen),
    ("question_mark", Picker),
)  # fmt: skip


async def test_a_key_opens_its_screen_on_every_pane_and_escape_leaves_it(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for pane in ("1", "2", "4"):
            await press(pilot, pane)
            for key, screen in OPENS:
                await press(pilot, key)
                assert isinstance(app.screen, screen), (pane, key)
                await press(pilot, "escape")
                assert app.screen is app.workspace, (pane, key)


async def test_on_a_row_that_is_no_due_item_the_key_works_on_one_of_its_account(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for pane, key in product(("2", "4"), ("s", "m", "x")):
            app.clear_notifications()
            await press(pilot, pane, key)
            if isinstance(app.screen, Ask):
                chosen = app.workspace.chosen()
                assert chosen is not None
                assert chosen.account in screen_text(app)
                await press(pilot, "escape")
            else:
                told = toasts(app)[-1]
                reasons = ("Nothing is due with", "no day of its own", "cannot be skipped", "no booking covers that")
                assert any(reason in told for reason in reasons), key


async def test_escape_and_q_come_back_from_an_account_and_only_q_on_the_home_leaves(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("escape", "q"):
            await press(pilot, "enter")
            assert shown(app) is AccountScreen
            await press(pilot, key)
            assert shown(app) is Workspace
        await press(pilot, "escape", "escape", "escape")
        assert app.is_running
        await pilot.press("q")
    assert app.return_code == 0


async def test_tab_goes_round_the_panes_and_the_context_and_shift_tab_goes_back(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        ring = []
        for _ in range(len(PANES) + 1):
            assert app.focused is not None
            ring.append(app.focused.id)
            await press(pilot, "tab")
        assert ring == [*(f"pane-{pane.NUMBER}" for pane in PANES), "context"]
        assert app.focused is not None
        assert app.focused.id == "pane-1"
        await press(pilot, "shift+tab")
        assert isinstance(app.focused, Context)


async def test_typing_right_after_a_form_was_asked_for_never_runs_the_keys_of_the_panes(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A busy file may hold the form up; what is typed meanwhile is for the form."""
    from threading import Event

    from csm_tui.store import connection
    from csm_tui.tui import desk as desks

    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        gate, real = Event(), connection.reading

        def slow(*arguments: object) -> object:
            gate.wait(PATIENCE_S)
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(desks, "reading", slow)
        await pilot.press("l", "z", "2")
        monkeypatch.setattr(desks, "reading", real)
        gate.set()
        await settle(pilot)
        assert isinstance(app.screen, LogForm)
        assert app.workspace.panes[0].tall
        assert not app.workspace._zoomed


async def test_the_keys_list_shows_every_binding_and_runs_the_one_taken(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert isinstance(app.screen, Picker)
        listed = {(row.text, row.note) for row in app.screen.choices.all}
        assert listed == {(key.tooltip, key.label) for key in (*keys.WORK, *keys.LIST)}
        await pilot.press(*"history")
        assert isinstance(app.screen, Picker)
        assert app.screen.query_one(Input).value == "history"
        app.screen.query_one(Input).value = "from where"
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, HistoryScreen)


DOES: dict[str, Callable[[CsmApp], bool]] = {
    "pane on the whole": lambda app: app.workspace._zoomed,
    "filter this list": lambda app: bool(app.workspace.query(FilterBar)),
    "cadence: who": lambda app: app.focused is not None and app.focused.id == "pane-4",
    "arithmetic": lambda app: isinstance(app.screen, WhyScreen),
    "last row": lambda app: app.workspace.panes[0].cursor == len(app.workspace.panes[0].rows) - 1,
}
"""Words of the list of keys, and what is so once its key was taken."""


async def test_a_key_taken_from_the_list_does_what_the_key_does(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for words, holds in DOES.items():
            await go_to(pilot, "today")
            assert not holds(app), words
            await press(pilot, "question_mark")
            assert isinstance(app.screen, Picker)
            app.screen.query_one(Input).value = words
            await settle(pilot)
            await press(pilot, "enter")
            assert holds(app), words


def test_no_two_keys_clash_and_each_has_an_id_and_a_tooltip() -> None:
    every = [*keys.WORK, *keys.LIST]
    assert len({key.id for key in every}) == len(every)
    pressed_ = [name for key in every for name in key.keys.split(",")]
    assert len(set(pressed_)) == len(pressed_)
    assert all(key.tooltip and key.word for key in every)


@pytest.mark.parametrize(("width", "most"), [(80, 7), (132, 30), (40, 7), (20, 7)])
async def test_the_key_bar_counts_the_keys_it_hides(demo: str, width: int, most: int) -> None:
    app = workspace(demo)
    async with app.run_test(size=(width, 24)) as pilot:
        await settle(pilot)
        bar = screen_text(app).split("\n")[-1]
        shown = [key for key in keys.WORK if f" {key.label} {key.word} " in f"{bar} "]
        hidden = int(bar.rsplit("+", 1)[1])
        assert len(shown) <= most
        assert len(shown) + hidden == len(keys.WORK) + len(keys.LIST)
