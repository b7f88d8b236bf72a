"""A paste is text, however long and whatever stands in it: no letter of it is a key, and what is left out is said."""

from __future__ import annotations

import os
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from csm_tui.tui import drafts
from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.line_input import LineInput
from csm_tui.tui.incoming import BEGIN, END, Incoming
from csm_tui.tui.widgets.still_input import StillInput
from tests.conftest import TODAY
from tests.faults.hostile_book import WIDE, fill
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.terminal import Terminal
from tests.tui.conftest import press, settle, toasts

LARGE = {
    "lines": ("x" * 49 + "\n") * 100_000,
    "one line": "y" * 5_000_000,
    "a log line": "call @jon all well :) >send it fri " * 150_000,
}
MOST_SECONDS = 30.0
"""Of the processor, on the slowest: what grows with the square of a paste takes hours."""
KEYS = st.sampled_from(["q", "\x1b", "\x1b[A", "dd", "é", " ", "\x1b[2", "~"])
PASTES = st.lists(st.sampled_from(["q", END, "\x1b", "\n", "\x1b[A", "漢", "\x00", BEGIN]), max_size=6).map("".join)


@pytest.mark.fault("D5")
def test_a_paste_is_told_from_keys_however_it_comes(tally: Tally) -> None:
    @given(KEYS, PASTES, KEYS, st.lists(st.integers(1, 9), max_size=9))
    def law(before: str, pasted: str, after: str, sizes: list[int]) -> None:
        tally.tried += 1
        incoming, whole = Incoming(), before + BEGIN + pasted + END
        found = []
        for size in sizes:
            if whole[:size] != "\x1b":  # which is a key
                found += incoming.came(whole[:size])
                whole = whole[size:]
        found += incoming.came(whole) + incoming.silent() + incoming.came(after) + incoming.silent()
        assert "".join(piece.text for piece in found if piece.pasted) == pasted.replace(END, "").replace(BEGIN, "")
        assert "".join(piece.text for piece in found if not piece.pasted) == before + after

    law()


@pytest.mark.fault("D5")
@pytest.mark.parametrize("what", LARGE)
async def test_five_megabytes_are_taken_and_what_is_left_out_is_said(tally: Tally, book: str, what: str) -> None:
    fill(book, ("Acme",))
    app, text = CsmApp(book, TODAY), LARGE[what]
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for opener in ("l", "slash", "f", "e", "I"):
            await press(pilot, "2", opener)
            app.clear_notifications()
            field, started = app.focused, time.process_time()
            assert isinstance(field, LineInput | StillInput)
            app.post_message(events.Paste(text))
            await settle(pilot)
            took = time.process_time() - started
            tally.tried += 1
            tally.figures["s, the slowest"] = max(took, tally.figures.get("s, the slowest", 0))
            if took > MOST_SECONDS:
                tally.crashed.append(f"{opener}: {took:.1f} s")
            if not any("of the paste" in told or "paste was" in told for told in toasts(app)):
                tally.lost.append(f"{opener}: something, without a word")
            if isinstance(field, StillInput) and not field.value.endswith(
                text.split("\n", 1)[0][: len(field.value)][-40:]
            ):
                tally.lost.append(f"{opener}: the first line")
            await press(pilot, "escape", "escape")


@pytest.mark.fault("D5")
def test_no_key_of_a_paste_is_obeyed(tally: Tally, book: str) -> None:
    """With the mark of its end inside, with other sequences, with bytes that are no text; in a field and outside."""
    fill(book, ("Acme",))
    paste = (
        f"call a{END}q\rq\x1bq\x1b[201~ZZzz\x1bOPqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq:q\x1b[<0;5;5M".encode()
        + b"\xff\xfe q"
    )
    terminal = Terminal(CSM, {"CSM_DB": book, "CSM_TODAY": TODAY.isoformat()})
    try:
        terminal.shows("WHY IT IS HERE")
        for opens, shows in (
            ("", ""),
            ("l", "Log a touchpoint"),
            ("", ""),
            ("\x1b", "WHY IT IS HERE"),
            ("H", "History"),
        ):
            terminal.type(opens)
            terminal.shows(shows)
            tally.tried += 1
            os.write(terminal.master, BEGIN.encode() + paste + END.encode())
            terminal.read(0.3)
            if terminal.process.poll() is not None:
                tally.injected.append(f"the paste after {opens!r} ended the program")
                return
        terminal.until(lambda: drafts.kept(book, "log-1").count("call a") == 2)
    finally:
        terminal.close()


def written(number: int, data: bytes) -> None:
    """Write all of it, as fast as it is read."""
    while data:
        data = data[os.write(number, data[:4096]) :]


@pytest.mark.fault("D5")
def test_a_large_paste_in_a_terminal_leaves_the_keys_in_order(tally: Tally, book: str) -> None:
    fill(book, ("Acme",))
    terminal = Terminal(CSM, {"CSM_DB": book, "CSM_TODAY": TODAY.isoformat()})
    try:
        terminal.shows("WHY IT IS HERE")
        terminal.type("l")
        terminal.shows("Log a touchpoint")
        data = f"{BEGIN}call well\n{LARGE['lines']}{END}".encode()
        writing = threading.Thread(
            target=lambda: [os.write(terminal.master, data[at : at + 4096]) for at in range(0, len(data), 4096)]
        )
        writing.start()
        while writing.is_alive():
            terminal.read(0.02)
        terminal.shows("too long")
        terminal.type("\x1b")
        terminal.shows("WHY IT IS HERE")
        tally.tried += 1
        tally.figures["bytes"] = len(data)
        terminal.until(lambda: drafts.kept(book, "log-1").startswith("call well\nxxx"))
    finally:
        terminal.close()
