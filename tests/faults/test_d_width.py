"""Names of every script stand in straight columns, whatever a terminal makes of them, and are cut between letters."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress

import pyte
import pytest
from pyte.screens import wcwidth
from rich.cells import cell_len

from csm_tui.safe import fitted, shown, width
from csm_tui.tui.app import CsmApp
from csm_tui.tui.widgets.cells import fit
from tests.conftest import TODAY, rounds
from tests.faults.hostile_book import WIDE, fill
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.hostile import NAMES, OWN, SHAPES, naughty, surnames
from tests.terminal import Terminal
from tests.tui.conftest import press, settle

ALL = tuple(text for text in (*OWN, *naughty(), *surnames(99)) if len(text) < 200)


def cells(text: str) -> int:
    """How far a terminal moves its cursor for a text."""
    return sum(max(0, wcwidth(character)) for character in text)


@pytest.mark.fault("D4")
def test_the_shell_the_screen_and_a_terminal_agree_how_wide_a_name_is(tally: Tally) -> None:
    for text in ALL:
        tally.tried += 1
        here = shown(text)
        if len({width(here), cell_len(here), cells(here)}) > 1:
            tally.lost.append(ascii(text[:20]))


@pytest.mark.fault("D4")
@pytest.mark.parametrize("cut", [fit, fitted])
def test_no_cut_goes_through_a_letter(tally: Tally, cut: Callable[[str, int], str]) -> None:
    for text in (*SHAPES, *surnames(9)):
        here = shown(text)
        for room in range(2, width(here)):
            tally.tried += 1
            kept = cut(text, room).rstrip(" ").removesuffix("…").rstrip(" ")
            after = here[len(kept) :].lstrip(" ")[:1]
            if (
                not here.startswith(kept)
                or kept.endswith("\u200d")
                or (after and unicodedata.category(after)[0] == "M")
            ):
                tally.lost.append(f"{text!a} to {room}")


@pytest.mark.fault("D4")
async def test_columns_of_the_boards_stand_straight_whatever_the_names(tally: Tally, book: str) -> None:
    strings = (*OWN, *surnames(1))[:: 1 if rounds(10) > 1 else 3]
    fill(book, strings)
    app = CsmApp(book, TODAY)
    places = set()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "z")
        for row in app.workspace.panes[1].rows:
            text = "".join(cell.text for cell in row.paint(126))
            if "high-touch" in text:
                tally.tried += 1
                places.add(cells(text[: text.rindex("high-touch")]))
    assert tally.tried == len(strings)
    assert len(places) == 1


@pytest.mark.fault("D4")
def test_in_a_terminal_of_80_by_24_every_frame_closes(tally: Tally, book: str) -> None:
    """What a terminal has drawn, cell by cell: each line that begins with a frame ends with it in the last cell."""
    strings = (*SHAPES, *NAMES[:12], *surnames(1))
    fill(book, tuple(text for text in strings if not _stops_pyte(text))[:40])
    terminal = Terminal(CSM, {"CSM_DB": book, "CSM_TODAY": TODAY.isoformat()}, (80, 24))
    screen = pyte.Screen(80, 24)
    drawn = pyte.ByteStream(screen)

    def closed() -> bool:
        """Whether all is drawn: half a frame closes a moment later."""
        drawn.feed(terminal.out)
        terminal.out = b""
        return not list(_open(screen))

    try:
        terminal.shows("Accounts")
        for keys in ("2", "z", "\x04", "\x04", "\x04", "z", "\r", "\x1b", "4", "z", "\x04", "z", "3", "z", "\x04", "z"):
            terminal.taken_up()
            terminal.read(0.1)
            with suppress(AssertionError):
                terminal.until(closed)
            tally.lost += _open(screen)
            tally.tried += sum(screen.buffer[number][0].data in "│╭╰" for number in range(24))
            os.write(terminal.master, keys.encode())
    finally:
        terminal.close()
    assert tally.tried > 100


def _stops_pyte(text: str) -> bool:
    """Whether there is a sign of no width that is no accent: pyte leaves out what stands behind it."""
    return any(wcwidth(sign) == 0 and not unicodedata.combining(sign) for sign in text)


def _open(screen: pyte.Screen) -> Iterator[str]:
    """The lines that begin with a frame and do not end with it."""
    for number, line in enumerate(screen.display):
        if screen.buffer[number][0].data in "│╭╰" and screen.buffer[number][79].data not in "│╮╯":
            yield line
