"""What a list paints straight to the terminal is what Textual would have painted, cell for cell."""

from __future__ import annotations

import os
import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pyte
import pytest
import textual.drivers.headless_driver
from rich.color import ColorSystem
from textual.drivers.headless_driver import HeadlessDriver
from textual.strip import Strip
from textual.widget import Widget

from csm_tui.tui.app import CsmApp
from csm_tui.tui.context import Context
from csm_tui.tui.widgets.painting import Painting
from csm_tui.tui.widgets.pen import Looks
from tests.terminal import CSM, Terminal
from tests.tui.conftest import DAY, press, settle, workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.pilot import Pilot

WIDE, NARROW = (132, 36), (80, 24)
OTHER_SIZES = (WIDE, (100, 30), NARROW, (200, 50), (60, 20))
KEYS = [
    *"jjjjjjkkkG", "down", "up", "g,g", "ctrl+d", "ctrl+u", "2", "3", "4", "5", "6", "1", "z", "tab", "v", "V",
    "escape", "slash,f,o,enter", "slash,k,e", "escape", "escape", "w,escape", "enter,down,escape", "SIZE", "SIZE",
]  # fmt: skip
"""Keys that move, mark, filter, change the form of the workspace, and open what stands over it."""
HARD = ("Acme 京都 · é", "🚀 Rocket 👩\u200d🚀 Ltd", "e\u0301lan \u200fعربي", "W" * 120)
"""Names whose cells are not counted by their letters."""
TRUE = Looks(ColorSystem.TRUECOLOR)


class Watched(HeadlessDriver):
    """A terminal whose screen is known at any moment."""

    at_once = 0
    """How often a list has painted by itself."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.shown = pyte.Screen(*self._get_terminal_size())
        self._stream = pyte.Stream(self.shown)

    @property
    def is_headless(self) -> bool:
        """It is painted on."""
        return False

    def write(self, data: str) -> None:
        """Show it."""
        self._stream.feed(data)

    def write_now(self, data: str) -> None:
        """Show it."""
        self.at_once += 1
        self._stream.feed(data)


def rendered(strip: Strip, _console: object) -> str:
    """A strip as Textual renders it, without what it remembers of tests in other colours."""
    return "".join(
        f"\x1b[{Strip.render_ansi(segment.style, ColorSystem.TRUECOLOR)}m{segment.text}\x1b[0m"
        if segment.style is not None
        else segment.text
        for segment in strip
    )


@pytest.fixture
def watched(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is painted is painted on a terminal of which every cell is known."""
    monkeypatch.setattr(textual.drivers.headless_driver, "HeadlessDriver", Watched)
    monkeypatch.setattr(Strip, "render", rendered)
    monkeypatch.setattr(Painting, "_looks", lambda _painting: TRUE)


@pytest.fixture
def hard(demo: str) -> str:
    """The demo book, in which some accounts have hard names."""
    with closing(sqlite3.connect(demo)) as connection, connection:
        for account_id, name in enumerate(HARD, 3):
            connection.execute("UPDATE account SET name = ? WHERE id = ?", (name, account_id))
    return demo


def cells(screen: pyte.Screen) -> list[list[tuple[object, ...]]]:
    """What a screen shows. The colour of a blank is not seen."""
    return [[_seen(screen.buffer[y][x]) for x in range(screen.columns)] for y in range(screen.lines)]


def _seen(cell: pyte.screens.Char) -> tuple[object, ...]:
    if cell.data == " " and not cell.reverse:
        return " ", cell.bg, cell.underscore, cell.strikethrough
    return tuple(cell)


def truth(app: CsmApp) -> pyte.Screen:
    """The screen as Textual would paint it on an empty terminal."""
    screen = pyte.Screen(*app.size)
    for widget in app.screen.walk_children(Widget):
        widget._styles_cache.clear()
    whole = app.screen._compositor.render_full_update()
    stream = pyte.Stream(screen)
    for y, strips in enumerate(whole.strips):
        stream.feed(f"\x1b[{y + 1};1H" + "".join(strip.render(app.console) for strip in strips))
    return screen


