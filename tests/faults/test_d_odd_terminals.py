"""Odd terminals, languages and pipes get plain text and a quiet end; no script ever meets an escape code."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.line_input import LineInput
from tests.conftest import rounds
from tests.faults.hostile_book import fill
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.faults.shell import rows
from tests.hostile import SHAPES
from tests.terminal import Terminal
from tests.tui.conftest import DAY, empty, kinds, press, settle
from tests.tui.conftest import rows as stored

__all__ = ["empty", "kinds"]

ODD = {
    "dumb": {"TERM": "dumb"}, "no terminal named": {"TERM": ""}, "vt100": {"TERM": "vt100"},
    "one that nobody knows": {"TERM": "xx-yy"},
    "no colour": {"NO_COLOR": "1", "TERM": "xterm"}, "forced colour": {"FORCE_COLOR": "1", "TERM": "xterm-256color"},
    "C": {"LANG": "C", "LC_ALL": "C"}, "a bad language": {"LC_ALL": "xx_YY.nonsense"},
    "few letters": {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}, "no columns": {"COLUMNS": "0", "LINES": "x"},
}  # fmt: skip
COMMANDS = ((), ("today",), ("accounts", "--json"), ("log", "Plain", "call ok"), ("--help",), ("demo",), ("nonsense",))


@pytest.fixture
def filled(book: str) -> str:
    """A book with names of many scripts."""
    fill(book, ("Plain", *SHAPES))
    return book


def ran(command: str, book: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """A line of a shell in which `csm` is the program."""
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; csm() {{ {shlex.join(CSM)} "$@"; }}; {command}'],
        env={**os.environ, "CSM_DB": book, "CSM_TODAY": "2026-11-21", **env}, capture_output=True, timeout=60,
    )  # fmt: skip


@pytest.mark.fault("D7")
@pytest.mark.parametrize("what", ODD)
def test_without_a_terminal_every_command_writes_plain_text(tally: Tally, filled: str, what: str) -> None:
    commands = COMMANDS if rounds(10) > 1 else (COMMANDS[0], COMMANDS[1 + list(ODD).index(what) % 6])
    for arguments in commands:
        env = {**os.environ, "CSM_DB": filled, "CSM_TODAY": "2026-11-21", **ODD[what]}
        told = subprocess.run([*CSM, *arguments], env=env, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        tally.tried += 1
        if told.returncode != (2 if arguments == ("nonsense",) else 0) or b"Traceback" in told.stderr:
            tally.crashed.append(f"{arguments} in {what}: {told.returncode} {told.stderr[-200:]!r}")
        if b"\x1b" in told.stdout + told.stderr:
            tally.injected.append(f"{arguments} in {what}")


@pytest.mark.fault("D7")
@pytest.mark.parametrize("term", ["dumb", "", "vt100"])
def test_a_terminal_that_cannot_draw_gets_today_as_plain_text(tally: Tally, filled: str, term: str) -> None:
    """One that can, however old, gets the workspace, and is left as it was found."""
    terminal = Terminal(CSM, {"CSM_DB": filled, "CSM_TODAY": "2026-11-21", "TERM": term})
    tally.tried += 1
    try:
        if term == "vt100":
            terminal.shows("WHY IT IS HERE")
            terminal.type("q")
        if terminal.status():
            tally.crashed.append(f"it ended with {terminal.process.returncode}")
        if term == "vt100":
            terminal.restored()
        elif b"\x1b" in terminal.out:
            tally.injected.append("escape codes")
    finally:
        terminal.close()


@pytest.mark.fault("D7")
def test_a_size_that_a_variable_names_does_not_go_before_that_of_the_terminal(tally: Tally, filled: str) -> None:
    """`eval $(resize)` leaves such variables behind, and they stay while the terminal changes."""
    env = {"CSM_DB": filled, "CSM_TODAY": "2026-11-21", "COLUMNS": "40", "LINES": "10"}
    terminal = Terminal(CSM, env)
    tally.tried += 1
    try:
        terminal.shows("WHY IT IS HERE")
    except AssertionError:
        tally.crashed.append("it draws for a terminal of another size")
    finally:
        terminal.close()


@pytest.mark.fault("D7")
def test_a_reader_that_goes_away_ends_a_command_quietly(tally: Tally, filled: str) -> None:
    for command in (
        "csm today --all | head -1",
        "csm accounts --json | true",
        "csm --help | true",
        "csm export book | head -c 9",
    ):
        told = ran(command, filled)
        tally.tried += 1
        if (told.returncode, told.stderr) != (0, b""):
            tally.crashed.append(f"{command}: {told.returncode} {told.stderr[-200:]!r}")


@pytest.mark.fault("D7")
def test_a_full_pipe_is_waited_for(tally: Tally, filled: str) -> None:
    """More than a pipe holds, for a reader that comes late: nothing is lost."""
    env = {**os.environ, "CSM_DB": filled, "CSM_TODAY": "2026-11-21"}
    whole = subprocess.run([*CSM, "export", "book"], env=env, capture_output=True, timeout=60).stdout
    late = subprocess.Popen([*CSM, "export", "book"], env=env, stdout=subprocess.PIPE)
    time.sleep(0.5)
    assert late.poll() is None, "it fits into a pipe: the test needs a larger book"
    tally.tried += 1
    if late.communicate(timeout=60)[0] != whole:
        tally.lost.append("some of it")


@pytest.mark.fault("D7")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_output_that_cannot_be_written_is_said_and_is_a_failure(tally: Tally, filled: str) -> None:
    told = ran("csm accounts >/dev/full", filled)
    tally.tried += 1
    assert told.returncode == 1
    assert told.stderr == b"csm: the output could not be written: No space left on device.\n"


@pytest.mark.fault("D7")
def test_closed_streams_neither_crash_nor_reach_the_book(tally: Tally, filled: str) -> None:
    before = rows(filled, "SELECT count(*) FROM touchpoint")[0][0]
    closed = (">&-", "2>&-", "<&-", ">&- 2>&- <&-")
    for streams in closed:
        told = ran(f"csm log Plain call hi {streams}", filled)
        tally.tried += 1
        if told.returncode or b"Traceback" in told.stderr:
            tally.crashed.append(f"{streams}: {told.returncode}")
    assert rows(filled, "SELECT count(*) FROM touchpoint")[0][0] == before + len(closed)
    assert rows(filled, "PRAGMA integrity_check") == [("ok",)]


def arrive(app: CsmApp, *keys: str) -> None:
    """Keys that come in one packet: none has been carried out when the next is there."""
    for key in keys:
        app.post_message(events.Key(key, " " if key == "space" else key if len(key) == 1 else None))


@pytest.mark.fault("D7")
async def test_what_comes_in_one_packet_with_the_key_that_opens_a_form_is_meant_for_the_form(
    tally: Tally, kinds: str
) -> None:
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        app.workspace.panes[0].select("p1")
        await settle(pilot)
        arrive(app, "l", *"call", "space", *"fine", "enter")
        await settle(pilot)
        arrive(app, "s", "enter", *"later", "enter", "j")
        await settle(pilot)
        tally.tried += 2
        if stored(kinds, "SELECT kind FROM touchpoint WHERE summary = 'fine'") != [("call",)]:
            tally.lost.append("what was meant for the log line")
        if stored(kinds, "SELECT reason FROM snooze") != [("later",)]:
            tally.lost.append("what was meant for a small question")


@pytest.mark.fault("D7")
async def test_keys_that_a_slow_line_brings_in_one_packet_are_done_in_their_order(tally: Tally, kinds: str) -> None:
    app, packet = CsmApp(kinds, DAY), ("a", "b", "X", "backspace", "c", "d", "home", "e")
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        for keys, field in ((("s", "enter"), Input), (("escape", "l"), LineInput), (("escape", "slash"), Input)):
            await press(pilot, *keys)
            arrive(app, *packet)
            await settle(pilot)
            found = app.screen.query(field).last()
            tally.tried += 1
            if getattr(found, "value", getattr(found, "text", "")) != "eabcd":
                tally.lost.append(f"of what was typed into {field.__name__}")
        await press(pilot, "escape", "escape")
        app.workspace.panes[0].select("t2")
        await press(pilot, "x")
        arrive(app, "n", "o", "enter", "j")
        await settle(pilot)
        if stored(kinds, "SELECT notes FROM touchpoint WHERE id = 2") != [("no",)]:
            tally.lost.append("what was typed behind enter became a part of what was saved")


@pytest.mark.fault("D7")
async def test_what_was_typed_before_a_tab_or_arrow_stays_and_what_was_typed_behind_it_goes_on(
    tally: Tally, empty: str
) -> None:
    app = CsmApp(empty, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        await press(pilot, "a")
        arrive(app, *"Acme", "tab", *"low", "tab", "tab", *"1", "shift+tab")
        await settle(pilot)
        tally.tried += 1
        found = [one.value for one in app.screen.query(Input)][:3]
        if found != ["Acme", "low-touch", "1"]:
            tally.lost.append(f"what was typed into three fields stands as {found}")
        arrive(app, "down", "down", *"x", "up", *"2")
        await settle(pilot)
        tally.tried += 1
        found = [one.value for one in app.screen.query(Input)][:4]
        if found != ["Acme", "low-touch", "2", "x"]:  # what stands in a field is selected there
            tally.lost.append(f"what was typed between arrows stands as {found}")
