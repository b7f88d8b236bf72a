"""The workspace in a real terminal, on a book whose customer must not be named once it has ended."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing

from csm_tui.tui import drafts
from tests.blank import empty_book
from tests.faults.program import CSM
from tests.terminal import Terminal

SECRET = "ACME CONFIDENTIAL"
RUN = """
import os
from csm_tui.cli.main import run
from tests.faults import spoil
spoil.take_out(os.environ.get(spoil.ASKED, ""))
run()
"""
Starts = Callable[..., Terminal]


def secret_book(path: str) -> str:
    """A book with a customer, one of its people, and a promise to it that is late."""
    empty_book(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            f"INSERT INTO account (name, added_on, started_on) VALUES ('{SECRET}', '2026-01-05', '2026-01-01');"
            f"INSERT INTO contact (account_id, name) VALUES (1, '{SECRET} person');"
            "INSERT INTO promise (account_id, side, what, due_on, made_on) "
            f"VALUES (1, 'ours', '{SECRET} report', '2026-11-18', '2026-10-12');"
        )
    return path


def starts(secret: str) -> Iterator[Starts]:
    """A way to start csm, after some lines that spoil it, or as another command has it; all end at the end."""
    started: list[Terminal] = []

    def begin(
        spoil: str = "", arguments: tuple[str, ...] = (), book: str = secret, command: list[str] | None = None
    ) -> Terminal:
        if spoil:
            command = [sys.executable, "-c", f"{spoil}\n{RUN}"]
        terminal = Terminal([*(command or CSM), *arguments], {"CSM_DB": book, "CSM_TODAY": "2026-11-21"})
        started.append(terminal)
        return terminal

    yield begin
    for terminal in started:
        terminal.close()


def ready(terminal: Terminal) -> Terminal:
    """The workspace stands, with its first row and the account beside it."""
    terminal.shows("WHY IT IS HERE")
    return terminal


def writes(terminal: Terminal, book: str, text: str, *, opened: bool = False) -> None:
    """Type into the log form, once it is open; what is typed is kept as a draft by the time this ends."""
    if not opened:
        terminal.type("l")
        terminal.shows("Log a touchpoint")
    terminal.type(text)
    terminal.until(lambda: drafts.kept(book, "log-1") == text)
