"""csm undo and redo: across runs, named, asked about only where somebody can answer."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

import pytest

from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from tests.cli.conftest import SRC, Csm, rows


def in_workspace(path: str) -> None:
    """Something done in the workspace."""
    from datetime import date

    operation = Operation("Edit Acme", "workspace 4711", "2026-11-21T10:00:00.000Z")
    with write_light(path, operation, date(2026, 11, 21)) as writing:
        writing.change("account", 3, seats=7)


def test_undo_names_what_it_took_back_and_redo_what_it_did_again(csm: Csm, filled: str) -> None:
    csm("account", "edit", "acme", "--seats", "7")
    assert csm("undo").out == "Undone: Edit Acme\n"
    assert rows(filled, "SELECT seats FROM account WHERE id = 3") == [(None,)]
    assert csm("redo", "--json").json == {"operation": 3, "label": "Edit Acme"}
    assert rows(filled, "SELECT seats FROM account WHERE id = 3") == [(7,)]
    assert csm("undo", "--json").json == {"operation": 4, "label": "Edit Acme"}


def test_nothing_to_undo_or_redo_is_said_and_refused(csm: Csm, filled: str) -> None:
    for command in ("undo", "redo"):
        ran = csm(command)
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.count("\n") == 1
    csm("done", "p1")
    csm("undo")
    csm("done", "p2")
    assert csm("redo").code == 1


def test_every_command_that_writes_is_taken_back_whole(csm: Csm, filled: str) -> None:
    commands = [
        ("log", "--new-contacts", "northwind", "call @zed :( #usage pulse:2 >send it fri <their list"),
        ("done", "c1", "call hi"), ("done", "t2", "held it"), ("done", "p1", "--missed", "x"),
        ("done", "r3", "2027-11-10"),
        ("snooze", "p2", "mon"), ("move", "p1", "mon"), ("move", "c1", "tue"), ("account", "add", "New"),
        ("account", "edit", "acme", "--seats", "3"), ("account", "churn", "acme"),
        ("contact", "add", "acme", "Kim"), ("contact", "edit", "northwind", "jon", "--title", "x"),
        ("contact", "left", "northwind", "jon"),
    ]  # fmt: skip
    before = facts(filled)
    for command in commands:
        assert csm(*command).code == 0, command
        after = facts(filled)
        assert after != before, command
        assert csm("undo").code == 0
        assert facts(filled) == before, command
        assert csm("redo").code == 0
        assert facts(filled) == after, command
        assert csm("undo").code == 0


def facts(path: str) -> list[list[tuple[object, ...]]]:
    """All that stands in the book but the journal."""
    tables = (
        "account",
        "contact",
        "touchpoint",
        "touchpoint_contact",
        "touchpoint_signal",
        "promise",
        "pulse",
        "snooze",
    )
    return [rows(path, f"SELECT * FROM {table} ORDER BY id") for table in tables]


def test_without_a_terminal_nothing_is_asked(csm: Csm, filled: str) -> None:
    in_workspace(filled)
    ran = csm("undo", stdin=b"n\n")
    assert (ran.code, ran.out, ran.err) == (0, "Undone: Edit Acme\n", "")


@pytest.mark.parametrize(
    ("options", "answer", "code", "asked"),
    [((), b"n\n", 1, True), ((), b"\n", 1, True), ((), b"y\n", 0, True), (("--yes",), b"", 0, False)],
)
def test_on_a_terminal_what_the_workspace_did_is_asked_about(
    filled: str, options: tuple[str, ...], answer: bytes, code: int, asked: bool
) -> None:
    in_workspace(filled)
    ended, shown = on_terminal("undo", *options, answer=answer)
    assert ended == code
    assert ("“Edit Acme” was done in the workspace. Undo it? y/N" in shown) is asked
    assert ("Undone: Edit Acme" in shown) is (code == 0)
    assert rows(filled, "SELECT seats FROM account WHERE id = 3") == [(None if code == 0 else 7,)]


def test_on_a_terminal_what_the_shell_did_is_not_asked_about(filled: str, csm: Csm) -> None:
    csm("done", "p1")
    ended, shown = on_terminal("undo", answer=b"")
    assert (ended, shown.strip()) == (0, "Undone: Done: promise: send usage (Northwind Traders)")


def on_terminal(*arguments: str, answer: bytes) -> tuple[int, str]:
    """The program on a pseudo-terminal: its exit code and what was shown."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": SRC, "TERM": "xterm"}
    command = [sys.executable, "-m", "csm_tui", *arguments]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as running:
        os.write(ours, answer)
        code = running.wait(60)
    os.close(theirs)
    shown = os.read(ours, 65536).decode()
    os.close(ours)
    return code, shown
