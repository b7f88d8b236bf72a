"""Journey 3: an account at risk is walked back, from the signal to a risk that closes on its exit test."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.conftest import Shell, found
from tests.terminal import Terminal

MOST = 10


def test_from_an_empty_file_to_a_recovered_account(terminal: Terminal, shell: Shell, book: Path) -> None:
    terminal.shows("The book is empty")
    terminal.type("a")
    terminal.shows("Add an account")
    terminal.type("Northwind\r")
    terminal.shows("Add account Northwind")
    terminal.shows("check-in, monthly")

    keys = ["r", "j", "j", "j", "j", "j", "j", " ", "\r"]
    assert len(keys) < MOST
    terminal.type(keys[0])
    terminal.shows("The first ten minutes")
    terminal.type("".join(keys[1:-1]))
    terminal.shows("FIRST STEPS")
    terminal.type(keys[-1])
    terminal.shows("DONE WHEN")
    terminal.shows("two-way contact since it opened")
    dated = [step for step in found(shell, "recover", "northwind")["steps"] if step["state"] == "open"]
    assert len(dated) >= 3, "from Today to three dated steps in fewer than ten keys"

    terminal.type("d")
    terminal.shows("Done: Confirm the signal")
    terminal.type("l")
    terminal.shows("Log a touchpoint")
    terminal.type("call @jon they are back, and want a plan\r")
    terminal.shows("Hold the diagnostic talk")
    terminal.shows("EXIT TEST")

    terminal.type("C")
    terminal.shows("still open")
    terminal.escape()
    numbers = {step["title"]: step["n"] for step in found(shell, "recover", "northwind")["steps"]}
    for done, title in enumerate(("Write the recovery plan", "Send the update"), 3):
        terminal.type("]" * (numbers[title] - 3) + "d")
        terminal.shows(f"Done: {title}")
        terminal.shows(f"{done} of ")  # by then the walk has come back to step 3

    terminal.type("C")
    terminal.shows("How does the risk")
    terminal.type("recovered\r")
    terminal.shows("because of what")
    terminal.type("solved\r")
    terminal.shows("relapse")
    assert found(shell, "recovery") == []
    relapse = [item for item in found(shell, "today", "--days", "30") if item["kind"] == "step"]
    assert [(item["what"], item["due_on"]) for item in relapse] == [("Look again for a relapse", "2026-12-07")]
    terminal.type("q")
    assert terminal.status() == 0


def test_the_same_from_the_shell_alone(shell: Shell, book: Path) -> None:
    shell("account", "add", "Northwind")
    shell("recover", "northwind", "--signal", "silence", "--evidence", "three mails without an answer")
    steps = {step["title"]: str(step["n"]) for step in found(shell, "recover", "northwind")["steps"]}
    assert not found(shell, "recover", "northwind")["can_close"]
    shell("recover", "northwind", "--step", steps["Confirm the signal and name its cause"], "--done")
    shell("log", "--new-contacts", "northwind", "call @jon they are back, and want a plan")
    for title in ("Write the recovery plan", "Send the update"):
        shell("recover", "northwind", "--step", steps[title], "--done")
    open_risk = found(shell, "recover", "northwind")
    assert open_risk["can_close"]
    assert open_risk["exit_test"]["met"]
    told = shell("recover", "northwind", "--close", "recovered", "--because", "solved")
    assert "7 Dec" in told
    assert found(shell, "recovery") == []
