"""No stored byte steers a real terminal: every screen and every command, in a pty, with hostile and with plain text."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.blank import empty_book
from tests.conftest import rounds
from tests.faults.hostile_book import fill
from tests.faults.matrix import Tally
from tests.faults.program import CSM
from tests.hostile import CONTROL, DIRECTION, STEERING
from tests.terminal import Terminal

KINDS = re.compile(
    rb"\x1b(?:\[[0-9;:<>=?]*[ -/]*[@-~]|[\]P_^X].*?(?:\x1b\\|\x07)|[^\[\]P_^X])"
    rb"|[\x00-\x08\x0b\x0c\x0e-\x1a\x7f]|\xc2[\x80-\x9f]",
    re.S,
)
"""Every control sequence there is."""

SOME = (*STEERING, *DIRECTION)[:: 1 if rounds(10) > 1 else 6]

PANES = (
    "\x04",
    "2",
    "\x04",
    "z",
    "\x04",
    "z",
    "4",
    "z",
    "\x04",
    "z",
    "3",
    "z",
    "\x04",
    "z",
    "5",
    "z",
    "z",
    "6",
    "z",
    "z",
)
SCREENS = ("\r", "\x1b", "l", "\x1b", "w", "\x1b", "f", "\x1b", "H", "\x1b", "b", "\x1b", "e", "\x1b", ":", "\x1b")
WALK = ("r", "]", "\t", "\t", "i", "\x1b", "t", "\x1b", "!", "\x1b", "C", "\x1b", "m", "\x1b", "\x1b")
JOURNEY = (*PANES, "6", *WALK, "1", *SCREENS, "s", "\x1b", "d")
"""Through every pane, board, screen and form."""


def kinds(out: bytes) -> set[bytes]:
    """The kinds of control sequences in what was written, without their numbers."""
    return {re.sub(rb"[0-9;:]+", b"", found) if found.startswith(b"\x1b[") else found for found in KINDS.findall(out)}


def strays(out: bytes) -> list[str]:
    """What steers in the text between the control sequences."""
    text = KINDS.sub(b"", out).decode("utf-8", "replace").replace("\r", "").replace("\n", "")
    return CONTROL.findall(text)


Starts = Callable[..., Terminal]


@pytest.fixture
def start() -> Iterator[Starts]:
    """Start the program on a book in a terminal of its own."""
    started: list[Terminal] = []

    def begin(book: str, *arguments: str) -> Terminal:
        terminal = Terminal([*CSM, *arguments], {"CSM_DB": book, "CSM_TODAY": "2026-11-21"})
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


@pytest.fixture
def books(tmp_path: Path) -> tuple[str, str]:
    """A book with plain text, and one with hostile text, else alike."""
    made = []
    for name, strings in (("plain", tuple(f"plain {number}" for number in range(len(SOME)))), ("hostile", SOME)):
        path = str(tmp_path / f"{name}.db")
        empty_book(path)
        fill(path, strings)
        made.append(path)
    return made[0], made[1]


@pytest.mark.fault("D2")
def test_no_screen_writes_a_stored_byte_that_steers(tally: Tally, start: Starts, books: tuple[str, str]) -> None:
    """Whatever is written with hostile text is of a kind that is also written with plain text."""
    terminals = [start(book) for book in books]
    for terminal in terminals:
        terminal.shows("WHY IT IS HERE")
    for keys in JOURNEY:
        tally.tried += 1
        for terminal in terminals:
            os.write(terminal.master, keys.encode())
        for terminal in terminals:
            terminal.taken_up()
            terminal.read(0.07)
    for terminal in terminals:
        if terminal.process.poll() is not None:
            tally.crashed.append("the workspace ended on the way")
        terminal.process.terminate()
        terminal.status()
    seen = [terminal.out for terminal in terminals]
    assert len(seen[1]) > 20_000
    tally.injected += [ascii(kind) for kind in kinds(seen[1]) - kinds(seen[0])] + strays(seen[1])
    tally.figures["bytes"] = len(seen[1])


COMMANDS = (
    ("today", "--all"), ("accounts",), ("cadence",), ("onboarding",), ("reviews",), ("recovery",), ("history",),
    ("promises", "--all"), ("since",), ("find", "x"), ("account", "show", "id:1"), ("brief", "id:1"), ("undo",),
    ("recover", "id:1"), ("plan", "id:1"), ("accounts", "--json"), ("export", "accounts"), ("export", "book"),
    ("export", "touchpoints", "--format", "md"), ("accounts", "no such one"), ("log", "id:1", "call ok"),
    ("done", "c1"),
)  # fmt: skip


@pytest.mark.fault("D2")
def test_no_command_writes_a_stored_byte_that_steers(tally: Tally, start: Starts, books: tuple[str, str]) -> None:
    seen = [b"", b""]
    for command in COMMANDS[:: 1 if rounds(10) > 1 else 6]:
        for number, book in enumerate(books):
            terminal = start(book, *command)
            terminal.type("n\n")  # whoever asks is answered
            code = terminal.status()
            seen[number] += terminal.out
            if code not in {0, 1} or b"Traceback" in terminal.out:
                tally.crashed.append(f"csm {command[0]}: {code}")
        tally.tried += 1
    tally.injected += map(ascii, set(KINDS.findall(seen[1])) - set(KINDS.findall(seen[0])))
    tally.injected += strays(seen[1])