def wrong(app: CsmApp) -> list[tuple[int, int]]:
    """The cells that are not as Textual would paint them."""
    assert isinstance(app._driver, Watched)
    shown, wanted = cells(app._driver.shown), cells(truth(app))
    return [(y, x) for y, line in enumerate(wanted) for x, cell in enumerate(line) if shown[y][x] != cell]


async def resized(pilot: Pilot[int], seed: int) -> None:
    """Give the terminal another size; what it shows then is nobody's matter until it is painted."""
    columns, lines = OTHER_SIZES[seed % len(OTHER_SIZES)]
    assert isinstance(pilot.app._driver, Watched)
    pilot.app._driver.shown.resize(lines, columns)
    await pilot.resize_terminal(columns, lines)


def handfuls(seed: str) -> Iterable[list[str]]:
    """Keys, a few at a time."""
    chance = random.Random(seed)
    for _ in range(12):
        yield [key for keys in chance.choices(KEYS, k=4) for key in keys.split(",")]


@pytest.mark.usefixtures("watched")
@pytest.mark.parametrize(("size", "theme"), [(WIDE, "csm-dark"), (NARROW, "csm-ansi"), (WIDE, "NO_COLOR")])
async def test_what_is_painted_at_once_is_what_textual_paints(
    hard: str, size: tuple[int, int], theme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(*(("NO_COLOR", "1") if theme == "NO_COLOR" else ("TEXTUAL_THEME", theme)))
    app = workspace(hard)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        typed: list[str] = []
        for keys in handfuls(f"{size}{theme}"):
            typed += keys
            for key in keys:
                await (resized(pilot, len(typed)) if key == "SIZE" else press(pilot, key))
            await settle(pilot)
            assert wrong(app) == [], typed
        assert isinstance(app._driver, Watched)
        assert app._driver.at_once > len(typed) // 3


@pytest.mark.usefixtures("watched")
async def test_the_account_beside_the_list_is_made_ahead_and_only_what_differs_is_written(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    put = Painting._put

    def counted(painting: Painting, text: str) -> None:
        written.append(len(text))
        put(painting, text)

    monkeypatch.setattr(Painting, "_put", counted)
    app = workspace(demo)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "down")
        await settle(pilot)
        context = app.screen.query_one(Context)
        ahead = {made.data.line.facts.account_id: made for made in context._ahead.values()}
        written.clear()
        await press(pilot, "down")
        await settle(pilot)
        assert context.data is not None
        assert context.rows is ahead[context.data.line.facts.account_id].rows, "its lines were there before the key"
        assert 0 < sum(written) < 4000


@pytest.mark.usefixtures("watched")
async def test_what_stands_over_a_list_is_not_painted_over(demo: str) -> None:
    app = CsmApp(demo, DAY)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        app.tell("Something was written. " * 12)
        await settle(pilot)
        for key in ("down", "down", "G", "up"):
            await press(pilot, key)
            await settle(pilot)
            assert wrong(app) == []
        await press(pilot, "question_mark")
        await settle(pilot)
        app.workspace.panes[0].action_move(-1)
        assert wrong(app) == [], "at once"
        await settle(pilot)
        assert wrong(app) == []


def test_in_a_real_terminal_the_cursor_and_the_account_beside_it_move(demo: str) -> None:
    terminal = Terminal([CSM], {"CSM_DB": demo, "CSM_TODAY": DAY.isoformat(), "COLORTERM": "truecolor"}, WIDE)
    try:
        screen = pyte.Screen(*WIDE)
        stream = pyte.ByteStream(screen)
        terminal.shows("WHY IT IS HERE")
        terminal.read(1.0)
        stream.feed(terminal.out)
        terminal.out = b""
        before = screen.display[1][64:]
        os.write(terminal.master, b"jj")

        def moved() -> bool:
            stream.feed(terminal.out)
            terminal.out = b""
            return screen.display[1][64:] != before

        terminal.until(moved)
    finally:
        terminal.close()
