"""Group A: what is half-typed outlives a kill at any moment, and is offered again."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from contextlib import closing

import pytest

from csm_tui.tui import drafts
from tests.conftest import IN_FULL, rounds
from tests.ends import Starts, ready, writes
from tests.faults.matrix import Tally
from tests.terminal import Terminal

LONG = 2000
"""Letters of a long note."""
LATEST_S = 2.0
"""What was typed so many seconds before the kill is kept."""


def words(terminal: Terminal, rng: random.Random, number: int) -> str:
    """Type words for a while by chance; all that was typed."""
    pieces: list[str] = []
    end = time.monotonic() + rng.uniform(0.1, 0.8)
    while time.monotonic() < end:
        pieces.append(f" w{number}x{len(pieces)}")
        os.write(terminal.master, pieces[-1].encode())
        terminal.read(rng.uniform(0.005, 0.05))
    return "".join(pieces)


@pytest.mark.slow
@pytest.mark.fault("A4")
def test_a_kill_while_typing_a_long_note_leaves_it_to_the_next_start(tally: Tally, start: Starts, secret: str) -> None:
    """Of most, whatever the kill leaves; now and then all, once nobody types: how long that takes is a figure."""
    rng, before, missing, slowest = random.Random(13), "", 0, 0.0
    for number in range(rounds(50, 16)):
        terminal = ready(start())
        if before:
            terminal.shows("half-typed")
        terminal.type("l")
        terminal.shows(before.rsplit(maxsplit=1)[-1] if before else "Log a touchpoint")
        if not before:
            writes(terminal, secret, before := "call", opened=True)
        whole, ended = before + words(terminal, rng, number), time.monotonic()
        if number % 8 == 0:
            terminal.until(lambda whole=whole: drafts.kept(secret, "log-1") == whole)  # type: ignore[misc]
            slowest = max(slowest, time.monotonic() - ended)
        terminal.process.kill()
        terminal.status()
        kept = drafts.kept(secret, "log-1")
        tally.tried += 1
        missing += len(whole) - len(kept)
        if not (whole.startswith(kept) and kept.startswith(before)):
            tally.lost.append(f"kill {number}: {len(whole)} letters were typed, {len(kept)} others are kept")
        before = kept if len(kept) < LONG else ""
        if not before:
            drafts.forget(secret, "log-1")
    tally.figures["letters missing"], tally.figures["s until all is kept"] = missing, round(slowest, 1)
    if IN_FULL and slowest > LATEST_S:
        tally.lost.append(f"what was typed is kept after {slowest:.1f} s")


PATIENT = "import csm_tui.tui.desk as desk; desk.WORKSPACE_BUSY_S = 60.0"


@pytest.mark.fault("A4")
def test_what_is_typed_while_another_csm_writes_is_kept_before_it_is_done(
    tally: Tally, start: Starts, secret: str
) -> None:
    terminal = ready(start(PATIENT))
    with closing(sqlite3.connect(secret, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        terminal.type("d")
        tally.tried += 1
        writes(terminal, secret, "call while they write")
        terminal.process.kill()
        terminal.status()


@pytest.mark.fault("A4")
def test_ctrl_c_loses_no_word_and_a_kill_a_moment_after_a_word_at_most_that_word(
    tally: Tally, start: Starts, secret: str
) -> None:
    """A draft is written as it is typed, not when the form is left."""
    tally.tried = 1
    terminal = ready(start())
    writes(terminal, secret, "call one")
    terminal.type("\x03")
    time.sleep(0.3)
    terminal.read()
    assert drafts.kept(secret, "log-1") == "call one"
    assert terminal.process.poll() is None
    for word in (" two", " three"):
        terminal.type(word)
        terminal.until(lambda word=word: drafts.kept(secret, "log-1").endswith(word))  # type: ignore[misc]
    terminal.type(" four")
    terminal.process.kill()
    terminal.status()
    assert drafts.kept(secret, "log-1").startswith("call one two three")
