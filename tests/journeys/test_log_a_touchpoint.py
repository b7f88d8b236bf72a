"""Journey 1: one line tells all of a call, in the workspace and in the shell; one undo takes it all back."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Shell, found
from tests.terminal import Terminal


def test_from_an_empty_file_to_a_logged_call(terminal: Terminal, shell: Shell, book: Path) -> None:
    terminal.shows("The book is empty")
    terminal.type("a")
    terminal.shows("Add an account")
    terminal.type("Northwind\t")
    terminal.shows("Northwind")
    terminal.type("\r")
    terminal.shows("Add account Northwind")

    terminal.type("l")
    terminal.shows("Log a touchpoint")
    terminal.type("call @jon New VP asks whether it is still needed :( >send usage by team fri")
    terminal.shows("worried")
    terminal.shows("Jon (new)")
    terminal.shows("Fri 27 Nov")
    terminal.shows("ctrl+r adds it")
    terminal.type("\x12")
    terminal.shows("#value")
    terminal.type("\r")
    terminal.shows("u undoes")
    shown = found(shell, "account", "show", "northwind")
    assert shown["last_two_way_on"] == "2026-11-21"
    assert [one["what"] for one in found(shell, "promises") if one["side"] == "ours"] == ["send usage by team"]
    assert [one["account"] for one in found(shell, "recovery")] == ["Northwind"], "the sign of risk opened a recovery"

    terminal.type("u")
    terminal.shows("Undone")
    assert found(shell, "account", "show", "northwind")["last_two_way_on"] is None
    assert found(shell, "promises") == found(shell, "recovery") == []
    terminal.type("q")
    assert terminal.status() == 0


def test_the_same_from_the_shell_alone(shell: Shell, book: Path) -> None:
    shell("account", "add", "Northwind", "--tier", "high")
    line = "call @jon New VP asks whether it is still needed :( #value >send usage by team fri"
    told = shell("log", "--new-contacts", "northwind", line)
    assert "Logged call with Northwind (Jon), Sat 21 Nov; worried, #value." in told
    assert "Promise p" in told
    assert "Opened a recovery of Northwind" in told
    assert found(shell, "recovery")[0]["account"] == "Northwind"
    shell("undo")
    assert found(shell, "promises") == found(shell, "recovery") == []
